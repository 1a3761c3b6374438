"""Histórico de ação by keyboard: reached from the history, searched, only one's own, written to a file."""

from __future__ import annotations

from pathlib import Path

import pytest

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
