"""The ciclo de atendimento asked while a card is opened, and what is known of it after that. (B12, B64-B66)"""

from __future__ import annotations

from typing import Any

import form_house
from form_house import why
from house import House, do

from crm_tui.domain.form import FormKind, QuestionType
from crm_tui.domain.outcome import Done, Refusal
from crm_tui.services.board.commands import CopyCard, EditCard, NewCard
from crm_tui.services.casetype.commands import AddCaseType
from crm_tui.services.core.crm import Crm
from crm_tui.services.form import views
from crm_tui.services.form.commands import AddForm, AddQuestion, AnswerForm, DeactivateForm, EditForm
from crm_tui.services.trail.commands import UndoBatch


def script(house: House, name: str = "Ciclo da venda", *, required: bool = False, **more: Any) -> int:
    """A sales script of two questions, the second of which follows from the first."""
    made = do(house.open(), AddForm(name=name, kind=FormKind.CYCLE, **more)).entity_id
    assert made is not None
    first = form_house.add(house, made, "Tem sistema?", type=QuestionType.BOOL, required=required)
    form_house.add(house, made, "Qual?", required=required, only_if=first, only_is="sim")
    return made


def sales(house: House) -> int:
    return int(house.one("SELECT id FROM board WHERE name = 'Vendas'"))


def opened(crm: Crm, board: int, **answers: str) -> Done:
    """A new card there, with answers."""
    return do(crm, NewCard(subject="Casa Nova", board=board, answers=answers))


def progress(crm: Crm, card: int | None) -> list[tuple[int, int, list[str]]]:
    found = crm.read(views.cycles_of, card)
    return [(each.given, each.asked, [q.label for q in each.missing]) for each in found]


def test_answers_come_with_the_card_in_one_batch_and_go_with_it(house: House) -> None:
    form, ana, board = script(house), house.open("ana"), sales(house)
    card = opened(ana, board, tem_sistema="sim", qual="Planilha")
    assert form_house.asked_now(ana, card.entity_id or 0, form).raw == {
        "tem_sistema": "1",
        "qual": "Planilha",
    }
    kinds = [row[0] for row in house.rows("SELECT kind FROM event WHERE batch = ? ORDER BY id", card.batch)]
    assert kinds == ["card.opened", "form.answered"]
    told = house.one("SELECT params FROM event WHERE batch = ? ORDER BY id LIMIT 1", card.batch)
    assert "Planilha" not in told  # the trail tells that it was answered, and the answers stand once
    do(ana, UndoBatch(batch=card.batch))
    assert house.one("SELECT count(*) FROM form_response WHERE card_id = ?", card.entity_id) == 0


def test_a_script_without_a_required_question_holds_nobody_up(house: House) -> None:
    script(house)
    ana = house.open("ana")
    card = opened(ana, sales(house))
    assert progress(ana, card.entity_id) == [(0, 1, [])]
    assert house.one("SELECT count(*) FROM form_response WHERE card_id = ?", card.entity_id) == 0


def test_a_required_question_is_asked_before_the_card_is_there(house: House) -> None:
    form, ana, board = script(house, required=True), house.open("ana"), sales(house)
    before = house.one("SELECT count(*) FROM card")
    refused = ana.run(NewCard(subject="Casa Nova", board=board))
    assert isinstance(refused, Refusal)
    assert why(refused) == "Ciclo da venda still asks for Tem sistema?: answer it."
    assert refused.fields == (f"form-{form}-tem_sistema",)
    again = ana.run(NewCard(subject="Casa Nova", board=board, answers={"tem_sistema": "sim"}))
    assert isinstance(again, Refusal)
    assert again.fields == (f"form-{form}-qual",)
    assert house.one("SELECT count(*) FROM card") == before
    card = opened(ana, board, **{f"form-{form}-tem_sistema": "não"})
    assert progress(ana, card.entity_id) == [(1, 1, [])]


def test_what_is_no_answer_and_what_nobody_asks_are_said_by_name(house: House) -> None:
    form, ana, board = script(house), house.open("ana"), sales(house)
    wrong = ana.run(NewCard(subject="X", board=board, answers={"tem_sistema": "talvez"}))
    assert why(wrong) == "Tem sistema?: “talvez” is neither yes nor no."
    unknown = ana.run(NewCard(subject="X", board=board, answers={"cor": "azul"}))
    assert why(unknown) == "No sales script of this board asks “cor”; they ask: tem_sistema, qual."
    other = script(house, "Ciclo curto")
    both = ana.run(NewCard(subject="X", board=board, answers={"qual": "Planilha"}))
    assert (
        why(both) == f"Several sales scripts ask “qual”: say which, as form-{form}-qual, form-{other}-qual."
    )
    for each in (form, other):
        do(house.open(), DeactivateForm(form=each))
    none = ana.run(NewCard(subject="X", board=board, answers={"qual": "Planilha"}))
    assert why(none) == "This board has no sales script, so nobody asks “qual”: leave it out."


def test_a_script_belongs_to_its_board_and_its_service_type(house: House) -> None:
    board = sales(house)
    support = int(house.one("SELECT id FROM board WHERE id <> ? ORDER BY id LIMIT 1", board))
    installing = do(house.open(), AddCaseType(name="Instalação", board=board)).entity_id
    form = script(house, required=True, board=board, case_type=installing)
    ana = house.open("ana")
    assert [each.form_id for each in ana.read(views.cycles, board, installing)] == [form]
    assert ana.read(views.cycles, board) == []
    assert ana.read(views.cycles, support, installing) == []
    card = opened(ana, board)
    assert progress(ana, card.entity_id) == []
    do(ana, EditCard(card=card.entity_id or 0, case_type=installing))
    assert progress(ana, card.entity_id) == [(0, 1, ["Tem sistema?"])]
    refused = ana.run(NewCard(subject="X", board=board, case_type=installing))
    assert isinstance(refused, Refusal)
    assert refused.fields == (f"form-{form}-tem_sistema",)


def test_a_form_stands_on_no_board_where_its_service_type_never_comes(house: House) -> None:
    board = sales(house)
    other = int(house.one("SELECT id FROM board WHERE id <> ? ORDER BY id LIMIT 1", board))
    installing = do(house.open(), AddCaseType(name="Instalação", board=board)).entity_id
    said = "“Instalação” goes another board's workflow: choose another service type, or no board."
    assert why(house.open().run(AddForm(name="Ciclo", board=other, case_type=installing))) == said
    form = script(house, case_type=installing)
    assert why(house.open().run(EditForm(form=form, board=other))) == said
    do(house.open(), EditForm(form=form, board=other, case_type=None))


def test_a_card_that_comes_of_another_is_asked_nothing(house: House) -> None:
    ana, board = house.open("ana"), sales(house)
    card = opened(ana, board)
    script(house, required=True, board=board)
    copy = do(ana, CopyCard(card=card.entity_id or 0)).entity_id
    assert progress(ana, copy) == [(0, 1, ["Tem sistema?"])]


def test_later_required_ones_are_enforced_and_progress_follows_the_answers(house: House) -> None:
    ana, board = house.open("ana"), sales(house)
    card = opened(ana, board).entity_id or 0
    form = script(house, required=True)
    do(house.open(), AddQuestion(form=form, label="Prazo"))
    assert progress(ana, card) == [(0, 2, ["Tem sistema?"])]
    refused = ana.run(AnswerForm(card=card, form=form, answers={"prazo": "março"}))
    assert why(refused) == "Ciclo da venda still asks for Tem sistema?: answer it."
    do(ana, AnswerForm(card=card, form=form, answers={"prazo": "março", "tem_sistema": "não"}))
    assert progress(ana, card) == [(2, 2, [])]
