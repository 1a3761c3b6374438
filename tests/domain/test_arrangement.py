"""One value for the menu and for the filter's settings: both set it, and each leaves what it does not name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_tui.domain.arrangement import Arrangement, By, Grouping, knows
from crm_tui.domain.board import PAGE_SIZES
from crm_tui.domain.filter import FIELDS
from crm_tui.domain.filter_fields import GROUPS
from crm_tui.domain.filter_tree import All, Filter, FreeText, Phrase, Sort

arrangements = st.builds(
    Arrangement,
    by=st.sampled_from(By),
    descending=st.booleans(),
    group=st.sampled_from(Grouping),
    per_column=st.sampled_from((None, *PAGE_SIZES)),
).map(lambda a: a._replace(descending=a.descending and a.by is not By.HAND))


def test_a_column_is_chosen_in_its_usual_direction_and_turned_by_the_same_letter() -> None:
    told = Arrangement().sorted_by(By.VALUE)
    assert (told.by, told.descending) == (By.VALUE, True), "the largest first"
    assert told.sorted_by(By.VALUE).descending is False
    for by in (By.DUE, By.NAME, By.PARTY, By.AGE):
        assert told.sorted_by(by) == Arrangement(by, False)
        assert told.sorted_by(by).sorted_by(by).descending is True


@given(arrangements)
def test_by_hand_there_is_one_way_only(arrangement: Arrangement) -> None:
    assert not arrangement.sorted_by(By.HAND).sorted_by(By.HAND).descending


@given(arrangements, arrangements)
def test_what_a_saved_filter_was_given_is_what_it_shows(before: Arrangement, saved: Arrangement) -> None:
    where = All((FreeText(Phrase("padaria")),))
    told = Arrangement().told_by(saved.settings_of(Filter(where)))
    assert told == saved
    assert saved.settings_of(Filter(where)).where == where
    assert before.told_by(Filter(where)) == before, "a filter without settings leaves them"


@pytest.mark.parametrize("field", [by.value for by in By if by is not By.HAND])
def test_each_order_is_a_field_that_the_filter_sorts_by(field: str) -> None:
    assert next(f for f in FIELDS if f.id == field).sortable
    assert knows(Sort(field))


def test_an_order_that_no_column_knows_changes_nothing() -> None:
    assert not knows(Sort("city"))
    assert not knows(Sort("hand"))
    assert Arrangement(By.AGE).told_by(Filter(sort=Sort("city", True))) == Arrangement(By.AGE)
    assert Arrangement(By.AGE).settings_of(Filter(sort=Sort("city", True))).sort == Sort("city", True), "kept"


def test_the_groups_are_the_filters() -> None:
    assert tuple(group.value for group in Grouping) == GROUPS
