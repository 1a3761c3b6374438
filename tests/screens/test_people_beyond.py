"""Pessoas beyond the first fifty: the list grows under the cursor, all are marked, and a filter asks everybody."""

from __future__ import annotations

from pathlib import Path

from crm_tui.screens.party.people import PeopleScreen
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work


def people(ana: Operator) -> PeopleScreen:
    assert isinstance(ana.app.screen, PeopleScreen)
    return ana.app.screen


async def test_the_list_grows_as_one_walks_to_its_end(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("4", "escape")
        await ana.sees("50+ of 120")
        await ana.press("end")
        await ana.until(lambda: len(people(ana).list.keys) > 100, "the list did not grow")
        here = people(ana).list.index
        assert here == 49
        await ana.press("down", "down")
        assert people(ana).list.index == here + 2


async def test_all_are_marked_not_only_the_first(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("4", "escape", "asterisk")
        await ana.until(lambda: people(ana).marked > 100, "those beyond the first are not marked")
