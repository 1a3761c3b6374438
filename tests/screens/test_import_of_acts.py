"""Importing activities and notes by keyboard: seen first, one batch, one undo."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_tui.services.party.commands import NewParty
from tests.conftest import Clock
from tests.screens.operator import at_work
from tests.screens.test_import_of_cards import importing

FILES = {
    "activities": "Type,Date,Person,Text\nCall,2026-11-09,Lia Trazida,Asked the price\nCall,2026-11-09,Whoever,\n",
    "notes": "Date,Person,Text\n2026-11-09,Lia Trazida,Asked the price\n2026-11-09,Whoever,x\n",
}


@pytest.mark.parametrize("kind", FILES)
async def test_activities_and_notes_are_seen_before_they_are_written_and_u_takes_them_back(
    empty_db: Path, clock: Clock, tmp_path: Path, kind: str
) -> None:
    file = tmp_path / "a.csv"
    file.write_text(FILES[kind], encoding="utf-8")
    async with at_work(empty_db, clock=clock) as ana:
        ana.crm.run(NewParty(name="Lia Trazida", email="lia@trazida.example"))

        def kept() -> int:
            found = ana.crm.store.reader().execute("SELECT count(*) FROM note WHERE body = 'Asked the price'")
            return int(found.fetchone()[0])

        await importing(ana, file, f"import {kind}")
        await ana.sees("○ 1 new", "! 1 error", "Nobody here is known as Whoever")
        assert kept() == 0
        await ana.press("ctrl+s")
        await ana.sees("1 new   u undoes", "✓ 1 known")
        assert kept() == 1
        await ana.press("u")
        await ana.sees("○ 1 new")
        assert kept() == 0


@pytest.mark.parametrize("kind", FILES)
async def test_columns_of_activities_and_notes_are_mapped_by_keyboard_and_known_again(
    empty_db: Path, clock: Clock, tmp_path: Path, kind: str
) -> None:
    file = tmp_path / "visits.csv"
    file.write_text("Seen,Somebody,Said\n03/02/2026,Lia Trazida,Asked the price\n", encoding="utf-8")
    notes = kind == "notes"
    async with at_work(empty_db, clock=clock) as ana:
        ana.crm.run(NewParty(name="Lia Trazida", email="lia@trazida.example"))
        await importing(ana, file, f"import {kind}")
        await ana.sees("f4 says")
        await ana.press("f4")
        await ana.sees("What the columns mean")
        fields = ["text", "when"] if notes else ["subject", "when", "hour", "action", "done", "done on"]
        where = {"when": 1, "person": 4 if notes else 10, "text": 0 if notes else 8}
        for column, field in enumerate(("when", "person", "text")):
            await ana.press("home", *["down"] * column, "enter")
            await ana.sees(*fields)
            await ana.press("home", *["down"] * where[field], "enter")
            await ana.sees("What the columns mean")
        await ana.sees("day/month", "1 new")
        await ana.press("home", "f5", "f5")
        await ana.sees("month/day", "03/02/2026 is Mon 02/03/2026")
        await ana.press("ctrl+s")
        await ana.sees("Kept as the layout visits", "○ 1 new", "02/03/2026")
        await ana.press("ctrl+s")
        await ana.sees("1 new   u undoes", "✓ 1 known")
        assert ana.crm.store.reader().execute("SELECT kind FROM import_layout").fetchone()[0] == kind
