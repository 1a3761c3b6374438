"""The shape of the places with two parts: side by side, one above the other, and lower on few rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_tui.screens.core.shape import BESIDE, LOW
from tests.conftest import Clock
from tests.screens.operator import at_work

TWO_PARTS = {
    "today": ((), "#list", "#preview"),
    "people": (("4",), "#list", "#preview"),
    "card": (("enter",), "#facts", "#right"),
}
"""The keys that lead there from Hoje, and the parts."""


@pytest.mark.parametrize("place", TWO_PARTS)
async def test_two_parts_stand_beside_each_other_only_where_there_is_room(
    place: str, demo_db: Path, clock: Clock
) -> None:
    way, first, second = TWO_PARTS[place]
    async with at_work(demo_db, clock=clock, size=(BESIDE, LOW)) as ana:
        await ana.press(*way)
        screen = ana.app.screen
        left, right = screen.query_one(first), screen.query_one(second)
        assert left.region.y == right.region.y
        assert left.region.right <= right.region.x
        await ana.pilot.resize_terminal(BESIDE - 1, LOW)
        await ana.until(lambda: left.region.bottom <= right.region.y, "still side by side")
        assert left.region.width == right.region.width == BESIDE - 1
        before = min(left.region.height, right.region.height)
        await ana.pilot.resize_terminal(BESIDE - 1, LOW - 1)
        await ana.until(lambda: min(left.region.height, right.region.height) < before, "as high as before")


async def test_the_note_editor_gives_its_gap_to_the_text_on_few_rows(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock, size=(80, LOW)) as ana:
        await ana.press("p")
        gap = ana.app.screen.query_one(".gap")
        assert gap.display
        await ana.pilot.resize_terminal(80, LOW - 1)
        await ana.until(lambda: not gap.display, "the gap is still there")
