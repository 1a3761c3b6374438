"""Localizar's answers: any part of a number, slips forgiven, in the order of use; and nothing behind a wall."""

from __future__ import annotations

import pytest
from house import House, card_secret, do, party_secret

from crm_tui.services.board import views as boards
from crm_tui.services.board.commands import DeleteCard, EditBoard
from crm_tui.services.core.crm import Crm
from crm_tui.services.note import views as notes
from crm_tui.services.note.commands import AmendNote, FileNote, VoidNote
from crm_tui.services.party import views as parties
from crm_tui.services.party.commands import EditParty, NewParty


def add(crm: Crm, name: str, **more: str) -> int:
    return do(crm, NewParty(name=name, **more)).entity_id or 0


def names(crm: Crm, words: str) -> list[str]:
    return [hit.name for hit in crm.read(parties.search, words).hits]


@pytest.fixture
def crm(house: House) -> Crm:
    crm = house.open()
    add(crm, "Wanderlei Quintela", phone="(11) 97653-1842", email="compras@padariaquintela.com.br")
    add(crm, "Conceição Vasconcelos", phone="(21) 3344-5566")
    return crm


@pytest.mark.parametrize("part", ["6531", "5318", "531842", "7653-18", "quintel", "ariaquin", "@padaria"])
def test_any_part_of_a_phone_or_an_address_finds_and_is_told(crm: Crm, part: str) -> None:
    found = crm.read(parties.search, part)
    assert [hit.name for hit in found.hits] == ["Wanderlei Quintela"]
    if part == "5318":
        assert found.by == {found.hits[0].id: "+5511976531842"}


@pytest.mark.parametrize("last", ["\U0010ffff", "\U0010ffff" * 3, "Xyz\U0010ffff", "\ud7ff", "@\U0010ffff"])
def test_behind_the_last_sign_of_all_nothing_is_looked_for(crm: Crm, last: str) -> None:
    assert names(crm, last) == []


def test_three_figures_in_the_middle_are_too_few(crm: Crm) -> None:
    assert names(crm, "531") == []


@pytest.mark.parametrize("typed", ["vanderley quintela", "wanderlie", "quitnela", "wanderl quntela"])
def test_small_slips_are_forgiven(crm: Crm, typed: str) -> None:
    assert names(crm, typed) == ["Wanderlei Quintela"]


def test_a_slip_is_forgiven_only_where_the_word_itself_finds_little(crm: Crm) -> None:
    for n in range(5):
        add(crm, f"Vanderleia Prado {n}")
    assert "Wanderlei Quintela" not in names(crm, "vanderleia")
    assert names(crm, "vanderleia prado 3")[0] == "Vanderleia Prado 3"


def test_four_letters_are_taken_as_they_stand(crm: Crm) -> None:
    add(crm, "Olga Brum")
    assert names(crm, "olgo") == []


def test_exact_comes_before_begun_and_begun_before_part_and_slip(crm: Crm) -> None:
    for name in ("Marinalva Costa", "Marina", "Costa Marina"):
        add(crm, name)
    add(crm, "Zoraide", email="marina@x.example")
    add(crm, "Marima Alves")
    found = names(crm, "marina")
    assert found[0] == "Marina"
    assert set(found[1:3]) == {"Marinalva Costa", "Costa Marina"}
    assert found[3:] == ["Zoraide", "Marima Alves"]


def test_a_word_that_is_a_letter_yet_narrows_like_any_other(crm: Crm) -> None:
    for name in ("Marina Zanela", "Marina Brum", "Zilda Marina"):
        add(crm, name)
    assert set(names(crm, "marina z")) == {"Marina Zanela", "Zilda Marina"}
    assert names(crm, "z")[0] == "Zilda Marina"


def test_what_one_used_last_comes_first_and_ones_own_before_others(house: House) -> None:
    crm, beto = house.open(), house.open("beto")
    first, second, third = (add(crm, f"Souza {word}") for word in ("Alfa", "Beta", "Gama"))
    assert names(beto, "souza") == ["Souza Alfa", "Souza Beta", "Souza Gama"]
    own = add(beto, "Souza Omega")
    assert names(beto, "souza")[0] == "Souza Omega"
    beto.remembered.opened(f"p{second}")
    assert names(beto, "souza")[:2] == ["Souza Beta", "Souza Omega"]
    assert [hit.id for hit in beto.read(parties.lately, most=2).hits] == [second, own]
    do(crm, EditParty(party=third, name="Souza Gama Filho"))
    assert names(crm, "souza")[0] == "Souza Gama Filho"
    assert names(beto, "souza")[-1] == "Souza Gama Filho"
    assert names(beto, "souza")[2] == crm.read(parties.detail, first).name


def test_a_bare_number_is_a_code_or_a_cards_number(house: House) -> None:
    crm = house.open()
    number = house.one("SELECT number FROM card WHERE id = ?", house.card("ana"))
    figures = str(int(number.rpartition("-")[2]))
    assert house.card("ana") in [card.id for card in crm.read(boards.find, figures)]
    party = add(crm, "Pessoa do Código")
    assert party in [hit.id for hit in crm.read(parties.search, str(party)).hits]


def test_words_of_a_title_forgive_a_slip_too(house: House) -> None:
    crm = house.open()
    found = crm.read(boards.find, "cartao secerto ana")
    assert [card.title for card in found if card_secret("ana") in card.title]


def _note(crm: Crm, house: House, body: str, owner: str = "ana") -> int:
    return do(crm, FileNote(card=house.card(owner), body=body, result=house.any_id("result"))).entity_id or 0


def test_notes_are_found_by_their_words_with_what_stands_around(house: House) -> None:
    crm = house.open()
    note = _note(crm, house, "Falei longamente com ela sobre a balança Toledo que veio quebrada.")
    (found,) = crm.read(notes.find, "balanca toledo")
    assert (found.id, found.card_id) == (note, house.card("ana"))
    assert found.excerpt.startswith("… ela sobre a balança Toledo")
    assert crm.read(notes.find, "ba") == []


def test_a_note_that_does_not_stand_is_not_found(house: House) -> None:
    crm = house.open()
    first = _note(crm, house, "prazo girafa")
    second = do(crm, AmendNote(note=first, body="prazo zebra")).entity_id or 0
    assert crm.read(notes.find, "girafa") == []
    do(crm, VoidNote(note=second, reason="engano"))
    assert crm.read(notes.find, "zebra") == []
    _note(crm, house, "rinoceronte", "beto")
    do(crm, DeleteCard(card=house.card("beto")))
    assert crm.read(notes.find, "rinoceronte") == []


def test_nobody_finds_a_note_or_a_card_that_is_not_theirs_to_see(house: House) -> None:
    crm = house.open()
    _note(crm, house, "hipopótamo de ana")
    nina = house.open("nina")
    assert nina.read(notes.find, "hipopotamo") == []
    assert nina.read(boards.find, "cartao secreto ana") == []
    assert nina.read(boards.find, "cartao secerto ana") == []
    assert names(nina, party_secret("ana")) == []
    board = house.one("SELECT board_id FROM card WHERE id = ?", house.card("edu"))
    _note(crm, house, "ornitorrinco de edu", "edu")
    assert len(house.open("carla").read(notes.find, "hipopotamo")) == 1
    do(crm, EditBoard(board=board, restricted=True))
    assert house.open("edu").read(notes.find, "ornitorrinco") == []
