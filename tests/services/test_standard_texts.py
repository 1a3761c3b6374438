"""Standard texts: their codes, whom they are offered to, what is filled in. (B61, B69)"""

from __future__ import annotations

import pytest
from house import House, do
from hypothesis import given
from hypothesis import strategies as st

from crm_tui.domain.canned import VARIABLES, code_of, merge
from crm_tui.domain.outcome import Conflict, Refusal
from crm_tui.services.canned import views
from crm_tui.services.canned.commands import (
    AddStandardText,
    DeactivateStandardText,
    EditStandardText,
    MoveStandardText,
)
from crm_tui.services.casetype.commands import AddCaseType

VALUES = {each.key: f"<{each.key}>" for each in VARIABLES}


def test_a_code_is_one_word_kept_small_and_nobody_elses(house: House) -> None:
    crm = house.open()
    do(crm, AddStandardText(code="/Saúde", name="Saúde", body="Tudo bem?"))
    assert crm.read(views.standard_texts)[-1].code == "saúde"
    for taken in ("saude", "SAÚDE", "/saúde"):
        refusal = crm.run(AddStandardText(code=taken, name="outra", body="x"))
        assert isinstance(refusal, Refusal)
        assert refusal.fields == ("code",)
    for bad in ("duas palavras", "a/b", "/", "é!", "x" * 21):
        assert isinstance(code_of(bad), Refusal), bad


def test_it_needs_a_name_and_words(house: House) -> None:
    crm = house.open()
    for bad in (
        AddStandardText(code="a1", name=" ", body="x"),
        AddStandardText(code="a1", name="x", body="  \n "),
    ):
        assert isinstance(crm.run(bad), Refusal)


def test_those_of_the_cards_service_type_come_first_then_those_of_all(house: House) -> None:
    crm = house.open()
    kind = do(crm, AddCaseType(name="Garantia")).entity_id
    do(crm, AddStandardText(code="troca", name="Troca", body="Trocamos.", case_type=kind))
    codes = [text.code for text in crm.read(views.offered, kind)]
    assert codes == ["troca", "naoatende"]
    unknown = [text.code for text in crm.read(views.offered, None)]
    assert unknown == ["naoatende", "proposta", "resolvido", "troca"]
    text = crm.read(views.standard_texts)[-1]
    do(crm, MoveStandardText(standard_text=text.id, step=-99))
    assert crm.read(views.standard_texts)[0].code == "troca"
    do(crm, DeactivateStandardText(standard_text=text.id))
    assert [each.code for each in crm.read(views.offered, kind)] == ["naoatende"]


def test_two_who_edit_one_text_are_asked_and_a_change_of_nothing_tells_nothing(house: House) -> None:
    crm, text = house.open(), house.open().read(views.standard_texts)[0]
    do(crm, EditStandardText(standard_text=text.id, body="um", version=text.version))
    clash = crm.run(EditStandardText(standard_text=text.id, body="dois", version=text.version))
    assert isinstance(clash, Conflict)
    again = do(crm, EditStandardText(standard_text=text.id, body="um"))
    assert again.events == ()


@pytest.mark.parametrize("each", VARIABLES, ids=lambda each: each.key)
def test_every_variable_has_a_portuguese_and_an_english_name(each: object) -> None:
    assert merge(f"{{{each.pt}}} {{{each.en.upper()}}}", VALUES).text == f"<{each.key}> <{each.key}>"  # type: ignore[attr-defined]


def test_what_a_value_says_is_never_read_as_a_name_again() -> None:
    done = merge("Olá {nome}, {assunto}.", {"name": "{valor}", "subject": "{nome}", "value": "R$ 1"})
    assert done.text == "Olá {valor}, {nome}."
    assert (done.unknown, done.empty) == ((), ())


def test_an_unknown_name_and_an_empty_value_stay_as_they_stand_and_are_told() -> None:
    done = merge("{fulano} {nome} {telefone} {fulano} {} { nome }", {"name": "Rosa"})
    assert done.text == "{fulano} Rosa {telefone} {fulano} {} { nome }"
    assert done.unknown == ("{fulano}",)
    assert done.empty == ("{telefone}",)


@given(st.text())
def test_a_text_without_known_names_is_left_alone(body: str) -> None:
    assert merge(body, {}).text == body
