"""What may be asked about teams, responsibility centres among them. (B49, M37)"""

from __future__ import annotations

from typing import ClassVar

from crm_tui.domain.access import TEAM_KIND_NAMES, TeamKind
from crm_tui.i18n import N_
from crm_tui.services.core.commands import Command, ask, choices, seen_version

_CALENDAR = N_("empty: that of the team above, or the default")


class AddTeam(Command):
    """A new team or responsibility centre: whoever leads it reads what its people and those of the teams below do."""

    permission: ClassVar[str] = "user.manage"
    title: ClassVar[str] = N_("New team")

    name: str = ask(N_("Name"), max_length=60)
    kind: TeamKind = ask(N_("Kind"), default=TeamKind.SALES, choices=choices(TEAM_KIND_NAMES))
    parent: int | None = ask(N_("Part of"), default=None, pick="teams")
    manager: int | None = ask(N_("Led by"), default=None, pick="users")
    calendar: int | None = ask(N_("Calendar"), default=None, pick="calendars", help=_CALENDAR)


class EditTeam(Command):
    """Change a team; only what is given changes."""

    permission: ClassVar[str] = "user.manage"
    title: ClassVar[str] = N_("Edit team")

    team: int = ask(N_("Team"), pick="every_team", hidden=True)
    name: str = ask(N_("Name"), default="", max_length=60)
    kind: TeamKind = ask(N_("Kind"), default=TeamKind.SALES, choices=choices(TEAM_KIND_NAMES))
    parent: int | None = ask(N_("Part of"), default=None, pick="teams")
    manager: int | None = ask(N_("Led by"), default=None, pick="users")
    calendar: int | None = ask(N_("Calendar"), default=None, pick="calendars", help=_CALENDAR)
    version: int | None = seen_version()


class DeactivateTeam(Command):
    """Take a team out of use, once nobody is in it; what it has had keeps its name."""

    permission: ClassVar[str] = "user.manage"
    title: ClassVar[str] = N_("Take team out of use")

    team: int = ask(N_("Team"), pick="every_team", hidden=True)


class ReactivateTeam(Command):
    """Offer a team again."""

    permission: ClassVar[str] = "user.manage"
    title: ClassVar[str] = N_("Put team back in use")

    team: int = ask(N_("Team"), pick="every_team", hidden=True)
