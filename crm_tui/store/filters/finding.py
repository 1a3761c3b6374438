"""Texts and codes of a filter as SQL: words from their start in search columns, runs of signs in numbers.

A search column holds ` word word ` (`domain.text.word_row`), so `instr` finds exactly what the oracle finds. Texts
without such a column (e-mails, the word about a loss, subjects of steps) are read by `has_words`, our own function,
and only where the first word stands in them at all.
"""

from __future__ import annotations

import re
import sqlite3
from typing import Any, Protocol

from crm_tui.domain.filter_match import finds
from crm_tui.domain.filter_tree import Phrase
from crm_tui.domain.filter_values import SHORTEST_CODE, unmasked
from crm_tui.domain.phone import AREAS, phone_keys
from crm_tui.domain.text import digits, words_of
from crm_tui.store.filters.asker import Asker, listed
from crm_tui.store.filters.rows import ALWAYS, EMAIL, NEVER, PHONE, Rows

_LABELS = "SELECT id, name FROM label"
_REASONS = "SELECT id, name FROM loss_reason"
_PLACES = """
WITH RECURSIVE place (name) AS (SELECT min({column}) FROM address
 UNION ALL SELECT (SELECT min(a.{column}) FROM address a WHERE a.{column} > place.name) FROM place
 WHERE place.name IS NOT NULL)
SELECT name FROM place WHERE name IS NOT NULL
"""
"""Each city once, from one to the next by the index: reading all addresses takes 100 times as long."""
_OF_A_NUMBER = re.compile("[a-z]{1,4}|[0-9]+")
_AREAS = str(AREAS)
_LINES = (
    "substr({words}, 1, instr({words} || char(10), char(10)))",
    "substr({words}, instr({words} || char(10), char(10)) + 1)",
)
"""A search column of two texts, each alone."""
_NINTH = f"""(instr(substr(x.digits, 1, 4) || substr(x.digits, 6), {{code}})
 AND length(x.digits) = 13 AND x.digits GLOB '55??9[6-9]*' AND substr(x.digits, 3, 2) IN {_AREAS})"""
_EIGHT = f"""(length(x.digits) = 12 AND instr(substr(x.digits, 1, 4) || '9' || substr(x.digits, 5), {{code}})
 AND x.digits GLOB '55??[6-9]*' AND substr(x.digits, 3, 2) IN {_AREAS})"""
"""A Brazilian mobile without its ninth digit, and with it: the twin of `domain.phone.phone_keys`. What most phones
fail stands first."""


class Writing(Protocol):
    """The writer of a tree, as far as it is needed here."""

    rows: Rows
    asker: Asker

    def put(self, value: Any) -> str: ...


def has_words(text: str | None, phrase: str, exact: int) -> bool:
    """The SQL function of that name: `domain.filter_match.finds` on one text."""
    return text is not None and finds(Phrase(phrase, bool(exact)), (text,))


def teach(connection: sqlite3.Connection) -> None:
    """Make the function known to a connection."""
    connection.create_function("has_words", 3, has_words, deterministic=True)


def freely(writing: Writing, phrase: Phrase) -> str:
    """A phrase without a field, in all that the row is known by."""
    if not words_of(phrase.text):
        return ALWAYS
    rows = writing.rows
    code = unmasked(phrase.text) if len(digits(phrase.text)) >= SHORTEST_CODE else ""
    found = [_in_number(writing, phrase) if "number" in rows.free else NEVER]
    found.append(in_codes(writing, ("number",), code) if code else NEVER)
    if "name" in rows.free:
        found.append(_in_name(writing, phrase))
    found.append(_in_people(writing, rows.parties, phrase, code))
    if "label" in rows.free:
        found.append(_in_labels(writing, phrase))
    found.append(_in_phones(writing, code) if code else NEVER)
    return either(found)


def in_field(writing: Writing, name: str, phrase: Phrase) -> str:
    """A phrase in a field of texts; three digits or more also in the codes of a field that has some."""
    if not words_of(phrase.text):
        return ALWAYS  # signs alone restrict nothing
    rows = writing.rows
    match name:
        case "name":
            return _in_name(writing, phrase)
        case "party":
            code = unmasked(phrase.text) if len(digits(phrase.text)) >= SHORTEST_CODE else ""
            found = [_in_people(writing, rows.party, phrase, code)]
            return either([*found, in_codes(writing, ("party",), code) if code else NEVER])
        case "contact":
            return _in_people(writing, rows.contact, phrase) if rows.contact else NEVER
        case "referrer":
            return _in_people(writing, rows.referrer, phrase) if rows.referrer else NEVER
        case "email":
            return _in_emails(writing, phrase)
        case "reason":
            return either([_in_reasons(writing, phrase), _in_raw(writing, rows.raw.get("reason"), phrase)])
        case "note":
            return _in_notes(writing, phrase)
        case "city" | "state":
            return _in_places(writing, name, phrase)
    return NEVER


def either(found: list[str]) -> str:
    """One of these conditions."""
    kept = [f"({part})" for part in found if part != NEVER]
    return " OR ".join(kept) or NEVER


def _needles(phrase: Phrase) -> list[str]:
    """What must stand in a search column: a run of whole words, or each word's start."""
    words = words_of(phrase.text)
    return [f" {' '.join(words)} "] if phrase.exact else [f" {word}" for word in words]


def _all_in(writing: Writing, column: str, needles: list[str]) -> str:
    return " AND ".join(f"instr({column}, {writing.put(each)})" for each in needles)


def _in_number(writing: Writing, phrase: Phrase) -> str:
    """Numbers are one to four letters, a hyphen and digits: two words, and most phrases are none of them."""
    if not all(_OF_A_NUMBER.fullmatch(word) for word in words_of(phrase.text)):
        return NEVER
    column = f"(' ' || replace(lower({writing.rows.number}), '-', ' ') || ' ')"
    return _all_in(writing, column, _needles(phrase))


def _in_name(writing: Writing, phrase: Phrase) -> str:
    rows, needles = writing.rows, _needles(phrase)
    found = [_lines(writing, column, needles) for column in rows.names]
    return either([*found, _in_raw(writing, rows.raw.get("name"), phrase)])


def _lines(writing: Writing, column: str, needles: list[str]) -> str:
    """In one of the texts of a search column; several words must stand in the same one."""
    if len(needles) == 1:
        return _all_in(writing, column, needles)
    return either([_all_in(writing, line.format(words=column), needles) for line in _LINES])


def _in_people(writing: Writing, people: str, phrase: Phrase, code: str = "") -> str:
    """In a name of one of the people; a code also in the document of the first: one look at each of them."""
    where = _lines(writing, "q.name_words", _needles(phrase))
    if code:
        where = f"{where} OR (q.id = {writing.rows.party} AND instr(q.document, {writing.put(code)}))"
    return f"EXISTS (SELECT 1 FROM party q WHERE q.id IN ({people}) AND ({where}))"


def _in_emails(writing: Writing, phrase: Phrase) -> str:
    """In an address: a word begins behind a sign. Several words, or signs beyond ASCII, are our function's to read."""
    words = words_of(phrase.text)
    raw = _in_raw(writing, "x.normalized", phrase)
    if len(words) == 1 and words[0].isascii():
        end = "[^a-z0-9]" if phrase.exact else ""
        pattern = writing.put(f"*[^a-z0-9]{words[0]}{end}*")
        plain = f"'.' || lower(x.normalized) || '.' GLOB {pattern}"
        where = f"iif(x.normalized GLOB '*[^ -~]*', {raw}, {plain})"
    else:
        where = raw
    return f"""EXISTS (SELECT 1 FROM contact_point x WHERE x.party_id IN ({writing.rows.parties})
 AND x.kind {EMAIL} AND {where})"""


def _in_raw(writing: Writing, text: str | None, phrase: Phrase) -> str:
    if text is None:
        return NEVER
    return f"has_words({text}, {writing.put(phrase.text)}, {int(phrase.exact)})"


def _in_labels(writing: Writing, phrase: Phrase) -> str:
    meant = [row_id for row_id, name in writing.asker.names(_LABELS) if finds(phrase, (name,))]
    if not meant:
        return NEVER
    wanted = f"IN (SELECT value FROM json_each({writing.put(listed(meant))}))"
    return f"EXISTS ({writing.rows.links['label'].format(value=wanted)})"


def _in_reasons(writing: Writing, phrase: Phrase) -> str:
    column = writing.rows.things.get("reason")
    meant = [row_id for row_id, name in writing.asker.names(_REASONS) if finds(phrase, (name,))]
    if column is None or not meant:
        return NEVER
    return f"{column} IN (SELECT value FROM json_each({writing.put(listed(meant))}))"


def _in_places(writing: Writing, name: str, phrase: Phrase) -> str:
    """In an address: there are some thousands of cities, however many people, so that their names are read first."""
    link = writing.rows.places.get(name)
    if link is None:
        return NEVER
    found = writing.asker.connection.execute(_PLACES.format(column=name))
    meant = [text for (text,) in found if text is not None and finds(phrase, (text,))]
    if not meant:
        return NEVER
    return link.format(value=f"IN (SELECT value FROM json_each({writing.put(listed(meant))}))")


def _in_notes(writing: Writing, phrase: Phrase) -> str:
    """In the words of a filed note of the card: `note_fts` holds words alone, so each is one token."""
    words = words_of(phrase.text)
    match = f'"{" ".join(words)}"' if phrase.exact else " ".join(f'"{word}"*' for word in words)
    return f"""c.id IN (SELECT n.card_id FROM note_fts f JOIN note n ON n.id = f.rowid
 WHERE f.words MATCH {writing.put(match)} AND n.state = 'filed')"""


# --- codes ------------------------------------------------------------------------------------------


def in_codes(writing: Writing, fields: tuple[str, ...], code: str) -> str:
    """A run of letters and digits in the codes of these fields; documents are kept without a mask."""
    rows, found = writing.rows, []
    for name in fields:
        match name:
            case "number" if rows.number:
                found.append(f"instr(replace({rows.number}, '-', ''), {writing.put(code)})")
            case "party":
                where = f"q.id = {rows.party} AND instr(replace(q.code, '-', ''), {writing.put(code)})"
                found.append(f"EXISTS (SELECT 1 FROM party q WHERE {where})")
            case "document" if rows.document:
                found.append(f"instr({rows.document}, {writing.put(code)})")
            case "phone":
                found.append(_in_phones(writing, code))
    return either(found)


def _in_phones(writing: Writing, code: str) -> str:
    """In a phone as it is kept, or as the same line is also written; codes may be whole numbers themselves."""
    needles = dict.fromkeys([code, *(unmasked(each) for each in phone_keys(f"+55{code}")[1:])])
    ways = []
    for needle in needles:
        name = writing.put(needle)
        ways += [f"instr(x.digits, {name})", _NINTH.format(code=name), _EIGHT.format(code=name)]
    return f"""EXISTS (SELECT 1 FROM contact_point x WHERE x.party_id IN ({writing.rows.parties})
 AND x.kind {PHONE} AND ({" OR ".join(ways)}))"""
