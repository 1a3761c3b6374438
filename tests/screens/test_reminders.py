"""Who wanted to be reminded of an appointment is, once, over whatever is on the screen, and the focus stays."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from crm_tui.domain.outcome import Done
from crm_tui.screens.core.reminding import call, due, words
from crm_tui.services.agenda.commands import BookAppointment, MoveAppointment
from crm_tui.services.core.crm import Crm
from tests.conftest import Clock
from tests.screens.operator import at_work

pytestmark = pytest.mark.usefixtures("pt")


def _booked(crm: Crm, minutes: int, remind_minutes: int) -> None:
    at = crm.clock() + timedelta(minutes=minutes)
    wish = BookAppointment(
        when=at, subject="[b]Vistoria[/b]", location="Sala 2", remind=remind_minutes, anyway=True
    )
    assert isinstance(crm.run(wish), Done)


async def test_it_is_said_once_while_one_types(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        _booked(ana.crm, 30, 45)
        _booked(ana.crm, 300, 45)
        found = due(ana.crm)
        assert [each.subject for each in found] == ["[b]Vistoria[/b]"]
        assert words(found[0], ana.crm.clock(), ana.crm.viewer.zone).endswith(
            "[b]Vistoria[/b], Sala 2: em 30 min"
        )
        ana.app._disable_notifications = (
            False  # Textual's tests run without them; for screens that open from now on
        )
        await ana.press("p")
        await ana.type("Meia ")
        call(ana.app, found)
        await ana.sees("Aviso", "[b]Vistoria[/b]")
        await ana.type("frase")
        await ana.sees("Meia frase")
        before = len(ana.app._notifications)
        call(ana.app, due(ana.crm))
        later = found[0].start_at + timedelta(minutes=5)
        assert isinstance(ana.crm.run(MoveAppointment(activity=found[0].id, when=later, anyway=True)), Done)
        call(ana.app, due(ana.crm))
        await ana.until(lambda: len(ana.app._notifications) == before + 1, "moved, it is said again")
