"""Who is known by what one types, and what becomes of a card for somebody who is known. (JOBS 3, M70)"""

from __future__ import annotations

import pytest
from house import House, do, party_secret

from crm_tui.domain.once import Key
from crm_tui.domain.outcome import Refusal
from crm_tui.services.board.commands import NewCard
from crm_tui.services.once import views
from crm_tui.services.party.commands import NewParty
from crm_tui.services.trail.commands import UndoBatch

CPF = "529.982.247-25"


def told(house: House, login: str = "ana", **typed: str) -> list[tuple[str, tuple[Key, ...]]]:
    return [(each.name, each.by) for each in house.open(login).read(views.known, **typed)]


def points(house: House, party: int) -> list[str]:
    return [
        str(row[0])
        for row in house.rows(
            f"SELECT normalized FROM contact_point WHERE party_id = {party} ORDER BY normalized"
        )
    ]


@pytest.fixture
def zuleica(house: House) -> int:
    done = do(house.open(), NewParty(name="Zuleica Prado", email="zz@zz.com.br", document=CPF))
    return done.entity_id or 0


def test_names_that_begin_so_come_behind_who_has_the_same_sign(house: House, zuleica: int) -> None:
    do(house.open(), NewParty(name="Zulmira Paz", despite="?"))
    assert told(house, name="ZU") == []  # too short to say anything
    assert told(house, name="zul") == [("Zuleica Prado", ()), ("Zulmira Paz", ())]
    assert told(house, name="zulm", email="ZZ@zz.com.br") == [
        ("Zuleica Prado", (Key.EMAIL,)),
        ("Zulmira Paz", ()),
    ]
    assert told(house, name="zuleica prado", document="52998224725") == [
        ("Zuleica Prado", (Key.DOCUMENT, Key.NAME))
    ]


def test_somebody_out_of_sight_is_no_name_that_begins_so(house: House) -> None:
    secret = party_secret("edu")
    assert told(house, "nina", name=secret[:-2]) == []
    assert told(house, "edu", name=secret[:-2])[0][0] == secret
    assert told(house, "nina", name=secret) == [("", (Key.NAME,))]


def test_a_card_for_somebody_known_keeps_what_is_new_of_how_they_are_reached(
    house: House, zuleica: int
) -> None:
    done = do(
        house.open(), NewCard(party=zuleica, subject="Plano", phone="11 98765-4321", email="zz@zz.com.br")
    )
    assert points(house, zuleica) == ["+5511987654321", "zz@zz.com.br"]
    assert (
        house.one("SELECT count(*) FROM contact_point WHERE is_primary = 0 AND party_id = " + str(zuleica))
        == 0
    )
    do(house.open(), UndoBatch(batch=done.batch))
    assert points(house, zuleica) == ["zz@zz.com.br"]


def test_a_number_of_somebody_else_is_told_of_before_the_card_is_made(house: House, zuleica: int) -> None:
    with house.open().store.writing() as connection:
        connection.execute("UPDATE duplicate_rule SET active = 1")
    do(house.open(), NewParty(name="Outro Alguém", phone="11 98765-4321"))
    command = NewCard(party=zuleica, subject="Plano", phone="11 98765-4321")
    refused = house.open().why_not(command)
    assert isinstance(refused, Refusal)
    assert house.open().run(command) == refused
    done = do(house.open(), command.model_copy(update={"despite": " ".join(refused.warned)}))
    assert done.entity == "card"
    assert "+5511987654321" in points(house, zuleica)


def test_who_may_not_change_the_person_leaves_it_as_it_is(house: House, zuleica: int) -> None:
    with house.open().store.writing() as connection:
        connection.execute("UPDATE profile_permission SET scope = 'own' WHERE key = 'party.edit'")
        connection.execute("UPDATE party SET owner_id = ? WHERE id = ?", (house.user("edu"), zuleica))
    do(house.open("bia"), NewCard(party=zuleica, subject="Plano", phone="11 98765-4321"))
    assert points(house, zuleica) == ["zz@zz.com.br"]
