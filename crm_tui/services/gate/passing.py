"""What a card is asked on its way: the gates between where it stands and where it goes, held against what it has.

Asked by the reaction inside the transaction and by the views before a key is pressed: one text, one rule.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from crm_tui.domain.board import StageCategory
from crm_tui.domain.gate import Asked, Facts, Gate, ask
from crm_tui.store.queries import gate as queries
from crm_tui.store.values import as_instant, instant


class Going(NamedTuple):
    """`leaves`: the stage that is left for good, going on; `enters`: the one that is entered. None: neither."""

    leaves: int | None = None
    enters: int | None = None


def within(connection: sqlite3.Connection, origin: int, to: int) -> Going:
    """A move on one board: back to an earlier stage nothing is left for good. (E40)"""
    found = connection.execute(queries.ONWARD, {"leaves": origin, "enters": to}).fetchone()
    return Going(origin if found is not None and found[0] else None, to)


def along(connection: sqlite3.Connection, path: Sequence[int]) -> tuple[Going, ...]:
    """The moves of a way through several stages of a board, whose last one may be where cards end. (B50)"""
    rows = connection.execute(queries.CATEGORIES, {"stages": json.dumps([*path])})
    category: dict[int, str] = dict(rows.fetchall())

    def going(origin: int, to: int) -> Going:
        match category.get(to):
            case StageCategory.LOST:  # a card is lost from any stage
                return Going(enters=to)
            case StageCategory.WON | StageCategory.DONE:
                return Going(origin, to)
        return within(connection, origin, to)

    return tuple(going(origin, to) for origin, to in pairwise(path))


def asked(
    connection: sqlite3.Connection, card_id: int, going: Going, now: datetime, *, batch: str = ""
) -> tuple[Asked, ...]:
    """The gates that stand in this way, met or not, in the order of their stages; `batch` is what is being done."""
    return asked_of_all(connection, card_id, (going,), now, batch=batch)


def asked_of_all(
    connection: sqlite3.Connection, card_id: int, goings: Sequence[Going], now: datetime, *, batch: str = ""
) -> tuple[Asked, ...]:
    """The same of several moves in one: what two of them ask for is asked once."""
    texts = [
        text
        for going in goings
        for text in (
            (queries.ON_THE_WAY, {"leaves": going.leaves}),
            (queries.AT_THE_DOOR, {"enters": going.enters}),
        )
    ]
    gates = [
        Gate._make(row)
        for text, params in texts
        if None not in params.values()
        for row in connection.execute(text, params)
    ]
    return ask(gates, _facts(connection, card_id, now, batch)) if gates else ()


def _facts(connection: sqlite3.Connection, card_id: int, now: datetime, batch: str) -> Facts:
    row = connection.execute(
        queries.FACTS, {"card_id": card_id, "now": instant(now), "batch": batch}
    ).fetchone()
    if row is None:
        return Facts(card_id)
    *there, appointment, answered, tasks = row[: -len(queries.FILLED)]
    filled = {name for name, full in zip(queries.FILLED, row[-len(queries.FILLED) :], strict=True) if full}
    lists = (
        frozenset(json.loads(answered)),
        frozenset(filled),
        as_instant(appointment),
        tuple(json.loads(tasks)),
    )
    return Facts._make((*there, *lists))
