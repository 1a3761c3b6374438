"""A deed that somebody else approves on the spot: for one command, by login and PIN. (B56; MODEL.md §7)

Cures nothing but what the operator's profile does not allow, and the block of a rule of duplicates (`past_rule`): the
walls of boards, the archive and every other rule are asked of the operator as ever, and the approver must be allowed
this very command on this row. Which commands may be approved they say themselves.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.i18n import Text
from crm_tui.services.core import pins, rights
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Refused
from crm_tui.services.core.pins import Approval, Proof
from crm_tui.services.core.refs import PICKED
from crm_tui.store.queries import access
from crm_tui.store.tables import SupervisorOverride, User

if TYPE_CHECKING:
    from crm_tui.services.core.crm import Crm


@cache
def _about(command: type[Command]) -> tuple[str, str] | None:
    """The field that says what a command is about, and what kind of record that is."""
    for name, info in command.model_fields.items():
        extra = info.json_schema_extra
        entity = PICKED.get(str(extra.get("pick"))) if isinstance(extra, dict) else None
        if entity is not None:
            return name, entity
    return None


def offered(ctx: Context, command: Command) -> bool:
    """Whether somebody else may approve it: of a card only where the operator sees it, for an id alone must tell
    nothing."""
    about = _about(type(command))
    if not command.approvable or about is None:
        return False
    field, entity = about
    return entity != "card" or rights.unseen(ctx, getattr(command, field)) is None


def offering(denied: Refusal) -> Refusal:
    """A refusal that an approval would cure."""
    return replace(
        denied,
        remedy=Text("Somebody who may do it can approve it here, with login and PIN."),
        approval=True,
    )


def prove(crm: Crm, approval: Approval) -> Proof:
    """Try the approver's PIN, before the writer's lock; `Refused` with the sentence for the approver."""
    login = approval.login.strip().lower()
    if login == crm.viewer.login:
        raise Refused(
            _again(Text("You cannot approve this yourself: somebody else types login and PIN."), "login")
        )
    try:
        return pins.prove(crm, login, approval.pin)
    except Refused as refused:
        raise Refused(replace(refused.refusal, approval=True)) from None


def vouched(ctx: Context, handler: Handler[Any], command: Command, proof: Proof) -> Refusal | None:
    """Why the approval does not hold; None if it does, and then the deed is known as approved."""
    approver = access.viewer(ctx.connection, proof.login)
    if approver is None or not pins.stands(ctx.connection, proof, ctx.now):
        return replace(pins.wrong(), approval=True)
    theirs = Context(ctx.connection, approver, ctx.now, ctx.batch)
    allowed = approver.may(command.permission, handler.owner(theirs, command)) or rights.runs_it(
        theirs, command
    )
    if approver.user_id == ctx.viewer.user_id or not allowed or not _reaches(theirs, command):
        facts = {"login": proof.login}
        return _again(Text("{login} may not do this here either: ask somebody else.", facts), "login")
    ctx.approved_by = approver.login
    return None


def _reaches(theirs: Context, command: Command) -> bool:
    return rights.barred(theirs, command) is None and offered(theirs, command)


def past_rule(ctx: Context, refusal: Refusal, permission: str, entity: str, entity_id: int) -> Refusal | None:
    """What a rule refuses that whoever holds `permission` may go over: offered to be approved, or why the approval does
    not hold; None if it does. The record is the one that stands in the way. (M70)"""
    proof = ctx.proof
    if proof is None:
        return offering(refusal)
    approver = access.viewer(ctx.connection, proof.login)
    if approver is None or not pins.stands(ctx.connection, proof, ctx.now):
        return replace(pins.wrong(), approval=True)
    if approver.user_id == ctx.viewer.user_id or not approver.may(permission, None):
        facts = {"login": proof.login}
        return _again(Text("{login} may not do this here either: ask somebody else.", facts), "login")
    ctx.approved_by, ctx.gone_over = approver.login, (permission, entity, entity_id)
    return None


def record(ctx: Context, command: Command) -> None:
    """Keep who approved what, for whom and why. Before the deed: its event carries the row."""
    about = _about(type(command))
    approver = ctx.proof.user_id if ctx.proof is not None else None
    if ctx.approved_by is None or approver is None:
        return
    if ctx.gone_over is not None:
        permission, entity, entity_id = ctx.gone_over
    elif about is not None:
        field, entity = about
        permission, entity_id = command.permission, getattr(command, field)
    else:
        return
    ctx.rows.insert(
        SupervisorOverride,
        permission_key=permission,
        entity=entity,
        entity_id=entity_id,
        requested_by_id=ctx.viewer.user_id,
        approved_by_id=ctx.row(User, approver, "user")["id"],
        reason=getattr(command, "reason", None) or ctx.reason or "",
        at=ctx.now,
    )


def _again(reason: Text, field: str) -> Refusal:
    return Refusal(reason, RefusedBy.PERMISSION, (field,), approval=True)
