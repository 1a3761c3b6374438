"""How a batch is undone and done again."""

from __future__ import annotations

import json
from typing import Any

from crm_tui.domain.events.aside import CardSkipped, StepSkipped
from crm_tui.domain.happenings import NOT_UNDONE
from crm_tui.domain.outcome import RefusedBy
from crm_tui.domain.trail import Redone, Undone
from crm_tui.i18n import N_, Text
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made, refuse
from crm_tui.services.core.undo import AfterUndo, Reversed, is_undo, is_undone, latest, walk_back
from crm_tui.services.trail.commands import RedoBatch, UndoBatch
from crm_tui.services.trail.reach import beyond

_FIRST = """
SELECT id, entity, entity_id, card_id, party_id, kind, params, actor_id, undoes, board_id
FROM event WHERE batch = :batch ORDER BY id LIMIT 1
"""
_ALIKE = """
SELECT count(DISTINCT entity_id) FROM event WHERE batch = :batch AND entity = :entity AND kind = :kind
"""
_APPROVED = """
WITH RECURSIVE root (batch) AS (
  SELECT :batch UNION SELECT e.undoes FROM root r JOIN event e ON e.batch = r.batch WHERE e.undoes IS NOT NULL
)
SELECT 1 FROM root r JOIN event e ON e.batch = r.batch
WHERE json_valid(e.params) AND json_extract(e.params, '$.approved_by') IS NOT NULL LIMIT 1
"""
_PASSED_OVER = (CardSkipped.kind, StepSkipped.kind)
_SIZE = "SELECT count(*) FROM change c JOIN event e ON e.id = c.event_id WHERE e.batch = :batch"


_BOARDS = """
SELECT DISTINCT coalesce(c.board_id, e.board_id), e.card_id IS NULL FROM event e LEFT JOIN card c ON c.id = e.card_id
WHERE e.batch = :batch AND coalesce(c.board_id, e.board_id) IS NOT NULL
"""


class TrailHandlers:
    """Undo and redo; what modules do after an undo is handed in by bootstrap."""

    def __init__(self, after_undo: tuple[AfterUndo, ...]) -> None:
        self._after_undo = after_undo

    def handlers(self) -> dict[type[Command], Handler[Any]]:
        """The two handlers."""
        return {
            UndoBatch: Handler(self._undo, owner=_actor_of, ready=_something_to_undo),
            RedoBatch: Handler(self._redo, owner=_actor_of, ready=_something_to_redo),
        }

    def _undo(self, ctx: Context, command: UndoBatch) -> Made:
        return self._reverse(ctx, _to_undo(ctx, command), Undone)

    def _redo(self, ctx: Context, command: RedoBatch) -> Made:
        return self._reverse(ctx, _to_redo(ctx, command), Redone)

    def _reverse(self, ctx: Context, batch: str, event: type[Undone] | type[Redone]) -> Made:
        first = ctx.one(_FIRST, batch=batch)
        if first is None:
            raise refuse(N_("There is no such batch: {batch}."), by=RefusedBy.MISSING_RECORD, batch=batch)
        if is_undone(ctx, batch):
            raise refuse(N_("That is undone already."))
        _once_only(ctx, batch, str(first[5]))
        _, entity, entity_id, card_id, party_id, kind, params, _, _, board_id = first
        size = ctx.one(_SIZE, batch=batch) or (0,)
        alike = ctx.one(_ALIKE, batch=batch, entity=entity, kind=kind) or (1,)
        done: list[Reversed] = walk_back(ctx, batch)
        for after in self._after_undo:
            after(ctx, done)
        ctx.undoes = batch
        ctx.emit(
            event(
                entity_id=entity_id,
                card_id=card_id,
                party_id=party_id,
                board_id=board_id,
                what=_what(kind, json.loads(params or "{}"), int(alike[0])),
                count=int(size[0]),
            )
        )
        return Made(entity, entity_id, f"batch:{ctx.batch}")


def _what(kind: str, params: dict[str, Any], records: int) -> str:
    """What is undone, as JSON; of an undo or redo what that was about, for a telling inside a telling inside a telling
    would double its quotation marks each time, until no row can hold it."""
    if kind in (Undone.kind, Redone.kind) and "what" in params:
        return str(params["what"])
    return json.dumps({"kind": kind, "params": params, "records": records}, ensure_ascii=False)


def _actor_of(ctx: Context, command: UndoBatch | RedoBatch) -> int | None:
    if not command.batch:
        return ctx.viewer.user_id
    first = ctx.one(_FIRST, batch=command.batch)
    return ctx.viewer.user_id if first is None else first[7]


def _to_undo(ctx: Context, command: UndoBatch) -> str:
    batch = command.batch or latest(ctx, redo=False)
    if batch is None:
        raise refuse(N_("There is nothing of yours left to undo."))
    _within_reach(ctx, batch, command.title, named=bool(command.batch))
    return batch


def _to_redo(ctx: Context, command: RedoBatch) -> str:
    batch = command.batch or latest(ctx, redo=True)
    if batch is None:
        raise refuse(N_("There is nothing to redo: you have not undone anything since your last change."))
    if command.batch and not is_undo(ctx, command.batch):
        raise refuse(N_("That is no undo, so it cannot be done again: {batch}."), batch=batch)
    _within_reach(ctx, batch, command.title, named=bool(command.batch))
    return batch


def _once_only(ctx: Context, batch: str, kind: str) -> None:
    """Refuse what leaves nothing to put back, and to do again what was approved for once."""
    if kind in NOT_UNDONE:
        if kind in _PASSED_OVER:
            raise refuse(
                N_("Nothing was changed by that: attend the contact, and it is passed over no more.")
            )
        raise refuse(N_("A PIN is not put back: nothing of it is kept. Set it again."))
    if is_undo(ctx, batch) and ctx.one(_APPROVED, batch=batch) is not None:
        raise refuse(
            N_("That was approved on the spot, for once: do it anew, and have it approved again."),
            by=RefusedBy.PERMISSION,
        )


def _within_reach(ctx: Context, batch: str, title: str, *, named: bool) -> None:
    """Refuse what was on a board that is closed to the operator by now, or is not to be set up by them, and what is out
    of their reach otherwise."""
    for board_id, set_up in ctx.connection.execute(_BOARDS, {"batch": batch}).fetchall():
        if named and not ctx.viewer.sees(board_id):
            raise refuse(N_("There is no such batch: {batch}."), by=RefusedBy.MISSING_RECORD, batch=batch)
        if not (ctx.viewer.sets_up(board_id) if set_up else ctx.viewer.attends(board_id)):
            raise refuse(
                N_(
                    "That was on a board that is closed to you now: ask whoever runs it, or an administrator."
                ),
                by=RefusedBy.PERMISSION,
            )
    if beyond(ctx, batch):
        raise refuse(
            N_(
                "Your profile does not allow this here ({what}): ask the owner of the record or an administrator."
            ),
            by=RefusedBy.PERMISSION,
            what=Text(title),
        )


def _something_to_undo(ctx: Context, command: UndoBatch) -> None:
    _to_undo(ctx, command)


def _something_to_redo(ctx: Context, command: RedoBatch) -> None:
    _to_redo(ctx, command)
