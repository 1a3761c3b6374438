"""What is measured, and how: each function gives its figures and knows the limits they are held against.

A measurement that cannot be taken raises; `run` turns that into a figure without a value.
"""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from bench import agenda, board, editor, free, intake, queries, search
from bench.floors import empty, rows
from bench.program import QUIT, READY, Program, floor, last_line
from bench.report import Figure
from tests.tools.term import Term

if TYPE_CHECKING:
    from collections.abc import Iterator

REST = 0.3
"""Seconds after a key within which the briefing, which waits 120 ms, has followed the cursor."""
AT_A_TIME = {"Hoje": 8, "Quadro": 3}
"""Keys down before as many up: so few that nothing scrolls at 120x36."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured; the small numbers are those of the tests."""

    program: Program
    cards: int = 10_000
    people: int = 100_000
    few_cards: int = 1_000
    few_people: int = 10_000
    starts: int = 9
    keys: int = 64
    idle_seconds: float = 10.0
    changes: int = 5
    runs: int = 15
    imports: int = 3
    board_cards: int = 100
    moves: int = 20
    filters: int = 6
    letters: int = 100
    operators: int = 50
    appointments: int = 500_000
    crowd: int = 1_000_000
    imported: int = 20_000
    peer_starts: int = 2
    peer_keys: int = 10


def starts(plan: Plan) -> list[Figure]:
    """(1), (2): from the start of the process to a usable Hoje."""
    program = plan.program
    with (
        program.demonstration(plan.cards, plan.people) as big,
        program.demonstration(plan.few_cards, plan.few_people) as small,
    ):
        empties, bigs, smalls = in_turns(
            plan.starts,
            lambda: _start(floor("empty"), empty.READY),
            lambda: _start(program.open(big), READY),
            lambda: _start(program.open(small), READY),
        )
    many, few = f"{plan.cards:,}", f"{plan.few_cards:,}"
    return [
        Figure(f"start, {many} cards ÷ empty app", 1.7, 1.35, bigs / empties, how=_ms(bigs, empties)),
        Figure(f"start, {many} cards ÷ {few}", 1.25, 1.1, bigs / smalls, how=_ms(bigs, smalls)),
    ]


def keys(plan: Plan) -> list[Figure]:
    """(3), (4), (5), (6): the cursor in Hoje and Quadro, memory after it, and silence."""
    figures: list[Figure] = []
    program = plan.program
    with (
        program.demonstration(plan.cards, plan.people) as database,
        program.open(database) as ours,
        floor("rows") as bare,
    ):
        ours.wait(READY, 60)
        bare.wait(rows.READY, 60)
        for place, tab in (("Hoje", "1"), ("Quadro", "2")):
            ours.settle(REST)
            ours.send(tab)
            ours.settle(REST)
            shown, sent, after, least = _cursor(ours, bare, plan.keys, AT_A_TIME[place])
            name = f"cursor key in {place} ÷ bare list"
            figures.append(Figure(name, 1.6, 1.2, shown / least, how=_ms(shown, least)))
            figures.append(Figure(f"bytes of a cursor key in {place}", 2000, 850, sent, "B", "no scrolling"))
            if place == "Hoje":
                figures.append(Figure("bytes of the briefing that follows", 4500, 3000, after, "B"))
        ours.send("1")
        ours.settle(REST)
        figures.append(
            Figure("peak memory", 100, 75, ours.peak_memory() / 1e6, "MB", f"{plan.cards:,} cards")
        )
        silence = ours.idle(plan.idle_seconds)
        figures.append(Figure(f"bytes written in {plan.idle_seconds:g} s idle", 0, 0, silence, "B"))
        ours.quit(QUIT)
    return figures


def other_process(plan: Plan) -> list[Figure]:
    """(7): from another process's commit to the screen of this one."""
    took: list[float] = []
    with (
        plan.program.demonstration(plan.few_cards, plan.few_people) as database,
        plan.program.open(database) as term,
    ):
        term.wait(READY, 60)
        for _ in range(plan.changes):
            term.settle(REST)
            number = re.search(r"\b[A-Z]{1,4}-\d{2,}\b", term.text())
            if number is None:
                raise RuntimeError("no card's number on the screen")
            took.append(_seen_after_commit(plan.program, database, term, number.group()))
        term.quit(QUIT)
    how = f"worst {max(took):.0f} ms of {len(took)}, from the commit"
    return [Figure("another process's change on screen", 500, 300, median(took), "ms", how)]


def list_queries(plan: Plan, sources: Sequence[queries.Source] | None = None) -> list[Figure]:
    """(8): each registered view against its own SQL."""
    from bench import views

    chosen = (views.pairs,) if sources is None else sources
    figures = []
    with plan.program.demonstration(plan.cards, plan.people) as database:
        for source in chosen:
            for pair in source(database):
                times, mine, bare = queries.ratio(pair, database)
                figures.append(
                    Figure(
                        f"query {pair.name} ÷ bare SQL", 1.5, 1.2, times, how=f"{mine:.2f} ms ÷ {bare:.2f} ms"
                    )
                )
    return figures


def command_line(plan: Plan) -> list[Figure]:
    """(9): a daily question from the shell."""
    least = [sys.executable, "-c", "import typer, sqlite3"]
    with plan.program.demonstration(plan.few_cards, plan.few_people) as database:
        today, bare = in_turns(
            plan.runs,
            lambda: _ran(lambda: plan.program.run(database, "today", "--json")),
            lambda: _ran(lambda: subprocess.run(least, capture_output=True, text=True, check=False)),
        )
    return [Figure("`today --json` ÷ importing typer and sqlite3", 3, 2, today / bare, how=_ms(today, bare))]


MEASURES: dict[str, Callable[[Plan], list[Figure]]] = {
    "starts": starts,
    "keys": keys,
    "other_process": other_process,
    "list_queries": list_queries,
    "command_line": command_line,
    "letters": editor.letters,
    "free": free.free_days,
    "agenda": agenda.keys,
    "search": search.keys,
    "import": intake.people,
    "board_opening": board.opening,
    "board_moving": board.moving,
    "kanban_tui": board.against_kanban_tui,
}


def in_turns(rounds: int, *measure: Callable[[], float]) -> list[float]:
    """The median of each, taken in turns so that a busy machine falls on all; the first turn warms up."""
    taken: list[list[float]] = [[] for _ in measure]
    for turn in range(rounds + 1):
        for results, one in zip(taken, measure, strict=True):
            value = one()
            if turn:
                results.append(value)
    return [median(results) for results in taken]


def _start(term: Term, ready: str) -> float:
    with term:
        took = term.wait(ready, 60)
        term.quit(QUIT)
        return took


def _cursor(ours: Term, bare: Term, count: int, at_a_time: int) -> tuple[float, float, float, float]:
    """Medians: ms of our key, its bytes, the bytes that follow when it rests, ms of the floor's key."""
    shown, sent, after, floor_shown = [], [], [], []
    for i in range(count + 2):
        key = "down" if i // at_a_time % 2 == 0 else "up"
        answer = ours.press(key)
        mark = ours.received
        bare_answer = bare.press(key)
        ours.idle(REST)
        if answer.shown_ms is None or bare_answer.shown_ms is None:
            raise RuntimeError(f"{key} changed nothing")
        if i >= 2:
            shown.append(answer.shown_ms)
            sent.append(answer.bytes)
            after.append(ours.received - mark)
            floor_shown.append(bare_answer.shown_ms)
    return median(shown), median(sent), median(after), median(floor_shown)


def _seen_after_commit(program: Program, database: Path, term: Term, number: str) -> float:
    """Milliseconds from the commit that moves the card to the first change on the screen."""
    for stage in _other_stages(database, number):
        with _commit_watch(database) as commits:
            call = subprocess.Popen(
                program.line(database, "do", "move_card", "--card", number, "--stage", stage),
                env=program.environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            seen, give_up = None, time.perf_counter() + 15
            while seen is None and not call.poll() and time.perf_counter() < give_up:
                seen = term.next_change(0.1)
            code = call.wait(30)
        if code == 0 and seen is not None and commits:
            return (seen - commits[0]) * 1000
        if code == 0:
            raise RuntimeError(f"{number} moved to {stage}, and the screen did not show it in 15 s")
    raise RuntimeError(f"no stage takes {number}")


def _other_stages(database: Path, number: str) -> list[str]:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        found = connection.execute(
            "SELECT s.name FROM card c JOIN stage s ON s.board_id = c.board_id AND s.id <> c.stage_id"
            " WHERE c.number = ? AND s.category = 'open' ORDER BY s.position",
            (number,),
        )
        return [name for (name,) in found]


@contextmanager
def _commit_watch(database: Path) -> Iterator[list[float]]:
    """The moments, to a millisecond, at which anybody committed; on `time.perf_counter`'s clock."""
    commits: list[float] = []
    stop, ready = threading.Event(), threading.Event()

    def watch() -> None:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
            last = connection.execute("PRAGMA data_version").fetchone()
            ready.set()
            while not stop.wait(0.001):
                version = connection.execute("PRAGMA data_version").fetchone()
                if version != last:
                    commits.append(time.perf_counter())
                    last = version

    thread = threading.Thread(target=watch, name="commit-watch")
    thread.start()
    try:
        ready.wait(5)
        yield commits
    finally:
        stop.set()
        thread.join()


def _ran(call: Callable[[], subprocess.CompletedProcess[str]]) -> float:
    began = time.perf_counter()
    done = call()
    if done.returncode:
        raise RuntimeError(f"ended with {done.returncode}: {last_line(done.stderr)}")
    return (time.perf_counter() - began) * 1000


def _ms(ours: float, floor_ms: float) -> str:
    return f"{ours:.1f} ms ÷ {floor_ms:.1f} ms"
