"""How users are added, changed, and taken off."""

from __future__ import annotations

import re
from typing import Any

from crm_tui.domain import identity
from crm_tui.domain.events.access import UserAdded, UserDeactivated, UserEdited, UserReactivated
from crm_tui.domain.outcome import RefusedBy
from crm_tui.domain.text import one_line
from crm_tui.i18n import N_
from crm_tui.services.access import company, pins, profiles, teams
from crm_tui.services.access.commands import AddUser, DeactivateUser, EditUser, ReactivateUser
from crm_tui.services.core import zones
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made, Refused, refuse
from crm_tui.services.core.merge import check_version
from crm_tui.store.rows import Row
from crm_tui.store.tables import Profile, Team, User

_LOGIN = re.compile(r"[a-z_][a-z0-9._-]{0,31}")
_ADMINS = """
SELECT count(*) FROM "user" u JOIN profile p ON p.id = u.profile_id
WHERE p.is_admin = 1 AND u.active = 1 AND u.id <> :user_id
"""


def _mail(text: str) -> str | None:
    if not text:
        return None
    found = identity.email(text)
    if found is None:
        raise refuse(
            N_("“{email}” is no e-mail address: name@company.com."),
            by=RefusedBy.INPUT,
            fields=("email",),
            email=text,
        )
    return found


def _name(text: str) -> str:
    clean = one_line(text)
    if not clean:
        raise refuse(N_("The name is missing: write it."), by=RefusedBy.INPUT, fields=("name",))
    return clean


def _add(ctx: Context, command: AddUser) -> Made:
    login = command.login.lower()
    if not _LOGIN.fullmatch(login):
        raise refuse(
            N_("A login has lower-case letters, digits, dots and hyphens and begins with a letter."),
            by=RefusedBy.INPUT,
            fields=("login",),
        )
    if ctx.one('SELECT 1 FROM "user" WHERE login = :login', login=login):
        raise refuse(N_("There is already a user {login}."), fields=("login",), login=login)
    profiles.given(ctx, command.profile)
    if command.team is not None:
        ctx.row(Team, command.team, "team")
    user_id = ctx.rows.insert(
        User,
        login=login,
        name=_name(command.name),
        profile_id=command.profile,
        team_id=command.team,
        email=_mail(command.email),
        locale=command.locale,
        timezone=zones.required(command.timezone),
        calendar_id=teams.calendar(ctx, command.calendar),
    )
    ctx.emit(UserAdded(entity_id=user_id, login=login))
    return Made("user", user_id, login)


def _edit(ctx: Context, command: EditUser) -> Made:
    user = ctx.row(User, command.user, "user")
    given = command.model_fields_set
    columns: dict[str, Any] = {}
    if "name" in given:
        columns["name"] = _name(command.name)
    if "profile" in given and command.profile is not None:
        columns["profile_id"] = command.profile
        if command.profile != user["profile_id"]:
            profile = profiles.given(ctx, command.profile)
            _outranked(ctx, user)
            _keep_an_admin(ctx, command.user, bool(profile["is_admin"]))
    if "team" in given:
        columns["team_id"] = command.team
    if "email" in given:
        columns["email"] = _mail(command.email)
    if "locale" in given:
        columns["locale"] = command.locale
    if "timezone" in given:
        columns["timezone"] = zones.required(command.timezone)
    if "calendar" in given:
        columns["calendar_id"] = teams.calendar(ctx, command.calendar)
    fields = {"profile_id": "profile", "team_id": "team", "calendar_id": "calendar"}
    check_version(ctx, User, command.user, command.version, columns, fields)
    if "team_id" in columns and columns["team_id"] is not None:
        ctx.row(Team, columns["team_id"], "team")
    if ctx.rows.update(User, command.user, **columns):
        ctx.emit(UserEdited(entity_id=command.user, login=user["login"]))
    return Made("user", command.user, user["login"])


def _keep_an_admin(ctx: Context, user_id: int, stays_admin: bool) -> None:
    others = ctx.one(_ADMINS, user_id=user_id)
    if not stays_admin and others is not None and others[0] == 0:
        raise refuse(N_("This is the last administrator: make somebody else one first."))


def _outranked(ctx: Context, user: Row) -> None:
    """Nobody takes the place of somebody who may do more than they."""
    refusal = profiles.too_much(ctx, ctx.row(Profile, user["profile_id"], "profile"))
    if refusal is not None:
        raise Refused(refusal)


def _deactivate(ctx: Context, command: DeactivateUser) -> Made:
    user = ctx.row(User, command.user, "user")
    _outranked(ctx, user)
    _keep_an_admin(ctx, command.user, False)
    check_version(ctx, User, command.user, command.version, {"active": False})
    if ctx.rows.update(User, command.user, active=False):
        ctx.emit(UserDeactivated(entity_id=command.user, login=user["login"]))
    return Made("user", command.user, user["login"])


def _reactivate(ctx: Context, command: ReactivateUser) -> Made:
    user = ctx.row(User, command.user, "user")
    if not user["active"]:
        profiles.given(ctx, user["profile_id"])
    check_version(ctx, User, command.user, command.version, {"active": True})
    if ctx.rows.update(User, command.user, active=True):
        ctx.emit(UserReactivated(entity_id=command.user, login=user["login"]))
    return Made("user", command.user, user["login"])


def _any(_ctx: Context, _command: Command) -> int | None:
    return None


AFTER_UNDO = (*profiles.AFTER_UNDO, *teams.AFTER_UNDO)
HANDLERS: dict[type[Command], Handler[Any]] = {
    AddUser: Handler(_add, owner=_any),
    EditUser: Handler(_edit, owner=_any),
    DeactivateUser: Handler(_deactivate, owner=_any),
    ReactivateUser: Handler(_reactivate, owner=_any),
    **company.HANDLERS,
    **pins.HANDLERS,
    **profiles.HANDLERS,
    **teams.HANDLERS,
}
