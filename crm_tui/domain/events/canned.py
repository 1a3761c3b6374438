"""What happens to the standard texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crm_tui.domain.happened import Happened
from crm_tui.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardTextAdded(Happened):
    kind: ClassVar[str] = "standard_text.added"
    entity: ClassVar[str] = "standard_text"
    sentence: ClassVar[str] = N_("Standard text {name} added")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardTextEdited(Happened):
    kind: ClassVar[str] = "standard_text.edited"
    entity: ClassVar[str] = "standard_text"
    sentence: ClassVar[str] = N_("Standard text {name} changed")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardTextDeactivated(Happened):
    kind: ClassVar[str] = "standard_text.deactivated"
    entity: ClassVar[str] = "standard_text"
    sentence: ClassVar[str] = N_("Standard text {name} taken out of use")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardTextReactivated(Happened):
    kind: ClassVar[str] = "standard_text.reactivated"
    entity: ClassVar[str] = "standard_text"
    sentence: ClassVar[str] = N_("Standard text {name} back in use")
    name: str
