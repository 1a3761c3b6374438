"""What happens to saved views."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crm_tui.domain.happened import Happened
from crm_tui.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterSaved(Happened):
    kind: ClassVar[str] = "filter.saved"
    entity: ClassVar[str] = "saved_filter"
    sentence: ClassVar[str] = N_("View {name} saved")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterEdited(Happened):
    kind: ClassVar[str] = "filter.edited"
    entity: ClassVar[str] = "saved_filter"
    sentence: ClassVar[str] = N_("View {name} changed")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterDeleted(Happened):
    kind: ClassVar[str] = "filter.deleted"
    entity: ClassVar[str] = "saved_filter"
    sentence: ClassVar[str] = N_("View {name} deleted")
    name: str
