"""How an operator left a board: its arrangement and what is folded, as one text to be kept and read again.

Written by this program or by a newer one: what is not understood is as if it had never been said. Knows no store.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Any, Final, NamedTuple, TypeVar

from crm_tui.domain.arrangement import Arrangement, By, Grouping
from crm_tui.domain.board import PAGE_SIZES

E = TypeVar("E", bound=Enum)
Folds = Mapping[Grouping, frozenset[int]]
_NONE: Final[Folds] = MappingProxyType({})


class Left(NamedTuple):
    """See the module. `folded` are the ids of the columns, by what the columns are; none is left out. (K38, K39)"""

    arrangement: Arrangement = Arrangement()
    folded: Folds = _NONE

    def dump(self) -> str:
        """As text; empty if the board was left as it is by default."""
        by, descending, group, per_column = self.arrangement
        folded = {each.value: sorted(ids) for each, ids in self.folded.items() if ids}
        said = {
            "by": by.value if by is not By.HAND else None,
            "descending": descending or None,
            "group": group.value if group is not Grouping.STAGE else None,
            "per_column": per_column,
            "folded": folded or None,
        }
        told = {name: value for name, value in said.items() if value is not None}
        return json.dumps(told, separators=(",", ":")) if told else ""


def load(text: str) -> Left:
    """What was kept."""
    try:
        told = json.loads(text or "{}")
    except ValueError:
        return Left()
    if not isinstance(told, dict):
        return Left()
    by = _one_of(By, told.get("by"), By.HAND)
    group = _one_of(Grouping, told.get("group"), Grouping.STAGE)
    pages = told.get("per_column")
    descending = told.get("descending") is True and by is not By.HAND
    known = type(pages) is int and pages in PAGE_SIZES
    return Left(Arrangement(by, descending, group, pages if known else None), _folds(told.get("folded")))


def _one_of(kind: type[E], value: Any, otherwise: E) -> E:
    return next((each for each in kind if each.value == value), otherwise)


def _folds(told: Any) -> Folds:
    found = {}
    for group in Grouping:
        ids = told.get(group.value) if isinstance(told, dict) else None
        kept = frozenset(i for i in ids if type(i) is int) if isinstance(ids, list) else frozenset()
        if kept:
            found[group] = kept
    return found
