"""A parecer on a card that a colleague works at meanwhile: nothing typed is lost, there is always a way on. (B48)"""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_tui.bootstrap import open_crm
from crm_tui.domain.outcome import Done
from crm_tui.services.board import views as boards
from crm_tui.services.board.commands import LoseCard
from crm_tui.services.note.commands import FileNote
from crm_tui.services.trail import views as trails
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work

pytestmark = pytest.mark.usefixtures("pt")


def _card(ana: Operator) -> int:
    return int(ana.crm.read(boards.find, "OP-0113")[0].id)


async def test_a_step_that_a_colleague_registered_meanwhile_is_said_and_filed_past(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        card = _card(ana)
        await ana.press("p")
        await ana.type("O que eu ouvi")
        await ana.press("tab", "2")
        carla = open_crm(demo_db, "carla", clock)
        result = carla.store.reader().execute("SELECT id FROM result ORDER BY id").fetchone()[0]
        assert isinstance(carla.run(FileNote(card=card, body="O que ela ouviu", result=result)), Done)
        carla.store.close()
        await ana.press("ctrl+s")
        await ana.sees("já registrou ou cancelou esse passo", "O que eu ouvi")
        await ana.press("ctrl+s")
        await ana.sees("gravado")
        told = [said.body for said in ana.crm.read(trails.said, card_id=card)]
        assert told[:2] == ["O que eu ouvi", "O que ela ouviu"]


async def test_the_end_that_a_colleague_gave_the_card_is_called_by_its_name(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        card = _card(ana)
        await ana.press("p")
        await ana.type("Avança")
        await ana.press("tab", "1")
        ana.app.screen.inputs["stage"].focus()  # type: ignore[attr-defined]
        await ana.type("visita")
        await ana.press("tab")
        carla = open_crm(demo_db, "carla", clock)
        reason = carla.store.reader().execute("SELECT id FROM loss_reason ORDER BY id").fetchone()[0]
        assert isinstance(carla.run(LoseCard(card=card, reason=reason, note="caro")), Done)
        end = carla.read(boards.detail, card).stage
        carla.store.close()
        await ana.press("ctrl+s")
        await ana.sees("carla mudou isto", "Visita", end)
        assert "#" not in "".join(line for line in ana.lines() if "o outro" in line)


@pytest.mark.parametrize("half", ["#1e9", f"#{'9' * 30}"])
@pytest.mark.parametrize("field", ["next_contact", "campaign", "result", "stage"])
async def test_half_a_search_with_a_number_sign_is_taken_up_like_any_other(
    demo_db: Path, clock: Clock, field: str, half: str
) -> None:
    """The line was lost in the middle of it: the text must open again."""
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("p")
        await ana.type("Fica guardado")
        await ana.press("ctrl+g", "m")
        await ana.until(lambda: field in ana.app.screen.inputs, "no such field")  # type: ignore[attr-defined]
        ana.app.screen.inputs[field].focus()  # type: ignore[attr-defined]
        await ana.type(half)
        assert ana.app.screen.park_now()  # type: ignore[attr-defined]
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("p")
        await ana.sees("Parecer", "Fica guardado")
