"""What happens to the reasons for which cards are lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crm_tui.domain.happened import Happened
from crm_tui.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class LossReasonAdded(Happened):
    kind: ClassVar[str] = "loss_reason.added"
    entity: ClassVar[str] = "loss_reason"
    sentence: ClassVar[str] = N_("Loss reason {name} added")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LossReasonEdited(Happened):
    kind: ClassVar[str] = "loss_reason.edited"
    entity: ClassVar[str] = "loss_reason"
    sentence: ClassVar[str] = N_("Loss reason {name} changed")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LossReasonDeactivated(Happened):
    kind: ClassVar[str] = "loss_reason.deactivated"
    entity: ClassVar[str] = "loss_reason"
    sentence: ClassVar[str] = N_("Loss reason {name} taken out of use")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LossReasonReactivated(Happened):
    kind: ClassVar[str] = "loss_reason.reactivated"
    entity: ClassVar[str] = "loss_reason"
    sentence: ClassVar[str] = N_("Loss reason {name} back in use")
    name: str
