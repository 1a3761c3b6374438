"""Whether what a batch was about is still the operator's to change: rights may have been lost since, and an undo is a
change like another. The wall round a board is asked beside this (`handlers`); who may do what, after it (`access`).
"""

from __future__ import annotations

import json

from crm_tui.domain.access import SET_UP
from crm_tui.services.core.context import Context
from crm_tui.services.core.scope import planning, sight
from crm_tui.store.queries import trail as queries

SET_UP_TABLES = frozenset(
    (
        *("action_type", "campaign", "campaign_action", "campaign_result", "case_type", "channel"),
        *("contact_medium", "duplicate_rule", "field_def", "form", "label", "local_holiday", "loss_reason"),
        *("media_source", "offer", "offer_item", "party_class", "result", "result_detail", "setting"),
        *("template", "work_calendar", "work_hours"),
    )
)
"""What settings hold for the whole house: of no board, no card and no person."""
_BEYOND = (queries.BEYOND_CARDS, queries.BEYOND_PEOPLE, queries.BEYOND_LEAVE, queries.BEYOND_SET_UP)
_KEYS = dict.fromkeys(SET_UP_TABLES, SET_UP) | {"import_layout": "intake.run"}


def beyond(ctx: Context, batch: str) -> bool:
    """Whether a batch changed a card or a person that the operator does not see by now, somebody's leave for whom they
    do not plan, or what they may not set up any more. Not what the batch itself made or took out of their sight: that
    comes back by the undo."""
    viewer = ctx.viewer
    barred = json.dumps([table for table, key in _KEYS.items() if not viewer.may(key, None)])
    asked = {"batch": batch, "barred": barred, **sight(viewer), **planning(viewer)}
    return any(ctx.one(sql, **asked) is not None for sql in _BEYOND)
