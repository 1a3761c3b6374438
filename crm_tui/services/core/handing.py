"""Who may be given a person: asked of one who is made by hand or by a file, and of one who changes hands. (K5)"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from crm_tui.domain.access import Viewer, may_attend
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.i18n import N_, Text
from crm_tui.store.queries import access
from crm_tui.store.tables import User

if TYPE_CHECKING:
    from crm_tui.services.core.context import Context

HANDS: str = "party.edit"
"""The right to hand a person over is that to change whom one has, as with cards."""


def may_hand(viewer: Viewer) -> bool:
    """Whether somebody may make a person another's."""
    return viewer.may(HANDS, viewer.user_id)


def attends(connection: sqlite3.Connection, login: str, user_id: int) -> bool:
    """Whether an operator could attend a person of theirs: who may attend, and would see them."""
    colleague = access.viewer(connection, login)
    return colleague is not None and may_attend(colleague) and colleague.may("party.read", user_id)


def to_taker(ctx: Context, user_id: int | None, had: int | None = None) -> None:
    """Refuses to hand a person to who could not attend them: somebody who left, may not attend, or would not see them.
    Who had them before may keep them."""
    from crm_tui.services.core.context import refuse

    if user_id is None or user_id == had:
        return
    to = ctx.row(User, user_id, "user")
    if not to["active"]:
        raise refuse(
            N_("{login} no longer works here: choose another."), fields=("owner",), login=to["login"]
        )
    if not ctx.once(f"attends {user_id}", lambda: attends(ctx.connection, to["login"], user_id)):
        raise refuse(N_("{login} may not attend: choose another."), fields=("owner",), login=to["login"])


def of_new(ctx: Context, owner: int | None) -> Refusal | None:
    """Why somebody new may not be another's; refuses, too, as `to_taker`."""
    if owner in (None, ctx.viewer.user_id):
        return None
    if not may_hand(ctx.viewer):
        return Refusal(
            Text("Your profile does not allow you to hand a person over: leave yourself as the owner."),
            RefusedBy.PERMISSION,
            ("owner",),
        )
    to_taker(ctx, owner)
    return None
