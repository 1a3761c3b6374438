"""Importing cards by keyboard: seen first, one batch, one undo; rows with errors written to be mended."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from textual import events

from tests.conftest import Clock
from tests.screens.operator import Operator, at_work

DEALS = (
    "Deal Name,Deal Stage,Amount,Create Date,Associated Contact\n"
    'Frota Aurora,Closed Won,"$1,500.00",2026-11-01,Marina Prado (marina@aurora.example)\n'
    "Pneus,Nada,10,2026-11-02,Beto Rocha\n"
    "Filtros,,muito,2026-11-02,Beto Rocha\n"
)


async def importing(ana: Operator, file: Path, words: str = "import cards") -> None:
    await ana.press(":")
    await ana.type(words)
    await ana.press("enter")
    await ana.sees("seen before it is saved")
    screen: Any = ana.app.screen
    ana.app.post_message(events.Paste(str(file)))
    await ana.until(lambda: screen.line.value == str(file), "the path is not in its field")
    await ana.press("enter")


async def test_cards_are_seen_before_they_are_written_and_u_takes_them_back(
    empty_db: Path, clock: Clock, tmp_path: Path
) -> None:
    file = tmp_path / "deals.csv"
    file.write_text(DEALS, encoding="utf-8")
    async with at_work(empty_db, clock=clock) as ana:

        def cards() -> int:
            found = ana.crm.store.reader().execute("SELECT count(*) FROM card WHERE deleted_at IS NULL")
            return int(found.fetchone()[0])

        await importing(ana, file)
        await ana.sees("○ 2 new", "! 1 error", "HubSpot", "Beto Rocha", "won: this board has no stage for it")
        await ana.press("down")
        await ana.sees("There is no stage Nada")
        await ana.gone("has no stage for it")
        await ana.sees("Not an amount of money: muito.")
        assert cards() == 0
        await ana.press("ctrl+s")
        await ana.sees("2 new   u undoes", "✓ 2 known")
        assert cards() == 2
        await ana.press("u")
        await ana.sees("○ 2 new")
        assert cards() == 0


async def test_what_is_to_be_looked_at_stands_whole_under_a_list_that_fills_the_screen(
    empty_db: Path, clock: Clock, tmp_path: Path
) -> None:
    file = tmp_path / "deals.csv"
    rows = [f"Frota {n},Etapa que aqui não existe,{n},2026-11-02,Pessoa {n}\n" for n in range(60)]
    file.write_text(DEALS.splitlines()[0] + "\n" + "".join(rows), encoding="utf-8")
    async with at_work(empty_db, clock=clock) as ana:
        await importing(ana, file)
        for key in ("home", "down", "end", "up"):
            await ana.press(key)
            whole = " ".join(ana.text().split())
            await ana.sees("○ 60 new")
            assert "There is no stage Etapa que aqui não existe on Leads: it goes to Novo" in whole, whole


async def test_f8_writes_the_rows_with_errors_and_they_come_in_once_mended(
    empty_db: Path, clock: Clock, tmp_path: Path
) -> None:
    file = tmp_path / "deals.csv"
    file.write_text(DEALS, encoding="utf-8")
    async with at_work(empty_db, clock=clock) as ana:
        await importing(ana, file)
        await ana.sees("! 1 error")
        await ana.press("f8")
        await ana.sees("The rows with errors are in deals-errors.csv.")
        mended = tmp_path / "deals-errors.csv"
        written = mended.read_text(encoding="utf-8-sig")
        assert written.splitlines()[1].endswith("Not an amount of money: muito.")
        mended.write_text(written.replace("Filtros,,muito", "Filtros,,12"), encoding="utf-8")
        await ana.press("escape")
        await importing(ana, mended)
        await ana.sees("○ 1 new", "! 0 error")


async def test_of_a_file_that_is_gone_f8_says_so_and_leaves_none_behind(
    empty_db: Path, clock: Clock, tmp_path: Path
) -> None:
    """The file that cannot be read is named, not the one that was to be written."""
    file = tmp_path / "deals.csv"
    file.write_text(DEALS, encoding="utf-8")
    async with at_work(empty_db, clock=clock) as ana:
        await importing(ana, file)
        await ana.sees("! 1 error")
        file.unlink()
        await ana.press("f8")
        await ana.sees("deals.csv cannot be read")
        assert list(tmp_path.glob("deals*")) == []


async def test_a_deal_renamed_in_its_program_changes_here_and_u_takes_it_back(
    empty_db: Path, clock: Clock, tmp_path: Path
) -> None:
    file = tmp_path / "deals.csv"
    head = "Record ID,Deal Name,Deal Stage,Amount\n"
    file.write_text(f"{head}7,Pneus,,10\n8,Filtros,,20\n", encoding="utf-8")
    async with at_work(empty_db, clock=clock) as ana:

        def titles() -> list[str]:
            found = ana.crm.store.reader().execute(
                "SELECT title FROM card WHERE deleted_at IS NULL ORDER BY id"
            )
            return [title for (title,) in found]

        await importing(ana, file)
        await ana.sees("○ 2 new")
        await ana.press("ctrl+s")
        await ana.sees("2 new   u undoes")
        await ana.press("escape")
        file.write_text(f"{head}7,Pneus e rodas,,15\n8,Filtros,,20\n", encoding="utf-8")
        await importing(ana, file)
        await ana.sees("→ 1 changes", "✓ 1 known", "Pneus e rodas, R$")
        await ana.press("ctrl+s")
        await ana.sees("1 changed   u undoes", "✓ 2 known")
        assert titles() == ["Pneus e rodas", "Filtros"]
        await ana.press("u")
        await ana.sees("→ 1 changes")
        assert titles() == ["Pneus", "Filtros"]
