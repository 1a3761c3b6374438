"""Forms and their questions as settings make them: names, order, conditions, revisions. (B64, B65)"""

from __future__ import annotations

import pytest
from form_house import add, answered, asked_now, drawn_up, question_of, why
from house import House, do

from crm_tui.domain.form import QuestionType
from crm_tui.domain.outcome import Conflict, Done, Refusal
from crm_tui.services.form import registers, views
from crm_tui.services.form.commands import (
    AddForm,
    AddQuestion,
    AnswerForm,
    DeactivateForm,
    EditForm,
    EditQuestion,
    MoveForm,
    MoveQuestion,
    ReactivateForm,
    RemoveQuestion,
)
from crm_tui.services.trail.commands import RedoBatch, UndoBatch


def _labels(house: House, form: int) -> list[str]:
    return [question.label for question in house.open().read(views.preview, form).questions]


def _revision(house: House, form: int) -> int:
    return int(house.one("SELECT revision FROM form WHERE id = ?", form))


def _gate(house: House, form: int, stage: int, *, enabled: bool = True) -> None:
    with house.open().store.writing() as connection:
        connection.execute(
            "INSERT INTO stage_gate (stage_id, moment, kind, form_id, position, enabled, version) "
            "VALUES (?, 'leave', 'form', ?, 1, ?, 1)",
            (stage, form, enabled),
        )


def test_forms_are_named_ordered_taken_out_of_use_and_put_back(house: House) -> None:
    crm = house.open()
    first, second = drawn_up(house), drawn_up(house, "Visita")
    assert "already" in why(crm.run(AddForm(name=" VISITA ")))
    do(crm, MoveForm(form=second, step=-1))
    assert [o.label for o in crm.read(views.pick_form, "")] == ["Visita", "Qualificação"]
    do(crm, EditForm(form=first, name="Qualificar"))
    do(crm, DeactivateForm(form=first))
    assert [o.label for o in crm.read(views.pick_form, "")] == ["Visita"]
    assert "already" in why(crm.run(DeactivateForm(form=first)))
    assert [row.active for row in crm.read(registers.form_register)] == [True, False]
    do(crm, ReactivateForm(form=first))
    assert "already" in why(crm.run(ReactivateForm(form=first)))


def test_two_who_rename_one_form_are_told_of_each_other(house: House) -> None:
    form = drawn_up(house)
    seen = house.version("form", form)
    do(house.open("carla"), EditForm(form=form, name="A", version=seen))
    assert isinstance(house.open().run(EditForm(form=form, name="B", version=seen)), Conflict)


def test_a_form_that_a_stage_asks_for_stays_in_use_and_keeps_its_last_question(house: House) -> None:
    crm, stage = house.open(), house.any_id("stage")
    form = do(crm, AddForm(name="Visita")).entity_id or 0
    only = add(house, form, "Como foi?")
    _gate(house, form, stage)
    name, board = house.rows(
        "SELECT s.name, b.name FROM stage s JOIN board b ON b.id = s.board_id WHERE s.id = ?", stage
    )[0]
    for command in (DeactivateForm(form=form), RemoveQuestion(question=only)):
        told = why(crm.run(command))
        assert name in told
        assert board in told
    with crm.store.writing() as connection:
        connection.execute("UPDATE stage_gate SET enabled = 0")
    do(crm, DeactivateForm(form=form))


def test_a_stage_of_a_hidden_board_is_not_named(house: House) -> None:
    form, stage = drawn_up(house), house.any_id("stage")
    _gate(house, form, stage)
    with house.open().store.writing() as connection:
        connection.execute("UPDATE board SET restricted = 1")
    told = why(house.open("carla").run(DeactivateForm(form=form)))
    assert house.one("SELECT name FROM stage WHERE id = ?", stage) not in told
    assert "do not see" in told


def test_a_question_has_a_key_of_its_own_for_good(house: House) -> None:
    form = drawn_up(house)
    second = add(house, form, "Quem?")
    do(house.open(), EditQuestion(question=second, label="Quem mais?"))
    do(house.open(), RemoveQuestion(question=question_of(house, form, "quem")))
    keys = [question.key for question in house.open().read(views.preview, form).questions]
    assert keys == ["tem_verba", "quanto", "quem_decide", "quem_2"]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"label": "  "}, "label"),
        ({"type": QuestionType.CHOICE, "options": "só uma"}, "options"),
        ({"only_is": "sim"}, "only_if"),
    ],
)
def test_what_is_no_question_is_refused_by_its_field(
    house: House, more: dict[str, object], field: str
) -> None:
    form = drawn_up(house)
    outcome = house.open().run(AddQuestion(**{"form": form, "label": "Nova?", **more}))
    assert isinstance(outcome, Refusal)
    assert outcome.fields == (field,)


def test_a_question_depends_on_an_earlier_one_of_its_form_alone(house: House) -> None:
    form, other = drawn_up(house), drawn_up(house, "Outro")
    crm = house.open()
    foreign = question_of(house, other, "tem_verba")
    assert "before this one" in why(
        crm.run(AddQuestion(form=form, label="x", only_if=foreign, only_is="sim"))
    )
    first, last = question_of(house, form, "tem_verba"), question_of(house, form, "quem")
    assert "before this one" in why(crm.run(EditQuestion(question=first, only_if=last, only_is="x")))
    assert "before this one" in why(crm.run(EditQuestion(question=last, only_if=last, only_is="x")))
    answer = crm.run(EditQuestion(question=last, only_if=first, only_is="talvez"))
    assert isinstance(answer, Refusal)
    assert answer.fields == ("only_is",)


def test_the_order_keeps_what_depends_behind_what_it_depends_on(house: House) -> None:
    form = drawn_up(house)
    crm = house.open()
    assert "stays behind" in why(crm.run(MoveQuestion(question=question_of(house, form, "quanto"), step=-1)))
    assert "stays behind" in why(
        crm.run(MoveQuestion(question=question_of(house, form, "tem_verba"), step=9))
    )
    do(crm, MoveQuestion(question=question_of(house, form, "quem_decide"), step=-9))
    assert _labels(house, form) == ["Quem decide?", "Tem verba?", "Quanto?", "Quem?"]
    do(crm, UndoBatch())
    assert _labels(house, form)[0] == "Tem verba?"


def test_what_others_wait_for_is_neither_removed_nor_made_unanswerable(house: House) -> None:
    form = drawn_up(house)
    crm, choice = house.open(), question_of(house, form, "quem_decide")
    assert "Quem?" in why(crm.run(RemoveQuestion(question=choice)))
    assert "Quem?" in why(crm.run(EditQuestion(question=choice, options="Dono, Outro")))
    assert "Quanto?" in why(
        crm.run(EditQuestion(question=question_of(house, form, "tem_verba"), type=QuestionType.INT))
    )
    do(crm, EditQuestion(question=choice, options="Dono, Sócios, Outro, Ninguém"))
    do(crm, RemoveQuestion(question=question_of(house, form, "quem")))
    do(crm, RemoveQuestion(question=choice))


def test_what_is_not_said_of_a_condition_stays(house: House) -> None:
    form = drawn_up(house)
    crm, amount = house.open(), question_of(house, form, "quanto")
    do(crm, EditQuestion(question=amount, label="Quanto, em reais?"))
    do(crm, EditQuestion(question=amount, only_is="não"))
    shown_if = crm.read(views.preview, form).questions[1].shown_if
    assert (shown_if.key, shown_if.values) == ("tem_verba", (False,))
    do(crm, EditQuestion(question=amount, only_if=None, only_is="0"))
    assert crm.read(views.preview, form).questions[1].shown_if is None


def test_a_form_holds_so_many_questions_and_no_more(house: House) -> None:
    form = do(house.open(), AddForm(name="Longo")).entity_id or 0
    for n in range(60):
        add(house, form, f"P{n}")
    assert "60" in why(house.open().run(AddQuestion(form=form, label="mais uma")))


# --- revisions


def test_before_it_is_answered_a_form_is_free_to_change(house: House) -> None:
    form = drawn_up(house)
    amount = question_of(house, form, "quanto")
    do(house.open(), EditQuestion(question=amount, label="Qual o valor?"))
    do(house.open(), RemoveQuestion(question=question_of(house, form, "quem")))
    add(house, form, "Prazo?", type=QuestionType.DATE)
    assert _revision(house, form) == 1
    assert question_of(house, form, "quanto") == amount
    assert house.one("SELECT count(*) FROM field_def WHERE form_id = ?", form) == 4


def test_each_answer_set_shows_the_questions_as_they_were(house: House) -> None:
    form, crm, card = drawn_up(house), house.open(), house.card()
    first = answered(house, form)
    do(crm, EditQuestion(question=question_of(house, form, "quanto"), label="Qual o valor?"))
    do(crm, RemoveQuestion(question=question_of(house, form, "quem")))
    add(house, form, "Prazo?", type=QuestionType.DATE)
    assert _revision(house, form) == 4
    second = answered(house, form, quanto="5k", prazo="24/11/2026")
    then, now = crm.read(views.answer_set, first), crm.read(views.answer_set, second)
    assert [q.label for q in then.questions] == ["Tem verba?", "Quanto?", "Quem decide?"]
    assert [q.label for q in now.questions] == ["Tem verba?", "Qual o valor?", "Quem decide?", "Prazo?"]
    assert (then.values["quanto"], now.values["quanto"]) == (1_240_000, 500_000)
    assert (then.revision, now.revision) == (1, 4)
    assert [each.id for each in crm.read(views.answers, card, form)] == [second, first]


def test_a_question_that_was_changed_meanwhile_is_not_changed_by_its_old_name(house: House) -> None:
    form = drawn_up(house)
    answered(house, form)
    old = question_of(house, form, "quanto")
    do(house.open(), EditQuestion(question=old, label="Qual o valor?"))
    for command in (EditQuestion(question=old, label="Preço?"), RemoveQuestion(question=old)):
        assert "meanwhile" in why(house.open("carla").run(command))


def test_a_revision_never_comes_back_by_undo(house: House) -> None:
    """An answer of then would seem to be one to the questions of later."""
    form, crm = drawn_up(house), house.open()
    answered(house, form)
    do(crm, EditQuestion(question=question_of(house, form, "quanto"), label="Qual o valor?"))
    do(crm, UndoBatch())
    assert _labels(house, form)[1] == "Quanto?"
    assert _revision(house, form) == 2
    do(crm, RedoBatch())
    assert _labels(house, form)[1] == "Qual o valor?"
    do(crm, UndoBatch())
    do(crm, EditQuestion(question=question_of(house, form, "quanto"), label="Preço?"))
    assert _revision(house, form) == 3
    assert asked_now(crm, house.card(), form).raw["quanto"] == "12.400,00"


def test_a_question_that_was_answered_is_not_undone(house: House) -> None:
    form, crm = drawn_up(house), house.open()
    batch = do(crm, AddQuestion(form=form, label="Prazo?")).batch
    answered(house, form, tem_verba="não", prazo="logo")
    assert isinstance(crm.run(UndoBatch(batch=batch)), Refusal)
    assert isinstance(crm.run(AnswerForm(card=house.card(), form=form, answers={"prazo": "já"})), Done)
