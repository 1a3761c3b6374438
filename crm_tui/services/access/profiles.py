"""How profiles are set up, and who may give which: nobody gives, takes or changes more than they have. (M91, M111)"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from crm_tui.domain.access import Scope
from crm_tui.domain.events.access import (
    PermissionSet,
    ProfileAdded,
    ProfileDeactivated,
    ProfileEdited,
    ProfileReactivated,
)
from crm_tui.domain.outcome import Conflict, FieldConflict, Refusal, RefusedBy
from crm_tui.domain.permissions import BY_KEY, beyond
from crm_tui.i18n import N_, Text, text_n
from crm_tui.services.access.commands import (
    AddProfile,
    DeactivateProfile,
    EditProfile,
    ReactivateProfile,
)
from crm_tui.services.core import names
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Clashed, Context, Handler, Made, Refused, refuse
from crm_tui.services.core.merge import check_version
from crm_tui.services.core.undo import AfterUndo, Reversed
from crm_tui.services.core.use import Using
from crm_tui.store.queries.access import GRANTS
from crm_tui.store.rows import Row
from crm_tui.store.tables import Profile, ProfilePermission, User

_ROW_OF = "SELECT id FROM profile_permission WHERE profile_id = :profile_id AND key = :key"
_HAVE_IT = 'SELECT count(*) FROM "user" WHERE profile_id = :profile_id AND active = 1'
_SINCE = """
SELECT c.row_id, c.before, c.after, coalesce(u.login, ''), e.at
FROM event e JOIN change c ON c.event_id = e.id LEFT JOIN "user" u ON u.id = e.actor_id
WHERE c.table_name = 'profile_permission' AND e.id IN (SELECT x.event_id FROM change x
  WHERE x.table_name = 'profile' AND x.row_id = :profile_id AND x.row_version > :seen)
ORDER BY c.id
"""
_NO_ADMIN = """
SELECT 1 WHERE NOT EXISTS (
  SELECT 1 FROM "user" u JOIN profile p ON p.id = u.profile_id WHERE p.is_admin = 1 AND u.active = 1)
"""


def _made(profile_id: int) -> Made:
    return Made("profile", profile_id, f"profile:{profile_id}")


def grants(ctx: Context, profile_id: int) -> dict[str, Scope]:
    """What a profile allows, by permission key."""
    rows = ctx.connection.execute(GRANTS, {"profile_id": profile_id}).fetchall()
    return {key: Scope(scope) for key, scope in rows}


def too_much(ctx: Context, profile: Row, told: Mapping[str, Scope] | None = None) -> Refusal | None:
    """Why this operator may have nothing to do with a profile: it allows more than they may themselves."""
    held = grants(ctx, profile["id"]) if told is None else told
    key = beyond(ctx.viewer, held, admin=bool(profile["is_admin"]))
    if key is None:
        return None
    known = BY_KEY.get(key)
    return Refusal(
        Text(
            "{name} allows more than you may yourself ({what}): ask an administrator.",
            {"name": profile["name"], "what": key if known is None else Text(known.words)},
        ),
        RefusedBy.PERMISSION,
        ("profile",),
    )


def given(ctx: Context, profile_id: int) -> Row:
    """A profile that an operator may be given by whoever acts: one in use that allows no more than their own."""
    profile = ctx.row(Profile, profile_id, "profile")
    if not profile["active"]:
        raise refuse(N_("This profile is out of use: choose another."), fields=("profile",))
    _held(ctx, profile)
    return profile


def _held(ctx: Context, profile: Row, told: Mapping[str, Scope] | None = None) -> None:
    refusal = too_much(ctx, profile, told)
    if refusal is not None:
        raise Refused(refusal)


def _add(ctx: Context, command: AddProfile) -> Made:
    name = names.free(ctx, Profile, command.name)
    copied: dict[str, Scope] = {}
    if command.like is not None:
        like = given(ctx, command.like)
        copied = (
            {key: each.scopes[-1] for key, each in BY_KEY.items()}
            if like["is_admin"]
            else grants(ctx, like["id"])
        )
    profile_id = ctx.rows.insert(Profile, name=name)
    told = [{"profile_id": profile_id, "key": key, "scope": scope} for key, scope in copied.items()]
    ctx.rows.insert_many(ProfilePermission, told)
    ctx.emit(ProfileAdded(entity_id=profile_id, name=name))
    return _made(profile_id)


def _may_be_changed(ctx: Context, command: EditProfile) -> Refusal | None:
    profile = ctx.row(Profile, command.profile, "profile")
    if profile["is_admin"]:
        return Refusal(
            Text("This profile may do everything, and stays so: make another one, like a narrower one.")
        )
    return too_much(ctx, profile)


def _edit(ctx: Context, command: EditProfile) -> Made:
    profile = ctx.row(Profile, command.profile, "profile")
    wanted, held = command.wanted(), grants(ctx, command.profile)
    _fits(ctx, profile, wanted)
    columns: dict[str, Any] = {}
    if "name" in command.model_fields_set:
        columns["name"] = names.free(ctx, Profile, command.name, but=command.profile)
    changed = {k: scope for k, scope in wanted.items() if held.get(k, Scope.NONE) is not scope}
    check_version(ctx, Profile, command.profile, command.version, columns)
    _unchanged_since(ctx, command, wanted, held)
    if ctx.rows.update(Profile, command.profile, **columns):
        ctx.emit(ProfileEdited(entity_id=command.profile, name=str(columns["name"])))
    name = str(columns.get("name", profile["name"]))
    for key, scope in changed.items():
        _set(ctx, command.profile, key, scope)
        known = BY_KEY[key]
        ctx.emit(
            PermissionSet(
                entity_id=command.profile,
                name=name,
                what_word=known.words,
                before_word=known.said(held.get(key, Scope.NONE)),
                after_word=known.said(scope),
            )
        )
    return _made(command.profile)


def _fits(ctx: Context, profile: Row, wanted: Mapping[str, Scope]) -> None:
    for key, scope in wanted.items():
        known = BY_KEY[key]
        if scope not in known.scopes:
            raise refuse(
                N_("“{what}” does not reach that far: {value}."),
                by=RefusedBy.INPUT,
                fields=(known.field,),
                what=Text(known.words),
                value=scope.value,
            )
    key_beyond = beyond(ctx.viewer, wanted)
    if key_beyond is not None:
        known = BY_KEY[key_beyond]
        raise refuse(
            N_(
                "Nobody gives more than they have: “{what}” reaches further than yours. Ask an administrator."
            ),
            by=RefusedBy.PERMISSION,
            fields=(known.field,),
            what=Text(known.words),
        )


def _unchanged_since(
    ctx: Context, command: EditProfile, wanted: Mapping[str, Scope], held: Mapping[str, Scope]
) -> None:
    """Raise `Clashed` if a permission that is set was set otherwise since the version that was seen."""
    if command.version is None or ctx.row(Profile, command.profile)["version"] == command.version:
        return
    asked = {"profile_id": command.profile, "seen": command.version}
    base: dict[str, str] = {}
    who, at = "", None
    for row_id, before, after, login, when in ctx.connection.execute(_SINCE, asked).fetchall():
        images = json.loads(before or "{}"), json.loads(after or "{}")
        row = {**(ctx.rows.get(ProfilePermission, row_id) or {}), **images[1], **images[0]}
        key = row["key"]
        if row["profile_id"] != command.profile:  # an undo may be of several
            continue
        if wanted.get(key, held.get(key, Scope.NONE)) is not held.get(key, Scope.NONE):
            base.setdefault(key, images[0].get("scope", Scope.NONE))
            who, at = login, datetime.fromisoformat(when)
    if base:
        fields = (
            FieldConflict(BY_KEY[key].field, was, wanted[key], held.get(key, Scope.NONE))
            for key, was in base.items()
        )
        version = int(ctx.row(Profile, command.profile)["version"])
        raise Clashed(Conflict("profile", command.profile, version, who, at, tuple(fields)))


def _set(ctx: Context, profile_id: int, key: str, scope: Scope) -> None:
    """No row means none. The profile counts the change, so that an older sheet of it is told."""
    ctx.rows.raise_version(Profile, profile_id)
    found = ctx.one(_ROW_OF, profile_id=profile_id, key=key)
    if found is None:
        ctx.rows.insert(ProfilePermission, profile_id=profile_id, key=key, scope=scope)
    elif scope is Scope.NONE:
        ctx.rows.delete(ProfilePermission, found[0])
    else:
        ctx.rows.update(ProfilePermission, found[0], scope=scope)


def _is_had(ctx: Context, profile: Row) -> Refusal | None:
    if profile["is_admin"]:
        return Refusal(Text("Somebody must be able to do everything: this profile stays."))
    (people,) = ctx.one(_HAVE_IT, profile_id=profile["id"]) or (0,)
    if people:
        return Refusal(
            text_n(
                "{n} person has this profile: give them another one under Users first.",
                "{n} people have this profile: give them another one under Users first.",
                people,
            )
        )
    return too_much(ctx, profile)


def keep_the_reach(ctx: Context, done: list[Reversed]) -> None:
    """An undo gives nobody back more than whoever undoes has, and leaves an administrator. (M91)"""
    profiles = {each.row_id for each in done if each.table == "profile"}
    users = {each.row_id for each in done if each.table == "user"}
    entries = [each for each in done if each.table == "profile_permission"]
    if not (profiles or users or entries):
        return
    if not ctx.viewer.may("user.manage", None):
        raise refuse(
            N_("That changed who may do what: ask an administrator to undo it."), by=RefusedBy.PERMISSION
        )
    kept = ctx.rows.read(ProfilePermission, [each.row_id for each in entries])
    profiles |= {row["profile_id"] for row in kept.values()}
    profiles |= {row["profile_id"] for row in ctx.rows.read(User, users).values()}
    for profile in ctx.rows.read(Profile, profiles).values():
        _held(ctx, profile)
    if ctx.one(_NO_ADMIN) is not None:
        raise refuse(N_("That would leave nobody who may do everything: make somebody administrator first."))


def _of_nobody(_ctx: Context, _command: Command) -> None:
    return None


_USE = Using(Profile, "profile")
_ENDS = _USE.ends(ProfileDeactivated, N_("This profile is out of use already."), also=_is_had)
_BEGINS = _USE.begins(ProfileReactivated, N_("This profile is in use already."))
AFTER_UNDO: tuple[AfterUndo, ...] = (keep_the_reach,)
HANDLERS: dict[type[Command], Handler[Any]] = {
    AddProfile: Handler(_add, owner=_of_nobody),
    EditProfile: Handler(_edit, owner=_of_nobody, ready=_may_be_changed),
    DeactivateProfile: Handler(_ENDS.handle, owner=_of_nobody, ready=_ENDS.ready),
    ReactivateProfile: Handler(_BEGINS.handle, owner=_of_nobody, ready=_BEGINS.ready),
}
