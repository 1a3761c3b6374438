"""The board's own measures: opening it, moving a card, filtering it, and the nearest program of its kind.

As `measures`: each function gives its figures and knows the limits they are held against.
"""

from __future__ import annotations

import time
from statistics import median, quantiles
from typing import TYPE_CHECKING

from bench import peer
from bench.program import QUIT, READY
from bench.report import Figure

if TYPE_CHECKING:
    from bench.measures import Plan
    from tests.tools.term import Term

SHOWN = r"2 Quadro(?s:.*)(?:mais \d+|p(?:ond)?\. \d)"
"""Usable: heads with their weighted sums."""
REST = 0.3
PATIENCE = 60.0
"""Seconds until a key counts as one that does nothing."""
STANDS = 0.6
"""Seconds of silence after which a screen stands; a peer repaints twice."""
WALK = ("right", "down", "left", "down")
"""The arrows of a cursor that walks over cards; down twice as often, lest it come to an edge."""
WORDS = "padaria"
PEER_CARDS = 1000
MANAGER = ("--as", "carla")
"""Who may move every card of the demonstration."""


def opening(plan: Plan) -> list[Figure]:
    """From `2` to a usable board, and to one by owners: with many cards, with few."""
    program = plan.program
    many: list[float] = []
    few: list[float] = []
    by_owner: list[float] = []
    with (
        program.demonstration(plan.cards, plan.people) as big,
        program.demonstration(plan.board_cards, plan.few_people) as small,
    ):
        for _ in range(plan.starts + 1):
            many.append(_opened(program.open(big), by_owner))
            few.append(_opened(program.open(small), []))
    big_ms, small_ms, owner_ms = (median(times[1:]) for times in (many, few, by_owner))
    how = f"{big_ms:.1f} ms ÷ {small_ms:.1f} ms"
    name = f"board of {plan.cards:,} cards usable ÷ {plan.board_cards:,}"
    return [
        Figure(name, 1.25, 1.1, big_ms / small_ms, how=how),
        Figure(f"columns by owner, {plan.cards:,} cards", 150, 80, owner_ms, "ms", "from the letter"),
    ]


def moving(plan: Plan) -> list[Figure]:
    """A card to the next column against a cursor key of the same run; a letter of the filter; memory after it."""
    program = plan.program
    moved: list[float] = []
    cursor: list[float] = []
    sent: list[int] = []
    with (
        program.demonstration(plan.cards, plan.people) as database,
        program.open(database, *MANAGER) as term,
    ):
        term.wait(READY, 60)
        _to_board(term)
        for turn in range(plan.moves + 1):
            key = term.press("down" if turn % 2 == 0 else "up", quiet=REST)
            answer = term.press("L", quiet=REST)
            if key.shown_ms is None or answer.shown_ms is None:
                raise RuntimeError("a key changed nothing on the board")
            if turn:
                cursor.append(key.shown_ms)
                moved.append(answer.shown_ms)
                sent.append(answer.bytes)
        letters = [_letter(term, letter) for _ in range(plan.filters) for letter in _typed(term)]
        memory = term.peak_memory() / 1e6
        term.quit(QUIT)
    key_ms, move_ms = median(cursor), median(moved)
    how = f"{move_ms:.1f} ms ÷ {key_ms:.1f} ms"
    slowest = quantiles(letters, n=20)[-1]
    typed = f"median {median(letters):.1f} ms of {len(letters)} letters"
    return [
        Figure("card to the next column ÷ cursor key", 3, 2, move_ms / key_ms, how=how),
        Figure("bytes of a card moved to the next column", 16_000, 8_000, median(sent), "B"),
        Figure("a letter of the board's filter, 95 of 100", 50, 30, slowest, "ms", typed),
        Figure("peak memory on the board", 100, 75, memory, "MB", f"{plan.cards:,} cards"),
    ]


def against_kanban_tui(plan: Plan) -> list[Figure]:
    """Start and cursor key, as many cards in both."""
    program = plan.program
    theirs = peer.installed(program.cache)
    environment = peer.filled(theirs, program.cache, PEER_CARDS)
    starts: dict[str, list[float]] = {"ours": [], "theirs": []}
    keys: dict[str, list[float]] = {"ours": [], "theirs": []}
    with program.demonstration(PEER_CARDS, plan.few_people) as database:
        for _ in range(plan.peer_starts):
            with peer.opened(theirs, environment) as term:
                starts["theirs"].append(term.wait(peer.READY, 120))
                term.settle(1.0, 60)
                keys["theirs"] += _cursor(term, plan.peer_keys)
                term.kill()
            with program.open(database, *MANAGER) as term:
                starts["ours"].append(term.wait(READY, 60))
                _to_board(term)
                keys["ours"] += _cursor(term, plan.peer_keys)
                term.quit(QUIT)
    found = []
    for what, times, must, aim in (("start", starts, 20, 25), ("cursor key", keys, 50, 100)):
        ours, others = median(times["ours"]), median(times["theirs"])
        name = f"{what}, {PEER_CARDS:,} cards ÷ {peer.PACKAGE}"
        how = f"{ours:.1f} ms ÷ {others:.1f} ms, {others / ours:.0f} times faster"
        found.append(Figure(name, 1 / must, 1 / aim, ours / others, how=how))
    return found


def _opened(term: Term, by_owner: list[float]) -> float:
    """Milliseconds from `2` to the board; and, told to `by_owner`, from the last letter to its columns by owner."""
    with term:
        term.wait(READY, 60)
        term.settle(1.0)
        took = until(term, "2", SHOWN)
        term.settle(REST)
        term.send("s", "g")
        term.wait("Colunas")
        term.settle(REST)
        by_owner.append(until(term, "d", "por dono"))
        term.settle(REST)
        term.send("s", "g", "e")  # the next start finds the board as it was left
        term.settle(REST)
        term.quit(QUIT)
        return took


def until(term: Term, key: str, pattern: str) -> float:
    """Milliseconds from a key until a regex is on the screen."""
    asked = (time.perf_counter() - term.born) * 1000
    term.send(key)
    return term.wait(pattern, 60) - asked


def _to_board(term: Term) -> None:
    term.settle(1.0)
    term.send("2")
    term.wait(SHOWN, 60)
    term.settle(REST)


def _typed(term: Term) -> str:
    """Open the filter's line, anew each time; the letters to be typed."""
    term.press("escape", quiet=REST)
    term.press("/", quiet=REST)
    return WORDS


def _letter(term: Term, letter: str) -> float:
    answer = term.press(letter, quiet=REST)
    if answer.shown_ms is None:
        raise RuntimeError(f"{letter} changed nothing in the filter's line")
    return answer.shown_ms


def _cursor(term: Term, count: int) -> list[float]:
    """Milliseconds until the screen stands after so many arrows; a first round is not counted."""
    found = []
    for turn in range(len(WALK) + count):
        asked = time.perf_counter()
        term.send(WALK[turn % len(WALK)])
        seen = term.next_change(PATIENCE)
        term.settle(STANDS, PATIENCE)
        if seen is None or term.last_change is None:
            raise RuntimeError("the cursor did not move")
        if turn >= len(WALK):
            found.append((term.last_change - asked) * 1000)
    return found
