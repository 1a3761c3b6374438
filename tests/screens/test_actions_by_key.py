"""Histórico de ação by keyboard: reached from the history, searched, only one's own, written to a file."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from crm_tui.bootstrap import commands, open_crm
from crm_tui.domain.outcome import Done
from crm_tui.services.board import views as boards
from crm_tui.services.followup import actions
from crm_tui.services.followup import views as followups
from tests.conftest import Clock
from tests.screens.operator import at_work

pytestmark = pytest.mark.usefixtures("pt")


async def test_a_leads_from_the_history_to_the_actions_and_esc_back(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("I", "a")
        await ana.sees("Histórico de ação", "Doceria", "Resultado")
        await ana.press("/")
        await ana.type("padaria resultado:pos por:ana")
        await ana.sees("OP-0142")
        await ana.gone("Doceria")
        await ana.press("enter", "enter")
        await ana.sees("OP-0142", "Linha do tempo")
        await ana.press("escape")
        await ana.sees("Histórico de ação")
        await ana.press("escape", "escape")
        await ana.sees("Histórico", "de todos")


async def test_what_is_rare_comes_as_it_is_found_reading_after_reading(
    demo_db: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "STRETCH", 3)
    monkeypatch.setattr(actions, "AT_ONCE", 1)
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("I", "a")
        await ana.sees("Doceria")
        await ana.press("/")
        await ana.type("resultado:pos padaria")
        await ana.sees("OP-0142")
        await ana.gone("Doceria")
        await ana.press("backspace", *"xyz")
        await ana.sees("Nenhuma ação encontrada")


async def test_an_appointment_that_is_over_asks_for_its_action_until_p_registers_it(
    demo_db: Path, clock: Clock
) -> None:
    crm = open_crm(demo_db, "ana", clock)
    before = crm.read(followups.unregistered)
    card = crm.read(boards.find, "OP-0113")[0].id
    step = crm.read(boards.detail, card).next_activity_id
    begins = clock() + timedelta(minutes=20)
    assert isinstance(crm.run(commands()["redate"](activity=step, when=begins)), Done)
    assert crm.read(followups.unregistered) == before  # it is still to come
    assert not crm.read(followups.passed, step)
    assert isinstance(crm.run(commands()["redate"](activity=step, when=begins - timedelta(hours=3))), Done)
    assert crm.read(followups.unregistered) == before + 1
    crm.store.close()
    async with at_work(demo_db, clock=clock) as ana:
        await ana.sees(f"{before + 1} sem registro")
        ana.app.screen.arrive(key=card)  # type: ignore[attr-defined]
        await ana.sees("sem registro: p registra")
        await ana.press("p")
        await ana.type("Aconteceu.")
        await ana.press("tab", "2", "ctrl+s")
        await ana.sees("gravado")
        assert ana.crm.read(followups.unregistered) == before


async def test_only_mine_and_the_file(demo_db: Path, clock: Clock, tmp_path: Path) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("I", "a")
        await ana.sees("Histórico de ação", "beto")
        await ana.press("m")
        await ana.sees("criadas por mim")
        await ana.press("e")
        await ana.sees("Exportar ações")
        await ana.press("ctrl+u")
        await ana.type(str(tmp_path / "acoes.csv"))
        await ana.press("enter")
        await ana.sees("ações em")
    assert (tmp_path / "acoes.csv").read_text("utf-8-sig").startswith("Quando;Quem;")
