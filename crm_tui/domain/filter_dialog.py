"""The filter as the dialog shows it: one field per kind of condition, and what no field can show beside it.

Another face of the same tree: `fields_of` lays a filter out, `filter_of` puts it together again, and what goes through
both is what it was. What is typed (dates, amounts, words) is read by the language itself, so that the dialog
understands and refuses what the line does. Knows no widget. (FILTER.md §7; K35-K48, K50)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from crm_tui.domain.filter import made, read, write
from crm_tui.domain.filter_amounts import written_amount
from crm_tui.domain.filter_date_words import said
from crm_tui.domain.filter_dates import blanks
from crm_tui.domain.filter_errors import Code, FilterError
from crm_tui.domain.filter_fields import Field, Kind, field_of
from crm_tui.domain.filter_lex import quoted
from crm_tui.domain.filter_tree import (
    All,
    Amount,
    Answer,
    Dates,
    Filter,
    FreeText,
    Node,
    Op,
    Phrase,
    Sort,
    Thing,
    Things,
    Tri,
    Users,
    Words,
)
from crm_tui.domain.filter_world import FilterWorld

LISTS = ("status", "stage", "label", "owner", "member", "team")
"""Fields of several values. (K40, K41, K42)"""
DATED = ("created", "registered", "due_on", "closed")
"""The dates of which one is asked for. (K36, K37)"""
TRIS = ("stale", "tasks", "archived", "lost", "converted", "service")
"""The fields of yes, no and all. (K43-K48)"""
VALUE = "value"
Chosen = tuple[str | Thing, ...]
_LOWER, _UPPER = (Op.FROM, Op.ABOVE), (Op.UP_TO, Op.BELOW)


@dataclass(frozen=True, slots=True)
class Fields:
    """What stands in the dialog. `since`, `until`, `least`, `most`: words as typed, `>` or `<` before one that is left
    out itself. `rest`: the conditions that no field shows, kept as they are."""

    text: str = ""
    lists: Mapping[str, Chosen] = field(default_factory=dict)
    dated: str = DATED[0]
    since: str = ""
    until: str = ""
    least: str = ""
    most: str = ""
    tris: Mapping[str, Answer] = field(default_factory=dict)
    sort: Sort | None = None
    group: str | None = None
    per_column: int | None = None
    rest: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Wrong:
    """A field that cannot be read: its name in `Fields` (of a date or amount `since` or `least`), and why not."""

    field: str
    error: FilterError


def more(fields: Fields, world: FilterWorld) -> str:
    """What no field shows, as one writes it in the line."""
    return write(Filter(All(fields.rest)), world)


# --- from the filter to the fields ----------------------------------------------------------------------


def fields_of(found: Filter, world: FilterWorld) -> Fields:
    """The filter laid out; a second condition on a field stands in `rest`, as does what cannot be read back."""
    left = list(found.where.of)
    lists = {name: _taken_list(left, name) for name in LISTS}
    dated, dates = _dates(left)
    words = Fields(
        text=_text(left, world),
        lists={name: values for name, values in lists.items() if values},
        dated=dated or DATED[0],
        tris=_tris(left),
        sort=found.sort,
        group=found.group,
        per_column=found.per_column,
    )
    since, until = _range_of(left, dates, world)
    amounts = [node for node in left if isinstance(node, Amount) and node.field == VALUE]
    least, most = _range_of(left, amounts, world)
    return replace(words, since=since, until=until, least=least, most=most, rest=tuple(left))


def _taken_list(left: list[Node], name: str) -> Chosen:
    kinds = (Words, Things, Users)
    node = next((each for each in left if isinstance(each, kinds) and each.field == name), None)
    if node is None:
        return ()
    left.remove(node)
    return tuple(node.any)


def _tris(left: list[Node]) -> dict[str, Answer]:
    found: dict[str, Answer] = {}
    for node in tuple(left):
        if isinstance(node, Tri) and node.field in TRIS and node.field not in found:
            found[node.field] = node.answer
            left.remove(node)
    return found


def _text(left: list[Node], world: FilterWorld) -> str:
    """Words without a field, if they are read back as the same ones."""
    words = [node for node in left if isinstance(node, FreeText)]
    text = write(Filter(All(tuple(words))), world)
    if not words or _of_text(text, world) != tuple(words):
        return ""
    left[:] = [node for node in left if node not in words]
    return text


def _dates(left: Sequence[Node]) -> tuple[str, list[Dates]]:
    """The first date that is asked for, and the conditions on it."""
    every = [node for node in left if isinstance(node, Dates) and node.field in DATED]
    return (every[0].field, [n for n in every if n.field == every[0].field]) if every else ("", [])


def _range_of(left: list[Node], nodes: Sequence[Dates | Amount], world: FilterWorld) -> tuple[str, str]:
    """Both ends as one types them, of one condition or of a lower and an upper one; the conditions leave `left`."""
    ops = [_op(node) for node in nodes]
    lower = next((n for n, op in zip(nodes, ops, strict=True) if op in _LOWER), None)
    upper = next((n for n, op in zip(nodes, ops, strict=True) if op in _UPPER), None)
    whole = next((n for n, op in zip(nodes, ops, strict=True) if op in (Op.IS, Op.BETWEEN)), None)
    shown: list[Node]
    if whole is not None:
        shown, (low, high) = [whole], _ends(whole, world)
        high = high or low
    else:
        shown = [node for node in (lower, upper) if node is not None]
        low = _end(lower, ">", world)
        high = _end(upper, "<", world)
    if not shown:
        return "", ""
    read_back = _range(nodes[0].field, low, high, world)
    if isinstance(read_back, FilterError) or set(read_back) != set(shown):
        return "", ""
    left[:] = [node for node in left if node not in shown]
    return low, high


def _op(node: Dates | Amount) -> Op | None:
    if isinstance(node, Amount):
        return node.op
    return node.any[0].op if len(node.any) == 1 else None


def _end(node: Dates | Amount | None, sign: str, world: FilterWorld) -> str:
    if node is None:
        return ""
    strict = _op(node) in (Op.ABOVE, Op.BELOW)
    return (sign if strict else "") + _ends(node, world)[0]


def _ends(node: Dates | Amount, world: FilterWorld) -> tuple[str, str]:
    if isinstance(node, Amount):
        known = field_of(node.field)
        high = "" if node.until is None else written_amount(node.until, known, world.language)
        return written_amount(node.value, known, world.language), high
    span = node.any[0]
    return said(span.words, world.language), said(span.until, world.language) if span.until else ""


# --- from the fields to the filter ----------------------------------------------------------------------


def filter_of(fields: Fields, world: FilterWorld) -> Filter | Wrong:
    """The filter that the fields say, with `rest` as it is; or the first field that cannot be read."""
    nodes: list[Node] = []
    for name, chosen in fields.lists.items():
        nodes += _list(name, chosen)
    nodes += [Tri(name, answer) for name, answer in fields.tris.items()]
    for at, name, low, high in (
        ("since", fields.dated, fields.since, fields.until),
        ("least", VALUE, fields.least, fields.most),
    ):
        if low.strip() or high.strip():
            bounds = _range(name, low, high, world)
            if isinstance(bounds, FilterError):
                return Wrong(at, bounds)
            nodes += bounds
    words = _of_text(fields.text, world)
    if isinstance(words, FilterError):
        return Wrong("text", words)
    where = made(All((*nodes, *fields.rest, *words)), world)
    found = Filter(where, fields.sort, fields.group, fields.per_column)
    whole = read(write(found, world), world)
    return Wrong("text", whole) if isinstance(whole, FilterError) and whole.code is Code.TOO_LONG else found


def _list(name: str, chosen: Chosen) -> list[Node]:
    known = field_of(name)
    words = tuple(each for each in chosen if isinstance(each, str))
    things = tuple(each for each in chosen if isinstance(each, Thing))
    if not chosen or known is None:
        return []
    if known.words:
        return [Words(name, words)]
    return [Things(name, things)] if known.thing != "user" else [Users(name, chosen)]


def _range(name: str, low: str, high: str, world: FilterWorld) -> tuple[Node, ...] | FilterError:
    """The conditions of both ends, as the line would read them."""
    known = field_of(name)
    assert known is not None
    answer = read(_range_line(known, low.strip(), high.strip(), world.language), world)
    return answer if isinstance(answer, FilterError) else answer.where.of


def _range_line(known: Field, low: str, high: str, language: str) -> str:
    name = known.name(language)
    if known.kind is Kind.DATE:
        low, high = blanks(low), blanks(high)
    strict = low.startswith(">") or high.startswith("<")
    if not strict:
        return f"{name}:{_value(low)}..{_value(high)}"
    terms = []
    if low:
        sign, words = (">", low[1:]) if low.startswith(">") else (">=", low)
        terms.append(f"{name}:{sign}{_value(words)}")
    if high:
        sign, words = ("<", high[1:]) if high.startswith("<") else ("<=", high)
        terms.append(f"{name}:{sign}{_value(words)}")
    return " ".join(terms)


def _value(words: str) -> str:
    return quoted(words.strip()) if words.strip() else ""


def _of_text(text: str, world: FilterWorld) -> tuple[Node, ...] | FilterError:
    """Words as the line reads them; what would be a condition or a sign there is looked for as it stands."""
    answer = read(text, world)
    if isinstance(answer, Filter) and _only_words(answer):
        return answer.where.of
    if text.count('"') % 2:
        return answer if isinstance(answer, FilterError) else ()
    return (FreeText(Phrase(" ".join(text.replace('"', " ").split()), exact=True)),)


def _only_words(found: Filter) -> bool:
    settings = found.sort is not None or found.group is not None or found.per_column is not None
    return not settings and all(isinstance(node, FreeText) for node in found.where.of)
