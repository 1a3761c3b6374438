"""What follows from a result, in one place: for the parecer's editor, for the filing, for who asks beforehand. (T9-T12)

Its queries, and the pure rules of `domain.campaign`.
"""

from __future__ import annotations

import sqlite3

from crm_tui.domain.campaign import CampaignDefaults, ResultRule
from crm_tui.store.queries import campaign as queries


def rule_of(
    connection: sqlite3.Connection, result_id: int, campaign_id: int | None, action_id: int | None
) -> ResultRule | None:
    """The rule of a result for an action of a campaign, else its own; None if there is no such result."""
    asked = {"result_id": result_id, "campaign_id": campaign_id, "action_id": action_id}
    row = connection.execute(queries.RULE, asked).fetchone()
    return None if row is None else ResultRule._make((*row[:2], bool(row[2]), bool(row[3]), *row[4:]))


def defaults_of(
    connection: sqlite3.Connection, campaign_id: int, action_id: int | None = None
) -> CampaignDefaults:
    """What a campaign fills for one of its actions, or for its default one."""
    asked = {"campaign_id": campaign_id, "action_id": action_id}
    row = connection.execute(queries.DEFAULTS, asked).fetchone()
    return CampaignDefaults() if row is None else CampaignDefaults._make(row)


def campaign_of(
    connection: sqlite3.Connection, card_id: int | None, activity_id: int | None
) -> tuple[int, str] | None:
    """The campaign for which an attendance is where nothing else is said, and its name: that of the planned step that
    it registers, else the card's, while it is in use. (T38)"""
    row = connection.execute(queries.MEANT, {"card_id": card_id, "activity_id": activity_id}).fetchone()
    return None if row is None else (int(row[0]), str(row[1]))
