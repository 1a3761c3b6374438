"""The answers to the questions of stages as rows hold them, for views and handlers alike. Knows no permission."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from crm_tui.domain.deciding import Answer, Decision
from crm_tui.store.queries import gate as queries


def answer(connection: sqlite3.Connection, answer_id: int) -> Answer | None:
    """An answer as it stands now."""
    row = connection.execute(queries.ANSWER, {"id": answer_id}).fetchone()
    return None if row is None else _read(row)


def decision(connection: sqlite3.Connection, stage_id: int, wall: Mapping[str, Any]) -> Decision | None:
    """What a stage asks and may be answered with, as far as the wall lets see it; None of one without answers."""
    rows = connection.execute(queries.ANSWERS_OF, {"stage_id": stage_id, **wall}).fetchall()
    if not rows:
        return None
    answers = tuple(_read(row) for row in rows)
    first = answers[0]
    return Decision(first.stage_id, first.stage, first.question, bool(rows[0][-1]), answers)


def _read(row: tuple[Any, ...]) -> Answer:
    return Answer._make((*row[:11], bool(row[11]), bool(row[12])))
