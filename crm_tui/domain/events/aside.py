"""What happens to a contact that is put aside: put off until a moment, brought back, passed over for the day.

None of it is a touch of the card: nobody was spoken to.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from crm_tui.domain.happened import Happened
from crm_tui.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSnoozed(Happened):
    kind: ClassVar[str] = "card.snoozed"
    entity: ClassVar[str] = "card"
    sentence: ClassVar[str] = N_("Put off until {due}")
    touches: ClassVar[bool] = False
    due: date | datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CardWoken(Happened):
    kind: ClassVar[str] = "card.woken"
    entity: ClassVar[str] = "card"
    sentence: ClassVar[str] = N_("Put off no longer")
    touches: ClassVar[bool] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSkipped(Happened):
    kind: ClassVar[str] = "card.skipped"
    entity: ClassVar[str] = "card"
    sentence: ClassVar[str] = N_("Passed over for the day")
    touches: ClassVar[bool] = False
    undoable: ClassVar[bool] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StepSnoozed(Happened):
    kind: ClassVar[str] = "activity.snoozed"
    entity: ClassVar[str] = "activity"
    sentence: ClassVar[str] = N_("{subject}: put off until {due}")
    touches: ClassVar[bool] = False
    subject: str
    due: date | datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StepWoken(Happened):
    kind: ClassVar[str] = "activity.woken"
    entity: ClassVar[str] = "activity"
    sentence: ClassVar[str] = N_("{subject}: put off no longer")
    touches: ClassVar[bool] = False
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepSkipped(Happened):
    kind: ClassVar[str] = "activity.skipped"
    entity: ClassVar[str] = "activity"
    sentence: ClassVar[str] = N_("{subject}: passed over for the day")
    touches: ClassVar[bool] = False
    undoable: ClassVar[bool] = False
    subject: str
