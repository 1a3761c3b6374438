"""A form while it is being saved: keys wait, none is typed into what is filed, no letter becomes a command."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.timer import Timer
from textual.worker import WorkerFailed

from crm_tui import bootstrap
from crm_tui.app import CrmApp
from crm_tui.bootstrap import open_crm
from crm_tui.screens.core import saving
from crm_tui.screens.core.forms import FormScreen
from crm_tui.ui.look import Look
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work

pytestmark = pytest.mark.usefixtures("pt")
DROPPED = "o que foi digitado durante a gravação não entrou"


async def type_during(ana: Operator, *keys: str) -> None:
    """Press keys while a save waits for the lock."""
    for key in keys:
        await ana.pilot.press(key)


@pytest.mark.parametrize("slow", [True, False])
async def test_what_is_typed_behind_a_slow_save_is_no_command(
    demo_db: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, slow: bool
) -> None:
    monkeypatch.setattr(saving, "SLOW", 0.0 if slow else 60.0)
    async with at_work(demo_db, clock=clock) as ana:
        beto = open_crm(demo_db, "beto", clock)
        await ana.press("p")
        await ana.type("Falei com a Benta.")
        await ana.press("tab", "1")
        with beto.store.writing():
            await ana.pilot.press("ctrl+s")
            await ana.sees("Gravando…", "Falei com a Benta.")
            await type_during(ana, "comma")
            assert "Falei com a Benta." in ana.text()
        beto.store.close()
        if slow:
            await ana.sees(DROPPED, "1 Hoje")
            assert type(ana.app.screen).__name__ == "TodayScreen"
        else:  # typed ahead: it is meant for Hoje
            await ana.until(lambda: type(ana.app.screen).__name__ == "SettingsScreen", "the key is lost")


async def test_a_slow_save_that_is_refused_gives_the_keys_to_its_form(
    demo_db: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "SLOW", 0.0)
    async with at_work(demo_db, clock=clock) as ana:
        beto = open_crm(demo_db, "beto", clock)
        await ana.press("2", "plus")
        await ana.type("Fulano")
        with beto.store.writing() as connection:
            await ana.pilot.press("ctrl+s")
            await ana.sees("Gravando…")
            await type_during(ana, "s", "a")
            connection.execute("DELETE FROM profile_permission WHERE key = 'card.add'")
        beto.store.close()
        await ana.sees("Fulanosa")  # what is typed on takes the sentence of the refusal away


async def test_the_answer_of_a_slow_save_stays(
    demo_db: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The timer that says so had run out when the answer was shown, and was dealt with behind it."""
    behind: list[Callable[[], None]] = []

    def set_timer(_: FormScreen, delay: float, callback: Callable[[], None]) -> Timer:
        behind.append(callback)
        return Timer(ana.app, delay)

    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("4", "escape", "n")
        await ana.type("Ana")
        await ana.press("tab")
        await ana.type("123")
        monkeypatch.setattr(FormScreen, "set_timer", set_timer)
        await ana.press("ctrl+s")
        await ana.sees("“123” não é um telefone")
        assert len(behind) == 1
        behind[0]()
        await ana.sees("“123” não é um telefone")
        assert "Gravando…" not in ana.text()


async def test_a_save_without_a_change_does_not_offer_to_undo_another(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("enter", "e", "ctrl+s")
        await ana.sees("Nada foi alterado")
        assert "u desfaz" not in ana.text()


def test_an_error_of_a_worker_is_told_as_what_it_is(demo_db: Path) -> None:
    """The command line knows errors of the disk by their own class."""
    app = CrmApp(lambda: open_crm(demo_db, "ana"), Look(), bootstrap)
    error = OSError("disk")
    app._handle_exception(WorkerFailed(error))
    assert app.fault is error
    app.crm.store.close()
