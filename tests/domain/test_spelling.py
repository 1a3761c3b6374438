"""Slips of the keyboard: what is one away, and that the ranges which are looked through hold every word meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_tui.domain.spelling import distance, heads, nearest, slips

LETTERS = "abcdeimnorst"
WORDS = st.text(LETTERS, min_size=5, max_size=12)


@pytest.mark.parametrize(
    ("typed", "word", "most", "begun", "far"),
    [
        ("padraia", "padaria", 1, False, 1),  # two neighbours in the wrong order
        ("padria", "padaria", 1, False, 1),
        ("paddaria", "padaria", 1, False, 1),
        ("padaroa", "padaria", 1, False, 1),
        ("padrai", "padaria", 1, True, 1),  # still being typed
        ("padrai", "padaria", 1, False, 2),
        ("wanderlei", "vanderley", 2, False, 2),
        ("marina", "carlos", 2, False, 3),
    ],
)
def test_a_slip_is_a_letter_too_many_too_few_or_wrong_or_two_swapped(
    typed: str, word: str, most: int, begun: bool, far: int
) -> None:
    assert distance(typed, word, most, begun=begun) == far


def test_short_words_and_figures_are_taken_as_they_stand() -> None:
    assert [slips(word) for word in ("jose", "mario", "fernanda", "88881234", "op0142x")] == [0, 1, 2, 0, 0]


def _slipped(word: str, at: int, how: int, letter: str) -> str:
    at %= len(word)
    match how:
        case 0:
            return word[:at] + word[at + 1 :]
        case 1:
            return word[:at] + letter + word[at:]
        case 2:
            return word[:at] + letter + word[at + 1 :]
        case _:
            return word[: max(0, at - 1)] + word[max(0, at - 1) : at + 1][::-1] + word[at + 1 :]


@given(WORDS, st.integers(0, 20), st.integers(0, 3), st.sampled_from(LETTERS))
def test_a_word_one_slip_away_lies_in_a_range_and_is_known_for_it(
    word: str, at: int, how: int, letter: str
) -> None:
    typed = _slipped(word, at, how, letter)
    assert distance(typed, word, 1) <= 1
    if len(typed) >= 5:
        assert any(word.startswith(head) for head in heads(typed))
        assert len(heads(typed)) < 350


def test_the_fewest_slips_come_first_then_the_most_frequent() -> None:
    known = [("fernanda", 90), ("fernando", 70), ("fernandez", 3), ("hernando", 1), ("armando", 50)]
    assert nearest("fernamdo", known, begun=False, most=3) == ["fernando", "fernanda", "hernando"]
