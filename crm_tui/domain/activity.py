"""Activities: what is planned and what was done. Rules over small facts; no store, no clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Final, NamedTuple

from crm_tui.domain.outcome import Refusal
from crm_tui.i18n import N_, Text


class ActionKind(StrEnum):
    CALL = "call"
    EMAIL = "email"
    MEETING = "meeting"
    VISIT = "visit"
    TASK = "task"
    MESSAGE = "message"
    FOLLOW_UP = "follow_up"
    SOCIAL = "social"


class ActivityState(StrEnum):
    PLANNED = "planned"
    DONE = "done"
    CANCELED = "canceled"
    NO_SHOW = "no_show"


class ActivitySource(StrEnum):
    MANUAL = "manual"
    RULE = "rule"
    IMPORT = "import"
    AUTO = "auto"


class Tone(StrEnum):
    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"


ACTION_KIND_NAMES: Final[Mapping[ActionKind, str]] = {
    ActionKind.FOLLOW_UP: N_("follow-up"),
    ActionKind.CALL: N_("call"),
    ActionKind.MESSAGE: N_("message"),
    ActionKind.EMAIL: N_("e-mail"),
    ActionKind.MEETING: N_("meeting"),
    ActionKind.VISIT: N_("visit"),
    ActionKind.TASK: N_("task"),
    ActionKind.SOCIAL: N_("social network"),
}
TONE_NAMES: Final[Mapping[Tone, str]] = {
    Tone.POSITIVE: N_("positive"),
    Tone.NEUTRAL: N_("neutral"),
    Tone.NEGATIVE: N_("negative"),
}
"""What each is called, in forms and in lists."""


class TimedStep(NamedTuple):
    """When a step is due: its civil date, and its instant if it has an hour."""

    due_on: date
    start_at: datetime | None


def step_at(when: date | datetime, zone: tzinfo) -> TimedStep:
    """The two columns of a moment: a date stays a date, an instant's `due_on` is its day in `zone`."""
    if isinstance(when, datetime):
        return TimedStep(when.astimezone(zone).date(), when)
    return TimedStep(when, None)


def internal_before_promise(internal_on: date | None, due_on: date | None) -> Refusal | None:
    """The internal date is one's own reminder before the promised one. (B28)"""
    if internal_on is not None and due_on is not None and internal_on > due_on:
        return Refusal(
            Text("The internal date comes after the promised one: it must be before, or the same day."),
            fields=("internal_on",),
        )
    return None


def keep_hour(when: date | datetime, start: datetime | None, zone: tzinfo) -> date | datetime:
    """A date alone keeps the hour that the step had on its old day, on the clock of `zone`. (JOBS 5)"""
    if isinstance(when, datetime) or start is None:
        return when
    clock = start.astimezone(zone).time()
    return datetime.combine(when, clock, tzinfo=zone)


class Performed(NamedTuple):
    """When something was done: its columns, aware instants; `due_on` None leaves the dates as they were planned."""

    done_at: datetime
    due_on: date | None = None
    start_at: datetime | None = None
    end_at: datetime | None = None


def performed(
    began: date | datetime | None, ended: time | None, now: datetime, zone: tzinfo, minutes: int
) -> Performed | Refusal:
    """When it was done, from what was said: nothing (now), a day, or from an hour to an hour of the same day on the
    clock of `zone`; `minutes` is how long it usually takes. Nothing that was done lies ahead. (T44, T45)"""
    today = now.astimezone(zone).date()
    if not isinstance(began, datetime):
        if ended is not None:
            return Refusal(Text("Say from what hour, too: “yesterday 2pm”."), fields=("began",))
        if began is None:
            return Performed(now)
        if began > today:
            return _ahead()
        at = now if began == today else datetime.combine(began, time(12), zone)
        return Performed(at, began)
    if began > now:
        return _ahead()
    day = began.astimezone(zone).date()
    end = min(now, began + timedelta(minutes=minutes))
    if ended is not None:
        end = datetime.combine(day, ended, zone)
    if end < began:
        return Refusal(Text("It ends before it begins: mend one of the hours."), fields=("ended",))
    if end > now:
        return _ahead("ended")
    return Performed(end, day, began, end)


def _ahead(field: str = "began") -> Refusal:
    return Refusal(
        Text("What was done cannot lie ahead: say when it was, or leave it empty."), fields=(field,)
    )
