"""From one hour to another in one phrase: `sexta 14h-15h30`, `das 14 às 15h30`, `14h por 2h`, `fri 2-3pm`.

Only fields that have an end ask it, and only of words that say no moment by themselves, so that nothing which is read
elsewhere means something else here. The first hour is read as ever; the second lies behind it on the same day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from crm_tui.domain import when
from crm_tui.domain.fields import FieldSpec
from crm_tui.domain.text import fold
from crm_tui.domain.worktime import WorkCalendar

ENDS = {"when": "until", "next_when": "next_until"}
"""The field that says when it ends, of each that says when it is."""

_HOUR = r"\d{1,2}(?:\s*h(?:oras?)?\s*(?:\d{2})?|:\d{2})?(?:\s*[ap]\.?m\.?)?"
_TO = re.compile(
    rf"(?P<day>.*?)(?P<from>{_HOUR})\s*(?:-|–|—|\b(?:ate(?:\s+as)?|as?|to|until|till)\b)\s*(?P<to>{_HOUR})"
)
_FOR = re.compile(
    r"(?P<from>.*\d.*?)\s+(?:por|durante|for)\s+(?:(?P<hours>\d{1,2})\s*h(?:oras?|ours?)?)?"
    r"\s*(?:e\s+|and\s+)?(?:(?P<minutes>\d{1,3})\s*(?:m|min|minutos?|minutes?)?)?"
)
_FROM = re.compile(r"\b(?:das|de|from)\s*$")
_UNIT = re.compile(r"h|[ap]\.?m|:")


T = TypeVar("T")


class FromTo(NamedTuple):
    """The words of the moment at which it begins, and those of the hour at which it ends (`15:30`)."""

    start: str
    end: str


def spread(
    raw: Mapping[str, T], specs: Iterable[FieldSpec], reads: Callable[[str], FromTo | None]
) -> dict[str, T | str]:
    """The texts of a form with each phrase of two hours in its two fields; one whose end says something else by itself
    stays as it is, and is refused as a moment."""
    found: dict[str, T | str] = dict(raw)
    for spec in specs:
        words, end = raw.get(spec.name), raw.get(spec.ends, "")
        said = reads(words) if spec.ends and isinstance(words, str) else None
        if said is not None and end in ("", said.end):
            found |= {spec.name: said.start, spec.ends: said.end}
    return found


def parted(
    words: str, now_local: datetime, calendar: WorkCalendar, language: str, zone: ZoneInfo | None = None
) -> FromTo | None:
    """The two halves of a phrase with two hours; None if it says a moment by itself, or no such stretch of a day."""
    if not isinstance(when.read(words, now_local, calendar, language, zone=zone), when.WhenRefusal):
        return None
    text = fold(words).strip()
    lasts = _FOR.fullmatch(text)
    if lasts is not None:
        minutes = int(lasts["hours"] or 0) * 60 + int(lasts["minutes"] or 0)
        start = when.read(lasts["from"], now_local, calendar, language, zone=zone)
        if not minutes or not isinstance(start, datetime):
            return None
        return _within(lasts["from"], start, start + timedelta(minutes=minutes))
    found = _TO.fullmatch(text)
    if found is None:
        return None
    unit = _unit_of(found["to"])
    hour = found["from"] if _UNIT.search(found["from"]) else found["from"].strip() + unit
    begins = _FROM.sub("", found["day"]).strip() + f" {hour}"
    start = when.read(begins.strip(), now_local, calendar, language, zone=zone)
    if not isinstance(start, datetime):
        return None
    end = when.hour(found["to"], start.date(), calendar, language)
    return None if end is None else _within(begins.strip(), start, datetime.combine(start.date(), end))


def _unit_of(hour: str) -> str:
    """What a lone number before it is read with: `2-3pm` is 2pm, every other an hour of 24."""
    half = re.search(r"[ap]\.?m\.?$", hour)
    return half[0] if half else "h"


def _within(words: str, start: datetime, end: datetime) -> FromTo | None:
    if end <= start or end.date() != start.date():
        return None
    return FromTo(words, f"{end:%H:%M}")
