"""In which portions the changes of a batch are put back: thousands of rows in a few statements, in an order that gives
what one after the other would. (DESIGN, undo)

Writes nothing and asks no row: it knows the changes and which tables point at which.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from crm_tui.store.shapes import Table, Undo, shape, shapes


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
    for each in changes:
        if not wave.takes(each):
            yield [*wave.groups.values()]
            wave = _Wave()
        wave.add(each)
    if wave.groups:
        yield [*wave.groups.values()]


@dataclass(slots=True)
class _Wave:
    groups: dict[tuple[str, str], list[Undoing]] = field(default_factory=dict)
    rows: set[tuple[str, int]] = field(default_factory=set)
    makes: tuple[str, str] | None = None
    """The table whose rows it makes or removes, and which of the two."""
    changes: set[str] = field(default_factory=set)
    """The tables that its changed columns concern."""

    def takes(self, each: Undoing) -> bool:
        if (each.table, each.row_id) in self.rows:
            return False
        if each.op == "update":
            return self.makes is None or self.makes[0] not in _changes(each)
        if self.makes is None:
            return each.table not in self.changes
        return self.makes == (each.table, each.op) and not _points_at_itself(each.table)

    def add(self, each: Undoing) -> None:
        self.groups.setdefault((each.table, each.op), []).append(each)
        self.rows.add((each.table, each.row_id))
        if each.op == "update":
            self.changes |= _changes(each)
        else:
            self.makes = (each.table, each.op)


def _changes(each: Undoing) -> set[str]:
    """The tables whose other rows it may concern: its own, where only one may hold what it puts back, and those that
    it points at."""
    return {table for column in each.before for table in _concerned(each.table, column)}


@cache
def _concerned(table: str, column: str) -> frozenset[str]:
    known = shape(Table(table))
    found = {target for name, target in known.points_at.items() if name == column}
    return frozenset(found | {known.name} if column in known.alone else found)


@cache
def _points_at_itself(table: str) -> bool:
    return any(child == table for child, _ in children(table))
