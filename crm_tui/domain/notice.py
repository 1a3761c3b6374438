"""Notices: what an operator is told once, whether or not a list is open. (E29)

Pure: their words are made when they are shown, in the reader's language.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple


class NoticeKind(StrEnum):
    """What a notice is about."""

    STAGE_DUE = "stage_due"
    APPOINTMENT = "appointment"


AT_MOST = 500
"""So many are counted and listed; one more says that there are more."""


class DueStages(NamedTuple):
    """How many cards that concern somebody should have left their stage, should today, and should by `until`, the
    next working day; `AT_MOST` and one more where there are more."""

    late: int
    today: int
    soon: int
    until: date

    def __bool__(self) -> bool:
        return bool(self.late or self.today or self.soon)


class DueCard(NamedTuple):
    """A card whose stage is late or near, as a list shows it; `owner` answers for it there. `notice` is the id of the
    notice that told of it, `told_at` when; 0 and None in the list that needs none."""

    card_id: int
    number: str
    title: str
    party: str | None
    board: str
    stage: str
    due_on: date
    owner: str | None
    notice: int = 0
    told_at: datetime | None = None
