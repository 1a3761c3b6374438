"""Dates and money of foreign sheets: decided per column, and never month first by a guess."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_tui.domain.cell_values import amounts, dates, day_first, is_empty

DAYS = st.dates(date(1954, 11, 1), date(2069, 12, 31))
DAY = date(2026, 11, 5)


@pytest.mark.parametrize(
    "cell",
    [
        "2026-11-05",
        "2026/11/05",
        "20261105",
        "05/11/2026",
        "5/11/26",
        "05.11.2026",
        "5-11-2026",
        "5 de nov. de 2026",
        "5 de novembro de 2026",
        "05/nov/2026",
        "Nov 5, 2026",
        "November 5, 2026",
        "46331",
    ],
)
def test_a_day_in_every_spelling(cell: str) -> None:
    assert dates([cell])(cell) == DAY


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2026-11-05 14:30:00", datetime(2026, 11, 5, 14, 30)),
        ("2026-11-05T14:30:00.123Z", datetime(2026, 11, 5, 14, 30, tzinfo=UTC)),
        ("05/11/2026 14:30", datetime(2026, 11, 5, 14, 30)),
        ("05/11/2026, 2:30 PM", datetime(2026, 11, 5, 14, 30)),
        ("05/11/2026 12:05 AM", datetime(2026, 11, 5, 0, 5)),
        ("46331.5", datetime(2026, 11, 5, 12)),
    ],
)
def test_a_day_with_its_hour(cell: str, moment: datetime) -> None:
    assert dates([cell])(cell) == moment


@pytest.mark.parametrize(
    "cell", ["31/02/2026", "2026-13-01", "ontem", "12345678901", "5/11", "1/2/3/4", "05/11/2026 25:00"]
)
def test_what_is_no_date_is_none(cell: str) -> None:
    assert dates([cell])(cell) is None


@pytest.mark.parametrize(
    "cell",
    ["", " ", "-", "0/0/00", "00/00/0000", "0000-00-00 00:00:00", "N/A", "Sem data", "NULL", "não informado"],
)
def test_no_date_has_many_spellings(cell: str) -> None:
    assert is_empty(cell)


@given(DAYS)
def test_a_lone_date_is_day_first(day: date) -> None:
    written = day.strftime("%d/%m/%Y")
    assert dates([written])(written) == day


@given(st.lists(DAYS, min_size=1))
def test_a_column_that_can_only_be_month_first_is_read_so(days: list[date]) -> None:
    written = [day.strftime("%m/%d/%Y") for day in days]
    read = dates(written)
    if any(day.day > 12 for day in days):
        assert [read(cell) for cell in written] == days
    else:
        assert day_first(written)


@given(st.lists(DAYS, min_size=1))
def test_one_value_decides_for_the_column(days: list[date]) -> None:
    written = [*(day.strftime("%d.%m.%Y") for day in days), "31.01.2026"]
    read = dates(written)
    assert [read(cell) for cell in written[:-1]] == days


def test_a_column_that_contradicts_itself_is_day_first_and_the_odd_value_is_none() -> None:
    read = dates(["31/01/2026", "01/31/2026"])
    assert (read("02/03/2026"), read("01/31/2026")) == (date(2026, 3, 2), None)


@given(st.integers(0, 10**12))
def test_an_amount_in_every_spelling(value: int) -> None:
    whole, part = divmod(value, 100)
    brazilian = f"R$ {whole:,}".replace(",", ".") + f",{part:02}"
    english = f"${whole:,}.{part:02}"
    machine = f"{whole}.{part:02}"
    for written in (brazilian, english, machine, f'"{english}"', f"BRL {machine}"):
        assert amounts([written])(written) == value, written


def test_a_point_before_three_digits_is_decided_by_the_column() -> None:
    assert amounts(["1.234", "R$ 5,50"])("1.234") == 123_400
    assert amounts(["1.234"])("1.234") == 123_400
    assert amounts(["1.234", "1234.5"])("1.234") == 123
    assert amounts(["$1,234,567"])("$1,234,567") == 123_456_700
    assert amounts(["1234.56789"])("1234.56789") == 123_457


@pytest.mark.parametrize("cell", ["-10", "muito", "10 a 20", "9" * 40])
def test_what_is_no_amount_is_none(cell: str) -> None:
    assert amounts([cell])(cell) is None


@given(st.text())
def test_no_cell_raises(cell: str) -> None:
    is_empty(cell)
    dates([cell])(cell)
    amounts([cell])(cell)


@pytest.mark.parametrize(
    ("cell", "point", "cents"),
    [
        ("1.234", True, 123),
        ("1.234", False, 123400),
        ("1,234", False, 123),
        ("$1,234.56", True, 123456),
        ("R$ 1.234,56", False, 123456),
        ("1.50", False, None),
        ("1.234,56", True, None),
        ("10", True, 1000),
        ("1,5 mil", False, 150000),
        ("-3.00", True, None),
    ],
)
def test_where_somebody_says_the_sign_of_decimals_the_column_is_not_asked(
    cell: str, point: bool, cents: int | None
) -> None:
    assert amounts(["1.00", "2,50"], point)(cell) == cents
