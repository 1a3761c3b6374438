"""What happens to people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crm_tui.domain.happened import Happened, Named
from crm_tui.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyAdded(Happened):
    kind: ClassVar[str] = "party.added"
    entity: ClassVar[str] = "party"
    sentence: ClassVar[str] = N_("{name} added")
    name: str
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyEdited(Happened):
    kind: ClassVar[str] = "party.edited"
    entity: ClassVar[str] = "party"
    sentence: ClassVar[str] = N_("{name} changed")
    name: str
    source: str | None = None


class PartyWon(Named):
    kind = "party.won"
    entity = "party"
    sentence = N_("{name} is a customer now")
    touches = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyUnwon(Happened):
    """The sale by which a person became a customer is undone. (E58)"""

    kind: ClassVar[str] = "party.unwon"
    entity: ClassVar[str] = "party"
    sentence: ClassVar[str] = N_("{name} is no customer by this sale any more")
    touches: ClassVar[bool] = False
    name: str


class PartyDeleted(Named):
    kind = "party.deleted"
    entity = "party"
    sentence = N_("{name} deleted")
    touches = False
