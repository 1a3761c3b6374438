"""What may be read of campaigns: what they fill, what follows from a result, their registers. (T7-T12, T28, T38-T42)"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from crm_tui.domain.board import is_closed
from crm_tui.domain.campaign import (
    CAMPAIGN_KIND_NAMES,
    LEADS_NAMES,
    CampaignDefaults,
    CampaignKind,
    Filing,
    Leads,
    NextMode,
    ResultRule,
    ends_card,
    led_to,
    next_day,
    next_told,
    plans_itself,
)
from crm_tui.domain.fields import Option
from crm_tui.domain.register import Cell, Register, RegisterRow, Section
from crm_tui.i18n import C_, N_, Text, text_n
from crm_tui.services.core import outcomes
from crm_tui.services.core.moments import calendar
from crm_tui.services.core.reading import Reading, view
from crm_tui.services.core.scope import matching, sight, wall
from crm_tui.store.queries import base
from crm_tui.store.queries import campaign as queries
from crm_tui.store.values import as_date


class Follows(NamedTuple):
    """What follows if a parecer ends so: its rule, the day of a step that plans itself, the stage to which it leads
    the card, whether that ends with it, and whether a next step is asked for."""

    rule: ResultRule
    plans: date | None
    stage_id: int | None
    loses: bool
    asks: bool


@view("card.read")
def follows(
    reading: Reading,
    result_id: int,
    *,
    campaign_id: int | None = None,
    action_id: int | None = None,
    board_id: int | None = None,
    status: str = "",
    due_on: date | None = None,
) -> Follows | None:
    """What the editor says beforehand, by the rule by which it is filed. `board_id` and `status` are the card's, if it
    is about one; `due_on` is when the step that is registered was due."""
    rule = outcomes.rule_of(reading.connection, result_id, campaign_id, action_id)
    if rule is None:
        return None
    on_card = board_id is not None
    filing = Filing(
        detail=False, when=False, reason=False, on_card=on_card, open=on_card and not is_closed(status)
    )
    plans = None
    if plans_itself(rule, filing):
        plans = next_day(rule, reading.today, due_on, calendar(reading.connection))
    lost = ends_card(rule, filing)
    return Follows(
        rule,
        plans,
        led_to(rule, board_id, open_card=on_card and filing.open),
        lost,
        rule.next_mode == NextMode.ASK and filing.may_go_on and not lost,
    )


@view("card.read")
def defaults(reading: Reading, campaign_id: int, action_id: int | None = None) -> CampaignDefaults:
    """What choosing a campaign fills, or one of its actions."""
    return outcomes.defaults_of(reading.connection, campaign_id, action_id)


@view("card.read")
def meant(reading: Reading, card_id: int | None, activity_id: int | None) -> tuple[int, str] | None:
    """The campaign for which an attendance is where nothing else is said, and its name; of what one does not see,
    none. (T38)"""
    seen = sight(reading.viewer)
    for text, row_id in ((base.CARD_SEEN, card_id), (base.ACTIVITY, activity_id)):
        if row_id is not None and reading.connection.execute(text, {"id": row_id, **seen}).fetchone() is None:
            return None
    return outcomes.campaign_of(reading.connection, card_id, activity_id)


def _every(reading: Reading) -> list[tuple[Any, ...]]:
    return reading.connection.execute(queries.EVERY).fetchall()


@view("card.read")
def pick_campaign(reading: Reading, text: str) -> list[Option]:
    """The picker of campaigns that run today, of all teams or of one's own."""
    viewer = reading.viewer
    params = {
        "today": reading.today.isoformat(),
        "user_id": viewer.user_id,
        "all": int(viewer.owners("card.read") is None),
    }
    rows = reading.connection.execute(queries.IN_USE, params).fetchall()
    return matching([Option(i, name, "", f"campaign:{i}") for i, name in rows], text)


@view("card.read")
def pick_every_campaign(reading: Reading, text: str) -> list[Option]:
    """The picker of all campaigns, those out of use among them."""
    return matching([Option(row[0], row[1], "", f"campaign:{row[0]}") for row in _every(reading)], text)


@view("card.read")
def pick_campaign_action(reading: Reading, text: str) -> list[Option]:
    """The picker of the actions of campaigns."""
    rows = reading.connection.execute(queries.ACTIONS).fetchall()
    return matching([Option(row[0], row[4], row[2], f"campaign_action:{row[0]}") for row in rows], text)


@view("card.read")
def pick_campaign_result(reading: Reading, text: str) -> list[Option]:
    """The picker of the rules of campaigns."""
    rows = _rules(reading)
    found = [Option(row[0], row[6], f"{row[3]}: {row[4]}", f"campaign_result:{row[0]}") for row in rows]
    return matching(found, text)


def _rules(reading: Reading) -> list[tuple[Any, ...]]:
    return reading.connection.execute(queries.RESULTS, wall(reading.viewer)).fetchall()


# --- settings


def _picked(row_id: int | None) -> str:
    return "" if row_id is None else f"#{row_id}"


def _typed(day: str | None) -> str:
    found = as_date(day)
    return "" if found is None else f"{found:%d/%m/%Y}"


@view("card.read")
def register(reading: Reading) -> list[RegisterRow]:
    """The campaigns as settings list them, those out of use in their places."""
    return [
        RegisterRow(
            i,
            version,
            name,
            (
                name,
                Text(CAMPAIGN_KIND_NAMES[CampaignKind(kind)]),
                team or "",
                text_n("{n} action", "{n} actions", actions),
                _typed(ends_on),
                "" if active else Text(N_("out of use")),
            ),
            {
                "name": name,
                "kind": kind,
                "team": _picked(team_id),
                "starts_on": _typed(starts_on),
                "ends_on": _typed(ends_on),
            },
            {"team": team or ""},
            {"kind": kind, "team": _picked(team_id)},
            bool(active),
            belongs={"campaign": i},
        )
        for i, name, kind, team_id, team, starts_on, ends_on, active, version, actions in _every(reading)
    ]


@view("card.read")
def action_register(reading: Reading) -> list[RegisterRow]:
    """The actions of campaigns as settings list them."""
    return [
        RegisterRow(
            i,
            version,
            f"{campaign}: {action}",
            (
                action,
                Text(N_("default")) if is_default else "",
                medium or "",
                objective or "",
                text_n("{n} rule", "{n} rules", rules) if rules else "",
                campaign,
            ),
            {
                "is_default": "1" if is_default else "0",
                "medium": _picked(medium_id),
                "objective": objective or "",
            },
            {"medium": medium or "", "campaign": campaign},
            {"campaign": f"#{campaign_id}"},
            belongs={"campaign": campaign_id, "campaign_action": i},
            made={"action": f"#{action_type_id}"},
        )
        for (
            i,
            campaign_id,
            campaign,
            action_type_id,
            action,
            is_default,
            medium_id,
            medium,
            objective,
            version,
            rules,
        ) in reading.connection.execute(queries.ACTIONS).fetchall()
    ]


@view("card.read")
def rule_register(reading: Reading) -> list[RegisterRow]:
    """What follows from the results of campaigns' actions, as settings list it."""
    return [_rule(row) for row in _rules(reading)]


def _rule(row: Sequence[Any]) -> RegisterRow:
    (
        i,
        action_id,
        campaign_id,
        campaign,
        action,
        result_id,
        result,
        is_default,
        asks,
        mode,
        next_id,
        next_name,
    ) = row[:12]
    days, since, leads, stage_id, stage, version = row[12:]
    return RegisterRow(
        i,
        version,
        f"{campaign}: {action}: {result}",
        (
            result,
            Text(N_("default")) if is_default else "",
            _followed(mode, days, next_name),
            _led(leads, stage),
            action,
            campaign,
        ),
        {
            "is_default": "1" if is_default else "0",
            "requires_detail": "1" if asks else "0",
            "next_mode": mode,
            "next_action": _picked(next_id),
            "delay_days": str(days),
            "delay_from": since,
            "leads": leads,
            "to_stage": _picked(stage_id),
        },
        {"next_action": next_name or "", "to_stage": stage or "", "campaign_action": f"{campaign}: {action}"},
        {"campaign_action": f"#{action_id}"},
        belongs={"campaign": campaign_id, "campaign_action": action_id},
        made={"result": f"#{result_id}"},
    )


def _followed(mode: str, days: int, action: str | None) -> Cell:
    """What comes next, in a cell: `Ligação, pergunta`."""
    how = next_told(mode, days)
    if not action or how is None:
        return how or action or ""
    return Text("{before}, {next}", {"before": action, "next": how})


def _led(leads: str, stage: str | None) -> Cell:
    if leads == Leads.STAGE:
        return stage or Text(LEADS_NAMES[Leads.STAGE])
    return "" if leads == Leads.NOWHERE else Text(LEADS_NAMES[Leads(leads)])


REGISTERS = (
    Register(
        "campaigns",
        "campaign",
        N_("Campaigns"),
        N_(
            "For what contacts are made: choosing one in a note fills action, medium and result. o leads to its "
            "actions and to what follows from how they end; x takes one out of use."
        ),
        (N_("Campaign"), N_("Kind"), N_("Team"), N_("Actions"), N_("Until"), N_("Use")),
        register,
        create="add_campaign",
        edit="edit_campaign",
        off="deactivate_campaign",
        on="reactivate_campaign",
        move="move_campaign",
        related=(
            (N_("_Actions"), "campaign_actions", "campaign"),
            (N_("_Rules"), "campaign_results", "campaign"),
        ),
        section=Section.FOLLOW_UP,
        place=7,
    ),
    Register(
        "campaign_actions",
        "campaign_action",
        N_("Campaign actions"),
        N_(
            "What a campaign is made of. o leads to what follows from the results of an action; x removes it."
        ),
        (N_("Action"), N_("Default"), N_("Medium"), N_("Objective"), N_("Rules"), N_("Campaign")),
        action_register,
        create="add_campaign_action",
        edit="edit_campaign_action",
        off="remove_campaign_action",
        move="move_campaign_action",
        told_off=N_("{name} removed"),
        related=((N_("_Rules"), "campaign_results", "campaign_action"),),
        section=Section.FOLLOW_UP,
        place=8,
        short=C_("shelf", "Camp. action"),
    ),
    Register(
        "campaign_results",
        "campaign_result",
        N_("Campaign rules"),
        N_(
            "What follows if an action of a campaign ends so: the next step, a stage, the card's loss. Where there is "
            "no rule here, the result's own holds; x removes one."
        ),
        (N_("Result"), N_("Default"), N_("What follows"), N_("Leads"), N_("Action"), N_("Campaign")),
        rule_register,
        create="add_campaign_result",
        edit="edit_campaign_result",
        off="remove_campaign_result",
        move="move_campaign_result",
        told_off=N_("{name} removed"),
        section=Section.FOLLOW_UP,
        place=9,
        short=C_("shelf", "Camp. rules"),
    ),
)
PICKERS = {
    "campaigns": pick_campaign,
    "every_campaign": pick_every_campaign,
    "campaign_actions": pick_campaign_action,
    "campaign_results": pick_campaign_result,
}
