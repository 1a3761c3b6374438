"""The parecer's editor: what a letter costs, in time and on the wire, at the end of a text and in the middle of one.

As `measures`: each function gives its figures and knows the limits they are held against.
"""

from __future__ import annotations

from statistics import median, quantiles
from typing import TYPE_CHECKING

from bench.program import QUIT, READY
from bench.report import Figure

if TYPE_CHECKING:
    from bench.measures import Plan
    from tests.tools.term import Term

OPEN = r"Próximo passo"
REST = 0.12
"""Seconds of silence after which a letter is drawn; the draft's time of saving comes later and is left out."""
TEXT = "Falei com a Marina sobre o frete. Ela fecha se a entrega for na segunda, loja fechada. "
"""What is typed: it wraps, so that some letters move a word to the next row."""


def letters(plan: Plan) -> list[Figure]:
    """Letters typed into an empty text, and into the middle of a long one."""
    program = plan.program
    with program.demonstration(plan.cards, plan.people) as database, program.open(database) as term:
        term.wait(READY, 60)
        term.settle(1.0)
        term.send("p")
        term.wait(OPEN, 60)
        term.settle(1.0)
        at_the_end = [_typed(term, letter) for letter in _of(plan.letters)]
        term.paste(TEXT * 30)
        term.settle(1.0)
        for _ in range(4):
            term.press("up", quiet=REST)
        in_the_middle = [_typed(term, letter) for letter in _of(plan.letters)]
        term.quit(QUIT)
    times = [ms for ms, _ in at_the_end + in_the_middle]
    slowest = quantiles(times, n=20)[-1]
    typed = f"median {median(times):.1f} ms of {len(times)} letters"
    return [
        Figure("a letter of the parecer, 95 of 100", 15, 8, slowest, "ms", typed),
        _bytes("bytes of a letter at the end of a parecer", at_the_end),
        _bytes("bytes of a letter in the middle of 2,600", in_the_middle),
    ]


def _of(count: int) -> str:
    return (TEXT * (1 + count // len(TEXT)))[:count]


def _typed(term: Term, letter: str) -> tuple[float, int]:
    answer = term.press("space" if letter == " " else letter, quiet=REST)
    if answer.shown_ms is None:
        raise RuntimeError(f"{letter!r} changed nothing in the parecer")
    return answer.shown_ms, answer.bytes


def _bytes(name: str, typed: list[tuple[float, int]]) -> Figure:
    sent = [count for _, count in typed]
    return Figure(name, 3_000, 1_500, median(sent), "B", f"the most {max(sent):,}")
