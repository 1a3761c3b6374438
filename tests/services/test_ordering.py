"""Cards keep the places that people give them, also through undo and when two put them at once."""

from __future__ import annotations

import random

import pytest
from house import House, do

from crm_tui.domain.outcome import Refusal
from crm_tui.services.board import views as boards
from crm_tui.services.board.commands import (
    ArchiveCard,
    DeleteCard,
    MoveCard,
    NewCard,
    OrderCard,
    UnarchiveCard,
)
from crm_tui.services.core.crm import Crm
from crm_tui.services.trail.commands import UndoBatch


def _column(crm: Crm, house: House, n: int = 5) -> tuple[int, list[int]]:
    """A stage with so many cards of one's own, and their ids in order."""
    board = house.one("SELECT id FROM board ORDER BY id LIMIT 1")
    stages = crm.read(boards.stages, board)
    stage = next(s.id for s in stages if s.category == "open" and not crm.read(boards.column, s.id))
    for i in range(n):
        do(crm, NewCard(subject=f"c{i}", stage=stage))
    return stage, _order(crm, stage)


def _order(crm: Crm, stage: int) -> list[int]:
    return [card.id for card in crm.read(boards.column, stage)]


def test_one_place_up_and_down_and_no_further_than_the_ends(house: House) -> None:
    crm = house.open()
    stage, (a, b, c, d, e) = _column(crm, house)
    do(crm, OrderCard(card=c, step=-1))
    assert _order(crm, stage) == [a, c, b, d, e]
    do(crm, OrderCard(card=c, step=3))
    assert _order(crm, stage) == [a, b, d, e, c]
    do(crm, OrderCard(card=b, step=-9))
    assert _order(crm, stage) == [b, a, d, e, c]
    for card, step in ((b, -1), (c, 1)):
        refusal = crm.run(OrderCard(card=card, step=step))
        assert isinstance(refusal, Refusal)
        assert "stage" in refusal.reason.msgid


def test_no_places_are_no_move(house: House) -> None:
    crm = house.open()
    stage, order = _column(crm, house, 3)
    before = house.dump()
    for card in order:
        assert do(crm, OrderCard(card=card, step=0)).events == ()
    assert (_order(crm, stage), house.dump()) == (order, before)


def test_many_random_moves_are_those_of_a_list_and_ranks_stay_unique(house: House) -> None:
    crm, chance = house.open(), random.Random(7)
    stage, order = _column(crm, house, 8)
    for _ in range(120):
        at, step = chance.randrange(8), chance.choice((-3, -1, 1, 2))
        card, to = order[at], max(0, min(7, at + step))
        outcome = crm.run(OrderCard(card=card, step=step))
        assert isinstance(outcome, Refusal) == (to == at)
        order.insert(to, order.pop(at))
        assert _order(crm, stage) == order
    ranks = [rank for (rank,) in house.rows("SELECT rank FROM card WHERE stage_id = ?", stage)]
    assert len(set(ranks)) == len(ranks)


def test_an_undone_move_takes_the_nearest_free_place_and_nobody_elses(house: House) -> None:
    crm = house.open()
    stage, (a, b, c, d, e) = _column(crm, house)
    other = house.stage(b, 1) if house.stage(b, 1) != stage else house.stage(b, 2)
    batch = do(crm, MoveCard(card=b, stage=other)).batch
    place = house.rows(
        "SELECT before FROM change WHERE table_name = 'card' AND row_id = ? ORDER BY id DESC", b
    )
    assert any("rank" in (before or "") for (before,) in place)
    with crm.store.writing() as connection:  # somebody else was put exactly where it stood
        rank = connection.execute(
            "SELECT json_extract(before, '$.rank') FROM change WHERE table_name = 'card' AND row_id = ? "
            "AND json_extract(before, '$.rank') IS NOT NULL ORDER BY id DESC LIMIT 1",
            (b,),
        ).fetchone()[0]
        connection.execute("UPDATE card SET rank = ? WHERE id = ?", (rank, d))
    do(crm, UndoBatch(batch=batch))
    assert _order(crm, stage) == [a, d, b, c, e]
    ranks = [rank for (rank,) in house.rows("SELECT rank FROM card WHERE stage_id = ?", stage)]
    assert len(set(ranks)) == len(ranks)


def test_a_move_is_undone_although_the_card_was_ordered_since(house: House) -> None:
    crm = house.open()
    stage, (_, b, *_) = _column(crm, house)
    other = house.stage(b, 1) if house.stage(b, 1) != stage else house.stage(b, 2)
    do(crm, NewCard(subject="x", stage=other))
    batch = do(crm, MoveCard(card=b, stage=other)).batch
    do(crm, OrderCard(card=b, step=-1))
    do(crm, UndoBatch(batch=batch))
    assert b in _order(crm, stage)


def _ranks(house: House, stage: int) -> list[str]:
    listed = "status = 'open' AND archived_at IS NULL AND deleted_at IS NULL"
    return [
        r
        for (r,) in house.rows(f"SELECT rank FROM card WHERE stage_id = ? AND {listed} ORDER BY rank", stage)
    ]


@pytest.mark.parametrize(
    ("away", "by_undo"), [(ArchiveCard, False), (ArchiveCard, True), (DeleteCard, True), (None, True)]
)
def test_what_comes_back_takes_nobodys_place(
    house: House, away: type[ArchiveCard] | type[DeleteCard] | None, by_undo: bool
) -> None:
    """While it was away the next card got its place: out of the archive, by undo, and by redo of its making."""
    crm = house.open()
    stage, (a, b, c) = _column(crm, house, 3)
    batch = do(crm, away(card=c) if away else UndoBatch()).batch
    d = do(crm, NewCard(subject="d", stage=stage)).entity_id
    e = do(crm, NewCard(subject="e", stage=stage)).entity_id
    do(crm, UndoBatch(batch=batch) if by_undo else UnarchiveCard(card=c))
    assert len(set(_ranks(house, stage))) == 5
    assert _order(crm, stage) == [a, b, d, c, e]
    do(crm, OrderCard(card=e or 0, step=-1))
    assert _order(crm, stage) == [a, b, d, e, c]
