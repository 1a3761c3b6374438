"""`f4` in the preview of an import: what each column means, seen at once, kept as a layout, known again. (M113)"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from textual import events

from crm_tui.domain.import_map import MapKind
from crm_tui.domain.outcome import Done
from crm_tui.services.intake.layout_commands import AddImportLayout, EditImportLayout
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work

FAIR = "Quem é;Quem é;Onde;Zap\n7;Raro Nome;Sol;+55 11 98888-7777\n8;Outro Raro;Lua;11 97777-6666\n"
WORKS = "Obra;Quanto\nTelhado;R$ 10,50\nMuro;1,00\n"


async def importing(ana: Operator, file: Path, words: str = "import contacts") -> None:
    await ana.press(":")
    await ana.type(words)
    await ana.press("enter")
    await ana.sees("seen before it is saved")
    screen: Any = ana.app.screen
    ana.app.post_message(events.Paste(str(file)))
    await ana.until(lambda: screen.line.value == str(file), "the path is not in its field")
    await ana.press("enter")


async def test_columns_are_mapped_by_keyboard_seen_at_once_and_known_again(
    empty_db: Path, clock: Clock, tmp_path: Path
) -> None:
    file = tmp_path / "feira.csv"
    file.write_text(FAIR, encoding="utf-8")
    async with at_work(empty_db, clock=clock) as ana:
        await importing(ana, file)
        await ana.sees("f4 says")
        await ana.press("f4")
        await ana.sees("What the columns mean", "Raro Nome", "left out", "whatsapp")  # seen by its heading
        await ana.press("down", "down", "down", "f8")
        await ana.sees("No column says who or what it is")
        await ana.press("up", "up", "enter")
        await ana.sees("document")
        await ana.press("enter")  # name is the first
        await ana.sees("2 new")
        await ana.press("ctrl+s")
        await ana.sees("Kept as the layout feira", "○ 2 new", "Raro Nome")
        await ana.press("ctrl+s")
        await ana.sees("2 new   u undoes")
        await ana.press("escape")
        await importing(ana, file)
        await ana.sees("✓ 2 known", "feira.csv  feira")
        kept = ana.crm.store.reader().execute("SELECT name, columns FROM import_layout").fetchall()
        assert [tuple(row) for row in kept] == [("feira", "Quem é = -\nQuem é = name")]
        await ana.press("f4")
        await ana.sees("What the columns mean")
        await ana.press("f8")
        await ana.press("down", "f8")
        await ana.sees("No column says who or what it is")
        await ana.press("ctrl+s", "escape")
        await ana.sees("✓ 2 known")


async def test_rows_that_were_read_otherwise_before_are_shown_as_the_layout_reads_them(
    empty_db: Path, clock: Clock, tmp_path: Path
) -> None:
    file = tmp_path / "sol.csv"
    file.write_text("Quem;Fone;Email\nRaro Nome;(11) 3333-4444;bom@bom.com.br\n", encoding="utf-8")
    async with at_work(empty_db, clock=clock) as ana:
        await importing(ana, file)
        await ana.sees("1 new", "bom@bom.com.br")
        await ana.press("f4")
        await ana.sees("What the columns mean")
        await ana.press("enter")
        await ana.sees("document")
        await ana.press("enter")  # name is the first
        await ana.press("ctrl+s")
        await ana.sees("Kept as the layout sol", "Raro Nome")
        await ana.gone("bom@bom.com.br")


async def test_cards_are_mapped_too_and_the_layout_is_undone(
    empty_db: Path, clock: Clock, tmp_path: Path
) -> None:
    file = tmp_path / "obras.csv"
    file.write_text(WORKS, encoding="utf-8")
    async with at_work(empty_db, clock=clock) as ana:
        await importing(ana, file, "import cards")
        await ana.sees("f4 says")
        await ana.press("f4")
        await ana.sees("What the columns mean", "R$ 10,50")
        await ana.press("enter")
        await ana.sees("expected")
        await ana.press("enter")
        await ana.sees("2 new")
        await ana.press("ctrl+s")
        await ana.sees("Kept as the layout obras", "○ 2 new", "Telhado")
        await ana.press("u")
        reader = ana.crm.store.reader
        await ana.until(
            lambda: reader().execute("SELECT count(*) FROM import_layout").fetchone()[0] == 0,
            "the layout is still there",
        )


MONTHS = "Obra;Quanto;Visto\nTelhado;1,500.50;02/03/2026\nMuro;2,000.00;04/05/2026\n"


async def test_how_a_column_is_read_and_what_blanks_become_is_said_by_key_and_kept(
    empty_db: Path, clock: Clock, tmp_path: Path
) -> None:
    file = tmp_path / "obras.csv"
    file.write_text(MONTHS, encoding="utf-8")
    async with at_work(empty_db, clock=clock) as ana:
        await importing(ana, file, "import cards")
        await ana.sees("f4 says")
        await ana.press("f4")
        await ana.sees("What the columns mean", "one field more")
        await ana.press("f5")
        await ana.sees("Only of dates and of money")
        await ana.press("enter")
        await ana.sees("won on")
        await ana.press("enter", "down")  # title; that the other is money its values say
        await ana.sees("1,234.56", "as its values show: 1,500.50 is R$ 1,500.50")
        await ana.press("f5")
        await ana.sees("2 errors", "as was said: 1,500.50 is no amount")
        await ana.press("f5")
        await ana.sees("as was said: 1,500.50 is R$ 1,500.50")
        await ana.press("down", "enter", *["down"] * 8, "enter")  # opened
        await ana.sees("day/month", "as its values show: 02/03/2026 is Mon 02/03/2026")
        await ana.press("f6")
        await ana.sees("What blank cells become is said of one of them")
        await ana.press("f5", "f5")
        await ana.sees("month/day", "02/03/2026 is Tue 03/02/2026")
        await ana.press("end", "f6")
        await ana.sees("Which field rows are given", "reason")
        await ana.press(*["down"] * 4, "enter")  # what no column is yet: expected
        await ana.sees("It becomes")
        await ana.type("nunca")
        await ana.press("enter")
        await ana.sees("Not a date: nunca")
        await ana.press(*["backspace"] * 5)
        await ana.type("31/12/2026")
        await ana.press("enter")
        await ana.sees("(no column)", "blank: 31/12/2026", "2 new")
        await ana.press("ctrl+s")
        await ana.sees("Kept as the layout obras", "○ 2 new")
        kept = ana.crm.store.reader().execute("SELECT columns, defaults FROM import_layout").fetchone()
        assert kept[0].splitlines() == [
            "Obra = title",
            "Quanto = value, point",
            "Visto = opened, month first",
        ]
        assert kept[1] == "expected = 31/12/2026"
        await ana.press("ctrl+s")
        await ana.sees("2 new   u undoes")
        found = ana.crm.store.reader().execute(
            "SELECT value_one_off, date(opened_at), expected_close_on FROM card ORDER BY value_one_off"
        )
        assert [tuple(row) for row in found] == [
            (150_050, "2026-02-03", "2026-12-31"),
            (200_000, "2026-04-05", "2026-12-31"),
        ]


async def test_a_layout_is_chosen_by_key_and_one_that_does_not_fit_says_what_it_lacks(
    empty_db: Path, clock: Clock, tmp_path: Path
) -> None:
    file = tmp_path / "obras.csv"
    file.write_text(WORKS, encoding="utf-8")
    async with at_work(empty_db, clock=clock) as ana:
        for name, columns in (
            ("Alone", "Obra = title"),
            ("Whole", "Obra = title\nQuanto = value"),
            ("Else", "Obra = title\nPintor = person"),
        ):
            made = ana.crm.run(AddImportLayout(name=name, kind=MapKind.CARDS, columns=columns))
            assert isinstance(made, Done)
        await importing(ana, file, "import cards")
        await ana.sees("○ 2 new", "obras.csv  Alone")
        await ana.gone("R$")
        await ana.press("f4")
        await ana.sees("What the columns mean", "left out")
        await ana.press("f4")
        await ana.sees("Read it by which layout", "as the program sees it", "does not fit")
        await ana.press("end", "enter")
        await ana.sees("This file has no column Pintor")
        await ana.press("up", "enter")
        await ana.gone("Read it by which layout")
        await ana.gone("left out")
        await ana.press("ctrl+s")
        await ana.sees("Read by the layout Whole", "Novo, R$")
        counted = ana.crm.store.reader().execute("SELECT count(*), max(version) FROM import_layout")
        assert tuple(counted.fetchone()) == (3, 1)


async def test_a_layout_that_somebody_changed_meanwhile_is_not_written_over(
    empty_db: Path, clock: Clock, tmp_path: Path
) -> None:
    file = tmp_path / "obras.csv"
    file.write_text(WORKS, encoding="utf-8")
    async with at_work(empty_db, clock=clock) as ana:
        kept = ana.crm.run(
            AddImportLayout(name="obras", kind=MapKind.CARDS, columns="Obra = title\nQuanto = value")
        )
        assert isinstance(kept, Done)
        await importing(ana, file, "import cards")
        await ana.sees("○ 2 new")
        await ana.press("f4")
        await ana.sees("What the columns mean", "R$ 10,50")
        theirs = "Obra = title\nQuanto = notes"
        ana.crm.run(EditImportLayout(import_layout=kept.entity_id or 0, columns=theirs))
        await ana.press("down", "f8", "ctrl+s")
        await ana.sees("meanwhile")
        found = ana.crm.store.reader().execute("SELECT columns FROM import_layout").fetchone()
        assert found[0] == theirs
