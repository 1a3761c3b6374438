"""Finding cards by what was typed: the number first, then what was used of late, one's own, and the open ones."""

from __future__ import annotations

import json

from crm_tui.domain.text import fold
from crm_tui.services.core import spelling
from crm_tui.services.core.reading import Reading
from crm_tui.services.core.scope import reach
from crm_tui.services.core.used import used
from crm_tui.store.queries import board as queries
from crm_tui.store.search import match

CANDIDATES = 200
READ_ON = 20_000
LITTLE = 2
"""Fewer answers than so many, and words are tried that may have been meant."""
_FIGURES = 9
_Row = tuple[int, str, int, int]


def found(reading: Reading, text: str, most: int) -> list[int]:
    """Ids of visible cards in the order in which they are shown."""
    ids = _by_number(reading, text)
    rows = _by_words(reading, match(text))
    if len(ids) + len(rows) < LITTLE:
        rows += _by_words(reading, spelling.match_meant(reading.connection, text, spelling.CARDS))
    recent = {card_id: n for n, card_id in enumerate(used(reading).cards)}
    key = fold(text)

    def place(row: _Row) -> tuple[object, ...]:
        card_id, title, own, listed = row
        return (
            title != key,
            recent.get(card_id, len(recent)),
            not own,
            not listed,
            not title.startswith(key),
            -card_id,
        )

    return list(dict.fromkeys([*ids, *(row[0] for row in sorted(rows, key=place))]))[:most]


def _by_number(reading: Reading, text: str) -> list[int]:
    """`OP-0142` as it stands; of `142` the card of each board that has it."""
    numbers = [text.upper()]
    if text.isascii() and text.isdigit() and len(text) <= _FIGURES:
        prefixes = reading.connection.execute(queries.PREFIXES).fetchall()
        numbers += [f"{prefix}-{int(text):04d}" for (prefix,) in prefixes]
    asked = {"numbers": json.dumps(numbers), **reach(reading.viewer, "card.read")}
    return [row[0] for row in reading.connection.execute(queries.BY_NUMBERS, asked)]


def _by_words(reading: Reading, query: str | None) -> list[_Row]:
    if query is None:
        return []
    asked = {"match": query, "most": CANDIDATES, "read": READ_ON, **reach(reading.viewer, "card.read")}
    return reading.connection.execute(queries.FOUND_BY_WORDS, asked).fetchall()
