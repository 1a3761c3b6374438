"""Calendar files by keyboard: shown first, one batch, undone by one key; an appointment written to a new file."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from textual import events

from crm_tui.services.agenda.commands import BookAppointment
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work

FILE = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:a@x
SUMMARY:Visita
DTSTART;TZID=America/Sao_Paulo:20261120T140000
DURATION:PT1H
END:VEVENT
BEGIN:VEVENT
UID:s@x
SUMMARY:Semanal
DTSTART;TZID=America/Sao_Paulo:20261123T090000
RRULE:FREQ=WEEKLY;COUNT=3
END:VEVENT
BEGIN:VEVENT
UID:broken@x
SUMMARY:Quebrado
END:VEVENT
END:VCALENDAR
"""


async def opened(ana: Operator, file: Path) -> None:
    """Go to the import through the palette and read a file."""
    await ana.press(":")
    await ana.type("import app")
    await ana.press("enter")
    await ana.sees("Import appointments", "seen before it is saved")
    screen: Any = ana.app.screen
    ana.app.post_message(events.Paste(str(file)))
    await ana.until(lambda: screen.line.value == str(file), "the path is not in its field")
    await ana.press("enter")


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_a_calendar_file_is_shown_then_taken_in_and_undone(
    empty_db: Path, clock: Clock, tmp_path: Path, size: tuple[int, int]
) -> None:
    file = tmp_path / "agenda.ics"
    file.write_text(FILE)
    async with at_work(empty_db, clock=clock, size=size) as ana:
        await opened(ana, file)
        await ana.sees("2 new", "1 error", "Visita", "Semanal", "Quebrado")
        assert _count(ana) == 0
        await ana.press("ctrl+s")
        await ana.sees("2 appointments taken in", "2 known")
        assert _count(ana) == 4
        await ana.press("u")
        await ana.until(lambda: _count(ana) == 0, "the import is not undone")


async def test_what_is_no_calendar_is_said(empty_db: Path, clock: Clock, tmp_path: Path) -> None:
    file = tmp_path / "x.ics"
    file.write_text("name;phone")
    async with at_work(empty_db, clock=clock) as ana:
        await opened(ana, file)
        await ana.sees("x.ics is no calendar file")


async def test_an_appointment_is_written_to_a_new_file(empty_db: Path, clock: Clock, tmp_path: Path) -> None:
    async with at_work(empty_db, clock=clock) as ana:
        at = datetime(2026, 11, 19, 17, tzinfo=UTC)
        made = ana.crm.run(BookAppointment(when=at, subject="Visita à loja"))
        ana.app.screen.go("export_appointment", activity=made.entity_id)  # type: ignore[attr-defined, union-attr]
        await ana.sees("Export appointment", "visita-à-loja-2026-11-19.ics")
        screen: Any = ana.app.screen
        target = tmp_path / "um.ics"
        screen.line.value = str(target)
        await ana.press("ctrl+s")
        await ana.sees("saved as")
        (event,) = Calendar.from_ical(target.read_bytes()).events
        assert event.start == at
        assert event.end == at + timedelta(minutes=60) or event.end > at


async def test_the_agendas_menu_leads_to_both(empty_db: Path, clock: Clock) -> None:
    async with at_work(empty_db, clock=clock) as ana:
        ana.crm.run(BookAppointment(when=datetime(2026, 11, 19, 17, tzinfo=UTC), subject="Visita"))
        await ana.press("3")
        await ana.sees("Visita")
        await ana.press("o")
        await ana.sees("Import appointments…")
        await ana.press("i")
        await ana.sees("Import appointments", "seen before it is saved")


def _count(ana: Operator) -> int:
    found = ana.crm.store.reader().execute("SELECT count(*) FROM activity WHERE uid IS NOT NULL").fetchone()
    return int(found[0])
