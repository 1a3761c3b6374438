"""Tasks ticked and people edited from inside the parecer, not a letter lost. (B38, B40)"""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_tui.domain.label import Task
from crm_tui.services.board import views as boards
from crm_tui.services.label import views as labels
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work

pytestmark = pytest.mark.usefixtures("pt")


def tasks(ana: Operator) -> list[Task]:
    card = ana.crm.read(boards.find, "OP-0142")[0]
    found: list[Task] = ana.crm.read(labels.tasks, card.id)
    return found


async def test_tasks_are_ticked_over_the_text_which_stays_as_it_was(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("ctrl+k")
        await ana.type("OP-0142")
        await ana.press("enter")
        await ana.sees("Padaria Aurora")
        before = [task.done for task in tasks(ana)]
        await ana.press("p")
        await ana.type("Primeira metade")
        await ana.press("ctrl+g")
        await ana.sees("Sem sair do parecer", "2 de 3 feitas")
        await ana.press("t")
        open_one = before.index(False)
        await ana.press(str(open_one + 1))
        await ana.until(lambda: all(task.done for task in tasks(ana)), "not ticked")
        await ana.press("escape")
        await ana.type(", segunda.")
        await ana.sees("Primeira metade, segunda.")


async def test_the_persons_data_open_over_the_text_and_come_back_to_the_letter(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("p")
        await ana.type("Mudou o nome")
        await ana.press("ctrl+g", "p")
        await ana.sees("Restaurante Dona Benta", "Nome")
        await ana.press("escape")
        await ana.type(" hoje.")
        await ana.sees("Mudou o nome hoje.")
