"""How a comment is left and a file attached; and how the undone filing of a parecer becomes a draft again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import SQLModel

from crm_tui.domain.casetype import refused_file
from crm_tui.domain.events.note import FileAttached, FileRemoved
from crm_tui.domain.note import may_leave
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.subject import subject_of
from crm_tui.i18n import Text
from crm_tui.services.core import files, work
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made, Refused, no_such
from crm_tui.services.core.file_rules import rule_of
from crm_tui.services.core.scope import sight
from crm_tui.services.core.undo import Reversed
from crm_tui.services.note import correcting, filing
from crm_tui.services.note.commands import AddComment, AttachFile, RemoveFile
from crm_tui.store import drafts
from crm_tui.store.queries.party import REACHED
from crm_tui.store.rows import Row
from crm_tui.store.tables import Activity, Attachment, Card, Note, Party
from crm_tui.store.values import as_date, as_instant

_GIVEN_BACK = "undo"
"""The terminal of a draft that an undo gave back and nobody has typed in since."""


def _comment_owner(ctx: Context, command: AddComment) -> int | None:
    return work.card_owner(ctx, command.card)


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


def _attach_owner(ctx: Context, command: AttachFile) -> int | None:
    return work.card_owner(ctx, command.card)


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


_OF: dict[str, type[SQLModel]] = {"card": Card, "party": Party}
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


def give_back_as_draft(ctx: Context, done: list[Reversed]) -> None:
    """Undoing a filed parecer gives its text back as a draft: words are never lost. (DESIGN, undo)

    Filing it again by a redo drops that draft, unless somebody typed on in it meanwhile.
    """
    for change in done:
        note = change.row
        if note is not None and note.get("amends_id") is not None:
            continue  # a correction that is taken back leaves what it corrected
        if change.table == "note" and change.op == "delete":
            _drop_given_back(ctx, ctx.row(Note, change.row_id))
        if change.table != "note" or change.op != "insert" or note is None or note["kind"] != "attendance":
            continue
        activity = ctx.rows.get(Activity, note["activity_id"]) or {}
        undone = next(
            (c.row for c in done if c.table == "activity" and c.row_id == note["activity_id"]), None
        )
        planned = next(
            (
                c.row
                for c in done
                if c.table == "activity"
                and c.op == "insert"
                and c.row
                and c.row["previous_id"] == note["activity_id"]
            ),
            None,
        )
        payload = {"body": note["body"]}
        for field, row, column in (
            ("result", undone, "result_id"),
            ("medium", undone, "medium_id"),
            ("detail", undone, "result_detail_id"),
            ("campaign", undone, "campaign_id"),
            ("action", undone or activity, "action_type_id"),
            ("next_action", planned, "action_type_id"),
            ("next_subject", planned, "subject"),
            ("template", note, "template_id"),
            ("next_contact", planned, "contact_id"),
            ("next_phone", planned, "phone_id"),
            ("next_description", planned, "description"),
        ):
            if row and row.get(column) is not None:
                payload[field] = f"#{row[column]}" if column.endswith("_id") else str(row[column])
        held = [c.row_id for c in done if c.table == "attachment" and c.op == "update"]
        if held:
            payload["files"] = ", ".join(f"attachment:{i}" for i in held)
        if planned is not None:
            payload["next_when"] = _words(ctx, planned)
        drafts.save(
            ctx.connection,
            author_id=note["author_id"],
            command="file_note",
            subject=subject_of(note["card_id"], note["party_id"]),
            payload=payload,
            cursor={},
            text=note["body"],
            terminal=_GIVEN_BACK,
            now=ctx.now,
        )


def _drop_given_back(ctx: Context, note: Row) -> None:
    subject = subject_of(note["card_id"], note["party_id"])
    for draft in drafts.of_author(ctx.connection, note["author_id"]):
        mine = (draft.command, draft.subject, draft.terminal) == ("file_note", subject, _GIVEN_BACK)
        if mine and draft.payload.get("body") == note["body"]:
            drafts.drop(ctx.connection, note["author_id"], draft.id)


def _words(ctx: Context, planned: Row) -> str:
    start: datetime | None = as_instant(planned["start_at"])
    if start is not None:
        return start.astimezone(ctx.viewer.zone).strftime("%d/%m/%Y %H:%M")
    due = as_date(planned["due_on"])
    assert due is not None
    return due.strftime("%d/%m/%Y")


HANDLERS: dict[type[Command], Handler[Any]] = {
    **filing.HANDLERS,
    **correcting.HANDLERS,
    AddComment: Handler(_comment, owner=_comment_owner, check=_says_something),
    AttachFile: Handler(_attach, owner=_attach_owner, ready=_takes_files, check=_small_enough),
    RemoveFile: Handler(_remove, owner=_remove_owner, ready=_of_no_note),
}
AFTER_UNDO = (give_back_as_draft,)
