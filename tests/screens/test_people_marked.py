"""Marks in Pessoas: several people changed by one form, shown before, one undo."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_tui.services.party import views
from tests.conftest import Clock
from tests.screens.operator import at_work

pytestmark = pytest.mark.usefixtures("pt")


async def test_marked_people_change_owner_and_phase_at_once_and_u_takes_it_back(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("4", "escape", "s", "n")
        await ana.sees("ordem:nome")
        await ana.press("space", "space")
        await ana.sees("2 marcados")
        ids = list(ana.app.screen.list.keys[:2])  # type: ignore[attr-defined]
        before = [(hit.owner, hit.lifecycle) for hit in ana.crm.read(views.of_ids, ids)]
        await ana.press("e")
        await ana.sees("Alterar 2 pessoas", "agora:")
        await ana.type("beto")
        await ana.press("enter")
        await ana.type("ex")
        await ana.press("enter", "ctrl+s")
        await ana.sees("2 pessoas alteradas")
        await ana.gone("marcados")
        after = [(hit.owner, hit.lifecycle) for hit in ana.crm.read(views.of_ids, ids)]
        assert after == [("beto", "former")] * 2
        await ana.press("u")
        await ana.until(
            lambda: [(h.owner, h.lifecycle) for h in ana.crm.read(views.of_ids, ids)] == before,
            "both as they were",
        )


async def test_esc_drops_the_marks_before_it_leads_back_and_the_last_row_is_never_marked(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("4")
        await ana.type("padaria")
        await ana.press("enter", "asterisk")
        found = len(ana.app.screen.hits.hits)  # type: ignore[attr-defined]
        await ana.sees(f"{found} marcado", "espaço marcar")
        assert 0 not in ana.app.screen.list.marks  # type: ignore[attr-defined]
        await ana.press("escape")
        await ana.gone("marcado ")
        assert not ana.app.screen.search.typing  # type: ignore[attr-defined]


async def test_what_happened_is_said_whole_where_nothing_stands_in_the_line(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock, size=(60, 20)) as ana:
        await ana.press("4", "escape", "space")
        await ana.sees("1 marcado")
        said = "Aqui se edita um valor de uma linha: esc tira as marcas."
        ana.app.screen.tell(said)  # type: ignore[attr-defined]
        await ana.sees(said)
        await ana.press("/")
        await ana.sees("nome, CPF ou CNPJ, telefone")
