"""Who may do and see what: scopes, permission keys, and the viewer that every read is given.

Deny by default: no row means `none`. Asked inside the transaction by the door and in every query.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo


class Scope(StrEnum):
    """How far a permission reaches, against the row's owner (or assignee, or author)."""

    NONE = "none"
    OWN = "own"
    TEAM = "team"
    SUBTREE = "subtree"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Viewer:
    """The operator who acts or reads, with everything that decides what is allowed.

    `team_ids` are the users of the own team, `subtree_ids` those of it and all teams below (and of teams
    managed); both contain the operator. `grants` maps permission keys to scopes.
    """

    user_id: int
    login: str
    name: str
    is_admin: bool
    zone: ZoneInfo
    locale: str
    grants: Mapping[str, Scope] = field(default_factory=dict)
    team_ids: frozenset[int] = frozenset()
    subtree_ids: frozenset[int] = frozenset()

    def scope(self, key: str) -> Scope:
        """How far this operator's `key` reaches."""
        return Scope.ALL if self.is_admin else self.grants.get(key, Scope.NONE)

    def owners(self, key: str) -> frozenset[int] | None:
        """The owners whose rows `key` reaches; None means all rows, an empty set none."""
        match self.scope(key):
            case Scope.ALL:
                return None
            case Scope.SUBTREE:
                return self.subtree_ids | {self.user_id}
            case Scope.TEAM:
                return self.team_ids | {self.user_id}
            case Scope.OWN:
                return frozenset({self.user_id})
        return frozenset()

    def may(self, key: str, owner_id: int | None) -> bool:
        """Whether `key` reaches a row of this owner. A row that nobody owns is reached from TEAM upwards."""
        owners = self.owners(key)
        if owners is None:
            return True
        if owner_id is None:
            return self.scope(key) in (Scope.TEAM, Scope.SUBTREE)
        return owner_id in owners


ATTEND = "note.file"
"""Whoever may file a parecer may attend; only such an operator is given a card."""


def may_attend(viewer: Viewer) -> bool:
    """Whether this operator may work a card at all, their own at least."""
    return viewer.scope(ATTEND) is not Scope.NONE


class UserRow(NamedTuple):
    """An operator in a list; `timezone` is the IANA name."""

    id: int
    login: str
    name: str
    email: str | None
    profile_id: int
    profile: str
    team_id: int | None
    team: str | None
    locale: str
    timezone: str
    active: bool
    version: int
