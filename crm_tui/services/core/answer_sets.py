"""A form's questions and latest answers as rows hold them: for views and handlers alike. Knows no permission."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from crm_tui.domain.form import FormAsked, Question, Value
from crm_tui.domain.form_read import typed
from crm_tui.store.queries import form as queries
from crm_tui.store.queries.form import question


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


def questions(connection: sqlite3.Connection, form_id: int) -> tuple[Question, ...]:
    """The questions as they are asked now, in order."""
    rows = connection.execute(queries.QUESTIONS, {"form_id": form_id}).fetchall()
    return tuple(map(question, rows))


def cycles(
    connection: sqlite3.Connection, board_id: int, case_type_id: int | None, hidden: str | None = None
) -> list[FormAsked]:
    """The sales scripts that a new card is asked, about no card yet; those without questions ask nothing. (B12)"""
    asked = {"board_id": board_id, "case_type_id": case_type_id, "hidden": hidden}
    return _asking(connection, connection.execute(queries.CYCLES, asked).fetchall())


def _asking(connection: sqlite3.Connection, rows: Iterable[Sequence[Any]]) -> list[FormAsked]:
    found = (FormAsked(row[0], row[1], row[2], questions(connection, row[0]), {}) for row in rows)
    return [each for each in found if each.questions]


def of_people(connection: sqlite3.Connection) -> list[FormAsked]:
    """The forms that are fields of people, about nobody yet; those without questions ask nothing. (M48)"""
    return _asking(connection, connection.execute(queries.OF_PEOPLE).fetchall())


def cycles_of(connection: sqlite3.Connection, params: Mapping[str, Any]) -> list[FormAsked]:
    """The sales scripts of a card with the answers in force; `params` of `CYCLES_OF`."""
    found = []
    for form in _asking(connection, connection.execute(queries.CYCLES_OF, params).fetchall()):
        given = latest(connection, form.form_id, params["card_id"])
        raw = {q.key: given.raw[q.key] for q in form.questions if q.key in given.raw}
        found.append(replace(form, raw=raw, seen=given.id))
    return found


def values(
    connection: sqlite3.Connection, response_ids: Iterable[int]
) -> dict[int, list[tuple[Question, Value]]]:
    """What was answered in each of these answer sets, with the question as it was then."""
    found: dict[int, list[tuple[Question, Value]]] = {each: [] for each in response_ids}
    for response_id, value, *columns in connection.execute(
        queries.VALUES, {"responses": json.dumps([*found])}
    ):
        found[response_id].append((question(columns), json.loads(value)))
    return found


def raw(connection: sqlite3.Connection, response_id: int) -> dict[str, str]:
    """What was answered once, as texts to type."""
    return {each.key: typed(each, value) for each, value in values(connection, [response_id])[response_id]}


Known = Mapping[str, Value]
"""The values in force of one form, by the keys of its questions."""


def of_many(connection: sqlite3.Connection, party_ids: Iterable[int]) -> dict[int, dict[int, Known]]:
    """What is known of some people in fields of one's own, by person and form; whoever has none is left out."""
    found: dict[int, dict[int, dict[str, Value]]] = {}
    asked = {"ids": json.dumps([*party_ids])}
    for party_id, form_id, value, *columns in connection.execute(queries.KNOWN_OF_PEOPLE, asked):
        of_form = found.setdefault(party_id, {}).setdefault(form_id, {})
        of_form[question(columns).key] = json.loads(value)
    return {party_id: {**forms} for party_id, forms in found.items()}


class Revisions:
    """The questions of some forms at any of their revisions, read at once."""

    def __init__(self, connection: sqlite3.Connection, form_ids: Iterable[int]) -> None:
        asked = {"forms": json.dumps([*{*form_ids}])}
        self._rows = connection.execute(queries.QUESTIONS_EVER, asked).fetchall()

    def at(self, form_id: int, revision: int) -> tuple[Question, ...]:
        """As they were asked at a revision, in order."""
        return tuple(
            question(columns)
            for of, since, until, *columns in self._rows
            if of == form_id and since <= revision and (until is None or until >= revision)
        )


def latest(
    connection: sqlite3.Connection, form_id: int, card_id: int | None, party_id: int | None = None
) -> Latest:
    """The answers in force: about a card, or, where there is none, about a person."""
    asked = {"form_id": form_id, "card_id": card_id, "party_id": party_id}
    query = queries.LATEST if card_id is not None else queries.LATEST_OF_PERSON
    row = connection.execute(query, asked).fetchone()
    if row is None:
        return Latest()
    found = values(connection, [row[0]])[row[0]]
    response_id, revision, at, by = row
    return Latest(
        response_id,
        revision,
        at,
        by,
        values={each.key: value for each, value in found},
        raw={each.key: typed(each, value) for each, value in found},
    )
