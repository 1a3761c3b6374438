"""How the undone filing of a parecer becomes a draft again: its text, and what was said beside it. (DESIGN, undo)"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from crm_tui.domain.activity import ActivitySource
from crm_tui.domain.events.note import Decided, NoteFiled
from crm_tui.domain.subject import subject_of
from crm_tui.services.core import contacts, outcomes, work
from crm_tui.services.core.context import Context
from crm_tui.services.core.undo import AfterUndo, Reversed
from crm_tui.services.note.registered import takes_over
from crm_tui.store import drafts
from crm_tui.store.queries.trail import TOGETHER
from crm_tui.store.rows import Row
from crm_tui.store.tables import ActionType, Activity, Card, Note
from crm_tui.store.values import as_date, as_instant

_GIVEN_BACK = "undo"
"""The terminal of a draft that an undo gave back and nobody has typed in since."""
_COLUMNS = {
    "done": (
        ("result", "result_id"),
        ("medium", "medium_id"),
        ("detail", "result_detail_id"),
        ("campaign", "campaign_id"),
        ("action", "action_type_id"),
    ),
    "next": (
        ("next_action", "action_type_id"),
        ("next_subject", "objective"),
        ("next_phone", "phone_id"),
        ("next_description", "description"),
    ),
    "note": (("template", "template_id"),),
    "card": (("loss_reason", "loss_reason_id"), ("loss_note", "loss_note")),
}
"""The fields of the parecer that stand in a column of the step that was done, of the next one, of note and card."""


def give_back_as_draft(ctx: Context, done: list[Reversed]) -> None:
    """Undoing a filed parecer gives it back as a draft: words are never lost.

    Filing it again by a redo drops that draft, unless somebody typed on in it meanwhile.
    """
    brought = {
        change.row_id
        for change in done
        if change.table == "activity"
        and change.row is not None
        and change.row["source"] == ActivitySource.IMPORT
    }
    for change in done:
        note = change.row
        if change.table != "note" or (note is not None and note["amends_id"] is not None):
            continue  # a correction that is taken back leaves what it corrected
        if note is not None and note["activity_id"] in brought:
            continue  # nobody typed what a file brought
        if change.op == "delete":
            _drop_given_back(ctx, ctx.row(Note, change.row_id))
        elif change.op == "insert" and note is not None and note["kind"] == "attendance":
            drafts.save(
                ctx.connection,
                author_id=note["author_id"],
                command="file_note",
                subject=subject_of(note["card_id"], note["party_id"]),
                payload=_payload(ctx, done, change.row_id, note),
                cursor={},
                text=note["body"],
                terminal=_GIVEN_BACK,
                now=ctx.now,
            )


def _payload(ctx: Context, done: list[Reversed], note_id: int, note: Row) -> dict[str, str]:
    """The fields as they were typed, as far as the rows tell; what holds anyway is left out."""
    step_id, card_id = note["activity_id"], note["card_id"]
    undone = _of(done, "activity", lambda c: c.row_id == step_id)
    stands = ctx.rows.get(Activity, step_id)
    planned = _of(done, "activity", lambda c: c.op == "insert" and c.row["previous_id"] == step_id)
    rows = {"done": undone or stands, "next": planned, "note": note, "card": _lost(ctx, done, card_id)}
    payload = {"body": note["body"]}
    if stands is not None:  # it may have been another than the card's next one
        payload["activity"] = f"#{step_id}"
    for whose, columns in _COLUMNS.items():
        row = rows[whose] or {}
        for field, column in columns:
            if row.get(column) is not None:
                payload[field] = f"#{row[column]}" if column.endswith("_id") else str(row[column])
    if undone is not None:
        payload |= _contact(ctx, note, undone, stands) | _hours(ctx, note, undone, stands)
        payload |= _campaign(ctx, note, undone, stands)
    if planned is not None:
        payload |= _next(ctx, note, planned, (undone or {}).get("contact_id"))
    for field, column in (("files", "note_id"), ("next_files", "activity_id")):
        held = [c.row_id for c in done if c.table == "attachment" and c.row and c.row[column] is not None]
        if held:
            payload[field] = _refs("attachment", held)
    return payload | _decided(ctx, note_id)


def _of(done: Iterable[Reversed], table: str, meant: Any) -> Row | None:
    return next((c.row for c in done if c.table == table and c.row and meant(c)), None)


def _lost(ctx: Context, done: Iterable[Reversed], card_id: int | None) -> Row | None:
    """The card as it was lost by the note; None if it was not."""
    card = _of(done, "card", lambda c: c.row_id == card_id)
    stands = ctx.rows.get(Card, card_id) or {}
    return card if card is not None and card["loss_reason_id"] != stands.get("loss_reason_id") else None


def _refs(entity: str, ids: Iterable[int]) -> str:
    return ", ".join(f"{entity}:{row_id}" for row_id in ids)


def _contact(ctx: Context, note: Row, undone: Row, stands: Row | None) -> dict[str, str]:
    """With whom one spoke, where that was another than the main contact."""
    step = note["activity_id"] if stands is not None else None
    main = contacts.main(
        ctx.connection, ctx.viewer, card=note["card_id"], party=note["party_id"], activity=step
    )
    if undone["contact_id"] == (main.value if main is not None else None):
        return {}
    return {"contact": f"#{undone['contact_id']}" if undone["contact_id"] is not None else ""}


def _campaign(ctx: Context, note: Row, undone: Row, stands: Row | None) -> dict[str, str]:
    """That it was for none, where it would be for one."""
    step = note["activity_id"] if stands is not None else None
    meant = outcomes.campaign_of(ctx.connection, note["card_id"], step)
    return {"campaign": ""} if undone["campaign_id"] is None and meant is not None else {}


def _hours(ctx: Context, note: Row, undone: Row, stands: Row | None) -> dict[str, str]:
    """When it was done, where that was said: a day, or from an hour to an hour, on the author's clock."""
    zone, done_at = work.zone_of(ctx, note["author_id"]), as_instant(undone["done_at"])
    start, end = as_instant(undone["start_at"]), as_instant(undone["end_at"])
    if done_at is None:
        return {}
    ended = done_at.astimezone(zone)
    before = stands or {}
    planned_so = all(undone[column] == before.get(column) for column in ("start_at", "end_at"))
    if start is not None and done_at == end and not planned_so:
        found = {"began": _typed(start, zone)}
        if ended.date() == start.astimezone(zone).date() and not _usual(ctx, undone):
            found["ended"] = f"{ended:%H:%M}"
        return found
    another_day = stands is not None and undone["due_on"] != stands["due_on"]
    said = done_at != as_instant(note["filed_at"]) or another_day
    return {"began": f"{ended:%d/%m/%Y}"} if said else {}


def _next(ctx: Context, note: Row, planned: Row, spoken_with: int | None) -> dict[str, str]:
    """When the next step was, on the author's clock, until when, with whom and by whom, where that is not what would
    hold anyway."""
    zone, card_id = work.zone_of(ctx, note["author_id"]), note["card_id"]
    start, end = as_instant(planned["start_at"]), as_instant(planned["end_at"])
    due = as_date(planned["due_on"])
    assert due is not None
    found = {"next_when": _typed(start, zone) if start is not None else due.strftime("%d/%m/%Y")}
    if planned["contact_id"] not in (None, spoken_with):
        found["next_contact"] = f"#{planned['contact_id']}"
    if start is not None and end is not None and not _usual(ctx, planned):
        found["next_until"] = end.astimezone(zone).strftime("%H:%M")
    usual = takes_over(ctx, ctx.rows.get(Card, card_id), planned["created_by_id"])
    if planned["assignee_id"] != usual:
        found["next_assignee"] = f"#{planned['assignee_id']}"
    return found


def _usual(ctx: Context, step: Row) -> bool:
    """Whether it took as long as its kind of action takes, which need not be said."""
    start, end = as_instant(step["start_at"]), as_instant(step["end_at"])
    return start is not None and end == work.usual_end(start, ctx.row(ActionType, step["action_type_id"]))


def _typed(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).strftime("%d/%m/%Y %H:%M")


def _decided(ctx: Context, note_id: int) -> dict[str, str]:
    """Where the card was taken: what was answered to the questions of its stages, and why; else the stage."""
    row = ctx.one(TOGETHER, note_id=note_id, filed=NoteFiled.kind, kind=Decided.kind)
    if row is None:
        row = ctx.one(TOGETHER, note_id=note_id, filed=NoteFiled.kind, kind=NoteFiled.kind)
        to = json.loads(row[0]).get("to_stage_id") if row is not None else None
        return {"stage": f"#{to}"} if to is not None else {}
    told, reason = json.loads(row[0]), row[1]
    found = {"answer": _refs("transition", told.get("answers", ())), "reason": reason or told["loss_note"]}
    return {field: text for field, text in found.items() if text}


def _drop_given_back(ctx: Context, note: Row) -> None:
    subject = subject_of(note["card_id"], note["party_id"])
    for draft in drafts.of_author(ctx.connection, note["author_id"]):
        mine = (draft.command, draft.subject, draft.terminal) == ("file_note", subject, _GIVEN_BACK)
        if mine and draft.payload.get("body") == note["body"]:
            drafts.drop(ctx.connection, note["author_id"], draft.id)


AFTER_UNDO: tuple[AfterUndo, ...] = (give_back_as_draft,)
