"""Where appointments stand in the agenda's grid: rows of half hours, lanes of those that overlap."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crm_tui.domain.worktime import DAY_MINUTES
from crm_tui.widgets.grid_layout import Block, place, row_at, rows_of_day, shared_break

ROWS = rows_of_day()


def _block(key: int, start: int, end: int) -> Block:
    return Block(key, start, end, "open", "open", "")


def _lanes(*blocks: Block) -> dict[int, tuple[int, int, int, int]]:
    return {p.block.key: (p.first, p.last, p.lane, p.lanes) for p in place(blocks, ROWS)}


def test_an_hour_takes_two_rows_and_its_end_none() -> None:
    assert _lanes(_block(1, 540, 600), _block(2, 600, 615)) == {1: (18, 19, 0, 1), 2: (20, 20, 0, 1)}


def test_those_that_share_a_row_stand_side_by_side() -> None:
    found = _lanes(_block(1, 540, 660), _block(2, 570, 600), _block(3, 600, 630), _block(4, 700, 730))
    assert found == {1: (18, 21, 0, 2), 2: (19, 19, 1, 2), 3: (20, 20, 1, 2), 4: (23, 24, 0, 1)}


def test_two_of_a_quarter_in_one_half_hour_share_it() -> None:
    assert _lanes(_block(1, 540, 555), _block(2, 555, 570)) == {1: (18, 18, 0, 2), 2: (18, 18, 1, 2)}


def test_the_break_is_one_row_only_where_all_make_it() -> None:
    office, late = ((480, 720), (780, 1080)), ((600, 780), (840, 1140))
    assert shared_break([office, office, ()]) == (720, 780)
    assert shared_break([office, late]) is None
    rows = rows_of_day((720, 780))
    assert len(rows) == len(ROWS) - 1
    assert rows[row_at(rows, 750)] == (720, 780)
    assert rows_of_day((725, 780)) == ROWS


@given(st.lists(st.tuples(st.integers(0, DAY_MINUTES - 1), st.integers(1, 600)), max_size=30))
def test_no_two_ever_share_a_row_and_a_lane(spans: list[tuple[int, int]]) -> None:
    blocks = [_block(n, a, min(DAY_MINUTES, a + long)) for n, (a, long) in enumerate(spans)]
    placed = place(blocks, ROWS)
    assert sorted(p.block.key for p in placed) == [*range(len(blocks))]
    for one in placed:
        assert one.lane < one.lanes
        for other in placed:
            if one is not other and one.first <= other.last and other.first <= one.last:
                assert one.lane != other.lane
                assert one.lanes == other.lanes
