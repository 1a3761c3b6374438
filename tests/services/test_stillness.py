"""A card that stands still: the rule in Python and its SQL twin are one, and why it stands still is told. (K8-K10)"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from house import House, do
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_tui.domain.access import Viewer
from crm_tui.domain.board import stale
from crm_tui.services.board import journeys
from crm_tui.services.board import views as boards
from crm_tui.services.board.commands import ArchiveStage, MoveCard
from crm_tui.services.core.reading import Reading
from crm_tui.services.core.stillness import stale_cuts
from crm_tui.services.followup import views as followups
from crm_tui.services.trail import views as trails
from crm_tui.store.queries.board import STALE
from crm_tui.store.values import instant

ZONES = ("America/Sao_Paulo", "Europe/Lisbon", "America/Havana", "Pacific/Apia", "Etc/GMT+12", "UTC")
EDGES = (
    datetime(2018, 11, 4, 3, tzinfo=UTC),
    datetime(2026, 10, 25, 1, tzinfo=UTC),
    datetime(2011, 12, 30, 10, tzinfo=UTC),
    datetime(2026, 11, 19, 13, 42, tzinfo=UTC),
)
"""São Paulo has no midnight, a day of 25 hours, a day that is left out, a plain one."""


@pytest.fixture
def world() -> Iterator[sqlite3.Connection]:
    made = sqlite3.connect(":memory:")
    made.execute("CREATE TABLE stage (stale_days INTEGER)")
    made.execute("CREATE TABLE board (stale_held INTEGER)")
    made.execute("CREATE TABLE card (last_touch_at TEXT, next_due_on TEXT)")
    yield made
    made.close()


@settings(
    max_examples=300,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.sampled_from(EDGES),
    st.sampled_from(ZONES),
    st.integers(-60, 24 * 60 * 8).map(lambda n: timedelta(minutes=n)),
    st.none() | st.integers(1, 8),
    st.none() | st.integers(-2, 2),
    st.booleans(),
)
def test_the_rule_and_its_twin_are_one(
    world: sqlite3.Connection,
    now: datetime,
    zone: str,
    since: timedelta,
    limit: int | None,
    step: int | None,
    held: bool,
) -> None:
    touched, today = now - since, now.astimezone(ZoneInfo(zone)).date()
    due = None if step is None else today + timedelta(days=step)
    for table in ("stage", "board", "card"):
        world.execute(f"DELETE FROM {table}")
    world.execute("INSERT INTO stage VALUES (?)", (limit,))
    world.execute("INSERT INTO board VALUES (?)", (held,))
    world.execute("INSERT INTO card VALUES (?, ?)", (instant(touched), due and due.isoformat()))
    reading = Reading(world, Viewer(1, "ana", "Ana", True, ZoneInfo(zone), "pt-BR"), now)
    asked = {"today": today.isoformat(), "stale_cuts": stale_cuts(reading)}
    (found,) = world.execute(f"SELECT {STALE} FROM card c, stage s, board b", asked).fetchone()
    touched_on = touched.astimezone(ZoneInfo(zone)).date()
    assert bool(found) == (stale(touched_on, limit, today, due if held else None) is not None)


def test_a_next_step_that_lies_ahead_holds_the_days_where_the_board_says_so() -> None:
    touched, today = date(2026, 11, 1), date(2026, 11, 19)
    assert stale(touched, 5, today) == 18
    assert stale(touched, 5, today, holding=today) is None
    assert stale(touched, 5, today, holding=today - timedelta(days=1)) == 18


def _age(house: House, card: int, *, held: bool) -> None:
    with house.open().store.writing() as connection:
        connection.execute("UPDATE card SET last_touch_at = '2026-11-01T12:00:00.000Z' WHERE id = ?", (card,))
        connection.execute("UPDATE board SET stale_held = ?", (held,))


@pytest.mark.parametrize("held", [False, True])
def test_every_list_counts_the_same_days(house: House, held: bool) -> None:
    crm, card = house.open(), house.card()
    _age(house, card, held=held)
    detail = crm.read(boards.detail, card)
    days = None if held else 18
    assert detail.stale_days == days
    assert crm.read(boards.cards, [card])[0].stale_days == days
    assert crm.read(followups.page, [card])[0].stale_days == days
    idle = crm.read(journeys.idle, card)
    assert (idle.days, idle.limit, idle.stale) == (18, 3, not held)
    assert idle.held_until == (date(2026, 11, 25) if held else None)


def test_the_event_that_last_reset_the_clock_is_named(house: House) -> None:
    card = house.card("bia")
    do(house.open("carla"), MoveCard(card=card, stage=house.stage(card, 1)))
    idle = house.open().read(journeys.idle, card)
    assert (idle.kind, idle.who, idle.days, idle.stale) == ("card.moved", "carla", 0, False)
    assert idle.params["to_stage"] == house.open().read(boards.detail, card).stage
    assert house.open("edu").read(journeys.idle, card) is None


def test_a_stage_that_is_removed_touches_none_of_its_cards(house: House) -> None:
    """Who tidies the board has spoken to nobody: the days go on, and the story says why the card stands elsewhere."""
    crm, card = house.open(), house.card()
    _age(house, card, held=False)
    do(crm, ArchiveStage(stage=house.stage(card, 0), cards_to=house.stage(card, 1)))
    idle = crm.read(journeys.idle, card)
    assert (idle.days, idle.kind == "card.displaced") == (18, False)
    told = crm.read(trails.of_card, card)[0]
    assert (told.kind, told.params["to_stage"]) == ("card.displaced", crm.read(boards.detail, card).stage)


def test_the_limits_in_use_have_their_moments(house: House) -> None:
    cuts = json.loads(stale_cuts(house.open().reading()))
    limits = house.rows("SELECT DISTINCT stale_days FROM stage WHERE stale_days IS NOT NULL")
    assert set(cuts) == {str(limit) for (limit,) in limits}
