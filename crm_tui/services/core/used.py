"""What an operator used of late: opened in a screen, or changed. Searches show it before what others have. (M1)"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from crm_tui.services.core.reading import Reading
from crm_tui.store import remembered
from crm_tui.store.queries import trail as queries

OPENED = "opened"
"""The name under which the opened records are remembered: `p12 c7`, the newest first."""
KEPT = 60
_EVENTS = 120


@dataclass(frozen=True, slots=True)
class Used:
    """Ids, the latest first."""

    people: tuple[int, ...]
    cards: tuple[int, ...]


def used(reading: Reading) -> Used:
    """What the viewer opened and changed of late, some hundred records at most."""
    marks = remembered.find(reading.connection, reading.viewer.user_id, OPENED).split()
    people = {int(mark[1:]): None for mark in marks if mark[0] == "p"}
    cards = {int(mark[1:]): None for mark in marks if mark[0] == "c"}
    asked = {"me": reading.viewer.user_id, "most": _EVENTS}
    for party, card in reading.connection.execute(queries.LATELY, asked):
        if party is not None:
            people[party] = None
        if card is not None:
            cards[card] = None
    return Used(tuple(people), tuple(cards))


def opened(connection: sqlite3.Connection, user_id: int, mark: str) -> None:
    """Remember that a record (`p12`, `c7`) was opened; needs a connection that may write."""
    marks = remembered.find(connection, user_id, OPENED).split()
    if marks[:1] != [mark]:
        newest = [mark, *(each for each in marks if each != mark)]
        remembered.keep(connection, user_id, OPENED, " ".join(newest[:KEPT]))
