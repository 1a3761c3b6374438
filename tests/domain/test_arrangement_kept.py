"""How a board was left, as text and back; and texts that nobody here wrote. (K38, K39)"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crm_tui.domain.arrangement import Arrangement, By, Grouping
from crm_tui.domain.arrangement_kept import Left, load
from crm_tui.domain.board import PAGE_SIZES

ways = st.builds(
    Arrangement,
    by=st.sampled_from(By),
    descending=st.just(False),
    group=st.sampled_from(Grouping),
    per_column=st.none() | st.sampled_from(PAGE_SIZES),
).flatmap(lambda a: st.just(a) if a.by is By.HAND else st.sampled_from([a, a._replace(descending=True)]))
folds = st.dictionaries(st.sampled_from(Grouping), st.frozensets(st.integers(), min_size=1))
json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda each: st.lists(each) | st.dictionaries(st.sampled_from(["by", "folded", "stage", "group"]), each),
)


@given(ways, folds)
def test_what_was_left_comes_back(arrangement: Arrangement, folded: dict[Grouping, frozenset[int]]) -> None:
    left = Left(arrangement, folded)
    assert load(left.dump()) == left
    assert bool(left.dump()) is (left != Left())


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    assert load(text) == Left() or text.strip().startswith("{")


@given(json_like)
def test_any_value_is_read(told: object) -> None:
    import json

    assert load(load(json.dumps(told)).dump()) == load(json.dumps(told))


def test_what_a_newer_program_says_is_passed_over() -> None:
    text = '{"by":"moon","descending":true,"group":"owner","per_column":7,"folded":{"stage":[1,"x",true],"moon":[2]}}'
    assert load(text) == Left(Arrangement(group=Grouping.OWNER), {Grouping.STAGE: frozenset({1})})
