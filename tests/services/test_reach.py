"""What is visible is found however much that is not lies before it, and idle cards by the rule that shows them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from house import House, do, party_secret

from crm_tui.domain.followup import WhyNext
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.services.board import views as boards
from crm_tui.services.board.commands import NewCard
from crm_tui.services.core.commands import Command
from crm_tui.services.followup import views as followups
from crm_tui.services.followup.commands import PlanStep
from crm_tui.services.note.commands import AddComment
from crm_tui.services.party import views as parties
from crm_tui.services.trail import views as trails
from crm_tui.store.rows import Rows
from crm_tui.store.tables import Card, ContactPoint, Party


def _strangers(house: House, n: int) -> None:
    """People whom nina may not see, newer than hers, with the same words and the same beginnings."""
    edu = house.user("edu")
    with house.open().store.writing() as connection:
        rows = Rows(connection)
        made = rows.insert_many(
            Party,
            [
                {
                    "code": f"Z-{i}",
                    "name": f"pessoa secreta {i}",
                    "owner_id": edu,
                    "created_at": house.clock(),
                }
                for i in range(n)
            ],
        )
        rows.insert_many(
            ContactPoint,
            [
                {"party_id": party, "kind": "mobile", "value": "x", "normalized": f"+551188880{i:05d}"}
                for i, party in enumerate(made)
            ],
        )


@pytest.mark.parametrize(
    "words", ["", "pessoa", "secreta nina", "98888", "11988", "pessoa-secreta-nina@x.com"]
)
def test_ones_own_person_is_found_behind_any_number_of_strangers(house: House, words: str) -> None:
    _strangers(house, 450)
    found = house.open("nina").read(parties.search, words)
    assert [h.name for h in found.hits] == [party_secret("nina")]
    assert not found.more


def test_more_is_said_only_if_there_are_more(house: House) -> None:
    crm = house.open()
    everybody = house.one("SELECT count(*) FROM party")
    assert not crm.read(parties.search, "", most=everybody).more
    assert crm.read(parties.search, "", most=everybody - 1).more
    assert not crm.read(parties.search, "pessoa", most=everybody).more
    assert crm.read(parties.search, "pessoa", most=3).more


def test_a_persons_history_pages_over_what_is_hidden(house: House) -> None:
    """bia sees the person but not edu's newer cards about it: the older events are not cut off by them."""
    party, bia = house.party("bia"), house.open("bia")
    whole = [e.id for e in bia.read(trails.of_party, party)]
    with house.open().store.writing() as connection:
        connection.execute("UPDATE card SET party_id = ? WHERE id = ?", (party, house.card("edu")))
        connection.execute("UPDATE event SET party_id = ? WHERE card_id = ?", (party, house.card("edu")))
    assert [e.id for e in bia.read(trails.of_party, party)] == whole
    paged: list[int] = []
    while page := bia.read(trails.of_party, party, **({"before": paged[-1]} if paged else {}), most=2):
        paged += [e.id for e in page]
    assert paged == whole


def test_a_contact_sees_the_events_of_cards_for_which_it_is_asked(house: House) -> None:
    party, card = house.party("ana"), house.card("bia")
    with house.open().store.writing() as connection:
        Rows(connection).update(Card, card, contact_id=party)
    cards = {e.card_id for e in house.open("bia").read(trails.of_party, party)}
    assert card in cards
    assert any(c.id == card for c in house.open("bia").read(boards.of_party, party))


@pytest.mark.parametrize("idle", range(3, 9))
def test_idle_cards_are_offered_exactly_when_they_are_shown_as_idle(
    house: House, idle: int, clock: Any
) -> None:
    """The SQL that offers a stale card and the rule that marks it agree to the day, late in the evening too."""
    crm, card = house.open("nina"), house.card("nina")
    for hours in (0, 9, 13):
        with house.open().store.writing() as connection:
            connection.execute("UPDATE stage SET stale_days = 5")
            touched = clock() - timedelta(days=idle, hours=hours)
            Rows(connection).update(Card, card, last_touch_at=touched)
        shown = crm.read(boards.detail, card).stale_days
        offered = crm.read(followups.next_card)
        assert (shown is not None) == (offered is not None), (idle, hours, shown)
        assert offered is None or (offered.key, offered.why) == (card, WhyNext.STALE)


@pytest.mark.parametrize(
    "asked",
    [
        lambda party: NewCard(party=party, subject="Um negócio"),
        lambda party: AddComment(party=party, body="Uma palavra"),
        lambda party: PlanStep(party=party, when=date(2026, 11, 25)),
    ],
    ids=["card", "comment", "step"],
)
def test_an_id_alone_brings_no_hidden_person_into_sight(
    house: House, asked: Callable[[int], Command]
) -> None:
    """bia, whose profile shows her no people but her own; those she may of course name."""
    with house.open().store.writing() as connection:
        connection.execute("UPDATE profile_permission SET scope = 'own' WHERE key = 'party.read'")
    bia = house.open("bia")
    outcome = bia.run(asked(house.party("edu")))
    assert isinstance(outcome, Refusal)
    assert (outcome.by, outcome.fields) == (RefusedBy.MISSING_RECORD, ("party",))
    assert bia.why_not(asked(house.party("edu"))) == outcome
    do(bia, asked(house.party("bia")))
