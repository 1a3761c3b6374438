"""How a PIN is set and cleared. Nothing of it is in the trail, not even its hash. (B56)"""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from crm_tui.domain import pin as rules
from crm_tui.domain.events.access import PinCleared, PinSet
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.i18n import N_, Text
from crm_tui.services.access.commands import ClearPin, SetPin
from crm_tui.services.core import pins
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made, Refused, refuse
from crm_tui.store.queries.access import HAS_PIN
from crm_tui.store.tables import User

if TYPE_CHECKING:
    from crm_tui.services.core.crm import Crm

_SALT = 16
"""Bytes."""


class _Sealed(NamedTuple):
    """The new hash, and the one that was shown to be known (None: there was none)."""

    new: str
    seen: str | None


def _seal(crm: Crm, command: SetPin) -> _Sealed:
    """Both hashes, before the lock; a wrong current PIN counts as any wrong try."""
    refusal = rules.may_be(command.pin)
    if refusal is None and command.again != command.pin:
        refusal = Refusal(
            Text("The two do not agree: type the new PIN twice alike."), RefusedBy.INPUT, ("again",)
        )
    if refusal is not None:
        raise Refused(refusal)
    seen = _known(crm, command.current)
    return _Sealed(rules.sealed(command.pin, secrets.token_bytes(_SALT)), seen)


def _known(crm: Crm, current: str) -> str | None:
    found = crm.store.reader().execute(HAS_PIN, {"id": crm.viewer.user_id}).fetchone()
    if found is None or not found[0]:
        return None
    if not current:
        raise refuse(N_("You have a PIN: type it, too."), by=RefusedBy.INPUT, fields=("current",))
    try:
        return pins.prove(crm, crm.viewer.login, current).seen
    except Refused as refused:
        if refused.refusal == pins.wrong():
            raise refuse(
                N_("That is not your PIN: type it again, or have an administrator clear it."),
                by=RefusedBy.PERMISSION,
                fields=("current",),
            ) from None
        raise Refused(replace(refused.refusal, fields=("current",))) from None


def _set(ctx: Context, command: SetPin) -> Made:
    sealed: _Sealed = ctx.prepared
    user = ctx.row(User, ctx.viewer.user_id, "user")
    if user["pin_hash"] != sealed.seen:
        raise refuse(N_("Your PIN was changed just now, elsewhere: begin again."), fields=("current",))
    ctx.rows.update(User, user["id"], pin_hash=sealed.new, pin_tries=0, pin_locked_until=None)
    ctx.emit(PinSet(entity_id=user["id"], login=user["login"]))
    return Made("user", user["id"], user["login"])


def _has_one(ctx: Context, command: ClearPin) -> Refusal | None:
    user = ctx.row(User, command.user, "user")
    if user["pin_hash"] is not None:
        return None
    return Refusal(Text("{login} has no PIN.", {"login": user["login"]}))


def _clear(ctx: Context, command: ClearPin) -> Made:
    user = ctx.row(User, command.user, "user")
    ctx.rows.update(User, command.user, pin_hash=None, pin_tries=0, pin_locked_until=None)
    ctx.emit(PinCleared(entity_id=command.user, login=user["login"]))
    return Made("user", command.user, user["login"])


HANDLERS: dict[type[Command], Handler[Any]] = {
    SetPin: Handler(_set, beforehand=_seal),
    ClearPin: Handler(_clear, owner=lambda _ctx, _command: None, ready=_has_one),
}
