"""One line for lists, board, saved views, bulk and command line: `dono:eu etiqueta:quente parado:sim valor:>5000`.

The one door to the filter language (FILTER.md). `read` makes a tree of a line, `write` the canonical line of a tree,
both in Portuguese and English at all times; `read_typing` is for a field in which somebody is typing. The tree is
what is stored (`to_json`); a store walks `effective`, and `matches` is the plain meaning it must agree with. Pure:
the list, the names of the base, now and the working calendar are handed in as a `FilterWorld`. Never raises.
"""

from __future__ import annotations

from dataclasses import dataclass

from crm_tui.domain.filter_complete import Completion, Habits, Suggestion, complete
from crm_tui.domain.filter_dates import Clock, Days, days
from crm_tui.domain.filter_errors import Code, FilterError, FilterOffer, Unreadable
from crm_tui.domain.filter_fields import BUILT, FIELDS, Field, Kind, field_of
from crm_tui.domain.filter_gone import gone_things
from crm_tui.domain.filter_json import from_json, to_json
from crm_tui.domain.filter_match import Facts, Reader, matches
from crm_tui.domain.filter_print import Printer
from crm_tui.domain.filter_read import parse
from crm_tui.domain.filter_shape import effective, shaped
from crm_tui.domain.filter_tree import All, Filter, Node, Place
from crm_tui.domain.filter_world import FilterWorld, Named, Names
from crm_tui.i18n import LANGUAGES

__all__ = [
    "BUILT",
    "FIELDS",
    "Clock",
    "Code",
    "Completion",
    "Days",
    "Facts",
    "Field",
    "Filter",
    "FilterError",
    "FilterOffer",
    "FilterWorld",
    "Habits",
    "Kind",
    "Named",
    "Names",
    "Place",
    "Reader",
    "Suggestion",
    "Typed",
    "complete",
    "days",
    "effective",
    "field_of",
    "from_json",
    "gone_things",
    "made",
    "matches",
    "read",
    "read_typing",
    "to_json",
    "write",
]

_WAITING = frozenset((Code.OPEN_QUOTE, Code.OPEN_PAREN))


def read(line: str, world: FilterWorld) -> Filter | FilterError:
    """The filter that the line says, or why it says none (one error, the first that is met)."""

    def longest(found: Filter) -> int:
        return max(len(Printer(world, language).line(found)) for language in LANGUAGES)

    try:
        return parse(line, world, longest)
    except Unreadable as unreadable:
        return unreadable.error


def write(found: Filter, world: FilterWorld) -> str:
    """The canonical line in the language of the world; an empty filter is an empty line."""
    return Printer(world).line(found)


def made(where: Node, world: FilterWorld) -> All:
    """Conditions in their one shape, for whoever builds them without a line (the dialog)."""
    return shaped(where, world.place, world.clock)


@dataclass(frozen=True, slots=True)
class Typed:
    """A line in the middle of typing: what holds already, what still waits (grey), or what is wrong.

    `waiting` are the first and last character of the unfinished end. With an `error` the last good filter stays.
    """

    found: Filter | None
    waiting: tuple[int, int] | None = None
    error: FilterError | None = None


def read_typing(line: str, world: FilterWorld) -> Typed:
    """As `read`, but what is wrong with the unfinished last term is not wrong yet. (FILTER.md §5)"""
    rest, end = line, len(line.rstrip())
    answer = read(rest, world)
    first = answer
    while isinstance(answer, FilterError):
        cut = _unfinished(answer, rest)
        if cut is None:
            return Typed(None, error=first if isinstance(first, FilterError) else answer)
        rest = rest[:cut]
        answer = read(rest, world)
    return Typed(answer, None if rest == line else (len(rest), end))


def _unfinished(error: FilterError, line: str) -> int | None:
    """Where the term begins that is still being typed, if the error lies in it; it touches the end of the line."""
    if error.code is Code.TOO_LONG:
        return None
    if error.code in _WAITING and error.end == len(line):
        return error.start
    if error.code is Code.DANGLING_OR and not line[error.end :].strip():
        return error.start
    if not line or line[-1].isspace():
        return None
    begins = _last_term(line)
    return begins if error.end > begins or error.start >= begins else None


def _last_term(line: str) -> int:
    """Where the last term of the line begins: after the last blank or parenthesis that is not in quotes."""
    at, begins, inside = 0, 0, False
    while at < len(line):
        sign = line[at]
        if sign == "\\" and inside:
            at += 1
        elif sign == '"':
            inside = not inside
        elif not inside and (sign.isspace() or sign in "()"):
            begins = at + 1
        at += 1
    return min(begins, len(line))
