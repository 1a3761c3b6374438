"""Which activities and notes there are of a card or person, so that a file is taken in once. Shared by the preview and
the transaction: what was shown is what happens."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Collection
from datetime import UTC, date, datetime
from typing import NamedTuple

from crm_tui.domain.access import Viewer
from crm_tui.domain.text import fold
from crm_tui.services.core.scope import sight
from crm_tui.store.queries import intake as queries
from crm_tui.store.values import as_instant

Whose = tuple[str, int]
"""`card` or `party`, and its id."""
ActKey = tuple[Whose, int, str, str]
NoteKey = tuple[Whose, str]


def whose(card: int | None, party: int | None) -> Whose:
    """Whose activity it is: the card's, else the person's."""
    return ("card", card) if card is not None else ("party", party or 0)


def act_key(of: Whose, action: int, subject: str, when: date | datetime) -> ActKey:
    """By what an activity is known again."""
    at = (
        when.astimezone(UTC).isoformat(timespec="minutes") if isinstance(when, datetime) else when.isoformat()
    )
    return of, action, fold(subject), at


def acts(connection: sqlite3.Connection, wanted: Collection[Whose]) -> Counter[ActKey]:
    """How often each activity of these is there."""
    found: Counter[ActKey] = Counter()
    for kind, sql in (("card", queries.ACTS_OF_CARDS), ("party", queries.ACTS_OF_PEOPLE)):
        ids = json.dumps(sorted({i for name, i in wanted if name == kind}))
        for row_id, action, subject, due_on, start_at in connection.execute(sql, {"ids": ids}):
            start = as_instant(start_at)
            when = start if start is not None else date.fromisoformat(due_on)
            found[act_key((kind, row_id), action, subject, when)] += 1
    return found


class Exported(NamedTuple):
    """What tells an activity that this base exported from another base's of the same number: its card's number, its
    folded subject, and its days: due, begun and done, on the clock of who asks."""

    card: str
    subject: str
    days: frozenset[date]


def exported(connection: sqlite3.Connection, viewer: Viewer, ids: Collection[int]) -> dict[int, Exported]:
    """Those of these activities that the viewer sees."""
    asked = {"ids": json.dumps(sorted(ids)), **sight(viewer)}
    found = {}
    for row_id, card, subject, due_on, *at in connection.execute(queries.ACTS_OF_REFS, asked):
        moments = (as_instant(each) for each in at)
        days = {each.astimezone(viewer.zone).date() for each in moments if each is not None}
        found[row_id] = Exported(card, fold(subject), frozenset({date.fromisoformat(due_on), *days}))
    return found


def notes(connection: sqlite3.Connection, wanted: Collection[Whose]) -> Counter[NoteKey]:
    """How often each text of these is there."""
    found: Counter[NoteKey] = Counter()
    for kind, sql in (("card", queries.NOTES_OF_CARDS), ("party", queries.NOTES_OF_PEOPLE)):
        ids = json.dumps(sorted({i for name, i in wanted if name == kind}))
        for row_id, body in connection.execute(sql, {"ids": ids}):
            found[(kind, row_id), body.strip()] += 1
    return found
