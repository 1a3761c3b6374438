"""Activities: what is planned and what was done. Rules over small facts; no store, no clock."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from enum import StrEnum
from typing import NamedTuple

from crm_tui.domain.outcome import Refusal
from crm_tui.i18n import Text


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
