"""What happens to a card beyond its board: sent to another, converted, gone on as a new one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crm_tui.domain.happened import Happened
from crm_tui.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSent(Happened):
    kind: ClassVar[str] = "card.sent"
    entity: ClassVar[str] = "card"
    sentence: ClassVar[str] = N_("{from_board}, {from_stage} → {to_board}, {to_stage}")
    from_board: str
    from_stage: str
    to_board: str
    to_stage: str
    from_stage_id: int | None = None
    to_stage_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelsLeft(Happened):
    kind: ClassVar[str] = "card.labels_left"
    entity: ClassVar[str] = "card"
    sentence: ClassVar[str] = N_("Labels of {board} left behind: {names}")
    touches: ClassVar[bool] = False
    board: str
    names: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardConverted(Happened):
    kind: ClassVar[str] = "card.converted"
    entity: ClassVar[str] = "card"
    sentence: ClassVar[str] = N_("Converted to customer: {name}")
    name: str
    from_stage_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CardServed(Happened):
    kind: ClassVar[str] = "card.served"
    entity: ClassVar[str] = "card"
    sentence: ClassVar[str] = N_("Converted to a service: {number}")
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardWentOn(Happened):
    kind: ClassVar[str] = "card.went_on"
    entity: ClassVar[str] = "card"
    sentence: ClassVar[str] = N_("Goes on as {number}")
    touches: ClassVar[bool] = False
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardCameOf(Happened):
    kind: ClassVar[str] = "card.came_of"
    entity: ClassVar[str] = "card"
    sentence: ClassVar[str] = N_("Came of {number}")
    number: str
