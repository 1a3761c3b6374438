"""What may be read of the past."""

from __future__ import annotations

import json
from datetime import datetime

from crm_tui.domain.story_filter import StoryAsked, read
from crm_tui.domain.text import fold
from crm_tui.domain.trail import ChangeRow, Entry, Said
from crm_tui.services.core.reading import Reading, view
from crm_tui.services.core.scope import planning, sight
from crm_tui.store.queries import trail as queries
from crm_tui.store.values import as_instant, instant

NEWEST = 2**62
COUNTED = 1001
"""So far entries are counted: one more than is said."""
EVERYTHING = StoryAsked()


@view("card.read")
def of_card(
    reading: Reading, card_id: int, before: int = NEWEST, most: int = 100, asked: StoryAsked = EVERYTHING
) -> list[Entry]:
    """A card's timeline, the newest first; `before` an event id for the next page. Of `asked` all but its words."""
    params = {"card_id": card_id, "before": before, "most": most, **_meant(asked), **sight(reading.viewer)}
    return queries.entries(reading.connection, queries.OF_CARD, params)


@view("party.read")
def of_party(
    reading: Reading, party_id: int, before: int = NEWEST, most: int = 100, asked: StoryAsked = EVERYTHING
) -> list[Entry]:
    """Everything about a person, over all cards that the viewer may see. Of `asked` all but its words."""
    params = {"party_id": party_id, "before": before, "most": most, **_meant(asked), **sight(reading.viewer)}
    return queries.entries(reading.connection, queries.OF_PARTY, params)


@view("card.read")
def how_many_of_card(reading: Reading, card_id: int, most: int = COUNTED) -> int:
    """How many entries a card's timeline has; counting stops at `most`."""
    params = {"card_id": card_id, "before": NEWEST, "most": most, **sight(reading.viewer)}
    return int(reading.connection.execute(queries.HOW_MANY_OF_CARD, params).fetchone()[0])


@view("party.read")
def how_many_of_party(reading: Reading, party_id: int, most: int = COUNTED) -> int:
    """How many entries a person's timeline has; counting stops at `most`."""
    params = {"party_id": party_id, "before": NEWEST, "most": most, **sight(reading.viewer)}
    return int(reading.connection.execute(queries.HOW_MANY_OF_PARTY, params).fetchone()[0])


@view("card.read")
def meant(reading: Reading, line: str) -> StoryAsked:
    """What a line over a history asks for; operators are named by login or name, or as oneself."""
    if ":" not in line:
        return StoryAsked(words=line, shown=line)
    from crm_tui.domain.filter_dates import blanks, days_of, store_words
    from crm_tui.services.core.narrow import clock

    ticking = clock(reading)
    staff = [(login, fold(name)) for login, name in reading.connection.execute(queries.OPERATORS)]

    def people(name: str) -> list[str]:
        wanted = fold(name)
        if wanted in ("eu", "me"):
            return [reading.viewer.login]
        same = [login for login, _ in staff if fold(login) == wanted]
        return same or [
            login
            for login, called in staff
            if any(word.startswith(wanted) for word in (fold(login), *called.split()))
        ]

    def days(typed: str) -> tuple[datetime | None, datetime | None] | None:
        words = store_words(blanks(typed), ticking, back=True)
        found = days_of(words, ticking, back=True) if isinstance(words, str) else None
        return None if found is None else found.instants(reading.viewer.zone)

    return read(line, people, days)


def _meant(asked: StoryAsked) -> dict[str, str | None]:
    """What a query is asked with."""
    return {
        "kinds": json.dumps(asked.kinds) if asked.kinds else None,
        "by": json.dumps(asked.by) if asked.by else None,
        "since": None if asked.since is None else instant(asked.since),
        "until": None if asked.until is None else instant(asked.until),
    }


@view("trail.read")
def everything(reading: Reading, before: int = NEWEST, most: int = 100) -> list[Entry]:
    """The whole trail that the viewer may see, the newest first."""
    params = {"before": before, "most": most, **sight(reading.viewer)}
    return queries.entries(reading.connection, queries.ALL, params)


@view("trail.read")
def of_board(reading: Reading, board_id: int, before: int = NEWEST, most: int = 100) -> list[Entry]:
    """What happened on one board, to its cards, stages and settings, the newest first. (K33)"""
    params = {"board_id": board_id, "before": before, "most": most, **sight(reading.viewer)}
    return queries.entries(reading.connection, queries.OF_BOARD, params)


@view("trail.read")
def of_entity(reading: Reading, entity: str, entity_id: int, most: int = 100) -> list[Entry]:
    """The trail of any one record."""
    params = {
        "entity": entity,
        "entity_id": entity_id,
        "before": NEWEST,
        "most": most,
        **sight(reading.viewer),
    }
    return queries.entries(reading.connection, queries.OF_ENTITY, params)


@view("card.read")
def changes(reading: Reading, entries: list[Entry]) -> dict[int, list[ChangeRow]]:
    """The row images under these entries."""
    asked = {**sight(reading.viewer), **planning(reading.viewer)}
    return queries.changes(reading.connection, [e.id for e in entries], asked)


@view("card.read")
def said(
    reading: Reading, *, card_id: int | None = None, party_id: int | None = None, most: int = 3
) -> list[Said]:
    """The last notes of a card (or of a person), the newest first."""
    sql = queries.LAST_NOTES if card_id is not None else queries.LAST_NOTES_OF_PARTY
    params = {"card_id": card_id, "party_id": party_id, "most": most, **sight(reading.viewer)}
    rows = reading.connection.execute(sql, params).fetchall()
    found = []
    for row in rows:
        filed = as_instant(row[1])
        assert filed is not None
        found.append(Said(row[0], filed, *row[2:]))
    return found
