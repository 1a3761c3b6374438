"""The help by keyboard: the keys of the place with what they do, the signs, and a search."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_tui.ui import keymap
from tests.conftest import Clock
from tests.screens.machine import own_config
from tests.screens.operator import at_work

pytestmark = pytest.mark.usefixtures("own_config")
__all__ = ["own_config"]


async def test_question_mark_shows_the_keys_of_this_place_and_the_signs(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("?")
        await ana.sees(
            "Keys here: Today", "This contact", "write a note", "Signs", "∅", "no next step", "1 of 2"
        )
        await ana.press("down")
        await ana.sees("2 of 2", "leave the program")
        await ana.press("up", "?")
        assert len(ana.app.screen_stack) == 1


async def test_every_key_that_the_place_offers_is_somewhere_in_it(demo_db: Path, clock: Clock) -> None:
    from crm_tui.ui.actions import ACTIONS

    async with at_work(demo_db, clock=clock) as ana:
        offers = ana.app.screen.OFFERS  # type: ignore[attr-defined]
        await ana.press("f1")
        first = ana.text()
        await ana.press("pagedown")
        both = first + ana.text()
        missing = [i for i in offers if keymap.in_force().of(i) and ACTIONS[i].help_said() not in both]
        assert not missing


async def test_slash_searches_keys_and_actions(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("?", "/")
        await ana.type("stage")
        await ana.sees("move to a stage", "late in its stage")
        await ana.gone("write a note")
        await ana.press("enter", "escape")
        await ana.sees("write a note")
        await ana.press("escape")
        assert len(ana.app.screen_stack) == 1


async def test_it_shows_the_keys_in_force(demo_db: Path, clock: Clock) -> None:
    keymap.use(keymap.keymap("default", {"rec.note": "f4"}))
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("?", "/")
        await ana.type("write a note")
        await ana.until(
            lambda: any(line.split()[:1] == ["f4"] for line in ana.lines()), "the new key is not shown"
        )


async def test_where_one_types_f1_shows_the_keys_of_the_form(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("n", "f1")
        await ana.sees("Keys here: Forms", "leave; what is typed is kept")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36)])
async def test_no_row_is_wider_than_the_screen(demo_db: Path, clock: Clock, size: tuple[int, int]) -> None:
    async with at_work(demo_db, clock=clock, size=size) as ana:
        await ana.press("?")
        await ana.sees("Keys here")
        assert {len(line) for line in ana.lines()} == {size[0]}


async def test_the_helps_of_a_group_stand_in_line(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock, size=(120, 36)) as ana:
        await ana.press("?")
        lines = (await ana.sees("Everywhere")).lines()
        top = next(y for y, line in enumerate(lines) if "Everywhere" in line)
        at = lines[top].index("Everywhere")
        helps = (
            "the keys of this place",
            "leave the program",
            "to the field or pane before",
            "one step back",
        )
        found = {line.find(words, at) for words in helps for line in lines[top + 1 :] if words in line[at:]}
        assert len(found) == 1
