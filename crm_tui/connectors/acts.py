"""Activities and notes from the files of other tools, and from sheets headed by hand: one frozen row for each. (M96)

Dates are decided for a column from all its values. Judges each row by itself; writes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from crm_tui.connectors.contacts import emails, is_footer, phones, unknown
from crm_tui.connectors.delimited import Row
from crm_tui.connectors.files import FileFault
from crm_tui.connectors.layouts import PLAIN, PhoneColumn, heading, reached_by
from crm_tui.connectors.sheets import Headed, find_header, open_sheets, readable, unreadable
from crm_tui.domain.act_file import ActRow, done_of, hour_of
from crm_tui.domain.cell_values import Moment, dates, is_empty
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.party import ContactKind
from crm_tui.domain.text import one_line, sanitise
from crm_tui.i18n import Text


class ActPart(StrEnum):
    """What a column holds, phones and e-mails apart."""

    ACTION = "action"
    SUBJECT = "subject"
    WHEN = "when"
    HOUR = "hour"
    DONE = "done"
    DONE_ON = "done on"
    OWNER = "owner"
    RESULT = "result"
    TEXT = "text"
    CARD = "card"
    PERSON_REF = "person ref"
    PERSON = "person"
    COMPANY = "company"
    DOCUMENT = "document"


_WORDS: Mapping[ActPart, str] = {
    ActPart.ACTION: "type|tipo|action|acao|activity type|tipo de atividade|atividade tipo|tipo da atividade",
    ActPart.SUBJECT: "subject|assunto|titulo|title|activity subject|atividade assunto|task|tarefa|atividade|activity",
    ActPart.WHEN: "due date|data de vencimento|due on|due|vencimento|date|data|when|quando|data hora|data e hora|"
    "date time|start date|data de inicio|inicio|start|activity date|data da atividade|atividade data de vencimento|"
    "created at|criado em|create date|data de criacao|created date|add time|adicionado em|data da nota",
    ActPart.HOUR: "time|hora|horario|due time|hora de vencimento|atividade hora de vencimento|start time",
    ActPart.DONE: "done|feito|feita|concluida|concluido|realizada|realizado|status|situacao|state|estado|completed|"
    "atividade feito",
    ActPart.DONE_ON: "done on|done at|feito em|concluida em|concluido em|realizada em|realizado em|completed on|"
    "completed at|marked as done time|data de conclusao|completed date",
    ActPart.OWNER: "owner|responsavel|usuario|user|assigned to|assigned to user|atribuido a|atribuida a|dono|by|por|"
    "quem|author|autor|created by|criado por|activity owner|vendedor|assignee",
    ActPart.RESULT: "result|resultado|outcome|call outcome|meeting outcome|desfecho",
    ActPart.TEXT: "text|texto|note|nota|notes|notas|description|descricao|observacoes|observacao|obs|comments|"
    "comment|comentarios|comentario|content|conteudo|body|note body|corpo da nota|parecer|call notes",
    ActPart.CARD: "card|cartao|number|numero|card number|numero do cartao|n do cartao|codigo do cartao",
    ActPart.PERSON_REF: "person ref|codigo da pessoa|codigo do contato|codigo|person id|contact id",
    ActPart.PERSON: "person|pessoa|contact|contato|contact person|pessoa de contato|cliente|customer|name|nome|"
    "contact name|nome do contato|associated contact|contato associado|pessoa nome|person name|lead",
    ActPart.COMPANY: "company|empresa|organization|organizacao|company name|account name|nome da conta|"
    "organization name|organizacao nome",
    ActPart.DOCUMENT: "document|documento|cpf|cnpj|cpf cnpj",
}
_PARTS = {name: (part, n) for part, names in _WORDS.items() for n, name in enumerate(names.split("|"))}
_LINKS = (ActPart.CARD, ActPart.PERSON_REF, ActPart.PERSON, ActPart.COMPANY, ActPart.DOCUMENT)


@dataclass(frozen=True, slots=True)
class ActColumns:
    """A header understood: for each part its columns, best first; positions from nought."""

    parts: Mapping[ActPart, tuple[int, ...]]
    phones: tuple[PhoneColumn, ...]
    emails: tuple[int, ...]

    @property
    def known(self) -> int:
        """See `sheets.Understood`."""
        return sum(map(len, self.parts.values())) + len(self.phones) + len(self.emails)


def recognise(header: Sequence[str], *, notes: bool = False) -> ActColumns | None:
    """What the columns mean; None without anybody that a row is about, or without a date (of notes: a text)."""
    placed: dict[ActPart, list[tuple[int, int]]] = defaultdict(list)
    numbers, addresses = [], []
    for i, cell in enumerate(header):
        text = heading(cell)
        reach = reached_by(text)
        if text in _PARTS:
            part, rank = _PARTS[text]
            placed[part].append((rank, i))
        elif reach is ContactKind.EMAIL:
            addresses.append(i)
        elif reach is not None:
            numbers.append(PhoneColumn(i, reach))
    told = (ActPart.TEXT,) if notes else (ActPart.WHEN, ActPart.DONE_ON)
    linked = numbers or addresses or any(part in placed for part in _LINKS)
    if not linked or not any(part in placed for part in told):
        return None
    parts = {part: tuple(i for _, i in sorted(columns)) for part, columns in placed.items()}
    return ActColumns(parts, tuple(numbers), tuple(addresses))


@dataclass(frozen=True, slots=True)
class ActsFile:
    """A sheet of activities or notes whose header is known."""

    found: Headed[ActColumns]
    layout: str = PLAIN

    def records(self, area: str = "") -> Iterator[ActRow]:
        """Every row below the header; read twice, because dates are decided from whole columns."""
        columns = self.found.columns
        said: dict[int, list[str]] = {
            i: [] for part in (ActPart.WHEN, ActPart.DONE_ON) for i in columns.parts.get(part, ())
        }
        for row in self.found.below():
            for i, values in said.items():
                if _cell(row, i).strip():
                    values.append(_cell(row, i))
        readers = {i: dates(values) for i, values in said.items()}
        for row in self.found.below():
            if row.fault:
                yield ActRow(row.line, errors=(row.fault,))
            elif not is_footer(row):
                yield _Reader(row, columns, readers).record(area)


def open_acts(path: Path, database: Path | None = None, *, notes: bool = False) -> ActsFile | Refusal:
    """Recognise a file of activities, or of notes; a Refusal (input) if it cannot be read or is none."""

    def understood(header: Sequence[str]) -> ActColumns | None:
        return recognise(header, notes=notes)

    try:
        found = find_header(open_sheets(readable(path, database)), understood)
    except FileFault as fault:
        return Refusal(fault.reason, RefusedBy.INPUT)
    except OSError as error:
        return Refusal(unreadable(path, error).reason, RefusedBy.INPUT)
    if isinstance(found, Headed):
        return ActsFile(found)
    refusal = unknown(path, found)
    if refusal.remedy is None:
        return refusal
    remedy = (
        Text("A file of notes has a text, and a card or a person.")
        if notes
        else Text("A file of activities has a date, and a card or a person.")
    )
    return Refusal(refusal.reason, RefusedBy.INPUT, remedy=remedy)


def _cell(row: Row, column: int) -> str:
    return row.cells[column] if column < len(row.cells) else ""


@dataclass(slots=True)
class _Reader:
    """Reads one row."""

    row: Row
    columns: ActColumns
    dates: Mapping[int, Callable[[str], Moment | None]]

    def record(self, area: str) -> ActRow:
        errors: list[Text] = []
        warnings: list[Text] = []
        strays: list[str] = []
        labelled = ((_cell(self.row, column.column), column.kind) for column in self.columns.phones)
        numbers = phones(labelled, area, warnings, strays)
        addresses = emails((_cell(self.row, i) for i in self.columns.emails), warnings, strays)
        done_on = self._moment(ActPart.DONE_ON, errors)
        when = done_on or self._hour(self._moment(ActPart.WHEN, errors), errors)
        done = done_of(self._text(ActPart.DONE))
        return ActRow(
            self.row.line,
            one_line(self._text(ActPart.ACTION)),
            one_line(self._text(ActPart.SUBJECT))[:200],
            when,
            True if done is None and done_on is not None else done,
            one_line(self._text(ActPart.OWNER)),
            one_line(self._text(ActPart.RESULT)),
            "\n".join(filter(None, (sanitise(self._text(ActPart.TEXT)).strip(), *strays))),
            one_line(self._text(ActPart.CARD)),
            one_line(self._text(ActPart.PERSON_REF)),
            one_line(self._text(ActPart.PERSON)),
            one_line(self._text(ActPart.COMPANY)),
            one_line(self._text(ActPart.DOCUMENT)),
            tuple(value for _, value in numbers),
            addresses,
            tuple(errors),
            tuple(warnings),
        )

    def _text(self, part: ActPart) -> str:
        """The first of the part's cells that says anything."""
        filled = (_cell(self.row, i) for i in self.columns.parts.get(part, ()))
        return next((cell for cell in filled if cell.strip() and not is_empty(cell)), "")

    def _moment(self, part: ActPart, errors: list[Text]) -> Moment | None:
        for i in self.columns.parts.get(part, ()):
            cell = _cell(self.row, i)
            if is_empty(cell):
                continue
            found = self.dates[i](cell)
            if found is None:
                errors.append(Text("Not a date: {value}.", {"value": one_line(cell)[:80]}))
            return found
        return None

    def _hour(self, day: Moment | None, errors: list[Text]) -> Moment | None:
        """The day with the hour of the column beside it, where it has none yet."""
        said = one_line(self._text(ActPart.HOUR))
        if day is None or isinstance(day, datetime) or not said:
            return day
        hour = hour_of(said)
        if hour is None:
            errors.append(Text("Not an hour: {value}.", {"value": said[:80]}))
            return day
        return datetime.combine(day, hour)
