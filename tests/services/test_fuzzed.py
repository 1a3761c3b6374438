"""Hostile lines, words, names and files by chance: nothing fails us. (`make fuzz` plays thousands of each)"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.tools import fuzzing

TURNS = 50
"""Of each family, with a seed that no long run has."""


def test_no_hostile_input_fails_us(demo_db: Path, tmp_path: Path) -> None:
    with ExitStack() as within:
        for family in fuzzing.families(tmp_path, within, demo_db):
            assert [*fuzzing.play(family, TURNS, seed=2026)] == []


def test_a_fault_is_told_with_the_turn_that_makes_it_again() -> None:
    def ask(made: int) -> None:
        if made > 5:
            raise IndexError(made)

    family = fuzzing.Family("numbers", lambda chance: chance.randrange(10), ask)
    found = [*fuzzing.play(family, 40, seed=1)]
    assert 0 < len(found) < 40
    assert found[0].said.startswith("IndexError at ")
    with pytest.raises(IndexError):
        ask(family.make(fuzzing.chance_of(family, 1, found[0].turn)))
