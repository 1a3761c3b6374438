"""The timeline's rows, as screens and the command line show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """One event: `params` make its sentence, `body` is the note's text if it is about one; `at` aware."""

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


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A row image under an event."""

    table: str
    row_id: int
    op: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Said:
    """What was said last: a note with the action and result it registered; `filed_at` aware."""

    id: int
    filed_at: datetime
    author: str
    body: str
    kind: str
    action: str | None
    result: str | None
    tone: str | None
