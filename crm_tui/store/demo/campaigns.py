"""The campaigns of the demonstration's company, told in `data/demo/campaigns.toml`: a visit, and what comes of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from crm_tui.store.demo.files import told
from crm_tui.store.rows import Rows
from crm_tui.store.tables import Campaign, CampaignAction, CampaignResult, ResultDetail

Ids = Mapping[str, int]


def campaigns(
    connection: sqlite3.Connection,
    *,
    actions: Ids,
    results: Ids,
    mediums: Ids,
    stages: Mapping[tuple[str, str], int],
) -> None:
    """Make them; the ids are by the names of the stories."""
    rows, begun = Rows(connection), told("campaigns")
    for detail in begun["details"]:
        for position, name in enumerate(detail["names"], start=1):
            rows.insert(ResultDetail, result_id=results[detail["result"]], name=name, position=position)
    for position, campaign in enumerate(begun["campaigns"], start=1):
        kind = {"kind": campaign["kind"]} if "kind" in campaign else {}
        campaign_id = rows.insert(Campaign, name=campaign["name"], position=position, **kind)
        made = {
            each["action"]: rows.insert(
                CampaignAction,
                campaign_id=campaign_id,
                action_type_id=actions[each["action"]],
                is_default=each.get("default", False),
                default_medium_id=mediums.get(each.get("medium", "")),
                objective=each.get("objective"),
                position=place,
            )
            for place, each in enumerate(campaign["actions"], start=1)
        }
        for each in campaign["actions"]:
            for place, rule in enumerate(each["rules"], start=1):
                _rule(rows, made, results, stages, each["action"], rule, place)


def _rule(
    rows: Rows,
    made: Ids,
    results: Ids,
    stages: Mapping[tuple[str, str], int],
    action: str,
    rule: Mapping[str, Any],
    place: int,
) -> None:
    rows.insert(
        CampaignResult,
        campaign_action_id=made[action],
        result_id=results[rule["result"]],
        next_mode=rule.get("follows", "none"),
        next_action_id=made.get(rule.get("next", "")),
        delay_days=rule.get("days", 0),
        leads=rule.get("leads", "nowhere"),
        to_stage_id=stages.get((rule.get("board", ""), rule.get("stage", ""))),
        position=place,
    )
