"""One open card per person where the board says so: whichever way a second one would come. (K55)"""

from __future__ import annotations

import threading

import pytest
from house import House, do

from crm_tui.domain.outcome import Done, Outcome, Refusal
from crm_tui.services.board.commands import (
    ArchiveCard,
    CopyCard,
    DeleteCard,
    EditCard,
    LoseCard,
    NewCard,
    UnarchiveCard,
    WinCard,
)
from crm_tui.services.board.move_commands import ConvertToCustomer, MoveToBoard
from crm_tui.services.core.crm import Crm
from crm_tui.services.trail.commands import RedoBatch, UndoBatch


@pytest.fixture
def strict(house: House) -> House:
    """The company; its board of leads and its board of deals have one open card per person."""
    with house.open().store.writing() as connection:
        connection.execute(
            "UPDATE board SET one_open_card_per_party = 1 WHERE kind IN ('lead', 'opportunity')"
        )
    return house


def sales(house: House) -> int:
    return int(house.one("SELECT id FROM board WHERE kind = 'opportunity'"))


def second(outcome: Outcome, first: int | None) -> Refusal:
    """The refusal, which names the card that is open."""
    assert isinstance(outcome, Refusal), outcome
    assert outcome.card == first
    return outcome


def in_sales(crm: Crm, house: House, party: int) -> int:
    return do(crm, NewCard(subject="em vendas", party=party, board=sales(house))).entity_id or 0


def test_a_new_one_is_refused_and_the_open_one_named(strict: House) -> None:
    crm, first = strict.open(), strict.card("bia")
    number = strict.one("SELECT number FROM card WHERE id = ?", first)
    refusal = second(crm.run(NewCard(subject="de novo", party=strict.party("bia"))), first)
    assert (refusal.reason.params["number"], refusal.reason.params["owner"]) == (number, "bia")
    assert refusal.fields == ("party", "party_name")


def test_somebody_known_by_telephone_has_one_too(strict: House) -> None:
    crm = strict.open()
    first = do(crm, NewCard(party_name="Padaria Aurora", phone="(11) 97777-1234")).entity_id
    people = strict.one("SELECT count(*) FROM party")
    second(crm.run(NewCard(party_name="Pad. Aurora", phone="11 97777-1234")), first)
    assert strict.one("SELECT count(*) FROM party") == people


def test_another_board_and_a_card_that_is_over_do_not_count(strict: House) -> None:
    crm = strict.open()
    in_sales(crm, strict, strict.party())
    do(crm, WinCard(card=strict.card()))
    do(crm, NewCard(subject="outra vez", party=strict.party()))


def test_a_copy_is_a_second_one(strict: House) -> None:
    crm, first = strict.open(), strict.card()
    second(crm.run(CopyCard(card=first)), first)
    assert crm.hindrance(CopyCard.begun(card=first)) is not None
    do(crm, LoseCard(card=first, reason=strict.any_id("loss_reason")))
    do(crm, CopyCard(card=first))


def test_out_of_the_archive_it_would_be_a_second_one(strict: House) -> None:
    crm, first = strict.open(), strict.card()
    do(crm, ArchiveCard(card=first))
    other = do(crm, NewCard(subject="entretanto", party=strict.party())).entity_id
    second(crm.run(UnarchiveCard(card=first)), other)
    do(crm, DeleteCard(card=other or 0))
    do(crm, UnarchiveCard(card=first))


def test_moved_in_from_another_board(strict: House) -> None:
    crm, lead = strict.open(), strict.card()
    deal = in_sales(crm, strict, strict.party())
    assert second(crm.run(MoveToBoard(card=lead, board=sales(strict))), deal).fields == ("board",)
    second(crm.run(ConvertToCustomer(card=lead)), deal)
    do(crm, ConvertToCustomer(card=lead, board=None))


def test_a_card_that_is_given_a_person(strict: House) -> None:
    crm = strict.open()
    nobodys = do(crm, NewCard(subject="sem pessoa")).entity_id or 0
    second(crm.run(EditCard(card=nobodys, party=strict.party())), strict.card())
    do(crm, WinCard(card=strict.card()))
    do(crm, EditCard(card=nobodys, party=strict.party()))


def test_what_is_planned_follows_the_person(house: House) -> None:
    crm, card = house.open(), house.card()
    done = do(crm, EditCard(card=card, party=house.party("bia")))
    planned = "SELECT party_id FROM activity WHERE card_id = ? AND state = 'planned'"
    assert house.rows(planned, card) == [(house.party("bia"),)]
    do(crm, UndoBatch(batch=done.batch))
    assert house.rows(planned, card) == [(house.party(),)]


@pytest.mark.parametrize("ending", ["won", "lost", "deleted", "archived", "converted", "sent"])
def test_an_undo_opens_no_second_one(strict: House, ending: str) -> None:
    crm, first = strict.open(), strict.card()
    ends = {
        "won": WinCard(card=first),
        "lost": LoseCard(card=first, reason=strict.any_id("loss_reason")),
        "deleted": DeleteCard(card=first),
        "archived": ArchiveCard(card=first),
        "converted": ConvertToCustomer(card=first, board=None),
        "sent": MoveToBoard(card=first, board=sales(strict)),
    }
    ended = do(crm, ends[ending])
    other = do(crm, NewCard(subject="entretanto", party=strict.party())).entity_id
    before = strict.dump()
    second(crm.run(UndoBatch(batch=ended.batch)), other)
    assert strict.dump() == before
    do(crm, WinCard(card=other or 0))
    do(crm, UndoBatch(batch=ended.batch))


def test_nor_does_doing_it_again(strict: House) -> None:
    crm = strict.open()
    do(crm, WinCard(card=strict.card()))
    made = do(crm, NewCard(subject="um", party=strict.party()))
    undone = do(crm, UndoBatch(batch=made.batch))
    other = do(crm, NewCard(subject="dois", party=strict.party())).entity_id
    second(crm.run(RedoBatch(batch=undone.batch)), other)


def test_of_a_card_that_one_may_not_see_only_number_and_owner_are_told(strict: House) -> None:
    bia = strict.open("bia")
    refusal = second(bia.run(NewCard(subject="minha", party=strict.party("edu"))), None)
    assert refusal.reason.params["owner"] == "edu"
    assert "secreto" not in str(refusal)


def test_of_two_operators_at_the_same_moment_one_is_told(strict: House) -> None:
    crms = [strict.open(login) for login in ("ana", "beto")]
    do(crms[0], WinCard(card=strict.card("carla")))
    party, outcomes = strict.party("carla"), []
    ready = threading.Barrier(2)

    def open_one(crm: Crm) -> None:
        ready.wait()
        outcomes.append(crm.run(NewCard(subject="primeiro", party=party)))

    threads = [threading.Thread(target=open_one, args=(crm,)) for crm in crms]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(type(outcome) for outcome in outcomes if isinstance(outcome, Done)) == [Done]
    assert strict.one("SELECT count(*) FROM card WHERE title = 'primeiro'") == 1


def test_a_new_company_begins_with_it_on_its_board_of_leads(house: House) -> None:
    from crm_tui.store.starter import ingredients

    for locale in ("pt-BR", "en"):
        strict = [b["kind"] for b in ingredients(locale)["boards"] if b.get("one_open_card_per_party")]
        assert strict == ["lead"]
