"""Who may do and see what: scopes, permission keys, and the viewer that every read is given.

Deny by default: no row means `none`. Asked inside the transaction by the door and in every query.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from crm_tui.i18n import N_


class Scope(StrEnum):
    """How far a permission reaches, against the row's owner (or assignee, or author)."""

    NONE = "none"
    OWN = "own"
    TEAM = "team"
    SUBTREE = "subtree"
    ALL = "all"


class TeamKind(StrEnum):
    """What a team is for. (MODEL.md §5.1)"""

    SALES = "sales"
    SUPPORT = "support"
    DIVISION = "division"
    RESPONSIBILITY_CENTER = "responsibility_center"


TEAM_KIND_NAMES: Final[Mapping[TeamKind, str]] = {
    TeamKind.SALES: N_("Sales team"),
    TeamKind.SUPPORT: N_("Support team"),
    TeamKind.DIVISION: N_("Division"),
    TeamKind.RESPONSIBILITY_CENTER: N_("Responsibility centre"),
}
"""What a kind of team is called, in forms and in lists."""


class BoardRight(StrEnum):
    """What a member may do on a board, each more than the one before; `OUT`: is no member. (MODEL.md §5.4)"""

    OUT = "out"
    VIEW = "view"
    ATTEND = "attend"
    MANAGE = "manage"


RIGHT_NAMES: Final[Mapping[BoardRight, str]] = {
    BoardRight.VIEW: N_("looks at it"),
    BoardRight.ATTEND: N_("works on it"),
    BoardRight.MANAGE: N_("runs it"),
    BoardRight.OUT: N_("out"),
}
"""What a right is called, in forms and in lists."""

SET_UP = "board.manage"
"""The key of everything that sets up a board: its stages, members, labels and base cards."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """The operator who acts or reads, with everything that decides what is allowed.

    `team_ids` are the users of the own team, `subtree_ids` those of it and all teams below (and of teams
    managed); both contain the operator. `grants` maps permission keys to scopes.

    Of boards: `hidden` are restricted ones of which the operator is no member, `unattended` those that may not be
    worked (the hidden ones among them), `run` those that may be set up by membership alone. (K5, K13)
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
    hidden: frozenset[int] = frozenset()
    unattended: frozenset[int] = frozenset()
    run: frozenset[int] = frozenset()

    def sees(self, board_id: int | None) -> bool:
        """Whether a board is no secret to this operator; what is on no board is none."""
        return board_id not in self.hidden

    def attends(self, board_id: int | None) -> bool:
        """Whether the cards of a board may be worked, as far as the profile goes."""
        return board_id not in self.unattended

    def sets_up(self, board_id: int) -> bool:
        """Whether a board may be set up: by the profile or as one of those who run it."""
        return self.sees(board_id) and (board_id in self.run or self.may(SET_UP, None))

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


class Company(NamedTuple):
    """Whose database it is; `document` without its mask, `logo` a drawing of signs in a few lines, `version` None where
    nobody said anything yet. (M105)"""

    name: str = ""
    legal_name: str = ""
    document: str = ""
    logo: str = ""
    version: int | None = None


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
    calendar_id: int | None = None
    calendar: str | None = None
