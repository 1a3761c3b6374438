"""Boards, stages and cards: their rows as the screens see them, and the rules of moving.

Knows nothing of the store or the screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum
from typing import Final, NamedTuple

from crm_tui.domain.due import DueFacts, DueState, due_state
from crm_tui.domain.outcome import Refusal
from crm_tui.i18n import N_, Text, text_n


class CardKind(StrEnum):
    LEAD = "lead"
    OPPORTUNITY = "opportunity"
    TICKET = "ticket"
    DELIVERY = "delivery"


DATED_AT_ONCE: Final = frozenset((CardKind.OPPORTUNITY,))
"""Kinds of card whose contact has a date from the first, today if nothing else is said: the contatos de venda. (B9)"""


class CardStatus(StrEnum):
    OPEN = "open"
    PAUSED = "paused"
    WON = "won"
    LOST = "lost"
    CONVERTED = "converted"
    DONE = "done"


def is_closed(status: str) -> bool:
    """Whether a card of this status is over: won, lost, converted or done. (MODEL.md §4, Card)"""
    return status not in (CardStatus.OPEN, CardStatus.PAUSED)


class StageCategory(StrEnum):
    OPEN = "open"
    PAUSED = "paused"
    WON = "won"
    LOST = "lost"
    DONE = "done"


PAGE_SIZES: Final = (10, 20, 50, 100, 500)
"""Cards of a column that may be shown at first; the next ones follow by scrolling. (K39)"""
PAGE_SIZE: Final = 50
"""So many where nothing else is set."""

INTEREST = (
    ("1", N_("1 cold")),
    ("2", N_("2 lukewarm")),
    ("3", N_("3 interested")),
    ("4", N_("4 warm")),
    ("5", N_("5 hot")),
)
"""How interested a lead is, by level. (M20)"""


KIND_NAMES: Final[Mapping[CardKind, str]] = {
    CardKind.LEAD: N_("Leads"),
    CardKind.OPPORTUNITY: N_("Deals"),
    CardKind.TICKET: N_("Tickets"),
    CardKind.DELIVERY: N_("Deliveries"),
}
CATEGORY_NAMES: Final[Mapping[StageCategory, str]] = {
    StageCategory.OPEN: N_("Open"),
    StageCategory.PAUSED: N_("Paused"),
    StageCategory.WON: N_("Won"),
    StageCategory.LOST: N_("Lost"),
    StageCategory.DONE: N_("Done"),
}
"""What kinds of card and categories of stage are called, in forms and in lists."""


class ReopenMode(StrEnum):
    FULL = "full"
    ADJUSTMENT = "adjustment"


class BoardCard(NamedTuple):
    """A card as a column of the board shows it; units as in `followup.QueueRow`; `chance` its stage's, per cent."""

    id: int
    number: str
    title: str
    party: str | None
    owner: str | None
    status: str
    due_on: date | None
    start_at: datetime | None
    internal_on: date | None
    value_cents: int
    stale_days: int | None
    late_days: int | None
    reopened: bool
    version: int
    rank: str = ""
    archived: bool = False
    stage: str = ""
    chance: int | None = None
    snoozed_until: datetime | None = None

    @property
    def closed(self) -> bool:
        return is_closed(self.status)

    @property
    def whose(self) -> str:
        """Its person, where the title does not say it already: who is added by name alone is not named twice."""
        return self.party if self.party and self.party != self.title else ""

    @property
    def listed(self) -> bool:
        """Whether it is among those that are worked on."""
        return not (self.closed or self.archived)

    def facts(self) -> DueFacts:
        return DueFacts(self.closed, self.due_on, self.start_at, self.internal_on)

    def state(self, now: datetime, zone: tzinfo) -> DueState:
        return due_state(self.facts(), now, zone)


class CardDetail(NamedTuple):
    """One card whole. Money in cents; instants aware; `probability` the card's own or its stage's.

    `entered_at` is when it came to its stage, `stage_due_on` by when it should have left it; `interest_level` from 1
    to 5 (`INTEREST`). `stage_owner` answers for it in its stage, its owner where that is None; `progress_pct` is how
    far it has come by being there. `reopened`: it was closed and is worked on again, `reopen_mode` says how.
    """

    id: int
    number: str
    kind: str
    title: str
    status: str
    description: str | None
    board_id: int
    board: str
    stage_id: int
    stage: str
    category: str
    probability: int | None
    party_id: int | None
    party: str | None
    contact_id: int | None
    contact: str | None
    owner_id: int | None
    owner: str | None
    value_one_off: int
    value_recurring: int
    expected_close_on: date | None
    opened_at: datetime
    closed_on: date | None
    reopened: bool
    late_days: int | None
    last_touch_at: datetime
    stale_days: int | None
    next_activity_id: int | None
    next_subject: str | None
    due_on: date | None
    start_at: datetime | None
    internal_on: date | None
    next_action_id: int | None
    snoozed_until: datetime | None
    version: int
    own_probability: int | None = None
    stage_due_on: date | None = None
    entered_at: datetime | None = None
    archived_at: datetime | None = None
    converted_at: datetime | None = None
    interest_level: int | None = None
    channel_id: int | None = None
    channel: str | None = None
    stage_owner_id: int | None = None
    stage_owner: str | None = None
    progress_pct: int | None = None
    reopen_mode: str | None = None
    offer_id: int | None = None
    offer: str | None = None
    offer_sold: bool = True
    """Whether its offer is in use still."""
    medium_id: int | None = None
    medium: str | None = None
    referrer_id: int | None = None
    referrer: str | None = None
    """Who referred the person. (B11)"""
    case_type_id: int | None = None
    case_type: str | None = None
    campaign_id: int | None = None
    campaign: str | None = None
    media_id: int | None = None
    media: str | None = None
    """Where the person saw us first. (M50)"""

    @property
    def closed(self) -> bool:
        return is_closed(self.status)

    @property
    def value_cents(self) -> int:
        return self.value_one_off + self.value_recurring

    def facts(self) -> DueFacts:
        return DueFacts(self.closed, self.due_on, self.start_at, self.internal_on)

    def state(self, now: datetime, zone: tzinfo) -> DueState:
        return due_state(self.facts(), now, zone)


class BoardRow(NamedTuple):
    """A board in a list or picker."""

    id: int
    name: str
    kind: str
    number_prefix: str
    version: int
    color: str | None = None
    page_size: int = 50
    restricted: bool = False


class StageRow(NamedTuple):
    """A stage as settings and pickers show it."""

    id: int
    board_id: int
    name: str
    category: str
    position: int
    probability: int | None
    stale_days: int | None
    wip_limit: int | None
    version: int
    color: str | None = None


@dataclass(frozen=True, slots=True)
class StageHead:
    """The head of a column: how many cards, their sum and weighted sum in cents, the limit and the hue if there is
    one."""

    id: int
    name: str
    category: StageCategory
    position: int
    count: int
    value_cents: int
    weighted_cents: int
    wip_limit: int | None
    color: str | None = None


class Load(NamedTuple):
    """How much an operator has to do: open cards, and those due today; None where the asker may not see them."""

    user_id: int
    name: str
    login: str
    open: int | None
    today: int | None

    def words(self) -> Text | str:
        """The load as one reads it beside the name; nothing where it is not to be seen."""
        match self.open:
            case None:
                return ""
            case 0:
                return Text("none open")
        return text_n("{n} open, {today} today", "{n} open, {today} today", self.open, today=self.today)


def weighted(value_cents: int, probability: int | None) -> int:
    """The value times the probability (per cent), in cents, rounded down; no probability counts as nothing."""
    return value_cents * (probability or 0) // 100


def stale(touched_on: date, limit: int | None, today: date, holding: date | None = None) -> int | None:
    """Days since the last human touch once the stage's limit of days is reached, else None. (K8-K10)

    Civil days on the operator's clock, as people count: touched on the 10th is nine days on the 19th. `holding` is the
    day of the next step on a board where that holds them (K21): until it is over, the card stands still on purpose.
    """
    days = (today - touched_on).days
    if limit is None or days < limit or (holding is not None and holding >= today):
        return None
    return days


def late(stage_due_on: date | None, today: date) -> int | None:
    """Civil days past the day by which the card should have left its stage, else None."""
    return (today - stage_due_on).days if stage_due_on is not None and stage_due_on < today else None


def may_move(category: StageCategory, status: CardStatus, *, same_board: bool) -> Refusal | None:
    """Whether a card of this status may enter a stage of this category of its board. (MODEL.md §4, Card)"""
    if is_closed(status):
        return Refusal(Text("A closed card is not moved: reopen it first."))
    if not same_board:
        return Refusal(
            Text("That stage belongs to another board: choose one of this card's."), fields=("stage",)
        )
    if category in (StageCategory.WON, StageCategory.LOST, StageCategory.DONE):
        return Refusal(
            Text("That stage closes the card: it is reached by winning, losing or finishing, not by moving."),
            fields=("stage",),
        )
    return None


def at_hand(archived: bool) -> Refusal | None:
    """An archived card is read, commented, copied, deleted or taken out; nothing else is done with it. (K30, K45)"""
    if archived:
        return Refusal(Text("This card is in the archive: take it out first."))
    return None


def is_listed(status: str, archived_at: object, deleted_at: object) -> bool:
    """Whether a card is among those that are worked on: open or paused, neither archived nor deleted."""
    return not is_closed(status) and archived_at is None and deleted_at is None


def closing_day(closed_on: date | None, today: date) -> Refusal | None:
    """A card is closed today or was closed before; the day that none is given for is today."""
    if closed_on is not None and closed_on > today:
        return Refusal(
            Text("A card cannot be closed in the future: choose today or a day before."),
            fields=("closed_on",),
        )
    return None


def loss_told(requires_note: bool, note: str) -> Refusal | None:
    """Some reasons say too little alone: they ask for a note. (E62)"""
    if requires_note and not note.strip():
        return Refusal(Text("This reason asks for a note: say what happened."), fields=("note",))
    return None


def status_in(category: StageCategory) -> CardStatus:
    """The status that a card has in an open or paused stage."""
    return CardStatus.PAUSED if category is StageCategory.PAUSED else CardStatus.OPEN
