"""Thousands of rows in one command: read in a few statements, the same trail as one after the other, and undone so."""

from __future__ import annotations

import json
from typing import Any

import pytest
from house import House, do

from crm_tui.domain.outcome import Refusal
from crm_tui.services.board import standing
from crm_tui.services.board.commands import ArchiveStage, MoveCard, NewCard
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context
from crm_tui.services.core.crm import Crm
from crm_tui.services.core.waves import Undoing, waves
from crm_tui.services.trail.commands import RedoBatch, UndoBatch
from crm_tui.store.tables import Card, Stage

CHANGES = """
SELECT e.card_id, e.params, c.table_name, c.row_id, c.op, c.row_version, c.before, c.after
FROM change c JOIN event e ON e.id = c.event_id WHERE e.batch = :batch ORDER BY c.id
"""


def _fill(house: House, crm: Crm, count: int) -> tuple[int, int]:
    """A stage with so many cards, and the one that they may go to."""
    card = house.card()
    stage, other = house.stage(card, 0), house.stage(card, 1)
    board = house.one("SELECT board_id FROM card WHERE id = ?", card)
    held = house.one("SELECT count(*) FROM card WHERE stage_id = ?", stage)
    for n in range(count - held):
        do(crm, NewCard(subject=f"carta {n}", board=board, stage=stage))
    return stage, other


def _reads(crm: Crm, command: Command) -> tuple[str, int]:
    """The batch of a command, and how many statements read something while it was done."""
    asked: list[str] = []
    with crm.store.writing() as connection:
        connection.set_trace_callback(asked.append)
    batch = do(crm, command).batch
    with crm.store.writing() as connection:
        connection.set_trace_callback(None)
    return batch, sum(text.lstrip().upper().startswith(("SELECT", "WITH")) for text in asked)


def test_the_end_of_a_stage_and_its_undo_ask_no_more_of_many_cards_than_of_few(house: House) -> None:
    crm, found = house.open(), []
    for count in (10, 20, 40):  # the first gives places to those who have one between them
        stage, other = _fill(house, crm, count)
        before = house.dump()
        batch, ended = _reads(crm, ArchiveStage(stage=stage, cards_to=other))
        after = house.dump()
        undo, undone = _reads(crm, UndoBatch(batch=batch))
        assert house.dump() == before
        _, redone = _reads(crm, RedoBatch(batch=undo))
        assert house.dump() == after
        do(crm, UndoBatch())
        found.append((ended, undone, redone))
    assert found[1] == found[2]
    assert all(0 < n < 100 for n in found[1])


def _names(params: str) -> dict[str, Any]:
    """The words of an event without the ids of its stages: gates are met by them, a displaced card meets none."""
    return {name: value for name, value in json.loads(params).items() if not name.endswith("_id")}


def test_displaced_cards_leave_the_trail_of_cards_moved_one_by_one(house: House) -> None:
    crm = house.open()
    stage, other = _fill(house, crm, 12)
    ids = [i for (i,) in house.rows("SELECT id FROM card WHERE stage_id = ? ORDER BY rank, id", stage)]
    left: list[list[tuple[Any, ...]]] = []
    stood: list[list[tuple[Any, ...]]] = []
    for together in (False, True):
        with crm.store.writing() as connection:
            connection.execute("SAVEPOINT here")
            ctx = Context(connection, crm.viewer, crm.clock(), batch="b")
            cards = [ctx.row(Card, i) for i in ids]
            to, origin = ctx.row(Stage, other), ctx.row(Stage, stage)
            if together:
                standing.displace(ctx, cards, to, origin)
            else:
                for card in cards:
                    standing.enter(ctx, card, to, origin)
            changes = connection.execute(CHANGES, {"batch": "b"}).fetchall()
            left.append([(event, _names(params), *rest) for event, params, *rest in changes])
            stood.append(
                connection.execute("SELECT id, stage_id, rank, version FROM card ORDER BY id").fetchall()
            )
            connection.execute("ROLLBACK TO here")
            connection.execute("RELEASE here")
    assert left[0] == left[1]
    assert len(left[0]) == 3 * len(ids)
    assert stood[0] == stood[1]


def _undoing(table: str, row_id: int, op: str = "update", **before: object) -> Undoing:
    return Undoing(table, row_id, op, before, {}, 1)


def _portions(*changes: Undoing) -> list[list[list[int]]]:
    return [[[each.row_id for each in group] for group in wave] for wave in waves(changes)]


def test_changes_that_do_not_hang_together_are_put_back_in_groups() -> None:
    each = [
        (
            _undoing("stage_visit", n + 10, "insert"),
            _undoing("stage_visit", n, left_at=None),
            _undoing("card", n),
        )
        for n in (3, 2, 1)
    ]
    assert _portions(*(change for three in each for change in three)) == [
        [[13, 12, 11], [3, 2, 1], [3, 2, 1]],
    ]
    assert _portions() == []


@pytest.mark.parametrize(
    "changes",
    [
        (_undoing("card", 1, title="a"), _undoing("card", 1, title="b")),
        (Undoing("card", 2, "insert", {}, {"origin_card_id": 1}, 1), _undoing("card", 1, "insert")),
        (_undoing("note", 2, "insert"), _undoing("card", 1, "insert")),
        (_undoing("board", 1, conversion_stage_id=None), _undoing("stage", 2, "insert")),
        (_undoing("stage", 2, "delete"), _undoing("board", 1, conversion_stage_id=2)),
        (_undoing("card", 1, number="A"), _undoing("card", 2, "delete")),
    ],
    ids=[
        "a row twice",
        "points at its own table",
        "two tables",
        "no longer points",
        "points again",
        "only once",
    ],
)
def test_what_hangs_on_the_order_keeps_it(changes: tuple[Undoing, Undoing]) -> None:
    first, second = changes
    assert [group for wave in waves(changes) for group in wave] == [[first], [second]]
    assert len(list(waves(changes))) == 2


def test_the_undo_of_many_names_the_row_that_was_built_upon(house: House) -> None:
    ana, bia = house.open(), house.open("bia")
    stage, other = _fill(house, ana, 5)
    batch = do(ana, ArchiveStage(stage=stage, cards_to=other)).batch
    before = house.dump()
    do(bia, MoveCard(card=house.card("bia"), stage=house.stage(house.card("bia"), 2)))
    refusal = ana.run(UndoBatch(batch=batch))
    assert isinstance(refusal, Refusal)
    assert refusal.reason.params["who"] == "bia"
    assert json.loads(refusal.reason.params["what"])["kind"] == "card.moved"
    do(bia, UndoBatch())
    assert house.dump() == before


def test_people_of_a_file_go_by_table_and_not_one_by_one() -> None:
    """Those that point go first; who points at another of the table goes alone, while that one still stands."""
    rows = [(n, table) for n in (5, 4, 3, 2) for table in ("contact_point", "party")]
    made = [
        Undoing(table, n, "insert", {}, {"merged_into_id": 2} if (n, table) == (4, "party") else {}, 1)
        for n, table in rows
    ]
    assert _portions(*made) == [[[5, 4, 3, 2]], [[5]], [[4]], [[3, 2]]]
