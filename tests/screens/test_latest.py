"""Keys and a search that runs: what waits for an answer never locks the keyboard."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from crm_tui.screens.core.find import FindScreen
from crm_tui.screens.core.latest import Latest
from crm_tui.screens.core.searchline import SearchLine
from crm_tui.services.core.crm import Crm
from crm_tui.services.core.reading import Reading, Superseded, view
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work


async def asking(ana: Operator, words: str) -> FindScreen:
    """Localizar with a question that is still to be answered."""
    await ana.press("ctrl+k")
    found = ana.app.screen
    assert isinstance(found, FindScreen)
    found.look_for(words)
    assert found._search.pending
    return found


async def test_enter_twice_before_the_answer_opens_it_once_and_the_keys_go_on(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        found = await asking(ana, "dona benta")
        for _ in range(2):
            found.on_search_line_left(SearchLine.Left("enter", "dona benta"))
        await ana.gone("Nobody and no card")
        await ana.until(lambda: ana.app.screen is not found, "nothing was opened")
        await ana.press("escape", "2")
        await ana.sees("Vendas")


@pytest.mark.parametrize("way", ["dropped", "gone"])
async def test_a_question_without_an_answer_lets_the_keys_go_on(
    demo_db: Path, clock: Clock, way: str
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        found = await asking(ana, "dona benta")
        found.on_search_line_left(SearchLine.Left("enter", "dona benta"))
        if way == "dropped":
            found._search.drop()
        found.dismiss(None)
        await ana.until(lambda: ana.app.screen is not found, "still there")
        await ana.press("2")
        await ana.sees("Vendas")


async def test_a_screen_that_leaves_twice_takes_nothing_else_with_it(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("p", "ctrl+k")
        found = ana.app.screen
        assert isinstance(found, FindScreen)
        for _ in range(3):
            found.dismiss(None)
        await ana.until(lambda: ana.app.screen is not found, "still there")
        await ana.sees("Note")
        assert len(ana.app.screen_stack) == 2


async def test_what_lies_over_a_screen_goes_with_it(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("ctrl+k", "f1")
        below = ana.app.screen_stack[1]
        assert ana.app.screen is not below
        below.dismiss(None)
        await ana.until(lambda: len(ana.app.screen_stack) == 1, "something is left")


async def test_leaving_while_a_query_runs_waits_until_it_is_cancelled(demo_db: Path, clock: Clock) -> None:
    """Closed under it, the base took the whole program along: a fault of memory that no exception tells."""
    running, cancelled = threading.Event(), threading.Event()

    def ask(crm: Crm) -> None:
        running.set()
        try:
            crm.read(endless)
        except Superseded:
            cancelled.set()
            raise

    async with at_work(demo_db, clock=clock) as ana:
        Latest(ana.app.screen, ask, lambda _, __: None).want(ana.crm)
        await ana.until(running.is_set, "nothing is asked")
    assert cancelled.is_set()


@view("party.read")
def endless(reading: Reading) -> int:
    """A single step of SQLite that takes seconds if nobody cancels it."""
    steps = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000000)"
    return int(reading.connection.execute(f"{steps} SELECT max(i) FROM n").fetchone()[0])
