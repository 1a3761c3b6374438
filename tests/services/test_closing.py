"""How a card ends and what of it can be taken back. (K30-K32, K45, K46)"""

from __future__ import annotations

from datetime import timedelta

import pytest
from house import House, do

from crm_tui.domain.board import CardStatus
from crm_tui.domain.outcome import Conflict, Done, Refusal, RefusedBy
from crm_tui.services.board import views as boards
from crm_tui.services.board.commands import (
    ArchiveCard,
    CopyCard,
    DeleteCard,
    EditCard,
    LoseCard,
    MoveCard,
    NewCard,
    UnarchiveCard,
    WinCard,
)
from crm_tui.services.followup import views
from crm_tui.services.followup.commands import PlanStep
from crm_tui.services.note.commands import FileNote
from crm_tui.services.party import views as parties
from crm_tui.services.trail import views as trails
from crm_tui.services.trail.commands import UndoBatch


def _reason(house: House, *, note: bool = False) -> int:
    """A reason that asks for a note, or one that does not."""
    chosen = int(house.one("SELECT id FROM loss_reason ORDER BY position LIMIT 1"))
    with house.open().store.writing() as connection:
        connection.execute("UPDATE loss_reason SET requires_note = ? WHERE id = ?", (note, chosen))
    return chosen


def _state(house: House, card: int) -> tuple[object, ...]:
    return house.rows(
        "SELECT c.status, s.category, c.closed_on, c.next_activity_id, c.loss_note FROM card c "
        "JOIN stage s ON s.id = c.stage_id WHERE c.id = ?",
        card,
    )[0]


def test_a_lost_card_has_its_reason_its_stage_and_no_step_and_one_undo_brings_all_back(house: House) -> None:
    crm, card = house.open(), house.card()
    before, planned = _state(house, card), house.rows("SELECT id FROM activity WHERE state = 'planned'")
    done = do(crm, LoseCard(card=card, reason=_reason(house), note="achou caro"))
    status, _, closed_on, step, note = _state(house, card)
    assert (status, step, note) == ("lost", None, "achou caro")
    assert closed_on == house.clock().date().isoformat()
    told = crm.read(trails.of_card, card)[0]
    assert (told.kind, "achou caro" in told.params["why"]) == ("card.lost", True)
    assert card not in [k for k in crm.read(views.queue).keys if k > 0]
    do(crm, UndoBatch(batch=done.batch))
    assert _state(house, card) == before
    assert house.rows("SELECT id FROM activity WHERE state = 'planned'") == planned


def test_a_won_card_may_have_its_last_value_and_an_earlier_day_but_no_later_one(house: House) -> None:
    crm, card = house.open(), house.card()
    refusal = crm.run(WinCard(card=card, closed_on=house.clock().date() + timedelta(days=1)))
    assert isinstance(refusal, Refusal)
    assert refusal.fields == ("closed_on",)
    yesterday = house.clock().date() - timedelta(days=1)
    do(crm, WinCard(card=card, value_one_off=123_45, closed_on=yesterday))
    detail = crm.read(boards.detail, card)
    assert (detail.status, detail.value_one_off, detail.closed_on) == ("won", 123_45, yesterday)


def test_a_closed_card_stands_in_the_stage_of_its_end_where_the_board_has_one(house: House) -> None:
    crm = house.open()
    board = house.one("SELECT board_id FROM stage WHERE category = 'won' LIMIT 1")
    card = do(crm, NewCard(subject="x", board=board)).entity_id
    do(crm, WinCard(card=card))
    assert _state(house, card or 0)[:2] == ("won", "won")
    visits = house.rows("SELECT left_at IS NULL FROM stage_visit WHERE card_id = ? ORDER BY id", card)
    assert visits == [(0,), (1,)]


def test_what_is_closed_is_not_closed_moved_or_planned_again(house: House) -> None:
    crm, card = house.open(), house.card()
    do(crm, WinCard(card=card))
    for command in (
        WinCard(card=card),
        LoseCard(card=card, reason=_reason(house)),
        MoveCard(card=card, stage=house.stage(card, 1)),
        PlanStep(card=card, when=house.clock().date()),
    ):
        refusal = crm.run(command)
        assert isinstance(refusal, Refusal), command
        assert refusal == crm.why_not(command)
    assert crm.hindrance(WinCard.begun(card=card)) is not None


def test_a_reason_that_asks_for_a_note_opens_it(house: House) -> None:
    crm, card, reason = house.open(), house.card(), _reason(house, note=True)
    refusal = crm.run(LoseCard(card=card, reason=reason))
    assert isinstance(refusal, Refusal)
    assert refusal.fields == ("note",)
    do(crm, LoseCard(card=card, reason=reason, note="fechou com outro"))


def test_whoever_comes_second_is_told(house: House) -> None:
    crm, card = house.open(), house.card()
    seen = house.version("card", card)
    do(house.open("carla"), EditCard(card=card, subject="outro", version=seen))
    assert not isinstance(crm.run(WinCard(card=card, version=seen)), Conflict), "another field is no conflict"
    refusal = crm.run(LoseCard(card=card, reason=_reason(house), version=seen))
    assert isinstance(refusal, Refusal)


def test_an_archived_card_is_out_of_every_list_and_comes_back_as_it_was(house: House) -> None:
    crm, card = house.open(), house.card()
    detail = crm.read(boards.detail, card)
    stage, board = detail.stage_id, detail.board_id
    counted = {h.id: h.count for h in crm.read(boards.heads, board)}
    do(crm, ArchiveCard(card=card))
    assert card not in crm.read(views.queue, owner_id=0, closed=True).keys
    assert card not in [c.id for c in crm.read(boards.column, stage)]
    assert {h.id: h.count for h in crm.read(boards.heads, board)}[stage] == counted[stage] - 1
    assert isinstance(crm.run(ArchiveCard(card=card)), Refusal)
    do(crm, UnarchiveCard(card=card))
    assert card in crm.read(views.queue).keys
    assert isinstance(crm.run(UnarchiveCard(card=card)), Refusal)


@pytest.mark.parametrize("with_party", [False, True])
def test_a_deleted_card_takes_the_tie_and_if_wished_the_person(house: House, with_party: bool) -> None:
    crm = house.open()
    made = do(crm, NewCard(party_name="Só desta vez", subject="x", when=house.clock().date()))
    card = made.entity_id or 0
    party = house.one("SELECT party_id FROM card WHERE id = ?", card)
    done = do(crm, DeleteCard(card=card, with_party=with_party))
    assert crm.read(boards.detail, card) is None
    assert (crm.read(parties.detail, party) is None) is with_party
    assert house.one("SELECT party_id FROM card WHERE id = ?", card) is None
    for command in (
        EditCard(card=card, subject="y"),
        ArchiveCard(card=card),
        FileNote(card=card, body="z", result=1),
    ):
        refusal = crm.run(command)
        assert isinstance(refusal, Refusal)
        assert refusal.by is RefusedBy.MISSING_RECORD
    do(crm, UndoBatch(batch=done.batch))
    assert crm.read(boards.detail, card).party_id == party
    assert crm.read(parties.detail, party) is not None
    assert card in crm.read(views.queue).keys


def test_a_person_with_other_cards_stays(house: House) -> None:
    crm = house.open()
    first = do(crm, NewCard(party_name="Dois negócios", subject="um")).entity_id or 0
    party = house.one("SELECT party_id FROM card WHERE id = ?", first)
    do(crm, NewCard(party=party, subject="dois"))
    refusal = crm.run(DeleteCard(card=first, with_party=True))
    assert isinstance(refusal, Refusal)
    assert refusal.fields == ("with_party",)
    assert crm.read(boards.detail, first) is not None


def test_a_copy_is_open_ones_own_and_says_whose_copy_it_is(house: House) -> None:
    crm, card = house.open(), house.card("beto")
    do(crm, WinCard(card=card))
    done = do(crm, CopyCard(card=card))
    was, made = crm.read(boards.detail, card), crm.read(boards.detail, done.entity_id)
    assert (made.title, made.party_id, made.value_cents) == (was.title, was.party_id, was.value_cents)
    assert (made.owner, made.status, made.closed_on) == ("ana", CardStatus.OPEN, None)
    assert {e.kind for e in crm.read(trails.of_card, made.id)} == {"card.opened", "card.copied"}
    assert done.ref == made.number != was.number


def test_what_one_does_not_see_is_not_copied(house: House) -> None:
    """bia may make cards, and sees those of her team: a number alone must not show her edu's."""
    bia, card, before = house.open("bia"), house.card("edu"), house.dump()
    refusal = bia.run(CopyCard(card=card))
    assert isinstance(refusal, Refusal)
    assert refusal.by is RefusedBy.MISSING_RECORD
    assert bia.hindrance(CopyCard.begun(card=card)) == refusal
    assert house.dump() == before
    do(bia, CopyCard(card=house.card("beto")))


def test_no_card_begins_in_a_stage_that_was_removed(house: House) -> None:
    crm = house.open()
    stage = house.stage(house.card(), 1)
    with crm.store.writing() as connection:
        connection.execute("UPDATE stage SET archived_at = '2026-11-01T00:00:00.000Z' WHERE id = ?", (stage,))
    refusal = crm.run(NewCard(subject="x", stage=stage))
    assert isinstance(refusal, Refusal)
    assert refusal.fields == ("stage",)


@pytest.mark.parametrize("who", ["davi", "edu"])
def test_nobody_copies_a_card_that_they_do_not_see(house: House, who: str) -> None:
    """A copy is one's own, and would show its maker the words, the values and the person of the other."""
    crm, card = house.open(who), house.card("bia")
    before = house.one("SELECT count(*) FROM card")
    assert crm.read(boards.detail, card) is None
    refused = crm.run(CopyCard(card=card))
    assert isinstance(refused, Refusal)
    assert (refused.by, refused.fields) == (RefusedBy.MISSING_RECORD, ("card",))
    assert crm.hindrance(CopyCard.begun(card=card)) == refused
    assert house.one("SELECT count(*) FROM card") == before
    assert isinstance(crm.run(CopyCard(card=house.card(who))), Done)


def test_a_person_goes_with_the_card_only_by_who_may_edit_them(house: House) -> None:
    bia, card = house.open("bia"), house.card("bia")
    with house.open().store.writing() as connection:
        connection.execute("UPDATE profile_permission SET scope = 'own' WHERE key = 'party.edit'")
        connection.execute("UPDATE card SET party_id = NULL WHERE party_id = ?", (house.party("edu"),))
        connection.execute("UPDATE card SET party_id = ? WHERE id = ?", (house.party("edu"), card))
        connection.execute(
            "INSERT OR REPLACE INTO profile_permission (profile_id, key, scope) "
            "SELECT profile_id, 'card.delete', 'own' FROM \"user\" WHERE login = 'bia'"
        )
    bia.refresh_viewer()
    refused = bia.run(DeleteCard(card=card, with_party=True))
    assert isinstance(refused, Refusal)
    assert refused.fields == ("with_party",)
    assert house.rows("SELECT deleted_at FROM party WHERE id = ?", house.party("edu")) == [(None,)]
    assert isinstance(bia.run(DeleteCard(card=card)), Done)


def test_a_copy_of_a_won_card_begins_where_cards_begin(house: House) -> None:
    crm, deals = house.open(), house.one("SELECT id FROM board WHERE kind = 'opportunity'")
    card = do(crm, NewCard(subject="Ganha", board=deals)).entity_id or 0
    do(crm, WinCard(card=card))
    assert _state(house, card)[:2] == ("won", "won")
    copy = do(crm, CopyCard(card=card)).entity_id or 0
    assert _state(house, copy)[:2] == ("open", "open")
