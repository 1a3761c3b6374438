"""The registers of campaigns and of what results ask for: what may stand in them and what may not. (T7, T38-T42)"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from house import House, do

from crm_tui.bootstrap import commands
from crm_tui.domain.outcome import Refusal
from crm_tui.services.campaign import views
from crm_tui.services.core.crm import Crm
from crm_tui.services.trail.commands import UndoBatch


def _cmd(command: str, /, **values: Any) -> Any:
    return commands()[command](**values)


def made(crm: Crm, command: str, /, **values: Any) -> int:
    return do(crm, _cmd(command, **values)).entity_id or 0


def refused(crm: Crm, command: str, /, **values: Any) -> tuple[str, ...]:
    """The fields that a refusal names; one that is told beforehand, too."""
    outcome = crm.run(_cmd(command, **values))
    assert isinstance(outcome, Refusal), outcome
    assert crm.why_not(_cmd(command, **values)) == outcome
    return outcome.fields


@pytest.fixture
def campaign(house: House) -> dict[str, int]:
    """A campaign of two actions, the first of which leads to the second."""
    crm = house.open()
    found = {"campaign": made(crm, "add_campaign", name="Prospecção")}
    for name, place in (("visit", 0), ("call", 1)):
        action = house.any_id("action_type", place)
        found[name] = made(crm, "add_campaign_action", campaign=found["campaign"], action=action)
    result = house.any_id("result")
    found["rule"] = made(
        crm, "add_campaign_result", campaign_action=found["visit"], result=result, next_action=found["call"]
    )
    return found


def test_a_campaign_does_not_end_before_it_begins(house: House, campaign: dict[str, int]) -> None:
    crm, days = house.open(), {"starts_on": date(2026, 11, 20), "ends_on": date(2026, 11, 19)}
    assert refused(crm, "add_campaign", name="Ao contrário", **days) == ("ends_on",)
    made(crm, "edit_campaign", campaign=campaign["campaign"], starts_on=days["starts_on"])
    assert refused(crm, "edit_campaign", campaign=campaign["campaign"], ends_on=days["ends_on"]) == (
        "ends_on",
    )


def test_names_are_their_own_among_siblings(house: House) -> None:
    crm = house.open()
    assert refused(crm, "add_campaign", name="  ") == ("name",)
    made(crm, "add_campaign", name="Prospecção")
    assert refused(crm, "add_campaign", name="prospeccao") == ("name",)
    first, second = house.any_id("result", 0), house.any_id("result", 1)
    made(crm, "add_result_detail", result=first, name="Sem tempo")
    assert refused(crm, "add_result_detail", result=first, name="sem TEMPO") == ("name",)
    other = made(crm, "add_result_detail", result=second, name="Sem tempo")
    made(crm, "edit_result_detail", result_detail=other, name="Sem verba")


def test_an_action_and_a_rule_stand_once(house: House, campaign: dict[str, int]) -> None:
    crm = house.open()
    again = {"campaign": campaign["campaign"], "action": house.any_id("action_type")}
    assert refused(crm, "add_campaign_action", **again) == ("action",)
    rule = {"campaign_action": campaign["visit"], "result": house.any_id("result")}
    assert refused(crm, "add_campaign_result", **rule) == ("result",)


def test_a_rule_leads_to_an_open_stage_and_to_an_action_of_its_own_campaign(
    house: House, campaign: dict[str, int]
) -> None:
    crm = house.open()
    rule = {"campaign_action": campaign["call"], "result": house.any_id("result")}
    assert refused(crm, "add_campaign_result", **rule, leads="stage") == ("to_stage",)
    won = house.one("SELECT id FROM stage WHERE category = 'won'")
    assert refused(crm, "add_campaign_result", **rule, leads="stage", to_stage=won) == ("to_stage",)
    other = made(crm, "add_campaign", name="Reativação", kind="reactivation")
    elsewhere = made(crm, "add_campaign_action", campaign=other, action=house.any_id("action_type"))
    assert refused(crm, "add_campaign_result", **rule, next_action=elsewhere) == ("next_action",)
    assert refused(crm, "edit_campaign_result", campaign_result=campaign["rule"], next_action=elsewhere) == (
        "next_action",
    )


def test_an_action_goes_once_nothing_hangs_on_it(house: House, campaign: dict[str, int]) -> None:
    crm = house.open()
    refused(crm, "remove_campaign_action", campaign_action=campaign["visit"])
    refused(crm, "remove_campaign_action", campaign_action=campaign["call"])
    before = house.dump()
    gone = do(crm, _cmd("remove_campaign_result", campaign_result=campaign["rule"])).batch
    made(crm, "remove_campaign_action", campaign_action=campaign["call"])
    do(crm, UndoBatch())
    do(crm, UndoBatch(batch=gone))
    assert house.dump() == before


def test_one_action_is_the_default(house: House, campaign: dict[str, int]) -> None:
    crm = house.open()
    for name in ("visit", "call"):
        made(crm, "edit_campaign_action", campaign_action=campaign[name], is_default=True)
        chosen = [i for (i,) in house.rows("SELECT id FROM campaign_action WHERE is_default = 1")]
        assert chosen == [campaign[name]]


def test_a_campaign_is_offered_while_it_runs_and_to_its_team(house: House) -> None:
    crm, today = house.open("edu"), house.clock().date()
    north = house.one("""SELECT team_id FROM "user" WHERE login = 'bia'""")
    boss = house.open()
    made(boss, "add_campaign", name="Sempre")
    made(boss, "add_campaign", name="Hoje", starts_on=today, ends_on=today)
    made(boss, "add_campaign", name="Do norte", team=north)
    house.clock.advance(days=1)
    made(boss, "add_campaign", name="Ainda não", starts_on=date(2199, 1, 1))
    assert [option.label for option in crm.read(views.pick_campaign, "")] == ["Sempre"]
    assert {option.label for option in house.open("bia").read(views.pick_campaign, "")} == {
        "Sempre",
        "Do norte",
    }
    house.clock.advance(days=-1)
    assert {option.label for option in crm.read(views.pick_campaign, "")} == {"Sempre", "Hoje"}
