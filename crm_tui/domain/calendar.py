"""How a working calendar is typed and written: the hours of a day in one line, days of the year, states.

Pure; what hours and days mean is `domain.worktime`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.text import fold
from crm_tui.domain.worktime import DAY_MINUTES, Hours, Interval
from crm_tui.i18n import N_, Text

STATES: Final = (
    *("AC", "AL", "AM", "AP", "BA", "CE", "DF", "ES", "GO", "MA", "MG", "MS", "MT", "PA"),
    *("PB", "PE", "PI", "PR", "RJ", "RN", "RO", "RR", "RS", "SC", "SE", "SP", "TO"),
)
"""The states of Brazil by the two letters that everybody writes."""

WEEK: Final[Mapping[str, str]] = {
    "monday": N_("Monday"),
    "tuesday": N_("Tuesday"),
    "wednesday": N_("Wednesday"),
    "thursday": N_("Thursday"),
    "friday": N_("Friday"),
    "saturday": N_("Saturday"),
    "sunday": N_("Sunday"),
}
"""The fields in which the hours of each weekday are typed, Monday first."""

OFFICE: Final = "08:00-12:00 13:00-18:00"
AS_ABOVE: Final = "="
"""Typed for a weekday: the hours of the day above."""
HOLIDAY_YEARS: Final = 3
"""For so many years holidays are written ahead: this one and the next two."""

_OFF = frozenset(("", "-", "off", "folga"))
_CLOCK = r"(\d{1,2})(?:[:h.](\d{2})?)?"
_STRETCH = re.compile(rf"{_CLOCK}\s*(?:-|as|ate|a|to)\s*{_CLOCK}")
_BETWEEN = re.compile(r"(?:[\s,;/]|\be\b|\band\b|\bdas\b)*")
_DASHES = str.maketrans("–—−", "---")

_DAY_MONTH = re.compile(r"(\d{1,2})[/.-](\d{1,2})")
_DAY_MONTH_YEAR = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_LEAP = 2024


def read_hours(text: str, field: str) -> Hours | Refusal:
    """The working hours of a day as one types them: `08:00-12:00 13:00-18:00`, `8-12 13-18`, `8h às 12h`; nothing: off.

    Refused, naming `field`, if they are not understood, overlap or run backwards.
    """
    clean = fold(text.translate(_DASHES)).strip()
    if clean in _OFF:
        return ()
    found: list[Interval] = []
    at = 0
    while at < len(clean):
        at = _between(clean, at)
        if at == len(clean):
            break
        stretch = _STRETCH.match(clean, at)
        if stretch is None:
            return _refused(
                field,
                Text("“{text}” are no hours of a day: 08:00-12:00 13:00-18:00.", {"text": text.strip()}),
            )
        begins, ends = _minute(*stretch.group(1, 2)), _minute(*stretch.group(3, 4))
        if begins is None or ends is None:
            return _refused(
                field,
                Text(
                    "“{text}” is no hour of the day: write 08:00, at most 24:00.", {"text": stretch.group()}
                ),
            )
        if ends <= begins:
            return _refused(
                field,
                Text(
                    "“{text}” ends before it begins: write the earlier hour first.", {"text": stretch.group()}
                ),
            )
        if found and begins < found[-1][1]:
            return _refused(
                field,
                Text("“{text}” overlaps the hours before: mend one of them.", {"text": stretch.group()}),
            )
        found.append((begins, ends))
        at = stretch.end()
    return tuple(found)


def _between(text: str, at: int) -> int:
    found = _BETWEEN.match(text, at)
    return found.end() if found is not None else at


def _minute(hour: str, minute: str | None) -> int | None:
    found = int(hour) * 60 + int(minute or 0)
    return found if found <= DAY_MINUTES and int(minute or 0) < 60 else None


def _refused(field: str, reason: Text) -> Refusal:
    return Refusal(reason, RefusedBy.INPUT, (field,))


def clock(minute: int) -> str:
    """Minutes since midnight as `HH:MM`; the day's end is `24:00`."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def write_hours(hours: Sequence[Interval]) -> str:
    """What `read_hours` reads."""
    return " ".join(f"{clock(a)}-{clock(b)}" for a, b in hours)


def read_week(texts: Mapping[str, str], usual: Mapping[str, Hours]) -> dict[str, Hours] | Refusal:
    """The hours of the weekdays that were typed; `=` takes those of the day above, of Monday's own there is none.
    `usual` are those of the days that were not."""
    found: dict[str, Hours] = {}
    above: Hours | None = None
    for day in WEEK:
        text = texts.get(day)
        if text is None:
            above = usual.get(day, ())
            continue
        if text.strip().endswith(AS_ABOVE):  # at the end of what stood there, too: one key after the tab
            if above is None:
                return _refused(day, Text("No day stands above Monday: write its hours."))
            read: Hours | Refusal = above
        else:
            read = read_hours(text, day)
        if isinstance(read, Refusal):
            return read
        found[day] = above = read
    return found


def read_state(text: str) -> str | Refusal:
    """A state by its two letters; nothing is none."""
    clean = text.strip().upper()
    if clean and clean not in STATES:
        return _refused(
            "state", Text("“{text}” is no state: write its two letters, SP.", {"text": text.strip()})
        )
    return clean


def read_day(text: str) -> str | None:
    """A day of every year (`20/01`) as `MM-DD`, or one day (`2027-03-01`, `01/03/2027`) as `YYYY-MM-DD`; None for what
    is no day. 29/02 comes in leap years."""
    clean = text.strip()
    if (one := _ISO.fullmatch(clean)) is not None:
        year, month, day = map(int, one.groups())
    elif (one := _DAY_MONTH_YEAR.fullmatch(clean)) is not None:
        day, month, year = map(int, one.groups())
    elif (one := _DAY_MONTH.fullmatch(clean)) is not None:
        day, month = map(int, one.groups())
        year = 0
    else:
        return None
    try:
        found = date(year or _LEAP, month, day)
    except ValueError:
        return None
    return f"{found:%m-%d}" if not year else found.isoformat()


def write_day(day: str) -> str:
    """What `read_day` reads: `20/01`, or `01/03/2027`."""
    parts = day.split("-")
    return "/".join(reversed(parts))


def days_of(day: str, first: int, last: int) -> list[date]:
    """The dates of a stored day in these years, the last one included."""
    if len(day) > len("01-20"):
        one = date.fromisoformat(day)
        return [one] if first <= one.year <= last else []
    month, number = map(int, day.split("-"))
    found = []
    for year in range(first, last + 1):
        try:
            found.append(date(year, month, number))
        except ValueError:
            continue  # 29/02 of a year that has none
    return found
