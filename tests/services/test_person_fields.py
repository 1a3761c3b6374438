"""Fields of one's own on people: the questions of forms that are answered about a person. (M48)"""

from __future__ import annotations

import io
from datetime import UTC, date
from typing import Any

import form_house
import pytest
from form_house import why
from house import House, do

from crm_tui.connectors import tables_out
from crm_tui.domain.export import Asked, Format, What, chosen
from crm_tui.domain.filter import Filter, FilterError, Place, read
from crm_tui.domain.form import QuestionType, Value
from crm_tui.domain.gate import GateKind
from crm_tui.domain.outcome import Refusal
from crm_tui.i18n import say
from crm_tui.services.board.commands import NewCard
from crm_tui.services.core.crm import Crm
from crm_tui.services.export import views as exports
from crm_tui.services.filter import views as filters
from crm_tui.services.form import registers, views
from crm_tui.services.form.commands import (
    AddForm,
    AnswerForm,
    DeactivateForm,
    EditForm,
    EditQuestion,
    FillPerson,
)
from crm_tui.services.gate.commands import AddGate
from crm_tui.services.party import views as people
from crm_tui.services.party.commands import NewParty
from crm_tui.services.trail import views as trails
from crm_tui.services.trail.commands import RedoBatch, UndoBatch


def profile(house: House) -> int:
    """A form of people's fields: a choice, a flag, and a text that only the flag asks for."""
    form = do(house.open(), AddForm(name="Perfil", on_person=True)).entity_id
    assert form is not None
    form_house.add(house, form, "Porte", type=QuestionType.CHOICE, options="Pequeno, Médio, Grande")
    flag = form_house.add(house, form, "Tem sistema?", type=QuestionType.BOOL)
    form_house.add(house, form, "Qual sistema?", required=True, only_if=flag, only_is="sim")
    return form


def known(crm: Crm, party: int) -> dict[str, Value | None]:
    return {
        each.question.key: each.value for form in crm.read(views.of_person, party) for each in form.fields
    }


def fill(crm: Crm, party: int, form: int, seen: int | None = None, **answers: str) -> Any:
    return crm.run(FillPerson(party=party, form=form, answers=answers, seen=seen))


def test_a_field_of_a_person_is_filled_in_told_undone_and_done_again(house: House) -> None:
    form, ana, party = profile(house), house.open("ana"), house.party("ana")
    assert known(ana, party) == {"porte": None, "tem_sistema": None}
    fill(ana, party, form, porte="médio")
    fill(ana, party, form, tem_sistema="sim", qual_sistema="Planilha")
    assert known(ana, party) == {"porte": "Médio", "tem_sistema": True, "qual_sistema": "Planilha"}
    told = ana.read(trails.of_party, party)[0]
    assert told.kind == "form.answered_again"
    assert "Tem sistema?" in str(told.params)
    do(ana, UndoBatch())
    assert known(ana, party) == {"porte": "Médio", "tem_sistema": None}
    do(ana, RedoBatch())
    assert known(ana, party)["qual_sistema"] == "Planilha"
    assert ana.read(views.answers_of_person, party)[0].card == house.one(
        "SELECT code FROM party WHERE id = ?", party
    )


def test_what_is_required_is_asked_for_and_what_is_no_answer_refused_by_its_field(house: House) -> None:
    form, ana, party = profile(house), house.open("ana"), house.party("ana")
    outcome = fill(ana, party, form, tem_sistema="sim")
    assert isinstance(outcome, Refusal)
    assert outcome.fields == ("qual_sistema",)
    assert isinstance(fill(ana, party, form, porte="enorme"), Refusal)
    assert known(ana, party) == {"porte": None, "tem_sistema": None}


def test_what_a_condition_does_not_ask_for_is_refused_and_not_dropped_without_a_word(house: House) -> None:
    form, ana, party = profile(house), house.open("ana"), house.party("ana")
    do(ana, FillPerson(party=party, form=form, answers={"porte": "Grande"}))
    outcome = fill(ana, party, form, qual_sistema="Planilha")
    assert isinstance(outcome, Refusal)
    assert outcome.fields == ("qual_sistema",)
    assert say(outcome.reason).startswith("Qual sistema? is not asked here")
    do(ana, FillPerson(party=party, form=form, answers={"tem_sistema": "não", "qual_sistema": "Planilha"}))
    assert known(ana, party) == {"porte": "Grande", "tem_sistema": False}


def test_a_field_that_was_filled_in_may_be_emptied(house: House) -> None:
    form, ana, party = profile(house), house.open("ana"), house.party("ana")
    assert isinstance(fill(ana, party, form, porte=""), Refusal)
    do(ana, FillPerson(party=party, form=form, answers={"porte": "Grande"}))
    do(ana, FillPerson(party=party, form=form, answers={"porte": ""}))
    assert known(ana, party) == {"porte": None, "tem_sistema": None}


def test_two_who_change_different_fields_both_keep_theirs_and_of_one_field_the_second_is_told(
    house: House,
) -> None:
    form, ana, party = profile(house), house.open("ana"), house.party("ana")
    first = do(ana, FillPerson(party=party, form=form, answers={"porte": "Médio"})).entity_id
    do(house.open(), FillPerson(party=party, form=form, answers={"porte": "Grande"}, seen=first))
    both = {"porte": "Médio", "tem_sistema": "não"}
    do(ana, FillPerson(party=party, form=form, answers=both, seen=first))
    assert known(ana, party) == {"porte": "Grande", "tem_sistema": False}
    outcome = fill(ana, party, form, seen=first, porte="Pequeno")
    assert isinstance(outcome, Refusal)
    assert outcome.fields == ("seen",)
    assert known(ana, party)["porte"] == "Grande"


def test_what_was_filled_in_is_seen_by_who_sees_the_person_alone(house: House) -> None:
    form, edu = profile(house), house.party("edu")
    do(house.open(), FillPerson(party=edu, form=form, answers={"porte": "Médio"}))
    assert house.open("nina").read(views.of_person, edu) == []
    assert house.open("nina").read(views.answers_of_person, edu) == []
    assert isinstance(fill(house.open("nina"), edu, form, porte="Grande"), Refusal)


def test_a_form_is_about_cards_or_about_people(house: House) -> None:
    form, crm, card, party = profile(house), house.open(), house.card("ana"), house.party("ana")
    assert "about people" in why(crm.run(AnswerForm(card=card, form=form, answers={"porte": "Médio"})))
    assert form not in [each.id for each in crm.read(views.of_card, card)]
    assert form not in [each.value for each in crm.read(views.pick_form, "")]
    gate = AddGate(stage=house.any_id("stage"), kind=GateKind.FORM, form=form)
    assert "about people" in why(crm.run(gate))
    other = form_house.drawn_up(house)
    assert "about cards" in why(fill(crm, party, other, tem_verba="não"))
    board = house.any_id("board")
    assert "no card" in why(crm.run(AddForm(name="x", on_person=True, board=board)))
    assert "no card" in why(crm.run(EditForm(form=form, on_card=True)))
    do(crm, EditForm(form=form, on_person=False))
    do(crm, EditForm(form=form, on_person=True))
    do(crm, FillPerson(party=party, form=form, answers={"porte": "Médio"}))
    assert "answered already" in why(crm.run(EditForm(form=form, on_person=False)))
    row = next(row for row in crm.read(registers.form_register) if row.id == form)
    assert row.raw["on_person"] == "1"


def test_the_fields_of_a_new_person_come_with_them_in_one_batch_and_go_with_it(house: House) -> None:
    form, ana = profile(house), house.open("ana")
    made = do(ana, NewParty(name="Casa Nova", answers={"porte": "medio", "tem_sistema": "não"}))
    party = made.entity_id or 0
    assert known(ana, party) == {"porte": "Médio", "tem_sistema": False}
    kinds = [row[0] for row in house.rows("SELECT kind FROM event WHERE batch = ? ORDER BY id", made.batch)]
    assert kinds == ["party.added", "form.answered"]
    told = house.one("SELECT params FROM event WHERE batch = ? ORDER BY id LIMIT 1", made.batch)
    assert "Médio" not in told
    do(ana, UndoBatch(batch=made.batch))
    assert house.one("SELECT count(*) FROM form_response WHERE party_id = ?", party) == 0
    do(ana, RedoBatch())
    assert known(ana, party)["porte"] == "Médio"
    assert "no further field" in why(ana.run(NewParty(name="Outra", answers={"altura": "3"})))
    do(house.open(), DeactivateForm(form=form))
    assert "no further fields" in why(ana.run(NewParty(name="Outra", answers={"porte": "Médio"})))


def test_a_new_person_waits_for_what_is_required_and_who_comes_along_with_a_card_does_not(
    house: House,
) -> None:
    form, ana = profile(house), house.open("ana")
    form_house.add(house, form, "Segmento", required=True)
    outcome = ana.run(NewParty(name="Casa Nova", answers={"porte": "enorme"}))
    assert isinstance(outcome, Refusal)
    assert outcome.fields == (f"form-{form}-porte",)
    outcome = ana.run(NewParty(name="Casa Nova", answers={"porte": "Grande"}))
    assert isinstance(outcome, Refusal)
    assert outcome.fields == (f"form-{form}-segmento",)
    assert house.rows("SELECT 1 FROM party WHERE name = 'Casa Nova'") == []
    do(ana, NewCard(subject="Balcão", board=house.any_id("board"), party_name="Casa Nova"))
    assert house.rows("SELECT 1 FROM party WHERE name = 'Casa Nova'") != []
    made = do(ana, NewParty(name="Casa Nova 2", answers={f"form-{form}-segmento": "=1+1"}))
    assert known(ana, made.entity_id or 0)["segmento"] == "=1+1"


@pytest.mark.parametrize("label", ["[bold]Porte[/]", "\x1b[31mPorte"])
def test_poisoned_words_are_kept_as_text(house: House, label: str) -> None:
    form, ana, party = profile(house), house.open("ana"), house.party("ana")
    do(house.open(), EditQuestion(question=form_house.question_of(house, form, "porte"), label=label))
    field = ana.read(views.of_person, party)[0].fields[0]
    assert "\x1b" not in field.question.label
    assert "Porte" in field.question.label


def found_by(crm: Crm, line: str, place: Place = Place.PEOPLE) -> list[int]:
    """The people whom a line finds, in its order."""
    answer = read(line, crm.read(filters.world, place, "pt-BR"))
    assert isinstance(answer, Filter), answer
    return [hit.id for hit in crm.read(people.search, "", found=answer, whole=True).hits]


def test_people_are_found_and_sorted_by_their_own_fields_as_they_are_now(house: House) -> None:
    form, crm = profile(house), house.open()
    form_house.add(house, form, "Caixas", type=QuestionType.INT)
    first, second = house.party("ana"), house.party("edu")
    do(crm, FillPerson(party=first, form=form, answers={"porte": "Médio", "caixas": "3"}))
    do(
        crm,
        FillPerson(
            party=second, form=form, answers={"porte": "Grande", "caixas": "12", "tem_sistema": "não"}
        ),
    )
    assert found_by(crm, "campo.porte:medio") == [first]
    assert found_by(crm, "campo.caixas:>5") == [second]
    assert found_by(crm, "com:campo.tem_sistema campo.tem_sistema:não") == [second]
    assert found_by(crm, "com:campo.caixas ordem:campo.caixas-") == [second, first]
    do(crm, FillPerson(party=first, form=form, answers={"porte": "Grande"}))
    assert found_by(crm, "campo.porte:medio") == []
    do(crm, UndoBatch())
    assert found_by(crm, "campo.porte:medio") == [first]


def test_a_filter_knows_what_may_be_said_of_each_type_of_question() -> None:
    assert set(filters.OWN_KINDS) == {each.value for each in QuestionType}


def test_a_card_is_found_by_its_persons_fields_and_by_its_own(house: House) -> None:
    form, crm, card = profile(house), house.open(), house.card("ana")
    on_card = do(crm, AddForm(name="Ambiente", on_card=True)).entity_id
    assert on_card is not None
    form_house.add(house, on_card, "Ambiente")
    do(crm, FillPerson(party=house.party("ana"), form=form, answers={"porte": "Médio"}))
    do(crm, AnswerForm(card=card, form=on_card, answers={"ambiente": "Loja de rua"}))
    board = house.one("SELECT board_id FROM card WHERE id = ?", card)
    for line in ("campo.porte:medio", "campo.ambiente:rua"):
        answer = read(line, crm.read(filters.world, Place.BOARD, "pt-BR"))
        assert isinstance(answer, Filter)
        assert sum(len(stage.ids) for stage in crm.read(filters.board, board, answer).stages) == 1
    assert isinstance(read("campo.ambiente:rua", crm.read(filters.world, Place.PEOPLE, "pt-BR")), FilterError)


def keys_of(house: House, form: int) -> list[str]:
    return [row[0] for row in house.rows("SELECT key FROM field_def WHERE form_id = ? ORDER BY id", form)]


def exported(house: House, login: str, *keys: str) -> dict[str, tuple[object, ...]]:
    """What `export people` writes of fields of one's own, by name."""
    crm = house.open() if login == "admin" else house.open(login)
    asked = Asked(What.PEOPLE, own=keys)
    return {row[2]: row[-len(keys) :] for row in exports.every(crm.read, asked)}


def test_fields_of_people_are_columns_of_their_file_for_who_sees_the_person(house: House) -> None:
    form, crm = profile(house), house.open()
    form_house.add(house, form, "Desde", type=QuestionType.DATE)
    form_house.add(house, form, "Paga", type=QuestionType.MONEY)
    form_house.add(house, form, "Usa", type=QuestionType.MULTI, options="Pix, Boleto")
    form_house.add(house, form, "=1+1 {x}")
    answers = {"porte": "Médio", "desde": "2026-11-24", "paga": "12,50", "usa": "pix, boleto"}
    do(
        crm,
        FillPerson(
            party=house.party("ana"), form=form, answers={**answers, keys_of(house, form)[-1]: "@SUM(A1)"}
        ),
    )
    do(crm, FillPerson(party=house.party("edu"), form=form, answers={"porte": "Grande", "tem_sistema": "n"}))
    columns = crm.read(exports.own)
    assert [column.told for column in columns][-1] == "=1+1 {x}"
    keys = [column.key for column in columns]
    assert keys[:3] == ["campo.porte", "campo.tem_sistema", "campo.qual_sistema"]
    names = ("campo.porte", "campo.desde", "campo.paga", "campo.usa", "campo.tem_sistema")
    told = exported(house, "ana", *names)
    assert ("Médio", date(2026, 11, 24), 1250, ("Pix", "Boleto"), None) in told.values()
    assert not [row for row in exported(house, "bia", *names).values() if row[0] == "Grande"]
    assert ("Grande", None, None, None, False) in exported(house, "admin", *names).values()
    file = io.BytesIO()
    table = chosen(What.PEOPLE, ("name", keys[-1]), columns)
    rows = exports.picked(
        exports.every(crm.read, Asked(What.PEOPLE, own=(keys[-1],))),
        Asked(What.PEOPLE, own=(keys[-1],)),
        table,
    )
    tables_out.pour(file, table, rows, Format.CSV, zone=UTC)
    written = file.getvalue().decode("utf-8-sig")
    assert "'=1+1 {x}" in written.splitlines()[0]
    assert "'@SUM(A1)" in written


def test_a_list_is_told_the_fields_that_it_shows_of_whom_its_reader_sees(house: House) -> None:
    form, crm = profile(house), house.open()
    mine, edu = house.party("ana"), house.party("edu")
    do(crm, FillPerson(party=mine, form=form, answers={"porte": "Médio", "tem_sistema": "não"}))
    do(crm, FillPerson(party=edu, form=form, answers={"porte": "Grande"}))
    second = do(crm, AddForm(name="Outro", on_person=True)).entity_id or 0
    form_house.add(house, second, "Porte", type=QuestionType.INT)
    do(crm, FillPerson(party=edu, form=second, answers={"porte": "7"}))
    do(crm, FillPerson(party=mine, form=second, answers={"porte": "8"}))
    names = [(each.key, each.type) for each in crm.read(views.own_of_people)]
    assert names == [
        ("porte", QuestionType.CHOICE),
        ("tem_sistema", QuestionType.BOOL),
        ("qual_sistema", QuestionType.TEXT),
    ]

    def told(crm: Crm, *keys: str) -> dict[int, dict[str, Value]]:
        found = crm.read(views.own_values, [mine, edu], list(keys))
        return {party: {key: value for key, (_, value) in of.items()} for party, of in found.items()}

    assert told(crm, "porte", "tem_sistema") == {
        mine: {"porte": "Médio", "tem_sistema": False},
        edu: {"porte": "Grande"},
    }
    assert told(crm) == {}
    assert told(house.open("nina"), "porte") == {}
    do(crm, DeactivateForm(form=form))
    assert told(crm, "porte") == {mine: {"porte": 8}, edu: {"porte": 7}}
    assert crm.read(views.own_values, [edu], ["porte"])[edu]["porte"][0].type is QuestionType.INT


def test_people_stand_by_words_of_a_field_of_ones_own_whatever_its_answers_are(house: House) -> None:
    form, crm = profile(house), house.open()
    first, second, third = house.party("ana"), house.party("edu"), house.party("bia")
    form_house.add(house, form, "Segmento")
    for party, words in ((first, "Óleo"), (second, "padaria"), (third, "Oficina")):
        do(crm, FillPerson(party=party, form=form, answers={"segmento": words}))
    assert found_by(crm, "com:campo.segmento ordem:campo.segmento") == [third, first, second]
    assert found_by(crm, "ordem:campo.segmento-")[:3] == [second, first, third]
    other = do(crm, AddForm(name="Outro", on_person=True)).entity_id or 0
    form_house.add(house, other, "Segmento", type=QuestionType.INT)
    do(crm, FillPerson(party=second, form=other, answers={"segmento": "3"}))
    assert found_by(crm, "com:campo.segmento ordem:campo.segmento") == [second, third, first]
    answer = read("com:campo.segmento ordem:campo.segmento", crm.read(filters.world, Place.PEOPLE, "pt-BR"))
    assert isinstance(answer, Filter)
    assert [hit.id for hit in crm.read(people.search, "", found=answer).hits] == [second, third, first]
