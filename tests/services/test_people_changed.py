"""What many people have in common is changed at once: one batch, one undo, nothing else touched."""

from __future__ import annotations

from house import House, do

from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.party import Lifecycle
from crm_tui.services.access.commands import DeactivateUser
from crm_tui.services.party.commands import ChangePerson, EditParty, NewParty
from crm_tui.services.trail.commands import UndoBatch


def test_many_are_changed_in_one_batch_and_taken_back_as_one(house: House) -> None:
    crm, parties = house.open("bia"), [house.party(owner) for owner in ("ana", "beto", "bia")]
    do(crm, EditParty(party=parties[0], preferences="Café sem açúcar."))
    before = house.dump()
    bia = house.user("bia")
    many = crm.run_many(
        [
            ChangePerson(party=p, owner=bia, lifecycle=Lifecycle.CUSTOMER, more_notes="Feira 2026.")
            for p in parties
        ]
    )
    assert many.done == 3
    rows = house.rows(
        f"SELECT owner_id, lifecycle, preferences FROM party WHERE id IN ({','.join(map(str, parties))})"
    )
    assert {(owner, phase) for owner, phase, _ in rows} == {(bia, "customer")}
    assert sorted(notes for _, _, notes in rows) == [
        "Café sem açúcar.\nFeira 2026.",
        "Feira 2026.",
        "Feira 2026.",
    ]
    do(crm, UndoBatch())
    assert house.dump() == before


def test_what_is_not_said_stays_and_nothing_said_is_refused(house: House) -> None:
    crm, party = house.open(), house.party("bia")
    before = house.rows("SELECT owner_id, preferences, name FROM party WHERE id = ?", party)
    do(crm, ChangePerson(party=party, lifecycle=Lifecycle.FORMER))
    assert house.rows("SELECT owner_id, preferences, name FROM party WHERE id = ?", party) == before
    refused = crm.run(ChangePerson(party=party))
    assert isinstance(refused, Refusal)
    assert refused.by is RefusedBy.INPUT


def test_nobody_is_given_to_a_user_out_of_use_and_notes_stay_within_their_length(house: House) -> None:
    crm, party = house.open(), house.party("bia")
    do(crm, DeactivateUser(user=house.user("edu")))
    refused = crm.run(ChangePerson(party=party, owner=house.user("edu")))
    assert isinstance(refused, Refusal)
    assert refused.fields == ("owner",)
    do(crm, EditParty(party=party, preferences="x" * 19_999))
    long = crm.run(ChangePerson(party=party, more_notes="mais"))
    assert isinstance(long, Refusal)
    assert house.one("SELECT length(preferences) FROM party WHERE id = ?", party) == 19_999


def test_the_owner_of_a_person_is_named_changed_and_put_back(house: House) -> None:
    crm, bia, beto = house.open(), house.user("bia"), house.user("beto")
    made = do(crm, NewParty(name="Zulmira Prado", owner=bia)).entity_id
    assert house.one("SELECT owner_id FROM party WHERE id = ?", made) == bia
    before = house.dump()
    do(crm, EditParty(party=int(made or 0), owner=beto))
    assert house.one("SELECT owner_id FROM party WHERE id = ?", made) == beto
    do(crm, UndoBatch())
    assert house.dump() == before


def test_whoever_may_not_attend_is_given_nobody_whichever_way(house: House) -> None:
    crm, party, rui = house.open(), house.party("bia"), house.user("rui")
    ways = (
        NewParty(name="Zulmira Prado", owner=rui),
        EditParty(party=party, owner=rui),
        ChangePerson(party=party, owner=rui),
    )
    before = house.dump()
    for way in ways:
        refused = crm.run(way)
        assert isinstance(refused, Refusal), way
        assert (refused.by, refused.fields) == (RefusedBy.RULE, ("owner",)), way
    assert house.dump() == before
    assert isinstance(house.open("nina").run(EditParty(party=party, owner=house.user("beto"))), Refusal)
