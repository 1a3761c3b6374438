"""The numbers of the day and the week against plain sums over random rows, on three clocks and about their turns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dash_base import fill
from house import House, do
from hypothesis import given
from hypothesis import strategies as st

from crm_tui.domain.board import weighted
from crm_tui.domain.dash import Commitment, Dash, Kept, kept_on, week_of
from crm_tui.domain.due import DueFacts, DueState, due_state
from crm_tui.services.core.reading import Denied
from crm_tui.services.dash import views
from crm_tui.services.followup.commands import PlanStep
from crm_tui.store.rows import Rows
from crm_tui.store.tables import Board
from crm_tui.store.values import as_date, as_instant
from tests.conftest import Clock

TEAM = ("ana", "bia", "beto", "carla")
"""The team north, which bia reads as far as her own profile goes."""
MOMENTS = {
    "Thursday, an ordinary week": (datetime(2026, 11, 19, 13, 42, tzinfo=UTC), "America/Sao_Paulo"),
    "the night in which New York turns back, a week of two months": (
        datetime(2026, 11, 1, 5, 30, tzinfo=UTC),
        "America/New_York",
    ),
    "an hour before midnight of a year's end in Auckland": (
        datetime(2026, 12, 31, 10, 5, tzinfo=UTC),
        "Pacific/Auckland",
    ),
    "the first day of a month, a Tuesday": (datetime(2026, 12, 1, 3, 0, tzinfo=UTC), "America/Sao_Paulo"),
}


def _day(at: str, zone: ZoneInfo) -> date:
    found = as_instant(at)
    assert found is not None
    return found.astimezone(zone).date()


class Plain:
    """The same numbers by going through every row."""

    def __init__(self, house: House, users: Sequence[int], now: datetime, zone: ZoneInfo) -> None:
        self.house, self.users, self.now, self.zone = house, set(users), now, zone
        self.today = now.astimezone(zone).date()
        names = ("id", "owner", "stage", "board", "status", "due", "start", "value", "closed", "reason")
        self.cards = [
            dict(zip(names, row, strict=True))
            for row in house.rows(
                """SELECT id, owner_id, stage_id, board_id, status, next_due_on, next_start_at,
                value_one_off + value_recurring, closed_on, loss_reason_id FROM card
                WHERE archived_at IS NULL AND deleted_at IS NULL"""
            )
            if row[1] in self.users
        ]

    def due(self) -> tuple[Counter[date], Counter[date]]:
        dated = [(c["due"], c["start"]) for c in self.cards if c["status"] in ("open", "paused")]
        for user in self.users:
            dated += self.house.rows(
                """SELECT due_on, start_at FROM activity WHERE assignee_id = ? AND stands_alone = 1
                AND state = 'planned' AND deleted_at IS NULL AND (private = 0 OR assignee_id = ?)""",
                user,
                self.house.user("bia"),
            )
        overdue, due = Counter[date](), Counter[date]()
        for day, start in dated:
            facts = DueFacts(due_on=as_date(day), start_at=as_instant(start))
            falls = _day(start, self.zone) if start else facts.due_on
            if falls is not None:
                late = due_state(facts, self.now, self.zone) is DueState.OVERDUE
                (overdue if late else due)[falls] += 1
        return overdue, due

    def done(self) -> Counter[date]:
        rows = self.house.rows(
            """SELECT done_at, assignee_id FROM activity
            WHERE state = 'done' AND deleted_at IS NULL AND card_id IS NOT NULL"""
        )
        return Counter(_day(at, self.zone) for at, user in rows if user in self.users)

    def appointments(self, first: date, last: date, me: int) -> set[int]:
        rows = self.house.rows(
            """SELECT a.id, a.start_at, a.assignee_id, a.private FROM activity a LEFT JOIN card c ON c.id = a.card_id
            WHERE a.start_at IS NOT NULL AND a.state <> 'canceled' AND a.deleted_at IS NULL AND c.deleted_at IS NULL"""
        )
        return {
            row_id
            for row_id, at, user, private in rows
            if user in self.users and first <= _day(at, self.zone) <= last and (user == me or not private)
        }

    def open(self) -> tuple[int, int, int]:
        chances = dict(self.house.rows("SELECT id, probability FROM stage"))
        sums = Counter[int]()
        cards = [c for c in self.cards if c["status"] in ("open", "paused")]
        for card in cards:
            sums[card["stage"]] += card["value"]
        leaves = sum(weighted(cents, chances[stage]) for stage, cents in sums.items())
        return len(cards), sum(sums.values()), leaves

    def won(self) -> tuple[int, int]:
        month = self.today.replace(day=1).isoformat()
        values = [c["value"] for c in self.cards if c["status"] == "won" and c["closed"] >= month]
        return len(values), sum(values)

    def lost(self) -> dict[int | None, tuple[int, int]]:
        since = (self.today - timedelta(days=90)).isoformat()
        found: dict[int | None, tuple[int, int]] = {}
        for card in self.cards:
            if card["status"] == "lost" and card["closed"] >= since:
                n, cents = found.get(card["reason"], (0, 0))
                found[card["reason"]] = (n + 1, cents + card["value"])
        return found


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("team", [False, True])
def test_every_number_is_the_plain_sum_of_its_rows(
    house: House, clock: Clock, moment: str, team: bool
) -> None:
    clock.now, name = MOMENTS[moment]
    zone = ZoneInfo(name)
    fill(house, [*TEAM, "edu"], 160, clock.now)
    with house.open().store.writing() as connection:
        connection.execute("""UPDATE "user" SET timezone = ? WHERE login = 'bia'""", (name,))
    bia = house.open("bia")
    found: Dash = bia.read(views.dash, team=team)
    users = [house.user(login) for login in (TEAM if team else ("bia",))]
    assert (sorted(found.users), found.team, found.teams) == (sorted(users), team, True)
    plain = Plain(house, users, clock.now, zone)
    overdue, due = plain.due()
    assert found.overdue == overdue
    assert found.overdue_count == sum(overdue.values()) > 0
    assert {day: found.due.get(day, 0) for day in found.days_ahead} == {
        day: due[day] for day in found.days_ahead
    }
    assert found.left_today == due[plain.today]
    done = plain.done()
    assert {day: found.done.get(day, 0) for day in found.days_before} == {
        day: done[day] for day in found.days_before
    }
    first, last = week_of(plain.today)
    assert found.contacts == sum(done[first + timedelta(days=n)] for n in range(7)) > 0
    for begin, end in ((first, last), (plain.today, plain.today), (plain.today, found.days_ahead[-1])):
        assert {each.id for each in found.of_days(begin, end)} == plain.appointments(
            begin, end, house.user("bia")
        )
    assert sum(day.total for day in found.kept_by_day()) == len(found.of_days(first, last)) > 0
    assert tuple(found.open_sum) == plain.open()
    assert tuple(found.won)[:2] == plain.won()
    assert {each.reason_id: (each.cards, each.cents) for each in found.lost()} == plain.lost()


def test_the_teams_appointments_are_counted_once_however_many_take_part(house: House, clock: Clock) -> None:
    bia = house.open("bia")
    at = clock.now.astimezone(bia.viewer.zone) + timedelta(hours=2)
    step = do(bia, PlanStep(card=house.card("bia"), when=at)).entity_id
    with house.open().store.writing() as connection:
        for login, answer in (("beto", "accepted"), ("carla", "declined")):
            connection.execute(
                "INSERT INTO activity_attendee (activity_id, user_id, response) VALUES (?, ?, ?)",
                (step, house.user(login), answer),
            )
    day = at.date()
    [both] = house.open("carla").read(views.commitments, day, day, team=True)
    assert {*both.users} == {house.user("bia"), house.user("beto")}
    assert [each.id for each in house.open("beto").read(views.commitments, day, day)] == [step]
    assert house.open("carla").read(views.commitments, day, day) == []
    assert house.open("beto").read(views.left_today) == 1
    assert house.open("carla").read(views.left_today) == 0


def test_the_numbers_stop_at_walls_and_at_the_end_of_ones_reach(house: House, clock: Clock) -> None:
    fill(house, TEAM, 60, clock.now)
    nina: Dash = house.open("nina").read(views.dash, team=True)
    assert (nina.users, nina.team, nina.teams) == ((house.user("nina"),), False, False)
    before: Dash = house.open("bia").read(views.dash, team=True)
    hidden = house.one("SELECT board_id FROM card WHERE owner_id = ? AND status = 'open'", house.user("bia"))
    with house.open().store.writing() as connection:
        Rows(connection).update(Board, hidden, restricted=True)
    after: Dash = house.open("bia").read(views.dash, team=True)
    assert hidden in {board.board_id for board in before.open_boards()}
    assert hidden not in {board.board_id for board in after.open_boards()}
    assert after.overdue_count < before.overdue_count
    assert sum(after.done.values()) < sum(before.done.values())
    assert len(after.commitments) < len(before.commitments)
    assert len(after.closed) < len(before.closed)
    with house.open().store.writing() as connection:
        connection.execute("DELETE FROM profile_permission WHERE key = 'card.read'")
    with pytest.raises(Denied):
        house.open("bia").read(views.dash)


def test_the_days_of_work_are_listed_and_others_only_with_something_on_them(
    house: House, clock: Clock
) -> None:
    found: Dash = house.open("edu").read(views.dash)
    days = [each.day for each in found.contact_days()]
    assert days == [*map(date.fromisoformat, ("2026-11-11", "2026-11-12", "2026-11-13", "2026-11-16"))] + [
        date(2026, 11, day) for day in (17, 18, 19)
    ]
    saturday = datetime(2026, 11, 14, 15, 0, tzinfo=UTC)
    with house.open().store.writing() as connection:
        connection.execute(
            "UPDATE activity SET done_at = ? WHERE state = 'done' AND assignee_id = ?",
            (saturday.strftime("%Y-%m-%dT%H:%M:%S.000Z"), house.user("edu")),
        )
    listed = house.open("edu").read(views.dash).contact_days()
    assert date(2026, 11, 14) in [each.day for each in listed]
    assert len(listed) == 7


@given(
    st.lists(
        st.tuples(
            st.integers(-600, 600), st.integers(0, 600), st.sampled_from(("planned", "done", "no_show"))
        )
    )
)
def test_each_commitment_is_counted_once_by_what_became_of_it(made: list[tuple[int, int, str]]) -> None:
    now = datetime(2026, 11, 19, 13, 42, tzinfo=UTC)
    rows = [
        Commitment(
            n,
            (1,),
            None,
            None,
            None,
            "",
            "",
            None,
            now + timedelta(minutes=begin),
            now + timedelta(minutes=begin + lasts),
            state,
            "",
        )
        for n, (begin, lasts, state) in enumerate(made)
    ]
    found = kept_on(now.date(), rows, now)
    assert found.total == len(rows)
    assert found.over == sum(s == "planned" and b + m <= 0 for b, m, s in made)
    assert found.minutes == sum(m for _, m, s in made if s != "no_show")
    assert all(
        each.kept(now) is Kept.COMING for each in rows if each.state == "planned" and each.end_at > now
    )
