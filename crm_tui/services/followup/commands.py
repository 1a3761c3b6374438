"""What may be asked about planned steps and contacts put aside; the registers of actions are in `register_commands`.

Every command of the module is exported from here: this is the file that bootstrap looks into.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from crm_tui.domain.fields import Widget
from crm_tui.i18n import N_
from crm_tui.services.core.commands import Command, ask, seen_version
from crm_tui.services.followup.register_commands import (
    AddAction,
    AddMedium,
    AddResult,
    AddResultDetail,
    DeactivateAction,
    DeactivateMedium,
    DeactivateResult,
    DeactivateResultDetail,
    EditAction,
    EditMedium,
    EditResult,
    EditResultDetail,
    MoveAction,
    MoveMedium,
    MoveResult,
    MoveResultDetail,
    ReactivateAction,
    ReactivateMedium,
    ReactivateResult,
    ReactivateResultDetail,
)

__all__ = [
    "AddAction",
    "AddMedium",
    "AddResult",
    "AddResultDetail",
    "CancelStep",
    "DeactivateAction",
    "DeactivateMedium",
    "DeactivateResult",
    "DeactivateResultDetail",
    "EditAction",
    "EditMedium",
    "EditResult",
    "EditResultDetail",
    "EditStep",
    "MoveAction",
    "MoveMedium",
    "MoveResult",
    "MoveResultDetail",
    "PlanStep",
    "ReactivateAction",
    "ReactivateMedium",
    "ReactivateResult",
    "ReactivateResultDetail",
    "Redate",
    "SkipContact",
    "Snooze",
]


class PlanStep(Command):
    """Plan a step for a card or a person. (B9, T54, T56)"""

    permission: ClassVar[str] = "activity.add"
    title: ClassVar[str] = N_("Plan a step")

    card: int | None = ask(N_("Card"), default=None, pick="cards", hidden=True)
    party: int | None = ask(N_("Person"), default=None, pick="people")
    action: int | None = ask(N_("Action"), default=None, pick="actions")
    when: date | datetime = ask(N_("When"), widget=Widget.WHEN)
    subject: str = ask(N_("Subject"), default="", max_length=200)
    assignee: int | None = ask(N_("By"), default=None, pick="users")
    internal_on: date | None = ask(N_("Internal date"), default=None, widget=Widget.WHEN)


class Redate(Command):
    """Move a planned step to another day or hour; a date alone keeps the hour. (bulk: one batch)"""

    permission: ClassVar[str] = "activity.edit"
    title: ClassVar[str] = N_("Reschedule")

    activity: int = ask(N_("Step"), pick="activities", hidden=True)
    when: date | datetime = ask(N_("When"), widget=Widget.WHEN)
    version: int | None = seen_version()


class EditStep(Command):
    """Change a planned step's other fields."""

    permission: ClassVar[str] = "activity.edit"
    title: ClassVar[str] = N_("Edit step")

    activity: int = ask(N_("Step"), pick="activities", hidden=True)
    subject: str = ask(N_("Subject"), default="", max_length=200)
    internal_on: date | None = ask(N_("Internal date"), default=None, widget=Widget.WHEN)
    assignee: int | None = ask(N_("By"), default=None, pick="users")
    version: int | None = seen_version()


class Snooze(Command):
    """Put a contact off until a moment, with or without a reason: a card, or a step that has none. *Atender* passes it
    over until then; a new date for its step, or its parecer, ends it before. Without a moment it comes back now.

    (bulk: one batch)
    """

    permission: ClassVar[str] = "activity.edit"
    title: ClassVar[str] = N_("Snooze")

    card: int | None = ask(N_("Card"), default=None, pick="cards", hidden=True)
    activity: int | None = ask(N_("Step"), default=None, pick="activities", hidden=True)
    until: date | datetime | None = ask(
        N_("Until"), default=None, widget=Widget.WHEN, help=N_("empty: it comes back now")
    )
    reason: str = ask(N_("Reason"), default="", max_length=500)
    version: int | None = seen_version()


class SkipContact(Command):
    """Pass a contact over for today in *Atender*, with or without a reason: a card, or a step that has none. Only the
    trail knows of it, and only the operator's own round: whoever sees a contact may. (M77)"""

    permission: ClassVar[str] = "card.read"
    title: ClassVar[str] = N_("Skip for today")
    undoable: ClassVar[bool] = False

    card: int | None = ask(N_("Card"), default=None, pick="cards", hidden=True)
    activity: int | None = ask(N_("Step"), default=None, pick="activities", hidden=True)
    reason: str = ask(N_("Reason"), default="", max_length=500)


class CancelStep(Command):
    """Cancel a planned step; it stays in the history."""

    permission: ClassVar[str] = "activity.edit"
    title: ClassVar[str] = N_("Cancel step")

    activity: int = ask(N_("Step"), pick="activities", hidden=True)
    version: int | None = seen_version()
