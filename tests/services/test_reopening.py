"""How a closed card is reopened, in full or for adjustments, and closed again. (E58, E60-E62, E64, B53, B57)"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from house import House, do

from crm_tui.domain.board import ReopenMode, StageCategory
from crm_tui.domain.outcome import Conflict, Refusal, RefusedBy
from crm_tui.i18n import language, say, set_language
from crm_tui.services.board import views as boards
from crm_tui.services.board.commands import (
    AddStage,
    ArchiveBoard,
    ArchiveCard,
    ArchiveStage,
    EditBoard,
    EditCard,
    LoseCard,
    MoveCard,
    NewCard,
    ReopenCard,
    WinCard,
)
from crm_tui.services.core.commands import Command
from crm_tui.services.followup import views
from crm_tui.services.note.commands import FileNote
from crm_tui.services.trail import views as trails
from crm_tui.services.trail.commands import UndoBatch
from crm_tui.ui.sentences import in_words, sentence


@contextlib.contextmanager
def use_language(wanted: str) -> Iterator[None]:
    before = language()
    set_language(wanted)
    yield
    set_language(before)


FULL, ADJUST = ReopenMode.FULL, ReopenMode.ADJUSTMENT


def refused(outcome: Any) -> Refusal:
    assert isinstance(outcome, Refusal), outcome
    return outcome


def reason(house: House) -> int:
    return int(house.one("SELECT id FROM loss_reason WHERE requires_note = 0 ORDER BY position LIMIT 1"))


def reopen(card: int, mode: ReopenMode = FULL, **more: Any) -> Command:
    return ReopenCard(card=card, mode=mode, reason="o cliente voltou", **more)


def state(house: House, card: int) -> tuple[Any, ...]:
    return house.rows(
        "SELECT c.status, c.stage_id, c.closed_on, c.reopen_mode, c.loss_reason_id, c.loss_note, c.archived_at "
        "FROM card c WHERE c.id = ?",
        card,
    )[0]


def told(house: House, card: int) -> list[str]:
    """The latest batch of a card in words, as its timeline says it, the first thing first."""
    crm = house.open()
    entries = crm.read(trails.of_card, card)
    latest = [e for e in entries if e.batch == entries[0].batch]
    with_words = [sentence(e.kind, e.params, crm.clock(), crm.viewer.zone) for e in latest]
    return with_words[::-1]


def test_in_full_it_stands_where_it_stood_and_closes_anew(house: House) -> None:
    crm, card = house.open(), house.card()
    do(crm, MoveCard(card=card, stage=house.stage(card, 1)))
    stood = state(house, card)[1]
    last_week = house.clock().date() - timedelta(days=7)
    do(crm, LoseCard(card=card, reason=reason(house), note="achou caro", closed_on=last_week))
    visits = house.one("SELECT count(*) FROM stage_visit WHERE card_id = ?", card)
    done = do(crm, reopen(card))
    assert state(house, card) == ("open", stood, None, "full", None, None, None)
    assert house.one("SELECT count(*) FROM stage_visit WHERE card_id = ?", card) == visits + 1
    assert crm.read(boards.detail, card).reopened
    do(crm, WinCard(card=card))
    assert state(house, card)[:4] == ("won", state(house, card)[1], house.clock().date().isoformat(), "full")
    assert not crm.read(boards.detail, card).reopened
    assert done.note is None


def test_for_adjustments_it_keeps_its_closing_date_unless_another_is_said(house: House) -> None:
    crm, card = house.open(), house.card()
    last_week = house.clock().date() - timedelta(days=7)
    do(crm, WinCard(card=card, closed_on=last_week))
    do(crm, reopen(card, ADJUST))
    assert state(house, card)[2:4] == (last_week.isoformat(), "adjustment")
    do(crm, WinCard(card=card))
    assert state(house, card)[2] == last_week.isoformat()
    do(crm, reopen(card, ADJUST))
    yesterday = house.clock().date() - timedelta(days=1)
    do(crm, WinCard(card=card, closed_on=yesterday))
    assert state(house, card)[2] == yesterday.isoformat()


def test_reopening_and_closing_again_are_told_in_both_languages(house: House) -> None:
    crm, card = house.open(), house.card()
    do(crm, WinCard(card=card))
    do(crm, reopen(card, ADJUST))
    entry = crm.read(trails.of_card, card)[0]
    assert (entry.kind, entry.params["mode"], entry.params["why"]) == (
        "card.reopened",
        "adjustment",
        "o cliente voltou",
    )
    with use_language("pt-BR"):
        assert told(house, card) == ["Reaberta para ajustes: o cliente voltou"]
    with use_language("en"):
        assert told(house, card) == ["Reopened for adjustments: o cliente voltou"]
    do(crm, LoseCard(card=card, reason=reason(house)))
    with use_language("pt-BR"):
        assert told(house, card)[1].startswith("Encerrada de novo, com a data de ")
    do(crm, reopen(card, FULL))
    with use_language("pt-BR"):
        assert told(house, card)[0] == "Reaberta por inteiro: o cliente voltou"


def test_only_what_is_closed_is_reopened_and_the_reason_is_asked(house: House) -> None:
    crm, card = house.open(), house.card()
    assert "nothing to reopen" in refused(crm.run(reopen(card))).reason.msgid
    do(crm, WinCard(card=card))
    blank = refused(crm.run(ReopenCard(card=card, mode=FULL, reason="  ")))
    assert (blank.by, blank.fields) == (RefusedBy.INPUT, ("reason",))


def test_a_board_may_forbid_a_way_and_then_the_other_is_offered(house: House) -> None:
    crm, card = house.open(), house.card()
    board = int(house.one("SELECT board_id FROM card WHERE id = ?", card))
    do(crm, WinCard(card=card))
    do(crm, EditBoard(board=board, reopen_full=False))
    no = refused(crm.run(reopen(card, FULL)))
    assert (no.fields, [dict(way.values) for way in no.instead]) == (("mode",), [{"mode": "adjustment"}])
    do(crm, EditBoard(board=board, reopen_full=True, reopen_adjustment=False))
    no = refused(crm.run(reopen(card, ADJUST)))
    assert [dict(way.values) for way in no.instead] == [{"mode": "full"}]
    do(crm, EditBoard(board=board, reopen_full=False))
    no = refused(crm.hindrance(ReopenCard.begun(card=card)))
    assert no.instead == ()
    assert "stay closed" in no.reason.msgid


def test_a_removed_stage_is_replaced_by_the_first_open_one_and_it_is_said(house: House) -> None:
    crm, card = house.open(), house.card()
    board = int(house.one("SELECT board_id FROM card WHERE id = ?", card))
    extra = do(crm, AddStage(board=board, name="Vistoria")).entity_id
    do(crm, MoveCard(card=card, stage=extra))
    if not house.rows("SELECT 1 FROM stage WHERE board_id = ? AND category = 'won'", board):
        do(crm, AddStage(board=board, name="Ganha", category=StageCategory.WON))
    do(crm, WinCard(card=card))
    do(crm, ArchiveStage(stage=extra))
    done = do(crm, reopen(card))
    first = house.one(
        "SELECT id FROM stage WHERE board_id = ? AND category = 'open' AND archived_at IS NULL "
        "ORDER BY position, id LIMIT 1",
        board,
    )
    assert state(house, card)[1] == first
    assert done.note is not None
    assert done.note.params["stage"] == "Vistoria"


def test_another_open_card_of_the_person_an_archived_board_and_the_archive_refuse(house: House) -> None:
    crm = house.open()
    card, party = house.card(), house.party()
    board = int(house.one("SELECT board_id FROM card WHERE id = ?", card))
    do(crm, EditCard(card=card, party=party))
    do(crm, WinCard(card=card))
    do(crm, EditBoard(board=board, one_open_card_per_party=True))
    second = do(crm, NewCard(subject="x", board=board, party=party)).entity_id
    assert "has an open card" in refused(crm.run(reopen(card))).reason.msgid
    do(crm, WinCard(card=second))
    do(crm, ArchiveCard(card=card))
    assert "archive" in refused(crm.run(reopen(card))).reason.msgid
    for (open_card,) in house.rows(
        "SELECT id FROM card WHERE board_id = ? AND status IN ('open','paused') AND archived_at IS NULL",
        board,
    ):
        do(crm, WinCard(card=open_card))
    do(crm, ArchiveBoard(board=board))
    assert "is archived" in refused(crm.run(reopen(second))).reason.msgid


def test_two_operators_close_and_reopen_one_card_and_the_second_is_told_by_whom(house: House) -> None:
    ana, bia, card = house.open(), house.open("carla"), house.card("bia")
    seen = house.version("card", card)
    do(ana, WinCard(card=card, version=seen))
    late = refused(bia.run(LoseCard(card=card, reason=reason(house), version=seen)))
    with use_language("pt-BR"):
        words = say(in_words(late.reason, bia.clock(), bia.viewer.zone))
    assert words.startswith("ana encerrou este cartão em")
    seen = house.version("card", card)
    do(bia, reopen(card, version=seen))
    again = refused(ana.run(reopen(card, version=seen)))
    with use_language("pt-BR"):
        words = say(in_words(again.reason, ana.clock(), ana.viewer.zone))
    assert words.startswith("carla reabriu este cartão em")
    do(ana, LoseCard(card=card, reason=reason(house)))
    assert isinstance(bia.run(reopen(card, version=seen)), Conflict)


def test_one_undo_takes_a_reopening_back_whole(house: House) -> None:
    crm, card = house.open(), house.card()
    do(crm, LoseCard(card=card, reason=reason(house), note="achou caro"))
    before = house.dump()
    done = do(crm, reopen(card))
    do(crm, UndoBatch(batch=done.batch))
    after = house.dump()
    assert {t: rows for t, rows in after.items() if rows != before[t]} == {}


def lifecycle(house: House, party: int) -> str:
    return str(house.one("SELECT lifecycle FROM party WHERE id = ?", party))


def test_a_customer_by_this_sale_alone_is_a_prospect_again_once_it_is_reopened_in_full(house: House) -> None:
    crm, card, party = house.open(), house.card(), house.party()
    do(crm, EditCard(card=card, party=party))
    board = int(house.one("SELECT board_id FROM card WHERE id = ?", card))
    assert lifecycle(house, party) == "prospect"
    do(crm, WinCard(card=card))
    do(crm, reopen(card, ADJUST))
    assert lifecycle(house, party) == "customer"
    do(crm, WinCard(card=card))
    done = do(crm, reopen(card, FULL))
    assert lifecycle(house, party) == "prospect"
    do(crm, UndoBatch(batch=done.batch))
    assert lifecycle(house, party) == "customer"
    second = do(crm, NewCard(subject="x", board=board, party=party)).entity_id
    do(crm, WinCard(card=second))
    do(crm, reopen(card, FULL))
    assert lifecycle(house, party) == "customer"  # the second sale stands


def test_reopened_says_every_list_and_closed_again_none(house: House) -> None:
    crm, card, party = house.open(), house.card(), house.party()
    do(crm, EditCard(card=card, party=party))

    def flags() -> set[bool]:
        row = crm.read(views.page, [card])[0]
        (of_board,) = crm.read(boards.cards, [card])
        (of_person,) = [c for c in crm.read(boards.of_party, party) if c.id == card]
        return {row.reopened, of_board.reopened, of_person.reopened, crm.read(boards.detail, card).reopened}

    do(crm, WinCard(card=card))
    assert flags() == {False}
    do(crm, reopen(card, ADJUST))
    assert flags() == {True}
    assert crm.read(boards.detail, card).reopen_mode == "adjustment"
    do(crm, WinCard(card=card))
    assert flags() == {False}


def test_what_is_planned_by_winning_stands_in_its_doers_list_with_the_card(house: House) -> None:
    crm, card = house.open(), house.card()
    planned = house.step()
    done = do(
        crm,
        WinCard(
            card=card,
            next_when=house.clock().date() + timedelta(days=9),
            next_assignee=house.user("carla"),
            next_subject="Entrega",
        ),
    )
    assert house.one("SELECT state FROM activity WHERE id = ?", planned) == "canceled"
    assert house.rows(
        "SELECT DISTINCT batch FROM event WHERE kind = 'activity.planned' AND batch = ?", done.batch
    )
    carla = house.open("carla")
    (step,) = [key for key in carla.read(views.queue).keys if key < 0]
    (row,) = carla.read(views.page, [step])
    assert (row.card_id, row.subject, row.status) == (card, "Entrega", "won")
    do(crm, reopen(card, ADJUST))
    do(crm, WinCard(card=card))
    assert (
        house.one("SELECT state FROM activity WHERE id = ?", -step) == "planned"
    )  # owed as long as the sale stands
    do(crm, reopen(card, FULL))
    do(crm, WinCard(card=card))
    assert house.one("SELECT state FROM activity WHERE id = ?", -step) == "canceled"


def test_a_step_of_ones_own_on_a_won_card_is_in_ones_own_list_until_it_is_reopened(house: House) -> None:
    crm, card = house.open(), house.card()
    do(crm, WinCard(card=card, next_when=house.clock().date(), next_subject="Entrega"))
    (step,) = house.rows("SELECT id FROM activity WHERE card_id = ? AND state = 'planned'", card)
    assert -step[0] in crm.read(views.queue).keys
    do(crm, reopen(card, FULL))
    assert -step[0] not in crm.read(views.queue).keys
    assert card in crm.read(views.queue).keys
    assert house.one("SELECT stands_alone FROM activity WHERE id = ?", step[0]) == 0


def test_who_could_not_see_the_card_is_given_no_step_of_it(house: House) -> None:
    crm, card, soon = house.open(), house.card(), house.clock().date()
    for login in ("nina", "rui"):
        no = refused(crm.run(WinCard(card=card, next_when=soon, next_assignee=house.user(login))))
        assert no.fields == ("next_assignee",)
    assert refused(crm.run(WinCard(card=card, next_assignee=house.user("carla")))).fields == ("next_when",)


def test_the_step_of_a_sale_is_registered_on_the_won_card_and_undone_with_the_sale(house: House) -> None:
    crm, card, soon = house.open(), house.card(), house.clock().date()
    before = house.dump()
    done = do(crm, WinCard(card=card, next_when=soon, next_subject="Entrega"))
    do(crm, UndoBatch(batch=done.batch))
    after = house.dump()
    assert {t for t, rows in after.items() if rows != before[t]} == set()
    do(crm, WinCard(card=card, next_when=soon, next_subject="Entrega"))
    (step,) = (key for key in crm.read(views.queue).keys if key < 0)
    note = FileNote(card=card, activity=-step, body="Entregue.", result=house.any_id("result"))
    do(crm, note)
    assert step not in crm.read(views.queue).keys
    assert house.one("SELECT status FROM card WHERE id = ?", card) == "won"
