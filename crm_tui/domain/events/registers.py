"""What happens to the registers by which an action is told: actions, results, their details, mediums."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crm_tui.domain.happened import Happened
from crm_tui.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionAdded(Happened):
    kind: ClassVar[str] = "action.added"
    entity: ClassVar[str] = "action"
    sentence: ClassVar[str] = N_("Action {name} added")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionEdited(Happened):
    kind: ClassVar[str] = "action.edited"
    entity: ClassVar[str] = "action"
    sentence: ClassVar[str] = N_("Action {name} changed")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionDeactivated(Happened):
    kind: ClassVar[str] = "action.deactivated"
    entity: ClassVar[str] = "action"
    sentence: ClassVar[str] = N_("Action {name} taken out of use")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionReactivated(Happened):
    kind: ClassVar[str] = "action.reactivated"
    entity: ClassVar[str] = "action"
    sentence: ClassVar[str] = N_("Action {name} back in use")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultAdded(Happened):
    kind: ClassVar[str] = "result.added"
    entity: ClassVar[str] = "result"
    sentence: ClassVar[str] = N_("Result {name} added")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultEdited(Happened):
    kind: ClassVar[str] = "result.edited"
    entity: ClassVar[str] = "result"
    sentence: ClassVar[str] = N_("Result {name} changed")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultDeactivated(Happened):
    kind: ClassVar[str] = "result.deactivated"
    entity: ClassVar[str] = "result"
    sentence: ClassVar[str] = N_("Result {name} taken out of use")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultReactivated(Happened):
    kind: ClassVar[str] = "result.reactivated"
    entity: ClassVar[str] = "result"
    sentence: ClassVar[str] = N_("Result {name} back in use")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultDetailAdded(Happened):
    kind: ClassVar[str] = "result_detail.added"
    entity: ClassVar[str] = "result_detail"
    sentence: ClassVar[str] = N_("Detail {name} added")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultDetailEdited(Happened):
    kind: ClassVar[str] = "result_detail.edited"
    entity: ClassVar[str] = "result_detail"
    sentence: ClassVar[str] = N_("Detail {name} changed")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultDetailDeactivated(Happened):
    kind: ClassVar[str] = "result_detail.deactivated"
    entity: ClassVar[str] = "result_detail"
    sentence: ClassVar[str] = N_("Detail {name} taken out of use")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultDetailReactivated(Happened):
    kind: ClassVar[str] = "result_detail.reactivated"
    entity: ClassVar[str] = "result_detail"
    sentence: ClassVar[str] = N_("Detail {name} back in use")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MediumAdded(Happened):
    kind: ClassVar[str] = "medium.added"
    entity: ClassVar[str] = "medium"
    sentence: ClassVar[str] = N_("Medium {name} added")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MediumEdited(Happened):
    kind: ClassVar[str] = "medium.edited"
    entity: ClassVar[str] = "medium"
    sentence: ClassVar[str] = N_("Medium {name} changed")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MediumDeactivated(Happened):
    kind: ClassVar[str] = "medium.deactivated"
    entity: ClassVar[str] = "medium"
    sentence: ClassVar[str] = N_("Medium {name} taken out of use")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MediumReactivated(Happened):
    kind: ClassVar[str] = "medium.reactivated"
    entity: ClassVar[str] = "medium"
    sentence: ClassVar[str] = N_("Medium {name} back in use")
    name: str
