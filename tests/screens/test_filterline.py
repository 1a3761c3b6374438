"""The `/` line, the same in every place that has one: it takes the title's row, and is left in one step."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest

from crm_tui.screens.core.filterline import Filters
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work

pytestmark = pytest.mark.usefixtures("pt")

PLACES = {
    "today": (("1",), "clinica"),
    "board": (("2",), "clinica"),
    "settings": (("comma", "right"), "tema"),
    "history": (("I",), "proposta"),
}
"""The keys that lead there from Hoje, and words that something there has."""


def place(ana: Operator) -> Any:
    assert isinstance(ana.app.screen, Filters)
    return cast("Any", ana.app.screen)


@pytest.mark.parametrize("name", PLACES)
async def test_the_line_is_opened_kept_by_enter_and_dropped_by_esc(
    name: str, demo_db: Path, clock: Clock
) -> None:
    way, words = PLACES[name]
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press(*way)
        screen = place(ana)
        footer = ana.lines()[-1]
        await ana.press("slash")
        await ana.type(words)
        assert screen.words == words
        assert not screen.title_bar.display
        for hint in ("enter aplicar", "↓ ir à lista", "esc fechar", "f1 ajuda"):
            assert hint in ana.lines()[-1]
        line = screen.filter_line
        await ana.press("enter")
        assert (screen.words, screen.filter_line, screen.title_bar.display) == (words, None, True)
        assert ana.lines()[-1].split()[:2] == footer.split()[:2]
        assert line.line is not ana.app.focused
        await ana.sees(words)
        await ana.press("slash", "escape")
        assert (screen.words, screen.filter_line, screen.title_bar.display) == ("", None, True)
        assert ana.app.screen is screen


@pytest.mark.parametrize("name", PLACES)
async def test_down_goes_to_the_list_and_up_stays_in_the_line(name: str, demo_db: Path, clock: Clock) -> None:
    way, words = PLACES[name]
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press(*way, "slash")
        await ana.type(words)
        screen = place(ana)
        await ana.press("up")
        assert screen.filter_line is not None
        assert screen.filter_line.typing
        await ana.press("down")
        assert (screen.words, screen.filter_line) == (words, None)
