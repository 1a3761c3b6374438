"""Cards from the files of other tools, and from sheets headed by hand: one frozen row for each. (FEATURES.md M96)

Dates and money are decided for a column from all its values. Judges each row by itself; writes nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from crm_tui.connectors import layouts, mapped
from crm_tui.connectors.contacts import emails, is_footer, phones, unknown
from crm_tui.connectors.delimited import Row
from crm_tui.connectors.files import FileFault
from crm_tui.connectors.layouts import PLAIN, PhoneColumn, heading, reached_by
from crm_tui.connectors.sheets import Headed, find_header, open_sheets, readable, unreadable
from crm_tui.domain.board import CardStatus
from crm_tui.domain.card_file import CardRow, status_of
from crm_tui.domain.cell_values import Moment, amounts, dates, is_empty
from crm_tui.domain.import_map import DateOrder, ImportMap, MapKind
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.party import ContactKind
from crm_tui.domain.text import one_line, sanitise
from crm_tui.i18n import Text


class CardPart(StrEnum):
    """What a column of a file of cards holds, phones and e-mails apart."""

    TITLE = "title"
    BOARD = "board"
    STAGE = "stage"
    OWNER = "owner"
    STATUS = "status"
    VALUE = "value"
    OPENED = "opened"
    WON_ON = "won on"
    LOST_ON = "lost on"
    CLOSED = "closed"
    EXPECTED = "expected"
    REASON = "reason"
    PERSON_REF = "person ref"
    PERSON = "person"
    COMPANY = "company"
    DOCUMENT = "document"
    NOTES = "notes"


_WORDS: Mapping[CardPart, str] = {
    CardPart.TITLE: "deal name|nome do negocio|negocio titulo|deal title|negocio|cartao|oportunidade|opportunity|"
    "opportunity name|nome da oportunidade|lead title|nome do lead|card|deal|titulo|title|assunto|subject",
    CardPart.BOARD: "pipeline|negocio funil|deal pipeline|funil|quadro|board",
    CardPart.STAGE: "deal stage|etapa do negocio|fase do negocio|negocio etapa|etapa|fase|estagio|stage|"
    "lead stage|etapa do lead|etapa do funil",
    CardPart.OWNER: "deal owner|proprietario do negocio|negocio proprietario|proprietario|responsavel|dono|owner|"
    "responsible user|usuario responsavel|vendedor|opportunity owner|proprietario da oportunidade",
    CardPart.STATUS: "negocio status|deal status|status|situacao",
    CardPart.VALUE: "amount|valor|negocio valor|deal value|value|valor do negocio|budget|preco|orcamento",
    CardPart.OPENED: "create date|data de criacao|negocio negocio criado em|negocio data de criacao do negocio|"
    "deal deal created|deal created|created at|criado em|aberto em|created date",
    CardPart.WON_ON: "negocio ganho em|deal won time|ganho em|data do ganho|won on|won time",
    CardPart.LOST_ON: "negocio data de perda|deal lost time|perdido em|data da perda|lost on|lost time",
    CardPart.CLOSED: "close date|data de fechamento|negocio negocio fechado em|deal deal closed on|fechado em|"
    "closed at|closed on|closed date|encerrado em",
    CardPart.EXPECTED: "negocio data de fechamento esperada|deal expected close date|expected close date|"
    "fechamento previsto|previsao de fechamento|previsao|expected close",
    CardPart.REASON: "closed lost reason|motivo da perda|negocio motivo da perda|deal lost reason|lost reason|"
    "motivo de perda|motivo",
    CardPart.PERSON_REF: "person ref|codigo da pessoa|codigo do contato|codigo",
    CardPart.PERSON: "pessoa nome|person name|negocio pessoa de contato|deal contact person|associated contact|"
    "contato associado|pessoa|contato|cliente|contato principal|main contact|contact|person|customer|nome|name|"
    "contact name|nome do contato",
    CardPart.COMPANY: "organizacao nome|organization name|negocio organizacao|deal organization|associated company|"
    "empresa associada|empresa|company|company name|account name|nome da conta|organizacao|organization",
    CardPart.DOCUMENT: "cpf|cnpj|cpf cnpj|documento|document|pessoa cpf|organizacao cnpj",
    CardPart.NOTES: "notas|observacoes|descricao|description|notes|note|obs|deal description",
}
_PARTS = {name: (part, n) for part, names in _WORDS.items() for n, name in enumerate(names.split("|"))}
_NAMED = {
    "HubSpot": ("deal name", "nome do negocio"),
    "Pipedrive": ("negocio titulo", "deal title"),
    "Salesforce": ("opportunity name", "nome da oportunidade"),
    "Kommo": ("lead title", "nome do lead"),
}
_TELLING = (CardPart.STAGE, CardPart.BOARD, CardPart.STATUS, CardPart.VALUE)
_DATES = (CardPart.OPENED, CardPart.WON_ON, CardPart.LOST_ON, CardPart.CLOSED, CardPart.EXPECTED)
_SEVERAL = re.compile(r"\s*(?:;|:::)\s*")
_ADDRESSED = re.compile(r"(?P<name>.*?)\s*\((?P<mail>[^()\s]+@[^()\s]+)\)")


@dataclass(frozen=True, slots=True)
class CardColumns:
    """A header understood: for each part its columns, best first; positions from nought."""

    layout: str
    parts: Mapping[CardPart, tuple[int, ...]]
    phones: tuple[PhoneColumn, ...]
    emails: tuple[int, ...]
    known: int
    defaults: tuple[str, ...] = ()
    day_first: bool | None = None
    mapped: bool = False


def recognise(header: Sequence[str]) -> CardColumns | None:
    """What the columns mean; None if there is no title, or neither where it stands nor what it is worth."""
    headings = [heading(cell) for cell in header]
    placed: dict[CardPart, list[tuple[int, int]]] = defaultdict(list)
    numbers, addresses = [], []
    for i, text in enumerate(headings):
        reach = reached_by(text)
        if text in _PARTS:
            part, rank = _PARTS[text]
            placed[part].append((rank, i))
        elif reach is ContactKind.EMAIL:
            addresses.append(i)
        elif reach is not None:
            numbers.append(PhoneColumn(i, reach))
    if CardPart.TITLE not in placed or not any(part in placed for part in _TELLING):
        return None
    parts = {part: tuple(i for _, i in sorted(columns)) for part, columns in placed.items()}
    title = headings[parts[CardPart.TITLE][0]]
    layout = next((name for name, titles in _NAMED.items() if title in titles), PLAIN)
    known = sum(map(len, parts.values())) + len(numbers) + len(addresses)
    return CardColumns(layout, parts, tuple(numbers), tuple(addresses), known)


@dataclass(frozen=True, slots=True)
class DealsFile:
    """A sheet of cards whose header is known."""

    found: Headed[CardColumns]

    @property
    def layout(self) -> str:
        return self.found.columns.layout

    def records(self, area: str = "") -> Iterator[CardRow]:
        """Every row below the header; read twice, because dates and money are decided from whole columns."""
        columns = self.found.columns
        said: dict[int, list[str]] = {
            i: [] for part in (*_DATES, CardPart.VALUE) for i in columns.parts.get(part, ())
        }
        for row in self._rows():
            for i, values in said.items():
                if _cell(row, i).strip():
                    values.append(_cell(row, i))
        read_dates = {i: dates(values, columns.day_first) for i, values in said.items()}
        read_money = {i: amounts(values) for i, values in said.items()}
        for row in self._rows():
            if row.fault:
                yield CardRow(row.line, errors=(row.fault,))
            elif not is_footer(row, money=True):
                yield _Reader(row, columns, read_dates, read_money).record(area)

    def _rows(self) -> Iterator[Row]:
        width = len(self.found.header.cells)
        return (mapped.given(row, width, self.found.columns.defaults) for row in self.found.below())


def recogniser(
    maps: Sequence[ImportMap], *, only: bool = False
) -> Callable[[Sequence[str]], CardColumns | None]:
    """See `contacts.recogniser`."""

    def understood(header: Sequence[str]) -> CardColumns | None:
        for layout in maps:
            found = mapped.placed(layout, header)
            if found is not None:
                return _mapped(layout, found)
        return None if only else recognise(header)

    return understood


def _mapped(layout: ImportMap, found: Mapping[str, Sequence[int]]) -> CardColumns:
    parts = {CardPart(field): tuple(at) for field, at in found.items() if field in set(CardPart)}
    numbers = [PhoneColumn(i, kind) for field, kind in mapped.PHONES.items() for i in found.get(field, ())]
    return CardColumns(
        layout.name,
        parts,
        tuple(numbers),
        tuple(found.get(mapped.EMAIL, ())),
        len(layout.columns),
        tuple(value for _, value in layout.defaults),
        None if layout.dates == DateOrder.AUTO else layout.dates == DateOrder.DAY_FIRST,
        mapped=True,
    )


def open_deals(
    path: Path, database: Path | None = None, maps: Sequence[ImportMap] = (), *, only: bool = False
) -> DealsFile | Refusal:
    """Recognise a file of cards; a Refusal (input) if it cannot be read or is none. `maps` and `only` as in
    `open_contacts`."""
    try:
        found = find_header(open_sheets(readable(path, database)), recogniser(maps, only=only))
    except FileFault as fault:
        return Refusal(fault.reason, RefusedBy.INPUT)
    except OSError as error:
        return Refusal(unreadable(path, error).reason, RefusedBy.INPUT)
    if isinstance(found, Headed):
        return DealsFile(found)
    if only and found.widest is not None:
        return mapped.missing(maps[0], found.widest.cells)
    refusal = unknown(path, found)
    if refusal.remedy is None:
        return refusal
    remedy = Text("A file of cards has a title, and a stage, a board, a status or a value.")
    return Refusal(refusal.reason, RefusedBy.INPUT, remedy=remedy)


def is_deals(path: Path, database: Path | None = None, maps: Sequence[ImportMap] = ()) -> bool:
    """Whether a file whose kind nobody said is one of cards: a layout of `maps` says so, or its columns do."""
    cards = [each for each in maps if each.kind == MapKind.CARDS]
    found = open_deals(path, database, cards) if not path.is_dir() else None
    if not isinstance(found, DealsFile):
        return False
    if found.found.columns.mapped:
        return True
    if any(mapped.placed(m, found.found.header.cells) for m in maps if m.kind == MapKind.PEOPLE):
        return False
    people = layouts.recognise(found.found.header.cells)
    if found.layout != PLAIN or (people is not None and people.layout != PLAIN):
        return found.layout != PLAIN
    return sum(part in found.found.columns.parts for part in (*_TELLING, *_DATES)) > 1


def _cell(row: Row, column: int) -> str:
    return row.cells[column] if column < len(row.cells) else ""


@dataclass(slots=True)
class _Reader:
    """Reads one row."""

    row: Row
    columns: CardColumns
    dates: Mapping[int, Callable[[str], Moment | None]]
    money: Mapping[int, Callable[[str], int | None]]

    def record(self, area: str) -> CardRow:
        errors: list[Text] = []
        warnings: list[Text] = []
        strays: list[str] = []
        person, mails = self._person()
        labelled = ((_cell(self.row, column.column), column.kind) for column in self.columns.phones)
        numbers = phones(labelled, area, warnings, strays)
        addresses = emails([*mails, *(_cell(self.row, i) for i in self.columns.emails)], warnings, strays)
        status = self._status()
        closed = self._closing(status, errors)
        expected = self._moment(CardPart.EXPECTED, errors)
        if status not in (CardStatus.WON, CardStatus.LOST):
            expected, closed = expected or closed, None
        title = one_line(self._text(CardPart.TITLE))
        company = one_line(_SEVERAL.split(self._text(CardPart.COMPANY))[0])
        if not (title or person or company):
            errors.append(Text("No title and no person in this row."))
        return CardRow(
            self.row.line,
            title,
            one_line(self._text(CardPart.BOARD)),
            one_line(self._text(CardPart.STAGE)),
            one_line(self._text(CardPart.OWNER)),
            status,
            self._value(errors),
            self._moment(CardPart.OPENED, errors),
            closed,
            expected.date() if isinstance(expected, datetime) else expected,
            one_line(self._text(CardPart.REASON)),
            one_line(self._text(CardPart.PERSON_REF)),
            person,
            company,
            one_line(self._text(CardPart.DOCUMENT)),
            tuple(value for _, value in numbers),
            addresses,
            "\n".join(filter(None, (sanitise(self._text(CardPart.NOTES)).strip(), *strays))),
            tuple(errors),
            tuple(warnings),
        )

    def _text(self, part: CardPart) -> str:
        """The first of the part's cells that says anything."""
        filled = (_cell(self.row, i) for i in self.columns.parts.get(part, ()))
        return next((cell for cell in filled if cell.strip() and not is_empty(cell)), "")

    def _person(self) -> tuple[str, list[str]]:
        """The first of several, and the address that stands in brackets behind the name."""
        first = _SEVERAL.split(self._text(CardPart.PERSON))[0]
        found = _ADDRESSED.fullmatch(one_line(first))
        return (found["name"], [found["mail"]]) if found else (one_line(first), [])

    def _status(self) -> CardStatus | None:
        said = status_of(self._text(CardPart.STATUS)) or status_of(self._text(CardPart.STAGE))
        if said is not None:
            return said
        if self._text(CardPart.WON_ON):
            return CardStatus.WON
        return CardStatus.LOST if self._text(CardPart.LOST_ON) else None

    def _closing(self, status: CardStatus | None, errors: list[Text]) -> Moment | None:
        own = {CardStatus.WON: CardPart.WON_ON, CardStatus.LOST: CardPart.LOST_ON}
        part = own.get(status) if status is not None else None
        return (self._moment(part, errors) if part else None) or self._moment(CardPart.CLOSED, errors)

    def _moment(self, part: CardPart, errors: list[Text]) -> Moment | None:
        for i in self.columns.parts.get(part, ()):
            cell = _cell(self.row, i)
            if is_empty(cell):
                continue
            found = self.dates[i](cell)
            if found is None:
                errors.append(Text("Not a date: {value}.", {"value": one_line(cell)[:80]}))
            return found
        return None

    def _value(self, errors: list[Text]) -> int:
        for i in self.columns.parts.get(CardPart.VALUE, ()):
            cell = _cell(self.row, i)
            if is_empty(cell):
                continue
            found = self.money[i](cell)
            if found is None:
                errors.append(Text("Not an amount of money: {value}.", {"value": one_line(cell)[:80]}))
            return found or 0
        return 0
