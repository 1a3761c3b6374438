"""What the row writer, undo and rights know of a table, without loading the classes that declare it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, NewType

from crm_tui.store.search import SEARCH, Searchable

FILE = Path(__file__).with_name("tables") / "shapes.json"
"""Written by `python -m crm_tui.store.tables.declared` from the table classes."""
_NEVER = frozenset(("id", "version"))
"""Columns that no image holds: the change row has them itself."""

Table = NewType("Table", str)
"""A table's name, as `store.tables` gives them."""


class Undo(StrEnum):
    """What undo does with a table's rows; each table declares one. (DESIGN, undo)"""

    RESTORE = "restore"
    FINAL = "final"
    DERIVED = "derived"


@dataclass(frozen=True, slots=True)
class Shape:
    """A table as its class declares it.

    `points_at`: the table whose id a column holds. `alone`: the columns of which no two rows may hold the same, by
    themselves or with others. `in_order`: of which rows `ranked` holds (SQL).
    """

    name: Table
    columns: tuple[str, ...]
    defaults: Mapping[str, Any]
    imaged: frozenset[str]
    untold: frozenset[str]
    undo: Undo
    ranked: Mapping[str, str]
    in_order: str
    points_at: Mapping[str, Table]
    alone: frozenset[str]
    search: Searchable

    @property
    def versioned(self) -> bool:
        """Whether people edit its rows, each of which counts its changes."""
        return "version" in self.columns


@cache
def shapes() -> Mapping[Table, Shape]:
    """Every table's, in the order of their names."""
    found: dict[str, dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))
    return {Table(name): _shape(Table(name), told) for name, told in found.items()}


def shape(table: Table) -> Shape:
    """The shape of a table."""
    return shapes()[table]


def table_named(name: str) -> Table:
    """The table of this name (undo walks changes that name tables); KeyError if there is none."""
    return shapes()[Table(name)].name


def _shape(name: Table, told: dict[str, Any]) -> Shape:
    columns = tuple(told["columns"])
    return Shape(
        name=name,
        columns=columns,
        defaults=told["defaults"],
        imaged=frozenset(columns) - frozenset(told["derived"]) - _NEVER,
        untold=frozenset(told["secret"]) | _NEVER,
        undo=Undo(told["undo"]),
        ranked=told["ranked"],
        in_order=told["in_order"],
        points_at={column: Table(target) for column, target in told["points_at"].items()},
        alone=frozenset(told["alone"]),
        search=SEARCH.get(name, Searchable()),
    )
