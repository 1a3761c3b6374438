"""What happens to cards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from crm_tui.domain.happened import Happened, Named
from crm_tui.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class CardOpened(Happened):
    """`answers`: what was said to the questions that are asked while a card is opened; None of a card that comes of
    another one, of which none are asked."""

    kind: ClassVar[str] = "card.opened"
    entity: ClassVar[str] = "card"
    sentence: ClassVar[str] = N_("Card opened in {stage}")
    untold: ClassVar[frozenset[str]] = frozenset({"answers"})
    stage: str
    title: str
    to_stage_id: int | None = None
    answers: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CardEdited(Happened):
    kind: ClassVar[str] = "card.edited"
    entity: ClassVar[str] = "card"
    sentence: ClassVar[str] = N_("Card changed")


@dataclass(frozen=True, slots=True, kw_only=True)
class CardMoved(Happened):
    kind: ClassVar[str] = "card.moved"
    entity: ClassVar[str] = "card"
    sentence: ClassVar[str] = N_("{from_stage} → {to_stage}")
    from_stage: str
    to_stage: str
    from_stage_id: int | None = None
    to_stage_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CardDisplaced(Happened):
    """It stands elsewhere because its stage went; nobody has touched the card. (K7, K10)"""

    kind: ClassVar[str] = "card.displaced"
    entity: ClassVar[str] = "card"
    sentence: ClassVar[str] = N_("{from_stage} → {to_stage}: the stage was removed")
    touches: ClassVar[bool] = False
    from_stage: str
    to_stage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardOrdered(Happened):
    kind: ClassVar[str] = "card.ordered"
    entity: ClassVar[str] = "card"
    sentence: ClassVar[str] = N_("Another place in {stage}")
    touches: ClassVar[bool] = False
    stage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardHandedOver(Happened):
    kind: ClassVar[str] = "card.handed_over"
    entity: ClassVar[str] = "card"
    sentence: ClassVar[str] = N_("Handed over to {to}")
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardWon(Happened):
    kind: ClassVar[str] = "card.won"
    entity: ClassVar[str] = "card"
    sentence: ClassVar[str] = N_("Won")
    from_stage_id: int | None = None
    to_stage_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CardLost(Happened):
    kind: ClassVar[str] = "card.lost"
    entity: ClassVar[str] = "card"
    sentence: ClassVar[str] = N_("Lost: {why}")
    why: str
    from_stage_id: int | None = None
    to_stage_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CardReopened(Happened):
    """`mode` is one of `domain.board.ReopenMode`, put into words where it is shown; `why` the reason. (E62, B57)"""

    kind: ClassVar[str] = "card.reopened"
    entity: ClassVar[str] = "card"
    sentence: ClassVar[str] = N_("Reopened {mode}: {why}")
    mode: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardReclosed(Happened):
    """A reopened card is closed again; beside the event that says how. (E62)"""

    kind: ClassVar[str] = "card.reclosed"
    entity: ClassVar[str] = "card"
    sentence: ClassVar[str] = N_("Closed again, its closing date is {closed_on}")
    mode: str
    closed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CardArchived(Happened):
    kind: ClassVar[str] = "card.archived"
    entity: ClassVar[str] = "card"
    sentence: ClassVar[str] = N_("Card archived")
    touches: ClassVar[bool] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CardUnarchived(Happened):
    kind: ClassVar[str] = "card.unarchived"
    entity: ClassVar[str] = "card"
    sentence: ClassVar[str] = N_("Card back from the archive")


@dataclass(frozen=True, slots=True, kw_only=True)
class CardDeleted(Happened):
    kind: ClassVar[str] = "card.deleted"
    entity: ClassVar[str] = "card"
    sentence: ClassVar[str] = N_("Card {number} deleted")
    touches: ClassVar[bool] = False
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardCopied(Happened):
    kind: ClassVar[str] = "card.copied"
    entity: ClassVar[str] = "card"
    sentence: ClassVar[str] = N_("Copied from {number}")
    number: str


class CardFilled(Named):
    kind = "card.filled"
    entity = "card"
    sentence = N_("Begun from the base card {name}")
