"""Rows of the sheets of an XLSX file that nobody has checked: the values of its cells as text.

A formula is the value that it had when the file was saved. What a file says of itself is not believed: every part is
unpacked once, in pieces and within caps, before the library that reads it sees it. Knows nothing of what cells mean.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from array import array
from collections.abc import Generator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm_tui.connectors.delimited import MAX_COLUMNS, MAX_FIELD, MAX_ROWS, Row
from crm_tui.connectors.files import FileFault
from crm_tui.connectors.sheets import too_many_rows
from crm_tui.i18n import N_, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_PARTS = 2_000
MAX_UNPACKED = 384 * 1024 * 1024
"""Bytes of all parts: some 100,000 rows of 48 columns."""
MAX_CELLS = 5_000_000
"""Of the rectangle around all cells that are filled: the library makes room for all of it."""
MAX_TEXT = 384 * 1024 * 1024
"""Bytes of the texts that cells share: the library copies each into every cell that names it."""
_PIECE = 1 << 20
_REF = re.compile(rb"""\sr\s*=\s*["']\s*([A-Za-z]*)([0-9]+)""")
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_TEXT = re.compile(rb"<(?:\w+:)?si[\s/>]")
_NAMING = re.compile(rb"""[\s"']t\s*=\s*["']s["']""")
_NAMED = re.compile(
    rb"""(?P<cell><(?:\w+:)?c(?=[\s/>]))|(?P<names>[\s"']t\s*=\s*["']s["'])|<(?:\w+:)?v[^<>]*>(?:\s*(?P<which>\d{1,9})\s*</)?"""
)
_LONGEST = 4 * _PIECE
"""Bytes of an element and the text behind it."""
_LETTERS = 26
_WIDEST, _LOWEST = 3, 7
"""Letters and digits of the last cell of a sheet, XFD1048576."""
_DAMAGED = N_("{path} is damaged or no spreadsheet: open it and save it as XLSX again.")
_TOO_WIDE = N_("A sheet of {path} spans more than 5,000,000 cells: split it.")


@dataclass(frozen=True, slots=True)
class WorkSheet:
    """One visible sheet; `held` are its rows as the library holds them."""

    name: str
    held: Any

    def rows(self) -> Generator[Row, None, None]:
        """The rows in order; an empty row has empty cells."""
        for n, cells in enumerate(self.held.iter_rows(), 1):
            texts = tuple(map(_text, cells))
            if any(len(text) > MAX_FIELD for text in texts):
                yield Row(n, (), Text("A cell or row is too long (at most 65,536 characters a cell)."))
            else:
                yield Row(n, texts)


def open_workbook(path: Path) -> list[WorkSheet]:
    """The visible sheets that are not empty; raises `FileFault` for what is damaged, too large or a trap."""
    _within(path)
    import python_calamine as calamine

    try:
        return list(_sheets(path, calamine))
    except calamine.CalamineError:
        raise _fault(_DAMAGED, path) from None
    except OSError as error:
        raise _fault(N_("{path} cannot be read: {why}."), path, why=str(error)) from None
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # the library's own fault, by a file made for it
            raise _fault(_DAMAGED, path) from None
        raise


def _sheets(path: Path, calamine: Any) -> Iterator[WorkSheet]:
    book = calamine.CalamineWorkbook.from_path(str(path))
    for n, found in enumerate(book.sheets_metadata):
        plain = found.typ == calamine.SheetTypeEnum.WorkSheet
        if plain and found.visible == calamine.SheetVisibleEnum.Visible:
            held = book.get_sheet_by_index(n)
            if held.start is not None:
                yield WorkSheet(found.name, held)


def _within(path: Path) -> None:
    """Unpack every part in pieces and throw it away: a bomb, a lie about sizes, or cells at the end of the world."""
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise _fault(
                    N_("{path} unpacks to more than a sheet of contacts ever needs: it is refused."), path
                )
            named, texts = 0, []
            for part in parts:  # what is longer than it says fails at its checksum
                with packed.open(part) as source:
                    names, lengths = _look_through(path, source)
                    named += names
                    texts += [lengths] if lengths else []
            longest = max((max(lengths) for lengths in texts), default=0)
            if named * longest > MAX_TEXT and (len(texts) > 1 or _copied(packed, texts[0]) > MAX_TEXT):
                raise _fault(
                    N_("{path} unpacks to more than a sheet of contacts ever needs: it is refused."), path
                )
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError):
        raise _fault(_DAMAGED, path) from None


def _look_through(path: Path, source: Any) -> tuple[int, array[int]]:
    """Measure the rectangle that the cells of one part span, whether they say where they stand or only follow. How many
    cells name a text that is shared, and the bytes of each such text, if they stand here."""
    bottom = right = rows = following = named = begun = before = 0
    lengths = array("I")
    kept = b""
    while piece := source.read(_PIECE):
        text = kept + piece
        whole = text.rfind(b"<")  # an element may be cut in two
        kept = text[max(0, whole) :]
        if len(kept) > _LONGEST:
            raise _fault(_DAMAGED, path)
        named += len(_NAMING.findall(text, 0, max(0, whole)))
        for found in _TEXT.finditer(text, 0, max(0, whole)):
            if begun:
                lengths.append(before + found.start() - begun + 1)
            begun = before + found.start() + 1  # from 1: nought is that none began
        before += max(0, whole)
        first, *others = _ROW.split(text[: max(0, whole)])
        rows += len(others)
        counts = [len(_CELL.findall(row)) for row in (first, *others)]
        right = max(right, following + counts[0], *counts)
        following = counts[-1] if others else following + counts[0]
        for letters, digits in _REF.findall(text, 0, max(0, whole)):
            if len(letters) > _WIDEST or len(digits) > _LOWEST:
                raise _fault(_TOO_WIDE, path)
            bottom, right = max(bottom, int(digits)), max(right, _column(letters))
        if max(bottom, rows) * right > MAX_CELLS or right > MAX_COLUMNS:
            raise _fault(_TOO_WIDE, path)
        if max(bottom, rows) > MAX_ROWS:
            raise too_many_rows(path)
    if begun:
        lengths.append(before + len(kept) - begun + 1)
    return named, lengths


def _copied(packed: zipfile.ZipFile, lengths: array[int]) -> int:
    """The bytes of all texts that the cells name, each as often as it is named; what names it oddly, as the longest."""
    longest = max(lengths)
    held = 0
    for part in packed.infolist():
        names = told = False
        with packed.open(part) as source:
            kept = b""
            while piece := source.read(_PIECE):
                text = kept + piece
                whole = max(0, text.rfind(b"<"))
                kept = text[whole:]
                for found in _NAMED.finditer(text, 0, whole):
                    if found["cell"] or found["names"]:
                        held += longest if names and not told else 0
                        names, told = bool(found["names"]), False
                    elif names:
                        which = int(found["which"]) if found["which"] else -1
                        held += lengths[which] if 0 <= which < len(lengths) else longest
                        told = True
                if held > MAX_TEXT:
                    return held
    return held


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * _LETTERS + letter - 64
    return number


def _fault(msgid: str, path: Path, **more: str) -> FileFault:
    return FileFault(Text(msgid, {"path": str(path), **more}))


def _text(value: Any) -> str:
    """A cell as somebody would type it: a number without `.0`, a date by year, month and day."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d") if value.time() == time() else value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date | time | timedelta | int):
        return str(value)
    return ""
