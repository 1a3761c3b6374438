"""Behind every number stand as many rows as it says, in the list that it opens, for the same viewer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from dash_base import fill
from house import House

from crm_tui.domain.action_history import NEWEST, ActionPage
from crm_tui.domain.dash import Dash
from crm_tui.domain.filter_tree import MY_TEAM, Users
from crm_tui.domain.followup import Queue
from crm_tui.screens.dash.leads import Lead, leads
from crm_tui.screens.followup.asked import asked
from crm_tui.services.agenda import views as agenda
from crm_tui.services.board import views as boards
from crm_tui.services.core.crm import Crm
from crm_tui.services.dash import views
from crm_tui.services.filter import views as filters
from crm_tui.services.followup import actions
from crm_tui.services.followup import views as followups
from crm_tui.services.party import views as parties
from crm_tui.store.rows import Rows
from crm_tui.store.tables import Board
from tests.conftest import Clock


def counted(crm: Crm, lead: Lead) -> int:
    """How many rows the place has that a lead goes to, read as its screen reads them."""
    args: dict[str, Any] = lead.args
    match lead.place:
        case "today":
            owner_id, closed, rest = asked(args["found"])
            queue: Queue = crm.read(followups.queue, owner_id=owner_id, closed=closed, found=rest)
            return len(crm.read(followups.page, queue.keys))
        case "board":
            stages = crm.read(filters.board, args["board"], args["found"]).stages
            return sum(len(crm.read(boards.cards, stage.ids)) for stage in stages)
        case "actions":
            found, after = 0, NEWEST
            while after is not None:
                page: ActionPage = crm.read(actions.page_of_actions, args["asked"], after)
                found, after = found + len(page.rows), page.after  # type: ignore[assignment]
            return found
        case "commitments":
            return len(crm.read(views.commitments, args["first"], args["last"], team=args["team"]))
        case "card":
            return int(crm.read(boards.detail, args["card"]) is not None)
        case "agenda":
            entries = crm.read(agenda.agenda, args["users"], args["day"], args["day"])
            return sum(entry.id == args["activity"] for entry in entries)
    assert lead.place == "person"
    return int(crm.read(parties.detail, args["party"]) is not None)


def agree(crm: Crm, *, team: bool) -> dict[str, list[int]]:
    """The rows of every lead of every spot; each must be what the place has."""
    dash: Dash = crm.read(views.dash, team=team)
    found = leads(dash)
    told = {(key, lead.said): lead.rows for key, each in found.items() for lead in each}
    assert {(key, lead.said): counted(crm, lead) for key, each in found.items() for lead in each} == told
    assert sum(lead.rows for lead in found["open"]) == dash.open_sum.cards
    assert sum(found[f"kept:{d.day}"][0].rows for d in dash.kept_by_day()) == found["commitments"][1].rows
    assert [found[f"stopped:{s.stage_id}"][0].rows for s in dash.stopped] == [s.cards for s in dash.stopped]
    whole = dash.open_sum
    titles = [
        crm.read(filters.board, lead.args["board"], lead.args["found"]).stages for lead in found["open"]
    ]
    heads = [stage.head for stages in titles for stage in stages]
    assert sum(head.value_cents for head in heads) == whole.cents
    assert sum(head.weighted_cents for head in heads) == whole.weighted
    owners = [
        node for lead in found["overdue"] for node in lead.args["found"].where.of if isinstance(node, Users)
    ]
    assert (owners[0].any == (MY_TEAM,)) is dash.team
    return {key: [lead.rows for lead in each] for key, each in found.items()}


@pytest.mark.parametrize("team", [False, True])
@pytest.mark.parametrize("login", ["ana", "bia", "carla", "edu", "nina"])
def test_on_a_random_base_every_number_opens_into_as_many_rows(
    house: House, clock: Clock, login: str, team: bool
) -> None:
    fill(house, ["ana", "bia", "beto", "carla", "edu", "nina"], 150, clock.now)
    found = agree(house.open(login), team=team)
    assert {key.partition(":")[0] for key in found} == {
        *("overdue", "today", "contacts", "commitments", "open", "won"),
        *("kept", "next", "stopped", "lost"),
    }


@pytest.mark.parametrize("team", [False, True])
def test_behind_a_wall_no_number_counts_what_its_list_does_not_show(
    house: House, clock: Clock, team: bool
) -> None:
    fill(house, ["bia", "beto", "carla"], 120, clock.now)
    with house.open().store.writing() as connection:
        Rows(connection).update(Board, house.any_id("board", 1), restricted=True)
    crm = house.open("bia")
    assert crm.viewer.hidden
    agree(crm, team=team)


@pytest.mark.parametrize("team", [False, True])
@pytest.mark.parametrize("login", ["ana", "beto", "carla", "davi"])
def test_on_the_demonstration_every_number_opens_into_as_many_rows(
    crm_as: Callable[[str], Crm], login: str, team: bool
) -> None:
    agree(crm_as(login), team=team)
