"""Between Python values and what a column holds: instants and dates as text, flags as 0 and 1."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, tzinfo
from enum import Enum
from functools import lru_cache
from typing import Any

from crm_tui.domain.text import sanitise


@lru_cache(maxsize=256)
def instant(value: datetime) -> str:
    """An aware instant as fixed-length UTC text; text order is time order."""
    return value.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def to_column(value: Any) -> Any:
    """What is stored for a Python value; texts are sanitised here, once, for every way in."""
    if type(value) is str:
        return sanitise(value)
    if value is None or isinstance(value, (float, bytes)):
        return value
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return sanitise(value)
    if isinstance(value, int):
        return value
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (dict, list, tuple)):
        return json.dumps(value, ensure_ascii=False, sort_keys=True, default=to_column)
    raise TypeError(type(value).__name__)


@lru_cache(maxsize=8192)
def as_instant(text: str | None) -> datetime | None:
    """An instant column as an aware datetime."""
    return None if text is None else datetime.fromisoformat(text)


@lru_cache(maxsize=8192)
def as_date(text: str | None) -> date | None:
    """A civil-date column as a date."""
    return None if text is None else date.fromisoformat(text)


def zone_of(now: datetime) -> tzinfo:
    """The zone on whose clock an aware instant stands; without one days would be the machine's."""
    assert now.tzinfo is not None
    return now.tzinfo


@lru_cache(maxsize=8192)
def local_day(text: str, zone: tzinfo) -> date:
    """The civil day of an instant column on the clock of a zone. The same few are asked for each row shown."""
    return datetime.fromisoformat(text).astimezone(zone).date()
