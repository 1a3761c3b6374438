"""A table as a file that any spreadsheet or program opens: CSV, XLSX or JSON. No cell of it is a formula.

Written as it is read, row by row, beside its place and moved into it when it is whole: nobody ever finds half of one.
CSV is UTF-8 with its mark, its sign between cells and its decimals as spreadsheets of the language in force expect.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, tzinfo
from pathlib import Path
from typing import IO, Any

from crm_tui.connectors import csv_out, files
from crm_tui.connectors.files import FileFault
from crm_tui.domain.export import Cell, Column, Format
from crm_tui.domain.text import inert, sanitise
from crm_tui.i18n import N_, Text, language, say, say_in
from crm_tui.ui import formats

Told = Callable[[Any], str]
"""What a value of ours that is no plain one (an event) is as a text."""
SHEET_ROWS = 1_048_575
"""Rows that a sheet of a workbook holds below its heads; what follows stands on another sheet."""
_CELL_MOST = 32_767
"""Characters that a cell of a workbook holds."""
_FORMATS = {"day": "dd/mm/yyyy", "moment": "dd/mm/yyyy hh:mm", "cents": "#,##0.00"}
_ENGLISH = {"day": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm", "cents": "#,##0.00"}


def write(
    path: Path,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Any]],
    form: Format,
    *,
    zone: tzinfo,
    database: Path,
    before: Callable[[int], None],
    told: Told = str,
    over: bool = False,
    company: str = "",
) -> tuple[Path, int]:
    """Write rows to a new file that only its owner reads: where it lies, and how many they are.

    `before` is told the number when all is written and before the file is there; what it raises leaves no file. One
    that is there is only written over if `over`. Raises `FileFault` if it cannot be made.
    """
    target = files.place_for(path, database, over=over)
    beside = target.with_name(f".{target.name[:200]}.{os.getpid()}.new")
    with files.made_beside(beside, target, over=over) as file:
        count = pour(file, columns, rows, form, zone=zone, told=told, company=company)
        before(count)
    return target, count


def to_output(
    columns: Sequence[Column],
    rows: Iterable[Sequence[Any]],
    form: Format,
    *,
    zone: tzinfo,
    before: Callable[[int], None],
    told: Told = str,
) -> int:
    """The same to the standard output, when all of it is read and `before` has let it go."""
    with tempfile.TemporaryFile() as file:
        count = pour(file, columns, rows, form, zone=zone, told=told)
        before(count)
        file.seek(0)
        while piece := file.read(1 << 20):
            sys.stdout.buffer.write(piece)
        sys.stdout.flush()
    return count


def pour(
    file: IO[bytes],
    columns: Sequence[Column],
    rows: Iterable[Sequence[Any]],
    form: Format,
    *,
    zone: tzinfo,
    told: Told = str,
    company: str = "",
) -> int:
    """Write the table into an open file; how many rows it has."""
    match form:
        case Format.CSV:
            return _csv(file, columns, rows, zone, told)
        case Format.JSON:
            return _json(file, columns, rows, zone, told)
        case Format.XLSX:
            return _xlsx(file, columns, rows, zone, told, company)


def _worded(column: Column, value: Any) -> Any:
    """A fixed value by what it is called."""
    known = column.words.get(value) if column.words else None
    return value if known is None else say_in("exported", known)


def _joined(column: Column, value: Sequence[str]) -> str:
    """Several texts in one cell; telephones as people write them, which no spreadsheet takes for a sum either."""
    texts = [formats.phone(each) for each in value] if column.cell is Cell.PHONES else value
    return sanitise("; ".join(texts))


def _csv(
    file: IO[bytes], columns: Sequence[Column], rows: Iterable[Sequence[Any]], zone: tzinfo, told: Told
) -> int:
    english = language() == "en"

    def cell(column: Column, value: Any) -> str:
        if value is None:
            return ""
        match column.cell:
            case Cell.CENTS:  # a minus of ours is no formula
                whole, rest = divmod(abs(value), 100)
                return f"{'-' if value < 0 else ''}{whole}{'.' if english else ','}{rest:02d}"
            case Cell.NUMBER:
                return str(value)
            case Cell.DAY:
                return str(value.isoformat())
            case Cell.MOMENT:
                return str(value.astimezone(zone).strftime("%Y-%m-%d %H:%M"))
            case Cell.FLAG:
                return say(N_("yes")) if value else say(N_("no"))
            case Cell.MANY | Cell.PHONES:
                return inert(_joined(column, value))
        worded = _worded(column, value)
        return inert(sanitise(worded if isinstance(worded, str) else told(worded)))

    count = 0

    def cells() -> Iterator[list[str]]:
        nonlocal count
        for row in rows:
            yield [cell(column, value) for column, value in zip(columns, row, strict=True)]
            count += 1

    file.writelines(csv_out.pieces([inert(sanitise(column.told)) for column in columns], cells()))
    return count


def _json(
    file: IO[bytes], columns: Sequence[Column], rows: Iterable[Sequence[Any]], zone: tzinfo, told: Told
) -> int:
    def cell(value: Any) -> Any:
        if isinstance(value, datetime):
            return value.astimezone(zone).isoformat()
        if isinstance(value, date):
            return value.isoformat()
        if value is None or isinstance(value, (bool, int)):
            return value
        if type(value) is tuple:
            return [sanitise(each) for each in value]
        return sanitise(value if isinstance(value, str) else told(value))

    count = 0
    file.write(b"[")
    for count, row in enumerate(rows, start=1):
        named = {column.key: cell(value) for column, value in zip(columns, row, strict=True)}
        file.write(b"\n" if count == 1 else b",\n")
        file.write(json.dumps(named, ensure_ascii=False).encode(errors="replace"))
    file.write(b"\n]\n" if count else b"]\n")
    return count


def _xlsx(
    file: IO[bytes],
    columns: Sequence[Column],
    rows: Iterable[Sequence[Any]],
    zone: tzinfo,
    told: Told,
    company: str = "",
) -> int:
    import xlsxwriter  # with the first workbook: 60 ms that nothing else pays

    book = xlsxwriter.Workbook(
        file,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_date_format": "yyyy-mm-dd",
        },
    )
    if company:
        book.set_properties({"company": company})
    styles = {
        name: book.add_format({"num_format": shape})
        for name, shape in (_ENGLISH if language() == "en" else _FORMATS).items()
    }
    bold = book.add_format({"bold": True})

    def sheet() -> Any:
        made = book.add_worksheet()
        made.freeze_panes(1, 0)
        for at, column in enumerate(columns):
            made.set_column(at, at, 18 if column.cell in (Cell.TEXT, Cell.MANY, Cell.MOMENT) else 12)
            made.write_string(0, at, _fit(column.told), bold)
        return made

    page, count = sheet(), 0
    for count, row in enumerate(rows, start=1):
        at = (count - 1) % SHEET_ROWS + 1
        if at == 1 and count > 1:
            page = sheet()
        for place, (column, value) in enumerate(zip(columns, row, strict=True)):
            if value is None or value == "":
                continue
            match column.cell:
                case Cell.NUMBER:
                    page.write_number(at, place, value)
                case Cell.CENTS:
                    page.write_number(at, place, value / 100, styles["cents"])
                case Cell.DAY:
                    page.write_datetime(at, place, value, styles["day"])
                case Cell.MOMENT:
                    local = value.astimezone(zone).replace(tzinfo=None, second=0, microsecond=0)
                    page.write_datetime(at, place, local, styles["moment"])
                case Cell.FLAG:
                    page.write_string(at, place, say(N_("yes")) if value else say(N_("no")))
                case Cell.MANY | Cell.PHONES:
                    page.write_string(at, place, _fit(_joined(column, value)))
                case _:
                    worded = _worded(column, value)
                    page.write_string(at, place, _fit(worded if isinstance(worded, str) else told(worded)))
    book.close()
    return count


def _fit(text: str) -> str:
    """A text as a cell of a workbook takes it; one that is too long ends with a sign that says so."""
    text = sanitise(text)
    return text if len(text) <= _CELL_MOST else f"{text[: _CELL_MOST - 1]}…"


def unknown_form(name: str) -> FileFault:
    """What is said of a file whose ending tells no form."""
    return FileFault(
        Text("{name} ends like none of them: let it end in .csv, .xlsx or .json.", {"name": name})
    )
