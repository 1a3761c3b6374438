"""Cards from the files of other tools, and from sheets headed by hand: one frozen row for each. (FEATURES.md M96)

Dates and money are decided for a column from all its values. Judges each row by itself; writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path

from crm_tui.connectors import addresses, by_part, layouts, mapped, whole_columns
from crm_tui.connectors.by_part import PartColumns, Parts
from crm_tui.connectors.contacts import rows_of
from crm_tui.connectors.layouts import PLAIN, heading
from crm_tui.connectors.sheets import Headed
from crm_tui.domain.board import CardStatus
from crm_tui.domain.card_file import CardRow, status_of
from crm_tui.domain.cell_values import Moment
from crm_tui.domain.foreign import foreign
from crm_tui.domain.import_map import How, ImportMap, MapKind
from crm_tui.domain.outcome import Refusal
from crm_tui.domain.text import one_line, sanitise
from crm_tui.i18n import N_, Text


class CardPart(StrEnum):
    """What a column of a file of cards holds, phones and e-mails apart."""

    ID = "id"
    TITLE = "title"
    BOARD = "board"
    STAGE = "stage"
    OWNER = "owner"
    STATUS = "status"
    VALUE = "value"
    CENTS = "cents"
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
    CardPart.VALUE: "amount|valor|negocio valor|deal value|value|valor do negocio|sale|valor da venda|budget|"
    "preco|orcamento|valor avulso|one off value",
    CardPart.CENTS: "value one off",
    CardPart.OPENED: "create date|data de criacao|negocio negocio criado em|negocio data de criacao do negocio|"
    "deal deal created|deal created|created at|criado em|aberto em|opened on|opened at|created date",
    CardPart.WON_ON: "negocio ganho em|deal won time|ganho em|data do ganho|won on|won time",
    CardPart.LOST_ON: "negocio data de perda|deal lost time|perdido em|data da perda|lost on|lost time",
    CardPart.CLOSED: "close date|data de fechamento|negocio negocio fechado em|deal deal closed on|fechado em|"
    "closed at|closed on|closed date|encerrado em",
    CardPart.EXPECTED: "negocio data de fechamento esperada|deal expected close date|expected close date|"
    "fechamento previsto|previsao de fechamento|previsao|expected close|expected close on|fecha em",
    CardPart.REASON: "closed lost reason|motivo da perda|negocio motivo da perda|deal lost reason|lost reason|"
    "motivo de perda|motivo|reason|loss reason",
    CardPart.PERSON_REF: "person ref|ref|party code|codigo da pessoa|codigo do contato|codigo|associated contact ids|"
    "associated contact id|ids dos contatos associados|pessoa id|person id|deal contact person id|contact id|"
    "id do contato",
    CardPart.PERSON: "pessoa nome|person name|party|negocio pessoa de contato|deal contact person|associated contact|"
    "contato associado|pessoa|person|contato|cliente|contato principal|main contact|contact|customer|nome|name|"
    "contact name|nome do contato",
    CardPart.COMPANY: "organizacao nome|organization name|negocio organizacao|deal organization|associated company|"
    "contact s company|empresa do contato|empresa associada|empresa|company|company name|account name|nome da conta|"
    "organizacao|organization",
    CardPart.DOCUMENT: "cpf|cnpj|cpf cnpj|documento|document|pessoa cpf|organizacao cnpj",
    CardPart.NOTES: "notas|observacoes|descricao|description|notes|note|obs|deal description",
}
_PARTS = by_part.by_heading(_WORDS)
_NAMED = {
    "HubSpot": ("deal name", "nome do negocio"),
    "Pipedrive": ("negocio titulo", "deal title"),
    "Salesforce": ("opportunity name", "nome da oportunidade"),
    "Kommo": ("lead title", "nome do lead"),
}
_IDS = {
    "HubSpot": ("record id", "id do registro", "id do objeto", "deal id", "id do negocio"),
    "Pipedrive": ("negocio id", "deal id"),
    "Salesforce": ("opportunity id", "id da oportunidade"),
    "Kommo": ("id", "lead id", "id do lead"),
}
"""Under which headings a program of `_NAMED` gives its own id."""
_TELLING = (CardPart.STAGE, CardPart.BOARD, CardPart.STATUS, CardPart.VALUE)
_DATES = (CardPart.OPENED, CardPart.WON_ON, CardPart.LOST_ON, CardPart.CLOSED, CardPart.EXPECTED)
_MOST_DIGITS = 15
_SEVERAL = re.compile(";|:::")
_ADDRESSED = re.compile(r"(?P<name>.*?)\s*\((?P<mail>[^()\s@]+@[^()\s@]+)\)")


CardColumns = PartColumns[CardPart]
"""A header understood."""


def recognise(header: Sequence[str]) -> CardColumns | None:
    """What the columns mean; None if there is no title, or neither where it stands nor what it is worth."""
    found = by_part.found(header, _PARTS)
    if CardPart.TITLE not in found.parts or not any(part in found.parts for part in _TELLING):
        return None
    title = heading(header[found.parts[CardPart.TITLE][0]])
    layout = next((name for name, titles in _NAMED.items() if title in titles), PLAIN)
    taken = [i for columns in found.parts.values() for i in columns]
    more = [i for i, cell in enumerate(header) if i not in taken and addresses.is_document(heading(cell))]
    documents = (*found.parts.get(CardPart.DOCUMENT, ()), *more)
    texts = [heading(cell) for cell in header]
    own = tuple(i for name in _IDS.get(layout, ()) for i, text in enumerate(texts) if text == name)
    more_parts = {CardPart.DOCUMENT: documents, CardPart.ID: own}
    parts = {**found.parts, **{part: columns for part, columns in more_parts.items() if columns}}
    return PartColumns(layout, parts, found.phones, found.emails, found.known + len(more) + len(own))


@dataclass(frozen=True, slots=True)
class DealsFile:
    """A sheet of cards whose header is known."""

    found: Headed[CardColumns]
    shown: dict[int, How] = field(default_factory=dict)
    """How the columns of dates and of money turned out to be read, by their place, once they were."""

    @property
    def layout(self) -> str:
        return self.found.columns.layout

    def records(self, area: str = "") -> Iterator[CardRow]:
        """Every row below the header; read twice, because dates and money are decided from whole columns."""
        columns = self.found.columns
        dated = [i for part in _DATES for i in columns.parts.get(part, ())]
        paid = columns.parts.get(CardPart.VALUE, ())
        values = whole_columns.values(by_part.rows_below(self.found), (*dated, *paid))
        read_dates = whole_columns.read_dates({i: values[i] for i in dated}, columns.said, self.shown)
        read_money = whole_columns.read_money({i: values[i] for i in paid}, columns.said, self.shown)
        for row in rows_of(by_part.rows_below(self.found), money=True):
            if row.fault:
                yield CardRow(row.line, errors=(row.fault,))
            else:
                yield _Reader(Parts(row, columns.parts, read_dates), columns, read_money).record(area)


def recogniser(
    maps: Sequence[ImportMap], *, only: bool = False
) -> Callable[[Sequence[str]], CardColumns | None]:
    """See `mapped.recogniser`."""
    return mapped.recogniser(maps, partial(by_part.of_map, CardPart), recognise, only=only)


def open_deals(
    path: Path, database: Path | None = None, maps: Sequence[ImportMap] = (), *, only: bool = False
) -> DealsFile | Refusal:
    """Recognise a file of cards; a Refusal (input) if it cannot be read or is none. `maps` and `only` as in
    `open_contacts`."""
    wanted = Text("A file of cards has a title, and a stage, a board, a status or a value.")
    understood = recogniser(maps, only=only)
    found = by_part.headed(path, database, understood, wanted, maps[0] if only else None)
    return found if isinstance(found, Refusal) else DealsFile(found)


def is_deals(path: Path, database: Path | None = None, maps: Sequence[ImportMap] = ()) -> bool:
    """Whether a file whose kind nobody said is one of cards: a layout of `maps` says so, or its columns do."""
    cards = [each for each in maps if each.kind == MapKind.CARDS]
    found = open_deals(path, database, cards) if not path.is_dir() else None
    if not isinstance(found, DealsFile):
        return False
    if found.found.columns.mapped:
        return True
    if any(mapped.placed(m, found.found.header.cells) for m in maps if m.kind != MapKind.CARDS):
        return False
    people = layouts.recognise(found.found.header.cells)
    if found.layout != PLAIN or (people is not None and people.layout != PLAIN):
        return found.layout != PLAIN
    return sum(part in found.found.columns.parts for part in (*_TELLING, *_DATES)) > 1


@dataclass(slots=True)
class _Reader:
    """Reads one row."""

    of: Parts[CardPart]
    columns: CardColumns
    money: Mapping[int, Callable[[str], int | None]]

    def record(self, area: str) -> CardRow:
        of, source = self.of, "" if self.columns.layout == PLAIN else self.columns.layout
        errors: list[Text] = []
        warnings: list[Text] = []
        strays: list[str] = []
        person, mails = self._person()
        numbers, reached = of.reached(self.columns, area, warnings, strays, mails)
        status = self._status()
        closed = self._closing(status, errors)
        expected = of.moment(CardPart.EXPECTED, errors)
        if status not in (
            CardStatus.WON,
            CardStatus.LOST,
        ):  # where one column alone says both, it is the day that is planned
            planned = None if CardPart.EXPECTED in self.columns.parts else closed
            expected, closed = expected or planned, None
        title = of.line(CardPart.TITLE)
        company = one_line(_SEVERAL.split(of.text(CardPart.COMPANY))[0])
        cpf, cnpj = addresses.documents(of.row.cells, self.columns.parts.get(CardPart.DOCUMENT, ()), errors)
        own = cpf or ("" if person and company else cnpj)
        if not (title or person or company):
            errors.append(Text("No title and no person in this row."))
        return CardRow(
            of.row.line,
            title,
            of.line(CardPart.BOARD),
            of.line(CardPart.STAGE),
            of.line(CardPart.OWNER),
            status,
            of.read(CardPart.VALUE, self.money, N_("Not an amount of money: {value}."), errors)
            or self._cents(),
            of.moment(CardPart.OPENED, errors),
            closed,
            expected.date() if isinstance(expected, datetime) else expected,
            of.line(CardPart.REASON),
            one_line(_SEVERAL.split(of.text(CardPart.PERSON_REF))[0]),
            person,
            company,
            own,
            numbers,
            reached,
            "\n".join(filter(None, (sanitise(of.text(CardPart.NOTES)).strip(), *strays))),
            tuple(errors),
            tuple(warnings),
            cnpj if cnpj != own and company else "",
            foreign(source, of.line(CardPart.ID)),
            source,
        )

    def _cents(self) -> int:
        """The value as our own JSON tells it."""
        said = self.of.line(CardPart.CENTS)
        return int(said) if said.isascii() and said.isdigit() and len(said) <= _MOST_DIGITS else 0

    def _person(self) -> tuple[str, list[str]]:
        """The first of several, and the address that stands in brackets behind the name."""
        first = _SEVERAL.split(self.of.text(CardPart.PERSON))[0]
        found = _ADDRESSED.fullmatch(one_line(first))
        return (found["name"], [found["mail"]]) if found else (one_line(first), [])

    def _status(self) -> CardStatus | None:
        said = status_of(self.of.text(CardPart.STATUS)) or status_of(self.of.text(CardPart.STAGE))
        if said is not None:
            return said
        if self.of.text(CardPart.WON_ON):
            return CardStatus.WON
        return CardStatus.LOST if self.of.text(CardPart.LOST_ON) else None

    def _closing(self, status: CardStatus | None, errors: list[Text]) -> Moment | None:
        own = {CardStatus.WON: CardPart.WON_ON, CardStatus.LOST: CardPart.LOST_ON}
        part = own.get(status) if status is not None else None
        return (self.of.moment(part, errors) if part else None) or self.of.moment(CardPart.CLOSED, errors)
