"""What was opened and closed again leaves nothing of itself behind: a session lasts eight hours."""

from __future__ import annotations

import gc
from pathlib import Path

from textual.strip import Strip

from tests.screens.operator import at_work


def _drawn_lines() -> int:
    gc.collect()
    return sum(isinstance(each, Strip) for each in gc.get_objects())


async def test_a_sheet_that_was_closed_leaves_none_of_its_lines_in_memory(demo_db: Path) -> None:
    async with at_work(demo_db) as ana:

        async def searched() -> None:
            await ana.press("ctrl+k", *"maria")
            await ana.quiet()
            await ana.press("escape")
            await ana.quiet()

        await searched()
        gc.unfreeze()
        before = _drawn_lines()
        for _ in range(3):
            await searched()
        assert _drawn_lines() - before < 50
