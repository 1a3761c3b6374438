"""What may be read of users, profiles and teams."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from crm_tui.domain.access import TEAM_KIND_NAMES, Company, TeamKind, UserRow
from crm_tui.domain.fields import Option
from crm_tui.domain.register import Register, RegisterRow, Section
from crm_tui.i18n import N_, Text, text_n
from crm_tui.services.core.reading import Reading, view
from crm_tui.services.core.scope import matching
from crm_tui.store.queries import access as queries

BRANCH = "·"
"""Before a team, once for each above it."""


@view("user.read")
def users(reading: Reading, active: bool = True) -> list[UserRow]:
    """Every operator (the inactive ones too if `active` is false), by name."""
    rows = reading.connection.execute(queries.USERS, {"active": int(active)}).fetchall()
    found = ((*row[:10], bool(row[10]), *row[11:]) for row in rows)
    return [UserRow(*columns) for columns in found]


@view("user.pin")
def has_pin(reading: Reading) -> bool:
    """Whether who asks has a PIN."""
    found = reading.connection.execute(queries.HAS_PIN, {"id": reading.viewer.user_id}).fetchone()
    return found is not None and bool(found[0])


@view("card.read")
def company(reading: Reading) -> Company:
    """Whose database it is; empty where nobody said."""
    row = reading.connection.execute(queries.COMPANY).fetchone()
    return Company() if row is None else Company(**json.loads(row[1]), version=row[2])


@view("user.read")
def pick_user(reading: Reading, text: str) -> list[Option]:
    """The picker of active operators."""
    return matching([Option(u.id, u.name, u.login, u.login) for u in users(reading)], text)


@view("user.read")
def pick_inactive(reading: Reading, text: str) -> list[Option]:
    """The picker of operators without access."""
    found = [Option(u.id, u.name, u.login, u.login) for u in users(reading, False) if not u.active]
    return matching(found, text)


@view("user.read")
def pick_profile(reading: Reading, text: str) -> list[Option]:
    """The picker of profiles."""
    rows = reading.connection.execute(queries.PROFILES).fetchall()
    return matching([Option(i, name, "", name) for i, name in rows], text)


@view("user.read")
def pick_team(reading: Reading, text: str) -> list[Option]:
    """The picker of teams."""
    rows = reading.connection.execute(queries.TEAMS).fetchall()
    return matching([Option(i, name, "", name) for i, name in rows], text)


@view("user.read")
def pick_every_team(reading: Reading, text: str) -> list[Option]:
    """The picker of all teams, those out of use among them."""
    rows = reading.connection.execute(queries.EVERY_TEAM).fetchall()
    return matching([Option(row[0], row[2], "", row[2]) for row in rows], text)


@view("user.read")
def team_register(reading: Reading) -> list[RegisterRow]:
    """The teams and responsibility centres as the tree that they are, those out of use in their places. (B49, M31)"""
    rows = reading.connection.execute(queries.EVERY_TEAM).fetchall()
    below: dict[int | None, list[tuple[Any, ...]]] = {}
    for row in rows:
        below.setdefault(row[4], []).append(row)
    return [_team(row, depth) for row, depth in _down(below, None, 0)]


def _down(
    below: Mapping[int | None, list[tuple[Any, ...]]], above: int | None, depth: int
) -> Iterator[tuple[tuple[Any, ...], int]]:
    """The teams below one with how deep they are, each before those below it."""
    for row in below.get(above, []):
        yield row, depth
        yield from _down(below, row[0], depth + 1)


def _team(row: tuple[Any, ...], depth: int) -> RegisterRow:
    i, version, name, kind, parent_id, parent, manager_id, manager, active, people, calendar_id, calendar = (
        row
    )
    return RegisterRow(
        i,
        version,
        name,
        (
            f"{BRANCH * depth} {name}" if depth else name,
            Text(TEAM_KIND_NAMES[TeamKind(kind)]),
            parent or "",
            manager or "",
            text_n("{n} person", "{n} people", people) if people else "",
            calendar or "",
            "" if active else Text(N_("out of use")),
        ),
        {"name": name, "kind": kind, "parent": _picked(parent_id), "manager": _picked(manager_id)}
        | {"calendar": _picked(calendar_id)},
        {"parent": parent or "", "manager": manager or "", "calendar": calendar or ""},
        active=bool(active),
        belongs={} if calendar_id is None else {"calendar": calendar_id},
    )


def _picked(row_id: int | None) -> str:
    return "" if row_id is None else f"#{row_id}"


@view("user.read")
def register(reading: Reading) -> list[RegisterRow]:
    """Every operator, those without access last."""
    return [_registered(user) for user in users(reading, False)]


def _registered(user: UserRow) -> RegisterRow:
    return RegisterRow(
        user.id,
        user.version,
        user.name,
        (
            user.login,
            user.name,
            user.profile,
            user.team or "",
            user.calendar or "",
            "" if user.active else Text(N_("no access")),
        ),
        {
            "name": user.name,
            "profile": f"#{user.profile_id}",
            "team": _picked(user.team_id),
            "calendar": _picked(user.calendar_id),
            "email": user.email or "",
            "locale": user.locale,
            "timezone": user.timezone,
        },
        {"profile": user.profile, "team": user.team or "", "calendar": user.calendar or ""},
        {"locale": user.locale, "timezone": user.timezone},
        user.active,
        belongs={"user": user.id, "profile": user.profile_id}
        | ({} if user.team_id is None else {"team": user.team_id})
        | ({} if user.calendar_id is None else {"calendar": user.calendar_id}),
    )


REGISTERS = (
    Register(
        "users",
        "user",
        N_("Users"),
        N_(
            "Who works here. The login is the one of the machine or of the SSH key; o leads to the boards of one, and "
            "to when they are away."
        ),
        (N_("Login"), N_("Name"), N_("Profile"), N_("Team"), N_("Calendar"), N_("Access")),
        register,
        create="add_user",
        edit="edit_user",
        off="deactivate_user",
        on="reactivate_user",
        related=((N_("_Boards"), "members", "user"), (N_("_Leave"), "leaves", "user")),
        opens=((N_("_Clear PIN…"), "clear_pin"),),
        section=Section.PEOPLE,
        place=1,
    ),
    Register(
        "teams",
        "team",
        N_("Teams"),
        N_(
            "Teams and responsibility centres: who is in which is set under Users; answers of stages lead to them."
        ),
        (N_("Team"), N_("Kind"), N_("Part of"), N_("Led by"), N_("People"), N_("Calendar"), N_("Use")),
        team_register,
        create="add_team",
        edit="edit_team",
        off="deactivate_team",
        on="reactivate_team",
        related=((N_("_Users"), "users", "team"),),
        section=Section.PEOPLE,
        place=3,
    ),
)
PICKERS = {
    "users": pick_user,
    "inactive_users": pick_inactive,
    "profiles": pick_profile,
    "teams": pick_team,
    "every_team": pick_every_team,
}
