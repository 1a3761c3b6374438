"""`python -m bench.growth`: how the waits grow with the data, as a picture and a table in docs/performance.md.

    --cards 1000,10000,100000        how many cards there are, beside a thousand people
    --people 10000,100000,1000000    how many people there are, beside a thousand cards
    --rounds 7                       how often each size has its turn

Milliseconds in the installed program, in a pseudo terminal of 120x36, medians. The sizes are measured in turns, so that
whatever else the machine does falls on all of them, and each turn is a fresh program; the first one of each is not
counted. With other sizes than these the document and the picture are left alone. Not part of `make bench`: it takes
some ten minutes, and the bases of the largest sizes as long again to make the first time.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median, quantiles
from typing import Final

from bench import board, curves, search
from bench.curves import Curve
from bench.program import QUIT, READY, ROOT, Program, installed
from bench.report import put_between
from bench.run import compiled, conditions
from tests.tools.term import Term

DOCUMENT: Final = ROOT / "docs" / "performance.md"
PICTURE: Final = ROOT / "docs" / "pictures" / "growth.svg"
CARDS: Final = (1_000, 10_000, 100_000)
PEOPLE: Final = (10_000, 100_000, 1_000_000)
FEW: Final = 1_000
"""Of what is not counted: people beside many cards, cards beside many people."""
KEYS: Final = 8
"""Cursor keys a turn, down and up again, so that nothing scrolls."""
REST: Final = 0.3
LISTED: Final = r"4 Pessoas(?s:.*)\d+\+? de [\d.]+(?s:.*)PE-\d+"
"""Pessoas usable: how many there are, and whose row the cursor is on told beside the list."""
TYPED, TAIL = "a key of a search", "a key of a search, 95 of 100"
BEGIN, END = "<!-- growth:begin -->", "<!-- growth:end -->"

Turn = Callable[[Program, Path, int], Iterator[tuple[str, float]]]
"""Of a program, a base and the number of the turn, from 0: names of waits, and milliseconds."""


def of_cards(program: Program, database: Path, turn: int) -> Iterator[tuple[str, float]]:
    """Start, a cursor key in Hoje, opening the board for the first time and again, a cursor key on it."""
    del turn
    with program.open(database, *board.MANAGER) as term:
        yield "start", term.wait(READY, 60)
        term.settle(1.0)
        for key in ("down", "up") * (KEYS // 2):
            yield "a cursor key in Hoje", _shown(term, key)
        yield "the board, opened", board.until(term, "2", board.SHOWN)
        term.settle(REST)
        for key in ("down", "up") * (KEYS // 2):
            yield "a cursor key on the board", _shown(term, key)
        _back_to_today(term, board.SHOWN)
        yield "the board, opened again", board.until(term, "2", board.SHOWN)
        term.quit(QUIT)


def of_people(program: Program, database: Path, turn: int) -> Iterator[tuple[str, float]]:
    """Opening Pessoas for the first time and again; each key of some searches, others in each turn."""
    with program.open(database) as term:
        term.wait(READY, 60)
        term.settle(1.0)
        yield "Pessoas, opened", board.until(term, "4", LISTED)
        term.settle(REST)
        term.press(
            "escape", quiet=REST
        )  # out of the field, which would take the letters; in one write it were alt+1
        _back_to_today(term, LISTED)
        yield "Pessoas, opened again", board.until(term, "4", LISTED)
        term.settle(REST)
        term.press("escape", quiet=REST)
        search.searched(term, search.SOUGHT[:1])  # loads what a search needs
        for took in search.searched(term, search.SOUGHT[turn % 7 :: 7]):
            yield TYPED, took
        term.quit(QUIT)


def widened(program: Program, people: int, stack: ExitStack) -> Path:
    """A base of so many people, with names of many words as the search measures have it."""
    database = stack.enter_context(program.demonstration(FEW, people))
    search.widen(database, min(search.WORDS, people // 10))
    return database


def in_turns(program: Program, bases: Mapping[int, Path], take: Turn, rounds: int) -> list[Curve]:
    """A curve for each wait that `take` gives, over these sizes: medians, and the slow end of what is typed."""
    taken: dict[str, dict[int, list[float]]] = {}
    for turn in range(rounds + 1):
        for size, base in bases.items():
            found = list(take(program, base, turn))
            for name, took in found if turn else ():
                taken.setdefault(name, {}).setdefault(size, []).append(took)
        print(f"{take.__name__}: turn {turn} of {rounds}, load {os.getloadavg()[0]:.1f}", file=sys.stderr)
    made = [_curve(name, each, median) for name, each in taken.items()]
    if TYPED in taken:
        made.append(_curve(TAIL, taken[TYPED], lambda times: quantiles(times, n=20)[-1]))
    return made


def _curve(name: str, taken: Mapping[int, list[float]], of: Callable[[list[float]], float]) -> Curve:
    return Curve(name, tuple((size, of(times)) for size, times in taken.items()))


def _shown(term: Term, key: str) -> float:
    answer = term.press(key, quiet=REST)
    if answer.shown_ms is None:
        raise RuntimeError(f"{key} changed nothing")
    return answer.shown_ms


def _back_to_today(term: Term, left: str) -> None:
    """To Hoje, until nothing on the screen is what the next opening will wait for."""
    term.send("1")
    term.gone(left)
    term.wait(READY)
    term.settle(REST)


def sizes(text: str) -> tuple[int, ...]:
    """Numbers with commas between them, the smallest first, for argparse."""
    found = sorted({int(each) for each in text.split(",")})
    if found[0] < 1:
        raise ValueError(text)
    return tuple(found)


def main(arguments: Sequence[str], program: Program | None = None) -> int:
    """See the module's docstring."""
    parser = argparse.ArgumentParser(
        prog="growth", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cards", type=sizes, default=CARDS)
    parser.add_argument("--people", type=sizes, default=PEOPLE)
    parser.add_argument("--rounds", type=int, default=7)
    given = parser.parse_args(arguments)
    program = program or installed()
    compiled()
    above = conditions()
    with ExitStack() as stack:
        bases = {size: stack.enter_context(program.demonstration(size, FEW)) for size in given.cards}
        cards = in_turns(program, bases, of_cards, given.rounds)
    with ExitStack() as stack:
        bases = {size: widened(program, size, stack) for size in given.people}
        people = in_turns(program, bases, of_people, given.rounds)
    found = [("cards", cards), ("people", people)]
    table = curves.table(
        found, f"{above} Load {os.getloadavg()[0]:.1f} at the end; {given.rounds} turns of each size."
    )
    print(table, end="")
    if (given.cards, given.people) == (CARDS, PEOPLE):
        put_between(DOCUMENT, table, BEGIN, END)
        PICTURE.write_text(curves.picture(found), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
