"""Many commands through the one door: one batch, a savepoint each, chunks, progress and cancel."""

from __future__ import annotations

from datetime import date

import pytest
from house import House, card_secret, do, party_secret

from crm_tui.domain.outcome import Conflict, Done, Refusal
from crm_tui.services.board.commands import EditCard, MoveCard, NewCard, OrderCard
from crm_tui.services.core import door
from crm_tui.services.core.commands import New
from crm_tui.services.core.crm import Many
from crm_tui.services.followup.commands import PlanStep
from crm_tui.services.note.commands import AddComment
from crm_tui.services.party.commands import EditParty, NewParty
from crm_tui.store import store as store_module
from crm_tui.store.lock import WriterLock


def test_each_has_its_outcome_and_all_are_one_batch(house: House) -> None:
    crm, card = house.open(), house.card()
    seen = house.version("card", card)
    many = crm.run_many(
        [
            EditCard(card=card, subject="um", version=seen),
            MoveCard(card=999_999, stage=1),
            EditCard(card=card, subject="dois", version=seen),
            EditCard(card=house.card("edu"), value_one_off=1),
        ]
    )
    assert [type(o) for o in many.outcomes] == [Done, Refusal, Conflict, Done]
    assert many.done == 2
    assert house.one("SELECT title FROM card WHERE id = ?", card) == "um"
    assert house.rows("SELECT count(*), count(DISTINCT actor_id) FROM event WHERE batch = ?", many.batch) == [
        (2, 1)
    ]


def test_a_refused_one_leaves_nothing_of_its_half(house: House) -> None:
    """The name is written before the phone is found to be none; the one after it is done."""
    party = house.party()
    many = house.open().run_many(
        [EditParty(party=party, name="Outra", phone="12"), EditParty(party=party, trade_name="Aurora")]
    )
    assert [type(o) for o in many.outcomes] == [Refusal, Done]
    assert house.rows("SELECT name, trade_name FROM party WHERE id = ?", party) == [
        (party_secret("ana"), "Aurora")
    ]


def test_it_stops_at_a_refusal_if_told_to(house: House) -> None:
    crm = house.open()
    commands = [
        EditCard(card=house.card(), value_one_off=1),
        MoveCard(card=999_999, stage=1),
        EditCard(card=house.card(), value_one_off=2),
    ]
    many = crm.run_many(commands, stop_on_refusal=True)
    assert [type(o) for o in many.outcomes] == [Done, Refusal]
    assert house.one("SELECT value_one_off FROM card WHERE id = ?", house.card()) == 1


def test_a_command_names_the_row_that_an_earlier_one_makes(house: House) -> None:
    many = house.open().run_many(
        [
            NewParty(name="Marina"),
            NewCard(party=New(0), subject="PDV"),
            PlanStep(card=New(1), when=date(2026, 12, 1)),
            AddComment(card=New(1), body="do lote"),
        ]
    )
    assert many.done == 4
    made = many.outcomes[1]
    assert isinstance(made, Done)
    assert house.rows(
        "SELECT p.name FROM card c JOIN party p ON p.id = c.party_id WHERE c.id = ?", made.entity_id
    ) == [("Marina",)]
    assert house.one("SELECT card_id FROM note ORDER BY id DESC") == made.entity_id


@pytest.mark.parametrize("wanted", [0, 1, 7])
def test_what_was_not_made_cannot_be_named(house: House, wanted: int) -> None:
    """A refused one, oneself, and one that comes later."""
    many = house.open().run_many([NewCard(), PlanStep(card=New(wanted), when=date(2026, 12, 1))])
    assert [type(o) for o in many.outcomes] == [Refusal, Refusal]
    assert house.one("SELECT count(*) FROM card WHERE title = ''") == 0


def test_a_number_below_nought_that_names_no_record_stays_a_number(house: House) -> None:
    """`step=-1` is one place up, not the row of the first command. (FILTER.md §7: `do order_card --where`)"""
    crm = house.open()
    first, second = (do(crm, NewCard(subject=name)).entity_id for name in ("um", "dois"))
    assert first is not None
    assert second is not None
    assert crm.run_many([OrderCard(card=second, step=-1)]).done == 1
    ranks = dict(house.rows("SELECT id, rank FROM card WHERE id IN (?, ?)", first, second))
    assert ranks[second] < ranks[first]


def test_chunks_let_others_in_and_tell_how_far_it_is(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "CHUNK_COMMANDS", 2)
    monkeypatch.setattr(door, "CHUNK_SECONDS", 60.0)
    crm, other = house.open(), house.open("beto")
    told: list[tuple[int, int]] = []

    def progress(so_far: int, of: int) -> None:
        told.append((so_far, of))
        assert isinstance(other.run(AddComment(card=house.card("beto"), body="no meio")), Done)

    many = crm.run_many(
        [EditCard(card=house.card(), value_one_off=n) for n in range(1, 6)], progress=progress
    )
    assert told == [(2, 5), (4, 5), (5, 5)]
    assert many.done == 5


def test_cancelled_between_chunks_what_is_done_stays_and_is_one_undo(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crm_tui.services.trail.commands import UndoBatch

    monkeypatch.setattr(door, "CHUNK_COMMANDS", 2)
    monkeypatch.setattr(door, "CHUNK_SECONDS", 60.0)
    crm, before = house.open(), house.dump()
    answers = iter([False, False, True])
    many = crm.run_many(
        [EditCard(card=house.card(), value_one_off=n) for n in range(1, 9)], cancelled=lambda: next(answers)
    )
    assert len(many.outcomes) == 4
    assert isinstance(crm.run(UndoBatch(batch=many.batch)), Done)
    assert house.dump() == before


def test_a_busy_store_is_said_and_the_chunk_is_none(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "SAVE_DEADLINE", 0.01)
    crm = house.open()
    with WriterLock(house.path).held(1.0):
        many: Many = crm.run_many([EditCard(card=house.card(), value_one_off=1)])
    assert [o.by.value for o in many.outcomes if isinstance(o, Refusal)] == ["store"]
    assert house.one("SELECT title FROM card WHERE id = ?", house.card()) == card_secret("ana")
