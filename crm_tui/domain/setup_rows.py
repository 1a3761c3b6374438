"""The records of a file of the setup, and what becomes of each here. Data only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from crm_tui.i18n import Text


class Verdict(StrEnum):
    """What becomes of a record of a file."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    ERROR = "error"


class Given(NamedTuple):
    """One record of a file: its list, its line, and its values by field."""

    list: str
    line: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Judged:
    """What becomes of one: `fields` are those that change, `reason` why it cannot be taken in."""

    list: str
    line: int
    name: str
    verdict: Verdict
    fields: tuple[str, ...] = ()
    reason: Text | None = None
