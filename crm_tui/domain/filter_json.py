"""The tree as it is stored: JSON, version 1. What is written here is read for ever; a change is a new version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crm_tui.domain.filter_tree import (
    All,
    Amount,
    Answer,
    AnyOf,
    Codes,
    Dates,
    DateSpan,
    Filter,
    FreeText,
    Node,
    Not,
    Op,
    Phrase,
    Presence,
    Sort,
    Texts,
    Thing,
    Things,
    Tri,
    Users,
    Words,
)

VERSION = 1
_MOST_DEEP = 20  # levels of a tree that this program never writes itself


def to_json(found: Filter) -> dict[str, Any]:
    """Plain dicts, lists, texts and numbers: `{"version": 1, "where": [...], "sort": ...}`."""
    made: dict[str, Any] = {"version": VERSION, "where": [node_json(each) for each in found.where.of]}
    if found.sort is not None:
        made["sort"] = {"field": found.sort.field, "descending": found.sort.descending}
    if found.group is not None:
        made["group"] = found.group
    if found.per_column is not None:
        made["per_column"] = found.per_column
    if found.columns:
        made["columns"] = list(found.columns)
    if found.order:
        made["order"] = found.order
    return made


def from_json(stored: Mapping[str, Any]) -> Filter:
    """The filter that was stored. Raises ValueError for another version or a shape that is none of ours."""
    version = stored.get("version") if isinstance(stored, Mapping) else None
    if version != VERSION:
        raise ValueError(f"filter of version {version!r}, this program reads {VERSION}")
    try:
        sort = stored.get("sort")
        return Filter(
            All(tuple(_node(each, 0) for each in stored["where"])),
            None if sort is None else Sort(_text(sort["field"]), bool(sort["descending"])),
            None if stored.get("group") is None else _text(stored["group"]),
            None if stored.get("per_column") is None else _number(stored["per_column"]),
            tuple(_text(each) for each in stored.get("columns", ())),
            _text(stored.get("order", "")),
        )
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise ValueError(f"not a stored filter: {error!r}") from error


def node_json(node: Node) -> dict[str, Any]:
    """One node as plain dicts; also what equal trees are sorted by."""
    match node:
        case All(of):
            return {"all": [node_json(each) for each in of]}
        case AnyOf(of):
            return {"any": [node_json(each) for each in of]}
        case Not(inner):
            return {"not": node_json(inner)}
        case Users(field, values):
            return {"field": field, "users": [_thing_json(v) if isinstance(v, Thing) else v for v in values]}
        case Things(field, things):
            return {"field": field, "things": [_thing_json(each) for each in things]}
        case Words(field, words):
            return {"field": field, "words": list(words)}
        case Tri(field, answer):
            return {"field": field, "is": answer.value}
        case Dates(field, spans):
            return {
                "field": field,
                "dates": [_ends(each.op, each.words, each.until or None) for each in spans],
            }
        case Amount(field, op, value, until):
            return {"field": field, "amount": _ends(op, value, until)}
        case Texts(field, phrases):
            return {"field": field, "texts": [_phrase_json(each) for each in phrases]}
        case Codes(field, codes):
            return {"field": field, "codes": list(codes)}
        case Presence(what, there):
            return {"has" if there else "lacks": what}
        case FreeText(phrase):
            return _phrase_json(phrase)


def _thing_json(thing: Thing) -> dict[str, Any]:
    return {"id": thing.id, "name": thing.name}


def _phrase_json(phrase: Phrase) -> dict[str, Any]:
    return {"text": phrase.text, "exact": phrase.exact}


def _ends(op: Op, value: str | int, until: str | int | None) -> dict[str, Any]:
    return {"op": op.value, "value": value} | ({} if until is None else {"until": until})


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(value)
    return value


def _texts(values: Any) -> tuple[str, ...]:
    if not isinstance(values, Sequence) or isinstance(values, str):
        raise TypeError(values)
    return tuple(_text(each) for each in values)


def _thing(value: Any) -> Thing:
    return Thing(_number(value["id"]), _text(value["name"]))


def _phrase(value: Any) -> Phrase:
    return Phrase(_text(value["text"]), bool(value["exact"]))


def _span(value: Any) -> DateSpan:
    return DateSpan(Op(value["op"]), _text(value["value"]), _text(value.get("until", "")))


def _amount(field: str, value: Any) -> Amount:
    until = value.get("until")
    return Amount(field, Op(value["op"]), _number(value["value"]), None if until is None else _number(until))


def _node(value: Any, depth: int) -> Node:
    if depth > _MOST_DEEP:
        raise ValueError("a stored filter is deeper than any that is written")
    if "all" in value:
        return All(tuple(_node(each, depth + 1) for each in value["all"]))
    if "any" in value:
        return AnyOf(tuple(_node(each, depth + 1) for each in value["any"]))
    if "not" in value:
        return Not(_node(value["not"], depth + 1))
    if "has" in value or "lacks" in value:
        return Presence(_text(value["has" if "has" in value else "lacks"]), "has" in value)
    if "text" in value:
        return FreeText(_phrase(value))
    field = _text(value["field"])
    if "users" in value:
        return Users(field, tuple(v if isinstance(v, str) else _thing(v) for v in value["users"]))
    if "things" in value:
        return Things(field, tuple(_thing(each) for each in value["things"]))
    if "words" in value:
        return Words(field, _texts(value["words"]))
    if "is" in value:
        return Tri(field, Answer(value["is"]))
    if "dates" in value:
        return Dates(field, tuple(_span(each) for each in value["dates"]))
    if "amount" in value:
        return _amount(field, value["amount"])
    if "texts" in value:
        return Texts(field, tuple(_phrase(each) for each in value["texts"]))
    return Codes(field, _texts(value["codes"]))
