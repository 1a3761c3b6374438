"""The one shape of filters that mean the same: flat, sorted, merged, without what the list does anyway.

Order of terms does not matter because equal filters are equal trees; only words of free text keep their order.
What a list shows when nothing is said is also here. (FILTER.md §4 Defaults, §7)
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace

from crm_tui.domain.filter_dates import Clock, backwards
from crm_tui.domain.filter_fields import HAD_ORDER, ORDER, field_of, fixed_words
from crm_tui.domain.filter_json import node_json
from crm_tui.domain.filter_tree import (
    LIFTS_STATUS,
    LISTS,
    All,
    Amount,
    Answer,
    AnyOf,
    Codes,
    Condition,
    Dates,
    DateSpan,
    Filter,
    FreeText,
    Node,
    Not,
    Op,
    Place,
    Presence,
    Texts,
    Thing,
    Things,
    Tri,
    Users,
    Words,
    named,
)

_OPEN = Words("status", ("open",))
_NOT_ARCHIVED = Tri("archived", Answer.NO)
_LAST = 10_000
Listed = Users | Things | Words | Dates | Texts | Codes


def shaped(where: Node, place: Place, clock: Clock) -> All:
    """The tree in its one shape, as the conditions that all hold."""
    node = _shape(where, clock)
    parts = node.of if isinstance(node, All) else (node,)
    return All(_without_defaults(parts, place))


def effective(found: Filter, place: Place) -> All:
    """The conditions with those that the list adds where nothing is said: what a store walks."""
    said = named(found.where)
    added: list[Node] = []
    if place in (Place.TODAY, Place.BOARD, Place.PEOPLE) and "archived" not in said:
        added.append(_NOT_ARCHIVED)
    if place in (Place.TODAY, Place.BOARD) and not said & LIFTS_STATUS:
        added.append(_OPEN)
    return All((*added, *found.where.of))


def _without_defaults(parts: Sequence[Node], place: Place) -> tuple[Node, ...]:
    kept = [
        part
        for part in parts
        if not (
            isinstance(part, Tri)
            and part.answer is Answer.ALL
            and part.field not in LIFTS_STATUS | {"archived"}
        )
    ]
    everything = All(tuple(kept))
    cards = place in (Place.TODAY, Place.BOARD)
    if (cards or place is Place.PEOPLE) and _NOT_ARCHIVED in kept and _once("archived", everything):
        kept.remove(_NOT_ARCHIVED)
    if cards and _OPEN in kept and _once("status", everything):
        kept.remove(_OPEN)
    return tuple(kept)


def _once(field: str, tree: All) -> bool:
    """Whether nothing else would lift the default that the condition on the field repeats."""
    rest = All(
        tuple(part for part in tree.of if part not in (_OPEN if field == "status" else _NOT_ARCHIVED,))
    )
    return not named(rest) & (LIFTS_STATUS if field == "status" else {field})


def _shape(node: Node, clock: Clock) -> Node:
    match node:
        case All(of):
            parts = _flat((_shape(each, clock) for each in of), All)
            return _single(All(tuple(_sorted(_ranges(_denied(parts), clock)))))
        case AnyOf(of):
            parts = _flat((_shape(each, clock) for each in of), AnyOf)
            return _single(AnyOf(tuple(_sorted(_merged(parts)))))
        case Not(of):
            return _denial(_shape(of, clock))
        case Users() | Things() | Words() | Dates() | Texts() | Codes():
            return _listed(node)
        case Amount(_, Op.BETWEEN, low, high) if low == high:
            return replace(node, op=Op.IS, until=None)
    return node


def _denial(inner: Node) -> Node:
    if isinstance(inner, Not):
        return inner.of
    if isinstance(inner, Tri) and inner.answer is not Answer.ALL:
        return replace(inner, answer=Answer.NO if inner.answer is Answer.YES else Answer.YES)
    if isinstance(inner, Presence):
        return replace(inner, there=not inner.there)
    return Not(inner)


def _flat(parts: Iterable[Node], kind: type[All] | type[AnyOf]) -> list[Node]:
    """The parts without groups in groups and without repetitions."""
    found: dict[Node, None] = {}
    for part in parts:
        found |= dict.fromkeys(part.of if isinstance(part, kind) else (part,))
    return list(found)


def _single(node: All | AnyOf) -> Node:
    return node.of[0] if len(node.of) == 1 else node


def _value_key(field: str) -> dict[str, int]:
    known = field_of(field)
    return {word.id: at for at, word in enumerate(fixed_words(known))} if known else {}


def _listed(node: Listed) -> Node:
    """The values of a list without repetitions, in one order: fixed words as in the table, things by id."""
    match node:
        case Users(field, values):
            order = _value_key(field)
            users = sorted(
                dict.fromkeys(values),
                key=lambda v: _LAST + v.id if isinstance(v, Thing) else order.get(v, 0),
            )
            return Users(field, tuple(users))
        case Things(field, things):
            return Things(field, tuple(sorted(dict.fromkeys(things), key=lambda thing: thing.id)))
        case Words(field, words):
            if "all" in words and field == "status":
                return Words(field, ("all",))
            order = _value_key(field)
            return Words(field, tuple(sorted(dict.fromkeys(words), key=lambda w: order.get(w, _LAST))))
        case Dates(field, spans):
            simple = (DateSpan(Op.IS, s.words) if s.until == s.words else s for s in spans)
            return Dates(field, tuple(sorted(dict.fromkeys(simple), key=lambda s: (s.words, s.op, s.until))))
        case Texts(field, phrases):
            return Texts(field, tuple(sorted(dict.fromkeys(phrases), key=lambda p: (p.text, p.exact))))
        case Codes(field, codes):
            return Codes(field, tuple(sorted(dict.fromkeys(codes))))


def _merged(parts: Sequence[Node]) -> list[Node]:
    """Either of two lists of one field is one longer list."""
    found: dict[object, Node] = {}
    for part in parts:
        if isinstance(part, LISTS):
            key: object = (type(part), part.field)
            before = found.get(key)
            found[key] = part if before is None else _union(before, part)
        else:
            found[part] = part
    return list(dict.fromkeys(found.values()))


def _denied(parts: Sequence[Node]) -> list[Node]:
    """None of this list and none of that one of the same field is none of both."""
    denied = [part.of for part in parts if isinstance(part, Not) and isinstance(part.of, LISTS)]
    rest = [part for part in parts if not (isinstance(part, Not) and isinstance(part.of, LISTS))]
    return [*rest, *(Not(each) for each in _merged(denied))]


def _union(a: Node, b: Node) -> Node:
    assert isinstance(a, LISTS)
    assert isinstance(b, LISTS)
    return _listed(replace(a, any=(*a.any, *b.any)))


def _ranges(parts: Sequence[Node], clock: Clock) -> list[Node]:
    """From a beginning and up to an end of one field are one range, if it is not backwards."""
    found = list(parts)
    for low in [part for part in parts if _bound(part) is Op.FROM]:
        assert isinstance(low, Amount | Dates)
        same = [p for p in found if type(p) is type(low) and p.field == low.field]
        highs = [part for part in same if _bound(part) is Op.UP_TO]
        lows = [part for part in same if _bound(part) is Op.FROM]
        if len(lows) != 1 or len(highs) != 1:
            continue
        joined = _joined(low, highs[0], clock)
        if joined is not None:
            found = [part for part in found if part not in (low, highs[0])] + [joined]
    return list(dict.fromkeys(found))


def _bound(node: Node) -> Op | None:
    if isinstance(node, Amount):
        return node.op
    return node.any[0].op if isinstance(node, Dates) and len(node.any) == 1 else None


def _joined(low: Node, high: Node, clock: Clock) -> Node | None:
    if isinstance(low, Amount) and isinstance(high, Amount):
        if high.value < low.value:
            return None
        same = high.value == low.value
        return replace(low, op=Op.IS) if same else replace(low, op=Op.BETWEEN, until=high.value)
    assert isinstance(low, Dates)
    assert isinstance(high, Dates)
    field = field_of(low.field)
    a, b = low.any[0].words, high.any[0].words
    if backwards(a, b, clock, back=field is not None and field.back):
        return None
    return _listed(Dates(low.field, (DateSpan(Op.BETWEEN, a, b),)))


# --- order ------------------------------------------------------------------------------------------


def _rank(node: Node) -> int:
    """Conditions, presence, groups, text: the order of printing."""
    inner = node.of if isinstance(node, Not) else node
    if isinstance(inner, Condition):
        return 0
    return 1 if isinstance(inner, Presence) else 3 if isinstance(inner, FreeText) else 2


def _sorted(parts: Sequence[Node]) -> list[Node]:
    return sorted(parts, key=_key)


def _key(node: Node) -> tuple[int, int, str, str]:
    rank = _rank(node)
    if rank == 3:  # words keep their order: sorting is stable
        return rank, 0, "", ""
    inner = node.of if isinstance(node, Not) else node
    if isinstance(inner, Presence):
        return rank, HAD_ORDER.get(inner.what, _LAST), inner.what, str(not inner.there)
    place = ORDER.get(inner.field, _LAST) if isinstance(inner, Condition) else 0
    name = inner.field if isinstance(inner, Condition) else ""
    return rank, place, name, json.dumps(_nameless(node_json(node)), sort_keys=True)


def _nameless(value: object) -> object:
    """Without the names of things, so that a renamed one does not change the order."""
    if isinstance(value, dict):
        thing = "id" in value
        return {key: _nameless(each) for key, each in value.items() if not (thing and key == "name")}
    return [_nameless(each) for each in value] if isinstance(value, list) else value
