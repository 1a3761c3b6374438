"""What asks of a process and what sets it up, as pictures: the gate sheet, the stage editor, the reopening dialog."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from house import do
from textual.pilot import Pilot

from crm_tui import bootstrap
from crm_tui.app import CrmApp
from crm_tui.bootstrap import open_crm
from crm_tui.domain.cadence import OwnerRule
from crm_tui.domain.form import QuestionType
from crm_tui.domain.gate import GateKind
from crm_tui.services.board import views
from crm_tui.services.board.commands import EditCard
from crm_tui.services.board.setup_commands import EditStage
from crm_tui.services.form.commands import AddForm, AddQuestion
from crm_tui.services.gate.commands import AddGate
from crm_tui.ui.look import Look
from tests.conftest import Clock
from tests.screens.operator import Operator, look, shelf
from tests.screens.test_reopening_by_key import opened

pytestmark = pytest.mark.usefixtures("pt")
SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80x24", "120x36"])
SMALL_TOO = pytest.mark.parametrize("size", [(80, 24), (120, 36), (60, 20)], ids=["80x24", "120x36", "60x20"])
SALES = 2
CARD = "PDV 3 caixas + NFC-e"


@pytest.fixture
def asking(demo_db: Path, clock: Clock) -> int:
    """The sales board with stages that ask, have a time and somebody who answers; the id of a card without value."""
    crm = open_crm(demo_db, "admin", clock)
    stage = {row.name: row.id for row in crm.read(views.stages, SALES)}
    form = do(crm, AddForm(name="Instalação")).entity_id or 0
    do(crm, AddQuestion(form=form, label="Tem rede?", type=QuestionType.BOOL, required=True))
    for name, kind, more in (
        ("Visita", GateKind.PRIMARY_CONTACT, {}),
        ("Proposta", GateKind.DEAL_VALUE, {}),
        ("Proposta", GateKind.FORM, {"form": form}),
        ("Negociação", GateKind.FIELD, {"field": "expected_close_on"}),
    ):
        do(crm, AddGate(stage=stage[name], kind=kind, **more))  # type: ignore[arg-type]
    do(crm, EditStage(stage=stage["Proposta"], expected_days=3, owner_rule=OwnerRule.SELLER))
    card = int(crm.read(views.find, CARD)[0].id)
    do(crm, EditCard(card=card, value_one_off=0, value_recurring=0))
    crm.store.close()
    return card


async def on_card(card: int, keys: tuple[str, ...], sees: str, pilot: Pilot[int]) -> None:
    """The board with the cursor on a card, then these keys."""
    await look(("2",), "Vendas", pilot)
    board = pilot.app.screen
    detail = pilot.app.crm.read(views.detail, card)  # type: ignore[attr-defined]
    board.stage, board.card = detail.stage_id, card  # type: ignore[attr-defined]
    board.read()  # type: ignore[attr-defined]
    await look(keys, sees, pilot)


@SMALL_TOO
def test_gate_sheet(
    demo_db: Path, asking: int, clock: Clock, snap_compare: Callable[..., bool], size: tuple[int, int]
) -> None:
    app = CrmApp(lambda: open_crm(demo_db, "ana", clock), Look(), bootstrap)
    ready = partial(on_card, asking, ("L",), "Nada foi mudado")
    assert snap_compare(app, terminal_size=size, run_before=ready)


@SIZES
def test_stage_editor(
    demo_db: Path, asking: int, clock: Clock, snap_compare: Callable[..., bool], size: tuple[int, int]
) -> None:
    app = CrmApp(lambda: open_crm(demo_db, "admin", clock), Look(), bootstrap)
    keys = ("comma", *shelf("boards"), "right", "down", "o", "e", *["down"] * 3, "e")
    assert snap_compare(app, terminal_size=size, run_before=partial(look, keys, "Editar etapa"))


@SIZES
def test_what_belongs_to_a_stage(
    demo_db: Path, asking: int, clock: Clock, snap_compare: Callable[..., bool], size: tuple[int, int]
) -> None:
    app = CrmApp(lambda: open_crm(demo_db, "admin", clock), Look(), bootstrap)
    keys = ("comma", *shelf("boards"), "right", "down", "o", "e", *["down"] * 3, "o", "e", "n")
    assert snap_compare(app, terminal_size=size, run_before=partial(look, keys, "Nova exig"))


@SIZES
def test_reopening(
    demo_db: Path, clock: Clock, snap_compare: Callable[..., bool], size: tuple[int, int]
) -> None:
    async def ready(pilot: Pilot[int]) -> None:
        await look((), "", pilot)
        app = pilot.app
        assert isinstance(app, CrmApp)
        await opened(Operator(app, pilot))
        await look(("o", "r"), "Reabrir: ", pilot)

    app = CrmApp(lambda: open_crm(demo_db, "carla", clock), Look(), bootstrap)
    assert snap_compare(app, terminal_size=size, run_before=ready)
