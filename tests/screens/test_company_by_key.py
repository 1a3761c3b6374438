"""The company in settings: named by key, in the header where there is room, taken back by `u`. (M105)"""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_tui.services.access import views
from crm_tui.services.access.commands import EditCompany
from tests.conftest import Clock
from tests.screens.operator import at_work

pytestmark = pytest.mark.usefixtures("pt")


async def test_the_company_is_named_in_settings_and_stands_in_the_header(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock, size=(120, 36), login="admin") as boss:
        await boss.press("comma", "right", "end")
        await boss.sees("Empresa", "no banco, para todos")
        await boss.press("enter")
        await boss.sees("Razão social", "como o cabeçalho a mostra")
        await boss.type("Casa Nova")
        await boss.press("ctrl+s")
        await boss.sees("Empresa alterada")
        assert boss.crm.read(views.company).name == "Casa Nova"
        await boss.press("1")
        await boss.until(lambda: "Casa Nova" in boss.lines()[0], "in the header")
        await boss.press("u")
        await boss.until(lambda: "Casa Nova" not in boss.lines()[0], "no longer")


async def test_the_logo_stands_behind_the_keys_in_the_help(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock, size=(80, 24), login="admin") as boss:
        boss.crm.run(EditCompany(name="Casa Nova", legal_name="Casa Nova Ltda.", logo=" /\\ \n/__\\"))
        await boss.press("question_mark")
        for _ in range(8):
            if "Casa Nova Ltda." in boss.text():
                break
            await boss.press("pagedown")
        await boss.sees("Casa Nova ─", " /\\", "/__\\", "Casa Nova Ltda.")
