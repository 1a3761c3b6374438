"""Another key for an action: pressed in the program, in force at once, kept in the machine's file."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_tui.ui import config, keymap
from tests.conftest import Clock
from tests.screens.machine import own_config
from tests.screens.operator import Operator, at_work

pytestmark = pytest.mark.usefixtures("own_config")
__all__ = ["own_config"]


async def to_key(ana: Operator, words: str) -> None:
    """Go to an action among the keys."""
    await ana.press(",")
    await ana.sees("This machine")
    await ana.press("enter", *["down"] * 4, "enter")
    await ana.sees("Keys of the actions")
    await ana.press("/")
    await ana.type(words)
    await ana.press("enter", "enter")
    await ana.sees("Press the new key")


async def test_a_key_is_pressed_named_as_taken_kept_and_in_force_at_once(
    demo_db: Path, clock: Clock, own_config: Path
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await to_key(ana, "rec.note")
        await ana.press("x")
        await ana.sees("x now belongs to “write a note”, no longer to “lost”")
        await ana.press("enter")
        await ana.sees("Changed, and kept for this machine")
        assert config.load(own_config).keymap == {"rec.note": "x"}
        assert keymap.in_force().of("rec.note") == ("x",)
        assert "x" not in keymap.in_force().of("rec.lost")
        await ana.press("enter", "backspace", "enter")
        await ana.until(lambda: keymap.in_force().of("rec.note") == ("p",), "the usual key did not come back")
        assert config.load(own_config).keymap == {}


async def test_what_may_not_be_is_refused_with_its_reason_and_kept_nowhere(
    demo_db: Path, clock: Clock, own_config: Path
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await to_key(ana, "ed.park")
        await ana.press("z")
        await ana.sees("z would be typed there")
        await ana.press("enter", "escape")
        assert config.load(own_config).keymap == {}


async def test_a_key_of_the_whole_program_is_one_to_be_given_while_the_sheet_asks_for_it(
    demo_db: Path, clock: Clock, own_config: Path
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await to_key(ana, "rec.note")
        await ana.press("ctrl+k")
        await ana.sees("ctrl+k now belongs to", "no longer to “find a person, card or")
        await ana.press("question_mark")
        await ana.sees("? now belongs to")
        assert "help" not in ana.text().splitlines()[-1], "no key is offered that means itself here"
        await ana.press("escape")
        assert config.load(own_config).keymap == {}


async def test_what_an_action_does_is_whole_at_80_columns(
    demo_db: Path, clock: Clock, own_config: Path
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press(",")
        await ana.sees("This machine")
        await ana.press("enter", *["down"] * 4, "enter")
        await ana.sees("Keys of the actions", "the keys of this place", "every action by its name")
        await ana.gone("app.palette")


async def test_what_an_action_does_is_not_cut_for_where_it_is_and_its_sheet_says_that(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, "ana", clock=clock, size=(60, 20)) as ana:
        await ana.press("colon")
        await ana.type("keys of the actions")
        await ana.press("enter")
        await ana.sees("the keys of this place")
        assert "Everywhere" not in ana.text()
        await ana.press("enter")
        await ana.sees("Everywhere  app.help")
