"""Contacts from a CSV file: one frozen record for each row, with what is wrong with it. (FEATURES.md M96)

Streams: a file of 64 MiB takes no more memory than its longest row. Judges each row by itself; who is
already known, and what becomes of a record, is decided by the importer. Writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from crm_tui.connectors.delimited import DELIMITERS, MAX_BYTES, Row, encoding_of, rows
from crm_tui.connectors.layouts import LAYOUTS, Columns, Part, phone_kind, recognise
from crm_tui.domain.identity import email, phone
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.party import ContactKind
from crm_tui.domain.phone import PhoneKind
from crm_tui.domain.text import digits, one_line, sanitise
from crm_tui.i18n import N_, Text

HEADER_WITHIN = 20
"""Rows of titles and blanks that may stand above the header."""

_BETWEEN_PHONES = re.compile(r"\s*(?::::|[,;/\n]|\bou\b)\s*(?!\s*(?:ramal|ram|r|ext)\b)", re.IGNORECASE)
_BETWEEN_EMAILS = re.compile(r"\s*(?::::|[,;\n])\s*")
_SCIENTIFIC = re.compile(r"\d[.,]\d+E\+?\d+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ContactRecord:
    """One row. Values are as typed, without controls; `line` is its first line in the file, from 1.

    `errors`: why the row cannot become a contact (then its values may be empty). `warnings`: what to look
    at, the row goes on. A doubtful phone or e-mail is kept, with a warning; one without any digit or
    without `@` is only named in the warning.
    """

    line: int
    name: str = ""
    company: str = ""
    title: str = ""
    phones: tuple[tuple[ContactKind, str], ...] = ()
    emails: tuple[str, ...] = ()
    notes: str = ""
    errors: tuple[Text, ...] = ()
    warnings: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class ContactsFile:
    """A file whose layout is known; `header` is the header's row."""

    path: Path
    encoding: str
    delimiter: str
    header: Row
    columns: Columns

    def records(self, area: str = "") -> Iterator[ContactRecord]:
        """Every row below the header, in order, blank ones left out; OSError as from `open`.

        `area` is the two-digit code of numbers written without one.
        """
        for row in rows(self.path, self.encoding, self.delimiter):
            if row.line <= self.header.line or row.cells == self.header.cells:
                continue
            if row.fault:
                yield ContactRecord(row.line, errors=(row.fault,))
            elif any(cell.strip() for cell in row.cells):
                yield _record(row, self.columns, len(self.header.cells), area)


def open_contacts(path: Path, database: Path | None = None) -> ContactsFile | Refusal:
    """Recognise a contacts file; a Refusal (input) if it cannot be read or its header is unknown.

    `database` is the live database: it and its companions are refused unopened, because closing a second
    descriptor of it would drop SQLite's locks.
    """
    try:
        if database and _is_database(path, database):
            return _refuse(N_("{path} is the database itself."), path)
        size = path.stat().st_size
        if not path.is_file():
            return _refuse(N_("{path} is not a file."), path)
        if size > MAX_BYTES:
            return _refuse(N_("{path} is larger than 64 MiB: split it."), path)
        encoding = encoding_of(path)
        found = _header(path, encoding)
    except FileNotFoundError:
        return _refuse(N_("There is no file {path}."), path)
    except OSError as error:
        return _refuse(N_("{path} cannot be read: {why}."), path, why=error.strerror or type(error).__name__)
    if isinstance(found, ContactsFile):
        return found
    if isinstance(found, Row):
        return _no_rows(path, found, size)
    if not found:
        return _refuse(N_("{path} is empty."), path)
    shown = ", ".join(one_line(cell)[:40] for cell in found[:12] if cell.strip())
    return Refusal(
        Text("The columns of this file are not known: {columns}.", {"columns": shown}),
        RefusedBy.INPUT,
        remedy=Text(
            "Known are {layouts}, and any sheet headed Name, Phone, Email, Company, Notes.",
            {"layouts": ", ".join(layout.name for layout in LAYOUTS)},
        ),
    )


def _is_database(path: Path, database: Path) -> bool:
    family = (database, *(database.with_name(database.name + tail) for tail in ("-wal", "-shm")))
    return path.exists() and any(member.exists() and path.samefile(member) for member in family)


def _refuse(msgid: str, path: Path, **params: str) -> Refusal:
    return Refusal(Text(msgid, {"path": one_line(str(path)), **params}), RefusedBy.INPUT)


def _no_rows(path: Path, faulty: Row, size: int) -> Refusal:
    """A file whose top cannot be read as rows at all: what it is, instead of a contacts sheet."""
    if faulty.lone:
        return _refuse(
            N_("{path} is one line of {size} MB without an end: it is no sheet of rows."),
            path,
            size=f"{size / 1_000_000:.1f}",
        )
    return Refusal(
        Text(
            "{path} cannot be read as rows, line {line}: {why}",
            {"path": one_line(str(path)), "line": faulty.line, "why": faulty.fault},
        ),
        RefusedBy.INPUT,
    )


def _header(path: Path, encoding: str) -> ContactsFile | tuple[str, ...] | Row:
    """The file with the separator under which most columns are known; else the widest row at its top, or, if none
    of them can be read, the first of them with its fault."""
    best: ContactsFile | None = None
    faulty: Row | None = None
    widest: tuple[str, ...] = ()
    for delimiter in DELIMITERS:
        with closing(rows(path, encoding, delimiter)) as top:
            for row in islice(top, HEADER_WITHIN):
                faulty = faulty or (row if row.fault else None)
                if sum(map(bool, row.cells)) > sum(map(bool, widest)):
                    widest = row.cells
                columns = recognise(row.cells)
                if columns and (best is None or columns.known > best.columns.known):
                    best = ContactsFile(path, encoding, delimiter, row, columns)
    return best or widest or faulty or ()


def _record(row: Row, columns: Columns, width: int, area: str) -> ContactRecord:
    cells = row.cells
    warnings: list[Text] = []
    if any(cell.strip() for cell in cells[width:]):
        warnings.append(
            Text(
                "The row has {cells} cells and the header {columns}: a value may stand one column off.",
                {"cells": len(cells), "columns": width},
            )
        )
    strays: list[str] = []
    phones = _phones(cells, columns, area, warnings, strays)
    emails = _emails(cells, columns, warnings, strays)
    name = _name(cells, columns)
    errors = () if name or phones or emails else (Text("No name, phone or e-mail in this row."),)
    return ContactRecord(
        row.line,
        name,
        one_line(_first(cells, columns, Part.COMPANY)),
        one_line(_first(cells, columns, Part.TITLE)),
        phones,
        emails,
        "\n".join(
            filter(None, (*(_noted(_cell(cells, i)) for i in columns.parts.get(Part.NOTES, ())), *strays))
        ),
        errors,
        tuple(warnings),
    )


def _cell(cells: Sequence[str], column: int | None) -> str:
    return cells[column] if column is not None and column < len(cells) else ""


def _noted(cell: str) -> str:
    return sanitise(cell).strip()


def _first(cells: Sequence[str], columns: Columns, part: Part) -> str:
    filled = (_cell(cells, i) for i in columns.parts.get(part, ()))
    return next((value for value in filled if value.strip()), "")


def _name(cells: Sequence[str], columns: Columns) -> str:
    parts = (Part.GIVEN, Part.MIDDLE, Part.FAMILY, Part.SUFFIX)
    whole = _first(cells, columns, Part.NAME) or " ".join(_first(cells, columns, part) for part in parts)
    return one_line(whole) or one_line(_first(cells, columns, Part.ALIAS))


def _phones(
    cells: Sequence[str], columns: Columns, area: str, warnings: list[Text], strays: list[str]
) -> tuple[tuple[ContactKind, str], ...]:
    found: dict[str, tuple[ContactKind, str]] = {}
    for column in columns.phones:
        cell = _cell(cells, column.column)
        hint = phone_kind(_cell(cells, column.label)) or column.kind
        if _SCIENTIFIC.fullmatch(cell.strip()):
            warnings.append(
                Text("The spreadsheet cut digits off this number: {value}.", {"value": one_line(cell)})
            )
            continue
        for value in filter(None, map(one_line, _BETWEEN_PHONES.split(cell))):
            number, kind = phone(value, area), hint
            if number is None:
                warnings.append(Text("Not a whole phone number: {value}.", {"value": value[:80]}))
                if not digits(value):
                    strays.append(value)
                    continue
            elif hint is not ContactKind.WHATSAPP and number.kind is not PhoneKind.FOREIGN:
                kind = ContactKind.MOBILE if number.kind is PhoneKind.MOBILE else ContactKind.PHONE
            found.setdefault(number.e164 if number else value, (kind, value))
    return tuple(found.values())


def _emails(
    cells: Sequence[str], columns: Columns, warnings: list[Text], strays: list[str]
) -> tuple[str, ...]:
    """The addresses; what is none goes to the notes, as `strays`, so that nothing of the file is lost."""
    found: dict[str, str] = {}
    for column in columns.emails:
        for value in filter(None, map(one_line, _BETWEEN_EMAILS.split(_cell(cells, column)))):
            address = email(value)
            if address is None:
                warnings.append(Text("Not an e-mail address: {value}.", {"value": value[:80]}))
                if "@" not in value:
                    strays.append(value)
                    continue
            found.setdefault(address or value, value)
    return tuple(found.values())
