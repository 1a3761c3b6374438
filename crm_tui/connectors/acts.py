"""Activities and notes from the files of other tools, and from sheets headed by hand: one frozen row for each. (M96)

Dates are decided for a column from all its values. Judges each row by itself; writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path

from crm_tui.connectors import by_part, mapped, whole_columns
from crm_tui.connectors.by_part import PartColumns, Parts
from crm_tui.connectors.contacts import rows_of
from crm_tui.connectors.layouts import PLAIN, heading
from crm_tui.connectors.layouts import recognise as recognise_people
from crm_tui.connectors.sheets import Headed
from crm_tui.domain.act_file import ActRow, done_of, hour_of, ref_of
from crm_tui.domain.cell_values import Moment
from crm_tui.domain.foreign import foreign
from crm_tui.domain.import_map import How, ImportMap
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
    ID = "id"


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
_WRITTEN = frozenset(
    ("text", "texto", "note body", "corpo da nota", "content", "conteudo", "body", "parecer", "call notes")
)
_NOTED, _SIGNED = (
    frozenset(("note", "nota")),
    frozenset(("author", "autor", "created by", "criado por", "by", "por")),
)
"""Headings of what somebody wrote; `nota` is that only beside who did."""
_LINKS = (ActPart.CARD, ActPart.PERSON_REF, ActPart.PERSON, ActPart.COMPANY, ActPart.DOCUMENT)


_PROGRAMS: Mapping[str, tuple[frozenset[str], tuple[str, ...]]] = {
    "HubSpot": (
        frozenset(("activity type", "tipo de atividade", "note body", "corpo da nota", "activity date")),
        ("record id", "id do registro", "id do objeto"),
    ),
    "Pipedrive": (
        frozenset(("activity subject", "atividade assunto", "note content", "nota conteudo")),
        ("activity id", "atividade id", "note id", "nota id"),
    ),
}
"""By one of which headings a program is known that gives its own id under the others."""


_REFS = frozenset(("ref", "id"))
"""Under which heading an export of this program says which activity it was: in CSV and XLSX, in JSON."""

ActColumns = PartColumns[ActPart]
"""A header understood."""


def recognise(header: Sequence[str], *, notes: bool = False) -> ActColumns | None:
    """What the columns mean; None without anybody that a row is about, or without a date (of notes: a text)."""
    found = by_part.found(header, _PARTS)
    told = (ActPart.TEXT,) if notes else (ActPart.WHEN, ActPart.DONE_ON)
    linked = found.phones or found.emails or any(part in found.parts for part in _LINKS)
    if not linked or not any(part in found.parts for part in told):
        return None
    texts = [heading(cell) for cell in header]
    for program, (signs, names) in _PROGRAMS.items():
        own = tuple(i for i, text in enumerate(texts) if text in names)
        if own and not signs.isdisjoint(texts):
            parts = {**found.parts, ActPart.ID: own}
            return PartColumns(program, parts, found.phones, found.emails, found.known + len(own))
    return PartColumns(PLAIN, found.parts, found.phones, found.emails, found.known)


def recogniser(
    maps: Sequence[ImportMap], *, notes: bool = False, only: bool = False
) -> Callable[[Sequence[str]], ActColumns | None]:
    """See `mapped.recogniser`."""
    return mapped.recogniser(
        maps, partial(by_part.of_map, ActPart), partial(recognise, notes=notes), only=only
    )


@dataclass(frozen=True, slots=True)
class ActsFile:
    """A sheet of activities or notes whose header is known."""

    found: Headed[ActColumns]
    shown: dict[int, How] = field(default_factory=dict)
    """How the columns of dates turned out to be read, by their place, once they were."""

    @property
    def layout(self) -> str:
        return self.found.columns.layout

    def records(self, area: str = "") -> Iterator[ActRow]:
        """Every row below the header; read twice, because dates are decided from whole columns."""
        columns = self.found.columns
        dated = (i for part in (ActPart.WHEN, ActPart.DONE_ON) for i in columns.parts.get(part, ()))
        readers = whole_columns.read_dates(
            whole_columns.values(by_part.rows_below(self.found), dated), columns.said, self.shown
        )
        refs = [i for i, text in enumerate(self.found.header.cells) if heading(text) in _REFS]
        for row in rows_of(by_part.rows_below(self.found)):
            if row.fault:
                yield ActRow(row.line, errors=(row.fault,))
            else:
                ref = next(filter(None, (ref_of(whole_columns.cell(row, i)) for i in refs)), None)
                yield _record(Parts(row, columns.parts, readers), columns, area, ref)


def open_acts(
    path: Path,
    database: Path | None = None,
    maps: Sequence[ImportMap] = (),
    *,
    notes: bool = False,
    only: bool = False,
) -> ActsFile | Refusal:
    """Recognise a file of activities, or of notes; a Refusal (input) if it cannot be read or is none. `maps` and `only`
    as in `open_contacts`."""
    wanted = (
        Text("A file of notes has a text, and a card or a person.")
        if notes
        else Text("A file of activities has a date, and a card or a person.")
    )
    understood = recogniser(maps, notes=notes, only=only)
    found = by_part.headed(path, database, understood, wanted, maps[0] if only else None)
    return found if isinstance(found, Refusal) else ActsFile(found)


def kind_of_file(path: Path, database: Path | None = None, maps: Sequence[ImportMap] = ()) -> str:
    """`activities` or `notes` where the columns of a file whose kind nobody said leave no doubt; else empty.

    An activity has a subject and a day, and what it is or whether it was done; a note has a text and its card. A sheet
    of people with a day in it has none of these, and what a layout of `maps` reads is what that says.
    """
    if path.is_dir():
        return ""
    for notes, kind in ((False, "activities"), (True, "notes")):
        found = open_acts(path, database, [m for m in maps if m.kind == kind], notes=notes)
        if not isinstance(found, ActsFile):
            continue
        parts = found.found.columns.parts.keys()
        header = found.found.header.cells
        people = recognise_people(header)
        fits = next((m for m in maps if mapped.placed(m, header)), None)
        if fits is not None and fits.kind == kind:
            return kind
        if fits is not None or (people is not None and people.layout != PLAIN):
            continue
        telling = {ActPart.ACTION, ActPart.DONE, ActPart.DONE_ON, ActPart.HOUR, ActPart.CARD}
        if not notes and ActPart.SUBJECT in parts and telling & parts:
            return kind
        if notes and ({ActPart.TEXT, ActPart.CARD} <= parts or _told_of_somebody(found.found)):
            return kind
    return ""


def _told_of_somebody(found: Headed[ActColumns]) -> bool:
    """Whether each row says when what was written of a person, and nothing else: `Pessoa;Texto;Data`. A sheet of people
    with remarks names and reaches them, or has columns that no note has."""
    columns, header = found.columns, [heading(cell) for cell in found.header.cells]
    whom = [part for part in (ActPart.PERSON, ActPart.PERSON_REF, ActPart.DOCUMENT) if part in columns.parts]
    ways = len(whom) + bool(columns.phones) + bool(columns.emails)
    written = not _WRITTEN.isdisjoint(header) or not (_NOTED.isdisjoint(header) or _SIGNED.isdisjoint(header))
    whole = columns.known == sum(1 for text in header if text)
    return written and ActPart.WHEN in columns.parts and ways == 1 and whole


def _record(of: Parts[ActPart], columns: ActColumns, area: str, ref: int | None) -> ActRow:
    errors: list[Text] = []
    warnings: list[Text] = []
    strays: list[str] = []
    numbers, mails = of.reached(columns, area, warnings, strays)
    done_on = of.moment(ActPart.DONE_ON, errors)
    when = done_on or _hour(of, of.moment(ActPart.WHEN, errors), errors)
    done = done_of(of.text(ActPart.DONE))
    source = "" if columns.layout == PLAIN else columns.layout
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
        foreign(source, of.line(ActPart.ID)),
        ref,
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
        errors.append(Text("Not an hour: {value}.", {"value": said[: whole_columns.TOLD]}))
        return day
    return datetime.combine(day, hour)
