"""The appointments of a card, earlier and deleted ones among them, from its menu and from inside the parecer. (B32)"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from crm_tui.domain.outcome import Done
from crm_tui.services.agenda.commands import BookAppointment, DeleteAppointment
from crm_tui.services.followup import views
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work

pytestmark = pytest.mark.usefixtures("pt")


def _booked(op: Operator) -> None:
    card = int(op.crm.read(views.queue).keys[0])
    for days, subject in ((3, "Vistoria"), (5, "Engano"), (-3, "Medição")):
        at = op.crm.clock() + timedelta(days=days)
        made = op.crm.run(BookAppointment(card=card, when=at, subject=subject, anyway=True))
        assert isinstance(made, Done)
        if subject == "Engano":
            assert isinstance(op.crm.run(DeleteAppointment(activity=made.entity_id or 0)), Done)


async def test_from_inside_the_parecer_and_back_to_the_letter(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        _booked(ana)
        await ana.press("p")
        await ana.type("Meia ")
        await ana.press("ctrl+g", "n")
        await ana.sees("Vistoria", "Medição", "Engano", "excluído")
        rows = [line for line in ana.lines() if any(w in line for w in ("Vistoria", "Medição", "Engano"))]
        assert "Vistoria" in rows[0], "what is to come stands first"
        await ana.press("escape")
        await ana.type("frase")
        await ana.sees("Meia frase")


async def test_from_the_menu_of_a_card_one_is_opened_and_another_booked(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        _booked(ana)
        await ana.press("o", "n")
        await ana.sees("Vistoria", "excluído")
        await ana.press("enter")
        await ana.sees("Vistoria", "Com")
        await ana.press("escape", "a")
        await ana.sees("Agendar", "Quem")
