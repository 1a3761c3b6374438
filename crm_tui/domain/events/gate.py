"""What happens to what stages ask for, and to the answers that lead on from them. They are told of the stage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crm_tui.domain.happened import Happened
from crm_tui.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class GateAdded(Happened):
    kind: ClassVar[str] = "gate.added"
    entity: ClassVar[str] = "stage"
    sentence: ClassVar[str] = N_("{stage} asks for {asked_word}")
    stage: str
    asked_word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GateSwitchedOn(Happened):
    kind: ClassVar[str] = "gate.on"
    entity: ClassVar[str] = "stage"
    sentence: ClassVar[str] = N_("{stage} asks for {asked_word} again")
    stage: str
    asked_word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GateSwitchedOff(Happened):
    kind: ClassVar[str] = "gate.off"
    entity: ClassVar[str] = "stage"
    sentence: ClassVar[str] = N_("{stage} no longer asks for {asked_word}")
    stage: str
    asked_word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GateRemoved(Happened):
    kind: ClassVar[str] = "gate.removed"
    entity: ClassVar[str] = "stage"
    sentence: ClassVar[str] = N_("Requirement taken off {stage}: {asked_word}")
    stage: str
    asked_word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GatesOrdered(Happened):
    kind: ClassVar[str] = "gate.ordered"
    entity: ClassVar[str] = "stage"
    sentence: ClassVar[str] = N_("What {stage} asks for in another order")
    stage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitionAdded(Happened):
    kind: ClassVar[str] = "transition.added"
    entity: ClassVar[str] = "stage"
    sentence: ClassVar[str] = N_("{stage} answered with {label} leads to {to}")
    stage: str
    label: str
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitionEdited(Happened):
    kind: ClassVar[str] = "transition.edited"
    entity: ClassVar[str] = "stage"
    sentence: ClassVar[str] = N_("Answer {label} of {stage} changed")
    stage: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitionRemoved(Happened):
    kind: ClassVar[str] = "transition.removed"
    entity: ClassVar[str] = "stage"
    sentence: ClassVar[str] = N_("Answer {label} taken off {stage}")
    stage: str
    label: str
