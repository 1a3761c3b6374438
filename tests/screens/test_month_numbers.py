"""What the month's sheet counts is what a day has rows of when one opens it, whatever became of them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from crm_tui.domain.outcome import Done
from crm_tui.screens.agenda import loaded
from crm_tui.screens.agenda.agenda import AgendaScreen
from crm_tui.screens.agenda.loaded import Asked, View
from crm_tui.services.agenda.commands import (
    AnswerInvitation,
    BookAppointment,
    CancelAppointment,
    DeleteAppointment,
    MissAppointment,
)
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work

pytestmark = pytest.mark.usefixtures("pt")
MONTH = Asked(View.MONTH, date(2026, 11, 19), (1,))


def book(op: Operator, start: datetime, **more: object) -> int:
    said = {"when": start, "subject": "Reunião", "anyway": True} | more
    made = op.crm.run(BookAppointment(**said))
    assert isinstance(made, Done)
    return made.entity_id or 0


def every_end(op: Operator, clock: Clock) -> None:
    """One that was not held, one cancelled, one deleted, one declined, one over midnight, one of several days."""
    at = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)
    carla = next(u.id for u in op.crm.read(loaded.access.users) if u.login == "carla")
    past = book(op, datetime(2026, 11, 19, 18, 0, tzinfo=UTC))
    op.crm.run(CancelAppointment(activity=book(op, at), reason="adiado"))
    op.crm.run(DeleteAppointment(activity=book(op, at), reason="engano"))
    invited = book(op, at, who=(carla, op.crm.viewer.user_id))
    op.crm.run(AnswerInvitation(activity=invited, response="declined"))
    book(op, datetime(2026, 11, 27, 1, 0, tzinfo=UTC), until=time(6, 0))
    book(op, date(2026, 11, 25), all_day=True, last_on=date(2026, 11, 27))
    clock.advance(hours=12)
    op.crm.run(MissAppointment(activity=past, reason="não veio"))


def numbers(screen: AgendaScreen, asked: Asked) -> dict[date, int]:
    screen.loaded = loaded.read(screen.crm, asked)
    return {
        cell.day: sum(int(re.sub(r"\D", "", run.text)) for run in cell.counts)
        for cell in screen.maker().month()
    }


def rows(screen: AgendaScreen, asked: Asked, day: date) -> int:
    screen.loaded = loaded.read(screen.crm, asked._replace(view=View.DAY, day=day))
    return sum(len(each.blocks) + len(each.band) for each in screen.maker().columns(screen.rows))


@pytest.mark.parametrize("deleted", [False, True])
@pytest.mark.parametrize("many", [False, True])
async def test_each_day_counts_the_rows_that_it_opens(
    demo_db: Path, clock: Clock, deleted: bool, many: bool
) -> None:
    async with at_work(demo_db, clock=clock) as op:
        await op.press("3")
        screen = op.app.screen
        assert isinstance(screen, AgendaScreen)
        every_end(op, clock)
        users = sorted(user.id for user in op.crm.read(loaded.access.users))
        asked = MONTH._replace(deleted=deleted, users=tuple(users) if many else (op.crm.viewer.user_id,))
        told = numbers(screen, asked)
        assert told == {day: rows(screen, asked, day) for day in told}
        assert told[date(2026, 11, 24)] >= (7 if deleted else 5)
        assert told[date(2026, 11, 27)] >= 3


async def test_a_day_says_done_steps_apart_from_appointments(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as op:
        await op.press("3", "s", "m", "left", "left", "left")
        await op.sees("seg 16/11   ✓2   ✓ 8 sem hora", "Equip… +1")
        await op.press("enter")
        await op.sees("Dia", "reunião semanal", "Treinamento do novo PDV")
