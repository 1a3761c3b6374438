"""How a comment is left, and a file attached or taken off. How a parecer is filed, corrected and given back stands in
files of their own."""

from __future__ import annotations

from typing import Any

from crm_tui.domain.casetype import refused_file
from crm_tui.domain.events.note import FileAttached, FileRemoved
from crm_tui.domain.note import may_leave
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.i18n import Text
from crm_tui.services.core import files, owners, work
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made, Refused, no_such
from crm_tui.services.core.file_rules import rule_of
from crm_tui.services.core.scope import sight
from crm_tui.services.note import correcting, filing, giving_back
from crm_tui.services.note.commands import AddComment, AttachFile, RemoveFile
from crm_tui.store.queries.party import REACHED
from crm_tui.store.rows import Row
from crm_tui.store.shapes import Table
from crm_tui.store.tables import Attachment, Card, Note, Party


def _says_something(_ctx: Context, command: AddComment) -> Refusal | None:
    if command.card is None and command.party is None:
        return Refusal(Text("A comment needs a card or a person: choose one."), RefusedBy.INPUT, ("party",))
    if not command.body.strip():
        return Refusal(Text("The comment is empty: write it."), RefusedBy.INPUT, ("body",))
    return None


def _comment(ctx: Context, command: AddComment) -> Made:
    party_id = command.party
    if command.card is not None:
        party_id = ctx.row(Card, command.card, "card")["party_id"]
    elif party_id is not None:
        ctx.row(Party, party_id, "person")
    note_id = work.comment(ctx, card_id=command.card, party_id=party_id, body=command.body)
    return Made("note", note_id, f"note:{note_id}")


def _takes_files(ctx: Context, command: AttachFile) -> Refusal | None:
    if command.card is None and command.party is None:
        return Refusal(Text("A file needs a card or a person: choose one."), RefusedBy.INPUT, ("party",))
    if command.card is None and ctx.one(REACHED, id=command.party, **sight(ctx.viewer)) is None:
        return no_such("person", command.party, ("party",))
    return refused_file(rule_of(ctx.connection, command.card), 0)


def _small_enough(ctx: Context, command: AttachFile) -> Refusal | None:
    return refused_file(rule_of(ctx.connection, command.card), len(command.content))


def _attach(ctx: Context, command: AttachFile) -> Made:
    on, party_id = ("party", command.party), command.party
    if command.card is not None:
        on, party_id = ("card", command.card), ctx.row(Card, command.card, "card")["party_id"]
    kind, row_id = on
    row = files.attach(ctx, kind, row_id or 0, command.filename, command.content)
    ctx.emit(
        FileAttached(
            entity_id=row["id"],
            card_id=command.card,
            party_id=party_id,
            filename=row["filename"],
            size=row["size"],
        )
    )
    return Made("attachment", row["id"], f"attachment:{row['id']}")


_OF: dict[str, Table] = {"card": Card, "party": Party}
"""What files hang on beside base cards, whose files are those of their board."""


def _file_and_whose(ctx: Context, attachment_id: int) -> tuple[Row, Row]:
    """A file that is still there, and the card or person that it hangs on."""
    found = ctx.rows.get(Attachment, attachment_id)
    of = _OF.get(found["entity"]) if found is not None else None
    whose = ctx.rows.get(of, found["entity_id"]) if found is not None and of is not None else None
    if found is None or whose is None or found["deleted_at"] is not None or whose["deleted_at"] is not None:
        raise Refused(no_such("attachment", attachment_id, ("attachment",)))
    return found, whose


def _remove_owner(ctx: Context, command: RemoveFile) -> int | None:
    """The card's owner; of a person's file whoever brought it."""
    found, whose = _file_and_whose(ctx, command.attachment)
    owner: int | None = whose["owner_id"] if found["entity"] == "card" else found["added_by_id"]
    return owner


def _of_no_note(ctx: Context, command: RemoveFile) -> Refusal | None:
    """What was filed with a parecer stays with it, as its words do. (B48)"""
    found, _ = _file_and_whose(ctx, command.attachment)
    note = ctx.rows.get(Note, found["note_id"])
    return may_leave(found["filename"], note["state"], note["filed_at"]) if note is not None else None


def _remove(ctx: Context, command: RemoveFile) -> Made:
    found, whose = _file_and_whose(ctx, command.attachment)
    ctx.rows.update(Attachment, command.attachment, deleted_at=ctx.now)
    on_card = found["entity"] == "card"
    place = {
        "card_id": whose["id"] if on_card else None,
        "party_id": whose["party_id"] if on_card else whose["id"],
    }
    ctx.emit(FileRemoved(entity_id=command.attachment, **place, filename=found["filename"]))
    return Made("attachment", command.attachment, f"attachment:{command.attachment}")


HANDLERS: dict[type[Command], Handler[Any]] = {
    **filing.HANDLERS,
    **correcting.HANDLERS,
    AddComment: Handler(_comment, owner=owners.work, check=_says_something),
    AttachFile: Handler(_attach, owner=owners.work, ready=_takes_files, check=_small_enough),
    RemoveFile: Handler(_remove, owner=_remove_owner, ready=_of_no_note),
}
AFTER_UNDO = giving_back.AFTER_UNDO
