"""To whom a card may be handed, and what the picker says of them: their load, as far as the asker sees it."""

from __future__ import annotations

from typing import Any

from house import NOBODY, STAFF, House, do

from crm_tui.domain.outcome import Done, Refusal
from crm_tui.i18n import say
from crm_tui.services.access.commands import DeactivateUser
from crm_tui.services.board import views
from crm_tui.services.board.commands import ConvertToService, HandOver, NewCard
from crm_tui.services.followup.commands import Redate
from tests.conftest import Clock


def offered(house: House, viewer: str = "ana", text: str = "") -> dict[str, Any]:
    """The hint of each colleague offered, by login."""
    return {o.ref: o.hint for o in house.open(viewer).read(views.pick_colleague, text)}


def test_exactly_those_are_offered_whom_the_door_accepts(house: House) -> None:
    """rui only reads, dora has left; nina, whose profile has another name, may attend. A new card is no way round."""
    crm = house.open()
    do(crm, DeactivateUser(user=house.user("dora")))
    accepted: dict[str, set[str]] = {"to": set(), "owner": set()}
    for login in ("ana", *STAFF):
        for field, command in (
            ("to", HandOver(card=house.card(NOBODY), to=house.user(login))),
            ("owner", NewCard(subject="Dada", owner=house.user(login))),
        ):
            outcome = crm.run(command)
            if isinstance(outcome, Done):
                accepted[field].add(login)
            else:
                assert isinstance(outcome, Refusal)
                assert outcome.fields == (field,)
    assert set(offered(house)) == accepted["to"] == accepted["owner"] == {"ana", *STAFF} - {"rui", "dora"}


def test_a_service_of_a_card_whose_owner_has_left_is_whose_who_makes_it(house: House) -> None:
    crm, tickets = house.open(), house.one("SELECT id FROM board WHERE kind = 'ticket'")
    owners = {}
    for login in ("bia", "beto"):
        if login == "beto":
            do(crm, DeactivateUser(user=house.user(login)))
        made = do(crm, ConvertToService(card=house.card(login), board=tickets)).entity_id
        owners[login] = house.one("SELECT owner_id FROM card WHERE id = ?", made)
    assert owners == {"bia": house.user("bia"), "beto": house.user("ana")}


def test_the_load_counts_open_cards_and_those_due_today(house: House, clock: Clock) -> None:
    crm = house.open()
    for owner in ("ana", "beto"):
        do(crm, HandOver(card=house.card(owner), to=house.user("edu")))
    assert say(offered(house)["edu"]) == "3 open, 0 today"
    assert say(offered(house)["ana"]) == "none open"
    do(crm, Redate(activity=house.step("edu"), when=clock().date()))
    assert say(offered(house)["edu"]) == "3 open, 1 today"


def test_a_load_beyond_the_askers_sight_is_not_told(house: House) -> None:
    hints = offered(house, "bia")
    assert say(hints["beto"]) == "1 open, 0 today"
    assert hints["edu"] == ""


def test_the_loads_of_a_whole_team_are_one_query(house: House) -> None:
    crm = house.open()
    asked: list[str] = []
    reader = crm.store.reader()
    reader.set_trace_callback(asked.append)
    crm.read(views.loads)
    reader.set_trace_callback(None)
    assert len(asked) == 1


def test_who_has_it_already_is_given_nothing_and_the_word_arrives(house: House) -> None:
    """Of many cards some are theirs: no event says what did not happen, so that an undo takes back what did."""
    ana, card = house.open(), house.card("bia")
    with ana.store.writing() as connection:
        connection.execute("UPDATE activity SET assignee_id = ? WHERE card_id = ?", (house.user("bia"), card))
    assert do(ana, HandOver(card=card, to=house.user("bia"))).events == ()
    told = do(ana, HandOver(card=card, to=house.user("bia"), comment="segue contigo")).events
    kinds = [house.one("SELECT kind FROM event WHERE id = ?", event) for event in told]
    assert "card.handed_over" not in kinds
    assert len(kinds) == 1
