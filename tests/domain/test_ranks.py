"""Places on a board: always room between two cards, and short names at the end however many arrive."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from crm_tui.domain.rank import rank_after, rank_between

MANY = settings(max_examples=300, deadline=None, derandomize=True, database=None)


def test_ten_thousand_arrivals_stay_in_order_and_short() -> None:
    ranks, last = [], ""
    for _ in range(10_000):
        last = rank_after(last)
        ranks.append(last)
    assert ranks == sorted(set(ranks))
    assert max(map(len, ranks)) <= 6


@MANY
@given(st.text("0123456789abcdefghijklmnopqrstuvwxyz", max_size=12).map(lambda s: s.rstrip("0")))
def test_after_any_rank_comes_a_greater_one(last: str) -> None:
    after = rank_after(last)
    assert after > last
    assert not after.endswith("0")


@MANY
@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=60))
def test_there_is_always_room_between_two_and_before_the_first(places: list[int]) -> None:
    ranks = [rank_after("")]
    for place in places:
        at = place % (len(ranks) + 1)
        before = ranks[at - 1] if at else ""
        after = ranks[at] if at < len(ranks) else ""
        made = rank_between(before, after)
        assert made > before
        assert not after or made < after
        assert not made.endswith("0")
        ranks.insert(at, made)
    assert ranks == sorted(set(ranks))
