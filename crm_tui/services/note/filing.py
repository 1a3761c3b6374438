"""How a parecer is filed: the step it registers ends, its text is kept, the next step is planned. (B48, T2, T6)"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_tui.domain.activity import ActivityState, step_at
from crm_tui.domain.events.note import NoteFiled
from crm_tui.domain.note import NoteKind, complete_note
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.subject import subject_of
from crm_tui.i18n import N_, Text
from crm_tui.services.core import aside, next_step, owners
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made, refuse
from crm_tui.services.core.merge import check_version
from crm_tui.services.note import deciding, registered
from crm_tui.services.note.commands import FileNote
from crm_tui.services.note.registered import Registered
from crm_tui.store import drafts
from crm_tui.store.rows import Row
from crm_tui.store.tables import ActionType, Activity, Attachment, Card, Note, Party, Result, Template


def _note_owner(ctx: Context, command: FileNote) -> int | None:
    """The card's owner; or whoever has the step that the note registers, on a colleague's card too."""
    owner_id = owners.of_work(ctx, command.card)
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
    return complete_note(command.body, command.result) or registered.check(ctx, command)


def _foresee(ctx: Context, command: FileNote) -> list[Any]:
    if command.card is None:
        return []
    card = ctx.row(Card, command.card, "card")
    found = registered.registered(ctx, command)
    to = registered.stage_of(command, found)
    decided = deciding.decided(ctx, command, card, to=to, loses=found.loses)
    if decided is not None:
        return [decided]
    return [
        NoteFiled(
            entity_id=0,
            card_id=command.card,
            party_id=card["party_id"],
            action="",
            result="",
            tone="",
            to_stage_id=to,
            loss_reason_id=command.loss_reason if found.loses else None,
            loss_note=command.loss_note,
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
            raise refuse(
                N_(
                    "Somebody registered or cancelled that step meanwhile: look at the history, then file again, on "
                    "what is planned now; your text is kept."
                ),
                fields=("activity",),
            )
        return None
    if activity["card_id"] != command.card or (card is None and activity["party_id"] != command.party):
        raise refuse(
            N_("That step belongs to another record: open the one it belongs to."), fields=("activity",)
        )
    return activity


def _file(ctx: Context, command: FileNote) -> Made:
    card = ctx.row(Card, command.card, "card") if command.card is not None else None
    found = registered.registered(ctx, command)
    led = registered.stage_of(command, found)
    to = deciding.leads_to(ctx, command)
    if card is not None and to is not None and to != card["stage_id"]:
        check_version(ctx, Card, card["id"], command.version, {"stage_id": to}, {"stage_id": "stage"})
    decided = deciding.decided(ctx, command, card, to=led, loses=found.loses)
    party_id = card["party_id"] if card is not None else command.party
    if party_id is not None:
        ctx.row(Party, party_id, "person")
    result = ctx.row(Result, command.result, "result")
    activity = _worked_on(ctx, command, card)
    activity_id = _close_step(ctx, command, found, party_id, activity)
    action = ctx.row(ActionType, ctx.row(Activity, activity_id)["action_type_id"])
    aside.end(ctx, command.card)
    note_id = ctx.rows.insert(
        Note,
        card_id=command.card,
        party_id=party_id,
        activity_id=activity_id,
        kind=NoteKind.ATTENDANCE,
        body=command.body,
        author_id=ctx.viewer.user_id,
        filed_at=ctx.now,
        template_id=command.template if ctx.rows.get(Template, command.template) else None,
    )
    for file_id in _own_files(ctx, command, command.files):
        ctx.rows.update(Attachment, file_id, note_id=note_id)
    ctx.emit(
        NoteFiled(
            entity_id=note_id,
            card_id=command.card,
            party_id=party_id,
            action=action["name"],
            result=result["name"],
            tone=result["tone"],
            to_stage_id=led if decided is None else None,
            loss_reason_id=command.loss_reason if found.loses else None,
            loss_note=command.loss_note if found.loses else "",
            spoken_with=_spoken_with(ctx, found, party_id),
        )
    )
    if decided is not None:
        ctx.emit(decided, None if decided.loss_id else command.reason or None)
    when = registered.next_moment(ctx, command, found)
    if ctx.row(Activity, activity_id)["series_id"] is not None:
        next_step.refresh(ctx, None, activity_id)
    if when is not None:
        kept = _own_files(ctx, command, command.next_files)
        registered.plan(ctx, command, found, activity_id, when, kept)
    elif command.next_files:
        raise refuse(
            N_("There is no next step for its files: say when it is, or take them off."),
            fields=("next_when",),
        )
    else:
        next_step.refresh(ctx, command.card)
    _drop_draft(ctx, command)
    return Made("note", note_id, f"note:{note_id}")


def _close_step(
    ctx: Context, command: FileNote, found: Registered, party_id: int | None, activity: Row | None
) -> int:
    """Mark the planned step done with its result, or record the work as a step of its own; its id."""
    done: dict[str, Any] = {
        "state": ActivityState.DONE,
        **registered.done_columns(ctx, command, found),
    }
    if activity is not None:
        if command.action is not None:
            done["action_type_id"] = command.action
        ctx.rows.update(Activity, activity["id"], **done)
        return int(activity["id"])
    done.setdefault("due_on", step_at(ctx.now, ctx.viewer.zone).due_on)
    return ctx.rows.insert(
        Activity,
        party_id=party_id,
        card_id=command.card,
        action_type_id=found.action_id,
        subject=ctx.row(ActionType, found.action_id, "action type")["name"],
        assignee_id=ctx.viewer.user_id,
        created_by_id=ctx.viewer.user_id,
        **done,
    )


def _spoken_with(ctx: Context, found: Registered, party_id: int | None) -> str:
    """The contact's name, where it is another than whom the note is about."""
    row = ctx.rows.get(Party, found.contact_id) if found.contact_id != party_id else None
    return str(row["name"]) if row is not None else ""


def _own_files(ctx: Context, command: FileNote, files: Sequence[int]) -> list[int]:
    """The files that were attached while it was written and are nobody's yet; one that was taken off since is missed by
    nobody. (B42, T52)"""
    whose = ("card", command.card) if command.card is not None else ("party", command.party)
    found = []
    for file_id in dict.fromkeys(files):
        file = ctx.rows.get(Attachment, file_id)
        if file is not None and file["deleted_at"] is None and file["note_id"] is file["activity_id"] is None:
            if (file["entity"], file["entity_id"]) != whose:
                raise refuse(
                    N_("The file {id} belongs to another record: attach it to this one."),
                    fields=("files",),
                    id=file_id,
                )
            found.append(file_id)
    return found


def _drop_draft(ctx: Context, command: FileNote) -> None:
    """The filed text is no draft any more; in the same transaction, so that it is never both or neither."""
    subject = subject_of(command.card, command.party)
    found = drafts.find(ctx.connection, ctx.viewer.user_id, "file_note", subject)
    if found is not None and found.payload.get("body", "").strip() == command.body.strip():
        drafts.drop(ctx.connection, ctx.viewer.user_id, found.id)


HANDLERS: dict[type[Command], Handler[Any]] = {
    FileNote: Handler(_file, owner=_note_owner, check=_complete, foresee=_foresee),
}
