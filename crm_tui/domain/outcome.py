"""What the one door answers: Done, Refusal or Conflict.

A text is a message id with parameters, never a sentence: it is put into the reader's language where it
is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from crm_tui.i18n import Text

if TYPE_CHECKING:
    from crm_tui.domain.gate import Asked


class RefusedBy(StrEnum):
    """Why a command was refused; decides the exit status of the command line."""

    RULE = "rule"
    PERMISSION = "permission"
    INPUT = "input"
    MISSING_RECORD = "missing_record"
    STORE = "store"


class Instead(NamedTuple):
    """Another way that is open where this one is not: `label` with its letter (`_Only…`), and what the fields of the
    command would hold as typed."""

    label: Text
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A rule says no: why, which fields would cure it, and what may be done instead.

    `fields` names fields of the command that was refused; the form opens them in place and the same key
    finishes the action. `card` is the one that stands in the way, if the operator may see it: the screen offers to go
    there. `asked` are the gates of a move, met or not, with what would cure them: the screen fills it in there.
    `approval`: somebody who may do this may approve it on the spot (B56); `instead`: what would not be refused.
    `warned`: of whom one was told; the same command with them as its `despite` is not refused for them again (M70).
    """

    reason: Text
    by: RefusedBy = RefusedBy.RULE
    fields: tuple[str, ...] = ()
    remedy: Text | None = None
    card: int | None = None
    asked: tuple[Asked, ...] = ()
    approval: bool = False
    instead: tuple[Instead, ...] = ()
    warned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """One column that somebody else changed meanwhile: what it was, what I want, what stands there now."""

    field: str
    base: Any
    mine: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two operators changed the same fields of one row; neither text vanishes."""

    entity: str
    entity_id: int
    version: int
    who: str
    at: datetime | None
    fields: tuple[FieldConflict, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """It is committed. `batch` is what `undo` takes; `ref` names the record that was made or changed."""

    batch: str = ""
    ref: str | None = None
    entity: str | None = None
    entity_id: int | None = None
    events: tuple[int, ...] = ()
    note: Text | None = None
    repeated: bool = False


Outcome = Done | Refusal | Conflict
