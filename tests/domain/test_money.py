"""Money as people type it: to cents or refused, never a hundred times too much."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_tui.domain.money import MOST, cents

MANY = settings(max_examples=400, deadline=None, derandomize=True, database=None)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("0", 0),
        ("12400", 12_400_00),
        ("12.400", 12_400_00),
        ("12.400,50", 12_400_50),
        ("12.400,5", 12_400_50),
        ("12,400.50", 12_400_50),
        ("1234.56", 1_234_56),  # a strict reader is needed: babel's lenient one gives 123456
        ("1234,56", 1_234_56),
        ("0,05", 5),
        ("0.5", 50),
        ("1.234.567", 1_234_567_00),
        ("1.234.567,89", 1_234_567_89),
        ("R$ 5.000", 5_000_00),
        ("r$5.000,00", 5_000_00),
        ("$ 10", 10_00),
        ("5k", 5_000_00),
        ("1,5k", 1_500_00),
        ("1,5mi", 1_500_000_00),
        ("2 mil", 2_000_00),
        ("12 400", 12_400_00),
        ("  7  ", 7_00),
        ("1,255k", 1_255_000_00),
    ],
)
def test_what_people_type(text: str, amount: int) -> None:
    assert cents(text) == amount


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "1,2,3",
        "12.40.50",
        "1.23.456",
        "12,4567",
        "1..2",
        ",5",
        "5,",
        ".",
        "R$",
        "-5",
        "1e3",
        "5kk",
        "12.400,555",
        "١٢",
        "9" * 15,
    ],
)
def test_what_is_no_amount(text: str) -> None:
    assert cents(text) is None


@MANY
@given(st.integers(0, MOST))
def test_round_trip_in_both_notations(amount: int) -> None:
    whole, rest = divmod(amount, 100)
    grouped = f"{whole:,}"
    assert cents(f"{grouped.replace(',', '.')},{rest:02d}") == amount
    assert cents(f"R$ {grouped}.{rest:02d}") == amount
    assert cents(f"{whole},{rest:02d}") == amount
    assert cents(f"{whole}.{rest:02d}") == amount


@MANY
@given(st.text("0123456789.,kmil R$-", max_size=12))
def test_any_other_text_is_an_amount_within_bounds_or_none(text: str) -> None:
    found = cents(text)
    assert found is None or 0 <= found <= MOST
