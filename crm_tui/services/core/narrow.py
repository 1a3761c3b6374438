"""A filter turned into what a list is narrowed by; used by every list, loaded only when something is filtered.

What a list adds where nothing is said is decided here, once. Knows no list's own query.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from operator import itemgetter
from typing import Any, TypeVar

from crm_tui.domain.filter_dates import Clock
from crm_tui.domain.filter_fields import OWN
from crm_tui.domain.filter_shape import effective
from crm_tui.domain.filter_tree import LIFTS_STATUS, All, Filter, Node, Place, Sort, Tri, Words, named
from crm_tui.domain.text import fold
from crm_tui.i18n import language
from crm_tui.services.core.moments import calendar, moment
from crm_tui.services.core.reading import Reading
from crm_tui.store.filters import Asker, Condition, Rows, condition
from crm_tui.store.filters.sorting import TEXTS

T = TypeVar("T")


def clock(reading: Reading, spoken: str = "") -> Clock:
    """The reader's clock: naive local time, the working calendar, the language in force (or `spoken`)."""
    return Clock(reading.local.replace(tzinfo=None), calendar(reading.connection), spoken or language())


def asker(reading: Reading) -> Asker:
    """Who asks, and when, as conditions need it."""
    viewer = reading.viewer
    team = viewer.subtree_ids | {viewer.user_id}
    return Asker(reading.connection, viewer.user_id, team, clock(reading), viewer.zone, moment(reading))


def asked(found: Filter, place: Place, *, closed: bool = False) -> All:
    """Everything that a list is narrowed by; `closed`: the list shows closed cards unless the filter says."""
    where = effective(found, place)
    if not closed or named(found.where) & LIFTS_STATUS:
        return where
    return All(tuple(each for each in where.of if each != _OPEN))


_OPEN = Words("status", ("open",))


def narrowed(reading: Reading, where: Node, rows: Rows) -> Condition:
    """The condition of a tree on rows of a kind, for this look."""
    return condition(where, rows, asker(reading))


def wants_closed(where: All) -> bool:
    """Whether closed cards can be among those that are meant."""
    return _OPEN not in where.of


def wants_archived(where: All) -> bool:
    """Whether archived cards can be among those that are meant."""
    return not any(
        isinstance(each, Tri) and each.field == "archived" and each.answer == "no" for each in where.of
    )


def in_order(rows: list[T], value_of: Callable[[T], Any], sort: Sort) -> list[T]:
    """The rows by one value each, names folded; those without one stand last either way, equals as they stood."""
    valued = [(value_of(row), row) for row in rows]
    known = [pair for pair in valued if pair[0] is not None]
    if sort.field in TEXTS:
        known = [(_folded(value), row) for value, row in known]
    elif sort.field.startswith(OWN):  # of one key the fields may be of several types: amounts before texts
        known = [
            ((True, _folded(value)) if isinstance(value, str) else (False, value), row)
            for value, row in known
        ]
    known.sort(key=itemgetter(0), reverse=sort.descending)
    return [*(row for _, row in known), *(row for value, row in valued if value is None)]


@lru_cache(maxsize=16_384)
def _folded(name: str) -> str:
    return fold(name)
