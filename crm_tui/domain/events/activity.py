"""What happens to planned steps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from crm_tui.domain.happened import Happened
from crm_tui.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityPlanned(Happened):
    kind: ClassVar[str] = "activity.planned"
    entity: ClassVar[str] = "activity"
    sentence: ClassVar[str] = N_("Next step: {subject}, {due}")
    subject: str
    due: date | datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityRedated(Happened):
    kind: ClassVar[str] = "activity.redated"
    entity: ClassVar[str] = "activity"
    sentence: ClassVar[str] = N_("{subject}: moved to {due}")
    subject: str
    due: date | datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityCanceled(Happened):
    kind: ClassVar[str] = "activity.canceled"
    entity: ClassVar[str] = "activity"
    sentence: ClassVar[str] = N_("{subject}: cancelled")
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepEdited(Happened):
    kind: ClassVar[str] = "activity.edited"
    entity: ClassVar[str] = "activity"
    sentence: ClassVar[str] = N_("{subject}: step changed")
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityTakenIn(Happened):
    """What another tool says was done, with no text to it."""

    kind: ClassVar[str] = "activity.taken_in"
    entity: ClassVar[str] = "activity"
    sentence: ClassVar[str] = N_("{subject}, {done_at}: imported")
    touches: ClassVar[bool] = False
    subject: str
    done_at: datetime
    source: str | None = None
