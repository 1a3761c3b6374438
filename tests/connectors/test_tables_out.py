"""Tables as files: nothing in them is a formula, none is half there, and none is written over unasked."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from crm_tui import i18n
from crm_tui.connectors import tables_out
from crm_tui.connectors.files import FileFault
from crm_tui.domain.export import Cell, Column, Format

COLUMNS = (
    Column("name", "Name"),
    Column("value", "Value", Cell.CENTS),
    Column("on", "Date", Cell.DAY),
    Column("at", "When", Cell.MOMENT),
    Column("phones", "Phones", Cell.PHONES),
    Column("private", "Private", Cell.FLAG),
)
AT = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)
HOSTILE = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")', "http://x.example", "{=1}")
ZONE = ZoneInfo("America/Sao_Paulo")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    i18n.set_language("en")
    yield
    i18n.set_language("en")


def _rows(names: tuple[str, ...] = HOSTILE) -> list[tuple[Any, ...]]:
    return [(n, -123_45, date(2026, 11, 23), AT, ("+5511988887777",), True) for n in names]


def _written(form: Format, rows: list[tuple[Any, ...]]) -> bytes:
    file = io.BytesIO()
    assert tables_out.pour(file, COLUMNS, rows, form, zone=ZONE) == len(rows)
    return file.getvalue()


def _write(path: Path, rows: Any, **more: Any) -> tuple[Path, int]:
    more = {"zone": ZONE, "database": path.with_name("crm.db"), "before": lambda _: None} | more
    return tables_out.write(path, COLUMNS, rows, Format.CSV, **more)


def test_no_cell_of_a_csv_file_is_a_formula_and_it_reads_back() -> None:
    text = _written(Format.CSV, _rows()).decode("utf-8")
    assert text.startswith("\ufeff")
    read = list(csv.reader(io.StringIO(text[1:])))
    assert read[0] == [column.head for column in COLUMNS]
    for row, name in zip(read[1:], HOSTILE, strict=True):
        assert row[0].lstrip("'") == name
        assert not row[0].startswith(("=", "+", "-", "@", "\t"))
        assert row[1:] == ["-123.45", "2026-11-23", "2026-11-22 23:30", "(11) 98888-7777", "yes"]


def test_it_speaks_the_spreadsheets_of_the_language() -> None:
    i18n.set_language("pt-BR")
    line = _written(Format.CSV, _rows(("Ana",))).decode("utf-8-sig").splitlines()[1]
    assert line.split(";")[:2] == ["Ana", "-123,45"]


def test_no_cell_of_a_workbook_is_a_formula_or_a_link() -> None:
    with zipfile.ZipFile(io.BytesIO(_written(Format.XLSX, _rows()))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert "<hyperlink" not in sheet
        assert "=1+1" in sheet
        assert "<v>-123.45</v>" in sheet
        assert not [name for name in book.namelist() if "external" in name.lower()]


def test_a_workbook_goes_on_on_another_sheet_when_one_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables_out, "SHEET_ROWS", 3)
    with zipfile.ZipFile(io.BytesIO(_written(Format.XLSX, _rows()))) as book:
        sheets = sorted(name for name in book.namelist() if name.startswith("xl/worksheets/sheet"))
        assert len(sheets) == 3
        assert all("Name" in book.read(name).decode() for name in sheets)


def test_a_text_longer_than_a_cell_holds_ends_with_a_sign() -> None:
    with zipfile.ZipFile(io.BytesIO(_written(Format.XLSX, _rows(("x" * 40_000,))))) as book:
        assert "x" * 32_766 + "…" in book.read("xl/worksheets/sheet1.xml").decode()


def test_json_is_one_array_of_plain_values() -> None:
    found = json.loads(_written(Format.JSON, _rows(("Ana",))))
    assert found == [
        {
            "name": "Ana",
            "value": -123_45,
            "on": "2026-11-23",
            "at": "2026-11-22T23:30:00-03:00",
            "phones": ["+5511988887777"],
            "private": True,
        }
    ]
    assert json.loads(_written(Format.JSON, [])) == []


def test_what_is_there_stays_unless_one_says_over(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text("mine")
    with pytest.raises(FileFault):
        _write(path, _rows())
    assert path.read_text() == "mine"
    written, count = _write(path, _rows(), over=True)
    assert (written, count) == (path, len(HOSTILE))
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["p.csv"]


def test_what_fails_half_way_or_is_not_let_go_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> Iterator[Any]:
        yield from _rows()
        raise RuntimeError

    def forbidden(rows: int) -> None:
        raise PermissionError(rows)

    for rows, before, error in ((broken(), None, RuntimeError), (_rows(), forbidden, FileFault)):
        with pytest.raises(error):
            _write(tmp_path / "p.csv", rows, **({"before": before} if before else {}))
        assert list(tmp_path.iterdir()) == []


def test_it_is_no_folder_not_the_database_and_its_folder_is_there(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "crm.db", tmp_path / "none" / "p.csv"):
        with pytest.raises(FileFault):
            _write(path, _rows(), database=tmp_path / "crm.db")


def test_a_hundred_thousand_rows_need_no_memory(tmp_path: Path) -> None:
    import tracemalloc

    rows = ((f"Pessoa {n}", n, None, AT, (), False) for n in range(20_000))
    for form in (Format.CSV, Format.JSON):
        tracemalloc.start()
        with (tmp_path / form.value).open("w+b") as file:
            tables_out.pour(file, COLUMNS, iter([next(rows) for _ in range(3)]), form, zone=ZONE)
            tracemalloc.reset_peak()
            count = tables_out.pour(file, COLUMNS, (next(rows) for _ in range(9_000)), form, zone=ZONE)
            peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert count == 9_000
        assert peak < 1_000_000
