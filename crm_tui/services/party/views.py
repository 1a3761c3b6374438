"""What may be read of people: search as one types, and one person whole."""

from __future__ import annotations

import json
from collections.abc import Sequence

from crm_tui.domain.fields import Option
from crm_tui.domain.filter_tree import Filter, FreeText, Phrase, Place
from crm_tui.domain.party import Found, PartyDetail, PartyHit, Point, Related
from crm_tui.domain.phone import AREAS
from crm_tui.domain.text import digits, fold, words_of
from crm_tui.services.core.reading import Reading, view
from crm_tui.services.core.scope import sight
from crm_tui.store.queries import filter as filter_queries
from crm_tui.store.queries import party as queries
from crm_tui.store.search import match
from crm_tui.store.values import as_instant

CANDIDATES = 200
READ_ON = 20_000
SHOWN = 50
LOCAL_LEAST, LOCAL_MOST = 4, 9
"""Digits of a local number that are looked for behind every area code."""


@view("party.read")
def search(reading: Reading, text: str, most: int = SHOWN, found: Filter | None = None) -> Found:
    """People whose name, code, document, phone or e-mail holds what was typed, without accents, in any order.

    At most 200 visible candidates are taken and sorted (bm25 over big sets took 247 ms, measured); beyond
    them `more` is true. With `found` its conditions decide instead of `text`; words alone find as before.
    """
    if found is not None and not found.empty:
        return _filtered(reading, found, most)
    text = text.strip()
    if not text:
        recent = _recent(reading, most + 1)
        return Found(tuple(recent[:most]), len(recent) > most)
    ids = _by_keys(reading, text)
    hits = _visible(reading, ids)
    if len(hits) < CANDIDATES:
        hits += _by_words(reading, text, {h.id for h in hits})
    hits = _sorted(hits, fold(text))
    return Found(tuple(hits[:most]), len(hits) > most)


def _filtered(reading: Reading, filtered: Filter, most: int) -> Found:
    """Those whom a filter means; words that stand alone also find what the search finds by them (an e-mail)."""
    from crm_tui.services.core import narrow
    from crm_tui.store.filters import PEOPLE
    from crm_tui.store.filters.sorting import value

    also = narrow.narrowed(reading, narrow.asked(filtered, Place.PEOPLE), PEOPLE)
    phrases = [each.phrase for each in filtered.where.of if isinstance(each, FreeText)]
    words = " ".join(each.text for each in phrases)
    plain = len(phrases) == len(filtered.where.of) and not any(each.exact for each in phrases)
    sort = filtered.sort
    driven = _driver(phrases)
    (newest,) = reading.connection.execute(filter_queries.NEWEST_PERSON).fetchone()
    params = also.params | sight(reading.viewer) | {"match": driven, "floor": max(0, newest - READ_ON)}
    params["most"] = READ_ON if sort is not None else max(most + 1, CANDIDATES)
    sql = filter_queries.PEOPLE if driven is None else filter_queries.PEOPLE_NAMED
    by = (value(PEOPLE, sort.field) if sort is not None else None) or "NULL"
    rows = reading.connection.execute(sql.format(sort=by, also=also.sql), params).fetchall()
    more = len(rows) > most or (driven is None and newest > READ_ON)
    if sort is not None:
        rows = narrow.in_order(rows, lambda row: row[1], sort)
        return Found(tuple(_visible(reading, [row[0] for row in rows[:most]])), more)
    ids = [row[0] for row in rows]
    if plain and words:
        before = search(reading, words, most)
        more = more or before.more
        known = {hit.id for hit in before.hits}
        ids = [*(hit.id for hit in before.hits), *(each for each in ids if each not in known)]
    hits = _sorted(_visible(reading, ids), fold(words)) if words else _visible(reading, ids)
    return Found(tuple(hits[:most]), more or len(hits) > most)


def _driver(phrases: Sequence[Phrase]) -> str | None:
    """The words by which the search tables lead to everybody who can be meant; None: they lead to too many or too
    few (short words, and figures, which stand in phones and documents too)."""
    words = [word for each in phrases if len(digits(each.text)) < 3 for word in words_of(each.text)]
    return match(" ".join(word for word in words if word.isascii() and len(word) >= 3))


def _sorted(hits: list[PartyHit], key: str) -> list[PartyHit]:
    """Names that begin with what was typed first, then by open cards."""
    return sorted(
        hits, key=lambda hit: (not fold(hit.name).startswith(key), -hit.open_cards, fold(hit.name), hit.id)
    )


def _recent(reading: Reading, most: int) -> list[PartyHit]:
    """The newest that the viewer may see; reads on while there are none, at most 20,000."""
    hits: list[PartyHit] = []
    before, read = 2**62, 0
    while len(hits) < most and read < READ_ON:
        page = {"before": before, "most": max(most, CANDIDATES)}
        ids = [i for (i,) in reading.connection.execute(queries.RECENT, page).fetchall()]
        if not ids:
            break
        before, read = ids[-1], read + len(ids)
        hits += _visible(reading, ids)
    return hits


def _visible(reading: Reading, ids: list[int]) -> list[PartyHit]:
    hits = queries.hits(reading.connection, json.dumps(ids), sight(reading.viewer))
    order = {party_id: n for n, party_id in enumerate(ids)}
    return sorted(hits, key=lambda h: order[h.id])


def _by_keys(reading: Reading, text: str) -> list[int]:
    found: dict[int, None] = {}
    most = CANDIDATES if reading.viewer.owners("party.read") is None else READ_ON

    def take(sql: str, low: str) -> None:
        params = {"low": low, "high": low[:-1] + chr(ord(low[-1]) + 1), "most": most}
        found.update((row[0], None) for row in reading.connection.execute(sql, params).fetchall())

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
    row = reading.connection.execute(queries.BY_CODE, {"code": text.upper()}).fetchone()
    if row is not None:
        found[row[0]] = None
    return list(found)


def _starts(number: str) -> list[str]:
    """The beginnings of stored numbers that these digits may be: with country and area code, or without.

    People read a number from its local part: `98888` or `8888` for (11) 98888-1234. One index range for each
    of the 67 area codes, with and without the ninth digit, costs 0.3 ms together.
    """
    starts = [number, f"55{number}"]
    if LOCAL_LEAST <= len(number) <= LOCAL_MOST:
        starts += [f"55{area}{nine}{number}" for area in AREAS for nine in ("", "9")]
    return starts


def _by_words(reading: Reading, text: str, known: set[int]) -> list[PartyHit]:
    """Visible hits by words; reads on in id order while the viewer may see none of them."""
    query = match(text)
    hits: list[PartyHit] = []
    after, read = 0, 0
    while query is not None and len(hits) < CANDIDATES and read < READ_ON:
        rows = reading.connection.execute(
            queries.CANDIDATES_BY_WORDS, {"match": query, "after": after, "most": CANDIDATES}
        ).fetchall()
        if not rows:
            break
        read += len(rows)
        after = rows[-1][0]
        hits += _visible(reading, [i for (i,) in rows if i not in known])
        if len(rows) < CANDIDATES:
            break
    return hits


@view("party.read")
def count(reading: Reading) -> int:
    """How many people the base holds."""
    return int(reading.connection.execute(queries.COUNT).fetchone()[0])


@view("party.read")
def detail(reading: Reading, party_id: int) -> PartyDetail | None:
    """One party whole, or None if there is none or the viewer may not see it."""
    if not _visible(reading, [party_id]):
        return None
    row = queries.one(reading.connection, party_id)
    if row is None:
        return None
    created = as_instant(row[11])
    assert created is not None
    run = reading.connection.execute
    of = {"id": party_id, **sight(reading.viewer)}
    columns = (
        *row[:11],
        created,
        row[12],
        tuple(Point(i, kind, value, key, bool(p)) for i, kind, value, key, p in run(queries.POINTS, of)),
        tuple(Related(*p) for p in run(queries.PEOPLE_OF, of).fetchall()),
        tuple(Related(*p) for p in run(queries.COMPANIES_OF, of).fetchall()),
    )
    return PartyDetail(*columns)


@view("party.read")
def people(reading: Reading, text: str) -> list[Option]:
    """The picker of people."""
    return [_offered(hit) for hit in search(reading, text, most=8).hits]


@view("party.read")
def contacts(
    reading: Reading, text: str, *, party_id: int | None = None, contact_id: int | None = None
) -> list[Option]:
    """The picker of contacts: of those of the account the ones that fit, then anybody who does. (T37, T53)"""
    asked = {"party_id": party_id, "contact_id": contact_id, **sight(reading.viewer)}
    ids = [row[0] for row in reading.connection.execute(queries.PEOPLE_NEAR, asked)] if party_id else []
    hits = sorted(_visible(reading, ids), key=lambda hit: (hit.id != contact_id, fold(hit.name)))
    near = [_offered(hit) for hit in hits]
    if not text.strip():
        return near or people(reading, text)
    words = words_of(text)
    fit = [o for o in near if all(any(w.startswith(p) for w in words_of(o.label)) for p in words)]
    known = {option.value for option in near}
    return [*fit, *(option for option in people(reading, text) if option.value not in known)]


def _offered(hit: PartyHit) -> Option:
    return Option(hit.id, hit.name, hit.company or "", hit.code)


PICKERS = {"people": people, "contacts": contacts}
