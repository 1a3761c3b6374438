"""Dias livres by keyboard: whose, which days, how long, the first slot and the one after. (B16, B17, B63, X20)"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from crm_tui.screens.free.free import FreeScreen
from tests.conftest import Clock
from tests.screens.booked_days import taken
from tests.screens.operator import Operator, at_work

pytestmark = pytest.mark.usefixtures("pt")


async def opened(operator: Operator) -> FreeScreen:
    """Dias livres from Hoje, from Monday on."""
    await operator.press("D")
    await operator.sees("Dias livres")
    await operator.press("g")
    await operator.type("seg")
    await operator.press("enter")
    await operator.sees("seg 23/11 a")
    screen = operator.app.screen
    assert isinstance(screen, FreeScreen)
    return screen


def row(operator: Operator, name: str) -> list[str]:
    """What stands in somebody's row of the grid."""
    return next(line.replace("■", " ").split() for line in operator.lines() if line[1:].startswith(name))


async def test_d_shows_off_free_partly_free_and_busy_with_hours(demo_db: Path, clock: Clock) -> None:
    async with at_work(taken(demo_db), "ana", clock) as operator:
        await opened(operator)
        assert row(operator, "ana")[1:9] == ["▒", "6h", "▒", "7h", "·", "9h", "·", "9h"]
        assert row(operator, "beto")[1:3] == ["█", "0h"]
        assert "fér" in row(operator, "beto")
        assert row(operator, "carla")[-2:] == ["seg", "08:00"]
        assert row(operator, "beto")[-2:] == ["ter", "13:00"]
        await operator.sees("× fora: folga, férias, feriado, sem horário")


async def test_the_hours_of_a_cell_say_what_takes_them(demo_db: Path, clock: Clock) -> None:
    async with at_work(taken(demo_db), "carla", clock) as operator:
        await opened(operator)
        await operator.press("right")
        await operator.sees("carla, ter 24/11  livre 4h: 08:30 às 10:00, 15:30 às 18:00")
        await operator.sees("10:00 às 12:00 Treinamento")
        await operator.sees("08:30 às 09:30")


async def test_of_others_one_learns_that_time_is_taken_not_with_what(demo_db: Path, clock: Clock) -> None:
    async with at_work(taken(demo_db), "davi", clock) as operator:
        await operator.press("D", "O", "backspace", "backspace", "backspace", "backspace")
        await operator.type("carla")
        await operator.press("enter", "ctrl+s", "g")
        await operator.type("ter")
        await operator.press("enter")
        await operator.sees("10:00 às 12:00 ocupado")
        assert "Treinamento" not in operator.text()


async def test_f5_goes_to_the_first_common_slot_and_again_to_the_one_after(
    demo_db: Path, clock: Clock
) -> None:
    clock.advance(days=4)
    async with at_work(taken(demo_db), "ana", clock) as operator:
        await operator.press("D", "down", "down", "f5")
        await operator.sees("beto, ter 24/11")
        await operator.sees("13:00 às 14:00")
        await operator.press("f5")
        await operator.sees("14:00 às 15:00")
        await operator.press("greater_than_sign", "f5")
        await operator.sees("90 min")
        await operator.sees("13:00 às 14:30")


async def test_marked_people_are_opened_together_and_esc_drops_the_marks(demo_db: Path, clock: Clock) -> None:
    async with at_work(taken(demo_db), "ana", clock) as operator:
        screen = await opened(operator)
        await operator.press("space", "down", "space")
        await operator.sees("2 marcados")
        assert row(operator, "juntos")[1:5] == ["—", "▒", "3h", "·"]
        await operator.press("escape")
        assert "marcados" not in operator.text()
        assert operator.app.screen is screen
        await operator.press("escape")
        assert operator.app.screen is not screen


async def test_enter_schedules_in_the_proposed_slot_for_those_who_are_opened(
    demo_db: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[dict[str, Any]] = []
    async with at_work(taken(demo_db), "ana", clock) as operator:
        screen = await opened(operator)
        monkeypatch.setattr(screen, "go", lambda place, **args: asked.append({"place": place, **args}))
        await operator.press("right", "down", "down", "enter")
    ana, _, beto = (person.id for person in screen.loaded.asked.people[:3])
    wanted = {"place": "schedule", "when": "ter 24/11 13:00", "until": "14:00", "who": [beto, ana]}
    assert {name: asked[0][name] for name in wanted} == wanted


async def test_pages_and_edges_move_the_days_and_full_stop_comes_back(demo_db: Path, clock: Clock) -> None:
    async with at_work(taken(demo_db), "ana", clock) as operator:
        await operator.press("D")
        await operator.sees("qui 19/11 a sáb 28/11")
        await operator.press("pagedown")
        await operator.sees("dom 29/11 a ter 08/12")
        await operator.press("left")
        await operator.sees("sáb 28/11 a seg 07/12")
        await operator.press("full_stop")
        await operator.sees("qui 19/11 a sáb 28/11")
