"""How an activity or a note of another tool is taken in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from crm_tui.domain.activity import ActivitySource, ActivityState, Performed, performed
from crm_tui.domain.board import is_closed
from crm_tui.domain.events.activity import ActivityTakenIn
from crm_tui.domain.events.note import AttendanceTakenIn, NoteTakenIn
from crm_tui.domain.foreign import Foreign, ForeignKind, foreign
from crm_tui.domain.note import NoteKind
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.text import one_line
from crm_tui.i18n import Text
from crm_tui.services.core import foreign as ids
from crm_tui.services.core import owners, rights, work
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made, Refused
from crm_tui.services.intake import act_facts
from crm_tui.services.intake.act_commands import TakeInActivity, TakeInNote
from crm_tui.store.tables import ActionType, Activity, Card, Note, Party, Result, User

Either = TakeInActivity | TakeInNote


def _may(ctx: Context, command: Either) -> Refusal | None:
    """Who may import may so write only what they may by hand, and in the name of those whom they may give work."""
    if command.card is None and command.party is None:
        return Refusal(Text("This row names neither a card nor a person."), RefusedBy.INPUT, ("party",))
    whom = command.assignee if isinstance(command, TakeInActivity) else command.author
    planned = isinstance(command, TakeInActivity) and not command.done
    needed = (
        "activity.add" if planned else "note.file" if isinstance(command, TakeInActivity) else "note.comment"
    )
    if not ctx.viewer.may(needed, owners.of_work(ctx, command.card)):
        return Refusal(
            Text("Your profile does not allow you to import such an activity or note."), RefusedBy.PERMISSION
        )
    if isinstance(command, TakeInNote) and not command.text.strip():
        return Refusal(Text("No text in this row."), RefusedBy.INPUT, ("text",))
    card = ctx.row(Card, command.card, "card") if command.card is not None else None
    if planned and card is not None and is_closed(card["status"]):
        return Refusal(Text("A closed card has no next step: reopen it first."))
    if whom is not None and whom != ctx.viewer.user_id:
        field = "assignee" if isinstance(command, TakeInActivity) else "author"
        refusal = rights.not_for(ctx, whom, card, field)
        if refusal is not None:
            return refusal
    found = Performed(ctx.now) if planned else _done(ctx, command)
    return found if isinstance(found, Refusal) else None


def _done(ctx: Context, command: Either) -> Performed | Refusal:
    return performed(command.when, None, ctx.now, ctx.viewer.zone, 0)


def _foreign(command: Either) -> Foreign | None:
    return foreign(command.foreign_source, command.foreign_id)


def _there(ctx: Context, kind: ForeignKind, command: Either) -> bool:
    """Whether it is known by its id in the program of the file."""
    own = _foreign(command)
    return own is not None and own in ids.held(ctx.connection, kind, [own.id])


def _own_id(ctx: Context, kind: ForeignKind, command: Either, row_id: int) -> None:
    """Keep by which id that program knows it."""
    own = _foreign(command)
    if own is not None:
        ids.keep(ctx, kind, own, row_id)


def _at(ctx: Context, command: Either) -> Performed:
    found = _done(ctx, command)
    if isinstance(found, Refusal):
        raise Refused(found)
    return found


def _whose(ctx: Context, command: Either) -> int | None:
    """The person: the card's, or the one that is named."""
    if command.card is not None:
        party_id: int | None = ctx.row(Card, command.card, "card")["party_id"]
        return party_id
    return int(ctx.row(Party, command.party, "person")["id"]) if command.party is not None else None


def _activity(ctx: Context, command: TakeInActivity) -> Made:
    party_id = _whose(ctx, command)
    action_id = command.action if command.action is not None else work.default_action(ctx)
    action = ctx.row(ActionType, action_id, "action type")
    subject = one_line(command.subject) or str(action["name"])
    of = act_facts.whose(command.card, party_id)
    if (
        _there(ctx, ForeignKind.ACTIVITY, command)
        or act_facts.acts(ctx.connection, [of])[act_facts.act_key(of, action_id, subject, command.when)]
        >= command.nth
    ):
        return _known(ctx, of)
    place: dict[str, Any] = {"card_id": command.card, "party_id": party_id}
    if not command.done:
        step_id = work.plan_step(
            ctx,
            **place,
            when=command.when,
            subject=subject,
            action_type_id=action_id,
            assignee_id=command.assignee,
            description=command.text.strip() or None,
            source=ActivitySource.IMPORT,
            also=lambda made: _own_id(ctx, ForeignKind.ACTIVITY, command, made),
        )
        return Made("activity", step_id, f"activity:{step_id}")
    assignee = command.assignee if command.assignee is not None else ctx.viewer.user_id
    at = _at(ctx, command)
    start = command.when if isinstance(command.when, datetime) else None
    due = start.astimezone(work.zone_of(ctx, assignee)).date() if start is not None else command.when
    result = ctx.row(Result, command.result, "result") if command.result is not None else None
    activity_id = ctx.rows.insert(
        Activity,
        **place,
        action_type_id=action_id,
        subject=subject,
        assignee_id=assignee,
        created_by_id=ctx.viewer.user_id,
        due_on=due,
        start_at=start,
        end_at=start,
        state=ActivityState.DONE,
        done_at=at.done_at,
        result_id=result["id"] if result is not None else None,
        source=ActivitySource.IMPORT,
    )
    _own_id(ctx, ForeignKind.ACTIVITY, command, activity_id)
    source = command.source or None
    if not command.text.strip():
        ctx.emit(
            ActivityTakenIn(
                entity_id=activity_id, **place, subject=subject, done_at=at.done_at, source=source
            )
        )
        return Made("activity", activity_id, f"activity:{activity_id}")
    what = ", ".join(filter(None, (subject, result["name"] if result is not None else "")))
    kept = place | {"activity_id": activity_id, "kind": NoteKind.ATTENDANCE}
    _keep(ctx, kept, command.text, assignee, at, what, source)
    return Made("activity", activity_id, f"activity:{activity_id}")


def _note(ctx: Context, command: TakeInNote) -> Made:
    party_id = _whose(ctx, command)
    of = act_facts.whose(command.card, party_id)
    if (
        _there(ctx, ForeignKind.NOTE, command)
        or act_facts.notes(ctx.connection, [of])[of, command.text.strip()] >= command.nth
    ):
        return _known(ctx, of)
    author = command.author if command.author is not None else ctx.viewer.user_id
    kept = {"card_id": command.card, "party_id": party_id, "kind": NoteKind.COMMENT}
    note_id = _keep(
        ctx,
        kept,
        command.text,
        author,
        _at(ctx, command),
        "",
        command.source or None,
        lambda made: _own_id(ctx, ForeignKind.NOTE, command, made),
    )
    return Made("note", note_id, f"note:{note_id}")


def _known(ctx: Context, of: act_facts.Whose) -> Made:
    """What is there already is made no more; the record that has it."""
    row = ctx.row(Card if of[0] == "card" else Party, of[1])
    return Made(of[0], of[1], str(row["number"] if of[0] == "card" else row["code"]))


def _keep(
    ctx: Context,
    kept: dict[str, Any],
    text: str,
    author: int,
    at: Performed,
    what: str,
    source: str | None,
    also: Callable[[int], object] = bool,
) -> int:
    """File the text as its author's, of its day, and what `also` belongs to it; its id."""
    note_id = ctx.rows.insert(Note, **kept, body=text.strip(), author_id=author, filed_at=at.done_at)
    also(note_id)
    told: dict[str, Any] = {
        "entity_id": note_id,
        "card_id": kept["card_id"],
        "party_id": kept["party_id"],
        "author": str(ctx.row(User, author, "user")["login"]),
        "filed_at": at.done_at,
        "source": source,
    }
    ctx.emit(AttendanceTakenIn(subject=what, **told) if what else NoteTakenIn(**told))
    return note_id


HANDLERS: dict[type[Command], Handler[Any]] = {
    TakeInActivity: Handler(_activity, owner=owners.work, check=_may, gathers=True),
    TakeInNote: Handler(_note, owner=owners.work, check=_may, gathers=True),
}
