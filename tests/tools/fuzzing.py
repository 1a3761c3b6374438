"""Hostile data of every kind that comes in, made by chance and played through the program: lines, words, names, files.

    python -m tests.tools.fuzzing [--each 5000] [--only filter,csv] [--seed N] [--turn N]

A fault is any error that is not the declared refusal, an answer that an oracle contradicts, or one that takes longer
than two seconds of the processor. Each input is made of the family's name, the seed and its turn alone: `--turn` plays
one of them again and lets its error out. A line for each fault; 1 if any. (threats 3, 5, 6, 9, 25)
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

SECONDS = 2.0
"""Of the processor, for one input."""
EACH = 5_000
MORE = {"filter": 4}
"""Families that are played so many times as often as the others."""
SHOWN = 300
ALIKE = 3
"""Faults of one family at one place that are shown; all are counted."""


class Family(NamedTuple):
    """One way in: `make` makes a hostile input of chance alone, `ask` plays it and raises where that fails us."""

    name: str
    make: Callable[[Random], Any]
    ask: Callable[[Any], None]


class Bad(NamedTuple):
    """An input that failed us: by which family and turn it is made again, what was raised and where, what it was."""

    family: str
    turn: int
    said: str
    held: str


def chance_of(family: Family, seed: int, turn: int) -> Random:
    """What the input of a turn is made of."""
    return Random(f"{family.name} {seed} {turn}")


def play(family: Family, turns: int, seed: int) -> Iterator[Bad]:
    """Play so many inputs of a family; those that failed us."""
    for turn in range(turns):
        made = family.make(chance_of(family, seed, turn))
        begun = time.process_time()
        try:
            family.ask(made)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # a library's panic is no Exception
            yield Bad(family.name, turn, _told(error), repr(made)[:SHOWN])
        else:
            spent = time.process_time() - begun
            if spent > SECONDS:
                yield Bad(family.name, turn, f"took {spent:.1f} s", repr(made)[:SHOWN])


def _told(error: BaseException) -> str:
    """The error and the last place of ours where it was."""
    where, at = "", error.__traceback__
    while at is not None:
        code = at.tb_frame.f_code
        if "/crm_tui/" in code.co_filename or "/tests/" in code.co_filename:
            where = f"{Path(code.co_filename).name}:{at.tb_lineno} {code.co_name}"
        at = at.tb_next
    return f"{type(error).__name__} at {where}: {str(error)[:SHOWN]}"


def families(folder: Path, within: ExitStack, database: Path | None = None) -> list[Family]:
    """All of them, with what they need made in the folder and closed at the end; `database`: a demonstration that is
    there already."""
    from tests.tools import fuzz_files, fuzz_lines, fuzz_setups, fuzz_words

    base = fuzz_lines.Base(database or folder / "demo.db", within)
    words = [*fuzz_lines.families(base), *fuzz_words.families(folder)]
    return [*words, *fuzz_files.families(folder, base), *fuzz_setups.families(base.crm)]


def _report(found: Sequence[Bad]) -> None:
    told: Counter[tuple[str, str]] = Counter()
    for bad in found:
        kind = bad.family, bad.said.partition(": ")[0]
        told[kind] += 1
        if told[kind] <= ALIKE:
            print(f"{bad.family} --turn {bad.turn}: {bad.said}\n    {bad.held}")
    for (family, said), many in told.most_common():
        print(f"{many:6} {family}: {said}")


def main() -> int:
    """Play what is asked for; 1 if anything failed us."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=EACH)
    parser.add_argument("--only", default="")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--turn", type=int)
    given = parser.parse_args()
    wanted = set(filter(None, given.only.split(",")))
    found: list[Bad] = []
    with TemporaryDirectory() as folder, ExitStack() as within:
        os.environ |= {"HOME": folder, "CRM_TUI_LANG": "en"}
        for family in families(Path(folder), within):
            if wanted and family.name not in wanted:
                continue
            if given.turn is not None:
                made = family.make(chance_of(family, given.seed, given.turn))
                print(repr(made))
                family.ask(made)
                continue
            turns, begun = given.each * MORE.get(family.name, 1), time.monotonic()
            bad = [*play(family, turns, given.seed)]
            print(
                f"{family.name}: {turns} inputs, {len(bad)} failed us, {time.monotonic() - begun:.0f} s",
                flush=True,
            )
            found += bad
    _report(found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
