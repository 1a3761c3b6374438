"""Profiles by keyboard: made like another, each permission's reach in one sheet, who has it, one undo. (M91, M111)"""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_tui.domain.register import RegisterRow
from crm_tui.services.access import registers
from crm_tui.services.core.crm import Crm
from tests.conftest import Clock
from tests.screens.machine import own_config
from tests.screens.operator import at_work, shelf

pytestmark = pytest.mark.usefixtures("own_config")
__all__ = ["own_config"]


def named(crm: Crm, name: str) -> RegisterRow | None:
    return next((row for row in crm.read(registers.profile_register) if row.name == name), None)


async def test_a_profile_is_made_like_another_narrowed_and_taken_back(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, login="admin", clock=clock) as admin:
        await admin.press(",")
        await admin.sees("This machine")
        await admin.press(*shelf("profiles"), "enter", "end", "n")
        await admin.sees("New profile", "Vendas")
        await admin.type("Pré-vendas")
        await admin.press("ctrl+s")
        await admin.sees("Pré-vendas")
        await admin.until(lambda: named(admin.crm, "Pré-vendas") is not None, "it was not made")
        await admin.press("e")
        await admin.sees("Cards: see", "the team's")
        await admin.press("down", "1", "tab", "ctrl+s")
        await admin.until(
            lambda: (row := named(admin.crm, "Pré-vendas")) is not None and row.raw["card_read"] == "none",
            "the reach was not changed",
        )
        await admin.press("u")
        await admin.until(
            lambda: (row := named(admin.crm, "Pré-vendas")) is not None and row.raw["card_read"] == "team",
            "it was not taken back",
        )
        await admin.press("x")
        await admin.sees("Pré-vendas taken out of use")


async def test_the_administrators_profile_is_shown_as_locked_and_o_leads_to_who_has_one(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, login="admin", clock=clock) as admin:
        await admin.press(",")
        await admin.sees("This machine")
        await admin.press(*shelf("profiles"), "enter", "home", "e")
        await admin.sees("This profile may do everything")
        await admin.press("escape", "end", "o", "u")
        await admin.sees("ana", "beto")
        await admin.press("escape", "x")
        await admin.sees("people have this profile")
