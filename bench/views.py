"""The list views of the screens, with the text and parameters that each sends to SQLite."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from bench.queries import Pair
from crm_tui.bootstrap import open_crm
from crm_tui.services.board import views as boards
from crm_tui.services.core.moments import moment
from crm_tui.services.core.scope import reach, sight, wall
from crm_tui.services.followup import views as followups
from crm_tui.services.trail import views as trails
from crm_tui.store.queries import board as board_sql
from crm_tui.store.queries import followup as followup_sql
from crm_tui.store.queries import trail as trail_sql


def pairs(database: Path) -> Iterator[Pair]:
    """Hoje's page of 100 rows, a board column of 50 cards, a card's story, the queue's largest arm."""
    crm = open_crm(database, "ana")
    reading = crm.reading()
    queue = followups.queue(reading)
    keys = [key for key in queue.keys if key > 0][:100]
    yield Pair(
        "Hoje, 100 rows",
        lambda: followups.page(reading, keys),
        followup_sql.ROWS_OF_CARDS,
        {"ids": json.dumps(keys), **sight(crm.viewer)},
    )
    board = max(boards.boards(reading), key=lambda b: sum(h.count for h in boards.heads(reading, b.id)))
    stage = max(boards.heads(reading, board.id), key=lambda h: h.count)
    place = {"stage_id": stage.id, "rank": "", "after": 0, "most": 50}
    yield Pair(
        "Quadro, a column of 50",
        lambda: boards.column(reading, stage.id),
        board_sql.COLUMN,
        {**place, **reach(crm.viewer, "card.read")},
    )
    whole = dict.fromkeys(("kinds", "by", "since", "until"))
    told = max(keys[:50], key=lambda key: len(trails.of_card(reading, key)))
    yield Pair(
        "a card's story",
        lambda: trails.of_card(reading, told),
        trail_sql.OF_CARD,
        {"card_id": told, "before": trails.NEWEST, "most": 100, **whole, **sight(crm.viewer)},
    )
    condition = followup_sql.ARMS[4][1]
    day = {**moment(reading), "owner_id": crm.viewer.user_id, **wall(crm.viewer)}
    arm = followup_sql.card_arm(condition, one=True)
    yield Pair(
        "the queue's order, one arm",
        lambda: list(reading.connection.execute(arm, day)),
        arm,
        day,
    )
