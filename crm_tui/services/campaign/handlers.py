"""How campaigns are kept: their actions, and what follows from how these end. (T7, T28, T38-T42)"""

from __future__ import annotations

from datetime import date
from typing import Any

from crm_tui.domain.board import StageCategory
from crm_tui.domain.campaign import Leads
from crm_tui.domain.events import campaign as events
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.i18n import N_, Text
from crm_tui.services.campaign import commands as c
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler
from crm_tui.services.core.kept import Kept
from crm_tui.services.core.use import Using
from crm_tui.store.rows import Row
from crm_tui.store.tables import (
    ActionType,
    Campaign,
    CampaignAction,
    CampaignResult,
    Result,
    Stage,
)

_SAME_ACTION = """
SELECT 1 FROM campaign_action WHERE campaign_id = :campaign_id AND action_type_id = :action_type_id AND id <> :id
"""
_SAME_RESULT = """
SELECT 1 FROM campaign_result
WHERE campaign_action_id = :campaign_action_id AND result_id = :result_id AND id <> :id
"""
_RULED = "SELECT count(*) FROM campaign_result WHERE campaign_action_id = :id"
_LED_TO = """
SELECT t.name FROM campaign_action a JOIN campaign_result r ON r.campaign_action_id = a.id
JOIN action_type t ON t.id = a.action_type_id WHERE a.campaign_id = :campaign_id AND r.next_action_id = :id LIMIT 1
"""


def _dates(_ctx: Context, row: Row) -> Refusal | None:
    begins, ends = (_day(row.get(name)) for name in ("starts_on", "ends_on"))
    if begins and ends and ends < begins:
        return Refusal(Text("The campaign ends before it begins: mend one of the days."), fields=("ends_on",))
    return None


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _action_once(ctx: Context, row: Row) -> Refusal | None:
    asked = {name: row[name] for name in ("id", "campaign_id", "action_type_id")}
    if ctx.one(_SAME_ACTION, **asked) is None:
        return None
    return Refusal(Text("The campaign has this action already: edit that one."), fields=("action",))


def _rule(ctx: Context, row: Row) -> Refusal | None:
    asked = {name: row[name] for name in ("id", "campaign_action_id", "result_id")}
    if ctx.one(_SAME_RESULT, **asked) is not None:
        return Refusal(
            Text("The action has a rule for this result already: edit that one."), fields=("result",)
        )
    if row["leads"] == Leads.STAGE:
        if row["to_stage_id"] is None:
            return Refusal(Text("Say to which stage it leads."), RefusedBy.INPUT, ("to_stage",))
        stage = ctx.row(Stage, row["to_stage_id"], "stage")
        if stage["archived_at"] is not None:
            return Refusal(Text("That stage was removed already: choose another."), fields=("to_stage",))
        if stage["category"] not in (StageCategory.OPEN, StageCategory.PAUSED):
            return Refusal(Text("A card goes on in an open stage: choose another."), fields=("to_stage",))
    if row["next_action_id"] is not None:
        campaign = ctx.row(CampaignAction, row["campaign_action_id"], "campaign_action")["campaign_id"]
        if ctx.row(CampaignAction, row["next_action_id"], "campaign_action")["campaign_id"] != campaign:
            return Refusal(
                Text("The next step is an action of the same campaign: add it there first."),
                fields=("next_action",),
            )
    return None


def _unruled(ctx: Context, row: Row) -> Refusal | None:
    """An action goes once nothing leads to it and nothing is said of its results."""
    (rules,) = ctx.one(_RULED, id=row["id"]) or (0,)
    if rules:
        return Refusal(Text("There are rules for the results of this action: remove them first."))
    led = ctx.one(_LED_TO, id=row["id"], campaign_id=row["campaign_id"])
    if led is not None:
        return Refusal(Text("A rule of {action} leads here: change that first.", {"action": led[0]}))
    return None


def _told_action(ctx: Context, row: Row) -> str:
    campaign = ctx.row(Campaign, row["campaign_id"], "campaign")["name"]
    return f"{campaign}: {ctx.row(ActionType, row['action_type_id'], 'action')['name']}"


def _told_rule(ctx: Context, row: Row) -> str:
    action = ctx.row(CampaignAction, row["campaign_action_id"], "campaign_action")
    return f"{_told_action(ctx, action)}: {ctx.row(Result, row['result_id'], 'result')['name']}"


_CAMPAIGNS = Kept(
    Campaign,
    "campaign",
    {"name": "name", "kind": "kind", "team": "team_id", "starts_on": "starts_on", "ends_on": "ends_on"},
    rule=_dates,
)
_ACTIONS = Kept(
    CampaignAction,
    "campaign_action",
    {"is_default": "is_default", "medium": "default_medium_id", "objective": "objective"},
    {"campaign": "campaign_id", "action": "action_type_id"},
    within="campaign_id",
    named=False,
    only_one="is_default",
    words=frozenset(("objective",)),
    told=_told_action,
    rule=_action_once,
)
_RULES = Kept(
    CampaignResult,
    "campaign_result",
    {
        **{name: name for name in ("is_default", "requires_detail", "next_mode", "delay_days")},
        **{name: name for name in ("delay_from", "leads")},
        "next_action": "next_action_id",
        "to_stage": "to_stage_id",
    },
    {"campaign_action": "campaign_action_id", "result": "result_id"},
    within="campaign_action_id",
    named=False,
    only_one="is_default",
    told=_told_rule,
    rule=_rule,
)
_USE = Using(Campaign, "campaign")

HANDLERS: dict[type[Command], Handler[Any]] = {
    c.AddCampaign: _CAMPAIGNS.adds(events.CampaignAdded),
    c.EditCampaign: _CAMPAIGNS.edits(events.CampaignEdited),
    c.MoveCampaign: _CAMPAIGNS.moves(events.CampaignEdited),
    c.DeactivateCampaign: _USE.ends(events.CampaignDeactivated, N_("This campaign is out of use already.")),
    c.ReactivateCampaign: _USE.begins(events.CampaignReactivated, N_("This campaign is in use already.")),
    c.AddCampaignAction: _ACTIONS.adds(events.CampaignActionAdded),
    c.EditCampaignAction: _ACTIONS.edits(events.CampaignActionEdited),
    c.MoveCampaignAction: _ACTIONS.moves(events.CampaignActionEdited),
    c.RemoveCampaignAction: _ACTIONS.removes(events.CampaignActionRemoved, _unruled),
    c.AddCampaignResult: _RULES.adds(events.CampaignResultAdded),
    c.EditCampaignResult: _RULES.edits(events.CampaignResultEdited),
    c.MoveCampaignResult: _RULES.moves(events.CampaignResultEdited),
    c.RemoveCampaignResult: _RULES.removes(events.CampaignResultRemoved),
}
