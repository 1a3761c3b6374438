"""Keys and a search that runs: what waits for an answer never locks the keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_tui.screens.core.find import FindScreen
from crm_tui.screens.core.searchline import SearchLine
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
