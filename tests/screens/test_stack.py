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


async def test_a_record_is_known_by_what_stands_there_now_whatever_list_it_came_from(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("enter")
        first = ana.app.screen
        seen = first.card_id  # type: ignore[attr-defined]
        await go(ana, "card", card=seen)
        assert ana.app.screen is first, "the list it came from made it another record"
        await ana.press("right_square_bracket")
        assert first.card_id != seen  # type: ignore[attr-defined]
        await go(ana, "card", card=seen)
        assert ana.app.screen is not first, "another card stands there by now"
        assert ana.app.screen.card_id == seen  # type: ignore[attr-defined]
        await ana.press("escape")
        await go(ana, "card", card=first.card_id)  # type: ignore[attr-defined]
        assert ana.app.screen is first


async def test_a_person_is_known_by_who_stands_there_now(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await go(ana, "person", party=1, siblings=[1, 2])  # type: ignore[arg-type]
        await ana.press("right_square_bracket")
        assert lying(ana) == [2]
        await go(ana, "person", party=1)
        assert lying(ana) == [2, 1]
