"""What stands after a colon, read as its field wants it: a user, a thing, a word, days, an amount, a text, a code.

Each reader answers a node or raises Unreadable with the place, the sentence and what may be written instead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from crm_tui.domain.filter_amounts import amount
from crm_tui.domain.filter_dates import backwards, blanks, store_words
from crm_tui.domain.filter_errors import Code, FilterOffer, instead, nothing_called, refuse
from crm_tui.domain.filter_fields import (
    AMOUNTS,
    DATES,
    TRI_WORDS,
    TRIS,
    USER_WORDS,
    Field,
    Kind,
    Word,
    fixed_words,
    letter,
    word_name,
    word_named,
)
from crm_tui.domain.filter_lex import Piece, Plain, Value, quoted
from crm_tui.domain.filter_tree import (
    Answer,
    Codes,
    Dates,
    DateSpan,
    Node,
    Op,
    Phrase,
    Texts,
    Thing,
    Things,
    Tri,
    Users,
    Words,
)
from crm_tui.domain.filter_world import FilterWorld, Named, as_things, candidates, nearest, one_meaning
from crm_tui.domain.text import fold
from crm_tui.domain.when import WhenRefusal, sentence
from crm_tui.i18n import Text

SHORTEST_CODE = 3
"""Signs; fewer stand in nearly every number."""
_MOST_OFFERS = 4


def condition(piece: Piece, field: Field, line: str, world: FilterWorld) -> Node:
    """The node of a clause. Raises Unreadable."""
    if field.kind in TRIS:
        tri = _tri(piece, field, line, world)
        if tri is not None:
            return tri
    if field.kind in AMOUNTS:
        return amount(piece, field, line, world)
    if field.kind in DATES:
        return Dates(field.id, tuple(_span(value, field, line, world) for value in piece.values))
    values = tuple(_plain(value, piece, field, line, world) for value in piece.values)
    match field.kind:
        case Kind.USER:
            return Users(field.id, tuple(u for each in values for u in _users(each, field, line, world)))
        case Kind.WORD:
            return Words(field.id, tuple(_word(each, field, line, world) for each in values))
        case Kind.CODE:
            return Codes(field.id, tuple(_code(each, field) for each in values))
        case Kind.TEXT:
            return Texts(field.id, tuple(_phrase(each) for each in values))
    return _things(values, field, line, world)


def _plain(value: Value, piece: Piece, field: Field, line: str, world: FilterWorld) -> Plain:
    """The value of a field that does not compare."""
    if value.op:
        written = line[piece.start : piece.start + len(piece.name)]
        text = line[value.start : value.end]
        clean = quoted(text) if ".." in text else text.lstrip("<>=")
        first = next((each for each in (value.low, value.high) if each is not None), None)
        shown = clean if first is not None else ""
        offers = (instead(line, piece.start, piece.end, f"{written}:{shown}"),) if shown else ()
        message = (
            Text("“{field}” does not compare; use {field}:{value}.", {"field": written, "value": shown})
            if shown
            else Text("“{field}” does not compare.", {"field": written})
        )
        raise refuse(Code.BAD_OPERATOR, value.start, value.end, message, offers)
    if value.low is None or not value.low.text.strip():
        raise _missing(value, field, line, world)
    return value.low


def _missing(value: Value, field: Field, line: str, world: FilterWorld) -> Exception:
    name = field.name(world.language)
    shown = [word_name(fixed_words(field), w.id, world.language) for w in _words_here(field, world)]
    shown += [_written(each, field, world) for each in world.names.things(field.thing)] if field.thing else []
    offers = tuple(instead(line, value.start, value.end, each) for each in shown[:_MOST_OFFERS])
    message = Text("“{field}” needs a value after the colon.", {"field": name})
    return refuse(Code.UNKNOWN_VALUE, value.start, value.end, message, offers)


def _words_here(field: Field, world: FilterWorld) -> list[Word]:
    return [word for word in fixed_words(field) if letter(world.place) in word.lists]


# --- words and answers ------------------------------------------------------------------------------


def _tri(piece: Piece, field: Field, line: str, world: FilterWorld) -> Tri | None:
    """The answer; None where the field takes something else too, and this is something else."""
    first = piece.values[0]
    word = None
    if first.low is not None and not first.low.quoted and not first.op:
        word = word_named(TRI_WORDS, first.low.text)
    if word is not None and len(piece.values) == 1:
        return Tri(field.id, Answer(word.id))
    if field.kind is not Kind.TRI:
        if word is not None:
            raise _tri_list(piece, field, line, world)
        return None
    if len(piece.values) > 1:
        raise _tri_list(piece, field, line, world)
    plain = _plain(first, piece, field, line, world)
    raise _no_word(plain, field, line, world)


def _tri_list(piece: Piece, field: Field, line: str, world: FilterWorld) -> Exception:
    first, last = piece.values[0], piece.values[-1]
    said = word_name(TRI_WORDS, "all", world.language)
    message = Text("“{field}” takes one answer and no list.", {"field": field.name(world.language)})
    offers = (instead(line, first.start, last.end, said),)
    return refuse(Code.LIST_HERE, first.start, last.end, message, offers)


def _word(plain: Plain, field: Field, line: str, world: FilterWorld) -> str:
    found = word_named(field.words, plain.text, world.place)
    if found is None:
        raise _no_word(plain, field, line, world)
    return found.id


def _no_word(plain: Plain, field: Field, line: str, world: FilterWorld) -> Exception:
    words = _words_here(field, world)
    names = [word_name(tuple(words), each.id, world.language) for each in words]
    offered = nearest(plain.text, names) or names[:_MOST_OFFERS]
    params = {"field": field.name(world.language), "value": plain.text}
    message = Text("“{field}” has no value “{value}”.", params)
    offers = tuple(instead(line, plain.start, plain.end, each) for each in offered)
    return refuse(Code.UNKNOWN_VALUE, plain.start, plain.end, message, offers)


# --- names ------------------------------------------------------------------------------------------


def _users(plain: Plain, field: Field, line: str, world: FilterWorld) -> tuple[str | Thing, ...]:
    word = None if plain.quoted else word_named(USER_WORDS, plain.text)
    if word is not None:
        return (word.id,)
    return tuple(_resolved(plain, field, line, world))


def _things(values: tuple[Plain, ...], field: Field, line: str, world: FilterWorld) -> Node:
    if field.kind is Kind.THING_TEXT and all(plain.quoted for plain in values):
        known = [candidates(plain.text, world.names.things(field.thing), exact=True) for plain in values]
        if not all(known):
            return Texts(field.id, tuple(Phrase(_tidy(plain.text), True) for plain in values))
    return Things(field.id, tuple(t for each in values for t in _resolved(each, field, line, world)))


def _resolved(plain: Plain, field: Field, line: str, world: FilterWorld) -> tuple[Thing, ...]:
    things = world.names.things(field.thing)
    found = candidates(plain.text, things, exact=plain.quoted) or candidates(plain.text, things)
    if not found:
        raise _nobody(plain, field, line, world)
    if not one_meaning(found):
        raise _several(plain, field, found, line, world)
    return as_things(found)


def _nobody(plain: Plain, field: Field, line: str, world: FilterWorld) -> Exception:
    known = list(world.names.things(field.thing))
    names = {each.login or each.name: each for each in reversed(known)} | {e.name: e for e in reversed(known)}
    offered = dict.fromkeys(_written(names[name], field, world) for name in nearest(plain.text, list(names)))
    offers = [instead(line, plain.start, plain.end, each) for each in offered]
    if field.kind is Kind.THING_TEXT and not plain.quoted:
        offers.append(instead(line, plain.start, plain.end, quoted(plain.text)))
    message = nothing_called(field.thing, field.name(world.language), plain.text)
    return refuse(Code.UNKNOWN_VALUE, plain.start, plain.end, message, tuple(offers))


def _several(plain: Plain, field: Field, found: list[Named], line: str, world: FilterWorld) -> Exception:
    shown = [_told_apart(each) for each in found]
    params = {"value": plain.text, "first": ", ".join(shown[: len(shown[:5]) - 1]), "last": shown[:5][-1]}
    message = Text("“{value}” can be {first} or {last}.", params)
    offers = tuple(
        FilterOffer(_told_apart(each), line[: plain.start] + _written(each, field, world) + line[plain.end :])
        for each in found[:_MOST_OFFERS]
    )
    return refuse(Code.AMBIGUOUS, plain.start, plain.end, message, offers)


def _told_apart(each: Named) -> str:
    if each.login:
        return f"{each.name} ({each.login})"
    return f"{each.within}/{each.name}" if each.within else each.name


def _written(each: Named, field: Field, world: FilterWorld) -> str:
    """A name as it can stand after the colon and mean this one thing."""
    return clear_name(each, world.names.things(field.thing), {each.id}, field)[0]


def clear_name(
    thing: Named, known: Sequence[Named], wanted: set[int], field: Field | None
) -> tuple[str, set[int]]:
    """The shortest words that mean the thing, or it and others of `wanted`; and the ids that they mean.

    Bare, else in quotes (which take no start of a name for it), else with the board before it.
    """
    name = thing.login or thing.name
    plain = bare_or_quoted(name, field)
    for words, exact in ((plain, plain.startswith('"')), (quoted(name), True)):
        found = candidates(name, known, exact=exact)
        ids = {each.id for each in found}
        if one_meaning(found) and ids <= wanted:
            return words, ids
    return bare_or_quoted(f"{thing.within}/{name}" if thing.within else name, field), {thing.id}


_UNSAFE = re.compile(r'[\s"(),]|\.\.|^[<>=]')


def bare_or_quoted(text: str, field: Field | None = None) -> str:
    """The text as a value: in quotes only where it must be."""
    if not text or _UNSAFE.search(text):
        return quoted(text)
    if field is not None and field.kind is Kind.USER and word_named(USER_WORDS, text):
        return quoted(text)
    return text


# --- texts and codes --------------------------------------------------------------------------------


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _phrase(plain: Plain) -> Phrase:
    return Phrase(_tidy(plain.text), plain.quoted)


def _code(plain: Plain, field: Field) -> str:
    signs = unmasked(plain.text)
    if len(signs) < SHORTEST_CODE:
        message = Text("“{value}” is too short: three signs or more.", {"value": plain.text})
        raise refuse(Code.UNKNOWN_VALUE, plain.start, plain.end, message)
    return signs


def unmasked(text: str) -> str:
    """The letters and digits of a code, in capitals: `12.abc/01` is `12ABC01`."""
    return "".join(sign for sign in fold(text).upper() if sign.isalnum())


# --- days -------------------------------------------------------------------------------------------


def _span(value: Value, field: Field, line: str, world: FilterWorld) -> DateSpan:
    if value.op.endswith("..") and value.op != "..":
        message = Text("Either a comparison or a range, not both.")
        raise refuse(Code.BAD_OPERATOR, value.start, value.end, message)
    if value.op != "..":
        return DateSpan(Op(value.op or "="), _day(value.low, value, field, line, world))
    if value.low is None and value.high is None:
        return DateSpan(Op.IS, _day(None, value, field, line, world))
    if value.high is None:
        return DateSpan(Op.FROM, _day(value.low, value, field, line, world))
    if value.low is None:
        return DateSpan(Op.UP_TO, _day(value.high, value, field, line, world))
    low = _day(value.low, value, field, line, world)
    high = _day(value.high, value, field, line, world)
    if backwards(low, high, world.clock, back=field.back):
        turned = f"{line[value.high.start : value.high.end]}..{line[value.low.start : value.low.end]}"
        offers = (instead(line, value.start, value.end, turned),)
        raise refuse(
            Code.EMPTY_RANGE, value.start, value.end, Text("The range is the wrong way round."), offers
        )
    return DateSpan(Op.BETWEEN, low, high)


def _day(plain: Plain | None, value: Value, field: Field, line: str, world: FilterWorld) -> str:
    start, end = (plain.start, plain.end) if plain else (value.start, value.end)
    typed = plain.text if plain else ""
    said = " ".join((typed if plain and plain.quoted else blanks(typed)).split())
    stored = store_words(said, world.clock, back=field.back)
    if isinstance(stored, str):
        return stored
    days = dict.fromkeys(each.value.isoformat()[:10] for each in stored.offers)  # two hours may be of one day
    offers = tuple(instead(line, start, end, _fixed(day, world)) for day in days)
    raise refuse(Code.BAD_DATE, start, end, _date_sentence(stored, said, world), offers)


def _fixed(iso: str, world: FilterWorld) -> str:
    return iso if world.language == "en" else f"{iso[8:]}/{iso[5:7]}/{iso[:4]}"


def _date_sentence(refusal: WhenRefusal, said: str, world: FilterWorld) -> Text:
    """The sentence of the reader of dates, in the language of the screen."""
    return sentence(refusal, said, world.now, world.language)
