"""What happens to appointments: booked, moved, held, not held, deleted, answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from crm_tui.domain.happened import Happened
from crm_tui.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class _Appointment(Happened):
    """Of one appointment, or of a series by its first."""

    entity: ClassVar[str] = "activity"
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentBooked(_Appointment):
    kind: ClassVar[str] = "appointment.booked"
    sentence: ClassVar[str] = N_("Appointment: {subject}, {due}")
    due: date | datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesBooked(_Appointment):
    kind: ClassVar[str] = "appointment.series"
    sentence: ClassVar[str] = N_("Appointment that comes again: {subject}, from {due}, {times} made")
    due: date | datetime
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesContinued(_Appointment):
    kind: ClassVar[str] = "appointment.continued"
    sentence: ClassVar[str] = N_("{subject} goes on: {times} made, until {until_on}")
    touches: ClassVar[bool] = False
    times: int
    until_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentMoved(_Appointment):
    kind: ClassVar[str] = "appointment.moved"
    sentence: ClassVar[str] = N_("{subject}: moved to {due}")
    due: date | datetime


class AppointmentEdited(_Appointment):
    kind = "appointment.edited"
    sentence = N_("{subject}: appointment changed")


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesEdited(_Appointment):
    kind: ClassVar[str] = "appointment.series_edited"
    sentence: ClassVar[str] = N_("{subject}: {times} occurrences changed, from {due}")
    due: date | datetime
    times: int


class AppointmentHeld(_Appointment):
    kind = "appointment.held"
    sentence = N_("{subject}: it was held")


class AppointmentMissed(_Appointment):
    kind = "appointment.missed"
    sentence = N_("{subject}: it was not held")


class AppointmentCanceled(_Appointment):
    kind = "appointment.canceled"
    sentence = N_("{subject}: appointment cancelled")


class AppointmentDeleted(_Appointment):
    kind = "appointment.deleted"
    sentence = N_("{subject}: appointment deleted")


class AppointmentRestored(_Appointment):
    kind = "appointment.restored"
    sentence = N_("{subject}: planned again")


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationAnswered(_Appointment):
    kind: ClassVar[str] = "appointment.answered"
    sentence: ClassVar[str] = N_("{subject}: {who} {answer_word}")
    touches: ClassVar[bool] = False
    who: str
    answer_word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentTakenIn(_Appointment):
    kind: ClassVar[str] = "appointment.taken_in"
    sentence: ClassVar[str] = N_("{subject}: {what_word} from a calendar file, {times} in all")
    what_word: str
    times: int
    source: str | None = None
