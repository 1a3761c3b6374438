"""Activities: what is planned and what was done. Rules over small facts; no store, no clock."""

from __future__ import annotations

from enum import StrEnum


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
