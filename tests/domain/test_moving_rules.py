"""Where a card may go, what makes a customer, and what a full stage says: the pure rules. (K30, K47, K48)"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_tui.domain.board import CardKind, CardStatus, is_closed
from crm_tui.domain.moving import may_become_customer, may_go, one_kind, over_limit, serves
from crm_tui.domain.party import Lifecycle

KINDS, STATUSES = st.sampled_from(CardKind), st.sampled_from(CardStatus)
MANY = settings(deadline=None, derandomize=True, database=None)


@MANY
@given(KINDS, KINDS, KINDS)
def test_the_kinds_are_two_families(a: CardKind, b: CardKind, c: CardKind) -> None:
    assert one_kind(a, a)
    assert one_kind(a, b) == one_kind(b, a)
    assert not (one_kind(a, b) and one_kind(b, c)) or one_kind(a, c)


@MANY
@given(KINDS, KINDS, STATUSES, st.booleans())
def test_a_card_goes_where_its_family_is_while_it_is_open(
    kind: CardKind, to: CardKind, status: CardStatus, same: bool
) -> None:
    allowed = not is_closed(status) and not same and one_kind(kind, to)
    assert (may_go(kind, to, status, same_board=same) is None) == allowed


@MANY
@given(KINDS, STATUSES, st.none() | st.sampled_from(Lifecycle))
def test_nothing_is_converted_twice(kind: CardKind, status: CardStatus, lifecycle: Lifecycle | None) -> None:
    assert may_become_customer(kind, status, lifecycle, converted=True) is not None
    refusal = may_become_customer(kind, status, lifecycle, converted=False)
    if kind is CardKind.LEAD:
        assert (refusal is None) == (not is_closed(status)), "a lead of a customer goes on all the same"
    elif status is not CardStatus.CONVERTED:
        assert (refusal is None) == (lifecycle is not Lifecycle.CUSTOMER)


@pytest.mark.parametrize(("held", "limit", "said"), [(5, 5, False), (6, 5, True), (99, None, False)])
def test_a_stage_says_when_it_holds_more_than_its_limit(held: int, limit: int | None, said: bool) -> None:
    assert (over_limit("Proposta", held, limit) is not None) is said


def test_service_is_done_on_boards_of_service() -> None:
    assert [kind for kind in CardKind if serves(kind) is None] == [CardKind.TICKET, CardKind.DELIVERY]
