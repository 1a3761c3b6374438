"""Finding people by what was typed: whole keys first, then names, parts of phones and addresses, words misspelt.

Every arm leads by an index to a few hundred candidates; the rows themselves are read once, narrowed to what the viewer
may see, and put in order: exact before prefix before part before slip, used of late and one's own before others'.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Collection, Iterable, Iterator
from enum import IntEnum
from typing import NamedTuple

from crm_tui.domain.party import PartyHit, party_code
from crm_tui.domain.phone import AREAS
from crm_tui.domain.text import digits, fold, words_of
from crm_tui.services.core import spelling
from crm_tui.services.core.reading import Reading
from crm_tui.services.core.scope import sight
from crm_tui.services.core.used import used
from crm_tui.store.queries import party as queries
from crm_tui.store.search import match, part

CANDIDATES = 200
READ_ON = 20_000
LITTLE = 5
"""Fewer answers than so many, and words are tried that may have been meant."""
LOCAL_LEAST, LOCAL_MOST = 4, 9
"""Digits of a local number that are looked for behind every area code."""
_LAST = chr(sys.maxunicode)
_HALVES, _HALVES_END = "\ud800", "\ue000"
"""Between these lie halves of UTF-16 pairs, which are no text."""
PART_LEAST = 4
"""Signs of a phone or an address from which any part of it finds."""


class Nearness(IntEnum):
    EXACT = 0
    PREFIX = 1
    PART = 2
    SLIP = 3


class Ranked(NamedTuple):
    """What decides the place of an answer."""

    id: int
    name: str
    code: str
    document: str | None
    own: int
    busy: int


class Sought(NamedTuple):
    """Visible people in the order in which they are shown; `by`: the phone or address whose part was typed."""

    ids: list[int]
    by: dict[int, str]


def visible(reading: Reading, ids: list[int]) -> list[PartyHit]:
    """The people of these ids that the viewer may see, in their order."""
    hits = queries.hits(reading.connection, json.dumps(ids), sight(reading.viewer))
    order = {party_id: n for n, party_id in enumerate(ids)}
    return sorted(hits, key=lambda h: order[h.id])


def find(reading: Reading, text: str, *, slips: bool = True) -> Sought:
    """At most some 200 visible people (bm25 over big sets took 247 ms, measured), ranked before they are read whole."""
    near: dict[int, tuple[Nearness, Ranked]] = {}
    by: dict[int, str] = {}
    lately = used(reading).people

    def add(found: Iterable[Ranked], how: Nearness) -> None:
        for row in found:
            near.setdefault(row.id, (how, row))

    known = dict.fromkeys([*_by_keys(reading, text), *_among(reading, lately, text), *_named(reading, text)])
    add(_seen(reading, list(known)), Nearness.PREFIX)
    if len(near) < CANDIDATES:
        add(_by_begun_words(reading, text, near), Nearness.PREFIX)
    if len(near) < CANDIDATES:
        parts = _by_part(reading, text)
        add(_seen(reading, [each for each in parts if each not in near]), Nearness.PART)
        by = {each: parts[each] for each, (how, _) in near.items() if how is Nearness.PART}
    if slips and len(near) < LITTLE:
        meant = spelling.match_meant(reading.connection, text, spelling.PEOPLE)
        add(_by_words(reading, meant, near), Nearness.SLIP)
    return Sought(_in_order(near.values(), text, lately), by)


def _seen(reading: Reading, ids: list[int]) -> list[Ranked]:
    """Those of these people whom the viewer may see, in no order."""
    asked = {"ids": json.dumps(ids), **sight(reading.viewer)}
    return list(map(Ranked._make, reading.connection.execute(queries.RANKED, asked)))


def in_order(hits: list[PartyHit], key: str) -> list[PartyHit]:
    """Names that begin with what was typed first, then by open cards."""
    return sorted(
        hits, key=lambda hit: (not fold(hit.name).startswith(key), -hit.open_cards, fold(hit.name), hit.id)
    )


def _in_order(near: Iterable[tuple[Nearness, Ranked]], text: str, lately: tuple[int, ...]) -> list[int]:
    key, code, number = fold(text), text.strip().upper(), digits(text)
    recent = {party_id: n for n, party_id in enumerate(lately)}

    def place(answer: tuple[Nearness, Ranked]) -> tuple[object, ...]:
        how, row = answer
        name = fold(row.name)
        exact = key == name or code == row.code or (bool(row.document) and row.document == number)
        latest = recent.get(row.id, len(recent))
        begun = not name.startswith(key)
        return (Nearness.EXACT if exact else how, latest, not row.own, begun, not row.busy, name, row.id)

    return [row.id for _, row in sorted(near, key=place)]


def _by_keys(reading: Reading, text: str) -> list[int]:
    found: dict[int, None] = {}
    most = CANDIDATES if reading.viewer.owners("party.read") is None else READ_ON

    def take(sql: str, low: str) -> None:
        params = {"low": low, "high": _behind(low), "most": most}
        found.update((row[0], None) for row in reading.connection.execute(sql, params).fetchall())

    for code in _codes(text):
        row = reading.connection.execute(queries.BY_CODE, {"code": code}).fetchone()
        if row is not None:
            found[row[0]] = None
    compact = "".join(c for c in text.upper() if c.isalnum())
    if any(c.isdigit() for c in compact) and len(compact) >= 3:
        take(queries.CANDIDATES_BY_DOCUMENT, compact)
    number = digits(text)
    if len(number) >= 3 and not any(c.isalpha() for c in text):
        starts = {"starts": json.dumps(_starts(number)), "most": CANDIDATES}
        rows = reading.connection.execute(queries.CANDIDATES_BY_DIGITS, starts).fetchall()
        found.update((row[0], None) for row in rows)
        take(queries.CANDIDATES_BY_TAIL, number[::-1])
    if "@" in text or "." in text:
        take(queries.CANDIDATES_BY_ADDRESS, text.lower())
    return list(found)


def _behind(low: str) -> str:
    """The first text that does not begin so any more."""
    kept = low.rstrip(_LAST)  # behind the last sign of all there is none: the one before it decides
    if not kept:
        return low + _LAST
    after = chr(ord(kept[-1]) + 1)
    return kept[:-1] + (_HALVES_END if after == _HALVES else after)


def _codes(text: str) -> Iterator[str]:
    """The codes that were meant: as typed, and of a bare number the one that has it."""
    yield text.strip().upper()
    if text.strip().isascii() and text.strip().isdigit() and len(text.strip()) <= LOCAL_MOST:
        yield party_code(int(text))


def _starts(number: str) -> list[str]:
    """The beginnings of stored numbers that these digits may be: with country and area code, or without.

    People read a number from its local part: `98888` or `8888` for (11) 98888-1234. One index range for each
    of the 67 area codes, with and without the ninth digit, costs 0.3 ms together.
    """
    starts = [number, f"55{number}"]
    if LOCAL_LEAST <= len(number) <= LOCAL_MOST:
        starts += [f"55{area}{nine}{number}" for area in AREAS for nine in ("", "9")]
    return starts


def _among(reading: Reading, ids: tuple[int, ...], text: str) -> list[int]:
    """Those of a few people whose name or trade name has every word that was typed, begun or whole."""
    words = words_of(text)
    if not words or not ids:
        return []
    rows = reading.connection.execute(queries.NAMED, {"ids": json.dumps(ids)}).fetchall()
    fit = {row_id for row_id, names in rows if all(f" {word}" in names for word in words)}
    return [each for each in ids if each in fit]


def _named(reading: Reading, text: str) -> list[int]:
    """Those whose whole name begins so, in its order: who is called exactly so is the first."""
    key = fold(text)
    if not key:
        return []
    asked = {"low": key, "high": _behind(key), "most": CANDIDATES // 4}
    return [row[0] for row in reading.connection.execute(queries.CANDIDATES_BY_NAME, asked)]


def _by_part(reading: Reading, text: str) -> dict[int, str]:
    """People by any part of a phone's digits or of an address, each with the one that has it."""
    key = fold(text)
    number = digits(text)
    if not any(c.isalpha() for c in text):
        key = number
    if len(key) < PART_LEAST or " " in key:
        return {}
    asked = {
        "match": part(key),
        "most": CANDIDATES if reading.viewer.owners("party.read") is None else READ_ON,
    }
    found: dict[int, str] = {}
    for party_id, reached in reading.connection.execute(queries.CANDIDATES_BY_PART, asked):
        found.setdefault(party_id, reached)
    return found


def _by_begun_words(reading: Reading, text: str, known: Collection[int]) -> list[Ranked]:
    """By words of which the last may be a letter yet: `padaria a` reads those of `padaria` that have an `a`."""
    words = words_of(text)
    letters = [word for word in words if len(word) == 1]
    if not letters or reading.viewer.owners("party.read") is not None:
        return _by_words(reading, match(text), known)
    query = match(" ".join(word for word in words if len(word) > 1))
    if query is None:
        return []  # of a letter alone the names that begin with it are enough
    asked = {"letters": json.dumps([f" {letter}" for letter in letters]), "read": READ_ON, "most": CANDIDATES}
    rows = reading.connection.execute(queries.CANDIDATES_BY_LETTERS, asked | {"match": query})
    return _seen(reading, [row_id for (row_id,) in rows if row_id not in known])


def _by_words(reading: Reading, query: str | None, known: Collection[int]) -> list[Ranked]:
    """Visible people by words; reads on in id order while the viewer may see none of them."""
    found: list[Ranked] = []
    after, read = 0, 0
    while query is not None and len(found) < CANDIDATES and read < READ_ON:
        rows = reading.connection.execute(
            queries.CANDIDATES_BY_WORDS, {"match": query, "after": after, "most": CANDIDATES}
        ).fetchall()
        if not rows:
            break
        read += len(rows)
        after = rows[-1][0]
        found += _seen(reading, [i for (i,) in rows if i not in known])
        if len(rows) < CANDIDATES:
            break
    return found
