"""Files attached from inside the parecer, kept by its draft, the note's once it is filed. (B42-B44)"""

from __future__ import annotations

from pathlib import Path

import pytest
from house import do

from crm_tui.bootstrap import open_crm
from crm_tui.services.casetype import views
from crm_tui.services.casetype.commands import EditCaseType
from tests.conftest import Clock
from tests.screens.operator import at_work

pytestmark = pytest.mark.usefixtures("pt")


async def test_ctrl_t_attaches_a_draft_keeps_it_and_the_story_shows_it_under_the_note(
    demo_db: Path, clock: Clock, tmp_path: Path
) -> None:
    (tmp_path / "planta.pdf").write_bytes(b"%PDF" * 300)
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("enter")
        await ana.sees("OP-0113")
        await ana.press("p")
        await ana.type("Segue a planta.")
        await ana.press("ctrl+t")
        await ana.sees("Anexar arquivo", "até 10 MB")
        await ana.type(f"{tmp_path}/pla")
        await ana.press("tab", "enter")
        await ana.sees("planta.pdf anexado", "1 anexo", "Segue a planta.")
        await ana.press("escape")
        await ana.sees("¶3")
        await ana.press("p")
        await ana.sees("1 anexo", "Segue a planta.")
        await ana.press("tab", "1", "ctrl+s")
        await ana.sees("gravado", "anexo: planta.pdf")


async def test_a_file_alone_keeps_the_draft(demo_db: Path, clock: Clock, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"a")
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("p", "ctrl+t")
        await ana.type(f"{tmp_path}/a.txt")
        await ana.press("enter")
        await ana.sees("1 anexo")
        await ana.press("escape")
        await ana.sees("¶3")


async def test_where_the_service_type_takes_none_it_is_said_at_once(demo_db: Path, clock: Clock) -> None:
    admin = open_crm(demo_db, "admin", clock)
    for row in admin.read(views.case_types):
        do(admin, EditCaseType(case_type=row.id, allow_attachment=False))
    admin.store.close()
    async with at_work(demo_db, clock=clock) as ana:
        await ana.press("p")
        await ana.type("Texto")
        await ana.press("ctrl+t")
        await ana.sees("não permite anexos", "Texto")
