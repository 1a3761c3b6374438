"""Records over each other: a jump to one that lies below goes back to it, and the pile has an end."""

from __future__ import annotations

from pathlib import Path

from crm_tui.screens.core.go import Go
from crm_tui.screens.core.stack import DEEPEST
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work


async def go(ana: Operator, place: str, **args: int) -> None:
    ana.app.gate.hold()
    ana.app.post_message(Go(place, **args))
    await ana.quiet()


def lying(ana: Operator) -> list[int]:
    return [screen.came_by[1]["party"] for screen in ana.app.screen_stack[1:]]  # type: ignore[attr-defined]


async def test_going_to_a_record_below_goes_back_to_it(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        for party in (1, 2, 3, 3, 1):
            await go(ana, "person", party=party)
        assert lying(ana) == [1]
        await ana.press("escape")
        assert len(ana.app.screen_stack) == 1


async def test_a_jump_never_leaves_a_text_behind(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await go(ana, "person", party=1)
        await ana.press("p")
        editor = ana.app.screen
        await ana.type("meio")
        await go(ana, "person", party=1)
        assert ana.app.screen_stack[-2] is editor
        await ana.press("escape")
        assert ana.app.screen is editor
        await ana.sees("meio")


async def test_sixty_jumps_leave_the_way_back_that_one_remembers(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        for party in range(1, 61):
            await go(ana, "person", party=party)
        assert lying(ana) == list(range(61 - DEEPEST, 61))
        await ana.press(*["escape"] * DEEPEST)
        assert len(ana.app.screen_stack) == 1
