"""What a stay in a stage begins with: the day by which the card should go on, and who answers for it. (E25, E26)

Which of several people is asked here; that the fewest cards decide is the domain's.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from crm_tui.domain.cadence import Candidate, OwnerRule, chosen, due_on
from crm_tui.services.core import rights
from crm_tui.services.core.context import Context
from crm_tui.services.core.moments import calendar
from crm_tui.store.rows import Row
from crm_tui.store.tables import Card, StageVisit

_LOADS = """
SELECT u.id,
       (SELECT count(*) FROM card c WHERE coalesce(c.stage_owner_id, c.owner_id) = u.id
        AND c.status IN ('open','paused') AND c.archived_at IS NULL AND c.deleted_at IS NULL)
FROM "user" u WHERE u.active = 1 AND (u.profile_id = :profile_id OR u.team_id = :team_id) ORDER BY u.id
"""
_STAY = "SELECT id FROM stage_visit WHERE card_id = :card_id AND left_at IS NULL ORDER BY id DESC LIMIT 1"


class Stay(NamedTuple):
    """By when a card should have left its stage, and who answers for it there; None: no time, its seller."""

    due_on: date | None
    owner_id: int | None


def begun(ctx: Context, stage: Row) -> Stay:
    """What a stay in this stage begins with, today."""
    due = None
    if stage["expected_days"] is not None:
        arrived = ctx.now.astimezone(ctx.viewer.zone).date()
        due = due_on(arrived, stage["expected_days"], calendar(ctx.connection))
    return Stay(due, _owner(ctx, stage))


def _owner(ctx: Context, stage: Row) -> int | None:
    """Whom the rule of the stage means; its seller where it means nobody who works on the board."""
    match OwnerRule(stage["owner_rule"]):
        case OwnerRule.SELLER:
            return None
        case OwnerRule.USER:
            asked = [(stage["default_user_id"], 0)]
        case OwnerRule.ROLE:
            asked = _loads(ctx, profile_id=stage["profile_id"], team_id=None)
        case OwnerRule.TEAM:
            asked = _loads(ctx, profile_id=None, team_id=stage["team_id"])
    able = (
        Candidate(user_id, load)
        for user_id, load in asked
        if rights.takes_part(ctx, user_id, stage["board_id"])
    )
    return chosen(able)


def _loads(ctx: Context, **whom: Any) -> list[tuple[int, int]]:
    return ctx.connection.execute(_LOADS, whom).fetchall()


def stay(ctx: Context, card_id: int) -> int | None:
    """The stay that a card is in."""
    found = ctx.one(_STAY, card_id=card_id)
    return int(found[0]) if found is not None else None


def change(ctx: Context, card_id: int, **columns: Any) -> bool:
    """Another due date or owner of the stay that a card is in (`due_on`, `owner_id`); whether anything changed."""
    names = {"due_on": "stage_due_on", "owner_id": "stage_owner_id"}
    changed = ctx.rows.update(Card, card_id, **{names[name]: value for name, value in columns.items()})
    here = stay(ctx, card_id)
    if here is not None:
        ctx.rows.update(StageVisit, here, **columns)
    return changed
