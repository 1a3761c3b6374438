"""Late stages are told once to whom they concern, and stand in what is derived as long as they are late. (E29)"""

from __future__ import annotations

from datetime import date

import pytest
from house import House, card_secret, do

from crm_tui.connectors import clock as jobs
from crm_tui.domain.notice import DueStages
from crm_tui.services.access.commands import DeactivateUser
from crm_tui.services.board.commands import (
    ArchiveCard,
    DeleteCard,
    EditBoard,
    EditCard,
    LoseCard,
    MoveCard,
    NewCard,
)
from crm_tui.services.board.setup_commands import EditStage
from crm_tui.services.core.crm import Crm
from crm_tui.services.core.feed import Feed, News
from crm_tui.services.notice import telling, views
from crm_tui.services.notice.telling import mark_read, tell_due
from crm_tui.services.trail.commands import UndoBatch

LATE, NEAR, FAR = date(2026, 11, 16), date(2026, 11, 23), date(2026, 11, 24)
"""Today is Thursday the 19th, the next working day Monday the 23rd."""


def due(house: House, owner: str, day: date | None) -> int:
    """The owner's card should leave its stage on this day."""
    card = house.card(owner)
    do(house.open(), EditCard(card=card, stage_due=day))
    return card


def told(crm: Crm) -> list[str]:
    return [card.title for card in crm.read(views.told)]


def listed(crm: Crm) -> list[str]:
    return [card.title for card in crm.read(views.cards)]


def test_the_owner_and_who_leads_the_team_are_told_once_and_no_event_is_written(house: House) -> None:
    due(house, "bia", LATE)
    due(house, "beto", NEAR)
    due(house, "edu", FAR)
    events = house.one("SELECT count(*) FROM event")
    ana = house.open("ana")
    assert tell_due(ana) == 4, "bia and beto, and carla of both"
    assert tell_due(ana) == 0
    assert tell_due(house.open("rui")) == 0, "another program finds nothing left"
    assert house.one("SELECT count(*) FROM event") == events
    assert told(house.open("bia")) == [card_secret("bia")]
    assert told(house.open("carla")) == [card_secret("bia"), card_secret("beto")]
    assert told(house.open("edu")) == []


def test_two_programs_at_once_tell_nobody_twice(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    due(house, "bia", LATE)
    one, two = house.open("ana"), house.open("rui")
    pages = [*telling._untold(two)]  # the other program has looked, and not written yet
    assert tell_due(one) == 2
    monkeypatch.setattr(telling, "_untold", lambda _: iter(pages))
    assert tell_due(two) == 0
    assert house.one("SELECT count(*) FROM notice") == 2


def test_many_are_told_page_by_page(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telling, "CHUNK", 2)
    owners = ("bia", "beto", "carla", "davi", "dora")
    for owner in owners:
        due(house, owner, LATE)
    assert tell_due(house.open()) == 7, "each owner, and carla of bia and beto"
    assert house.one("SELECT count(DISTINCT subject) FROM notice") == len(owners)


def test_a_run_stops_at_its_bound_and_the_next_one_goes_on(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "CHUNK", 1)
    monkeypatch.setattr(telling, "AT_ONCE", 1)
    due(house, "davi", LATE)
    due(house, "dora", LATE)
    assert [tell_due(house.open()) for _ in range(3)] == [1, 1, 0]


def test_who_answers_for_the_stage_from_now_on_is_told_too_and_nobody_again(house: House) -> None:
    card = due(house, "bia", LATE)
    assert tell_due(house.open()) == 2
    do(house.open(), EditCard(card=card, stage_owner=house.user("beto")))
    assert tell_due(house.open()) == 1
    assert told(house.open("beto")) == [card_secret("bia")]
    assert listed(house.open("bia")) == [], "it is beto's concern now"
    assert listed(house.open("beto")) == listed(house.open("carla")) == [card_secret("bia")]


def test_the_next_stay_is_told_of_anew(house: House) -> None:
    card = due(house, "bia", LATE)
    tell_due(house.open())
    do(house.open(), MoveCard(card=card, stage=house.stage(card, 1)))
    assert told(house.open("bia")) == []
    due(house, "bia", LATE)
    assert tell_due(house.open()) == 2


@pytest.mark.parametrize("command", [ArchiveCard, DeleteCard])
def test_a_card_that_is_gone_is_told_of_no_more(house: House, command: type) -> None:
    card = due(house, "bia", LATE)
    tell_due(house.open())
    do(house.open(), command(card=card))
    bia = house.open("bia")
    assert (told(bia), listed(bia), bia.read(views.unread)) == ([], [], 0)
    do(house.open(), UndoBatch())
    assert (told(bia), bia.read(views.unread)) == ([card_secret("bia")], 1)


def test_a_lost_card_is_late_nowhere_and_its_notice_is_put_away(house: House) -> None:
    card = due(house, "bia", LATE)
    tell_due(house.open())
    do(house.open(), LoseCard(card=card, reason=house.any_id("loss_reason")))
    assert house.open("bia").read(views.stages) == DueStages(0, 0, 0, NEAR)
    tell_due(house.open())
    assert house.one("SELECT count(*) FROM notice WHERE read_at IS NULL") == 0


def test_a_wall_hides_the_card_from_who_is_outside(house: House) -> None:
    card = due(house, "bia", LATE)
    tell_due(house.open())
    board = house.one("SELECT board_id FROM card WHERE id = ?", card)
    do(house.open(), EditBoard(board=board, restricted=True))
    bia = house.open("bia")
    assert (told(bia), listed(bia), bia.read(views.unread)) == ([], [], 0)
    assert bia.read(views.stages) == DueStages(0, 0, 0, NEAR)


def test_who_reads_only_their_own_is_not_shown_a_colleagues_card(house: House) -> None:
    card = due(house, "bia", LATE)
    do(house.open(), EditCard(card=card, stage_owner=house.user("beto")))
    with house.open().store.writing() as connection:
        connection.execute("UPDATE profile_permission SET scope = 'own' WHERE key = 'card.read'")
    tell_due(house.open())
    beto = house.open("beto")
    assert (told(beto), listed(beto)) == ([], [])


def test_counts_are_of_late_of_today_and_until_the_next_working_day(house: House) -> None:
    due(house, "bia", LATE)
    due(house, "beto", date(2026, 11, 19))
    due(house, "carla", NEAR)
    assert house.open("carla").read(views.stages) == DueStages(1, 1, 1, NEAR)
    assert house.open("bia").read(views.stages) == DueStages(1, 0, 0, NEAR)
    assert not house.open("davi").read(views.stages)


def test_nobody_marks_anothers_notice_and_one_that_is_read_stays_read(house: House) -> None:
    due(house, "bia", LATE)
    tell_due(house.open())
    bia, carla = house.open("bia"), house.open("carla")
    ids = [card.notice for card in bia.read(views.told)]
    assert mark_read(carla, ids) == 0
    assert mark_read(bia, ids) == 1
    assert mark_read(bia, ids) == 0
    assert (bia.read(views.unread), carla.read(views.unread)) == (0, 1)
    assert tell_due(bia) == 0
    assert listed(bia) == [card_secret("bia")], "it is late all the same"


def test_who_left_is_told_nothing(house: House) -> None:
    due(house, "bia", LATE)
    do(house.open(), DeactivateUser(user=house.user("bia")))
    assert tell_due(house.open()) == 1


def test_making_a_card_is_undone_although_somebody_was_told_of_it(house: House) -> None:
    bia, stage = house.open("bia"), house.stage(house.card("bia"), 0)
    do(house.open(), EditStage(stage=stage, expected_days=0))
    card = do(bia, NewCard(subject="engano", stage=stage)).entity_id or 0
    assert tell_due(house.open()) == 2
    do(bia, UndoBatch())
    assert house.rows("SELECT 1 FROM card WHERE id = ?", card) == []
    assert bia.read(views.unread) == 0


def test_the_clock_runs_it_and_says_how_many(house: House) -> None:
    due(house, "bia", LATE)
    ran = jobs.run_due(house.open()) or []
    assert (ran[0].job, ran[0].key, ran[0].ok) == ("stages", "stages:2026-11-19", True)
    assert ran[0].detail.params["n"] == 2
    assert "stages" not in [each.job for each in jobs.run_due(house.open()) or []]


def test_the_feed_tells_an_open_program_of_its_operators_notices_alone(house: House) -> None:
    due(house, "bia", LATE)
    bia, davi = Feed(house.open("bia")), Feed(house.open("davi"))
    tell_due(house.open())
    assert bia.poll() == News(notices=True)
    assert bia.poll() is None
    assert davi.poll() is None, "nothing that concerns him"
    carla = house.open("carla")
    mark_read(carla, [card.notice for card in carla.read(views.told)])
    assert bia.poll() is None
    mark_read(house.open("bia"), [card.notice for card in house.open("bia").read(views.told)])
    assert bia.poll() == News(notices=True)
