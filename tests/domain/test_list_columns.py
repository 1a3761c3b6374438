"""Columns of a list: read, moved and given their cells, whatever was chosen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crm_tui.domain.export import What, chosen, own_column
from crm_tui.domain.form import Question, QuestionType
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
    own,
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


def test_a_field_of_ones_own_is_a_column_by_its_own_words_and_has_its_twin_in_a_file() -> None:
    asked = [Question(0, "porte", "Phone {n}", kind) for kind in QuestionType]
    for question in asked:
        column = own(question)
        assert column.told == "Phone {n}"
        assert 0 < column.least <= column.most
        every = (*PEOPLE, column)
        assert read("code,campo.porte,campo.gone", every) == ("code", "campo.porte")
        twins = chosen(
            What.PEOPLE,
            exported(("campo.porte", "code"), every),
            [own_column(question.key, question.label, question.type)],
        )
        assert [each.key for each in twins] == ["name", "campo.porte", "code"]
        assert [each.key for each, _ in laid_out(("campo.porte",), 60, every)[1]] == ["campo.porte"]
