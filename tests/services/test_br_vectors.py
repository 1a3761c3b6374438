"""The published Brazilian documents and phones through the door: each writing of one is one person. (M38, M70)"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from house import House, do

from crm_tui.domain.identity import phone, phone_keys, tax_id
from crm_tui.domain.once import Key
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.services.once import views
from crm_tui.services.party.commands import NewParty

VECTORS: dict[str, Any] = json.loads((Path(__file__).parents[1] / "data/br_vectors.json").read_text("utf-8"))


def test_each_kind_of_the_vectors_is_held_by_some_test() -> None:
    told = {"note_cpf", "cnpj_receita_example"}
    assert VECTORS.keys() - told == {
        "cnpj_valid",
        "cnpj_invalid",
        "cpf_valid",
        "cpf_invalid",
        "phones_BR",
        "phones_BR_special",
    }
    assert tax_id(VECTORS["cnpj_receita_example"].split()[0]) is not None


@pytest.mark.parametrize("text", [*VECTORS["cnpj_valid"], *VECTORS["cpf_valid"]])
def test_a_valid_document_blocks_a_second_one_however_it_is_written(house: House, text: str) -> None:
    done = do(house.open(), NewParty(name="Primeira Vez", document=text))
    found = tax_id(text)
    assert found is not None
    with house.open().store.writing() as connection:
        connection.execute("UPDATE duplicate_rule SET active = 1")
    for written in (text, found.number, found.number.lower()):
        refused = house.open("bia").run(NewParty(name="Outra Coisa", document=written))
        assert isinstance(refused, Refusal)
        assert (refused.by, "document" in refused.fields) == (RefusedBy.RULE, True)
        (known,) = house.open().read(views.known, document=written)
        assert (known.id, known.by) == (done.entity_id, (Key.DOCUMENT,))


@pytest.mark.parametrize("text", [*VECTORS["cnpj_invalid"], *VECTORS["cpf_invalid"]])
def test_an_invalid_document_is_refused_and_finds_nobody(house: House, text: str) -> None:
    refused = house.open().run(NewParty(name="Primeira Vez", document=text))
    assert isinstance(refused, Refusal)
    assert (refused.by, refused.fields) == (RefusedBy.INPUT, ("document",))
    assert house.open().read(views.known, document=text) == []


@pytest.mark.parametrize(("text", "e164"), VECTORS["phones_BR"].items())
def test_a_phone_is_known_however_it_is_written(house: House, text: str, e164: str) -> None:
    done = do(house.open(), NewParty(name="Primeira Vez", phone=text))
    assert house.one(f"SELECT normalized FROM contact_point WHERE party_id = {done.entity_id}") == e164
    for written in (text, e164, *phone_keys(e164)):
        (known,) = house.open().read(views.known, phone=written)
        assert (known.id, known.by) == (done.entity_id, (Key.PHONE,))


def test_the_forms_that_libphonenumber_refuses_are_what_their_notes_say(house: House) -> None:
    said = {text: (found.e164 if (found := phone(text)) else None) for text in VECTORS["phones_BR_special"]}
    assert said == {
        "(11) 8765-4321": "+5511987654321",
        "551187654321": "+5511987654321",
        "98765-4321": None,
        "11 98765.4321 ramal 12": "+5511987654321",
        "190": None,
    }
    done = do(house.open(), NewParty(name="Primeira Vez", phone="(11) 98765-4321"))
    for text, e164 in said.items():
        found = house.open().read(views.known, phone=text)
        assert [each.id for each in found] == ([done.entity_id] if e164 else [])
