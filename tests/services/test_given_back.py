"""What an undone parecer gives back leads, filed again as it is, to where it led: each thing that had been lost on the
way has a test here. `test_many_notes` files, undoes and files again at random."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from house import House, do

from crm_tui.bootstrap import commands
from crm_tui.services.board.commands import EditCard
from crm_tui.services.followup.commands import PlanStep
from crm_tui.services.note.commands import FileNote
from crm_tui.services.trail.commands import UndoBatch
from tests.conftest import Clock


def given_back(house: House, login: str = "ana", by: str = "ana", **said: Any) -> Mapping[str, str]:
    """File a note as one operator, undo it as another; the author's draft."""
    crm, card = house.open(login), house.card(login)
    batch = do(crm, FileNote(card=card, body="falei", result=house.any_id("result"), **said)).batch
    do(house.open(by), UndoBatch(batch=batch))
    draft = crm.drafts.find("file_note", f"card:{card}")
    assert draft is not None
    return draft.payload


def test_the_stage_that_was_chosen_comes_back(house: House) -> None:
    to = house.stage(house.card(), 2)
    assert given_back(house, stage=to)["stage"] == f"#{to}"
    assert "stage" not in given_back(house)


@pytest.mark.parametrize("stays", [False, True])
def test_the_stage_to_which_a_result_led_comes_back_and_so_does_one_that_overruled_it(
    house: House, stays: bool
) -> None:
    crm, make, card = house.open(), commands(), house.card()
    campaign = do(crm, make["add_campaign"](name="Visitas")).entity_id
    action = house.any_id("action_type")
    of = do(crm, make["add_campaign_action"](campaign=campaign, action=action)).entity_id
    led, here = house.stage(card, 2), house.one("SELECT stage_id FROM card WHERE id = ?", card)
    rule = {"result": house.any_id("result"), "leads": "stage", "to_stage": led}
    do(crm, make["add_campaign_result"](campaign_action=of, **rule))
    said = {"campaign": campaign, "action": action} | ({"stage": here} if stays else {})
    assert given_back(house, **said)["stage"] == f"#{here if stays else led}"


def test_hours_are_those_of_the_author_whoever_undoes_it(house: House) -> None:
    with house.open().store.writing() as connection:
        connection.execute("""UPDATE "user" SET timezone = 'Asia/Tokyo' WHERE login = 'bia'""")
    zone = house.open("bia").viewer.zone
    began = datetime.combine(house.clock().astimezone(zone).date() - timedelta(days=1), time(9), zone)
    following = datetime(2026, 11, 25, 14, tzinfo=zone)
    said = given_back(house, "bia", began=began, ended=time(9, 50), next_when=following, next_until=time(16))
    assert said["began"] == f"{began:%d/%m/%Y} 09:00"
    assert (said["ended"], said["next_when"], said["next_until"]) == ("09:50", "25/11/2026 14:00", "16:00")


def test_hours_that_reach_until_now_and_a_day_that_is_today_come_back(house: House) -> None:
    zone = house.open().viewer.zone
    now = house.clock().astimezone(zone)
    said = given_back(house, began=(now - timedelta(minutes=10)).replace(second=0, microsecond=0))
    assert said["began"] == f"{now - timedelta(minutes=10):%d/%m/%Y %H:%M}"
    assert said["ended"] == f"{now:%H:%M}"
    do(house.open(), PlanStep(card=house.card(), when=now.date() - timedelta(days=9), subject="antes"))
    assert given_back(house, began=now.date())["began"] == f"{now:%d/%m/%Y}"


def test_what_was_done_over_midnight_is_given_back_by_its_beginning(house: House, clock: Clock) -> None:
    zone = house.open().viewer.zone
    night = datetime.combine(house.clock().astimezone(zone).date(), time(23, 50), zone)
    clock.now = night + timedelta(minutes=40)
    said = given_back(house, began=night)
    assert said["began"] == f"{night:%d/%m/%Y %H:%M}"
    assert "ended" not in said, "an hour of the same day would be before it began"


def test_the_step_that_was_registered_comes_back_where_it_was_not_the_next_one(house: House) -> None:
    later = do(house.open(), PlanStep(card=house.card(), when=date(2027, 1, 11), subject="depois")).entity_id
    assert house.one("SELECT next_activity_id FROM card WHERE id = ?", house.card()) != later
    assert given_back(house, activity=later)["activity"] == f"#{later}"


def test_that_it_was_for_no_campaign_comes_back(house: House) -> None:
    crm = house.open()
    campaign = do(crm, commands()["add_campaign"](name="Visitas")).entity_id
    do(crm, EditCard(card=house.card(), campaign=campaign))
    assert given_back(house, campaign=None)["campaign"] == ""
    assert given_back(house)["campaign"] == f"#{campaign}"


def test_a_next_step_about_nothing_is_given_back_so_and_with_the_same_contact_unsaid(house: House) -> None:
    crm, card = house.open(), house.card()
    do(crm, EditCard(card=card, contact=house.party("bia")))
    said = given_back(house, next_when=date(2026, 11, 25))
    assert not {"next_subject", "next_contact"} & {*said}
    other = house.party("beto")
    said = given_back(house, next_when=date(2026, 11, 25), next_contact=other, next_subject="o preço")
    assert (said["next_contact"], said["next_subject"]) == (f"#{other}", "o preço")
