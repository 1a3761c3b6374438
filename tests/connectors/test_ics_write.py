"""Calendar files out: read by the library without a word, and by our reader as the same facts."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar

from crm_tui.connectors.ics_read import read
from crm_tui.connectors.ics_rules import occurrences
from crm_tui.connectors.ics_write import feed_of, write
from crm_tui.domain.agenda import Response
from crm_tui.domain.ics import IcsEvent, IcsFile, Method, Status, Who
from crm_tui.domain.text import one_line, sanitise

STAMP = datetime(2026, 11, 22, 12, tzinfo=UTC)
SAO_PAULO = ZoneInfo("America/Sao_Paulo")
ZONES = ["America/Sao_Paulo", "America/New_York", "Europe/Lisbon", "Asia/Kathmandu", "Australia/Lord_Howe"]


def timed(start: datetime, minutes: int = 60, **said: object) -> IcsEvent:
    """An event on the clock of `start`'s zone."""
    assert isinstance(start.tzinfo, ZoneInfo)
    begun = start.astimezone(UTC)
    end = begun + timedelta(minutes=minutes)
    last = (end - timedelta(microseconds=1)).astimezone(start.tzinfo).date() if minutes else start.date()
    facts: dict[str, object] = {
        "uid": "u1",
        "summary": "Visit",
        "all_day": False,
        "first_on": begun.astimezone(start.tzinfo).date(),
        "last_on": last,
        "zone": start.tzinfo.key,
        "start": begun,
        "end": end,
        "stamp": STAMP,
    }
    return IcsEvent(**(facts | said))  # type: ignore[arg-type]


def back(*events: IcsEvent, method: Method | None = None) -> list[IcsEvent]:
    found = read(write(events, STAMP, method=method), "x.ics", SAO_PAULO)
    assert isinstance(found, IcsFile), found
    assert (found.faults, found.notices) == ((), ())
    return [replace(e, line=0) for e in found.events]


_ZONED = st.builds(
    lambda moment, zone: moment.replace(tzinfo=UTC, microsecond=0).astimezone(ZoneInfo(zone)),
    st.datetimes(datetime(1970, 1, 2), datetime(2035, 12, 31)),
    st.sampled_from(ZONES),
)
_TEXT = st.text(max_size=120).map(one_line)
_BODY = st.text(max_size=300).map(lambda t: sanitise(t).strip())
_ADDRESS = st.from_regex(r"[a-z0-9.]{1,12}@[a-z0-9]{1,8}\.[a-z]{2,3}", fullmatch=True)
_WHO = st.builds(Who, _ADDRESS, _TEXT.map(lambda t: t.strip("\"' ")), st.sampled_from(Response))


@st.composite
def events(draw: st.DrawFn) -> IcsEvent:
    common: dict[str, object] = {
        "uid": draw(_TEXT.filter(bool)),
        "summary": draw(_TEXT),
        "location": draw(_TEXT),
        "description": draw(_BODY),
        "sequence": draw(st.integers(0, 99)),
        "private": draw(st.booleans()),
        "busy": draw(st.booleans()),
        "status": draw(st.sampled_from(Status)),
        "remind_minutes": draw(st.none() | st.integers(0, 10_000)),
        "organizer": draw(st.none() | _ADDRESS.map(lambda a: Who(a))),
        "attendees": tuple(draw(st.lists(_WHO, max_size=4, unique_by=lambda w: w.address))),
    }
    if draw(st.booleans()):
        day = draw(st.dates(date(1950, 1, 1), date(2100, 1, 1)))
        days = timedelta(days=draw(st.integers(0, 30)))
        whole = IcsEvent("u", "", True, day, day + days, "America/Sao_Paulo", stamp=STAMP)
        return replace(whole, **common)  # type: ignore[arg-type]
    return timed(draw(_ZONED), draw(st.integers(0, 7 * 24 * 60)), **common)


def _quoted(event: IcsEvent) -> IcsEvent:
    """A quotation mark has no place in a parameter, so it goes out as an apostrophe, and what would undo a colon, as a
    stroke; a name that is the address is none."""
    people = tuple(
        w._replace(name=w.name.replace('"', "'").replace("\\", "/").strip("\"' ")) for w in event.attendees
    )
    return replace(event, attendees=people)


def test_the_last_day_of_all_is_read_back() -> None:
    last = date(2199, 12, 31)
    begun = timed(datetime(2026, 11, 20, 10, tzinfo=SAO_PAULO))
    event = replace(begun, all_day=True, first_on=last, last_on=last, start=None, end=None)
    assert [(each.first_on, each.last_on) for each in back(event)] == [(last, last)]


@given(event=events())
@example(
    event=IcsEvent(
        "u",
        "",
        True,
        *(date(2026, 1, 1),) * 2,
        "America/Sao_Paulo",
        attendees=(Who("a@b.co", "Bia\\"),),
        stamp=STAMP,
    )
)
def test_what_goes_out_comes_in_as_the_same_facts(event: IcsEvent) -> None:
    """Zones with their gaps and folds, texts with every sign: the same instants, days, people, words."""
    (found,) = back(event)
    if event.start is not None and event.start.astimezone(ZoneInfo(event.zone)).fold:
        event = replace(event, zone=found.zone, first_on=found.first_on, last_on=found.last_on)
    assert found == _quoted(event)


@given(event=events())
def test_every_line_is_short_and_the_library_reads_it_without_a_word(event: IcsEvent) -> None:
    content = write([event], STAMP)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
    calendar = Calendar.from_ical(content)
    (made,) = calendar.events
    assert (calendar.errors, made.errors) == ([], [])
    assert made["DTSTAMP"].dt == STAMP
    if event.start is not None:
        assert made.start.astimezone(UTC) == event.start
        assert event.end is not None
        assert made.end.astimezone(UTC) == event.end


def test_a_series_with_its_changed_and_its_cancelled_occurrence() -> None:
    start = datetime(2026, 3, 1, 10, tzinfo=ZoneInfo("America/New_York"))
    series = timed(start, rrule="FREQ=WEEKLY;COUNT=10", exdates=(date(2026, 3, 8), date(2026, 3, 22)))
    of_it = start.replace(day=15)
    moved = timed(of_it + timedelta(hours=1), recurrence=of_it.astimezone(UTC), summary="Later")
    called_off = timed(
        start.replace(day=29), recurrence=start.replace(day=29).astimezone(UTC), status=Status.CANCELLED
    )
    assert back(called_off, moved, series) == [series, moved, called_off]


def test_a_series_of_whole_days() -> None:
    leap = IcsEvent(
        "u",
        "Leap",
        True,
        date(2028, 2, 29),
        date(2028, 3, 1),
        "America/Sao_Paulo",
        rrule="FREQ=YEARLY",
        stamp=STAMP,
    )
    left_out = replace(leap, exdates=(date(2032, 2, 29),))
    changed = replace(
        leap, rrule="", recurrence=date(2036, 2, 29), first_on=date(2036, 3, 2), last_on=date(2036, 3, 2)
    )
    assert back(left_out, changed) == [left_out, changed]


def test_the_hour_that_came_twice_goes_out_as_an_instant() -> None:
    """17/02/2018, 23:30 the second time: no name on São Paulo's clock, so UTC."""
    second = datetime(2018, 2, 18, 2, 30, tzinfo=UTC).astimezone(SAO_PAULO)
    assert second.fold == 1
    assert b"DTSTART:20180218T023000Z" in write([timed(second)], STAMP)
    assert back(timed(second))[0].start == second.astimezone(UTC)


@pytest.mark.parametrize("zone", [*ZONES, "Africa/Casablanca", "Pacific/Apia", "Europe/Dublin"])
@pytest.mark.parametrize("year", [1990, 2011, 2018, 2026])
def test_the_zone_that_goes_out_tells_every_hour_of_its_years(zone: str, year: int) -> None:
    """Read by its rules alone, as a program does that does not know the name. Red with the library's own zones, which
    are an hour late on the day that summer time begins."""
    clock = ZoneInfo(zone)
    year_long = (datetime(year, 1, 1, tzinfo=UTC) + timedelta(minutes=30 * n + 15) for n in range(365 * 48))
    hours = [h for h in year_long if (h.hour == 12 and h.day == 1) or _changes(h, clock)]
    content = write([timed(h.astimezone(clock), uid=str(n)) for n, h in enumerate(hours)], STAMP)
    unnamed = content.replace(b"TZID:" + zone.encode(), b"TZID:Odd").replace(
        b"TZID=" + zone.encode(), b"TZID=Odd"
    )
    found = read(unnamed, "x.ics", ZoneInfo("Asia/Tokyo"))
    assert isinstance(found, IcsFile)
    assert found.notices == ()
    assert Counter(e.start for e in found.events) == Counter(hours)


def _changes(at: datetime, clock: ZoneInfo) -> bool:
    """Whether the clock is set within two hours of it."""
    around = (at - timedelta(hours=2), at + timedelta(hours=2))
    return len({moment.astimezone(clock).utcoffset() for moment in around}) > 1


def test_an_endless_series_has_its_zone_written_ahead() -> None:
    start = datetime(2026, 7, 1, 10, tzinfo=ZoneInfo("America/New_York"))
    content = write([timed(start, rrule="FREQ=WEEKLY")], STAMP)
    assert b"20360309T020000" in content
    day = occurrences(
        "FREQ=WEEKLY", start.replace(tzinfo=None), start.tzinfo, date(2035, 1, 1), date(2035, 12, 31)
    )[0]
    assert day.year == 2035


def test_the_same_events_in_any_order_are_the_same_bytes() -> None:
    start = datetime(2026, 11, 23, 10, tzinfo=SAO_PAULO)
    both = [timed(start, uid="b"), timed(start, uid="a"), timed(start - timedelta(days=1), uid="c")]
    assert write(both, STAMP) == write(both[::-1], STAMP)


def test_a_feed_says_which_it_is() -> None:
    long = "g" * 90 + ":user:3"
    assert feed_of(write([], STAMP, name="Ana", feed=long)) == long
    assert feed_of(write([], STAMP)) is None
    assert feed_of(b"BEGIN:VCALENDAR\r\nX-CRM-TUI-FEED:1\r\n") is None
    assert feed_of(b"\xff\xfe\x00") is None


def test_what_the_file_is_for_is_written() -> None:
    start = datetime(2026, 11, 23, 10, tzinfo=SAO_PAULO)
    assert [e.method for e in back(timed(start), method=Method.CANCEL)] == [Method.CANCEL]
