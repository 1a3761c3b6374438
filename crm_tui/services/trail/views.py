"""What may be read of the past."""

from __future__ import annotations

from crm_tui.domain.trail import ChangeRow, Entry, Said
from crm_tui.services.core.reading import Reading, view
from crm_tui.services.core.scope import sight
from crm_tui.store.queries import trail as queries
from crm_tui.store.values import as_instant

NEWEST = 2**62


@view("card.read")
def of_card(reading: Reading, card_id: int, before: int = NEWEST, most: int = 100) -> list[Entry]:
    """A card's timeline, the newest first; `before` an event id for the next page."""
    params = {"card_id": card_id, "before": before, "most": most, **sight(reading.viewer)}
    return queries.entries(reading.connection, queries.OF_CARD, params)


@view("party.read")
def of_party(reading: Reading, party_id: int, before: int = NEWEST, most: int = 100) -> list[Entry]:
    """Everything about a person, over all cards that the viewer may see."""
    params = {"party_id": party_id, "before": before, "most": most, **sight(reading.viewer)}
    return queries.entries(reading.connection, queries.OF_PARTY, params)


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
    return queries.changes(reading.connection, [e.id for e in entries], sight(reading.viewer))


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
