"""The ciclo de atendimento by keyboard: while a card is opened, and from inside the parecer. (B12, B64-B66)"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from crm_tui.bootstrap import open_crm
from crm_tui.domain.form import FormKind, QuestionType
from crm_tui.screens.core.forms import FormScreen
from crm_tui.services.board import views as boards
from crm_tui.services.core.crm import Crm
from crm_tui.services.form import views
from crm_tui.services.form.commands import AddForm, AddQuestion, AnswerForm
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work

pytestmark = pytest.mark.usefixtures("pt")

NAME = "Ciclo da venda"


def board_id(crm: Crm, name: str) -> int:
    return next(int(each.id) for each in crm.read(boards.boards) if each.name == name)


def script(db: Path, clock: Clock, *, required: bool = False, name: str = NAME, board: str = "Vendas") -> int:
    """A sales script of one board: what they use today, which if any, and by when."""
    crm = open_crm(db, "admin", clock)
    try:
        made = crm.run(AddForm(name=name, kind=FormKind.CYCLE, board=board_id(crm, board)))
        form = _id(made)
        first = crm.run(
            AddQuestion(form=form, label="Tem sistema?", type=QuestionType.BOOL, required=required)
        )
        crm.run(AddQuestion(form=form, label="Qual?", only_if=_id(first), only_is="sim"))
        crm.run(AddQuestion(form=form, label="Para quando?", type=QuestionType.DATE))
        return form
    finally:
        crm.store.close()


def _id(outcome: Any) -> int:
    assert type(outcome).__name__ == "Done", outcome
    return int(outcome.entity_id)


def given(ana: Operator, card: int, form: int) -> dict[str, str]:
    return dict(ana.crm.read(views.asked, card, form).raw)


def newest(ana: Operator) -> int:
    """The card that was made last."""
    row = ana.crm.store.reader().execute("SELECT max(id) FROM card").fetchone()
    return int(row[0])


async def new_deal(ana: Operator) -> None:
    await ana.press("N", "o")
    await ana.until(lambda: isinstance(ana.app.screen, FormScreen), "the form is not open")


async def test_the_script_is_answered_in_the_form_of_the_new_card_and_undone_with_it(
    demo_db: Path, clock: Clock
) -> None:
    form = script(demo_db, clock)
    async with at_work(demo_db, clock=clock) as ana:
        await new_deal(ana)
        await ana.sees("Tem sistema?", "Para quando?")
        assert "Qual?" not in ana.text()
        await ana.type("Casa Nova")
        await ana.press("tab", "tab", "tab", "tab", "s")
        await ana.sees("Qual?")
        await ana.press("tab")
        await ana.type("Planilha")
        await ana.press("ctrl+s")
        await ana.sees("u desfaz")
        card = newest(ana)
        assert given(ana, card, form) == {"tem_sistema": "1", "qual": "Planilha"}
        await ana.press("u")
        await ana.sees("Desfeito")
        assert ana.crm.read(views.asked, card, form) is None


async def test_a_script_that_requires_nothing_stops_nobody_on_the_phone(demo_db: Path, clock: Clock) -> None:
    form = script(demo_db, clock)
    async with at_work(demo_db, clock=clock) as ana:
        await new_deal(ana)
        await ana.type("Casa Nova")
        await ana.press("ctrl+s")
        await ana.sees("u desfaz")
        assert given(ana, newest(ana), form) == {}


async def test_a_required_question_is_marked_said_and_gone_to(demo_db: Path, clock: Clock) -> None:
    form = script(demo_db, clock, required=True)
    async with at_work(demo_db, clock=clock) as ana:
        before = newest(ana)
        await new_deal(ana)
        await ana.sees("Tem sistema? *")
        await ana.type("Casa Nova")
        await ana.press("ctrl+s")
        await ana.sees("! Tem sistema? *", "Em Ciclo da venda ainda falta responder Tem sistema?")
        assert newest(ana) == before
        await ana.press("n", "ctrl+s")
        await ana.sees("u desfaz")
        assert given(ana, newest(ana), form) == {"tem_sistema": "0"}


async def test_from_inside_the_note_it_is_answered_and_the_text_goes_on_to_the_letter(
    demo_db: Path, clock: Clock
) -> None:
    form = script(demo_db, clock)
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("ctrl+k")
        await ana.type("OP-0142")
        await ana.press("enter")
        await ana.sees("Padaria Aurora")
        card = int(ana.crm.read(boards.find, "OP-0142")[0].id)
        await ana.press("p")
        await ana.type("Primeira metade")
        await ana.press("left", "left", "ctrl+g")
        await ana.sees("Ciclo de atendimento", "0 de 2")
        await ana.press("a")
        await ana.sees(NAME, "Tem sistema?")
        await ana.press("s", "tab")
        await ana.type("Planilha")
        await ana.press("ctrl+s")
        await ana.sees(f"{NAME}", "Primeira meta")
        assert "desfaz" not in ana.text()  # `u` is a letter here
        await ana.type("X")
        await ana.sees("Primeira metaXde")
        assert given(ana, card, form) == {"tem_sistema": "1", "qual": "Planilha"}
        await ana.press("ctrl+g")
        await ana.sees("2 de 3")


async def test_the_card_says_how_far_and_its_story_what_was_answered(demo_db: Path, clock: Clock) -> None:
    form = script(demo_db, clock)
    async with at_work(demo_db, clock=clock) as ana:
        card = int(ana.crm.read(boards.find, "OP-0142")[0].id)
        await ana.press("ctrl+k")
        await ana.type("OP-0142")
        await ana.press("enter")
        await ana.sees("Formulários 0/2")
        ana.crm.run(AnswerForm(card=card, form=form, answers={"tem_sistema": "sim", "qual": "[b]Planilha"}))
        await ana.press("r")
        await ana.sees("Formulários 2/3", "Tem sistema?: sim", "Qual?: [b]Planilha")
        again = {"qual": "Caderno"}
        ana.crm.run(AnswerForm(card=card, form=form, answers=again))
        await ana.press("r")
        await ana.sees("respondido de novo: Qual?", "Qual?: Caderno")
        assert ana.text().count("Tem sistema?: sim") == 1  # what was left as it was is told once
        await ana.press("right", "right", "right")
        await ana.sees("por ana, 2 de 3")
