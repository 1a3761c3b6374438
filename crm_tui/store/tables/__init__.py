"""Every table, so that the metadata is whole once this package is imported."""

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
from crm_tui.store.tables.label import CardLabel, CardMember, ChecklistItem, Label
from crm_tui.store.tables.note import Attachment, Blob, Draft, Note
from crm_tui.store.tables.notice import Notice
from crm_tui.store.tables.offer import CardItem, Offer, OfferItem
from crm_tui.store.tables.party import ContactPoint, Party, PartyRelation
from crm_tui.store.tables.trail import Change, Event, Lease, Meta, Outbox, Presence, Request

__all__ = [
    "ActionType",
    "Activity",
    "ActivityAttendee",
    "ActivitySeries",
    "AgendaDay",
    "AgendaSlot",
    "Attachment",
    "Blob",
    "Board",
    "BoardMember",
    "CalendarException",
    "Campaign",
    "CampaignAction",
    "CampaignResult",
    "Card",
    "CardItem",
    "CardLabel",
    "CardMember",
    "CardTemplate",
    "CaseType",
    "Change",
    "Channel",
    "ChecklistItem",
    "ContactMedium",
    "ContactPoint",
    "Draft",
    "Event",
    "FieldDef",
    "FieldValue",
    "Form",
    "FormResponse",
    "Label",
    "Lease",
    "LocalHoliday",
    "LossReason",
    "Meta",
    "Note",
    "Notice",
    "Offer",
    "OfferItem",
    "Outbox",
    "Party",
    "PartyRelation",
    "Presence",
    "Profile",
    "ProfilePermission",
    "Request",
    "Result",
    "ResultDetail",
    "SavedFilter",
    "Setting",
    "Stage",
    "StageGate",
    "StageStat",
    "StageTransition",
    "StageVisit",
    "SupervisorOverride",
    "Team",
    "Template",
    "User",
    "WorkCalendar",
    "WorkHours",
]
