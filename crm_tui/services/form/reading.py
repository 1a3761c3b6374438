"""A form's questions and latest answers as rows hold them: for views and handlers alike. Knows no permission."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from crm_tui.domain.form import Question, QuestionType, Value, load_condition, load_options
from crm_tui.domain.form_read import typed
from crm_tui.store.queries import form as queries


@dataclass(frozen=True, slots=True)
class Latest:
    """The answers in force of a form about a card: the answer set (0: none yet), who gave it when, at which revision;
    the values by key, and each as a text to type."""

    id: int = 0
    revision: int = 0
    at: str = ""
    by: str = ""
    values: dict[str, Value] = field(default_factory=dict)
    raw: dict[str, str] = field(default_factory=dict)


def question(row: Sequence[Any]) -> Question:
    """A question from its columns: id, key, label, type, options, required, visible_if."""
    row_id, key, label, kind, options, required, shown_if = row
    return Question(
        row_id,
        key,
        label,
        QuestionType(kind),
        load_options(options),
        bool(required),
        load_condition(shown_if),
    )


def questions(connection: sqlite3.Connection, form_id: int) -> tuple[Question, ...]:
    """The questions as they are asked now, in order."""
    rows = connection.execute(queries.QUESTIONS, {"form_id": form_id}).fetchall()
    return tuple(map(question, rows))


def questions_then(connection: sqlite3.Connection, form_id: int, revision: int) -> tuple[Question, ...]:
    """The questions as they were asked at a revision, in order."""
    asked = {"form_id": form_id, "revision": revision}
    return tuple(map(question, connection.execute(queries.QUESTIONS_THEN, asked).fetchall()))


def values(connection: sqlite3.Connection, response_id: int) -> list[tuple[Question, Value]]:
    """What was answered in one answer set, each with the question as it was then."""
    rows = connection.execute(queries.VALUES, {"response_id": response_id}).fetchall()
    return [(question((row[2], row[0], *row[3:])), json.loads(row[1])) for row in rows]


def latest(connection: sqlite3.Connection, form_id: int, card_id: int) -> Latest:
    """The answers in force."""
    asked = {"form_id": form_id, "card_id": card_id}
    row = connection.execute(queries.LATEST, asked).fetchone()
    if row is None:
        return Latest()
    found = values(connection, row[0])
    response_id, revision, at, by = row
    return Latest(
        response_id,
        revision,
        at,
        by,
        values={each.key: value for each, value in found},
        raw={each.key: typed(each, value) for each, value in found},
    )
