"""The rule of a series: counted as `dateutil` counts, and at an end within a second whatever it says."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from crm_tui.connectors.ics_rules import NoRule, checked, occurrences
from crm_tui.domain.ics import MAX_OCCURRENCES

ZONE = ZoneInfo("America/Sao_Paulo")
START = datetime(2026, 11, 23, 10)
_WEEKDAYS = st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"])
_NTH = st.builds(lambda n, day: f"{n}{day}", st.integers(-4, 5).filter(bool), _WEEKDAYS)


@st.composite
def rules(draw: st.DrawFn) -> str:
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={frequency}"]
    if draw(st.booleans()):
        parts.append(f"INTERVAL={draw(st.integers(1, 40))}")
    if draw(st.booleans()):
        parts.append(f"COUNT={draw(st.integers(1, 30))}")
    named = {
        "BYMONTH": st.integers(1, 12).map(str),
        "BYMONTHDAY": st.integers(-31, 31).filter(bool).map(str),
        "BYDAY": _NTH if frequency in ("MONTHLY", "YEARLY") else _WEEKDAYS,
    }
    for name, values in named.items():
        if draw(st.booleans()):
            parts.append(f"{name}={','.join(draw(st.lists(values, min_size=1, max_size=4, unique=True)))}")
    return ";".join(parts)


@given(rule=rules(), years=st.integers(1, 8))
def test_days_are_what_the_library_finds(rule: str, years: int) -> None:
    """Red if the halt of `_bounded` came too early. The library alone would look on to the year 9999, so it is halted
    by a rule that it is given beside: the same one, until the window's end."""
    last = date(2026 + years, 12, 31)
    ours = occurrences(checked(rule, START, ZONE, all_day=False), START, ZONE, date(2027, 3, 1), last)
    assert ours == sorted(set(ours))
    assert len(ours) <= MAX_OCCURRENCES
    if not ours:
        return
    theirs = takewhile(lambda m: m.date() <= last, rrulestr(rule, dtstart=START))
    assert ours == list(islice((m.date() for m in theirs if m.date() >= date(2027, 3, 1)), MAX_OCCURRENCES))


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=WEEKLY;BYDAY=MO;BYMONTHDAY=31;BYMONTH=2",
        "FREQ=MONTHLY;BYDAY=5MO;BYSETPOS=2",
        "FREQ=MONTHLY;BYDAY=53MO,-53SU,31TU",
        "FREQ=YEARLY;BYMONTH=12;BYDAY=20MO,-20MO",
        "FREQ=MONTHLY;INTERVAL=999;BYMONTHDAY=31;BYMONTH=11",
        "FREQ=YEARLY;BYWEEKNO=53;BYYEARDAY=100",
    ],
)
def test_what_never_comes_is_not_sought_for_ever(rule: str) -> None:
    """Red without the halt: the library alone takes many seconds for some of these. No clock: the steps are counted."""
    assert (
        occurrences(checked(rule, START, ZONE, all_day=False), START, ZONE, date.min, date(2030, 1, 1)) == []
    )


def test_no_more_than_the_cap_and_only_inside_the_window() -> None:
    begun = datetime(1900, 1, 1, 10)
    found = occurrences("FREQ=DAILY", begun, ZONE, date(2026, 1, 1), date(2199, 12, 31))
    assert (len(found), found[0]) == (MAX_OCCURRENCES, date(2026, 1, 1))
    assert occurrences("FREQ=DAILY", begun, ZONE, date(2026, 1, 1), date(2026, 1, 3)) == [
        date(2026, 1, n) for n in (1, 2, 3)
    ]


def test_the_leap_day_comes_every_four_years() -> None:
    leap = datetime(2028, 2, 29)
    found = occurrences("FREQ=YEARLY", leap, ZONE, date(2028, 1, 1), date(2040, 12, 31))
    assert found == [date(year, 2, 29) for year in (2028, 2032, 2036, 2040)]


@pytest.mark.parametrize(
    ("raw", "all_day", "rule"),
    [
        ("UNTIL=20261224T235959Z;FREQ=DAILY", False, "FREQ=DAILY;UNTIL=20261224T235959Z"),
        ("FREQ=DAILY;UNTIL=20261224T235959", False, "FREQ=DAILY;UNTIL=20261225T025959Z"),
        ("FREQ=DAILY;UNTIL=20261224", False, "FREQ=DAILY;UNTIL=20261225T025959Z"),
        ("FREQ=DAILY;UNTIL=20261224T235959Z", True, "FREQ=DAILY;UNTIL=20261224"),
        ("FREQ=DAILY;BYHOUR=10;BYMINUTE=0;BYSECOND=00", False, "FREQ=DAILY"),
        ("FREQ=DAILY;X-ODD=1;COUNT=3;UNTIL=20261224T000000Z", False, "FREQ=DAILY;UNTIL=20261224T000000Z"),
        ("freq=weekly; byday = mo , tu ;", False, "FREQ=WEEKLY;BYDAY=MO,TU"),
    ],
)
def test_a_rule_in_one_way_of_writing(raw: str, all_day: bool, rule: str) -> None:
    if " = " in raw:
        with pytest.raises(NoRule):
            checked(raw, START, ZONE, all_day=all_day)
        return
    assert checked(raw, START, ZONE, all_day=all_day) == rule
    assert checked(rule, START, ZONE, all_day=all_day) == rule


@given(raw=st.text(st.sampled_from("FREQDAILYWKMONTHBUINSP=;,-0123456789 +\x00é"), max_size=60))
def test_any_words_are_a_rule_or_none(raw: str) -> None:
    for text in (raw, f"FREQ=DAILY;{raw}"):
        try:
            rule = checked(text, START, UTC, all_day=False)
        except NoRule:
            continue
        occurrences(rule, START, UTC, date(2026, 1, 1), date(2030, 1, 1))


@given(start=st.datetimes(datetime(1985, 1, 1), datetime(2030, 1, 1)), days=st.integers(1, 60))
def test_a_rule_of_days_keeps_its_clock_over_every_change(start: datetime, days: int) -> None:
    """São Paulo's history: gaps, folds, midnights that were not there. The days are civil days, one after another."""
    start = datetime.combine(start.date(), time(start.hour, start.minute))
    last = start.date() + timedelta(days=days)
    found = occurrences("FREQ=DAILY", start, ZONE, start.date(), last)
    assert found == [start.date() + timedelta(days=n) for n in range(days + 1)]


@pytest.mark.parametrize("months", ["-1", "3,-12", "-1,1"])
def test_months_are_not_counted_from_the_end(months: str) -> None:
    """The library takes them, and fails where it looks for a weekday in them."""
    with pytest.raises(NoRule):
        checked(f"FREQ=YEARLY;BYMONTH={months};BYDAY=1SU", START, ZONE, all_day=False)
