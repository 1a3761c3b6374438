"""One record as the JSON document that `show` prints: its REF, its facts, its version; others by their REFs."""

from __future__ import annotations

from dataclasses import asdict, is_dataclass
from typing import TYPE_CHECKING, Any

from crm_tui.cli import shown_canned, shown_forms, shown_people, shown_ways, workflow
from crm_tui.services.core.refs import Ref, party_ref, typed

if TYPE_CHECKING:
    from collections.abc import Callable

    from crm_tui.services.core.crm import Crm

Document = dict[str, Any]


def record(crm: Crm, ref: Ref) -> Document | None:
    """The document of what a REF names; None if there is none that may be seen."""
    make = _MAKERS.get(ref.entity)
    found = None if make is None else make(crm, ref)
    return None if found is None else _in_zone(found, crm)


def _in_zone(value: Any, crm: Crm) -> Any:
    """Instants on the reader's clock."""
    if isinstance(value, dict):
        return {k: _in_zone(v, crm) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_in_zone(v, crm) for v in value]
    if getattr(value, "tzinfo", None) is not None:
        return value.astimezone(crm.viewer.zone)
    return value


def _facts(row: Any) -> Document:
    """Each fact of a row class by its name: most are named tuples, what a form brings a dataclass."""
    return asdict(row) if is_dataclass(row) and not isinstance(row, type) else dict(row._asdict())


def _card(crm: Crm, ref: Ref) -> Document | None:
    from crm_tui.services.board import journeys
    from crm_tui.services.board import views as board
    from crm_tui.services.followup import views as followup
    from crm_tui.services.intake import views as intake

    found = crm.read(board.detail, ref.id)
    if found is None:
        return None
    document: Document = {"ref": found.number, "entity": "card", **_facts(found)}
    for name in (
        *("id", "board_id", "stage_id", "party_id", "contact_id", "owner_id", "next_action_id"),
        *("channel_id", "media_id", "offer_id", "case_type_id", "medium_id", "referrer_id", "campaign_id"),
    ):
        del document[name]
    document["due_at"] = document.pop("start_at")
    document |= {
        "board_ref": typed("board", found.board_id),
        "stage_ref": typed("stage", found.stage_id),
        "party_ref": party_ref(found.party_id),
        "contact_ref": party_ref(found.contact_id),
        "next_ref": typed("activity", document.pop("next_activity_id")),
        "value_cents": found.value_cents,
        "state": found.state(crm.clock(), crm.viewer.zone).value,
        "channel_ref": typed("channel", found.channel_id),
        "media_ref": typed("media_source", found.media_id),
        "offer_ref": typed("offer", found.offer_id),
        "case_type_ref": typed("case_type", found.case_type_id),
        "referrer_ref": party_ref(found.referrer_id),
        "campaign_ref": typed("campaign", found.campaign_id),
        "idle": _idle(crm, crm.read(journeys.idle, ref.id)),
        "stays": _stays(crm, ref.id),
        "journey": [
            {"ref": kin.number, "relation": kin.relation, "board": kin.board, "status": kin.status}
            for kin in crm.read(journeys.journey, ref.id)
        ],
        "steps": [_step(step) for step in crm.read(followup.steps_of_card, ref.id)],
        "foreign_ids": [each._asdict() for each in crm.read(intake.ids_of_card, ref.id)],
        **_worn(crm, ref.id),
        **shown_forms.of_card(crm, ref.id),
        **workflow.of_card(crm, found.stage_id, closed=found.closed),
    }
    document["version"] = document.pop("version")
    return document


def _stays(crm: Crm, card_id: int) -> list[Document]:
    """The card's stays in stages, the newest first, in calendar and in working time."""
    from crm_tui.domain.stays import in_days, spent
    from crm_tui.services.board import stays
    from crm_tui.services.calendar import views as calendars

    calendar, now, zone = crm.read(calendars.default), crm.clock(), crm.viewer.zone
    found = []
    for stay in crm.read(stays.of_card, card_id):
        part = spent(stay, now, zone, calendar)
        document = _facts(stay)
        for name in ("id", "stage_id", "category"):
            del document[name]
        document |= {
            "stage_ref": typed("stage", stay.stage_id),
            "calendar_days": part.days if part is not None else None,
            "working_minutes": part.minutes if part is not None else None,
            "working_days": round(in_days(part.minutes, calendar), 2) if part is not None else None,
            "late_days": part.late if part is not None else None,
        }
        found.append(document)
    return found


def _worn(crm: Crm, card_id: int) -> Document:
    """What was put on a card by hand."""
    from crm_tui.cli.shown_offers import item_facts
    from crm_tui.services.label import views as label
    from crm_tui.services.note import views as note
    from crm_tui.services.offer import views as offer

    return {
        "labels": [each.name for each in crm.read(label.worn, [card_id]).get(card_id, ())],
        "members": [each.login for each in crm.read(label.members, [card_id]).get(card_id, ())],
        "tasks": [_task_facts(each) for each in crm.read(label.tasks, card_id)],
        "items": [item_facts(each) for each in crm.read(offer.of_card, card_id)],
        "files": _files(crm.read(note.files, card_id)),
    }


def _files(files: Any) -> list[Document]:
    return [{"ref": typed("attachment", f.id), "filename": f.filename, "size": f.size} for f in files]


def _task_facts(task: Any) -> Document:
    document = _facts(task)
    return {"ref": typed("task", document.pop("id")), **document}


def _task(crm: Crm, ref: Ref) -> Document | None:
    from crm_tui.services.label import views

    found = crm.read(views.task, ref.id)
    if found is None:
        return None
    document = _task_facts(found[0])
    return {"ref": document.pop("ref"), "entity": "task", "card": found[1], **document}


def _label(crm: Crm, ref: Ref) -> Document | None:
    from crm_tui.services.label import views

    found = next((label for label in crm.read(views.labels) if label.id == ref.id), None)
    if found is None:
        return None
    document = _facts(found)
    for name in ("id", "board_id"):
        del document[name]
    board = {"board_ref": typed("board", found.board_id)}
    return {"ref": typed("label", found.id), "entity": "label", **document, **board}


def _idle(crm: Crm, idle: Any) -> Document | None:
    """What last reset the card's clock, in words and by kind."""
    from crm_tui.ui.sentences import sentence

    if idle is None:
        return None
    now, zone = crm.clock(), crm.viewer.zone
    told = sentence(idle.kind, idle.params, now, zone) if idle.kind else None
    return {
        "days": idle.days,
        "limit": idle.limit,
        "held_until": idle.held_until,
        "touched_at": idle.touched_at,
        "by": idle.who,
        "event": idle.kind or None,
        "what": told,
    }


def _step(step: Any) -> Document:
    document = _facts(step)
    return {"ref": typed("activity", document.pop("id")), **document}


def _of_core(name: str) -> Callable[[Crm, Ref], Document | None]:
    def make(crm: Crm, ref: Ref) -> Document | None:
        from crm_tui.services.core import records

        found = crm.read(getattr(records, name), ref.id)
        if found is None:
            return None
        document = _facts(found)
        document = {"ref": typed(name, document.pop("id")), "entity": name, **document}
        if "activity_id" in document:
            document["activity"] = typed("activity", document.pop("activity_id"))
        for column, shown in (
            ("amends_id", "corrects"),
            ("corrected_by_id", "corrected_by"),
            ("note_id", "note"),
        ):
            if column in document:
                document[shown] = typed("note", document.pop(column))
        if "start_at" in document:
            document["due_at"] = document.pop("start_at")
        document["version"] = document.pop("version")
        return document

    return make


def _draft(crm: Crm, ref: Ref) -> Document | None:
    found = crm.drafts.by_id(ref.id)
    if found is None:
        return None
    return {
        "ref": typed("draft", found.id),
        "entity": "draft",
        "author": found.author,
        "command": found.command,
        "about": found.subject,
        "fields": dict(found.payload),
        "text": found.text,
        "created_at": found.created_at,
        "saved_at": found.saved_at,
        "version": found.rev,
    }


def _board(crm: Crm, ref: Ref) -> Document | None:
    from crm_tui.services.board import views

    found = next((b for b in crm.read(views.boards) if b.id == ref.id), None)
    if found is None:
        return None
    stages = [
        {"ref": typed("stage", s.id), "name": s.name, "category": s.category}
        for s in crm.read(views.stages, found.id)
    ]
    return {
        "ref": typed("board", found.id),
        "entity": "board",
        "name": found.name,
        "kind": found.kind,
        "number_prefix": found.number_prefix,
        "color": found.color,
        "page_size": found.page_size,
        "restricted": bool(found.restricted),
        "stages": stages,
        "version": found.version,
    }


def _stage(crm: Crm, ref: Ref) -> Document | None:
    from crm_tui.services.board import views

    for board in crm.read(views.boards):
        for stage in crm.read(views.stages, board.id):
            if stage.id == ref.id:
                document = _facts(stage)
                del document["id"], document["board_id"]
                head = {"ref": typed("stage", stage.id), "entity": "stage", "board": board.name}
                return {**head, "board_ref": typed("board", board.id), **document}
    return None


def _template(crm: Crm, ref: Ref) -> Document | None:
    from crm_tui.domain.template import load
    from crm_tui.services.board import views

    found = next((t for t in crm.read(views.templates) if t.id == ref.id), None)
    if found is None:
        return None
    payload = load(found.payload)
    return {
        "ref": typed("card_template", found.id),
        "entity": "card_template",
        "name": found.name,
        "board": found.board,
        "board_ref": typed("board", found.board_id),
        "description": found.description,
        "tasks": list(payload.tasks),
        "comments": list(payload.comments),
        "labels": len(payload.labels),
        "members": len(payload.members),
        "files": found.files,
        "archived": bool(found.archived),
        "version": found.version,
    }


def _user(crm: Crm, ref: Ref) -> Document | None:
    from crm_tui.services.access import views

    found = next((u for u in crm.read(views.users, active=False) if u.id == ref.id), None)
    if found is None:
        return None
    document = _facts(found)
    for name in ("id", "profile_id", "team_id", "calendar_id"):
        del document[name]
    return {"ref": found.login, "entity": "user", **document}


def _view(crm: Crm, ref: Ref) -> Document | None:
    from crm_tui.domain.filter import write
    from crm_tui.services.filter import views

    found = next((view for view in crm.read(views.saved) if view.id == ref.id), None)
    if found is None:
        return None
    return {
        "ref": typed("view", found.id),
        "entity": "view",
        "name": found.name,
        "place": found.place.value,
        "filter": write(found.found, crm.read(views.world, found.place)) if found.found is not None else None,
        "shortcut": found.shortcut,
        "author": found.author,
        "shared": found.shared,
        "version": found.version,
    }


def _channel(crm: Crm, ref: Ref) -> Document | None:
    from crm_tui.services.channel import views

    found = next((row for row in crm.read(views.register) if row.id == ref.id), None)
    if found is None:
        return None
    head = {"ref": typed("channel", found.id), "entity": "channel", "name": found.name}
    return {**head, "active": found.active, "version": found.version}


def _listed(crm: Crm, ref: Ref) -> Document | None:
    """A row of one of the registers, as settings list it."""
    from crm_tui import bootstrap

    register = next(r for r in bootstrap.registers() if r.entity == ref.entity)
    found = next((row for row in crm.read(register.view) if row.id == ref.id), None)
    if found is None:
        return None
    head = {"ref": typed(ref.entity, found.id), "entity": ref.entity, "name": found.name}
    said = {name: found.labels.get(name) or text for name, text in found.raw.items()}
    return {**head, **found.labels, **said, "active": found.active, "version": found.version}


def _of_offers(crm: Crm, ref: Ref) -> Document | None:
    from crm_tui.cli.shown_offers import MAKERS

    return MAKERS[ref.entity](crm, ref.id)


_MAKERS: dict[str, Callable[[Crm, Ref], Document | None]] = {
    "card": _card,
    "party": shown_people.party,
    "party_relation": shown_people.relation,
    "note": _of_core("note"),
    "activity": _of_core("activity"),
    "attachment": _of_core("attachment"),
    "draft": _draft,
    "board": _board,
    "stage": _stage,
    "card_template": _template,
    "label": _label,
    "task": _task,
    "channel": _channel,
    "case_type": shown_canned.case_type,
    "standard_text": shown_canned.standard_text,
    "form": shown_forms.form,
    "question": shown_forms.question,
    "response": shown_forms.response,
    **dict.fromkeys(("offer", "offer_item", "card_item"), _of_offers),
    **dict.fromkeys(("action", "result", "result_detail", "medium", "media_source", "party_class"), _listed),
    **dict.fromkeys(("campaign", "campaign_action", "campaign_result"), _listed),
    **dict.fromkeys(("calendar", "calendar_day", "leave", "local_holiday"), _listed),
    **shown_ways.MAKERS,
    "user": _user,
    "view": _view,
}
