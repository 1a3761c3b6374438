"""The jobs of the clock run in any open program: nobody needs cron for a copy a day."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_tui.connectors import clock as jobs
from crm_tui.i18n import N_, Text
from crm_tui.store import backup
from crm_tui.store.errors import StoreRefused
from tests.conftest import Clock
from tests.screens.operator import at_work

pytestmark = pytest.mark.usefixtures("pt")


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crm_tui.app.JOBS_FIRST", 0.01)


async def test_an_open_program_makes_the_daily_copy(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.until(lambda: bool(jobs.dailies(demo_db)), "no copy was made")
        await ana.sees("Restaurante Dona Benta")
    (copy,) = jobs.dailies(demo_db).values()
    assert copy.name.endswith(".daily-2026-11-19")


async def test_a_copy_that_fails_is_said_and_the_work_goes_on(
    demo_db: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreRefused(Text(N_("No room for the copy."), {}))

    monkeypatch.setattr(backup, "backup", full)
    async with at_work(demo_db, clock=clock) as ana:
        await ana.sees("No room for the copy.")
        await ana.press("down")
        await ana.gone("No room for the copy.")
    assert jobs.dailies(demo_db) == {}
