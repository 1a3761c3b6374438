"""`python -m bench.growth`: how the waits grow with the data, as a picture and a table in docs/performance.md.

    --cards 1000,10000,100000    sizes of the boards
    --people 10000,100000,1000000    how many stand in the base for the searches
    --runs 5

Each wait is the median of so many, in the installed program in a pseudo terminal of 120x36; a size is measured in one
go, so the curves of one run compare with each other and not with another machine's. Not part of `make bench`: the bases
of a million take minutes to make the first time.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Final

from bench import board, curves, search
from bench.curves import Curve
from bench.program import QUIT, READY, ROOT, Program, installed
from bench.report import put_between
from bench.run import conditions

DOCUMENT: Final = ROOT / "docs" / "performance.md"
PICTURE: Final = ROOT / "docs" / "pictures" / "growth.svg"
FEW: Final = 1_000
"""Of what is not counted: people beside many cards, cards beside many people."""
REST: Final = 0.3
BEGIN, END = "<!-- growth:begin -->", "<!-- growth:end -->"


def of_cards(program: Program, cards: int, runs: int) -> Iterator[tuple[str, float]]:
    """Start, a cursor key in Hoje, opening the board, a cursor key on it: name and milliseconds."""
    with program.demonstration(cards, FEW) as database:
        starts = [_start(program, database) for _ in range(runs + 1)][1:]
        with program.open(database, *board.MANAGER) as term:
            term.wait(READY, 60)
            term.settle(REST)
            today = [_key(term.press, n) for n in range(2 * runs)]
            opened = []
            for _ in range(runs + 1):
                asked = time.perf_counter()
                term.send("2")
                term.wait(board.SHOWN, 60)
                opened.append((time.perf_counter() - asked) * 1000)
                term.settle(REST)
                moved = [_key(term.press, n) for n in range(2 * runs)]
                term.press("1", quiet=REST)
            term.quit(QUIT)
    yield "start", median(starts)
    yield "a key in Hoje", median(today)
    yield "the board opened again", median(opened[1:])
    yield "a key on the board", median(moved)


def of_people(program: Program, people: int, runs: int) -> Iterator[tuple[str, float]]:
    """Opening Pessoas and a key of a search: name and milliseconds."""
    with program.demonstration(FEW, people) as database:
        search.widen(database, min(search.WORDS, people // 10))
        with program.open(database) as term:
            term.wait(READY, 60)
            term.settle(REST)
            opened = []
            for _ in range(runs + 1):
                opened.append(term.press("4", quiet=REST).shown_ms or 0.0)
                term.press("escape", "1", quiet=REST)
            found = search.searched(term)
            term.quit(QUIT)
    yield "Pessoas opened", median(opened[1:])
    yield "a key of a search", median(found)


def _start(program: Program, database: Path) -> float:
    with program.open(database) as term:
        took = term.wait(READY, 60)
        term.settle(REST)
        term.quit(QUIT)
    return took


def _key(press: Callable[..., object], turn: int) -> float:
    return getattr(press("down" if turn % 2 == 0 else "up", quiet=REST), "shown_ms", None) or 0.0


def measured(
    sizes: Sequence[int],
    take: Callable[[Program, int, int], Iterator[tuple[str, float]]],
    program: Program,
    runs: int,
) -> list[Curve]:
    """A curve for each wait that `take` gives, over these sizes."""
    points: dict[str, list[tuple[int, float]]] = {}
    for size in sizes:
        for name, took in take(program, size, runs):
            points.setdefault(name, []).append((size, took))
            print(f"{name}, {size:,}: {took:.1f} ms", file=sys.stderr)
    return [Curve(name, tuple(found)) for name, found in points.items()]


def main(arguments: Sequence[str], program: Program | None = None) -> int:
    """See the module's docstring."""
    parser = argparse.ArgumentParser(prog="growth", description=__doc__)
    parser.add_argument("--cards", default="1000,10000,100000")
    parser.add_argument("--people", default="10000,100000,1000000")
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args(arguments)
    program, above = program or installed(), conditions()
    cards, people = ([int(size) for size in text.split(",")] for text in (given.cards, given.people))
    found = [
        ("cards", measured(cards, of_cards, program, given.runs)),
        ("people", measured(people, of_people, program, given.runs)),
    ]
    table = curves.table(found, above)
    print(table, end="")
    if program == installed():
        put_between(DOCUMENT, table, BEGIN, END)
        PICTURE.write_text(curves.picture(found), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
