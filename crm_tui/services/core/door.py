"""The one door: lock → BEGIN IMMEDIATE → seen before? → permission → rule → rows → reactions → events → commit.

Answers Done, Refusal or Conflict; raises only for our own faults.
"""

from __future__ import annotations

import contextlib
import secrets
import sqlite3
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import takewhile
from typing import Any

from crm_tui.domain.access import SET_UP
from crm_tui.domain.happened import Happened
from crm_tui.domain.outcome import Done, Outcome, Refusal, RefusedBy
from crm_tui.i18n import Text
from crm_tui.services.core import approvals, archive, requests, rights, sweeps, trail
from crm_tui.services.core.ahead import Ahead
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Clashed, Context, Handler, Refused, integrity
from crm_tui.services.core.crm import Crm, Many, NotAUser
from crm_tui.services.core.naming import led_on, resolved
from crm_tui.services.core.pins import Approval, Proof
from crm_tui.store.errors import StoreRefused
from crm_tui.store.later import Alone, Later, NotInSets
from crm_tui.store.queries import access

CHUNK_COMMANDS = 500
CHUNK_SECONDS = 0.2
AHEAD_COMMANDS = 250
"""About what a chunk does: what is read ahead and not come to is read again."""
DEPTH = 8
"""How far reactions may set off reactions before it is a fault of ours."""


def run(
    crm: Crm,
    command: Command,
    *,
    request_id: str | None,
    reason: str | None,
    approval: Approval | None = None,
) -> Outcome:
    """Do one command in one transaction. What takes long, a PIN's hash, comes before the lock."""
    batch = secrets.token_hex(8)
    try:
        earlier = _answered(crm, request_id) if request_id is not None else None
        if earlier is not None:
            return earlier
        handler = crm.registry.handler(type(command))
        prepared = handler.beforehand(crm, command) if handler.beforehand is not None else None
        proof = _proof(crm, handler, command, approval)
        with crm.store.writing() as connection:
            if request_id is not None:
                earlier = requests.outcome_of(connection, request_id)
                if earlier is not None:
                    return earlier
            ctx = _context(crm, connection, batch)
            ctx.prepared, ctx.proof = prepared, proof
            done = _perform(ctx, crm, command, reason)
            if request_id is not None:
                requests.remember(connection, request_id, done)
        _renew_rights(crm, renewing=_renewing([command]))
        return done
    except Refused as refused:
        return refused.refusal
    except Clashed as clashed:
        return clashed.conflict
    except StoreRefused as refused:
        return Refusal(refused.reason, RefusedBy.STORE)


def _answered(crm: Crm, request_id: str) -> Done | None:
    """What a request was answered before; asked again inside the transaction."""
    return requests.outcome_of(crm.store.reader(), request_id)


def _proof(crm: Crm, handler: Handler[Any], command: Command, approval: Approval | None) -> Proof | None:
    """Whose PIN came with a command, where only an approval would cure what is refused; elsewhere none is tried."""
    if approval is None:
        return None
    ctx = Context(crm.store.reader(), crm.viewer, crm.clock(), batch="")
    refusal = _refusal(ctx, handler, command)
    if refusal is None or not refusal.approval:
        return None
    return approvals.prove(crm, approval)


@sweeps.seldom()
def run_many(
    crm: Crm,
    commands: Sequence[Command],
    stop_on_refusal: bool,
    progress: Callable[[int, int], None] | None,
    cancelled: Callable[[], bool] | None,
) -> Many:
    """Do many in one batch, in chunks of at most 500 commands or 200 ms a transaction."""
    batch = secrets.token_hex(8)
    outcomes: list[Outcome] = []
    stopped, renewing, alone = False, False, Alone()
    with crm.store.much():
        while len(outcomes) < len(commands) and not stopped and not (cancelled and cancelled()):
            kept = len(outcomes)
            try:
                with crm.store.writing() as connection:
                    stopped = _in_sets(crm, connection, batch, commands, outcomes, stop_on_refusal, alone)
            except StoreRefused as refused:
                del outcomes[kept:]
                outcomes.append(Refusal(refused.reason, RefusedBy.STORE))
                stopped = True
            renewing = renewing or _renewing(commands[kept : len(outcomes)])
            if progress is not None:
                progress(len(outcomes), len(commands))
    _renew_rights(crm, renewing=renewing)
    return Many(batch, tuple(outcomes))


def run_together(crm: Crm, commands: Sequence[Command]) -> tuple[int, Outcome]:
    """Do several in one transaction and one batch, all or none: the place of the last one and its answer, or of the
    first that says no. A gate's missing fields are saved with the move that they were missing for."""
    batch = secrets.token_hex(8)
    outcomes: list[Outcome] = []
    try:
        with crm.store.writing() as connection:
            for command in commands:
                outcomes.append(_among_others(crm, connection, batch, command, outcomes))
    except Refused as refused:
        return len(outcomes), refused.refusal
    except Clashed as clashed:
        return len(outcomes), clashed.conflict
    except StoreRefused as refused:
        return len(outcomes), Refusal(refused.reason, RefusedBy.STORE)
    _renew_rights(crm, renewing=_renewing(commands))
    return len(outcomes) - 1, _whole(batch, outcomes)


def _whole(batch: str, outcomes: Sequence[Outcome]) -> Done:
    """What came of several: the last one's record, the events of all."""
    done = [outcome for outcome in outcomes if isinstance(outcome, Done)]
    return replace(done[-1], batch=batch, events=tuple(event for each in done for event in each.events))


def _renewing(commands: Sequence[Command]) -> bool:
    """Whether one of these may change what the operator may."""
    return any(command.permission in (SET_UP, "user.manage", "trail.undo") for command in commands)


def _renew_rights(crm: Crm, *, renewing: bool) -> None:
    """What was just done may have changed what the operator may; others see it by the feed."""
    if renewing:
        with contextlib.suppress(NotAUser):  # who takes the own access away is told at the next command
            crm.refresh_viewer()


def _in_sets(
    crm: Crm,
    connection: sqlite3.Connection,
    batch: str,
    commands: Sequence[Command],
    outcomes: list[Outcome],
    stop_on_refusal: bool,
    alone: Alone,
) -> bool:
    """One chunk. If the database refuses a gathered row all are done again, at once: that row's command is refused."""
    kept = len(outcomes)
    connection.execute("SAVEPOINT in_sets")
    for rows in (True, False):
        later = Later(connection, rows=rows, since=alone.since(trail.head(connection)))
        try:
            stopped = _chunk(crm, later, batch, commands, outcomes, stop_on_refusal)
            later.write()
            alone.head = trail.head(connection)
            return stopped
        except NotInSets:
            connection.execute("ROLLBACK TO in_sets")
            del outcomes[kept:]
    raise AssertionError("rows that are written at once were gathered")


def _chunk(
    crm: Crm,
    later: Later,
    batch: str,
    commands: Sequence[Command],
    outcomes: list[Outcome],
    stop_on_refusal: bool,
) -> bool:
    connection, started, first = later.connection, time.monotonic(), len(outcomes)
    while len(outcomes) < len(commands):
        if len(outcomes) - first >= CHUNK_COMMANDS or time.monotonic() - started > CHUNK_SECONDS:
            return False
        command = commands[len(outcomes)]
        gathering = _gathering(crm, later, command)
        mark = later.mark(at_once=gathering is None)
        outcome: Outcome
        try:
            most = _likely(len(outcomes) - first, time.monotonic() - started)
            ahead = _ahead(crm, batch, commands, len(outcomes), gathering, most)
            outcome = _among_others(crm, connection, batch, command, outcomes, gathering, ahead)
        except Refused as refused:
            outcome = refused.refusal
        except Clashed as clashed:
            outcome = clashed.conflict
        if not isinstance(outcome, Done):
            later.back(mark)
        later.release()
        outcomes.append(outcome)
        if stop_on_refusal and not isinstance(outcome, Done):
            return True
    return True


def _gathering(crm: Crm, later: Later, command: Command) -> Later | None:
    """What the command gathers in; for one that does not gather, what others have gathered is written before it. A wall
    is held by asking the trail which boards were touched."""
    if crm.registry.handler(type(command)).gathers:
        viewer = later.once("viewer", lambda: access.viewer(later.connection, crm.viewer.login))
        if viewer is not None and not viewer.unattended:
            return later
    later.write()
    return None


def _likely(done: int, seconds: float) -> int:
    """How many commands this chunk will come to yet, if they go on as those that it did in so many seconds."""
    if done == 0:
        return AHEAD_COMMANDS
    left = done * (CHUNK_SECONDS / max(seconds, 0.001) - 1) * 1.1
    return max(1, min(AHEAD_COMMANDS, CHUNK_COMMANDS - done, int(left) + 1))


def _ahead(
    crm: Crm, batch: str, commands: Sequence[Command], position: int, later: Later | None, most: int
) -> Ahead | None:
    """What the handler of the next command asks at once for those of its kind that follow; None if it does not."""
    kind = type(commands[position])
    read = crm.registry.handler(kind).ahead
    if later is None:
        return None

    def run() -> tuple[int, Ahead | None]:
        following = commands[position : position + most]
        alike = list(takewhile(lambda each: type(each) is kind, following))
        found = read(_context(crm, later.connection, batch, later), alike) if read is not None else None
        return position + len(alike), found

    return later.ahead(kind, position, run)


def _among_others(
    crm: Crm,
    connection: sqlite3.Connection,
    batch: str,
    command: Command,
    outcomes: Sequence[Outcome],
    later: Later | None = None,
    ahead: Ahead | None = None,
) -> Done:
    """Do one of several; what has work of its own before the lock, a PIN's hash, is none of them. (decision 0016)"""
    if crm.registry.handler(type(command)).beforehand is not None:
        raise Refused(Refusal(Text("This is done by itself alone: leave the others out.")))
    ctx = _context(crm, connection, batch, later)
    ctx.ahead = ahead
    return _perform(ctx, crm, resolved(command, outcomes), None)


def _context(crm: Crm, connection: sqlite3.Connection, batch: str, later: Later | None = None) -> Context:
    reading = partial(access.viewer, connection, crm.viewer.login)
    viewer = reading() if later is None else later.once("viewer", reading)
    if viewer is None:
        raise Refused(
            Refusal(
                Text("You are no longer an active user of this database: ask its administrator."),
                RefusedBy.PERMISSION,
            )
        )
    now = crm.clock() if later is None else later.once("now", crm.clock)  # a chunk is one moment
    return Context(connection, viewer, now, batch, later=later, seals=crm.store.key)


def _refusal(ctx: Context, handler: Handler[Any], command: Command) -> Refusal | None:
    """Permission, then what the command names, then its own rules. What could be approved is said last: nobody is
    called for what would be refused all the same."""
    barred = _barred(ctx, handler, command)
    if barred is not None and not barred.approval:
        return barred
    return handler.check(ctx, command) or barred


def _barred(ctx: Context, handler: Handler[Any], command: Command) -> Refusal | None:
    """What can be said as soon as the record is known, whatever the form will hold."""
    walled = rights.barred(ctx, command)
    denied = walled or _denied(ctx, handler, command)
    if denied is not None and not denied.approval:
        return denied
    return (
        rights.unreached(ctx, command)
        or archive.resting(ctx, command)
        or handler.ready(ctx, command)
        or denied
    )


def _denied(ctx: Context, handler: Handler[Any], command: Command) -> Refusal | None:
    if ctx.viewer.may(command.permission, handler.owner(ctx, command)) or rights.runs_it(ctx, command):
        return None
    refusal = Refusal(
        Text(
            "Your profile does not allow this here ({what}): ask the owner of the record or an administrator.",
            {"what": Text(command.title)},
        ),
        RefusedBy.PERMISSION,
    )
    if not approvals.offered(ctx, command):
        return refusal
    if ctx.proof is None:
        return approvals.offering(refusal)
    return approvals.vouched(ctx, handler, command, ctx.proof)


def _perform(ctx: Context, crm: Crm, command: Command, reason: str | None) -> Done:
    handler = crm.registry.handler(type(command))
    command = led_on(ctx, command)
    refusal = _refusal(ctx, handler, command)
    if refusal is not None:
        raise Refused(refusal)
    ctx.reason = reason
    try:
        approvals.record(ctx, command)
        made = handler.handle(ctx, command)
        _react(ctx, crm)
        refusal = rights.overstepped(ctx, command)
        if refusal is not None:
            raise Refused(refusal)
    except sqlite3.IntegrityError as error:
        raise Refused(integrity(error)) from error
    if ctx.rows.images:
        raise AssertionError(f"{type(command).__name__} left {len(ctx.rows.images)} changes without an event")
    return Done(
        batch=ctx.batch,
        ref=made.ref,
        entity=made.entity,
        entity_id=made.entity_id,
        events=tuple(event_id for _, event_id in ctx.happened),
        note=made.note,
    )


def _react(ctx: Context, crm: Crm) -> None:
    """Let the other modules react, in the module list's order, each event once, depth-limited."""
    begin, depth = 0, 0
    while begin < len(ctx.happened):
        depth += 1
        if depth > DEPTH:
            raise AssertionError("reactions set each other off without end")
        wave = ctx.happened[begin:]
        begin = len(ctx.happened)
        for happened, event_id in wave:
            for reaction in crm.registry.reactions(type(happened)):
                refusal = reaction.rule(ctx, happened)
                if refusal is not None:
                    raise Refused(refusal)
                ctx.cause_id = event_id
                reaction.apply(ctx, happened)
    ctx.cause_id = None


def hindrance(crm: Crm, begun: Command) -> Refusal | None:
    """Ask what forbids a command whose form is not filled yet, on a reading connection."""
    ctx = Context(crm.store.reader(), crm.viewer, crm.clock(), batch="")
    try:
        return _barred(ctx, crm.registry.handler(type(begun)), begun)
    except Refused as refused:
        return refused.refusal


def why_not(crm: Crm, command: Command) -> Refusal | None:
    """Ask permission, the command's rules and those of reacting modules, on a reading connection."""
    ctx = Context(crm.store.reader(), crm.viewer, crm.clock(), batch="")
    handler = crm.registry.handler(type(command))
    try:
        refusal = _refusal(ctx, handler, command)
        if refusal is not None:
            return refusal
        foreseen: list[Happened] = handler.foresee(ctx, command)
        for happened in foreseen:
            for reaction in crm.registry.reactions(type(happened)):
                refusal = reaction.rule(ctx, happened)
                if refusal is not None:
                    return refusal
    except Refused as refused:
        return refused.refusal
    except Clashed:
        return None
    return None
