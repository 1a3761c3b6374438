"""What is searchable: one declaration per table, written by the row writer, compared by `doctor`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from crm_tui.domain.text import digits, fold, word_row, words_of

Row = Mapping[str, Any]
NATIONAL = (12, 13)
"""Digits of a Brazilian number with its country."""


@dataclass(frozen=True, slots=True)
class Searchable:
    """Derived key columns (`column: (sources, make)`) and the full-text table with its words."""

    keys: Mapping[str, tuple[tuple[str, ...], Callable[[Row], Any]]] = field(default_factory=dict)
    fts: str | None = None
    sources: tuple[str, ...] = ()
    words: Callable[[Row], str] | None = None


def _party_words(row: Row) -> str:
    return fold(" ".join(str(row[c]) for c in ("name", "trade_name", "code") if row.get(c)))


def _digits(row: Row) -> str | None:
    return digits(row["normalized"]) or None if row["kind"] not in ("email", "site") else None


def _reversed(row: Row) -> str | None:
    found = _digits(row)
    return found[::-1] if found else None


def reach_of(row: Row) -> str:
    """What a way to reach somebody is found by, any part of it: a number without the country, or the address."""
    number = _digits(row)
    if number is None:
        return fold(row["normalized"])
    return number[2:] if number.startswith("55") and len(number) in NATIONAL else number


SEARCH: Mapping[str, Searchable] = {
    "party": Searchable(
        keys={
            "name_key": (("name",), lambda row: fold(row["name"])),
            "name_words": (
                ("name", "trade_name"),
                lambda row: word_row(row["name"], row["trade_name"] or ""),
            ),
        },
        fts="party_fts",
        sources=("name", "trade_name", "code"),
        words=_party_words,
    ),
    "card": Searchable(
        keys={
            "title_key": (("title",), lambda row: fold(row["title"])),
            "title_words": (("title",), lambda row: word_row(row["title"])),
        },
        fts="card_fts",
        sources=("title", "number"),
        words=lambda row: fold(f"{row['number']} {row['title']}"),
    ),
    "note": Searchable(fts="note_fts", sources=("body",), words=lambda row: " ".join(words_of(row["body"]))),
    "contact_point": Searchable(
        keys={
            "digits": (("kind", "normalized"), _digits),
            "reversed": (("kind", "normalized"), _reversed),
        },
        fts="point_fts",
        sources=("kind", "normalized"),
        words=reach_of,
    ),
}


def part(text: str) -> str:
    """The FTS5 query for a part of a number or an address, three signs or more."""
    return '"' + text.replace('"', " ").replace("\0", " ") + '"'


def match(text: str) -> str | None:
    """The FTS5 query for what a person typed: each word quoted, the last letters of each left open.

    Raw text makes 23 of 28 everyday queries raise; quoted words none in 20,000 (a NUL would end the query).
    """
    words = [
        w for w in fold(text).replace('"', " ").replace("\0", " ").split() if any(c.isalnum() for c in w)
    ]
    return " ".join(f'"{word}"*' for word in words) or None
