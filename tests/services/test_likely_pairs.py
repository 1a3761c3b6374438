"""Who may stand in the base twice: the surest pairs of the whole base, none of whom one said they are two. (X8)"""

from __future__ import annotations

import pytest
from house import House, do

from crm_tui.domain.once import Key, Pair
from crm_tui.services.once import views
from crm_tui.services.once.commands import MergeParties, TellApart
from crm_tui.services.party.commands import NewParty
from crm_tui.services.trail.commands import UndoBatch
from crm_tui.store.rows import Rows
from crm_tui.store.tables import ContactPoint, Party

CPF, OTHER_CPF = "529.982.247-25", "111.444.777-35"


def made(house: House, name: str, **more: str) -> int:
    return do(house.open(), NewParty(name=name, **more)).entity_id or 0


def pairs(house: House, login: str = "ana") -> tuple[Pair, ...]:
    found: tuple[Pair, ...] = house.open(login).read(views.pairs).pairs
    return found


def ids(house: House) -> list[tuple[int, int]]:
    """Of those whom the test made: two of the company's share a telephone by chance."""
    known = house.party("nobody")
    return [(pair.older, pair.newer) for pair in pairs(house) if pair.older > known]


def test_the_surest_come_first_and_say_what_is_shared(house: House) -> None:
    one = made(house, "Ana Prado", document=CPF, phone="11 98765-4321")
    other = made(house, "Ana Maria Prado", document=CPF)
    third = made(house, "Bea Lima", email="bea@lima.com")
    fourth = made(house, "Beatriz Lima", email="bea@lima.com", phone="11 98765-4321")
    found = pairs(house)
    assert [(p.older, p.newer) for p in found[:2]] == [(one, other), (third, fourth)]
    assert [p.by for p in found[:2]] == [(Key.DOCUMENT,), (Key.EMAIL,)]
    assert found[0].sure > found[1].sure > 80


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ({"phone": "11 98765-4321"}, {"phone": "11 98765-4321"}, True),
        ({"email": "ana.prado@gmail.com"}, {"email": "ana.prado@hotmail.com"}, True),
        ({"company": "Casa Verde"}, {"company": "Casa Verde"}, True),
        (
            {"document": CPF, "phone": "11 98765-4321"},
            {"document": OTHER_CPF, "phone": "11 98765-4321"},
            False,
        ),
        ({"email": "ana@prado.com.br"}, {"phone": "11 98765-4321"}, False),
    ],
)
def test_near_names_need_another_sign_and_two_documents_are_two_people(
    house: House, one: dict[str, str], other: dict[str, str], alike: bool
) -> None:
    first, second = made(house, "Ana Prado", **one), made(house, "Anna Prado", **other)
    assert ((first, second) in ids(house)) is alike


def test_a_sign_of_a_crowd_says_nothing(house: House) -> None:
    for n in range(14):
        made(house, f"Pessoa {'abcdefghijklmn'[n] * 6}", phone="11 3333-4444")
    assert ids(house) == []


def test_who_was_told_apart_does_not_come_back_until_that_is_undone(house: House) -> None:
    one, other = made(house, "Ana Prado", email="a@x.com"), made(house, "Ana Prado", email="a@x.com")
    assert ids(house) == [(one, other)]
    told = do(house.open(), TellApart(party=one, other=other))
    assert ids(house) == []
    do(house.open(), UndoBatch(batch=told.batch))
    do(house.open(), MergeParties(party=one, merged=other))
    assert ids(house) == []


def test_only_those_are_paired_whom_one_may_see(house: House) -> None:
    one, other = made(house, "Ana Prado", email="a@x.com"), made(house, "Ana Prado", email="a@x.com")
    with house.open().store.writing() as connection:
        connection.execute("UPDATE party SET owner_id = ? WHERE id = ?", (house.user("nina"), one))
    assert pairs(house, "nina") == ()
    assert ids(house) == [(one, other)]


def test_progress_is_told_and_only_the_surest_are_kept(house: House) -> None:
    crm = house.open()
    with crm.store.writing() as connection:
        rows = Rows(connection)
        people = [
            {
                "code": f"PE-{n:05d}",
                "name": f"Pessoa Numero {n // 2}",
                "created_at": "2026-01-01T00:00:00.000Z",
            }
            for n in range(1_000, 9_000)
        ]
        made_ids = rows.insert_many(Party, people)
        rows.insert_many(
            ContactPoint,
            [
                {"party_id": i, "kind": "email", "value": "x", "normalized": f"p{n // 2}@x.com"}
                for n, i in enumerate(made_ids)
            ],
        )
    told: list[tuple[int, int]] = []
    found = crm.read(views.pairs, 100, lambda done, total: told.append((done, total)))
    assert (len(found.pairs), found.more) == (100, True)
    assert told[-1][0] == told[-1][1]
