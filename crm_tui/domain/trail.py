"""The timeline's rows, as screens and the command line show them, and what undoing says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, NamedTuple

from crm_tui.domain.form import Question, Value
from crm_tui.domain.happened import Happened
from crm_tui.i18n import N_


class Correction(NamedTuple):
    """The note that corrects another: its id, author, instant and text."""

    id: int
    by: str
    at: datetime | None
    body: str


class NoteFile(NamedTuple):
    """A file that was attached to a note; `size` in bytes."""

    id: int
    filename: str
    size: int


class Entry(NamedTuple):
    """One event: `params` make its sentence, `body` is the note's text if it is about one; `at` aware.

    Of a note: whether it is `void`, whether it used a `standard` text, what corrects it, and its files. (B42, B60)
    Of a form that was answered: what was said to which question. (B66)
    """

    id: int
    at: datetime
    actor: str | None
    entity: str
    entity_id: int
    card_id: int | None
    party_id: int | None
    kind: str
    params: Mapping[str, Any]
    reason: str | None
    batch: str
    body: str | None
    undoes: str | None
    void: bool = False
    standard: bool = False
    correction: Correction | None = None
    files: tuple[NoteFile, ...] = ()
    answers: tuple[tuple[Question, Value], ...] = ()


class ChangeRow(NamedTuple):
    """A row image under an event."""

    table: str
    row_id: int
    op: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


class Said(NamedTuple):
    """What was said last: a note with the action and result it registered; `filed_at` aware."""

    id: int
    filed_at: datetime
    author: str
    body: str
    kind: str
    action: str | None
    result: str | None
    tone: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone(Happened):
    """A batch was undone; `count` are its row images.

    `what` is its first event as JSON: `kind`, `params`, and to how many `records` the like happened (a batch of
    many; missing where an older version wrote it).
    """

    kind: ClassVar[str] = "batch.undone"
    entity: ClassVar[str] = "batch"
    sentence: ClassVar[str] = N_("Undone: {what}")
    what: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Redone(Happened):
    """An undo was undone; the parameters are those of `Undone`."""

    kind: ClassVar[str] = "batch.redone"
    entity: ClassVar[str] = "batch"
    sentence: ClassVar[str] = N_("Redone: {what}")
    what: str
    count: int
