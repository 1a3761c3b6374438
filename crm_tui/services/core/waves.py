"""In which portions the changes of a batch are put back: thousands of rows in a few statements, in an order that gives
what one after the other would. (DESIGN, undo)

Writes nothing and asks no row: it knows the changes and which tables point at which.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from graphlib import CycleError, TopologicalSorter
from itertools import groupby
from operator import attrgetter
from typing import Any

from crm_tui.store.shapes import Table, Undo, shape, shapes

ATTACHED = "attachment"
"""What points at rows of any table by its name."""
MOST = 5_000
"""Rows of one wave, which are held in memory together."""


@dataclass(frozen=True, slots=True)
class Undoing:
    """One change that is to be put back; `version` is the row's after it."""

    table: str
    row_id: int
    op: str
    before: dict[str, Any]
    after: dict[str, Any]
    version: int | None


@cache
def children(table: str) -> tuple[tuple[str, str], ...]:
    """The columns that point at the rows of a table, each with its own table; but for what is derived."""
    return tuple(
        (child.name, column)
        for child in shapes().values()
        for column, target in child.points_at.items()
        if target == table and child.undo is not Undo.DERIVED
    )


def waves(changes: Iterable[Undoing]) -> Iterator[Sequence[Sequence[Undoing]]]:
    """The changes, the last one first, in waves of groups: each group of one table and one kind, in the order given.

    No wave has a row twice. One that makes or removes rows does so in one table alone, and changes neither columns
    that point at it nor those of which it holds no value twice; so nothing hangs on the order of its groups.
    """
    wave = _Wave()
    for each in _sorted(changes):
        if not wave.takes(each):
            yield [*wave.groups.values()]
            wave = _Wave()
        wave.add(each)
    if wave.groups:
        yield [*wave.groups.values()]


def _sorted(changes: Iterable[Undoing]) -> Iterator[Undoing]:
    """The changes; of rows that were made one behind the other, those that point before those that they point at, so
    that a file's people go by the thousand and not person by person."""
    for op, run in groupby(changes, key=attrgetter("op")):
        if op != "insert":
            yield from run
            continue
        made = list(run)
        places = {table: n for n, table in enumerate(_pointing_first(frozenset(each.table for each in made)))}
        yield from sorted(made, key=lambda each: places[each.table]) if places else made


@cache
def _pointing_first(tables: frozenset[str]) -> Sequence[str]:
    """Tables in an order in which none is before one that points at it; empty if they point at each other in turn."""
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for table in tables:
        pointing = {child for child, _ in children(table)} | {ATTACHED}
        sorter.add(table, *(pointing & tables - {table}))
    try:
        return tuple(sorter.static_order())
    except CycleError:
        return ()


@dataclass(slots=True)
class _Wave:
    groups: dict[tuple[str, str], list[Undoing]] = field(default_factory=dict)
    rows: set[tuple[str, int]] = field(default_factory=set)
    makes: tuple[str, str] | None = None
    """The table whose rows it makes or removes, and which of the two."""
    hanging: bool = False
    """Whether its one row points at another of its table."""
    changes: set[str] = field(default_factory=set)
    """The tables that its changed columns concern."""

    def takes(self, each: Undoing) -> bool:
        if (each.table, each.row_id) in self.rows or len(self.rows) >= MOST:
            return False
        if each.op == "update":
            return self.makes is None or self.makes[0] not in _changes(each)
        if self.makes is None:
            return each.table not in self.changes
        return self.makes == (each.table, each.op) and not self.hanging and not _points_at_its_like(each)

    def add(self, each: Undoing) -> None:
        self.groups.setdefault((each.table, each.op), []).append(each)
        self.rows.add((each.table, each.row_id))
        if each.op == "update":
            self.changes |= _changes(each)
        else:
            self.makes = (each.table, each.op)
            self.hanging = _points_at_its_like(each)


def _changes(each: Undoing) -> set[str]:
    """The tables whose other rows it may concern: its own, where only one may hold what it puts back, and those that
    it points at."""
    return {table for column in each.before for table in _concerned(each.table, column)}


@cache
def _concerned(table: str, column: str) -> frozenset[str]:
    known = shape(Table(table))
    found = {target for name, target in known.points_at.items() if name == column}
    return frozenset(found | {known.name} if column in known.alone else found)


def _points_at_its_like(each: Undoing) -> bool:
    """Whether a row that is made or removed points at another of its table."""
    own = (column for child, column in children(each.table) if child == each.table)
    imaged = shape(Table(each.table)).imaged
    return any(column not in imaged or (each.before | each.after).get(column) is not None for column in own)
