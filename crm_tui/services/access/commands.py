"""What may be asked about users."""

from __future__ import annotations

from typing import ClassVar

from crm_tui.domain.fields import Widget
from crm_tui.i18n import N_
from crm_tui.services.access.company_commands import EditCompany
from crm_tui.services.access.profile_commands import (
    AddProfile,
    DeactivateProfile,
    EditProfile,
    ReactivateProfile,
)
from crm_tui.services.access.team_commands import AddTeam, DeactivateTeam, EditTeam, ReactivateTeam
from crm_tui.services.core.commands import Command, ask, seen_version

__all__ = [
    "AddProfile",
    "AddTeam",
    "AddUser",
    "ClearPin",
    "DeactivateProfile",
    "DeactivateTeam",
    "DeactivateUser",
    "EditCompany",
    "EditProfile",
    "EditTeam",
    "EditUser",
    "ReactivateProfile",
    "ReactivateTeam",
    "ReactivateUser",
    "SetPin",
]

CALENDAR_OF_TEAM = N_("empty: the team's, or the default")
LOCALES = (("pt-BR", N_("Portuguese")), ("en", N_("English")))


class AddUser(Command):
    """A new operator; the login is the one of the operating system or of the SSH key. (M43, M44)"""

    permission: ClassVar[str] = "user.manage"
    title: ClassVar[str] = N_("New user")

    login: str = ask(N_("Login"), max_length=32)
    name: str = ask(N_("Name"), max_length=120)
    profile: int = ask(N_("Profile"), pick="profiles")
    team: int | None = ask(N_("Team"), default=None, pick="teams")
    calendar: int | None = ask(N_("Calendar"), default=None, pick="calendars", help=CALENDAR_OF_TEAM)
    email: str = ask(N_("E-mail"), default="")
    locale: str = ask(N_("Language"), default="pt-BR", choices=LOCALES)
    timezone: str = ask(N_("Time zone"), default="America/Sao_Paulo", max_length=64)


class EditUser(Command):
    """Change an operator."""

    permission: ClassVar[str] = "user.manage"
    title: ClassVar[str] = N_("Edit user")

    user: int = ask(N_("User"), pick="users", hidden=True)
    name: str = ask(N_("Name"), default="", max_length=120)
    profile: int | None = ask(N_("Profile"), default=None, pick="profiles")
    team: int | None = ask(N_("Team"), default=None, pick="teams")
    calendar: int | None = ask(N_("Calendar"), default=None, pick="calendars", help=CALENDAR_OF_TEAM)
    email: str = ask(N_("E-mail"), default="")
    locale: str = ask(N_("Language"), default="pt-BR", choices=LOCALES)
    timezone: str = ask(N_("Time zone"), default="", max_length=64)
    version: int | None = seen_version()


class SetPin(Command):
    """One's own PIN, by which one approves on the spot what a colleague may not do. (B56)"""

    permission: ClassVar[str] = "user.pin"
    title: ClassVar[str] = N_("Set my PIN")
    undoable: ClassVar[bool] = False

    current: str = ask(N_("Current PIN"), default="", widget=Widget.SECRET, max_length=64)
    pin: str = ask(N_("New PIN"), widget=Widget.SECRET, max_length=64, help=N_("4 to 12 digits"))
    again: str = ask(N_("Once more"), widget=Widget.SECRET, max_length=64)


class ClearPin(Command):
    """Take a colleague's PIN away: forgotten, or locked. They set another one themselves. (B56)"""

    permission: ClassVar[str] = "user.manage"
    title: ClassVar[str] = N_("Clear PIN")
    undoable: ClassVar[bool] = False

    user: int = ask(N_("User"), pick="users", hidden=True)


class DeactivateUser(Command):
    """Take an operator's access away; cards and history keep the name."""

    permission: ClassVar[str] = "user.manage"
    title: ClassVar[str] = N_("Deactivate user")

    user: int = ask(N_("User"), pick="users", hidden=True)
    version: int | None = seen_version()


class ReactivateUser(Command):
    """Give an operator access again."""

    permission: ClassVar[str] = "user.manage"
    title: ClassVar[str] = N_("Reactivate user")

    user: int = ask(N_("User"), pick="inactive_users")
    version: int | None = seen_version()
