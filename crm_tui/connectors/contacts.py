"""Contacts from a file: one frozen record for each row or card, with what is wrong with it. (FEATURES.md M96)

Judges each record by itself; who is already known, and what becomes of it, is decided by the importer. Writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Protocol

from crm_tui.connectors import addresses, mapped
from crm_tui.connectors.delimited import Row
from crm_tui.connectors.files import FileFault
from crm_tui.connectors.layouts import Columns, PhoneColumn, phone_kind, recognise
from crm_tui.connectors.objects import ObjectSheet
from crm_tui.connectors.own_fields import Answers, OwnColumn, Reader
from crm_tui.connectors.parts import ADDRESS, Part
from crm_tui.connectors.programs import LAYOUTS
from crm_tui.connectors.sheets import Headed, Top, find_header, open_sheets, readable, unreadable
from crm_tui.domain.foreign import Foreign, foreign
from crm_tui.domain.form import Question
from crm_tui.domain.identity import email, phone
from crm_tui.domain.import_map import How, ImportMap, own_key
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.party import ContactKind, Postal
from crm_tui.domain.phone import PhoneKind
from crm_tui.domain.text import digits, fold, one_line, sanitise
from crm_tui.i18n import N_, Text

_BETWEEN_PHONES = re.compile(r"\s*(?::::|[,;/\n]|\bou\b)\s*(?!\s*(?:ramal|ram|r|ext)\b)", re.IGNORECASE)
_BETWEEN_EMAILS = re.compile(r"\s*(?::::|[,;\n])\s*")
_BLANKS = re.compile(r"\s{2,}")
_FOOTER = re.compile(
    r"(sub|grand )?tota(ls?|is)( geral)?\b[ :]*([\d(].*)?$|tota(l|is) (de|of) [a-z ]{1,30}[ :]+\d.*$|soma\b[ :]*$|"
    r"copyright \(c\)|confidential information|(generated|gerado) (by|por)\b.*:|informacoes confidenciais"
)
"""How rows begin that stand below the last record."""
_FOOT = frozenset("stcgií")
"""The letters with which they begin."""
_LAST = re.compile(r"copyright|confidential|generated|gerado|informacoes")
"""Of these, those behind which no record comes: what stands alone there is the name of the house."""
_OF_SOMEBODY = (Part.NAME, Part.GIVEN, Part.MIDDLE, Part.FAMILY, Part.SUFFIX, Part.ALIAS, Part.TITLE)
_COMPANIES = frozenset(
    {"empresa", "organizacao", "pj", "j", "juridica", "pessoa juridica"}
    | {"company", "organization", "organisation", "legal entity"}
)
"""What a column of kinds calls a company."""
_PHONE_DIGITS = 8
_AREA = 2
"""Digits of an area code."""
_SCIENTIFIC = re.compile(r"\d[.,]\d+E\+?\d+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ContactRecord:
    """One row. Values are as typed, without controls; `line` is its first line in the file, from 1.

    `errors`: why the row cannot become a contact (then its values may be empty). `warnings`: what to look
    at, the row goes on. A doubtful phone or e-mail is kept, with a warning; one without any digit or
    without `@` is only named in the warning. `document` is valid and without mask; the CNPJ of a row that names a
    company, too, is that company's. `foreign` is its id in the program of the file, of which the layout is the name.
    `organization`: the row is a company's own. `owner` is whose it is to be, as it stands there. `own`: what it says of
    fields of one's own.
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
    document: str = ""
    company_document: str = ""
    address: Postal | None = None
    foreign: Foreign | None = None
    organization: bool = False
    owner: str = ""
    own: Answers = ()


class Contacts(Protocol):
    """A file of people; `layout` is how it is recognised."""

    @property
    def layout(self) -> str: ...
    @property
    def shown(self) -> Mapping[int, How]:
        """How columns of dates and of money turned out to be read, by their place, once they were."""
        ...

    def records(self, area: str = "") -> Iterator[ContactRecord]:
        """Everybody in order; OSError as from `open`. `area` is the two-digit code of numbers without one."""
        ...


@dataclass(frozen=True, slots=True)
class ContactsFile:
    """A sheet of people whose header is known. `asked` are the fields of one's own."""

    found: Headed[Columns]
    asked: Sequence[Question] = ()
    shown: dict[int, How] = field(default_factory=dict)

    @property
    def layout(self) -> str:
        return self.found.columns.layout

    def records(self, area: str = "") -> Iterator[ContactRecord]:
        """See `Contacts`: every row below the header, without blank ones and what reports write below."""
        columns, width = self.found.columns, len(self.found.header.cells)
        whole = width + len(columns.defaults)
        given = (mapped.given(row, width, columns.defaults) for row in self.found.below())
        ours = isinstance(self.found.sheet, ObjectSheet)
        own = Reader(columns.own, self.asked, given, columns.said, self.shown, cents=ours)
        for row in rows_of(self.found.below()):
            if row.fault:
                yield ContactRecord(row.line, errors=(row.fault,))
            else:
                told = mapped.given(row, width, columns.defaults)
                yield _record(told, columns, whole, area, own(told))


def recogniser(
    maps: Sequence[ImportMap], *, only: bool = False, asked: Sequence[Question] = ()
) -> Callable[[Sequence[str]], Columns | None]:
    """See `mapped.recogniser`; `asked` as in `recognise`."""
    return mapped.recogniser(maps, _mapped, partial(recognise, asked=asked), only=only)


def _mapped(layout: ImportMap, found: Mapping[str, Sequence[int]], header: Sequence[str]) -> Columns:
    parts = {Part(field): tuple(at) for field, at in found.items() if field in set(Part)}
    numbers = [PhoneColumn(i, kind) for field, kind in mapped.PHONES.items() for i in found.get(field, ())]
    known = len(layout.columns)
    given = mapped.defaults(layout, found, len(header))
    place = {part: columns for part, columns in parts.items() if part in ADDRESS}
    mails = tuple(found.get(mapped.EMAIL, ()))
    own = [(at, own_key(field)) for field, places in found.items() if own_key(field) for at in places]
    return Columns(
        layout.name,
        parts,
        tuple(numbers),
        mails,
        known,
        given,
        (place,) if place else (),
        tuple(OwnColumn(key, at) for at, key in own),
        mapped.said(layout, header),
    )


def open_contacts(
    path: Path,
    database: Path | None = None,
    maps: Sequence[ImportMap] = (),
    *,
    only: bool = False,
    asked: Sequence[Question] = (),
) -> Contacts | Refusal:
    """Recognise a file of people, or a folder of cards; a Refusal (input) if it cannot be read or is unknown.

    `database` is the live database, which is never opened (see `sheets.readable`). `maps` are layouts that
    somebody made, tried first; `only`: the first of them and nothing else. `asked` are people's fields of one's own.
    """
    from crm_tui.connectors import vcards

    try:
        cards = vcards.found(path)
        if cards:
            return vcards.CardsFile(tuple(readable(card, database, vcards.MAX_BYTES) for card in cards))
        readable(path, database, *([vcards.MAX_BYTES] if path.suffix.lower() in vcards.ENDINGS else []))
        if vcards.is_card(path):
            return vcards.CardsFile((path,))
        found = find_header(open_sheets(path), recogniser(maps, only=only, asked=asked))
    except FileFault as fault:
        return Refusal(fault.reason, RefusedBy.INPUT)
    except OSError as error:
        return Refusal(unreadable(path, error).reason, RefusedBy.INPUT)
    if isinstance(found, Headed):
        return ContactsFile(found, asked)
    if only and found.widest is not None:
        return mapped.missing(maps[0], found.widest.cells)
    return unknown(path, found)


def unknown(path: Path, top: Top) -> Refusal:
    """Why a file whose header nobody knows is no sheet of contacts."""
    if top.widest is not None:
        return Refusal(
            Text("The columns of this file are not known: {columns}.", {"columns": top.shown}),
            RefusedBy.INPUT,
            remedy=Text(
                "Known are {layouts}, and any sheet headed Name, Phone, Email, Company, Notes.",
                {"layouts": ", ".join(dict.fromkeys(layout.name for layout in LAYOUTS))},
            ),
        )
    if top.faulty is None:
        return _refuse(N_("{path} is empty."), path)
    if top.faulty.lone:
        size = f"{path.stat().st_size / 1_000_000:.1f}"
        return _refuse(
            N_("{path} is one line of {size} MB without an end: it is no sheet of rows."), path, size=size
        )
    said = {"path": one_line(str(path)), "line": top.faulty.line, "why": top.faulty.fault}
    return Refusal(Text("{path} cannot be read as rows, line {line}: {why}", said), RefusedBy.INPUT)


def _refuse(msgid: str, path: Path, **params: str) -> Refusal:
    return Refusal(Text(msgid, {"path": one_line(str(path)), **params}), RefusedBy.INPUT)


def is_footer(row: Row, *, money: bool = False) -> bool:
    """Whether a report says here how much it counted or who made it, in a row that reaches nobody; with `money` long
    numbers are sums, not telephones."""
    filled = [cell.strip() for cell in row.cells if cell.strip()]
    if filled[0][:1].lower() not in _FOOT or _FOOTER.match(fold(filled[0])) is None:
        return False
    return not any("@" in c or (not money and len(digits(c)) >= _PHONE_DIGITS) for c in filled[1:])


def rows_of(rows: Iterable[Row], *, money: bool = False) -> Iterator[Row]:
    """The rows without what reports write below them; `money` as in `is_footer`."""
    ended = False
    for row in rows:
        if row.fault:
            yield row
        elif is_footer(row, money=money):
            ended = ended or _LAST.match(fold(next(filter(str.strip, row.cells)))) is not None
        elif not ended or sum(1 for cell in row.cells if cell.strip()) > 1:
            yield row


def _record(row: Row, columns: Columns, width: int, area: str, answers: Answers) -> ContactRecord:
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
    own = digits(_first(cells, columns, Part.AREA)).removeprefix("0")
    numbers = phones(_labelled(cells, columns), own if len(own) == _AREA else area, warnings, strays)
    mails = emails([_cell(cells, column) for column in columns.emails], warnings, strays)
    name, company = _name(cells, columns), one_line(_first(cells, columns, Part.COMPANY))
    errors: list[Text] = []
    cpf, cnpj = addresses.documents(cells, columns.parts.get(Part.DOCUMENT, ()), errors)
    if (cnpj or cpf) and not name:  # a list of customers names them by one column, firm or not
        name, company = company, ""
    firm = not cpf and fold(_first(cells, columns, Part.KIND)) in _COMPANIES
    firm = firm or (bool(company) and not name and _of_company(columns, cells, bool(numbers) and not mails))
    if firm:
        name, company = name or company, ""
    if not (name or numbers or mails):
        errors.append(Text("No name, phone or e-mail in this row."))
    address = addresses.postal(cells, columns.places, warnings, strays)
    return ContactRecord(
        row.line,
        name,
        company,
        one_line(_first(cells, columns, Part.TITLE)),
        numbers,
        mails,
        "\n".join(
            filter(None, (*(_noted(_cell(cells, i)) for i in columns.parts.get(Part.NOTES, ())), *strays))
        ),
        tuple(errors),
        tuple(warnings),
        cpf or ("" if company else cnpj),
        cnpj if company else "",
        address,
        foreign(columns.layout, _first(cells, columns, Part.ID)),
        firm,
        one_line(_first(cells, columns, Part.OWNER)),
        answers,
    )


def _of_company(columns: Columns, cells: Sequence[str], dialled: bool) -> bool:
    """Whether a row that names a company and nobody is the company's own: in a file without people all are, elsewhere
    one that says a telephone alone."""
    if not any(part in columns.parts for part in _OF_SOMEBODY):
        return True
    return dialled and not _first(cells, columns, Part.TITLE)


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


def _labelled(cells: Sequence[str], columns: Columns) -> Iterator[tuple[str, ContactKind]]:
    for column in columns.phones:
        yield _cell(cells, column.column), phone_kind(_cell(cells, column.label)) or column.kind


def _tight(cell: str) -> str:
    """The cell with one sign for each run of blanks: looking for what stands between numbers is slow over long ones."""
    return _BLANKS.sub(lambda run: "\n" if "\n" in run[0] else " ", cell)


def phones(
    cells: Iterable[tuple[str, ContactKind]], area: str, warnings: list[Text], strays: list[str]
) -> tuple[tuple[ContactKind, str], ...]:
    """The numbers of cells that each hold one or several, with the kind that their headings say.

    What is no whole number is kept with a warning; what has no digit goes to the notes, as `strays`. One that is whole
    by `area` alone gets it. The sign by which a sheet says that a number is text is no part of it.
    """
    found: dict[str, tuple[ContactKind, str]] = {}
    for cell, hint in cells:
        if _SCIENTIFIC.fullmatch(cell.strip()):
            warnings.append(
                Text("The spreadsheet cut digits off this number: {value}.", {"value": one_line(cell)})
            )
            continue
        for typed in filter(None, map(one_line, _BETWEEN_PHONES.split(_tight(cell)))):
            value, kind = typed.lstrip("'"), hint
            number = phone(value)
            if number is None and (number := phone(value, area)) is not None:
                value = f"({area}) {value}"
            if number is None:
                warnings.append(Text("Not a whole phone number: {value}.", {"value": value[:80]}))
                if not digits(value):
                    strays.append(value)
                    continue
            elif hint is not ContactKind.WHATSAPP and number.kind is not PhoneKind.FOREIGN:
                kind = ContactKind.MOBILE if number.kind is PhoneKind.MOBILE else ContactKind.PHONE
            found.setdefault(number.e164 if number else value, (kind, value))
    return tuple(found.values())


def emails(cells: Iterable[str], warnings: list[Text], strays: list[str]) -> tuple[str, ...]:
    """The addresses; what is none goes to the notes, as `strays`, so that nothing of the file is lost."""
    found: dict[str, str] = {}
    for cell in cells:
        for value in filter(None, map(one_line, _BETWEEN_EMAILS.split(_tight(cell)))):
            address = email(value)
            if address is None:
                warnings.append(Text("Not an e-mail address: {value}.", {"value": value[:80]}))
                if "@" not in value:
                    strays.append(value)
                    continue
            found.setdefault(address or value, value)
    return tuple(found.values())
