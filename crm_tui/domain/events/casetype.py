"""What happens to the service types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crm_tui.domain.happened import Happened
from crm_tui.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTypeAdded(Happened):
    kind: ClassVar[str] = "case_type.added"
    entity: ClassVar[str] = "case_type"
    sentence: ClassVar[str] = N_("Service type {name} added")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTypeEdited(Happened):
    kind: ClassVar[str] = "case_type.edited"
    entity: ClassVar[str] = "case_type"
    sentence: ClassVar[str] = N_("Service type {name} changed")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTypeDeactivated(Happened):
    kind: ClassVar[str] = "case_type.deactivated"
    entity: ClassVar[str] = "case_type"
    sentence: ClassVar[str] = N_("Service type {name} taken out of use")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTypeReactivated(Happened):
    kind: ClassVar[str] = "case_type.reactivated"
    entity: ClassVar[str] = "case_type"
    sentence: ClassVar[str] = N_("Service type {name} back in use")
    name: str
