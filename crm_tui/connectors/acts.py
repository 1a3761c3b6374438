"""Activities and notes from the files of other tools, and from sheets headed by hand: one frozen row for each. (M96)

Dates are decided for a column from all its values. Judges each row by itself; writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from crm_tui.connectors import by_part, mapped
from crm_tui.connectors.by_part import Found, Parts
from crm_tui.connectors.contacts import rows_of
from crm_tui.connectors.layouts import PLAIN
from crm_tui.connectors.layouts import recognise as recognise_people
from crm_tui.connectors.sheets import Headed
from crm_tui.domain.act_file import ActRow, done_of, hour_of
from crm_tui.domain.cell_values import Moment, dates
from crm_tui.domain.import_map import ImportMap
from crm_tui.domain.outcome import Refusal
from crm_tui.domain.text import sanitise
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
    ActPart.CARD: "card|cartao|number|numero|card number|numero do cartao|n do cartao|codigo do cartao|"
    "deal id|negocio id|id do negocio|associated deal ids|associated deal id|ids dos negocios associados|lead id|"
    "id do lead|opportunity id|id da oportunidade",
    ActPart.PERSON_REF: "person ref|codigo da pessoa|codigo do contato|codigo|person id|contact id|"
    "pessoa id|id da pessoa|id do contato|associated contact ids|associated contact id|ids dos contatos associados",
    ActPart.PERSON: "person|pessoa|contact|contato|contact person|pessoa de contato|cliente|customer|name|nome|"
    "contact name|nome do contato|associated contact|contato associado|pessoa nome|person name|lead",
    ActPart.COMPANY: "company|empresa|organization|organizacao|company name|account name|nome da conta|"
    "organization name|organizacao nome",
    ActPart.DOCUMENT: "document|documento|cpf|cnpj|cpf cnpj",
}
_PARTS = by_part.by_heading(_WORDS)
_LINKS = (ActPart.CARD, ActPart.PERSON_REF, ActPart.PERSON, ActPart.COMPANY, ActPart.DOCUMENT)


ActColumns = Found[ActPart]


def recognise(header: Sequence[str], *, notes: bool = False) -> ActColumns | None:
    """What the columns mean; None without anybody that a row is about, or without a date (of notes: a text)."""
    found = by_part.found(header, _PARTS)
    told = (ActPart.TEXT,) if notes else (ActPart.WHEN, ActPart.DONE_ON)
    linked = found.phones or found.emails or any(part in found.parts for part in _LINKS)
    return found if linked and any(part in found.parts for part in told) else None


@dataclass(frozen=True, slots=True)
class ActsFile:
    """A sheet of activities or notes whose header is known."""

    found: Headed[ActColumns]
    layout: str = PLAIN

    def records(self, area: str = "") -> Iterator[ActRow]:
        """Every row below the header; read twice, because dates are decided from whole columns."""
        columns = self.found.columns
        dated = (i for part in (ActPart.WHEN, ActPart.DONE_ON) for i in columns.parts.get(part, ()))
        said = by_part.values(self.found.below(), dated)
        readers = {i: dates(values) for i, values in said.items()}
        for row in rows_of(self.found.below()):
            if row.fault:
                yield ActRow(row.line, errors=(row.fault,))
            else:
                yield _record(Parts(row, columns.parts, readers), columns, area)


def open_acts(path: Path, database: Path | None = None, *, notes: bool = False) -> ActsFile | Refusal:
    """Recognise a file of activities, or of notes; a Refusal (input) if it cannot be read or is none."""

    def understood(header: Sequence[str]) -> ActColumns | None:
        return recognise(header, notes=notes)

    found = by_part.headed(path, database, understood)
    if isinstance(found, Headed):
        return ActsFile(found)
    if isinstance(found, Refusal):
        return found
    wanted = (
        Text("A file of notes has a text, and a card or a person.")
        if notes
        else Text("A file of activities has a date, and a card or a person.")
    )
    return by_part.no_such_file(path, found, wanted)


def kind_of_file(path: Path, database: Path | None = None, maps: Sequence[ImportMap] = ()) -> str:
    """`activities` or `notes` where the columns of a file whose kind nobody said leave no doubt; else empty.

    An activity has a subject and a day, and what it is or whether it was done; a note has a text and its card. A sheet
    of people with a day in it has none of these, and what a layout of `maps` reads is what that says.
    """
    if path.is_dir():
        return ""
    for notes, kind in ((False, "activities"), (True, "notes")):
        found = open_acts(path, database, notes=notes)
        if not isinstance(found, ActsFile):
            continue
        parts = found.found.columns.parts.keys()
        header = found.found.header.cells
        people = recognise_people(header)
        if (people is not None and people.layout != PLAIN) or any(mapped.placed(m, header) for m in maps):
            continue
        telling = {ActPart.ACTION, ActPart.DONE, ActPart.DONE_ON, ActPart.HOUR, ActPart.CARD}
        if not notes and ActPart.SUBJECT in parts and telling & parts:
            return kind
        if notes and {ActPart.TEXT, ActPart.CARD} <= parts:
            return kind
    return ""


def _record(of: Parts[ActPart], columns: ActColumns, area: str) -> ActRow:
    errors: list[Text] = []
    warnings: list[Text] = []
    strays: list[str] = []
    numbers, mails = of.reached(columns, area, warnings, strays)
    done_on = of.moment(ActPart.DONE_ON, errors)
    when = done_on or _hour(of, of.moment(ActPart.WHEN, errors), errors)
    done = done_of(of.text(ActPart.DONE))
    return ActRow(
        of.row.line,
        of.line(ActPart.ACTION),
        of.line(ActPart.SUBJECT)[:200],
        when,
        True if done is None and done_on is not None else done,
        of.line(ActPart.OWNER),
        of.line(ActPart.RESULT),
        "\n".join(filter(None, (sanitise(of.text(ActPart.TEXT)).strip(), *strays))),
        _first(of.line(ActPart.CARD)),
        _first(of.line(ActPart.PERSON_REF)),
        of.line(ActPart.PERSON),
        of.line(ActPart.COMPANY),
        of.line(ActPart.DOCUMENT),
        numbers,
        mails,
        tuple(errors),
        tuple(warnings),
    )


def _first(ids: str) -> str:
    """The first of several ids."""
    return ids.partition(";")[0].strip()


def _hour(of: Parts[ActPart], day: Moment | None, errors: list[Text]) -> Moment | None:
    """The day with the hour of the column beside it, where it has none yet."""
    said = of.line(ActPart.HOUR)
    if day is None or isinstance(day, datetime) or not said:
        return day
    hour = hour_of(said)
    if hour is None:
        errors.append(Text("Not an hour: {value}.", {"value": said[: by_part.TOLD]}))
        return day
    return datetime.combine(day, hour)
