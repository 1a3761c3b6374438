"""`;` opens one value of the row under the cursor, saved by the record's own command, taken back by `u`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from crm_tui.services.board import views as boards
from crm_tui.services.party import views
from crm_tui.services.party.commands import EditParty
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work

pytestmark = pytest.mark.usefixtures("pt")


def _detail(op: Operator, party: int) -> Any:
    return op.crm.read(views.detail, party)


async def test_a_value_of_a_person_is_edited_alone_and_u_takes_it_back(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("4", "escape", "down")
        party = ana.app.screen.list.key  # type: ignore[attr-defined]
        before = _detail(ana, party)
        await ana.press("semicolon")
        await ana.sees("Editar célula", before.name, "Observações")
        await ana.press("v")
        await ana.sees("Editar", "Observações")
        await ana.gone("Documento ")
        await ana.type("prefere a tarde")
        await ana.press("ctrl+s")
        await ana.sees("Cadastro alterado")
        assert _detail(ana, party).preferences.endswith("prefere a tarde")
        assert _detail(ana, party).name == before.name
        await ana.press("u")
        await ana.until(lambda: _detail(ana, party).preferences == before.preferences, "as it was")


async def test_the_owner_of_a_person_is_a_cell_too(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("4", "escape", "down")
        party = ana.app.screen.list.key  # type: ignore[attr-defined]
        await ana.press("semicolon", "o")
        await ana.sees("Alterar 1 pessoa")
        await ana.type("beto")
        await ana.press("enter")
        await ana.sees("1 pessoa alterada")
        assert ana.crm.read(views.of_ids, [party])[0].owner == "beto"


async def test_whoever_changed_the_same_value_meanwhile_is_told_of(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("4", "escape", "down")
        party = ana.app.screen.list.key  # type: ignore[attr-defined]
        await ana.press("semicolon", "n")
        await ana.sees("Editar")
        ana.crm.run(EditParty(party=party, name="Outro Nome"))
        await ana.type(" Segundo")
        await ana.press("ctrl+s")
        await ana.sees("mudou isto enquanto você escrevia", "Márcia Rodrigues Segundo", "Outro Nome")


async def test_in_hoje_and_on_the_board_a_card_is_edited_value_by_value(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        card = ana.app.screen.vlist.row.card_id  # type: ignore[attr-defined]
        before = ana.crm.read(boards.detail, card)
        await ana.press("semicolon")
        await ana.sees("Editar célula", "Quando", "Valor", "Etapa")
        await ana.press("v")
        await ana.sees("Editar cartão", "Valor")
        await ana.press("ctrl+u")
        await ana.type("4321")
        await ana.press("ctrl+s")
        await ana.until(lambda: ana.crm.read(boards.detail, card).value_one_off == 432100, "saved")
        await ana.press("u")
        await ana.until(
            lambda: ana.crm.read(boards.detail, card).value_one_off == before.value_one_off, "as it was"
        )
        await ana.press("2", "semicolon")
        await ana.sees("Editar célula", "Quando", "Dono")
        await ana.press("escape", "space", "semicolon")
        await ana.sees("esc tira as marcas")
