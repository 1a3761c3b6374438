"""The hours of a day, the week and the days of the year as one types them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_tui.domain.calendar import (
    WEEK,
    days_of,
    read_day,
    read_hours,
    read_state,
    read_week,
    write_day,
    write_hours,
)
from crm_tui.domain.outcome import Refusal
from crm_tui.domain.worktime import OFFICE_DAY


@pytest.mark.parametrize(
    "text",
    [
        "08:00-12:00 13:00-18:00",
        "8-12 13-18",
        "8h-12h, 13h-18h",
        "8h às 12h e 13h às 18h",
        "das 8 às 12 e das 13 às 18",
        "8:00–12:00; 13:00—18:00",
        "8 to 12 and 13 to 18",
        "08.00 - 12.00 / 13.00 - 18.00",
        "8 até 12  13 até 18",
    ],
)
def test_hours_are_read_however_one_writes_them(text: str) -> None:
    assert read_hours(text, "monday") == OFFICE_DAY


@pytest.mark.parametrize("text", ["", "  ", "-", "folga", "Folga", "off"])
def test_nothing_is_a_day_off(text: str) -> None:
    assert read_hours(text, "sunday") == ()


@pytest.mark.parametrize(
    ("text", "hours"), [("22-24", ((1320, 1440),)), ("0-24", ((0, 1440),)), ("7h30-11h45", ((450, 705),))]
)
def test_the_days_edges_are_hours(text: str, hours: Any) -> None:
    assert read_hours(text, "friday") == hours


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("8-25", "no hour of the day"),
        ("8:70-12", "no hour of the day"),
        ("24:30-24:40", "no hour of the day"),
        ("12-8", "ends before it begins"),
        ("8-8", "ends before it begins"),
        ("8-12 11-18", "overlaps"),
        ("13-18 8-12", "overlaps"),
        ("manhã", "no hours of a day"),
        ("8-12-18", "no hours of a day"),
        ("8", "no hours of a day"),
    ],
)
def test_what_are_no_hours_is_refused_in_a_sentence_that_names_the_field(text: str, says: str) -> None:
    read = read_hours(text, "monday")
    assert isinstance(read, Refusal)
    assert says in read.reason.msgid
    assert read.fields == ("monday",)


@given(st.text(max_size=64))
def test_no_text_raises(text: str) -> None:
    read_hours(text, "monday")
    read_day(text)
    read_state(text)


@given(st.lists(st.integers(0, 1440), unique=True, max_size=8).map(sorted))
def test_what_is_written_is_read_again(edges: list[int]) -> None:
    hours = tuple(zip(edges[::2], edges[1::2], strict=False))
    assert read_hours(write_hours(hours), "monday") == hours


def test_a_sign_takes_the_hours_of_the_day_above() -> None:
    typed = {"monday": "8-12 13-18", "tuesday": "=", "wednesday": "08:00-17:00=", "saturday": "8-12"}
    assert read_week(typed, {}) == {
        "monday": OFFICE_DAY,
        "tuesday": OFFICE_DAY,
        "wednesday": OFFICE_DAY,
        "saturday": ((480, 720),),
    }


def test_the_day_above_that_was_not_typed_has_its_usual_hours() -> None:
    assert read_week({"saturday": "="}, {"friday": ((540, 900),)}) == {"saturday": ((540, 900),)}


def test_nothing_stands_above_monday() -> None:
    read = read_week({"monday": "="}, {})
    assert isinstance(read, Refusal)
    assert read.fields == ("monday",)


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("20/01", "01-20"),
        ("1/3", "03-01"),
        ("29/02", "02-29"),
        ("2027-03-01", "2027-03-01"),
        ("01/03/2027", "2027-03-01"),
        (" 8-9 ", "09-08"),
        ("31/02", None),
        ("29/02/2027", None),
        ("13/13", None),
        ("amanhã", None),
        ("", None),
    ],
)
def test_a_day_is_one_of_every_year_or_of_one(text: str, stored: str | None) -> None:
    assert read_day(text) == stored
    if stored is not None:
        assert read_day(write_day(stored)) == stored


def test_the_leap_day_comes_in_leap_years() -> None:
    assert days_of("02-29", 2026, 2029) == [date(2028, 2, 29)]
    assert days_of("2027-03-01", 2026, 2029) == [date(2027, 3, 1)]
    assert days_of("2030-03-01", 2026, 2029) == []


def test_a_state_is_two_letters_that_everybody_knows() -> None:
    assert read_state(" sp ") == "SP"
    assert isinstance(read_state("XX"), Refusal)
    assert len(WEEK) == 7
