"""Columns of a list: read, moved and given their cells, whatever was chosen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crm_tui.domain.export import What, chosen
from crm_tui.domain.list_columns import (
    GAP,
    NAME_LEAST,
    PEOPLE,
    TODAY,
    TODAY_USUAL,
    USUAL,
    exported,
    known,
    laid_out,
    moved,
    read,
)

KEYS = [column.key for column in PEOPLE]


def test_what_was_kept_is_read_and_what_is_unknown_is_as_if_never_said() -> None:
    assert read("code,phone,code,xyz") == ("code", "phone")
    assert read("") == read("xyz") == USUAL


def test_a_column_moves_and_stays_at_the_ends() -> None:
    assert moved(("a", "b", "c"), "b", 1) == ("a", "c", "b")
    assert moved(("a", "b", "c"), "b", -1) == ("b", "a", "c")
    assert moved(("a", "b", "c"), "a", -1) == ("a", "b", "c")
    assert moved(("a", "b", "c"), "c", 1) == ("a", "b", "c")


@given(st.lists(st.sampled_from(KEYS), unique=True, min_size=1), st.integers(20, 240))
def test_the_cells_fill_the_room_and_no_column_is_narrower_than_it_may_be(keys: list[str], room: int) -> None:
    name, laid = laid_out(keys, room)
    assert name >= NAME_LEAST
    assert name + sum(cells + GAP for _, cells in laid) == room
    assert all(column.least <= cells <= column.most for column, cells in laid)
    order = [column.key for column, _ in laid]
    assert order == [key for key in keys if key in order]


def test_every_column_has_its_twin_in_a_file() -> None:
    columns = {column.key for column in chosen(What.PEOPLE, ())}
    assert set(exported(KEYS)) <= columns
    assert exported(("phone",)) == ("name", "phones")
    assert known(("phone", "phone")) == ("phone",)


def test_columns_of_hoje_have_their_twins_in_its_file_and_fill_the_room() -> None:
    keys = [column.key for column in TODAY]
    assert set(exported(keys, TODAY)) <= {column.key for column in chosen(What.TODAY, ())}
    assert read("owner,phone", TODAY, TODAY_USUAL) == ("owner",)
    assert read("phone", TODAY, TODAY_USUAL) == TODAY_USUAL
    for room in range(20, 240):
        name, laid = laid_out(keys, room, TODAY, 18)
        assert name + sum(cells + GAP for _, cells in laid) == room
