"""Date words of a filter: what is typed in either language to words that are stored, and those to civil days.

Stored words are English (`next week`, `-7d`, `friday`) or fixed (`2026-11-27`, `2026-11`, `2026`) and mean, each day
anew, what that day makes of them. What this table does not know goes to the reader of dates (`domain.when`) and is
stored as it was said, because that reader understands both languages. Working days count only where WHEN.md says so.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from crm_tui.domain.filter_date_words import PHRASES, coded, number_word
from crm_tui.domain.filter_tree import DateSpan, Op
from crm_tui.domain.when import Moment, Reason, WhenRefusal, read
from crm_tui.domain.when_days import add_months, monday
from crm_tui.domain.when_echo import offer
from crm_tui.domain.when_lex import Token
from crm_tui.domain.when_lex import tokens as when_tokens
from crm_tui.domain.worktime import NoWorkingTime, WorkCalendar
from crm_tui.i18n import Text

YEARS = range(1900, 2200)
_FARTHEST = 4_000  # units of a distance; the sums below stay inside the calendar
_MOST_YEARS = 100
_ONE_DAY = timedelta(days=1)
_FIXED = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?")
_MONTH_YEAR = re.compile(r"([0-9]{1,2})[/.-]([0-9]{4})|([0-9]{4})[/.-]([0-9]{1,2})")
_DISTANCE = re.compile(r"(?P<sign>[+-])(?P<count>[0-9]+)(?P<unit>d|w|m|y|bd)")
_AROUND = re.compile(r"(this|next|last)? ?(week|month|quarter|year)")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TURNS = {"this": 0, "": 0, "next": 1, "last": -1}


class Days(NamedTuple):
    """Civil days, both ends taken in; None: no end on that side."""

    first: date | None
    last: date | None

    def holds(self, day: date) -> bool:
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)

    def instants(self, zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
        """The same as instants in UTC, the second not taken in: what a column of instants is compared with."""
        start = None if self.first is None else _midnight(self.first, zone)
        end = None if self.last is None else _midnight(self.last + _ONE_DAY, zone)
        return start, end


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """When and for whom words are read: naive local time, working calendar, language of the screen."""

    now: datetime
    calendar: WorkCalendar
    language: str

    @property
    def today(self) -> date:
        return self.now.date()


# --- what is typed ----------------------------------------------------------------------------------


def blanks(typed: str) -> str:
    """A bare date value with its blanks: `fim-do-mês` is `fim do mês`; between figures a hyphen stays."""
    spaced = typed.replace("_", " ")
    return re.sub(r"(?<=[^\W\d_])-(?=\w)|(?<=[\dªº])-(?=[^\W\d_])", " ", spaced)


def store_words(typed: str, clock: Clock, *, back: bool) -> str | WhenRefusal:
    """The words that are stored for what was typed, or why they name no day. Never raises."""
    said = " ".join(typed.split())
    numeric = _MONTH_YEAR.fullmatch(said)
    if numeric:
        month, year = (numeric[1], numeric[2]) if numeric[1] else (numeric[4], numeric[3])
        return _month_words(int(month), int(year), said)
    if re.fullmatch("[0-9]{4}", said):
        return said if int(said) in YEARS else WhenRefusal(Reason.NO_SUCH_DATE, 0, len(said))
    phrase = [number_word(token, said) for token in when_tokens(said)]
    code = coded(phrase)
    for pattern, made in PHRASES:
        if pattern.fullmatch(code):
            words = made if isinstance(made, str) else made(phrase, back)
            return _checked(words, said, clock, back)
    return _asked(said, phrase, clock, back)


def _checked(words: str, said: str, clock: Clock, back: bool) -> str | WhenRefusal:
    month = re.fullmatch(r"month ([0-9]+)(?: ([0-9]+))?", words)
    if month:
        year = int(month[2]) if month[2] else _nearest_year(int(month[1]), clock.today, back)
        return _month_words(int(month[1]), year, said)
    if days_of(words, clock, back=back) is not None:
        return words
    refusal = _read(said, clock, back)
    return refusal if isinstance(refusal, WhenRefusal) else WhenRefusal(Reason.TOO_FAR, 0, len(said))


def _nearest_year(month: int, today: date, back: bool) -> int:
    """The year of a month alone: the running month counts, else the one to come, or the last one."""
    if back:
        return today.year - (month > today.month)
    return today.year + (month < today.month)


def _month_words(month: int, year: int, said: str) -> str | WhenRefusal:
    if not 1 <= month <= 12 or year not in YEARS:
        return WhenRefusal(Reason.NO_SUCH_DATE, 0, len(said))
    return f"{year:04}-{month:02}"


def _asked(said: str, phrase: list[Token], clock: Clock, back: bool) -> str | WhenRefusal:
    """What the reader of dates makes of it: a fixed day where a date was said, else the words themselves."""
    value = _read(said, clock, back)
    if isinstance(value, WhenRefusal):
        return value
    if isinstance(value, datetime):
        note = Text("“{words}” has a time of day: a filter asks for days.", {"words": said})
        return WhenRefusal(
            Reason.UNKNOWN, 0, len(said), (offer(value.date(), clock.now, clock.language),), note
        )
    if value.year not in YEARS:
        return WhenRefusal(Reason.TOO_FAR, 0, len(said))
    kinds = {token.kind for token in phrase}
    dated = kinds & {"DATE", "ISO", "DOTTED"} or (kinds & {"MONTH", "AGO", "DEZ"} and len(phrase) > 1)
    if dated:
        return value.isoformat()
    if "WEEKDAY" in kinds and kinds & {"NEXT", "QUE"} and "WEEK" not in kinds:
        # "next tuesday" is taken only where both its readings agree: the first to come
        return value.isoformat() if back else _WEEKDAYS[value.weekday()]
    return said.casefold()


def _read(words: str, clock: Clock, back: bool) -> Moment | WhenRefusal:
    """As the field looks; a field that looks forward also takes what has passed, if nothing else fits."""
    value = read(words, clock.now, clock.calendar, clock.language, past=back)
    if not back and isinstance(value, WhenRefusal) and value.reason is Reason.PAST:
        return read(words, clock.now, clock.calendar, clock.language, past=True)
    return value


# --- what the stored words mean ---------------------------------------------------------------------


def days_of(words: str, clock: Clock, *, back: bool) -> Days | None:
    """The days that stored words mean now; None if there is no such day now. Never raises."""
    try:
        return _days_of(words, clock, back)
    except (OverflowError, ValueError, NoWorkingTime):
        return None


def _days_of(words: str, clock: Clock, back: bool) -> Days | None:
    today = clock.today
    fixed = _FIXED.fullmatch(words)
    if fixed:
        return _fixed_days(fixed)
    distance = _DISTANCE.fullmatch(words)
    if distance:
        day = _distant(distance, clock)
        return None if day is None else Days(day, day)
    around = _AROUND.fullmatch(words)
    if around:
        return _period(around[2], _TURNS[around[1] or ""], today)
    if words in ("today", "yesterday", "tomorrow"):
        day = today + timedelta(days=("yesterday", "today", "tomorrow").index(words) - 1)
        return Days(day, day)
    *turn, name = words.split()
    if name in _WEEKDAYS and len(turn) < 2:
        day = _weekday(_WEEKDAYS.index(name), turn[0] if turn else "", today, back)
        return Days(day, day)
    if re.fullmatch(f"({'|'.join(_WEEKDAYS)}) next week", words):
        day = monday(today) + timedelta(days=7 + _WEEKDAYS.index(words.split(maxsplit=1)[0]))
        return Days(day, day)
    value = _read(words, clock, back)
    return None if isinstance(value, WhenRefusal | datetime) else Days(value, value)


def _fixed_days(fixed: re.Match[str]) -> Days:
    year = int(fixed["year"])
    if fixed["month"] is None:
        return Days(date(year, 1, 1), date(year, 12, 31))
    month = int(fixed["month"])
    if fixed["day"] is None:
        return Days(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
    day = date(year, month, int(fixed["day"]))
    return Days(day, day)


def _distant(distance: re.Match[str], clock: Clock) -> date | None:
    count, unit = int(distance["count"][:6]), distance["unit"]
    if count > _FARTHEST or (unit == "y" and count > _MOST_YEARS):
        return None
    signed = -count if distance["sign"] == "-" else count
    if unit == "bd":
        return clock.calendar.add_working_days(clock.today, signed)
    if unit in ("m", "y"):
        months = signed * (12 if unit == "y" else 1)
        return add_months(clock.today, months) if abs(months) <= 12 * _MOST_YEARS else None
    return clock.today + timedelta(days=signed * (7 if unit == "w" else 1))


def _period(name: str, turn: int, today: date) -> Days:
    if name == "week":
        first = monday(today) + timedelta(days=7 * turn)
        return Days(first, first + timedelta(days=6))
    months = {"month": 1, "quarter": 3, "year": 12}[name]
    begun = date(today.year, (today.month - 1) // months * months + 1, 1)
    return Days(add_months(begun, turn * months), add_months(begun, (turn + 1) * months) - _ONE_DAY)


def _weekday(wanted: int, turn: str, today: date, back: bool) -> date:
    if turn == "this":
        return monday(today) + timedelta(days=wanted)
    ahead = (wanted - today.weekday() - 1) % 7 + 1
    if back or turn == "last":
        return today + timedelta(days=ahead - 7 or -7)
    return today + timedelta(days=ahead)


def days(span: DateSpan, clock: Clock, *, back: bool) -> Days | None:
    """The days of a span now; None if its words name no day now, so that no row lies in it."""
    inside = days_of(span.words, clock, back=back)
    if inside is None or inside.first is None or inside.last is None:
        return None
    match span.op:
        case Op.IS:
            return inside
        case Op.BELOW:
            return Days(None, inside.first - _ONE_DAY)
        case Op.UP_TO:
            return Days(None, inside.last)
        case Op.ABOVE:
            return Days(inside.last + _ONE_DAY, None)
        case Op.FROM:
            return Days(inside.first, None)
        case Op.BETWEEN:
            other = days_of(span.until, clock, back=back)
            return None if other is None else Days(inside.first, other.last)


def is_fixed(words: str) -> bool:
    """Whether the words mean the same days for ever."""
    return _FIXED.fullmatch(words) is not None


@lru_cache(maxsize=256)
def _never_before(low: str, high: str, year: int, back: bool) -> bool:
    """Whether `low` begins after `high` ends on every eighth day of a year (all weekdays, all months)."""
    calendar = WorkCalendar()
    for at in range(46):
        clock = Clock(datetime.combine(date(year, 1, 1), time(12)) + timedelta(days=8 * at), calendar, "en")
        a, b = days_of(low, clock, back=back), days_of(high, clock, back=back)
        if a is None or b is None or a.first is None or b.last is None or a.first <= b.last:
            return False
    return True


def backwards(low: str, high: str, clock: Clock, *, back: bool) -> bool:
    """Whether a range can hold no day, now or ever.

    A range of a fixed and a moving end (`hoje..27/11/2026`) is not backwards the day after: it is only over, and
    a saved view that says so must still be readable.
    """
    if is_fixed(low) != is_fixed(high):
        return False
    return _never_before(low, high, 2026 if is_fixed(low) else clock.today.year, back)
