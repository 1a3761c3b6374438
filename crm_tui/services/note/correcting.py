"""How a filed parecer is corrected by another, or made void: what was filed is never changed. (B48)"""

from __future__ import annotations

from typing import Any

from crm_tui.domain.events.note import NoteAmended, NoteVoided
from crm_tui.domain.note import NoteKind, NoteState, may_correct
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.i18n import Text
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made, no_such
from crm_tui.services.core.scope import sight
from crm_tui.services.note.commands import AmendNote, VoidNote
from crm_tui.store.queries.base import CARD_SEEN
from crm_tui.store.queries.note import CORRECTED
from crm_tui.store.queries.party import REACHED
from crm_tui.store.rows import Row
from crm_tui.store.tables import Note
from crm_tui.store.values import as_instant


def _author(ctx: Context, command: AmendNote | VoidNote) -> int | None:
    """Whose note it is: one's own, or that of a colleague whom one's profile reaches."""
    author: int | None = ctx.row(Note, command.note, "note")["author_id"]
    return author


def _stands(ctx: Context, command: AmendNote | VoidNote) -> Refusal | None:
    """It can be read by whoever corrects it, its card or person is there still, and nothing became of it yet."""
    note = ctx.row(Note, command.note, "note")
    about, row_id = (CARD_SEEN, note["card_id"]) if note["card_id"] else (REACHED, note["party_id"])
    if ctx.one(about, id=row_id, **sight(ctx.viewer)) is None:
        return no_such("note", command.note, ("note",))
    corrected = ctx.one(CORRECTED, note_id=note["id"]) is not None
    return may_correct(note["kind"], note["state"], corrected=corrected)


def _says_another(ctx: Context, command: AmendNote) -> Refusal | None:
    if not command.body.strip():
        return Refusal(
            Text("The note is empty: write what was said, then file it."), RefusedBy.INPUT, ("body",)
        )
    if command.body.strip() == str(ctx.row(Note, command.note, "note")["body"]).strip():
        return Refusal(Text("It says what it said before: change the text."), RefusedBy.INPUT, ("body",))
    return None


def _says_why(_ctx: Context, command: VoidNote) -> Refusal | None:
    if command.reason.strip():
        return None
    return Refusal(Text("Why is it void? Write the reason."), RefusedBy.INPUT, ("reason",))


def _where(note: Row) -> dict[str, Any]:
    return {
        "card_id": note["card_id"],
        "party_id": note["party_id"],
        "filed_at": as_instant(note["filed_at"]),
    }


def _amend(ctx: Context, command: AmendNote) -> Made:
    note = ctx.row(Note, command.note, "note")
    made = ctx.rows.insert(
        Note,
        card_id=note["card_id"],
        party_id=note["party_id"],
        activity_id=note["activity_id"],
        kind=NoteKind.ATTENDANCE,
        body=command.body,
        amends_id=note["id"],
        author_id=ctx.viewer.user_id,
        filed_at=ctx.now,
    )
    ctx.emit(NoteAmended(entity_id=made, **_where(note)))
    return Made("note", made, f"note:{made}")


def _void(ctx: Context, command: VoidNote) -> Made:
    note = ctx.row(Note, command.note, "note")
    ctx.rows.update(Note, note["id"], state=NoteState.VOID)
    ctx.emit(NoteVoided(entity_id=note["id"], **_where(note)), command.reason)
    return Made("note", note["id"], f"note:{note['id']}")


HANDLERS: dict[type[Command], Handler[Any]] = {
    AmendNote: Handler(_amend, owner=_author, ready=_stands, check=_says_another),
    VoidNote: Handler(_void, owner=_author, ready=_stands, check=_says_why),
}
