"""By which id another program knows a record, and what its file said of it last. Pure. (FEATURES.md M96)

What a file says now is held against what it said then and what stands here: only what changed there alone is taken, so
that a file which is imported again never puts back what somebody corrected here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final, NamedTuple

from crm_tui.domain.text import one_line

LONGEST: Final = 100
"""Signs of an id and of its source; what is longer is none."""
_CUT: Final = re.compile(r"\d+[.,]\d+E\+?\d+", re.IGNORECASE)
_WHOLE: Final = re.compile(r"(\d+)[.,]0+")
_URN: Final = "urn:uuid:"
SALESFORCE: Final = "Salesforce"
_SALESFORCE_SHORT: Final = 15
_SALESFORCE_LONG: Final = 18


class ForeignKind(StrEnum):
    """What is known by the id: each kind counts for itself, as in the other program."""

    PARTY = "party"
    CARD = "card"
    ACTIVITY = "activity"
    NOTE = "note"


class Foreign(NamedTuple):
    """The program or the layout, and its id there."""

    source: str
    id: str


class Held(NamedTuple):
    """A kept id: whose it is here, and what the file said last, by field."""

    row_id: int
    said: Mapping[str, str]


def foreign(source: str, cell: str) -> Foreign | None:
    """The id of a cell; None where there is none, or where a spreadsheet cut its digits off: several would be one.

    Of Salesforce the long form is the short one and three letters more.
    """
    said = one_line(cell)
    whole = _WHOLE.fullmatch(said)
    if whole is not None:
        said = whole[1]
    if said.lower().startswith(_URN):
        said = said[len(_URN) :].lower()
    if source.startswith(SALESFORCE) and len(said) == _SALESFORCE_LONG:
        said = said[:_SALESFORCE_SHORT]
    if not said or not source or len(said) > LONGEST or _CUT.fullmatch(said):
        return None
    return Foreign(one_line(source)[:LONGEST], said)


def written(said: Mapping[str, str]) -> str:
    """What a file said, as it is kept."""
    return json.dumps(dict(said), ensure_ascii=False, sort_keys=True)


def read(kept: str) -> dict[str, str]:
    """What `written` wrote."""
    found = json.loads(kept) if kept else {}
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}


class Change(StrEnum):
    """What becomes of a field."""

    NONE = "none"
    TAKEN = "taken"
    KEPT = "kept"
    """It was changed there and here: what stands here stays, and is told."""


def change(then: str | None, now: str, here: str) -> Change:
    """What becomes of a field of which the file said `then`, says `now`, and which is `here` with us."""
    if then is None or now in (here, then):
        return Change.NONE
    return Change.TAKEN if here == then else Change.KEPT
