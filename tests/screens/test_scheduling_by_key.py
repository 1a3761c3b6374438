"""*Agendar* where the conversation is: what clashes is said with ways out, each one key; hours with an end; series."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from crm_tui.domain.agenda import Entry
from crm_tui.domain.outcome import Done
from crm_tui.services.agenda import views
from crm_tui.services.agenda.commands import BookAppointment
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work

pytestmark = pytest.mark.usefixtures("pt")
ZONE = ZoneInfo("America/Sao_Paulo")
MONDAY = datetime(2026, 11, 30, 17, 0, tzinfo=UTC)
"""14:00 in São Paulo."""


def _taken(op: Operator) -> None:
    assert isinstance(op.crm.run(BookAppointment(when=MONDAY, subject="Dentista")), Done)


def _visits(op: Operator) -> list[Entry]:
    day = MONDAY.date()
    found = op.crm.read(views.agenda, [op.crm.viewer.user_id], day, day + timedelta(days=1))
    return [e for e in found if e.kind == "visit"]


async def _asks(op: Operator) -> None:
    await op.press("a", "v", "tab", "tab")
    await op.type("30/11 14h")
    await op.press("ctrl+s")
    await op.sees("ana já tem Dentista", "Mesmo assim")


async def test_a_taken_hour_is_booked_over_knowingly(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        _taken(ana)
        await _asks(ana)
        assert _visits(ana) == []
        await ana.press("m")
        await ana.sees("u desfaz")
        assert [e.start_at for e in _visits(ana)] == [MONDAY]


async def test_or_at_the_next_hour_that_is_free(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        _taken(ana)
        await _asks(ana)
        await ana.press("enter")
        await ana.sees("u desfaz")
        (visit,) = _visits(ana)
        assert visit.start_at is not None
        assert visit.end_at is not None
        assert abs(visit.start_at - MONDAY) <= timedelta(hours=2)
        users = [ana.crm.viewer.user_id]
        assert ana.crm.read(views.conflicts, users, visit.start_at, visit.end_at, but=visit.id) == []


async def test_left_with_escape_it_is_kept_as_typed(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        _taken(ana)
        await _asks(ana)
        await ana.press("escape")
        await ana.gone("nada mudou")
        await ana.sees("agende mesmo")
        typed = [getattr(field, "value", "") for field in ana.app.screen.query("*")]
        assert "30/11 14h" in typed  # the form may have gone on to what it asks
        assert _visits(ana) == []


async def test_the_seldom_fields_make_a_series_of_it(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("a", "v", "tab", "tab")
        await ana.type("1/12 9h")
        await ana.press("tab")
        await ana.type("10h30")
        await ana.press(*["tab"] * 6)
        await ana.press("t", "o", "d", "a", "tab")
        await ana.sees("toda semana", "Repete até")
        await ana.type("15/12")
        await ana.press("ctrl+s")
        await ana.sees("u desfaz")
        first = datetime(2026, 12, 1, 9, tzinfo=ZONE)
        found = ana.crm.read(
            views.agenda, [ana.crm.viewer.user_id], first.date(), first.date() + timedelta(days=30)
        )
        hours = [(e.start_at, e.end_at) for e in found if e.series_id is not None and e.kind == "visit"]
        assert hours == [
            (first + timedelta(weeks=n), first + timedelta(weeks=n, hours=1, minutes=30)) for n in range(3)
        ]


async def test_whole_days_are_told_of_another_day_and_take_it(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("3", "n", "v", "tab", "tab", "ctrl+u")
        await ana.type("24/11")
        await ana.press(*["tab"] * 9, "s", "tab", "ctrl+s")
        await ana.sees("escolha outro dia", "Mesmo assim")
        assert "outra hora" not in ana.text()
        await ana.press("enter")
        await ana.sees("u desfaz")
        found = [e for e in _days(ana) if e.all_day]
        assert len(found) == 1
        assert found[0].due_on != date(2026, 11, 24)


def _days(op: Operator) -> list[Entry]:
    day = date(2026, 11, 25)
    users = [op.crm.viewer.user_id]
    return [*op.crm.read(views.agenda, users, day - timedelta(days=14), day + timedelta(days=60))]


async def test_from_one_hour_to_another_is_one_phrase(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("a", "v", "tab", "tab")
        await ana.type("30/11 14h-15h40")
        await ana.sees("30/11", "14:00–15:40")
        await ana.press("ctrl+s")
        await ana.sees("u desfaz")
        (visit,) = _visits(ana)
        assert (visit.start_at, visit.end_at) == (MONDAY, MONDAY + timedelta(minutes=100))
