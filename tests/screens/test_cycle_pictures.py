"""The ciclo de atendimento over the text of a parecer, and in the form of a new card, as pictures."""

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
from crm_tui.domain.form import FormKind, QuestionType
from crm_tui.services.board import views
from crm_tui.services.form.commands import AddForm, AddQuestion, AnswerForm
from crm_tui.ui.look import Look
from tests.conftest import Clock
from tests.screens.operator import Operator, look

pytestmark = pytest.mark.usefixtures("pt")
SIZES = pytest.mark.parametrize("size", [(80, 24), (60, 20)], ids=["80x24", "60x20"])
SALES = 2
CARD = "OP-0113"


@pytest.fixture
def scripted(demo_db: Path, clock: Clock) -> int:
    """The sales board with a script, two questions of which are answered about a card; its id."""
    crm = open_crm(demo_db, "admin", clock)
    card = int(crm.read(views.find, CARD)[0].id)
    form = do(crm, AddForm(name="Ciclo da venda", kind=FormKind.CYCLE, board=SALES)).entity_id or 0
    first = do(crm, AddQuestion(form=form, label="Tem sistema?", type=QuestionType.BOOL, required=True))
    do(crm, AddQuestion(form=form, label="Qual?", only_if=first.entity_id, only_is="sim"))
    do(crm, AddQuestion(form=form, label="Quantas lojas?", type=QuestionType.INT))
    options = "Indicação, Internet, Passou na porta"
    do(crm, AddQuestion(form=form, label="Como chegou?", type=QuestionType.CHOICE, options=options))
    do(crm, AddQuestion(form=form, label="Para quando?", type=QuestionType.DATE))
    do(crm, AnswerForm(card=card, form=form, answers={"tem_sistema": "sim", "qual": "Planilha"}))
    crm.store.close()
    return card


async def over_the_text(card: int, pilot: Pilot[int]) -> None:
    """A note under way, and the script opened over it."""
    await look((), "Hoje", pilot)
    app = pilot.app
    assert isinstance(app, CrmApp)
    operator = Operator(app, pilot)
    app.screen.go("note", card=card)  # type: ignore[attr-defined]
    await operator.sees("Próximo passo")
    await operator.type("Ligou de volta: já tem planilha para tudo.")
    await operator.press("ctrl+g")
    await look(("a",), "Como chegou?", pilot)


@SIZES
def test_the_script_over_a_note(
    demo_db: Path, scripted: int, clock: Clock, snap_compare: Callable[..., bool], size: tuple[int, int]
) -> None:
    app = CrmApp(lambda: open_crm(demo_db, "ana", clock), Look(), bootstrap)
    assert snap_compare(app, terminal_size=size, run_before=partial(over_the_text, scripted))


@SIZES
def test_the_script_in_the_form_of_a_new_card(
    demo_db: Path, scripted: int, clock: Clock, snap_compare: Callable[..., bool], size: tuple[int, int]
) -> None:
    app = CrmApp(lambda: open_crm(demo_db, "ana", clock), Look(), bootstrap)
    assert snap_compare(app, terminal_size=size, run_before=partial(look, ("N", "o"), "Como chegou?"))
