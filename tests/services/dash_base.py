"""Random cards and activities of every kind, for the tests of the numbers of the day and the week."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from house import House

from crm_tui.store.rows import Rows
from crm_tui.store.tables import Activity, Card


def fill(house: House, owners: Sequence[str], n: int, now: datetime, seed: int = 7) -> None:
    """Cards and activities of every kind, from weeks ago to weeks ahead."""
    chance, crm = random.Random(seed), house.open()
    users = [house.user(owner) for owner in owners]
    stages = house.rows("SELECT id, board_id FROM stage WHERE category IN ('open','paused')")
    reasons = [row_id for (row_id,) in house.rows("SELECT id FROM loss_reason")]
    types = [row_id for (row_id,) in house.rows("SELECT id FROM action_type")]

    def around(before: int, after: int) -> datetime:
        return now + timedelta(minutes=15 * chance.randint(-before * 96, after * 96))

    cards: list[dict[str, Any]] = []
    for i in range(n):
        stage, board = chance.choice(stages)
        status = chance.choice(("open", "open", "open", "paused", "won", "lost", "lost", "done"))
        closed = status not in ("open", "paused")
        start = around(9, 20) if chance.random() < 0.5 else None
        due = (start or around(9, 20)).date() if chance.random() < 0.9 and not closed else None
        cards.append(
            {
                "number": f"D-{seed}-{i}",
                "kind": "opportunity",
                "board_id": board,
                "stage_id": stage,
                "status": status,
                "title": f"negócio {i}",
                "owner_id": chance.choice([*users, None]),
                "value_one_off": chance.randrange(50_000),
                "value_recurring": chance.randrange(500),
                "opened_at": now - timedelta(days=200),
                "last_touch_at": around(40, 0),
                "stage_due_on": around(5, 9).date() if chance.random() < 0.4 else None,
                "next_due_on": due,
                "next_start_at": start if due else None,
                "closed_on": around(110, 0).date() if closed else None,
                "loss_reason_id": chance.choice([*reasons, None]) if status == "lost" else None,
                "archived_at": now if chance.random() < 0.05 else None,
                "deleted_at": now if chance.random() < 0.05 else None,
            }
        )
    with crm.store.writing() as connection:
        Rows(connection).insert_many(Card, cards)
    known = house.rows("SELECT id FROM card WHERE number LIKE 'D-%'")
    activities: list[dict[str, Any]] = []
    for i in range(3 * n):
        start = around(20, 20) if chance.random() < 0.6 else None
        state = chance.choice(("planned", "planned", "done", "done", "canceled", "no_show"))
        alone = state == "planned" and chance.random() < 0.5
        activities.append(
            {
                "card_id": chance.choice(known)[0] if chance.random() < 0.6 else None,
                "action_type_id": chance.choice(types),
                "subject": f"passo {i}",
                "assignee_id": chance.choice(users),
                "due_on": (start or around(9, 20)).date(),
                "start_at": start,
                "end_at": start + timedelta(minutes=chance.choice((15, 60, 600))) if start else None,
                "state": state,
                "done_at": around(20, 0) if state == "done" else None,
                "private": chance.random() < 0.1,
                "stands_alone": alone,
                "deleted_at": now if chance.random() < 0.05 else None,
            }
        )
    with crm.store.writing() as connection:
        Rows(connection).insert_many(Activity, activities)
