"""Who is free, and when: the state of a day, free hours, the slots that several people have in common. (B16, B63, X20)

Pure arithmetic on spans of whole minutes counted from 1970 in UTC, so that people on different clocks are compared by
instants. What takes somebody's time and what the hour is now are handed in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import islice
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from crm_tui.domain.worktime import DAY_MINUTES, Hours
from crm_tui.i18n import C_

Span = tuple[int, int]
"""Minutes since 1970 in UTC, the end not included."""

Spans = tuple[Span, ...]
"""In order and apart."""

STEP: Final = 15
"""Minutes: a slot begins at a quarter of an hour."""
USUAL: Final = 60
"""Minutes of a slot unless somebody says another."""
LENGTHS: Final = (15, 30, 45, 60, 90, 120, 180, 240, 300, 360, 480)
"""Minutes that a slot can be lengthened and shortened to by key."""

UTC_ZONE: Final = ZoneInfo("UTC")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)
_DAY: Final = DAY_MINUTES
_A_DAY_LATER: Final = 6 * 60


class DayState(StrEnum):
    """What an operator's day is. (B63)"""

    OFF = "off"
    FREE = "free"
    PARTIAL = "partial"
    BUSY = "busy"


STATE_NAMES: Final = {  # with the context "free day"
    DayState.OFF: C_("free day", "off"),
    DayState.FREE: C_("free day", "free"),
    DayState.PARTIAL: C_("free day", "partly free"),
    DayState.BUSY: C_("free day", "busy"),
}


class FreeDay(NamedTuple):
    """One operator's day on their own clock: minutes that are worked on it and those of them that are taken, or gone
    while the day lasts. `title`
    is why the day differs from its weekday, empty where it does not or nobody said."""

    user_id: int
    day: date
    state: DayState
    working: int
    busy: int
    title: str

    @property
    def free(self) -> int:
        """Minutes left."""
        return self.working - self.busy


def state(working: int, busy: int) -> DayState:
    """OFF: nothing is worked (leave, holiday, no hours); FREE: no busy minute; BUSY: no other; PARTIAL: some."""
    if working <= 0:
        return DayState.OFF
    if busy <= 0:
        return DayState.FREE
    return DayState.BUSY if busy >= working else DayState.PARTIAL


# --- instants -------------------------------------------------------------------------------------------------


def minute_of(moment: datetime) -> int:
    """The minute in which an aware instant lies."""
    return (moment - _EPOCH) // _MINUTE


def minute_after(moment: datetime) -> int:
    """The first minute that begins at an aware instant or after it."""
    return -((_EPOCH - moment) // _MINUTE)


def instant_of(minute: int) -> datetime:
    """The aware instant at which a minute begins."""
    return _EPOCH + minute * _MINUTE


def clock(minute: int, zone: ZoneInfo, *, ends: bool = False) -> str:
    """What the zone's clock shows: `09:00`; midnight as the end of something is `24:00`."""
    shown = instant_of(minute).astimezone(zone).strftime("%H:%M")
    return "24:00" if ends and shown == "00:00" else shown


def wall_minute(minute: int, zone: ZoneInfo, *, ends: bool = False) -> int:
    """Minutes since midnight that the zone's clock shows; midnight as the end of something is 1440."""
    local = instant_of(minute).astimezone(zone)
    shown = local.hour * 60 + local.minute
    return DAY_MINUTES if ends and not shown else shown


@lru_cache(maxsize=8192)
def edge(day: date, minute: int, zone: ZoneInfo) -> int:
    """The first minute at which the zone's clock shows this civil day and minute, or later: in an hour that is skipped
    the moment of the change, in one that comes twice the first time."""
    wall = datetime.combine(day, time()) + minute * _MINUTE
    found = minute_of(wall.replace(tzinfo=zone))
    if instant_of(found).astimezone(zone).replace(tzinfo=None) == wall:
        return found
    low, high = minute_of(wall.replace(tzinfo=zone, fold=1)) - 1, found
    while high - low > 1:  # skipped: the change lies between the two readings
        middle = (low + high) // 2
        if instant_of(middle).astimezone(zone).replace(tzinfo=None) >= wall:
            high = middle
        else:
            low = middle
    return high


@lru_cache(maxsize=8192)
def worked(hours: Hours, day: date, zone: ZoneInfo) -> Spans:
    """The working intervals of a civil day as instants."""
    return merged((edge(day, a, zone), edge(day, b, zone)) for a, b in hours)


def whole(first: date, last: date, zone: ZoneInfo) -> Span:
    """The civil days `first` to `last`, the last one included."""
    return edge(first, 0, zone), edge(last, DAY_MINUTES, zone)


# --- spans ----------------------------------------------------------------------------------------------------


def merged(spans: Iterable[Span]) -> Spans:
    """In order, with what overlaps or touches as one; empty ones are dropped."""
    found: list[Span] = []
    for a, b in sorted(spans):
        if b <= a:
            continue
        if found and a <= found[-1][1]:
            if b > found[-1][1]:
                found[-1] = (found[-1][0], b)
        else:
            found.append((a, b))
    return tuple(found)


def shared(left: Spans, right: Spans) -> Spans:
    """What lies in both."""
    found: list[Span] = []
    i = j = 0
    while i < len(left) and j < len(right):
        a, b = max(left[i][0], right[j][0]), min(left[i][1], right[j][1])
        if a < b:
            found.append((a, b))
        if left[i][1] <= right[j][1]:
            i += 1
        else:
            j += 1
    return tuple(found)


def common(many: Iterable[Spans]) -> Spans:
    """What lies in all of them; of nobody there is none."""
    found: Spans | None = None
    for spans in many:
        found = spans if found is None else shared(found, spans)
        if not found:
            return ()
    return found or ()


def without(spans: Spans, gone: Spans) -> Spans:
    """The spans less what is gone."""
    found: list[Span] = []
    at = 0
    for start, end in spans:
        while at < len(gone) and gone[at][1] <= start:
            at += 1
        begin, n = start, at
        while n < len(gone) and gone[n][0] < end:
            if gone[n][0] > begin:
                found.append((begin, gone[n][0]))
            begin = gone[n][1]
            n += 1
        if begin < end:
            found.append((begin, end))
    return tuple(found)


def ahead(spans: Spans, now: int) -> Spans:
    """What of them lies at a minute or behind it."""
    return tuple((max(a, now), b) for a, b in spans if b > now)


def minutes(spans: Spans) -> int:
    """How many minutes they have together."""
    return sum(b - a for a, b in spans)


def holding(spans: Spans, start: int, end: int) -> Span | None:
    """The span in which all of `start` to `end` lies."""
    return next(((a, b) for a, b in spans if a <= start and end <= b), None)


# --- slots ----------------------------------------------------------------------------------------------------


def _on_step(minute: int) -> int:
    return -(-minute // STEP) * STEP


def slots(free: Spans, length: int, after: int) -> Iterator[int]:
    """Where slots of `length` minutes begin, the earliest first: each at a quarter of an hour, not before `after`, and
    the next one not before the end of the one before."""
    for a, b in free:
        start = _on_step(max(a, after))
        while start + length <= b:
            yield start
            start = _on_step(start + length)


def first_slots(free: Spans, length: int, after: int, count: int = 1) -> list[int]:
    """The first so many of `slots`."""
    return list(islice(slots(free, length, after), count))


def nearest(free: Spans, length: int, wished: int, after: int, count: int = 3) -> list[int]:
    """Other beginnings near a wished one, in the order of time: of every free span that has room the nearest one, and
    of those the `count` nearest; none before `after`. The same hour of the next day is nearer than eight hours later.
    """
    found: list[tuple[int, int]] = []
    aim = wished // STEP * STEP
    for a, b in free:
        first, last = _on_step(max(a, after)), (b - length) // STEP * STEP
        if first <= last:
            days = range((first - aim) // _DAY, -(-(last - aim) // _DAY) + 1)
            starts = {min(max(aim + day * _DAY, first), last) for day in days}
            found.append(min((far(start, aim), start) for start in starts))
    return sorted(start for _, start in sorted(found)[:count])


def far(start: int, wished: int) -> int:
    """How far another beginning is from the wished one: minutes on the clock, and six hours for each day between."""
    days, rest = divmod(abs(start - wished), _DAY)
    return min(days * _A_DAY_LATER + rest, (days + 1) * _A_DAY_LATER + _DAY - rest)


def fitting(spans: Spans, length: int) -> Spans:
    """Those in which a slot of so many minutes has room."""
    return tuple((a, b) for a, b in spans if _on_step(a) + length <= b)


def longer(length: int) -> int:
    """The next length by key; the longest stays."""
    return next((each for each in LENGTHS if each > length), LENGTHS[-1])


def shorter(length: int) -> int:
    """The length before by key; the shortest stays."""
    return next((each for each in reversed(LENGTHS) if each < length), LENGTHS[0])
