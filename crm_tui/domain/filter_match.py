"""What a filter means, on one row of plain facts: the oracle that the store's SQL must agree with, row for row.

Slow and obvious on purpose. Facts are in the reader's own day: dates are civil dates on the reader's clock, `due` is
what `due_state` says now. Whatever is not known is missing and fits no condition, so its denial fits.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from crm_tui.domain.board import is_closed
from crm_tui.domain.filter_dates import Clock, days
from crm_tui.domain.filter_fields import field_of
from crm_tui.domain.filter_tree import (
    ME,
    MY_TEAM,
    NOBODY,
    All,
    Amount,
    Answer,
    AnyOf,
    Codes,
    Dates,
    FreeText,
    Node,
    Not,
    Op,
    Phrase,
    Presence,
    Texts,
    Things,
    Tri,
    Users,
    Words,
)
from crm_tui.domain.filter_values import SHORTEST_CODE, unmasked
from crm_tui.domain.phone import phone_keys
from crm_tui.domain.text import digits, words_of


@dataclass(frozen=True, slots=True)
class Facts:
    """One row. Each mapping is by field id; a field that is missing is not known of this row.

    `ids`: users and things (an empty collection: nobody, none). `words`: fixed words that hold. `flags`: the
    fields of yes and no that are yes. `dates`: civil dates, `days` several of
    a field. `amounts`: cents or whole numbers. `texts`: what a
    text field looks in. `codes`: numbers, documents and phones as they are kept (phones E.164). `has`: what is
    there (`next`, `label`). `free`: what free text looks in, beside the codes of number, document and phone.
    """

    ids: Mapping[str, Collection[int]] = field(default_factory=dict)
    words: Mapping[str, Collection[str]] = field(default_factory=dict)
    flags: Collection[str] = ()
    dates: Mapping[str, date] = field(default_factory=dict)
    days: Mapping[str, Collection[date]] = field(default_factory=dict)
    amounts: Mapping[str, int] = field(default_factory=dict)
    texts: Mapping[str, Collection[str]] = field(default_factory=dict)
    codes: Mapping[str, Collection[str]] = field(default_factory=dict)
    has: Collection[str] = ()
    free: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks, and when: `team` are the ids of everybody in my team and the teams below it, me among them."""

    me: int
    team: Collection[int]
    clock: Clock


def matches(node: Node, row: Facts, reader: Reader) -> bool:
    """Whether the row is one of those that the tree means; give it `effective(...)` for what a list shows."""
    match node:
        case All(of):
            return all(matches(each, row, reader) for each in of)
        case AnyOf(of):
            return any(matches(each, row, reader) for each in of)
        case Not(of):
            return not matches(of, row, reader)
        case Users(name, users):
            return any(
                _is_user(each if isinstance(each, str) else each.id, row.ids.get(name, ()), reader)
                for each in users
            )
        case Things(name, things):
            return any(thing.id in row.ids.get(name, ()) for thing in things)
        case Words(name, words):
            return any(_is_word(name, word, row.words.get(name, ())) for word in words)
        case Tri(name, answer):
            return answer is Answer.ALL or (name in row.flags) is (answer is Answer.YES)
        case Dates(name, _):
            known = (row.dates[name],) if name in row.dates else row.days.get(name, ())
            return any(_is_day(node, day, reader) for day in known)
        case Amount(name, _, _, _):
            return name in row.amounts and _is_amount(node, row.amounts[name])
        case Texts(name, phrases):
            texts, codes = row.texts.get(name, ()), row.codes.get(name, ())
            return any(finds(each, texts) or _in_codes(each, codes) for each in phrases)
        case Codes(name, codes):
            return any(holds_code(code, kept) for code in codes for kept in row.codes.get(name, ()))
        case Presence(what, there):
            return (what in row.has) is there
        case FreeText(phrase):
            kept = [code for name in ("number", "document", "phone") for code in row.codes.get(name, ())]
            return finds(phrase, row.free) or _in_codes(phrase, kept)


def _is_user(wanted: str | int, ids: Collection[int], reader: Reader) -> bool:
    if wanted == NOBODY:
        return not ids
    if wanted == ME:
        return reader.me in ids
    if wanted == MY_TEAM:
        return any(each in reader.team for each in ids)
    return wanted in ids


def _is_word(name: str, word: str, held: Collection[str]) -> bool:
    if name == "status" and word == "all":
        return True
    if name == "status" and word == "closed":
        return any(is_closed(each) for each in held)
    return word in held


def _is_day(node: Dates, day: date, reader: Reader) -> bool:
    known = field_of(node.field)
    back = known is not None and known.back
    spans = (days(span, reader.clock, back=back) for span in node.any)
    return any(span is not None and span.holds(day) for span in spans)


def _is_amount(node: Amount, value: int) -> bool:
    match node.op:
        case Op.IS:
            return value == node.value
        case Op.BELOW:
            return value < node.value
        case Op.UP_TO:
            return value <= node.value
        case Op.ABOVE:
            return value > node.value
        case Op.FROM:
            return value >= node.value
        case Op.BETWEEN:
            return node.value <= value <= (node.until or 0)


def finds(phrase: Phrase, texts: Collection[str]) -> bool:
    """Whether one of the texts has the phrase: its run of whole words, or each of its words as a word's start.

    Signs alone say nothing and so hold everywhere (`silva & filhos`).
    """
    wanted = words_of(phrase.text)
    if not wanted:
        return True
    for text in texts:
        words = words_of(text)
        if phrase.exact:
            size = len(wanted)
            if any(words[at : at + size] == wanted for at in range(len(words) - size + 1)):
                return True
        elif all(any(word.startswith(each) for word in words) for each in wanted):
            return True
    return False


def _in_codes(phrase: Phrase, kept: Collection[str]) -> bool:
    """Three digits or more are also looked for in phones, documents and card numbers."""
    if len(digits(phrase.text)) < SHORTEST_CODE:
        return False
    return any(holds_code(unmasked(phrase.text), each) for each in kept)


def holds_code(code: str, kept: str) -> bool:
    """Whether the run of signs stands in the code without its mask; in a phone also without its ninth digit."""
    forms = [unmasked(each) for each in phone_keys(kept)] if kept.startswith("+") else [unmasked(kept)]
    wanted = (
        {code, *(unmasked(each) for each in phone_keys(f"+55{code}"))} if kept.startswith("+") else {code}
    )
    return any(each in form for each in wanted for form in forms)
