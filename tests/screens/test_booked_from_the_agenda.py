"""What is booked from the agenda has its cursor; from Dias livres of a closed card its person is scheduled for."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_tui.services.agenda import views
from crm_tui.services.board import views as boards
from crm_tui.services.followup import views as followups
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work

pytestmark = pytest.mark.usefixtures("pt")


async def _book(op: Operator, when: str) -> None:
    """A new visit from the agenda, at these words."""
    await op.press("n")
    await op.sees("Agendar", "Assunto")
    await op.press("v", "tab", "tab", "ctrl+u")
    await op.type(when)
    await op.press("tab", "tab")
    await op.type("Almoço do time")
    await op.press("ctrl+s")
    await op.sees("Agendado   u desfaz")


async def test_the_cursor_goes_to_what_was_booked_in_the_days_shown(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as op:
        await op.press("3", "pagedown")
        await op.sees("Semana 48")
        await _book(op, "sex 27/11 16h30")
        await op.sees("sex 27/11 16:30 às", "Almoço do time")
        assert "marcado para" not in op.text()
        await op.press("K")
        await op.sees("sex 27/11 16:00 às")


async def test_what_lies_elsewhere_is_said_and_the_cursor_stays(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as op:
        await op.press("3", "pagedown")
        await op.sees("Semana 48")
        before = op.lines()[-2]
        await _book(op, "qua 9/12 10h")
        await op.sees("u desfaz   marcado para qua 09/12 10:00", "Semana 48")
        assert op.lines()[-2] == before


async def test_in_the_list_and_in_the_month_it_is_gone_to_as_well(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as op:
        await op.press("3", "s", "l")
        await op.sees("Lista")
        await _book(op, "sex 27/11 16h30")
        assert "Almoço do time" in op.row_of_cursor()
        await op.press("s", "m")
        await op.sees("Novembro 2026")
        await op.press("home")
        await _book(op, "seg 23/11 17h")
        await op.sees("seg 23/11")


async def test_free_days_of_a_closed_card_schedule_for_its_person(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as op:
        queue = op.crm.read(followups.queue, closed=True)
        rows = op.crm.read(followups.page, queue.keys[::-1][:50])
        closed = next(row for row in rows if row.closed and row.party_id is not None)
        person = op.crm.read(boards.detail, closed.card_id)
        assert person is not None
        assert person.party is not None
        op.app.screen.go("card", card=closed.card_id)  # type: ignore[attr-defined]
        await op.sees(closed.title)
        await op.press("D")
        await op.sees(f"Cartão encerrado: agenda-se para {person.party[:8]}")
        await op.press("enter")
        await op.sees("Agendar", "Assunto", "sem ele.")
        await op.press("v", "ctrl+s")
        await op.sees("Agendado   u desfaz")
        found = op.crm.read(views.of_record, party=person.party_id)
        assert [each.card_id for each in found if each.kind == "visit" and each.state == "planned"] == [None]
