"""How a parecer is filed, a comment left, a file attached; and how an undone filing becomes a draft again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from crm_tui.domain.activity import ActivityState, step_at
from crm_tui.domain.board import is_closed
from crm_tui.domain.events.note import FileAttached, FileRemoved, NoteFiled
from crm_tui.domain.note import NoteKind, complete_note
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.subject import subject_of
from crm_tui.i18n import N_, Text
from crm_tui.services.core import files, next_step, work
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made, Refused, no_such, refuse
from crm_tui.services.core.merge import check_version
from crm_tui.services.core.undo import Reversed
from crm_tui.services.note.commands import AddComment, AttachFile, FileNote, RemoveFile
from crm_tui.store import drafts
from crm_tui.store.rows import Row
from crm_tui.store.tables import ActionType, Activity, Attachment, Card, ContactMedium, Note, Party, Result
from crm_tui.store.values import as_date, as_instant

_GIVEN_BACK = "undo"
"""The terminal of a draft that an undo gave back and nobody has typed in since."""


def _card_owner(ctx: Context, card_id: int | None) -> int | None:
    if card_id is None:
        return ctx.viewer.user_id
    owner: int | None = ctx.row(Card, card_id, "card")["owner_id"]
    return owner


def _comment_owner(ctx: Context, command: AddComment) -> int | None:
    return _card_owner(ctx, command.card)


def _note_owner(ctx: Context, command: FileNote) -> int | None:
    """The card's owner; or whoever has the step that the note registers, on a colleague's card too."""
    owner_id = _card_owner(ctx, command.card)
    if ctx.viewer.may(command.permission, owner_id):
        return owner_id
    step_id = command.activity
    if step_id is None and command.card is not None:
        step_id = ctx.row(Card, command.card, "card")["next_activity_id"]
    step = ctx.rows.get(Activity, step_id) or {}
    return ctx.viewer.user_id if step.get("assignee_id") == ctx.viewer.user_id else owner_id


def _complete(ctx: Context, command: FileNote) -> Refusal | None:
    if command.card is None and command.party is None:
        return Refusal(Text("A note needs a card or a person: choose one."), RefusedBy.INPUT, ("party",))
    return complete_note(command.body, command.result)


def _foresee(ctx: Context, command: FileNote) -> list[Any]:
    if command.card is None or command.stage is None:
        return []
    card = ctx.row(Card, command.card, "card")
    return [
        NoteFiled(
            entity_id=0,
            card_id=command.card,
            party_id=card["party_id"],
            action="",
            result="",
            tone="",
            to_stage_id=command.stage,
        )
    ]


def _worked_on(ctx: Context, command: FileNote, card: Row | None) -> Row | None:
    """The planned step that this note registers: the one named, else the card's next one."""
    activity_id = command.activity or (card["next_activity_id"] if card else None)
    if activity_id is None:
        return None
    activity = ctx.rows.get(Activity, activity_id)
    if activity is None or activity["state"] != ActivityState.PLANNED:
        if command.activity is not None:
            raise refuse(N_("Somebody registered that step meanwhile: your note is kept as a draft."))
        return None
    if activity["card_id"] != command.card or (card is None and activity["party_id"] != command.party):
        raise refuse(
            N_("That step belongs to another record: open the one it belongs to."), fields=("activity",)
        )
    return activity


def _file(ctx: Context, command: FileNote) -> Made:
    card = ctx.row(Card, command.card, "card") if command.card is not None else None
    if card is not None and command.stage is not None and command.stage != card["stage_id"]:
        check_version(
            ctx, Card, card["id"], command.version, {"stage_id": command.stage}, {"stage_id": "stage"}
        )
    party_id = card["party_id"] if card is not None else command.party
    if party_id is not None:
        ctx.row(Party, party_id, "person")
    result = ctx.row(Result, command.result, "result")
    activity = _worked_on(ctx, command, card)
    activity_id = _close_step(ctx, command, card, party_id, activity)
    action = ctx.row(ActionType, ctx.row(Activity, activity_id)["action_type_id"])
    note_id = ctx.rows.insert(
        Note,
        card_id=command.card,
        party_id=party_id,
        activity_id=activity_id,
        kind=NoteKind.ATTENDANCE,
        body=command.body,
        author_id=ctx.viewer.user_id,
        filed_at=ctx.now,
    )
    ctx.emit(
        NoteFiled(
            entity_id=note_id,
            card_id=command.card,
            party_id=party_id,
            action=action["name"],
            result=result["name"],
            tone=result["tone"],
            to_stage_id=command.stage,
        )
    )
    if command.next_when is not None:
        _plan_next(ctx, command, card, party_id, activity_id, result)
    else:
        next_step.refresh(ctx, command.card)
    _drop_draft(ctx, command)
    return Made("note", note_id, f"note:{note_id}")


def _close_step(
    ctx: Context, command: FileNote, card: Row | None, party_id: int | None, activity: Row | None
) -> int:
    """Mark the planned step done with its result, or record the work as a step of its own; its id."""
    done: dict[str, Any] = {
        "state": ActivityState.DONE,
        "done_at": ctx.now,
        "result_id": command.result,
        "medium_id": command.medium,
    }
    if command.medium is not None:
        ctx.row(ContactMedium, command.medium, "medium")
    if activity is not None:
        if command.action is not None:
            done["action_type_id"] = ctx.row(ActionType, command.action, "action type")["id"]
        ctx.rows.update(Activity, activity["id"], **done)
        return int(activity["id"])
    action_id = command.action or work.default_action(ctx)
    step = step_at(ctx.now, ctx.viewer.zone)
    return ctx.rows.insert(
        Activity,
        party_id=party_id,
        card_id=card["id"] if card else None,
        action_type_id=action_id,
        subject=ctx.row(ActionType, action_id, "action type")["name"],
        assignee_id=ctx.viewer.user_id,
        created_by_id=ctx.viewer.user_id,
        due_on=step.due_on,
        **done,
    )


def _plan_next(
    ctx: Context, command: FileNote, card: Row | None, party_id: int | None, done_id: int, result: Row
) -> None:
    if card is not None and is_closed(card["status"]):
        raise refuse(N_("A closed card has no next step: leave “when” empty."), fields=("next_when",))
    assert command.next_when is not None
    action_id = command.next_action or result["next_action_id"] or work.default_action(ctx)
    work.plan_step(
        ctx,
        card_id=command.card,
        party_id=party_id,
        when=command.next_when,
        subject=command.next_subject,
        action_type_id=action_id,
        assignee_id=card["owner_id"] if card is not None and card["owner_id"] else ctx.viewer.user_id,
        previous_id=done_id,
    )


def _drop_draft(ctx: Context, command: FileNote) -> None:
    """The filed text is no draft any more; in the same transaction, so that it is never both or neither."""
    subject = subject_of(command.card, command.party)
    found = drafts.find(ctx.connection, ctx.viewer.user_id, "file_note", subject)
    if found is not None and found.payload.get("body", "").strip() == command.body.strip():
        drafts.drop(ctx.connection, ctx.viewer.user_id, found.id)


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
    return _card_owner(ctx, command.card)


def _small_enough(_ctx: Context, command: AttachFile) -> Refusal | None:
    return files.small_enough(command.content)


def _attach(ctx: Context, command: AttachFile) -> Made:
    card = ctx.row(Card, command.card, "card")
    row = files.attach(ctx, "card", command.card, command.filename, command.content)
    ctx.emit(
        FileAttached(
            entity_id=row["id"],
            card_id=command.card,
            party_id=card["party_id"],
            filename=row["filename"],
            size=row["size"],
        )
    )
    return Made("attachment", row["id"], f"attachment:{row['id']}")


def _file_and_card(ctx: Context, attachment_id: int) -> tuple[Row, Row]:
    """A file that is still there and its card."""
    found = ctx.rows.get(Attachment, attachment_id)
    card = ctx.rows.get(Card, found["entity_id"]) if found is not None and found["entity"] == "card" else None
    if found is None or card is None or found["deleted_at"] is not None or card["deleted_at"] is not None:
        raise Refused(no_such("attachment", attachment_id, ("attachment",)))
    return found, card


def _remove_owner(ctx: Context, command: RemoveFile) -> int | None:
    owner: int | None = _file_and_card(ctx, command.attachment)[1]["owner_id"]
    return owner


def _remove(ctx: Context, command: RemoveFile) -> Made:
    found, card = _file_and_card(ctx, command.attachment)
    ctx.rows.update(Attachment, command.attachment, deleted_at=ctx.now)
    place = {"card_id": card["id"], "party_id": card["party_id"]}
    ctx.emit(FileRemoved(entity_id=command.attachment, **place, filename=found["filename"]))
    return Made("attachment", command.attachment, f"attachment:{command.attachment}")


def give_back_as_draft(ctx: Context, done: list[Reversed]) -> None:
    """Undoing a filed parecer gives its text back as a draft: words are never lost. (DESIGN, undo)

    Filing it again by a redo drops that draft, unless somebody typed on in it meanwhile.
    """
    for change in done:
        note = change.row
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
            ("action", undone or activity, "action_type_id"),
            ("next_action", planned, "action_type_id"),
            ("next_subject", planned, "subject"),
        ):
            if row and row.get(column) is not None:
                payload[field] = f"#{row[column]}" if column.endswith("_id") else str(row[column])
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
    FileNote: Handler(_file, owner=_note_owner, check=_complete, foresee=_foresee),
    AddComment: Handler(_comment, owner=_comment_owner, check=_says_something),
    AttachFile: Handler(_attach, owner=_attach_owner, check=_small_enough),
    RemoveFile: Handler(_remove, owner=_remove_owner),
}
AFTER_UNDO = (give_back_as_draft,)
