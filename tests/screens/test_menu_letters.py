"""No letter of a menu means two things, in either language: the second could be reached by the cursor alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_tui.screens.core.menus import MenuScreen
from tests.conftest import Clock
from tests.screens.operator import at_work

MENUS = {
    "a card on the board": ("2", "o"),
    "a person's card": ("4", "enter", "enter", "o"),
    "a contact of today": ("1", "o"),
    "a card with its story": ("2", "enter", "o"),
    "the editor": ("1", "p", "ctrl+g"),
    "new of any kind": ("N",),
    "copied": ("1", "y"),
    "the commitments": ("3", "o"),
    "how the board is shown": ("2", "s"),
    "how Hoje is shown": ("1", "s"),
    "how the agenda is shown": ("3", "s"),
    "how people are shown": ("4", "escape", "s"),
}


@pytest.mark.parametrize("language", ["en", "pt"])
@pytest.mark.parametrize("keys", MENUS.values(), ids=MENUS)
async def test_each_letter_of_a_menu_means_one_thing(
    demo_db: Path, clock: Clock, keys: tuple[str, ...], language: str, request: pytest.FixtureRequest
) -> None:
    if language == "pt":
        request.getfixturevalue("pt")
    async with at_work(demo_db, clock=clock, login="admin" if keys == ("3", "o") else "ana") as ana:
        await ana.press(*keys)
        await ana.until(lambda: isinstance(ana.app.screen, MenuScreen), "no menu")
        menu = ana.app.screen
        assert isinstance(menu, MenuScreen)
        letters = [item.letter for item in menu.rows.items if item.letter.strip()]
        assert sorted(letters) == sorted(set(letters)), [item.label for item in menu.rows.items]
