"""Every table class, so that the metadata is whole once this module is imported; and what the row writer knows of
each, written beside it.

    python -m crm_tui.store.tables.declared    writes shapes.json anew (`make shapes`)

Loads SQLModel. What runs every day takes `shapes.json`: see the package.
"""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from crm_tui.store.shapes import FILE
from crm_tui.store.tables.access import Profile, ProfilePermission, Setting, SupervisorOverride, Team, User
from crm_tui.store.tables.agenda import ActivityAttendee, ActivitySeries, AgendaDay, AgendaSlot
from crm_tui.store.tables.board import (
    Board,
    BoardMember,
    Card,
    CardTemplate,
    LossReason,
    Stage,
    StageStat,
    StageVisit,
)
from crm_tui.store.tables.calendar import CalendarException, LocalHoliday, WorkCalendar, WorkHours
from crm_tui.store.tables.campaign import Campaign, CampaignAction, CampaignResult
from crm_tui.store.tables.canned import Template
from crm_tui.store.tables.casetype import CaseType
from crm_tui.store.tables.channel import Channel
from crm_tui.store.tables.filter import SavedFilter
from crm_tui.store.tables.followup import ActionType, Activity, ContactMedium, Result, ResultDetail
from crm_tui.store.tables.form import FieldDef, FieldValue, Form, FormResponse
from crm_tui.store.tables.gate import StageGate, StageTransition
from crm_tui.store.tables.intake import ForeignRef, ImportLayout
from crm_tui.store.tables.label import CardLabel, CardMember, ChecklistItem, Label
from crm_tui.store.tables.media import MediaSource
from crm_tui.store.tables.note import Attachment, Blob, Draft, Note
from crm_tui.store.tables.notice import Notice
from crm_tui.store.tables.offer import CardItem, Offer, OfferItem
from crm_tui.store.tables.once import DuplicateRule, NotSame
from crm_tui.store.tables.party import Address, Consent, ContactPoint, Party, PartyClass, PartyRelation
from crm_tui.store.tables.trail import Change, Event, Lease, Meta, Outbox, Presence, Request
from crm_tui.store.values import to_column

CLASSES: tuple[type[SQLModel], ...] = (
    ActionType,
    Activity,
    ActivityAttendee,
    ActivitySeries,
    Address,
    AgendaDay,
    AgendaSlot,
    Attachment,
    Blob,
    Board,
    BoardMember,
    CalendarException,
    Campaign,
    CampaignAction,
    CampaignResult,
    Card,
    CardItem,
    CardLabel,
    CardMember,
    CardTemplate,
    CaseType,
    Change,
    Channel,
    ChecklistItem,
    Consent,
    ContactMedium,
    ContactPoint,
    Draft,
    DuplicateRule,
    ImportLayout,
    Event,
    FieldDef,
    FieldValue,
    ForeignRef,
    Form,
    FormResponse,
    Label,
    Lease,
    LocalHoliday,
    LossReason,
    MediaSource,
    Meta,
    NotSame,
    Note,
    Notice,
    Offer,
    OfferItem,
    Outbox,
    Party,
    PartyClass,
    PartyRelation,
    Presence,
    Profile,
    ProfilePermission,
    Request,
    Result,
    ResultDetail,
    SavedFilter,
    Setting,
    Stage,
    StageGate,
    StageStat,
    StageTransition,
    StageVisit,
    SupervisorOverride,
    Team,
    Template,
    User,
    WorkCalendar,
    WorkHours,
)
METADATA = SQLModel.metadata


def shapes() -> dict[str, dict[str, Any]]:
    """By table, the fields of `store.shapes.Shape` as JSON has them."""
    return {table_of(model).name: _shape(model) for model in CLASSES}


def table_of(model: type[SQLModel]) -> sa.Table:
    """The table that a class declares."""
    found: sa.Table = model.__table__  # type: ignore[attr-defined]
    return found


def written() -> str:
    """The text of `shapes.json`: a line for each thing told of each table, so that a change is read as one."""
    tables = []
    for name, told in sorted(shapes().items()):
        lines = (f'  "{key}": {json.dumps(value, ensure_ascii=False)}' for key, value in told.items())
        tables.append(f' "{name}": {{\n' + ",\n".join(lines) + "\n }")
    return "{\n" + ",\n".join(tables) + "\n}\n"


def _shape(model: type[SQLModel]) -> dict[str, Any]:
    table = table_of(model)
    info = table.info
    defaults = {}
    for name, field in model.model_fields.items():
        column = "copy" if name == "copy_no" else name
        if not field.is_required():
            defaults[column] = to_column(field.get_default(call_default_factory=True, validated_data={}))
    return {
        "columns": [column.name for column in table.columns],
        "defaults": {column: value for column, value in defaults.items() if value is not None},
        "derived": sorted(info["derived"]),
        "secret": sorted(info.get("secret", ())),
        "undo": info["undo"].value,
        "ranked": info.get("ranked", {}),
        "in_order": info.get("in_order", "1"),
        "points_at": {
            column.name: key.column.table.name for column in table.columns for key in column.foreign_keys
        },
        "alone": sorted(_alone(table)),
    }


def _alone(table: sa.Table) -> set[str]:
    """The columns of which no two rows may hold the same, by themselves or with others."""
    found = [index.columns for index in table.indexes if index.unique]
    found += [each.columns for each in table.constraints if isinstance(each, sa.UniqueConstraint)]
    return {column.name for columns in found for column in columns}


if __name__ == "__main__":
    FILE.write_text(written(), encoding="utf-8")
