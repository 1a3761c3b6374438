"""What a stay in a stage begins with: the day by which the card should go on, and who answers for it. (E25, E26)

Which of several people is asked here; that the fewest cards decide is the domain's.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from crm_tui.domain.cadence import Candidate, OwnerRule, due_on, in_turn
from crm_tui.services.core import rights
from crm_tui.services.core.context import Context
from crm_tui.services.core.moments import calendar
from crm_tui.store.queries import board as queries
from crm_tui.store.rows import Row
from crm_tui.store.tables import Card, StageVisit


class Stay(NamedTuple):
    """By when a card should have left its stage, and who answers for it there; None: no time, its seller."""

    due_on: date | None
    owner_id: int | None


def begun(ctx: Context, stage: Row) -> Stay:
    """What a stay in this stage begins with, today."""
    due = None
    if stage["expected_days"] is not None:
        arrived = ctx.today
        due = due_on(arrived, stage["expected_days"], calendar(ctx.connection))
    return Stay(due, _owner(ctx, stage))


def _owner(ctx: Context, stage: Row) -> int | None:
    """Whom the rule of the stage means; its seller where it means nobody who works on the board."""
    match OwnerRule(stage["owner_rule"]):
        case OwnerRule.SELLER:
            return None
        case OwnerRule.USER:
            asked = [Candidate(stage["default_user_id"], 0)]
        case OwnerRule.ROLE:
            asked = _answering(ctx, profile_id=stage["profile_id"], team_id=None)
        case OwnerRule.TEAM:
            asked = _answering(ctx, profile_id=None, team_id=stage["team_id"])
    return next((each for each in in_turn(asked) if rights.takes_part(ctx, each, stage["board_id"])), None)


def of_team(ctx: Context, team_id: int, board_id: int) -> int | None:
    """Who of a team answers for one more card of a board: who has the fewest, if anybody of it works there. (B49)"""
    asked = _answering(ctx, profile_id=None, team_id=team_id)
    return next((each for each in in_turn(asked) if rights.takes_part(ctx, each, board_id)), None)


def _answering(ctx: Context, **whom: int | None) -> list[Candidate]:
    return [Candidate(*row) for row in ctx.connection.execute(queries.ANSWERING, whom).fetchall()]


def stays(ctx: Context, card_ids: Sequence[int]) -> list[int]:
    """The stays that cards are in."""
    rows = ctx.connection.execute(queries.STAYS_NOW, {"cards": json.dumps([*card_ids])}).fetchall()
    return [visit_id for (visit_id,) in rows]


def change(ctx: Context, card_id: int, **columns: Any) -> bool:
    """Another due date or owner of the stay that a card is in (`due_on`, `owner_id`); whether anything changed."""
    names = {"due_on": "stage_due_on", "owner_id": "stage_owner_id"}
    changed = ctx.rows.update(Card, card_id, **{names[name]: value for name, value in columns.items()})
    for here in stays(ctx, [card_id]):
        ctx.rows.update(StageVisit, here, **columns)
    return changed
