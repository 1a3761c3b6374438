"""What items come to: whole cents, never less than nothing, one by one or together. (E36)"""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from crm_tui.domain.board import CardStatus
from crm_tui.domain.offer import (
    ITEMS_LIMIT,
    PRICE_MOST,
    QTY_MOST,
    line_total,
    may_change_items,
    may_discount,
    totals,
)


class Sold(NamedTuple):
    qty: int
    unit_price: int
    discount: int
    recurring: bool

    @property
    def total(self) -> int:
        return line_total(self.qty, self.unit_price, self.discount)


@st.composite
def sold(draw: st.DrawFn) -> Sold:
    """A line that the rule lets pass."""
    qty = draw(st.integers(1, QTY_MOST))
    price = draw(st.integers(0, PRICE_MOST))
    return Sold(qty, price, draw(st.integers(0, qty * price)), draw(st.booleans()))


@given(sold())
def test_a_line_comes_to_nothing_at_least_and_to_its_price_at_most(line: Sold) -> None:
    assert 0 <= line.total <= line.qty * line.unit_price
    assert line.total + line.discount == line.qty * line.unit_price


@given(st.lists(sold(), max_size=20))
def test_the_sums_are_those_of_the_lines_each_counted_once(lines: list[Sold]) -> None:
    found = totals(lines)
    assert found.one_off + found.recurring == sum(line.total for line in lines)
    assert found.recurring == sum(line.total for line in lines if line.recurring)
    assert totals(reversed(lines)) == found, "their order does not matter"
    assert totals([]) == (0, 0)


@given(st.lists(sold(), max_size=10), st.lists(sold(), max_size=10))
def test_sums_of_parts_are_the_sum(some: list[Sold], others: list[Sold]) -> None:
    one, two, both = totals(some), totals(others), totals([*some, *others])
    assert both == (one.one_off + two.one_off, one.recurring + two.recurring)


@given(st.integers(1, QTY_MOST), st.integers(0, PRICE_MOST), st.integers(0, QTY_MOST * PRICE_MOST * 2))
def test_a_discount_passes_exactly_up_to_what_the_line_costs(qty: int, price: int, discount: int) -> None:
    refusal = may_discount(qty, price, discount)
    assert (refusal is None) is (line_total(qty, price, discount) >= 0)
    if refusal is not None:
        assert refusal.fields == ("discount",)


def test_the_fullest_card_still_fits_a_column() -> None:
    assert ITEMS_LIMIT * QTY_MOST * PRICE_MOST < 2**63


def test_items_change_while_the_card_is_open_or_paused() -> None:
    assert {status for status in CardStatus if may_change_items(status) is None} == {
        CardStatus.OPEN,
        CardStatus.PAUSED,
    }
