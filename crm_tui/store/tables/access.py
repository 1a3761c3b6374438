"""Who may do what: users, teams, profiles and their permission keys."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from crm_tui.domain.access import Scope, TeamKind
from crm_tui.store.shapes import Undo
from crm_tui.store.tables.base import added, instant, one_of, pk, ref, table_args, version, whole


class Profile(SQLModel, table=True):
    """An access profile; `is_admin` may do everything. Out of use it is given to nobody. (M111)"""

    __table_args__ = table_args(sa.UniqueConstraint("name"))
    id: int | None = pk()
    name: str
    is_admin: bool = False
    version: int = version()
    active: bool = added(True)


class ProfilePermission(SQLModel, table=True):
    """A permission key of a profile with its scope; no row means none."""

    __tablename__ = "profile_permission"
    __table_args__ = table_args(sa.UniqueConstraint("profile_id", "key"), one_of("scope", Scope))
    id: int | None = pk()
    profile_id: int = ref("profile.id", nullable=False)
    key: str
    scope: str


class Team(SQLModel, table=True):
    """A node of the one tree that routes, shows and carries calendars."""

    __table_args__ = table_args(one_of("kind", TeamKind))
    id: int | None = pk()
    name: str
    kind: str = TeamKind.SALES
    parent_id: int | None = ref("team.id", index=True)
    manager_id: int | None = ref("user.id")
    version: int = version()
    active: bool = added(True)
    calendar_id: int | None = ref("work_calendar.id")


class User(SQLModel, table=True):
    """An operator. `timezone` is the IANA name in which dates are asked; `locale` `pt-BR` or `en`.

    `pin_hash`: the scrypt hash by which a supervisor approves on the spot; with the wrong tries since the last right
    one it is never in the trail. (B56)
    """

    __tablename__ = "user"
    __table_args__ = table_args(
        sa.UniqueConstraint("login"),
        whole("pin_tries"),
        derived=("presence_at", "pin_hash", "pin_tries", "pin_locked_until"),
        secret=("pin_hash", "pin_tries", "pin_locked_until"),
    )
    id: int | None = pk()
    login: str
    name: str
    email: str | None = None
    profile_id: int = ref("profile.id", nullable=False)
    team_id: int | None = ref("team.id", index=True)
    calendar_id: int | None = ref("work_calendar.id")
    locale: str = "pt-BR"
    timezone: str = "America/Sao_Paulo"
    present: bool = False
    presence_at: datetime | None = instant()
    active: bool = True
    version: int = version()
    pin_hash: str | None = None
    pin_tries: int = added(0)
    pin_locked_until: datetime | None = instant()


class SupervisorOverride(SQLModel, table=True):
    """One deed that somebody else approved on the spot, for whom and why. Never undone: it was given. (B56)"""

    __tablename__ = "supervisor_override"
    __table_args__ = table_args(
        sa.Index("ix_supervisor_override_entity", "entity", "entity_id"), undo=Undo.FINAL
    )
    id: int | None = pk()
    permission_key: str
    entity: str
    entity_id: int
    requested_by_id: int = ref("user.id", nullable=False)
    approved_by_id: int = ref("user.id", nullable=False)
    reason: str
    at: datetime = instant(nullable=False)


class Setting(SQLModel, table=True):
    """A setting of the whole base: JSON text under a key."""

    __table_args__ = table_args()
    id: int | None = pk()
    key: str = Field(unique=True)
    value: str
    version: int = version()
