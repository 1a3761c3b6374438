"""A little of what `make fuzz` plays at length: hostile data of every kind; and that the tool itself notices a fault.
(threats 3, 5, 6, 9, 25)"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from random import Random

import pytest

from tests.tools import fuzzing
from tests.tools.fuzzing import Family, families, play

NAMES = ("filter", "search", "when", "names", "texts", "csv", "xlsx", "vcard", "ics", "json", "setup")
TURNS = {"filter": 50, "search": 25, "csv": 24, "xlsx": 24, "ics": 50, "json": 24, "setup": 24, "vcard": 50}
USUAL = 100


@pytest.fixture(scope="module")
def known(_demo_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Family]]:
    folder = tmp_path_factory.mktemp("fuzzed")
    database = folder / "demo.db"
    database.write_bytes(_demo_template.read_bytes())
    with ExitStack() as within:
        yield {each.name: each for each in families(folder, within, database)}


def test_every_family_is_named_here(known: dict[str, Family]) -> None:
    assert tuple(known) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_hostile_data_is_answered_or_refused_in_a_sentence(known: dict[str, Family], name: str) -> None:
    assert [*play(known[name], TURNS.get(name, USUAL), seed=20)] == []


def _numbers(chance: Random) -> int:
    return chance.randrange(4)


class _Panic(BaseException):
    """What a library of another language raises where it fails."""


@pytest.mark.parametrize("error", [ValueError("three"), AssertionError("three"), _Panic("three")])
def test_a_reader_that_raises_is_noticed_with_the_turn_that_plays_it_again(error: BaseException) -> None:
    def ask(made: int) -> None:
        if made == 3:
            raise error

    family = Family("threes", _numbers, ask)
    found = [*play(family, 40, seed=1)]
    threes = [turn for turn in range(40) if _numbers(fuzzing.chance_of(family, 1, turn)) == 3]
    assert [bad.turn for bad in found] == threes
    assert found[0].said.startswith(f"{type(error).__name__} at test_fuzzed.py")
    assert found[0].held == "3"


def test_what_takes_too_long_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzzing, "SECONDS", 0.01)

    def ask(made: int) -> None:
        until = time.process_time() + 0.02
        while made == 3 and time.process_time() < until:
            sum(range(1000))

    (first, *_) = play(Family("slow", _numbers, ask), 40, seed=1)
    assert first.said.startswith("took 0.0")
    assert first.held == "3"
