"""A terminal below 60x20: one sentence asks for room, and nothing under it is lost. (LOOK.md section 5)"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Clock
from tests.screens.operator import Operator, at_work

pytestmark = pytest.mark.usefixtures("pt")
ASKS = "pequeno demais: 60x20"


async def resized(ana: Operator, width: int, height: int) -> None:
    await ana.pilot.resize_terminal(width, height)
    await ana.quiet()


def words(ana: Operator) -> str:
    """The screen as one line of words, wherever it was wrapped."""
    return " ".join(ana.text().split())


async def test_a_parecer_goes_on_under_the_sentence_and_is_there_again(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("p")
        await ana.type("antes ")
        await resized(ana, 50, 15)
        await ana.until(lambda: ASKS in words(ana), "no sentence")
        assert "antes" not in ana.text()
        await ana.type("durante ")
        await resized(ana, 80, 24)
        await ana.sees("antes durante")
        assert ASKS not in words(ana)
        await ana.type("depois")
        await ana.press("escape")
        assert any(d.payload.get("body") == "antes durante depois" for d in ana.crm.drafts.list())


@pytest.mark.parametrize(
    "keys", [(), ("2",), ("4",), ("enter",), ("n",), ("ctrl+k",), (":",), ("question_mark",)]
)
async def test_every_screen_asks_at_any_size_and_comes_back_as_it_was(
    demo_db: Path, clock: Clock, keys: tuple[str, ...]
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press(*keys)
        before = ana.lines()
        focused = ana.app.screen.focused
        for size in ((59, 24), (80, 19), (20, 5), (3, 2), (1, 1)):
            await resized(ana, *size)
            if size[0] > 20:
                await ana.until(lambda: ASKS in words(ana), f"no sentence at {size}")
        await resized(ana, 80, 24)
        await ana.until(lambda: ana.lines() == before, "not as it was")
        assert ana.app.screen.focused is focused
        await resized(ana, 60, 20)
        assert ASKS not in words(ana)


async def test_a_screen_left_while_there_is_no_room_asks_too(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("p")
        await resized(ana, 50, 15)
        await ana.type("dito")
        await ana.press("escape")
        await ana.until(lambda: ASKS in words(ana), "Hoje shows itself in a cut")
        await resized(ana, 80, 24)
        await ana.sees("Hoje", "Padaria Aurora")
