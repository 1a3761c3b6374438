"""The six states wherever they are told: list, groups, filter, header, board, person, card, command line. (B24-B29)

One base of every kind of date near midnight and near the days on which the clocks change, asked in several zones.
"""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from house import House

from crm_tui.domain.arrangement import STATES, Arrangement, Grouping
from crm_tui.domain.due import DueFacts, DueState, due_state
from crm_tui.domain.filter import Filter, Place, read
from crm_tui.services.board import columns as grouped
from crm_tui.services.board import views as boards
from crm_tui.services.core.crm import Crm
from crm_tui.services.filter import views as filters
from crm_tui.services.followup import views
from crm_tui.store.rows import Rows
from crm_tui.store.tables import Activity, Card, User
from crm_tui.ui import formats

LOOKS = [
    # São Paulo: 00:00 of the 4th does not exist; a minute before and after, and a day like any other
    ("America/Sao_Paulo", datetime(2018, 11, 4, 2, 59, 30, tzinfo=UTC)),
    ("America/Sao_Paulo", datetime(2018, 11, 4, 3, 0, tzinfo=UTC)),
    # São Paulo: 23:30 of the 17th comes twice
    ("America/Sao_Paulo", datetime(2019, 2, 17, 1, 30, tzinfo=UTC)),
    ("America/Sao_Paulo", datetime(2019, 2, 17, 2, 30, tzinfo=UTC)),
    ("America/Sao_Paulo", datetime(2019, 2, 17, 3, 0, tzinfo=UTC)),
    # Lisbon: 01:00 is left out, 01:30 comes twice
    ("Europe/Lisbon", datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC)),
    ("Europe/Lisbon", datetime(2026, 3, 29, 23, 0, tzinfo=UTC)),
    ("Europe/Lisbon", datetime(2026, 10, 24, 23, 0, tzinfo=UTC)),
    ("Europe/Lisbon", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
    # another side of the world, and exactly midnight
    ("Pacific/Kiritimati", datetime(2026, 11, 19, 10, 0, tzinfo=UTC)),
    ("America/Havana", datetime(2026, 11, 1, 4, 30, tzinfo=UTC)),
    ("America/Sao_Paulo", datetime(2026, 11, 19, 3, 0, tzinfo=UTC)),
]
WORDS = {
    DueState.OVERDUE: "vencido",
    DueState.TODAY: "hoje",
    DueState.INTERNAL: "interna",
    DueState.OPEN: "aberto",
    DueState.NONE: "sem",
    DueState.CLOSED: "encerrado",
}


def _base(house: House, zone: ZoneInfo, now: datetime) -> None:
    """Cards and steps without a card in every state, their dates as close to `now` and to midnight as can be."""
    chance, crm = random.Random(f"{zone}{now}"), house.open()
    today = now.astimezone(zone).date()
    edges = [datetime.combine(today + timedelta(days=n), time(), zone).astimezone(UTC) for n in (-1, 0, 1, 2)]
    near = [at + timedelta(minutes=m) for at in (*edges, now) for m in (-31, -1, 0, 1, 31)]
    owners, stage = [house.user("ana"), house.user("beto")], house.any_id("stage")
    with crm.store.writing() as connection:
        rows = Rows(connection)
        rows.update(User, owners[0], timezone=str(zone))
        connection.execute("UPDATE card SET deleted_at = ?", (now.isoformat(),))
        connection.execute("UPDATE activity SET deleted_at = ?, stands_alone = 0", (now.isoformat(),))
        for n in range(160):
            start = chance.choice(near) if n % 2 else None
            # a timed step's day is that of its assignee's clock, which may be another one
            clock = chance.choice((zone, ZoneInfo("America/Sao_Paulo"), ZoneInfo("UTC")))
            due = start.astimezone(clock).date() if start else today + timedelta(days=chance.randint(-2, 2))
            internal = due - timedelta(days=chance.randint(0, 3)) if chance.random() < 0.4 else None
            owner = chance.choice(owners)
            dated: dict[str, Any] = {"due_on": due, "start_at": start, "internal_on": internal}
            if n % 5 == 4:
                rows.insert(
                    Activity,
                    party_id=house.party("ana"),
                    action_type_id=house.any_id("action_type"),
                    subject=f"passo {n}",
                    assignee_id=owner,
                    stands_alone=True,
                    **dated,
                )
                continue
            status = chance.choice(("open", "open", "open", "paused", "won", "lost"))
            plain = status not in ("won", "lost") and chance.random() < 0.9
            rows.insert(
                Card,
                number=f"X-{n}",
                kind="opportunity",
                board_id=house.any_id("board"),
                stage_id=stage,
                status=status,
                title=f"cartão {n}",
                party_id=house.party("ana"),
                owner_id=owner,
                opened_at=now,
                last_touch_at=now,
                closed_on=today if not plain and status in ("won", "lost") else None,
                rank=f"{n:04d}",
                **{f"next_{name}": value if plain else None for name, value in dated.items()},
            )


def _oracle(house: House, zone: ZoneInfo, now: datetime) -> dict[int, DueState]:
    """The state of each row of everybody's list by the one function, from the bare columns."""
    found = {}
    cards = house.rows(
        "SELECT id, status, next_due_on, next_start_at, next_internal_on FROM card WHERE deleted_at IS NULL"
    )
    steps = house.rows(
        "SELECT -id, 'open', due_on, start_at, internal_on FROM activity WHERE stands_alone = 1 AND deleted_at IS NULL"
    )
    for key, status, due, start, internal in (*cards, *steps):
        facts = DueFacts(
            status not in ("open", "paused"),
            date.fromisoformat(due) if due else None,
            datetime.fromisoformat(start) if start else None,
            date.fromisoformat(internal) if internal else None,
        )
        found[key] = due_state(facts, now, zone)
    return found


@pytest.fixture(params=LOOKS, ids=lambda look: f"{look[0]}-{look[1]:%Y%m%dT%H%M%S}")
def look(request: pytest.FixtureRequest, house: House) -> tuple[Crm, dict[int, DueState], ZoneInfo]:
    name, now = request.param
    zone = ZoneInfo(name)
    house.clock.now = now
    _base(house, zone, now)
    return house.open("ana"), _oracle(house, zone, now), zone


def test_list_groups_and_rows_agree(look: tuple[Crm, dict[int, DueState], ZoneInfo], house: House) -> None:
    crm, states, zone = look
    assert set(states.values()) >= set(DueState) - {DueState.INTERNAL}, "the base has no interest"
    queue = crm.read(views.queue, owner_id=0, closed=True)
    assert set(queue.keys) == set(states)
    told, begin = {}, 0
    for group in queue.groups:
        told |= dict.fromkeys(queue.keys[begin : begin + group.count], group.state)
        begin += group.count
    assert told == states
    rows = crm.read(views.page, list(queue.keys))
    assert {row.key: row.state(house.clock(), zone) for row in rows} == states
    assert [row.key for row in rows] == list(queue.keys)


def test_the_filter_finds_each_state(look: tuple[Crm, dict[int, DueState], ZoneInfo]) -> None:
    crm, states, _ = look
    for state, word in WORDS.items():
        line = f"dono:eu,beto estado:{word}" + (" situação:todos" if state is DueState.CLOSED else "")
        found = read(line, crm.read(filters.world, Place.TODAY))
        assert isinstance(found, Filter), line
        keys = set(crm.read(views.queue, found=found).keys)
        assert keys == {key for key, each in states.items() if each is state}, word


def test_the_headers_counts_are_those_of_ones_own_list(
    look: tuple[Crm, dict[int, DueState], ZoneInfo],
) -> None:
    crm, states, _ = look
    mine = Counter(states[key] for key in crm.read(views.queue).keys)
    assert crm.read(views.counters) == (mine[DueState.OVERDUE], mine[DueState.TODAY])


def test_board_person_and_card_agree(look: tuple[Crm, dict[int, DueState], ZoneInfo], house: House) -> None:
    crm, states, zone = look
    now, keys = house.clock(), [key for key in states if key > 0]
    assert {card.id: card.state(now, zone) for card in crm.read(boards.cards, keys)} == {
        key: states[key] for key in keys
    }
    of_party = crm.read(boards.of_party, house.party("ana"), most=500)
    assert {card.id: card.state(now, zone) for card in of_party} == {key: states[key] for key in keys}
    for key in keys[::7]:
        assert crm.read(boards.detail, key).state(now, zone) is states[key]
    house.any_id("board")
    found = crm.read(grouped.arranged, house.any_id("board"), Arrangement(group=Grouping.DUE), only=keys)
    held = {column.head.id: set(column.ids) for column in found.columns if column.ids}
    wanted = {
        STATES.index(each): {key for key in keys if states[key] is each} for each in set(states.values())
    }
    assert held == {state: ids for state, ids in wanted.items() if ids}


def test_no_word_of_a_row_changes_before_it_is_said_to(
    look: tuple[Crm, dict[int, DueState], ZoneInfo], house: House
) -> None:
    """The list's timer waits for `next_change`: until the second before, every word and state stays as it is."""
    crm, _, zone = look
    now = house.clock()
    for row in crm.read(views.page, list(crm.read(views.queue, owner_id=0).keys)):
        facts = row.facts()
        turn = formats.next_change(facts, now, zone)
        assert turn > now
        before = turn - timedelta(seconds=1)
        if before > now:
            assert formats.when_word(facts, before, zone) == formats.when_word(facts, now, zone)
            assert due_state(facts, before, zone) is due_state(facts, now, zone)
