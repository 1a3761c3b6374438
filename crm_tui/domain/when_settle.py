"""Puts the pieces of a phrase together: one moment, or why there is none and what is offered instead.

Here stand the principles: the first future moment that fits, never a guess, nothing past, nothing left
unread. How days and times are said is not known here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from crm_tui.domain.when_atoms import Atom, Broken, Day, DaySort, Exact, Time, TimeKind
from crm_tui.domain.when_days import add_months, monday
from crm_tui.domain.when_echo import offer, short_day, short_moment, weekday_name
from crm_tui.domain.when_times import in_part, moments
from crm_tui.domain.when_types import YEARS_AHEAD, Moment, Offer, Reason, WhenRefusal, World, day_of
from crm_tui.domain.worktime import NoWorkingTime
from crm_tui.i18n import Text

MOST_OFFERS = 3
NO_WORKING_DAY = Text("The working calendar has no working day there.")
_FORCED = (TimeKind.NUMBER, TimeKind.MIDNIGHT)  # never taken, even where one reading is left
_ONE_DAY = timedelta(days=1)


class Unread(Exception):
    """A piece that does not go with the others; the whole phrase is refused for it."""

    def __init__(self, piece: Atom, reason: Reason = Reason.UNKNOWN) -> None:
        super().__init__(reason)
        self.refusal = WhenRefusal(reason, piece.start, piece.end)


def is_past(value: Moment, world: World) -> bool:
    return value < world.now if isinstance(value, datetime) else value < world.today


def _too_far(value: Moment, world: World) -> bool:
    return day_of(value) > add_months(world.today, 12 * YEARS_AHEAD)


def _offers(values: Iterable[Moment], world: World) -> tuple[Offer, ...]:
    fine = (
        v for v in dict.fromkeys(values) if (world.past or not is_past(v, world)) and not _too_far(v, world)
    )
    return tuple(offer(value, world.now, world.language) for value in fine)[:MOST_OFFERS]


def _agreeing(words: str, weekday: Day, other: Day, world: World) -> Day | WhenRefusal:
    """A weekday beside a definite day: they agree, or the day is named with its true weekday. (Rule 21)"""
    start, end = min(weekday.start, other.start), max(weekday.end, other.end)
    wanted = weekday.days[0].weekday()
    kept = tuple(day for day in other.days if day.weekday() == wanted)
    if other.reason is not None:
        return other
    if kept:
        return replace(other, start=start, end=end, days=kept)
    passed = all(day < world.today for day in other.days)
    if passed and any(day.weekday() == wanted for day in other.later):
        return replace(other, start=start, end=end)
    day = other.days[0]
    params = {
        "words": words[start:end],
        "date": short_day(day, world.now, world.language),
        "weekday": weekday_name(day, world.language),
    }
    offers = _offers((*(other.later if passed else other.days), *weekday.days), world)
    return WhenRefusal(
        Reason.NO_SUCH_DATE, start, end, offers, Text("{words}: {date} is a {weekday}.", params)
    )


def _one_day(words: str, days: Sequence[Day], world: World) -> Day | WhenRefusal | None:
    if len(days) < 2:
        return days[0] if days else None
    if len(days) > 2:
        raise Unread(days[2])
    weekdays = [day for day in days if day.sort is DaySort.WEEKDAY]
    others = [day for day in days if day.sort is not DaySort.WEEKDAY]
    if len(weekdays) != 1 or others[0].sort is DaySort.LOOSE:
        raise Unread(days[1])
    weekday, other = weekdays[0], others[0]
    if other.sort is DaySort.NEXT_WEEK:
        day = monday(world.today) + timedelta(days=7 + weekday.days[0].weekday())
        return Day(min(weekday.start, other.start), max(weekday.end, other.end), DaySort.DEFINITE, (day,))
    return _agreeing(words, weekday, other, world)


def _one_time(times: Sequence[Time]) -> Time | None:
    """One time, or an hour and the part of the day that it lies in ("de manhã às 9")."""
    if len(times) < 2:
        return times[0] if times else None
    if len(times) > 2:
        raise Unread(times[2])
    parts = [each for each in times if each.kind is TimeKind.PART]
    clocks = [each for each in times if each.kind in (TimeKind.CLOCK, TimeKind.NUMBER)]
    if len(parts) != 1 or len(clocks) != 1:
        raise Unread(times[1])
    clock = in_part(clocks[0], parts[0].part)
    if clock is None:
        raise Unread(times[1])
    return clock


def _timed(days: Iterable[date], clock: Time | None, world: World) -> list[Moment]:
    if clock is None:
        return list(days)
    return [moment for day in days for moment in moments(clock, day, world)]


def _alone(clock: Time, world: World) -> list[Moment]:
    """A time without a day: today if still to come, else the same hour tomorrow."""
    today, tomorrow = world.today, world.tomorrow
    if clock.kind is TimeKind.OPENING and not world.past:  # working days count
        opening = moments(clock, today, world)[0]
        if opening <= world.now or not world.calendar.is_working_day(today):
            return list(moments(clock, world.calendar.next_working_day(today), world))
        return [opening]
    if clock.kind is TimeKind.CLOSING:  # means today, and nothing else
        return list(moments(clock, today, world))
    if clock.kind is TimeKind.MIDNIGHT:
        return list(moments(clock, tomorrow, world))
    other = today - _ONE_DAY if world.past else tomorrow
    values: list[Moment] = list(clock.days)
    for now, then in zip(moments(clock, today, world), moments(clock, other, world), strict=True):
        fits = now <= world.now if world.past else now > world.now
        values.append(now if fits else then)
    return values


def _clock_change(value: datetime, world: World, span: tuple[int, int]) -> WhenRefusal | None:
    """Refused with both instants if the zone's clocks skip or repeat that local time."""
    if world.zone is None:
        return None
    first, second = (value.replace(tzinfo=world.zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return None
    back = [each.astimezone(UTC).astimezone(world.zone) for each in (first, second)]
    if back[0].replace(tzinfo=None) == value:  # repeated: the same words twice, told apart by their offsets
        words = offer(value, world.now, world.language).words
        offers = tuple(Offer(each.replace(tzinfo=None), f"{words} {each:%z}") for each in back)
        return WhenRefusal(Reason.AMBIGUOUS, *span, offers)
    note = Text("The clocks skip {time} on that day", {"time": f"{value:%H:%M}"})
    values = sorted(each.replace(tzinfo=None, fold=0) for each in back)
    return WhenRefusal(Reason.NO_SUCH_DATE, *span, _offers(values, world), note)


def _taken(value: Moment, span: tuple[int, int], world: World, exact: bool) -> Moment | WhenRefusal:
    if _too_far(value, world):
        return WhenRefusal(Reason.TOO_FAR, *span)
    if isinstance(value, datetime) and not exact:
        return _clock_change(value, world, span) or value
    return value


def _passed(value: Moment, later: Iterable[Moment], span: tuple[int, int], world: World) -> WhenRefusal:
    moment = short_moment(value, world.now, world.language)
    note = Text("{moment} has already passed", {"moment": moment})
    return WhenRefusal(Reason.PAST, *span, _offers(later, world), note)


def _settled(
    values: list[Moment], later: list[Moment], forced: bool, span: tuple[int, int], world: World
) -> Moment | WhenRefusal:
    """The one value, or a refusal: nothing left that is still to come, or more than one."""
    if not world.past and values:
        gone = [is_past(value, world) for value in values]
        if all(gone):
            return _passed(values[0], later, span, world)
        if any(gone):  # "hoje 3h" in the morning: 15:00 today or 03:00 tomorrow
            values = [
                later[at] if past and at < len(later) else value
                for at, (value, past) in enumerate(zip(values, gone, strict=True))
            ]
    if not forced and len(set(values)) == 1:
        return _taken(values[0], span, world, exact=False)
    return WhenRefusal(Reason.AMBIGUOUS, *span, _offers(values, world))


def _bare_morning(day: Day | None, times: Sequence[Time], world: World) -> WhenRefusal | None:
    """*manhã* with neither day nor preposition: a part of the day, or *amanhã* with a letter lost?"""
    bare = next((each for each in times if each.bare), None)
    if bare is None or day is not None:
        return None
    clock, rest = _one_time(times), _one_time([each for each in times if each is not bare])
    morning = _alone(clock, world) if clock else []
    values = [*_timed((world.tomorrow,), rest, world), *morning]
    if len(set(values)) == 1:
        return None
    return WhenRefusal(Reason.AMBIGUOUS, bare.start, bare.end, _offers(values, world))


def _blamed(day: Day, times: Sequence[Time], values: Sequence[Moment], world: World) -> tuple[int, int]:
    """The characters to underline: those of the day or the time if only it is unclear, else of both."""
    pieces: Sequence[Day | Time] = (day, *times)
    if not all(is_past(value, world) for value in values):
        if len(day.days) > 1 and len(values) == len(day.days):
            pieces = (day,)
        elif len(day.days) == 1 and times:
            pieces = times
    return (min(piece.start for piece in pieces), max(piece.end for piece in pieces))


def _settle(words: str, pieces: Sequence[Atom], world: World) -> Moment | WhenRefusal:
    for piece in pieces:
        if isinstance(piece, Broken):
            return WhenRefusal(piece.reason, piece.start, piece.end, (), piece.note)
    exact = [piece for piece in pieces if isinstance(piece, Exact)]
    if exact:
        if len(pieces) > 1:
            raise Unread(exact[0] if pieces[0] is not exact[0] else pieces[1])
        return _settle_exact(exact[0], world)
    times = [piece for piece in pieces if isinstance(piece, Time)]
    day = _one_day(words, [piece for piece in pieces if isinstance(piece, Day)], world)
    if isinstance(day, WhenRefusal):
        return day
    refusal = _bare_morning(day, times, world)
    if refusal is not None:
        return refusal
    clock = _one_time(times)
    forced = clock is not None and clock.kind in _FORCED
    if day is None:
        if clock is None:
            return WhenRefusal(Reason.UNKNOWN, 0, len(words))
        span = (min(each.start for each in times), max(each.end for each in times))
        return _settled(_alone(clock, world), _timed((world.tomorrow,), clock, world), forced, span, world)
    values, later = _timed(day.days, clock, world), _timed(day.later, clock, world)
    if day.reason is not None:
        return WhenRefusal(day.reason, day.start, day.end, _offers(values, world), day.note)
    if clock is not None and any(each.weekday() == day.days[0].weekday() for each in clock.days):
        values = [*clock.days, *values]  # "sexta 27": that Friday, if it is one, or an hour
    span = _blamed(day, times, values, world)
    return _settled(values, later, forced, span, world)


def _settle_exact(piece: Exact, world: World) -> Moment | WhenRefusal:
    span = (piece.start, piece.end)
    if len(piece.values) > 1:
        return WhenRefusal(Reason.AMBIGUOUS, *span, _offers(piece.values, world))
    value = piece.values[0]
    if not world.past and is_past(value, world):
        return _passed(value, (), span, world)
    return _taken(value, span, world, exact=True)


def settle(words: str, pieces: Sequence[Atom], world: World) -> Moment | WhenRefusal:
    """The moment that the pieces of the phrase say together, or the refusal."""
    try:
        return _settle(words, pieces, world)
    except Unread as unread:
        return unread.refusal
    except NoWorkingTime:
        return WhenRefusal(Reason.NO_SUCH_DATE, 0, len(words), (), NO_WORKING_DAY)
