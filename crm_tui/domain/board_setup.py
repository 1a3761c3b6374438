"""Boards as settings show them, with their members and base cards; and the rules of setting them up.

Knows nothing of the store or the screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from crm_tui.domain.access import BoardRight
from crm_tui.domain.board import CardStatus, StageCategory
from crm_tui.domain.outcome import Refusal
from crm_tui.i18n import text_n


class StageSettings(NamedTuple):
    """A stage as settings set it; whom its owner rule means is named beside the id; `gates` that are switched on,
    `answers` to its question. (E18-E24, E31)"""

    id: int
    board_id: int
    board: str
    name: str
    category: str
    color: str | None
    probability: int | None
    stale_days: int | None
    wip_limit: int | None
    version: int
    expected_days: int | None
    progress_pct: int | None
    owner_rule: str
    default_user_id: int | None
    default_user: str | None
    profile_id: int | None
    profile: str | None
    team_id: int | None
    team: str | None
    question: str | None
    question_required: bool
    gates: int
    answers: int

    @property
    def answered_by(self) -> str:
        """Whom the owner rule names; empty: the seller."""
        return self.default_user or self.profile or self.team or ""


class BoardSettings(NamedTuple):
    """A board with all that may be set of it. (K21)"""

    id: int
    name: str
    kind: str
    number_prefix: str
    version: int
    color: str | None
    page_size: int
    restricted: bool
    one_open_card_per_party: bool
    stale_held: bool
    conversion_board_id: int | None
    conversion_board: str | None
    conversion_stage_id: int | None
    conversion_stage: str | None
    archived: bool
    stages: int
    reopen_full: bool = True
    reopen_adjustment: bool = True


class MemberRow(NamedTuple):
    """An operator as a member of a board; `restricted` whether that counts now. (K5, K13)"""

    id: int
    board_id: int
    board: str
    restricted: bool
    user_id: int
    login: str
    name: str
    active: bool
    can_view: bool
    can_attend: bool
    can_manage: bool
    version: int

    @property
    def may(self) -> BoardRight:
        if self.can_manage:
            return BoardRight.MANAGE
        return BoardRight.ATTEND if self.can_attend else BoardRight.VIEW


class TemplateRow(NamedTuple):
    """A base card; `payload` as `domain.template` reads it, `files` how many it has. (K14)"""

    id: int
    board_id: int
    board: str
    name: str
    description: str | None
    payload: str
    archived: bool
    version: int
    files: int


def may_archive(open_cards: int) -> Refusal | None:
    """A board is taken out of use once nothing is open on it: nobody would find those cards again."""
    if open_cards:
        return Refusal(
            text_n(
                "This board holds {n} open card: move it to another board, win or lose it, or archive it first.",
                "This board holds {n} open cards: move them to another board, win or lose them, or archive them "
                "first.",
                open_cards,
            )
        )
    return None


_CLOSED_ONES = frozenset({CardStatus.WON, CardStatus.LOST, CardStatus.CONVERTED, CardStatus.DONE})
_HELD = {
    StageCategory.OPEN: _CLOSED_ONES | {CardStatus.OPEN},
    StageCategory.PAUSED: _CLOSED_ONES | {CardStatus.PAUSED},
    StageCategory.WON: frozenset({CardStatus.WON}),
    StageCategory.LOST: frozenset({CardStatus.LOST}),
    StageCategory.DONE: frozenset({CardStatus.DONE, CardStatus.CONVERTED}),
}
"""The statuses of cards that may stand in a stage: closed ones stay where they ended on a board without a stage for
it."""


def may_stand(status: CardStatus, category: StageCategory) -> bool:
    """Whether a card of this status may stand in a stage of this category."""
    return status in _HELD[category]


def may_recategorise(category: StageCategory, statuses: Mapping[CardStatus, int]) -> Refusal | None:
    """Whether a stage in which cards of these statuses stand may get this category: none is opened, paused or
    closed by it."""
    foreign = sum(n for status, n in statuses.items() if not may_stand(status, category))
    if foreign:
        return Refusal(
            text_n(
                "In this stage stands {n} card whose state a stage of that category does not hold: move it first.",
                "In this stage stand {n} cards whose state a stage of that category does not hold: move them first.",
                foreign,
            ),
            fields=("category",),
        )
    return None
