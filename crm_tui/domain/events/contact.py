"""What happens between people and the organisations for which they speak. (T37)"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crm_tui.domain.happened import Happened
from crm_tui.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactAdded(Happened):
    """Told of the person, whose record says whether one may know; the organisation's story finds it by the relation."""

    kind: ClassVar[str] = "contact.added"
    entity: ClassVar[str] = "party_relation"
    sentence: ClassVar[str] = N_("{name} is a contact of {organisation} now")
    name: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactEdited(Happened):
    kind: ClassVar[str] = "contact.edited"
    entity: ClassVar[str] = "party_relation"
    sentence: ClassVar[str] = N_("Role of {name} at {organisation} changed")
    name: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactChosen(Happened):
    kind: ClassVar[str] = "contact.chosen"
    entity: ClassVar[str] = "party_relation"
    sentence: ClassVar[str] = N_("{name} is the main contact of {organisation} now")
    name: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactEnded(Happened):
    kind: ClassVar[str] = "contact.ended"
    entity: ClassVar[str] = "party_relation"
    sentence: ClassVar[str] = N_("{name} is no contact of {organisation} any more")
    name: str
    organisation: str
