"""What happens to users."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crm_tui.domain.happened import Happened, Named
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


class TeamAdded(Named):
    kind = "team.added"
    entity = "team"
    sentence = N_("Team {name} added")


class TeamEdited(Named):
    kind = "team.edited"
    entity = "team"
    sentence = N_("Team {name} changed")


class TeamDeactivated(Named):
    kind = "team.deactivated"
    entity = "team"
    sentence = N_("Team {name} taken out of use")


class TeamReactivated(Named):
    kind = "team.reactivated"
    entity = "team"
    sentence = N_("Team {name} back in use")


class ProfileAdded(Named):
    kind = "profile.added"
    entity = "profile"
    sentence = N_("Profile {name} added")


class ProfileEdited(Named):
    kind = "profile.edited"
    entity = "profile"
    sentence = N_("Profile is called {name} now")


@dataclass(frozen=True, slots=True, kw_only=True)
class PermissionSet(Happened):
    """How far one permission of a profile reaches now; the words are ours."""

    kind: ClassVar[str] = "profile.permission_set"
    entity: ClassVar[str] = "profile"
    sentence: ClassVar[str] = N_("Profile {name}: “{what_word}” from {before_word} to {after_word}")
    name: str
    what_word: str
    before_word: str
    after_word: str


class ProfileDeactivated(Named):
    kind = "profile.deactivated"
    entity = "profile"
    sentence = N_("Profile {name} taken out of use")


class ProfileReactivated(Named):
    kind = "profile.reactivated"
    entity = "profile"
    sentence = N_("Profile {name} back in use")


class CompanyChanged(Named):
    kind = "company.changed"
    entity = "setting"
    sentence = N_("Company changed: {name}")
