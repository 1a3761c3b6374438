"""An invitation is counted in the header, listed behind `B`, and opens its appointment. (B13)"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from house import do

from crm_tui.bootstrap import open_crm
from crm_tui.services.agenda.commands import BookAppointment
from crm_tui.services.notice import views
from tests.conftest import Clock
from tests.screens.operator import at_work

pytestmark = pytest.mark.usefixtures("pt")


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (120, 36)])
async def test_b_lists_who_invited_one_and_enter_opens_the_appointment(
    demo_db: Path, clock: Clock, size: tuple[int, int]
) -> None:
    carla = open_crm(demo_db, "carla", clock)
    ana = carla.reading().connection.execute("SELECT id FROM user WHERE login = 'ana'").fetchone()[0]
    me, when = carla.viewer.user_id, clock() + timedelta(days=1)
    do(carla, BookAppointment(who=(me, ana), when=when, subject="Alinhamento", anyway=True))
    carla.store.close()
    async with at_work(demo_db, clock=clock, size=size) as operator:
        await operator.press("B")
        await operator.sees("carla convidou você", "Alinhamento")
        await operator.press("home", "enter")
        await operator.sees("Alinhamento", "carla")
    crm = open_crm(demo_db, "ana", clock)
    assert crm.read(views.appointments) == [], "what was listed is read"
    crm.store.close()
