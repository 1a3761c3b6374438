"""The setup as a file by keyboard: written from settings, seen before it comes in, one undo."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_tui.services.board import registers
from crm_tui.services.core.crm import Crm
from tests.conftest import Clock
from tests.screens.machine import own_config
from tests.screens.operator import Operator, at_work

pytestmark = pytest.mark.usefixtures("own_config")
__all__ = ["own_config"]
OPEN, ASKED = '"Concorrente"\nrequires_note = false', '"Concorrente"\nrequires_note = true'


async def export(admin: Operator, path: Path) -> None:
    await admin.press(",")
    await admin.sees("This machine")
    await admin.press("o", "e")
    await admin.sees("Export the setup")
    await admin.press(*["backspace"] * 30)
    await admin.type(str(path))
    await admin.press("ctrl+s")
    await admin.sees("saved as")


def asks_why(crm: Crm) -> bool:
    rows = crm.read(registers.loss_register)
    return next(row.raw["requires_note"] for row in rows if row.name == "Concorrente") == "1"


async def test_a_setup_goes_out_and_a_changed_one_comes_in_and_is_undone(
    demo_db: Path, clock: Clock, tmp_path: Path
) -> None:
    path = tmp_path / "setup.toml"
    async with at_work(demo_db, login="admin", clock=clock) as admin:
        await export(admin, path)
        text = path.read_text()
        path.write_text(text.replace(OPEN, ASKED))
        await admin.press("o", "i")
        await admin.sees("Import the setup")
        await admin.type(str(path))
        await admin.press("enter")
        await admin.sees("1 change", "Concorrente", "Asks for a no")
        assert "requires_note" not in admin.text(), "a key of the file stands for the field's name"
        await admin.press("ctrl+s")
        await admin.sees("1 record taken in")
        assert asks_why(admin.crm)
        await admin.press("u")
        await admin.until(lambda: not asks_why(admin.crm), "it was not taken back")


async def test_a_file_with_a_fault_is_not_taken_in_by_half(
    demo_db: Path, clock: Clock, tmp_path: Path
) -> None:
    path = tmp_path / "setup.toml"
    async with at_work(demo_db, login="admin", clock=clock) as admin:
        await export(admin, path)
        path.write_text(path.read_text().replace(OPEN, ASKED) + '\n[[nonsense]]\nname = "x"\n')
        await admin.press("o", "i")
        await admin.type(str(path))
        await admin.press("enter")
        await admin.sees("1 change", "1 error")
        await admin.press("ctrl+s")
        await admin.sees("Mend what is wrong in the file first")
        assert not asks_why(admin.crm)


@pytest.mark.usefixtures("pt")
async def test_at_60_columns_lists_are_called_as_on_the_shelf_and_names_have_the_room_that_is_there(
    demo_db: Path, clock: Clock, tmp_path: Path
) -> None:
    path = tmp_path / "setup.toml"
    async with at_work(demo_db, login="admin", clock=clock, size=(60, 20)) as admin:
        await admin.press(",")
        await admin.sees("Esta máquina")
        await admin.press("o", "e")
        await admin.press(*["backspace"] * 30)
        await admin.type(str(path))
        await admin.press("ctrl+s")
        await admin.press("o", "i")
        await admin.sees("Importar a configuração")
        await admin.type(str(path))
        await admin.press("enter")
        await admin.sees("já existe", "Perfis        Administrador", "Calendários   Horário comercial")
