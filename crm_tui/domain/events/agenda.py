"""What happens to appointments: booked, moved, held, not held, deleted, answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from crm_tui.domain.happened import Happened
from crm_tui.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentBooked(Happened):
    kind: ClassVar[str] = "appointment.booked"
    entity: ClassVar[str] = "activity"
    sentence: ClassVar[str] = N_("Appointment: {subject}, {due}")
    subject: str
    due: date | datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesBooked(Happened):
    kind: ClassVar[str] = "appointment.series"
    entity: ClassVar[str] = "activity"
    sentence: ClassVar[str] = N_("Appointment that comes again: {subject}, from {due}, {times} made")
    subject: str
    due: date | datetime
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesContinued(Happened):
    kind: ClassVar[str] = "appointment.continued"
    entity: ClassVar[str] = "activity"
    sentence: ClassVar[str] = N_("{subject} goes on: {times} made, until {until_on}")
    touches: ClassVar[bool] = False
    subject: str
    times: int
    until_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentMoved(Happened):
    kind: ClassVar[str] = "appointment.moved"
    entity: ClassVar[str] = "activity"
    sentence: ClassVar[str] = N_("{subject}: moved to {due}")
    subject: str
    due: date | datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentEdited(Happened):
    kind: ClassVar[str] = "appointment.edited"
    entity: ClassVar[str] = "activity"
    sentence: ClassVar[str] = N_("{subject}: appointment changed")
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesEdited(Happened):
    kind: ClassVar[str] = "appointment.series_edited"
    entity: ClassVar[str] = "activity"
    sentence: ClassVar[str] = N_("{subject}: {times} occurrences changed, from {due}")
    subject: str
    due: date | datetime
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentHeld(Happened):
    kind: ClassVar[str] = "appointment.held"
    entity: ClassVar[str] = "activity"
    sentence: ClassVar[str] = N_("{subject}: it was held")
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentMissed(Happened):
    kind: ClassVar[str] = "appointment.missed"
    entity: ClassVar[str] = "activity"
    sentence: ClassVar[str] = N_("{subject}: it was not held")
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentCanceled(Happened):
    kind: ClassVar[str] = "appointment.canceled"
    entity: ClassVar[str] = "activity"
    sentence: ClassVar[str] = N_("{subject}: appointment cancelled")
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentDeleted(Happened):
    kind: ClassVar[str] = "appointment.deleted"
    entity: ClassVar[str] = "activity"
    sentence: ClassVar[str] = N_("{subject}: appointment deleted")
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentRestored(Happened):
    kind: ClassVar[str] = "appointment.restored"
    entity: ClassVar[str] = "activity"
    sentence: ClassVar[str] = N_("{subject}: planned again")
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationAnswered(Happened):
    kind: ClassVar[str] = "appointment.answered"
    entity: ClassVar[str] = "activity"
    sentence: ClassVar[str] = N_("{subject}: {who} {answer_word}")
    touches: ClassVar[bool] = False
    subject: str
    who: str
    answer_word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentTakenIn(Happened):
    kind: ClassVar[str] = "appointment.taken_in"
    entity: ClassVar[str] = "activity"
    sentence: ClassVar[str] = N_("{subject}: {what_word} from a calendar file, {times} in all")
    subject: str
    what_word: str
    times: int
    source: str | None = None
