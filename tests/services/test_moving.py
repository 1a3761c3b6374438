"""A card beyond its board: sent to another, its person a customer, a service made of it. (K2, K30, K47, K48)"""

from __future__ import annotations

from typing import Any

import pytest
from house import House, do

from crm_tui.domain.access import BoardRight
from crm_tui.domain.outcome import Conflict, Done, Refusal, RefusedBy
from crm_tui.i18n import say
from crm_tui.services.board import journeys
from crm_tui.services.board import views as boards
from crm_tui.services.board.commands import (
    EditBoard,
    EditCard,
    MoveCard,
    NewCard,
    SetBoardMember,
    WinCard,
)
from crm_tui.services.board.move_commands import ConvertToCustomer, ConvertToService, MoveToBoard
from crm_tui.services.core.crm import Crm
from crm_tui.services.party import views as parties
from crm_tui.services.trail import views as trails
from crm_tui.services.trail.commands import UndoBatch


def board(house: House, kind: str) -> int:
    return int(house.one("SELECT id FROM board WHERE kind = ?", kind))


def refused(outcome: object) -> Refusal:
    assert isinstance(outcome, Refusal), outcome
    return outcome


def written(house: House, sql: str, *params: Any) -> None:
    with house.open().store.writing() as connection:
        connection.execute(sql, params)


def told(crm: Crm, card: int) -> list[str]:
    return [entry.kind for entry in crm.read(trails.of_card, card)]


def labelled(house: House, card: int, name: str, of: int | None) -> None:
    written(
        house,
        "INSERT INTO label (board_id, name, color, position, active, version) VALUES (?, ?, 'red', 1, 1, 1)",
        *(of, name),
    )
    written(
        house,
        "INSERT INTO card_label (card_id, label_id) VALUES (?, (SELECT max(id) FROM label))",
        card,
    )


# --- to another board


def test_a_card_keeps_its_number_on_the_other_board_and_is_of_its_kind(house: House) -> None:
    crm, card, sales = house.open(), house.card(), board(house, "opportunity")
    before = crm.read(boards.detail, card)
    last = do(crm, NewCard(subject="a última", board=sales)).entity_id or 0
    done = do(crm, MoveToBoard(card=card, board=sales))
    after = crm.read(boards.detail, card)
    assert (after.number, after.kind, after.board_id) == (before.number, "opportunity", sales)
    assert after.next_activity_id == before.next_activity_id
    assert [c.id for c in crm.read(boards.column, after.stage_id)][-2:] == [last, card]
    visits = house.rows(
        "SELECT stage_id, left_at IS NULL FROM stage_visit WHERE card_id = ? ORDER BY id", card
    )
    assert visits == [(before.stage_id, 0), (after.stage_id, 1)]
    assert told(crm, card)[0] == "card.sent"
    do(crm, UndoBatch(batch=done.batch))
    assert crm.read(boards.detail, card)[:12] == before[:12]


def test_the_number_of_a_card_that_went_away_is_never_given_again(house: House) -> None:
    crm, card = house.open(), house.card()
    number = crm.read(boards.detail, card).number
    do(crm, MoveToBoard(card=card, board=board(house, "opportunity")))
    for _ in range(3):
        assert do(crm, NewCard(subject="nova", board=board(house, "lead"))).ref != number


def test_labels_of_the_old_board_alone_stay_behind_and_it_is_said(house: House) -> None:
    crm, card, leads = house.open(), house.card(), board(house, "lead")
    labelled(house, card, "[b]Urgente[/b]", leads)
    labelled(house, card, "Todos", None)
    done = do(crm, MoveToBoard(card=card, board=board(house, "opportunity")))
    assert "[b]Urgente[/b]" in str(done.note)
    kept = "SELECT l.name FROM card_label k JOIN label l ON l.id = k.label_id WHERE k.card_id = ? ORDER BY 1"
    assert house.rows(kept, card) == [("Todos",)]
    assert told(crm, card)[0] == "card.labels_left"
    do(crm, UndoBatch(batch=done.batch))
    assert house.rows(kept, card) == [("Todos",), ("[b]Urgente[/b]",)]


def test_sales_and_service_do_not_mix_by_moving(house: House) -> None:
    crm, card = house.open(), house.card()
    refusal = refused(crm.run(MoveToBoard(card=card, board=board(house, "ticket"))))
    assert refusal.fields == ("board",)
    assert refusal == crm.why_not(MoveToBoard(card=card, board=board(house, "ticket")))
    leads = board(house, "lead")
    assert refused(crm.run(MoveToBoard(card=card, board=leads))).fields == ("board",)
    offered = [option.value for option in crm.read(journeys.pick_other_board, "", board_id=leads)]
    assert offered == [board(house, "opportunity")]


def test_many_go_as_one_batch_with_one_undo(house: House) -> None:
    crm, sales = house.open(), board(house, "opportunity")
    cards = [house.card(owner) for owner in ("ana", "bia", "beto")]
    before = house.dump()
    many = crm.run_many([MoveToBoard(card=card, board=sales) for card in cards])
    assert many.done == 3
    do(crm, UndoBatch(batch=many.batch))
    assert house.dump() == before


def test_a_stage_over_its_limit_takes_the_card_and_says_so(house: House) -> None:
    crm, card = house.open(), house.card()
    to = house.stage(card, 1)
    written(house, "UPDATE stage SET wip_limit = 1 WHERE id = ?", to)
    assert do(crm, MoveCard(card=card, stage=to)).note is None
    note = do(crm, MoveCard(card=house.card("beto"), stage=to)).note
    assert note is not None
    assert note.params == {"stage": crm.read(boards.detail, card).stage, "n": 2, "limit": 1}
    assert do(crm, NewCard(subject="mais uma", stage=to)).note is not None


# --- the hard edges


def test_what_another_operator_has_just_moved_is_not_sent_away_unseen(house: House) -> None:
    ana, carla, card = house.open(), house.open("carla"), house.card("bia")
    seen = house.version("card", card)
    do(carla, MoveCard(card=card, stage=house.stage(card, 1), version=seen))
    outcome = ana.run(MoveToBoard(card=card, board=board(house, "opportunity"), version=seen))
    assert isinstance(outcome, Conflict)
    assert (outcome.who, [f.field for f in outcome.fields]) == ("carla", ["stage"])
    assert ana.read(boards.detail, card).board_id == board(house, "lead")


@pytest.mark.parametrize("what", ["board", "stage"])
def test_where_it_should_go_was_removed_meanwhile(house: House, what: str) -> None:
    crm, card, sales = house.open(), house.card(), board(house, "opportunity")
    stage = house.one("SELECT id FROM stage WHERE board_id = ? ORDER BY position", sales)
    gone = {"board": sales, "stage": stage}[what]
    written(house, f"UPDATE {what} SET archived_at = '2026-11-19T00:00:00.000Z' WHERE id = ?", gone)
    refusal = refused(crm.run(MoveToBoard(card=card, board=sales, stage=stage)))
    assert (refusal.fields, "removed already" in refusal.reason.msgid) == ((what,), True)


def test_a_stage_that_was_removed_is_told_as_removed(house: House) -> None:
    crm, card = house.open(), house.card()
    to = house.stage(card, 1)
    written(house, "UPDATE stage SET archived_at = '2026-11-19T00:00:00.000Z' WHERE id = ?", to)
    assert "removed already" in refused(crm.run(MoveCard(card=card, stage=to))).reason.msgid


def test_on_a_board_that_was_removed_a_card_only_goes_away(house: House) -> None:
    crm, card = house.open(), house.card()
    leads, to = board(house, "lead"), house.stage(card, 1)
    written(house, "UPDATE board SET archived_at = '2026-11-19T00:00:00.000Z' WHERE id = ?", leads)
    assert "board of this card was removed" in refused(crm.run(MoveCard(card=card, stage=to))).reason.msgid
    do(crm, MoveToBoard(card=card, board=board(house, "opportunity")))


# --- to customer


def test_a_lead_goes_on_in_sales_and_its_person_is_a_customer(house: House) -> None:
    crm, card = house.open(), house.card()
    before = crm.read(boards.detail, card)
    done = do(crm, ConvertToCustomer(card=card))
    after = crm.read(boards.detail, card)
    assert (after.number, after.kind, after.status) == (before.number, "opportunity", "open")
    assert after.converted_at == house.clock()
    assert crm.read(parties.detail, house.party()).lifecycle == "customer"
    assert told(crm, card)[:2] == ["card.sent", "card.converted"]
    assert "already" in refused(crm.run(ConvertToCustomer(card=card))).reason.msgid
    do(crm, UndoBatch(batch=done.batch))
    assert crm.read(boards.detail, card)[:12] == before[:12]
    assert crm.read(parties.detail, house.party()).lifecycle == "prospect"


def test_a_lead_that_goes_nowhere_ends_as_converted(house: House) -> None:
    crm, card = house.open(), house.card()
    do(crm, ConvertToCustomer(card=card, board=None))
    after = crm.read(boards.detail, card)
    assert (after.status, after.category, after.next_activity_id) == ("converted", "done", None)
    assert after.closed_on == house.clock().date()


def test_a_lead_that_goes_on_in_service_is_closed_and_a_new_card_names_it(house: House) -> None:
    crm, card = house.open(), house.card("beto")
    done = do(crm, ConvertToCustomer(card=card, board=board(house, "ticket")))
    lead = crm.read(boards.detail, card)
    (kin,) = crm.read(journeys.journey, card)
    made = crm.read(boards.detail, kin.id)
    assert lead.status == "converted"
    assert (kin.relation, kin.kind, made.party_id, made.owner) == ("made", "ticket", lead.party_id, "beto")
    assert kin.number in str(done.note)
    do(crm, UndoBatch(batch=done.batch))
    assert crm.read(boards.detail, kin.id) is None


def test_a_deal_is_kept_as_it_is_and_a_customer_is_not_converted_twice(house: House) -> None:
    crm, card = house.open(), house.card()
    do(crm, MoveToBoard(card=card, board=board(house, "opportunity")))
    stage = crm.read(boards.detail, card).stage_id
    do(crm, ConvertToCustomer(card=card))
    after = crm.read(boards.detail, card)
    assert (after.status, after.stage_id, after.converted_at is not None) == ("open", stage, True)
    other = (
        do(crm, NewCard(subject="outro", party=house.party(), board=board(house, "opportunity"))).entity_id
        or 0
    )
    assert "customer already" in refused(crm.run(ConvertToCustomer(card=other))).reason.msgid


@pytest.mark.parametrize("command", [ConvertToCustomer, ConvertToService])
def test_a_card_without_a_person_asks_who_it_is(house: House, command: Any) -> None:
    crm = house.open()
    card = do(crm, NewCard(subject="sem ninguém")).entity_id or 0
    asked = {"card": card, "board": board(house, "ticket" if command is ConvertToService else "opportunity")}
    assert refused(crm.run(command(**asked))).fields == ("party",)
    do(crm, command(**asked, party=house.party("bia")))
    assert crm.read(boards.detail, card).party_id == house.party("bia")


# --- to service


def test_a_service_names_the_card_that_it_came_of_and_leaves_it_as_it_is(house: House) -> None:
    crm, card = house.open(), house.card("beto")
    before = crm.read(boards.detail, card)
    do(crm, WinCard(card=card))
    done = do(
        crm,
        ConvertToService(
            card=card, board=board(house, "ticket"), subject="Instalar", owner=house.user("dora")
        ),
    )
    made = crm.read(boards.detail, done.entity_id)
    assert (made.title, made.kind, made.party_id, made.owner) == (
        "Instalar",
        "ticket",
        before.party_id,
        "dora",
    )
    assert [k.id for k in crm.read(journeys.journey, card)] == [made.id]
    assert [k.id for k in crm.read(journeys.journey, made.id)] == [card]
    assert crm.read(boards.detail, card).status == "won"
    assert told(crm, card)[0] == "card.served"
    again = refused(crm.run(ConvertToService(card=card, board=board(house, "ticket"))))
    assert (again.card, made.number in str(again.reason.params)) == (made.id, True)
    assert "service already" in refused(crm.run(ConvertToService(card=made.id))).reason.msgid


def test_a_journey_is_one_query_from_any_of_its_cards(house: House) -> None:
    crm, lead = house.open(), house.card()
    ticket = board(house, "ticket")
    do(crm, ConvertToCustomer(card=lead))
    first = do(crm, ConvertToService(card=lead, board=ticket)).entity_id or 0
    do(crm, WinCard(card=first))
    second = do(crm, ConvertToService(card=lead, board=ticket)).entity_id or 0
    for card in (lead, first, second):
        assert {k.id for k in crm.read(journeys.journey, card)} == {lead, first, second} - {card}


def test_the_board_is_asked_where_none_is_meant_and_only_one_that_serves_is_taken(house: House) -> None:
    crm, card = house.open(), house.card()
    refusal = refused(crm.run(ConvertToService(card=card, board=board(house, "opportunity"))))
    assert refusal.fields == ("board",)
    written(
        house, "UPDATE board SET kind = 'delivery', conversion_board_id = NULL WHERE kind = 'opportunity'"
    )
    written(house, "UPDATE board SET conversion_board_id = NULL")
    missing = refused(crm.run(ConvertToService(card=card)))
    assert (missing.fields, missing.by) == (("board",), RefusedBy.INPUT)
    written(house, "UPDATE board SET archived_at = '2026-11-19T00:00:00.000Z' WHERE kind = 'delivery'")
    assert do(crm, ConvertToService(card=card)).ref is not None, "the only board that serves"


def test_who_may_not_hand_over_gives_the_service_to_nobody_else(house: House) -> None:
    crm, card = house.open("bia"), house.card("bia")
    written(house, "DELETE FROM profile_permission WHERE key = 'card.hand_over'")
    crm.refresh_viewer()
    wish = ConvertToService(card=card, board=board(house, "ticket"), owner=house.user("dora"))
    assert refused(crm.run(wish)).by is RefusedBy.PERMISSION


def test_a_retry_says_of_a_move_what_was_said_first(house: House) -> None:
    """Two remarks are a text of texts, with a plural in it; the kept answer is the same sentence."""
    crm, card, sales = house.open(), house.card(), board(house, "opportunity")
    labelled(house, card, "do quadro", board(house, "lead"))
    written(house, "UPDATE stage SET wip_limit = 0 WHERE board_id = ?", sales)
    said = []
    for _ in range(2):
        outcome = crm.run(MoveToBoard(card=card, board=sales), request_id="r")
        assert isinstance(outcome, Done)
        assert outcome.note is not None
        said.append(say(outcome.note))
    assert said[0] == said[1]
    assert "1 card, its limit is 0" in said[0]
    assert "do quadro" in said[0]


def test_who_is_a_customer_becomes_none_by_a_deal_that_had_no_person(house: House) -> None:
    """The rule is asked of whoever the card is about from then on, not only of whom it knew before."""
    crm, party = house.open(), house.party("bia")
    written(house, "UPDATE party SET lifecycle = 'customer' WHERE id = ?", party)
    deal = do(crm, NewCard(subject="sem pessoa", board=board(house, "opportunity"))).entity_id
    wish = ConvertToCustomer(card=deal, party=party)
    assert refused(crm.run(wish)) == crm.why_not(wish)
    assert house.rows("SELECT party_id, converted_at FROM card WHERE id = ?", deal) == [(None, None)]


def test_a_card_goes_nowhere_where_its_owner_could_not_see_it(house: House) -> None:
    """Moved or converted; once the owner is let in, has left, or the card is another's, it goes."""
    ana, card, sales = house.open(), house.card("bia"), board(house, "opportunity")
    do(ana, EditBoard(board=sales, restricted=True))
    move, convert = MoveToBoard(card=card, board=sales), ConvertToCustomer(card=card, board=sales)
    for wish in (move, convert):
        refusal = refused(ana.run(wish))
        assert (refusal.fields, refusal.reason.params["login"]) == (("board",), "bia")
        assert ana.why_not(wish) == refusal
    do(ana, SetBoardMember(board=sales, user=house.user("bia"), may=BoardRight.ATTEND))
    for wish in (move, convert):
        do(ana, wish)
        do(ana, UndoBatch())
    do(ana, SetBoardMember(board=sales, user=house.user("bia"), may=BoardRight.VIEW))
    refused(ana.run(move))
    written(house, """UPDATE "user" SET active = 0 WHERE login = 'bia'""")
    do(ana, move)


def test_of_a_card_that_one_may_not_see_the_journey_tells_the_number_alone(house: House) -> None:
    ana, card = house.open(), house.card("bia")
    service = ConvertToService(
        card=card, board=board(house, "ticket"), subject="segredo", owner=house.user("edu")
    )
    made = do(ana, service)
    (kin,) = house.open("bia").read(journeys.journey, card)
    assert (kin.number, kin.title, bool(kin.seen)) == (made.ref, "", False)


def test_a_deleted_card_is_told_to_whoever_has_it_open(house: House) -> None:
    from crm_tui.services.board.commands import DeleteCard

    crm, card = house.open(), house.card("bia")
    number = crm.read(boards.detail, card).number
    assert crm.read(journeys.gone, card) is None
    do(house.open("carla"), DeleteCard(card=card))
    found = crm.read(journeys.gone, card)
    assert (found.number, found.who, found.at) == (number, "carla", house.clock())
    assert house.open("edu").read(journeys.gone, card) is None
    refusal = refused(crm.run(EditCard(card=card, subject="tarde demais")))
    assert refusal.by is RefusedBy.MISSING_RECORD
    assert refusal.reason.params["who"] == "carla"
