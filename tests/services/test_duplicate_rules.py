"""Who is known already is said before somebody is made twice: by the rules, below the screens. (M38, M70, X8)"""

from __future__ import annotations

import threading

import pytest
from house import House, do, party_secret

from crm_tui.domain.once import Key
from crm_tui.domain.outcome import Done, Outcome, Refusal, RefusedBy
from crm_tui.services.board.commands import NewCard
from crm_tui.services.core.commands import Command
from crm_tui.services.intake.commands import TakeIn
from crm_tui.services.once import registers, views
from crm_tui.services.once.commands import (
    AddDuplicateRule,
    DeactivateDuplicateRule,
    EditDuplicateRule,
    MergeParties,
    MoveDuplicateRule,
)
from crm_tui.services.party.commands import EditParty, NewParty
from crm_tui.services.trail.commands import UndoBatch

CPF, OTHER_CPF = "529.982.247-25", "111.444.777-35"
ANA = {"name": "Ana Prado", "phone": "(11) 98765-4321", "email": "ana@prado.com.br", "document": CPF}


@pytest.fixture
def ruled(house: House) -> House:
    """The company with the rules that a new database begins with, and Ana Prado."""
    with house.open().store.writing() as connection:
        connection.execute("UPDATE duplicate_rule SET active = 1")
    do(house.open(), NewParty(**ANA))
    return house


def ana(house: House) -> tuple[int, str]:
    return house.rows("SELECT id, code FROM party WHERE name = 'Ana Prado' ORDER BY id")[0]  # type: ignore[return-value]


def people(house: House) -> int:
    return int(house.one("SELECT count(*) FROM party"))


def refused(outcome: Outcome) -> Refusal:
    assert isinstance(outcome, Refusal), outcome
    assert outcome.by is RefusedBy.RULE
    return outcome


def only(house: House, **changed: object) -> None:
    """One rule alone is asked, and so."""
    sets = ", ".join(f"{column} = ?" for column in changed)
    with house.open().store.writing() as connection:
        connection.execute("UPDATE duplicate_rule SET active = (id = 2)")
        connection.execute(f"UPDATE duplicate_rule SET {sets} WHERE id = 2", tuple(changed.values()))


def test_a_new_database_blocks_the_same_document_and_warns_of_the_rest(ruled: House) -> None:
    found = [(row.keys, row.action, row.active) for row in ruled.open().read(registers.duplicate_rules)]
    assert found == [
        ((Key.DOCUMENT,), "block", True),
        ((Key.EMAIL, Key.PHONE), "warn", True),
        ((Key.NAME,), "warn", True),
    ]


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "Outra", "document": "52998224725"},
        {"name": "Outra", "email": "ANA@Prado.com.br"},
        {"name": "Outra", "phone": "11 8765-4321"},  # as before the ninth digit
        {"name": "Outra", "phone": "+55 (11) 98765-4321"},
        {"name": "ANA  PRADO"},
    ],
)
def test_whoever_is_known_is_named_and_nobody_is_made(ruled: House, typed: dict[str, str]) -> None:
    before, (_, code) = people(ruled), ana(ruled)
    refusal = refused(ruled.open("bia").run(NewParty(**typed)))
    assert code in str(refusal.reason.params["who"])
    assert people(ruled) == before


def test_what_is_warned_of_is_saved_once_one_was_told_and_of_whom(ruled: House) -> None:
    crm, before = ruled.open("bia"), people(ruled)
    typed = {"name": "Ana Prado", "email": "ana@prado.com.br"}
    told = refused(crm.run(NewParty(**typed)))
    assert told.warned == (ana(ruled)[1],)
    made = do(crm, NewParty(**typed, despite=" ".join(told.warned)))
    again = refused(crm.run(NewParty(**typed, despite=" ".join(told.warned))))
    assert made.ref in again.warned  # of the third one was not told yet
    assert people(ruled) == before + 1


def test_a_block_is_gone_over_by_who_sets_up_the_rules_alone(ruled: House) -> None:
    code = ana(ruled)[1]
    twice = NewParty(name="Outra", document=CPF, despite=code)
    told = refused(ruled.open("bia").run(NewParty(name="Outra", document=CPF)))
    assert code in str(told.reason.params["who"])
    assert told.warned == ()
    assert refused(ruled.open("carla").run(NewParty(name="Outra", document=CPF))).warned == (code,)
    refused(ruled.open("bia").run(twice))
    do(ruled.open("carla"), twice)


def test_somebody_who_is_not_seen_is_not_named(ruled: House) -> None:
    with ruled.open().store.writing() as connection:
        connection.execute(
            "INSERT INTO profile_permission (profile_id, key, scope) "
            "SELECT profile_id, 'party.add', 'own' FROM \"user\" WHERE login = 'nina'"
        )
    secret = party_secret("edu")
    refusal = refused(ruled.open("nina").run(NewParty(name="Outra", email=f"{secret}@x.com")))
    assert "edu" not in str(refusal)
    assert refusal.warned == ("?",)
    do(ruled.open("nina"), NewParty(name="Outra", email=f"{secret}@x.com", despite="?"))
    seen = ruled.open("nina").read(views.known, email=f"{secret}@x.com")
    assert "edu" not in str(seen)
    assert not all(each.seen for each in seen)


def test_a_change_that_makes_two_alike_is_told_and_one_that_does_not_is_saved(ruled: House) -> None:
    crm = ruled.open("bia")
    other = do(crm, NewParty(name="Bea Lima", document=OTHER_CPF)).entity_id or 0
    assert refused(crm.run(EditParty(party=other, email="ana@prado.com.br"))).fields == ("email",)
    refused(crm.run(EditParty(party=other, document=CPF)))
    do(crm, EditParty(party=other, preferences="à tarde"))
    do(crm, EditParty(party=other, email="ana@prado.com.br", despite=ana(ruled)[1]))
    do(
        crm, EditParty(party=other, email="ana@prado.com.br", name="Bea L.")
    )  # alike before: nothing new to tell


def test_who_is_known_is_taken_where_the_rule_says_so_and_keeps_what_was_typed(ruled: House) -> None:
    only(ruled, action="attach")
    before = people(ruled)
    done = do(ruled.open("bia"), NewParty(name="Ana P.", email="ana@prado.com.br", phone="11 3333-4444"))
    assert (done.entity_id, people(ruled)) == (ana(ruled)[0], before)
    assert done.note is not None
    numbers = ruled.rows("SELECT normalized FROM contact_point WHERE party_id = ?", ana(ruled)[0])
    assert ("+551133334444",) in numbers
    do(ruled.open("bia"), UndoBatch(batch=done.batch))
    assert ("+551133334444",) not in ruled.rows("SELECT normalized FROM contact_point")


def test_a_card_takes_who_has_the_name_and_the_phone_and_asks_of_others(ruled: House) -> None:
    crm, before = ruled.open("bia"), people(ruled)
    same = do(crm, NewCard(party_name="ana prado", phone="11987654321"))
    assert ruled.one("SELECT party_id FROM card WHERE id = ?", same.entity_id) == ana(ruled)[0]
    told = refused(crm.run(NewCard(party_name="João Prado", phone="11987654321")))
    refused(crm.run(NewCard(party_name="Ana Prado")))
    assert people(ruled) == before
    do(crm, NewCard(party_name="João Prado", phone="11987654321", despite=" ".join(told.warned)))
    assert people(ruled) == before + 1


def _rule_of_cards(house: House, action: str, days: int | None) -> None:
    board = house.one("SELECT board_id FROM card WHERE id = ?", house.card("bia"))
    do(
        house.open(),
        AddDuplicateRule(
            name="Leads", asked="card", by_phone=True, action=action, window_days=days, board=board
        ),
    )


def test_an_open_lead_of_the_same_person_is_taken_warned_of_or_blocks(house: House) -> None:
    crm, first = house.open("bia"), house.card("bia")
    cards = "SELECT count(*) FROM card"
    _rule_of_cards(house, "attach", 30)
    before = house.one(cards)
    assert do(crm, NewCard(subject="de novo", party=house.party("bia"))).entity_id == first
    rule = house.one("SELECT id FROM duplicate_rule WHERE name = 'Leads'")
    do(house.open(), EditDuplicateRule(duplicate_rule=rule, action="warn"))
    told = refused(crm.run(NewCard(subject="de novo", party=house.party("bia"))))
    assert told.card == first
    assert house.one(cards) == before
    do(crm, NewCard(subject="de novo", party=house.party("bia"), despite=" ".join(told.warned)))
    do(house.open(), EditDuplicateRule(duplicate_rule=rule, action="block"))
    blocked = refused(crm.run(NewCard(subject="de novo", party=house.party("bia"))))
    assert blocked.warned == ()


def test_a_lead_older_than_the_window_is_no_duplicate(house: House) -> None:
    _rule_of_cards(house, "block", 10)
    with house.open().store.writing() as connection:
        connection.execute(
            "UPDATE card SET opened_at = '2026-01-01T00:00:00.000Z' WHERE id = ?", (house.card("bia"),)
        )
    do(house.open("bia"), NewCard(subject="de novo", party=house.party("bia")))


def test_of_two_at_once_the_second_is_told(ruled: House) -> None:
    answers: list[Outcome] = []
    start = threading.Barrier(2)

    def make(login: str) -> None:
        crm = ruled.open(login)
        start.wait()
        answers.append(crm.run(NewParty(name=f"Nova {login}", email="nova@x.com")))

    threads = [threading.Thread(target=make, args=(login,)) for login in ("bia", "beto")]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(type(each).__name__ for each in answers) == ["Done", "Refusal"]


def test_an_import_is_blocked_told_and_takes_by_the_same_rules(ruled: House) -> None:
    crm, before = ruled.open(), people(ruled)
    told = do(crm, TakeIn(name="Ana Prado", emails=("outra@x.com",)))
    assert told.note is not None
    assert people(ruled) == before + 1
    with crm.store.writing() as connection:
        connection.execute("UPDATE duplicate_rule SET action = 'block' WHERE by_name")
    refused(crm.run(TakeIn(name="Ana Prado", emails=("terceira@x.com",))))
    with crm.store.writing() as connection:
        connection.execute("UPDATE duplicate_rule SET action = 'attach' WHERE by_name")
    with crm.store.writing() as connection:
        connection.execute("DELETE FROM contact_point WHERE normalized = 'outra@x.com'")
        connection.execute(
            "UPDATE party SET merged_into_id = ? WHERE id = ?", (ana(ruled)[0], told.entity_id)
        )
    assert do(crm, TakeIn(name="Ana Prado", emails=("quarta@x.com",))).entity_id == ana(ruled)[0]


def test_who_was_merged_is_known_no_more(ruled: House) -> None:
    crm = ruled.open()
    other = do(crm, NewParty(name="Bea Lima", document=OTHER_CPF)).entity_id or 0
    do(crm, MergeParties(party=ana(ruled)[0], merged=other))
    assert [each.id for each in crm.read(views.known, name="Bea Lima", document=OTHER_CPF)] == []


def test_rules_are_ordered_taken_out_of_use_and_need_a_sign(ruled: House) -> None:
    crm = ruled.open()
    do(crm, MoveDuplicateRule(duplicate_rule=3, step=-2))
    assert [row.id for row in crm.read(registers.duplicate_rules)] == [3, 1, 2]
    ended = do(crm, DeactivateDuplicateRule(duplicate_rule=1))
    do(ruled.open("bia"), NewParty(name="Outra", document=CPF))
    do(crm, UndoBatch(batch=ended.batch))
    refused(ruled.open("bia").run(NewParty(name="Mais uma", document=CPF)))
    for wrong in (
        AddDuplicateRule(name="Nada"),
        AddDuplicateRule(name="Pessoas", by_name=True, window_days=3),
    ):
        outcome = crm.run(wrong)
        assert isinstance(outcome, Refusal)
        assert outcome.by is RefusedBy.INPUT


def test_a_rule_is_set_up_by_who_may(ruled: House) -> None:
    wish: Command = AddDuplicateRule(name="Meu", by_name=True)
    outcome = ruled.open("bia").run(wish)
    assert isinstance(outcome, Refusal)
    assert outcome.by is RefusedBy.PERMISSION
    assert isinstance(ruled.open("carla").run(wish), Done)
