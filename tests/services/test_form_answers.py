"""A form answered about a card: at any stage, by whoever may, while it is revised, by two at once. (E38, E41, B66)"""

from __future__ import annotations

from form_house import FULL, add, answered, asked_now, drawn_up, question_of, state, why
from house import House, card_secret, do

from crm_tui.domain.form import QuestionType
from crm_tui.domain.gate import GateKind, Moment
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.i18n import say
from crm_tui.services.board import views as boards
from crm_tui.services.board.commands import ArchiveCard, LoseCard, MoveCard
from crm_tui.services.form import views
from crm_tui.services.form.commands import AddForm, AnswerForm, DeactivateForm, EditQuestion, RemoveQuestion
from crm_tui.services.gate import views as gates
from crm_tui.services.gate.commands import AddGate
from crm_tui.services.trail import views as trails
from crm_tui.services.trail.commands import RedoBatch, UndoBatch


def _answer(house: House, form: int, answers: dict[str, str], **more: int | None) -> AnswerForm:
    return AnswerForm(card=house.card(), form=form, answers=answers, **more)


def _events(house: House) -> list[str]:
    return [e.kind for e in house.open().read(trails.of_card, house.card()) if e.kind.startswith("form.")]


def test_it_is_answered_and_answered_again_from_the_last_answers(house: House) -> None:
    form, crm, card = drawn_up(house), house.open(), house.card()
    assert asked_now(crm, card, form).raw == {}
    first = answered(house, form)
    assert asked_now(crm, card, form).raw == {"tem_verba": "1", "quanto": "12.400,00", "quem_decide": "Dono"}
    second = answered(house, form, quem_decide="socios", quem="Rita")
    asked = asked_now(crm, card, form)
    assert asked.raw == {"tem_verba": "1", "quanto": "12.400,00", "quem_decide": "Sócios", "quem": "Rita"}
    assert (asked.seen, state(crm, card, form).answers) == (second, 2)
    assert crm.read(views.answer_set, first).values["quem_decide"] == "Dono"
    told = crm.read(trails.of_card, card)[0]
    assert (told.kind, told.params["questions"]) == ("form.answered_again", "Quem decide?, Quem?")


def test_what_is_missing_is_named_and_nothing_is_stored(house: House) -> None:
    form, crm = drawn_up(house), house.open()
    outcome = crm.run(_answer(house, form, {"tem_verba": "sim", "quem_decide": "Outro"}))
    assert isinstance(outcome, Refusal)
    assert outcome.fields == ("quanto", "quem")
    assert "Quanto?, Quem?" in say(outcome.reason)
    assert house.rows("SELECT * FROM form_response") == []


def test_a_text_that_is_no_answer_is_refused_by_its_question(house: House) -> None:
    outcome = house.open().run(_answer(house, drawn_up(house), {"tem_verba": "sim", "quanto": "caro"}))
    assert isinstance(outcome, Refusal)
    assert (outcome.fields, outcome.by) == (("quanto",), RefusedBy.INPUT)


def test_an_answer_whose_question_is_not_asked_is_not_kept_and_that_is_said(house: House) -> None:
    form, crm = drawn_up(house), house.open()
    done = do(crm, _answer(house, form, {"tem_verba": "não", "quanto": "500"}))
    assert done.note is not None
    assert "not kept" in say(done.note)
    assert asked_now(crm, house.card(), form).raw == {"tem_verba": "0"}
    assert do(crm, _answer(house, form, {"quem_decide": "Dono"})).note is None


def test_the_same_answers_once_more_are_no_new_ones(house: House) -> None:
    form = drawn_up(house)
    first = answered(house, form)
    again = do(house.open(), _answer(house, form, FULL))
    assert (again.entity_id, again.events) == (first, ())


def test_nothing_answered_and_nothing_to_answer_are_said(house: House) -> None:
    crm = house.open()
    empty = do(crm, AddForm(name="Vazio")).entity_id or 0
    assert "no questions yet" in why(crm.run(_answer(house, empty, {})))
    free = do(crm, AddForm(name="Livre")).entity_id or 0
    add(house, free, "Algo a dizer?")
    assert "Nothing is answered" in why(crm.run(_answer(house, free, {"algo_a_dizer": "  "})))


def test_a_key_that_is_none_names_those_that_are(house: House) -> None:
    outcome = house.open().run(_answer(house, drawn_up(house), {"verba": "sim"}))
    assert "tem_verba, quanto" in why(outcome)


def test_it_is_answered_at_any_stage_and_once_closed_but_not_in_the_archive(house: House) -> None:
    form, crm, card = drawn_up(house), house.open(), house.card()
    do(crm, MoveCard(card=card, stage=house.stage(card, 2)))
    answered(house, form, tem_verba="não")
    reason = house.any_id("loss_reason")
    do(crm, LoseCard(card=card, reason=reason, note="caro"))
    answered(house, form, quem_decide="Dono")
    do(crm, ArchiveCard(card=card))
    assert "archive" in why(crm.run(_answer(house, form, FULL)))
    assert state(crm, card, form).answers == 2


def test_whoever_may_not_edit_the_card_does_not_answer_and_does_not_read(house: House) -> None:
    form = drawn_up(house)
    answered(house, form, owner="edu", tem_verba="não", quem_decide="Outro", quem=card_secret("edu"))
    for login in ("nina", "rui", "bia"):
        crm = house.open(login)
        outcome = crm.run(AnswerForm(card=house.card("edu"), form=form, answers=FULL))
        assert isinstance(outcome, Refusal)
        assert outcome.by in (RefusedBy.PERMISSION, RefusedBy.MISSING_RECORD)
    for login in ("nina", "bia"):
        crm = house.open(login)
        assert crm.read(views.of_card, house.card("edu")) == []
        assert crm.read(views.asked, house.card("edu"), form) is None
        assert crm.read(views.answers, house.card("edu")) == []


def test_a_form_out_of_use_is_read_and_not_answered(house: House) -> None:
    form, crm, card = drawn_up(house), house.open(), house.card()
    unanswered = drawn_up(house, "Outro")
    answered(house, form)
    for each in (form, unanswered):
        do(crm, DeactivateForm(form=each))
    assert "out of use" in why(crm.run(_answer(house, form, {"tem_verba": "não"})))
    assert [each.id for each in crm.read(views.of_card, card)] == [form]
    assert len(crm.read(views.answers, card)) == 1


def test_undo_takes_the_answers_away_and_redo_gives_them_again(house: House) -> None:
    form, crm, card = drawn_up(house), house.open(), house.card()
    answered(house, form)
    second = answered(house, form, quem_decide="Outro", quem="Zé")
    do(crm, UndoBatch())
    assert asked_now(crm, card, form).raw["quem_decide"] == "Dono"
    do(crm, RedoBatch())
    assert asked_now(crm, card, form).seen == second
    do(crm, UndoBatch())
    do(crm, UndoBatch())
    assert state(crm, card, form).answered_at is None


# --- while it is revised, and by two


def test_a_form_revised_while_it_is_answered_is_said_and_what_still_exists_can_be_sent_again(
    house: House,
) -> None:
    form, crm, card = drawn_up(house), house.open(), house.card()
    answered(house, form)
    asked = asked_now(crm, card, form)
    do(house.open("carla"), RemoveQuestion(question=question_of(house, form, "quem")))
    add(house, form, "Prazo?", type=QuestionType.DATE, required=True)
    sent = _answer(house, form, {"quem_decide": "Outro", "quem": "Zé"}, revision=asked.revision)
    outcome = crm.run(sent)
    assert isinstance(outcome, Refusal)
    assert outcome.fields == ("revision",)
    assert "kept" in say(outcome.reason)
    now = asked_now(crm, card, form)
    assert [q.key for q in now.questions] == ["tem_verba", "quanto", "quem_decide", "prazo"]
    kept = {"quem_decide": "Outro"}
    missing = crm.run(_answer(house, form, kept, revision=now.revision))
    assert isinstance(missing, Refusal)
    assert missing.fields == ("prazo",)
    do(crm, _answer(house, form, {**kept, "prazo": "24/11/2026"}, revision=now.revision))


def test_a_question_removed_before_the_first_answer_is_noticed_too(house: House) -> None:
    """Then there is no new revision: the question itself tells."""
    form, crm = drawn_up(house), house.open()
    do(crm, RemoveQuestion(question=question_of(house, form, "quem")))
    sent = {**FULL, "quem_decide": "Outro", "quem": "Zé"}
    outcome = crm.run(_answer(house, form, sent, revision=1))
    assert isinstance(outcome, Refusal)
    assert outcome.fields == ("revision",)


def test_who_answered_meanwhile_is_named_and_both_stay_readable(house: House) -> None:
    form, crm, card = drawn_up(house), house.open(), house.card()
    asked = asked_now(crm, card, form)
    theirs = answered(house, form, login="carla")
    mine = {"tem_verba": "não"}
    outcome = crm.run(_answer(house, form, mine, revision=asked.revision, seen=asked.seen))
    assert isinstance(outcome, Refusal)
    assert outcome.fields == ("seen",)
    assert "carla" in say(outcome.reason)
    do(crm, _answer(house, form, mine, seen=theirs))
    assert [each.by for each in crm.read(views.answers, card, form)] == ["ana", "carla"]
    assert _events(house)[:2] == ["form.answered_again", "form.answered"]


def test_a_card_waits_for_a_form_where_leaving_its_stage_would_ask_for_it(house: House) -> None:
    form, crm, card = drawn_up(house), house.open(), house.card()
    gate = {"kind": GateKind.FORM, "form": form}
    do(crm, AddGate(stage=house.stage(card, 0), moment=Moment.ENTER, **gate))
    do(crm, AddGate(stage=house.stage(card, 2), **gate))
    assert not state(crm, card, form).open, "it has come in already, and the other stage lies ahead"
    do(crm, AddGate(stage=house.stage(card, 0), **gate))
    waits = state(crm, card, form)
    assert (waits.wanted, waits.open) == (crm.read(boards.detail, card).stage, True)
    assert [each.met for each in crm.read(gates.asked, card, house.stage(card, 1))] == [False]
    answered(house, form)
    assert not state(crm, card, form).open


def test_earlier_answers_are_read_at_once_however_many_there_are(house: House) -> None:
    form, crm, card = drawn_up(house), house.open(), house.card()
    for amount in ("1k", "2k", "3k"):
        answered(house, form, tem_verba="sim", quanto=amount)
    reader, asked = crm.store.reader(), list[str]()
    reader.set_trace_callback(asked.append)
    found = crm.read(views.answers, card, form)
    reader.set_trace_callback(None)
    assert [each.values["quanto"] for each in found] == [300_000, 200_000, 100_000]
    assert sum(sql.lstrip().startswith("SELECT") for sql in asked) == 3, asked


def test_answers_taken_back_meanwhile_are_said(house: House) -> None:
    form, crm = drawn_up(house), house.open()
    seen = answered(house, form, login="carla")
    do(house.open("carla"), UndoBatch())
    outcome = crm.run(_answer(house, form, {"quem_decide": "Dono"}, seen=seen))
    assert isinstance(outcome, Refusal)
    assert outcome.fields == ("seen",)


def test_an_answer_of_another_type_is_kept_and_refused_until_it_is_mended(house: House) -> None:
    form, crm, card = drawn_up(house), house.open(), house.card()
    answered(house, form, tem_verba="não", quem_decide="Outro", quem="Zé")
    do(crm, EditQuestion(question=question_of(house, form, "quem"), type=QuestionType.INT))
    assert asked_now(crm, card, form).raw["quem"] == "Zé"
    outcome = crm.run(_answer(house, form, {"tem_verba": "não"}))
    assert isinstance(outcome, Refusal)
    assert outcome.fields == ("quem",)


def test_a_date_of_the_past_can_be_read_again(house: House) -> None:
    form = do(house.open(), AddForm(name="Datas")).entity_id or 0
    add(house, form, "Desde quando?", type=QuestionType.DATE)
    add(house, form, "E mais?")
    answered(house, form, desde_quando="2019-03-01")
    answered(house, form, e_mais="nada")
    assert asked_now(house.open(), house.card(), form).raw["desde_quando"] == "01/03/2019"
