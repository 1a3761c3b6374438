"""What happens to users."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crm_tui.domain.happened import Happened
from crm_tui.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class UserAdded(Happened):
    kind: ClassVar[str] = "user.added"
    entity: ClassVar[str] = "user"
    sentence: ClassVar[str] = N_("User {login} added")
    login: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UserEdited(Happened):
    kind: ClassVar[str] = "user.edited"
    entity: ClassVar[str] = "user"
    sentence: ClassVar[str] = N_("User {login} changed")
    login: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UserDeactivated(Happened):
    kind: ClassVar[str] = "user.deactivated"
    entity: ClassVar[str] = "user"
    sentence: ClassVar[str] = N_("User {login} deactivated")
    login: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PinSet(Happened):
    """That there is another PIN; nothing of it is in the trail, so that nothing can be put back."""

    kind: ClassVar[str] = "user.pin_set"
    entity: ClassVar[str] = "user"
    sentence: ClassVar[str] = N_("PIN of {login} set")
    undoable: ClassVar[bool] = False
    login: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PinCleared(Happened):
    kind: ClassVar[str] = "user.pin_cleared"
    entity: ClassVar[str] = "user"
    sentence: ClassVar[str] = N_("PIN of {login} cleared")
    undoable: ClassVar[bool] = False
    login: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UserReactivated(Happened):
    kind: ClassVar[str] = "user.reactivated"
    entity: ClassVar[str] = "user"
    sentence: ClassVar[str] = N_("User {login} reactivated")
    login: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamAdded(Happened):
    kind: ClassVar[str] = "team.added"
    entity: ClassVar[str] = "team"
    sentence: ClassVar[str] = N_("Team {name} added")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamEdited(Happened):
    kind: ClassVar[str] = "team.edited"
    entity: ClassVar[str] = "team"
    sentence: ClassVar[str] = N_("Team {name} changed")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamDeactivated(Happened):
    kind: ClassVar[str] = "team.deactivated"
    entity: ClassVar[str] = "team"
    sentence: ClassVar[str] = N_("Team {name} taken out of use")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamReactivated(Happened):
    kind: ClassVar[str] = "team.reactivated"
    entity: ClassVar[str] = "team"
    sentence: ClassVar[str] = N_("Team {name} back in use")
    name: str
