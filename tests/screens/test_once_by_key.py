"""One person once, by keyboard: who is known is said where one types, goes over it knowingly, and two become one."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_tui.services.party import views as parties
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work

pytestmark = pytest.mark.usefixtures("pt")


def people(ana: Operator) -> int:
    return int(ana.crm.read(parties.count))


async def test_a_second_ctrl_s_saves_somebody_who_is_known_all_the_same(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        before = people(ana)
        await ana.press("N", "p")
        await ana.type("Marina Alves")
        await ana.press("ctrl+s")
        await ana.sees("Já existe com o mesmo dado (nome): Marina Alves", "mais uma vez")
        assert people(ana) == before
        await ana.press("ctrl+s")
        await ana.sees("Pessoa cadastrada")
        assert people(ana) == before + 1
        await ana.press("u")
        await ana.sees("Desfeito")
        assert people(ana) == before


async def test_a_name_in_the_column_is_asked_once_more_where_it_is_known(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        before = people(ana)
        await ana.press("2", "right", "plus")
        await ana.type("Marina Alves")
        await ana.press("enter")
        await ana.sees("dado (nome): Marina", "outra pessoa? Enter")
        assert people(ana) == before
        await ana.press("enter")
        await ana.sees("criado   u desfaz")
        assert people(ana) == before + 1
