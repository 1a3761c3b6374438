"""A stage with time and owner: what a card begins its stay with, whichever way it comes, and what may be changed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from house import House, do

from crm_tui.domain.cadence import OwnerRule
from crm_tui.domain.outcome import Refusal
from crm_tui.services.access.commands import DeactivateUser, EditUser
from crm_tui.services.board.commands import EditBoard, EditCard, MoveCard, NewCard
from crm_tui.services.board.setup_commands import AddStage, EditStage, SetBoardMember
from crm_tui.services.calendar import views as calendars
from crm_tui.services.trail.commands import UndoBatch


def stay(house: House, card: int) -> tuple[str | None, int | None, str | None, int | None]:
    """Due date and owner of the stay as the card has them, and as its visit has them."""
    due = house.one("SELECT stage_due_on FROM card WHERE id = ?", card)
    owner = house.one("SELECT stage_owner_id FROM card WHERE id = ?", card)
    visit = "SELECT {} FROM stage_visit WHERE card_id = ? AND left_at IS NULL"
    return due, owner, house.one(visit.format("due_on"), card), house.one(visit.format("owner_id"), card)


def due(house: House, days: int) -> str:
    calendar = house.open().read(calendars.default)
    return str(calendar.add_working_days(date(2026, 11, 19), days).isoformat())


@pytest.fixture
def timed(house: House) -> int:
    """The second stage of the card's board: three working days, answered for by beto."""
    stage = house.stage(house.card(), 1)
    beto = house.user("beto")
    do(house.open(), EditStage(stage=stage, expected_days=3, owner_rule=OwnerRule.USER, default_user=beto))
    return stage


def test_a_card_that_arrives_has_the_stages_time_and_owner_and_undo_takes_both_back(
    house: House, timed: int
) -> None:
    crm, card = house.open(), house.card()
    assert stay(house, card) == (None, None, None, None)
    do(crm, MoveCard(card=card, stage=timed))
    assert stay(house, card) == (due(house, 3), house.user("beto")) * 2
    do(crm, UndoBatch())
    assert stay(house, card) == (None, None, None, None)
    do(crm, MoveCard(card=card, stage=timed))
    do(crm, MoveCard(card=card, stage=house.stage(card, 2)))
    assert stay(house, card) == (None, None, None, None), "the deadline of a stage ends with the stay there"
    kept = (
        "SELECT due_on, owner_id FROM stage_visit WHERE card_id = ? AND stage_id = ? AND left_at IS NOT NULL"
    )
    assert house.rows(kept, card, timed)[-1] == (due(house, 3), house.user("beto"))


def test_a_new_card_begins_its_stay_as_well(house: House, timed: int) -> None:
    made = do(house.open(), NewCard(subject="direto aqui", stage=timed)).entity_id or 0
    assert stay(house, made) == (due(house, 3), house.user("beto")) * 2


def test_time_and_owner_are_changed_on_arriving_and_later(house: House, timed: int) -> None:
    crm, card, day = house.open(), house.card(), date(2026, 12, 1)
    do(crm, MoveCard(card=card, stage=timed, stage_due=day, stage_owner=house.user("carla")))
    assert stay(house, card) == (day.isoformat(), house.user("carla")) * 2
    do(crm, EditCard(card=card, stage_due=day + timedelta(1)))
    assert stay(house, card) == ("2026-12-02", house.user("carla")) * 2
    do(crm, EditCard(card=card, stage_owner=None, stage_due=None))
    assert stay(house, card) == (None, None, None, None)
    refused = crm.run(EditCard(card=card, stage_owner=house.user("rui")))
    assert isinstance(refused, Refusal)
    assert refused.fields == ("stage_owner",)


def test_whoever_left_answers_for_nothing_and_a_profile_for_the_fewest(house: House, timed: int) -> None:
    crm, card = house.open(), house.card()
    do(crm, DeactivateUser(user=house.user("beto")))
    do(crm, MoveCard(card=card, stage=timed))
    assert stay(house, card)[:2] == (due(house, 3), None), "its seller"
    sales = house.one("SELECT profile_id FROM \"user\" WHERE login = 'bia'")
    do(crm, EditStage(stage=timed, owner_rule=OwnerRule.ROLE, profile=sales))
    do(crm, MoveCard(card=card, stage=house.stage(card, 0)))
    do(crm, MoveCard(card=card, stage=timed))
    loads = dict(
        house.rows(
            'SELECT u.id, count(c.id) FROM "user" u LEFT JOIN card c ON coalesce(c.stage_owner_id, c.owner_id) = u.id '
            "WHERE u.profile_id = ? AND u.active AND c.id <> ? GROUP BY u.id",
            sales,
            card,
        )
    )
    assert stay(house, card)[1] == min(loads, key=lambda user: (loads[user], user))


def test_a_team_answers_by_the_one_of_it_who_has_the_fewest_and_works_on_the_board(
    house: House, timed: int
) -> None:
    crm, card, bia = house.open(), house.card(), house.user("bia")
    team = house.one('SELECT team_id FROM "user" WHERE id = ?', bia)
    south = house.one('SELECT team_id FROM "user" WHERE id = ?', house.user("edu"))
    do(crm, EditUser(user=house.user("ana"), team=south))
    do(crm, EditStage(stage=timed, owner_rule=OwnerRule.TEAM, team=team))
    do(crm, MoveCard(card=card, stage=timed))
    first = stay(house, card)[1]
    assert house.one('SELECT team_id FROM "user" WHERE id = ?', first) == team
    board = house.one("SELECT board_id FROM card WHERE id = ?", card)
    do(crm, MoveCard(card=card, stage=house.stage(card, 0)))
    do(crm, EditBoard(board=board, restricted=True))
    for user in {house.user(login) for login in ("bia", "beto", "carla")} - {first}:
        do(crm, SetBoardMember(board=board, user=user))
    do(crm, MoveCard(card=card, stage=timed))
    second = stay(house, card)[1]
    assert second not in (None, first), "whoever does not work on the board is passed over"
    assert house.one('SELECT team_id FROM "user" WHERE id = ?', second) == team


def test_a_rule_that_means_nobody_is_refused_and_says_what_is_missing(house: House, timed: int) -> None:
    crm = house.open()
    board = house.one("SELECT board_id FROM stage WHERE id = ?", timed)
    for command in (
        AddStage(board=board, name="Orçamento", owner_rule=OwnerRule.ROLE),
        EditStage(stage=timed, owner_rule=OwnerRule.TEAM),
        EditStage(stage=timed, default_user=None),
    ):
        refused = crm.run(command)
        assert isinstance(refused, Refusal)
        assert refused.fields[0] in ("profile", "team", "default_user")
    do(crm, EditStage(stage=timed, owner_rule=OwnerRule.SELLER))
