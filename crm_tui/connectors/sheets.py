"""Sheets of rows, whatever file they stand in: text with any usual separator, JSON, or an XLSX workbook; their header.

A reader of some kind of record says which headers it understands; here the sheet and the row are found that it
understands best. Streams: a text file of 64 MiB takes no more memory than its longest row. Writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from crm_tui.connectors.delimited import DELIMITERS, MAX_BYTES, MAX_ROWS, Row, encoding_of, lines_of, rows
from crm_tui.connectors.files import NOT_TO_BE_HAD, FileFault, allowed, is_database, reason_of
from crm_tui.connectors.objects import HEAD, is_records, open_records
from crm_tui.domain.text import one_line
from crm_tui.i18n import N_, Text

HEADER_WITHIN = 20
"""Rows of titles and blanks that may stand above the header."""
_PACKED = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


class Sheet(Protocol):
    """Rows with their line numbers, read from the start at each call."""

    def rows(self) -> Generator[Row, None, None]: ...


class Understood(Protocol):
    """What a reader makes of a header; `known` columns of it have a meaning."""

    @property
    def known(self) -> int: ...


C = TypeVar("C", bound=Understood)


@dataclass(frozen=True, slots=True)
class TextSheet:
    """A text file read with one separator."""

    path: Path
    encoding: str
    delimiter: str

    def rows(self) -> Generator[Row, None, None]:
        """See `delimited.rows`."""
        return rows(self.path, self.encoding, self.delimiter)


@dataclass(frozen=True, slots=True)
class Headed(Generic[C]):
    """A sheet whose header is understood."""

    sheet: Sheet
    header: Row
    columns: C

    def below(self) -> Generator[Row, None, None]:
        """Every row below the header that is not blank; the header repeated further down is left out."""
        for row in self.sheet.rows():
            below = row.line > self.header.line and row.cells != self.header.cells
            if below and (row.fault or any(cell.strip() for cell in row.cells)):
                yield row


@dataclass(frozen=True, slots=True)
class Top:
    """The top of a file whose header nobody understands: its widest row and where it stands; `faulty` is the first
    row that cannot be read."""

    sheet: Sheet | None = None
    widest: Row | None = None
    faulty: Row | None = None

    @property
    def shown(self) -> str:
        """The headings, for a sentence."""
        cells = self.widest.cells[:12] if self.widest is not None else ()
        return ", ".join(one_line(cell)[:40] for cell in cells if cell.strip())


def readable(path: Path, database: Path | None = None, most: int = MAX_BYTES) -> Path:
    """The path itself if it is a file of at most `most` bytes that may be read; else `FileFault`.

    `database` is the live database: it and its companions are refused unopened, because closing a second
    descriptor of it would drop SQLite's locks.
    """
    allowed(path)
    try:
        if database and is_database(path, database):
            raise _fault(N_("{path} is the database itself."), path)
        size = path.stat().st_size
        if not path.is_file():
            raise _fault(N_("{path} is not a file."), path)
    except FileNotFoundError:
        raise _fault(N_("There is no file {path}."), path) from None
    except NOT_TO_BE_HAD as error:
        raise unreadable(path, error) from None
    if size > most:
        raise _fault(N_("{path} is larger than {most} MiB: split it."), path, most=str(most >> 20))
    return path


def open_sheets(path: Path) -> list[Sheet]:
    """The file's sheets: those of a workbook, the one of a JSON file, or a text file once for each separator.

    Raises `FileFault` or OSError.
    """
    with path.open("rb") as source:
        head = source.read(HEAD)
    if head.startswith(_PACKED):
        from crm_tui.connectors.workbook import open_workbook

        return [*open_workbook(path)]
    if is_records(head):
        return [open_records(path)]
    if head.startswith(_OLD_OFFICE):
        raise _fault(
            N_("{path} is a file of the old Excel, or locked by a password: save it as XLSX or CSV."), path
        )
    if lines_of(path) > MAX_ROWS:
        raise too_many_rows(path)
    encoding = encoding_of(path)
    return [TextSheet(path, encoding, delimiter) for delimiter in DELIMITERS]


def find_header(sheets: Sequence[Sheet], recognise: Callable[[Sequence[str]], C | None]) -> Headed[C] | Top:
    """The sheet and row under which most columns are understood; else what stands at the top."""
    best: Headed[C] | None = None
    top, weight, faulty = Top(), 0, None
    for sheet in sheets:
        with closing(sheet.rows()) as read:
            head = list(islice(read, HEADER_WITHIN))
        faulty = faulty or next((row for row in head if row.fault), None)
        whole = [row for row in head if not row.fault and _filled(row)]
        for row in whole:
            columns = recognise(row.cells)
            if columns is not None and (best is None or columns.known > best.columns.known):
                best = Headed(sheet, row, columns)
        widest = max(whole, key=_filled, default=None)
        if widest is not None and (heavy := _weight(whole, widest)) > weight:
            top, weight = Top(sheet, widest), heavy
    return best or Top(top.sheet, top.widest, faulty)


def _weight(rows: Sequence[Row], widest: Row) -> int:
    """Cells of the rows that are as wide as the widest: a wrong separator cuts some rows, the right one all of them."""
    return sum(len(row.cells) for row in rows if len(row.cells) == len(widest.cells))


def _filled(row: Row) -> int:
    return sum(map(bool, row.cells))


def too_many_rows(path: Path) -> FileFault:
    """More than can be looked at before it is written."""
    return _fault(N_("{path} has more than 1,048,576 rows: split it."), path)


def unreadable(path: Path, error: Exception) -> FileFault:
    """The sentence of what the system says."""
    return _fault(N_("{path} cannot be read: {why}."), path, why=reason_of(error))


def _fault(msgid: str, path: Path, **params: str) -> FileFault:
    return FileFault(Text(msgid, {"path": one_line(str(path)), **params}))
