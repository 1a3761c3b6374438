"""How base cards are made and changed, and how a new card is filled from one. (K14-K20)

What no longer fits (a label or member out of use, somebody who takes no part in the board) is left out when a card is
filled: the base card keeps it, because it may fit again.
"""

from __future__ import annotations

from typing import Any

from crm_tui.domain.events.board import CardFilled
from crm_tui.domain.events.setup import (
    TemplateAdded,
    TemplateArchived,
    TemplateEdited,
    TemplateFileAdded,
    TemplateFileRemoved,
    TemplateUnarchived,
)
from crm_tui.domain.outcome import Refusal
from crm_tui.domain.template import Payload, load
from crm_tui.i18n import N_
from crm_tui.services.board import template_fields
from crm_tui.services.board.boards import in_use
from crm_tui.services.board.commands import (
    AddTemplate,
    ArchiveTemplate,
    AttachToTemplate,
    DetachFromTemplate,
    EditTemplate,
    MoveTemplate,
    SetTemplateLabels,
    SetTemplateMembers,
    TemplateFromCard,
    UnarchiveTemplate,
)
from crm_tui.services.board.template_fields import PAYLOAD
from crm_tui.services.core import files, names, rights, work
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made, refuse
from crm_tui.services.core.order import reordered
from crm_tui.store.rows import Row
from crm_tui.store.tables import (
    Attachment,
    Card,
    CardLabel,
    CardMember,
    CardTemplate,
    ChecklistItem,
    Label,
    User,
)

ENTITY = "card_template"
_ORDER = (
    "SELECT id FROM card_template WHERE board_id = :board_id AND archived_at IS NULL ORDER BY position, id"
)
_WORN = "SELECT label_id FROM card_label WHERE card_id = :card_id ORDER BY id"
_MEMBERS = "SELECT user_id FROM card_member WHERE card_id = :card_id ORDER BY id"
_TASKS = "SELECT text FROM checklist_item WHERE card_id = :card_id ORDER BY position, id"


def _made(template_id: int) -> Made:
    return Made(ENTITY, template_id, f"{ENTITY}:{template_id}")


def _add(ctx: Context, command: AddTemplate) -> Made:
    board = in_use(ctx, command.board)
    payload = template_fields.payload(ctx, command.board, Payload(), command, set(PAYLOAD))
    return _insert(ctx, board, command.name, command.description or None, payload)


def _insert(ctx: Context, board: Row, name: str, description: str | None, payload: Payload) -> Made:
    clean = names.free(ctx, CardTemplate, name, board_id=board["id"])
    template_id = ctx.rows.next_id(CardTemplate)
    ctx.rows.insert(
        CardTemplate,
        id=template_id,
        board_id=board["id"],
        name=clean,
        description=description,
        payload=payload.dump(),
        position=template_id,
    )
    ctx.emit(TemplateAdded(entity_id=template_id, name=clean, board=board["name"]))
    return _made(template_id)


def _edit(ctx: Context, command: EditTemplate) -> Made:
    template = ctx.row(CardTemplate, command.template, "base card")
    given = command.model_fields_set
    columns: dict[str, Any] = {}
    if "name" in given:
        columns["name"] = names.free(
            ctx, CardTemplate, command.name, but=command.template, board_id=template["board_id"]
        )
    if "description" in given:
        columns["description"] = command.description or None
    if given & PAYLOAD:
        payload = template_fields.payload(
            ctx, template["board_id"], load(template["payload"]), command, given
        )
        columns["payload"] = payload.dump()
    template_fields.check(ctx, template, command, columns)
    if ctx.rows.update(CardTemplate, command.template, **columns):
        name = str(columns.get("name", template["name"]))
        ctx.emit(TemplateEdited(entity_id=command.template, name=name))
    return _made(command.template)


def _move(ctx: Context, command: MoveTemplate) -> Made:
    template = _in_use(ctx, command.template)
    order = [i for (i,) in ctx.connection.execute(_ORDER, {"board_id": template["board_id"]}).fetchall()]
    if reordered(ctx, CardTemplate, order, command.template, command.step):
        ctx.emit(TemplateEdited(entity_id=command.template, name=template["name"]))
    return _made(command.template)


def _set_labels(ctx: Context, command: SetTemplateLabels) -> Made:
    template = _in_use(ctx, command.template)
    kept = load(template["payload"])
    found = template_fields.with_labels(ctx, template["board_id"], kept, command.add, command.remove)
    return _keep(ctx, template, found)


def _set_members(ctx: Context, command: SetTemplateMembers) -> Made:
    template = _in_use(ctx, command.template)
    kept = load(template["payload"])
    found = template_fields.with_members(ctx, template["board_id"], kept, command.add, command.remove)
    return _keep(ctx, template, found)


def _keep(ctx: Context, template: Row, payload: Payload) -> Made:
    if ctx.rows.update(CardTemplate, template["id"], payload=payload.dump()):
        ctx.emit(TemplateEdited(entity_id=template["id"], name=template["name"]))
    return _made(template["id"])


def _archive(ctx: Context, command: ArchiveTemplate) -> Made:
    template = _in_use(ctx, command.template)
    ctx.rows.update(CardTemplate, command.template, archived_at=ctx.now)
    ctx.emit(TemplateArchived(entity_id=command.template, name=template["name"]))
    return _made(command.template)


def _unarchive(ctx: Context, command: UnarchiveTemplate) -> Made:
    template = ctx.row(CardTemplate, command.template, "base card")
    if template["archived_at"] is None:
        raise refuse(N_("This base card is in use already."))
    ctx.rows.update(CardTemplate, command.template, archived_at=None)
    ctx.emit(TemplateUnarchived(entity_id=command.template, name=template["name"]))
    return _made(command.template)


def _in_use(ctx: Context, template_id: int) -> Row:
    template = ctx.row(CardTemplate, template_id, "base card")
    if template["archived_at"] is not None:
        raise refuse(
            N_("The base card {name} is out of use: choose another."),
            fields=("template",),
            name=template["name"],
        )
    return template


def _seen(ctx: Context, command: TemplateFromCard) -> Refusal | None:
    """Who sets up boards need not see every card: what is copied must be seen."""
    return rights.unseen(ctx, command.card)


def _from_card(ctx: Context, command: TemplateFromCard) -> Made:
    card = ctx.row(Card, command.card, "card")
    board = in_use(ctx, card["board_id"])

    def column(sql: str) -> tuple[Any, ...]:
        return tuple(v for (v,) in ctx.connection.execute(sql, {"card_id": command.card}).fetchall())

    payload = Payload(labels=column(_WORN), members=column(_MEMBERS), tasks=column(_TASKS))
    made = _insert(ctx, board, command.name, card["description"], payload)
    if files.copy(ctx, ("card", command.card), ENTITY, made.entity_id):
        copied = ", ".join(name for _, name in files.files_of(ctx, ENTITY, made.entity_id))
        ctx.emit(TemplateFileAdded(entity_id=made.entity_id, name=command.name, filename=copied))
    return made


def _attach(ctx: Context, command: AttachToTemplate) -> Made:
    template = _in_use(ctx, command.template)
    row = files.attach(ctx, ENTITY, command.template, command.filename, command.content)
    ctx.emit(TemplateFileAdded(entity_id=command.template, name=template["name"], filename=row["filename"]))
    return Made("attachment", row["id"], f"attachment:{row['id']}")


def _small_enough(_ctx: Context, command: AttachToTemplate) -> Refusal | None:
    return files.small_enough(command.content)


def _detach(ctx: Context, command: DetachFromTemplate) -> Made:
    template = ctx.row(CardTemplate, command.template, "base card")
    known = files.files_of(ctx, ENTITY, command.template)
    refusal = N_("This base card has no file “{name}”: {known}.")
    for attachment_id in template_fields.named(command.filename, known, "filename", refusal):
        ctx.rows.update(Attachment, attachment_id, deleted_at=ctx.now)
    ctx.emit(
        TemplateFileRemoved(entity_id=command.template, name=template["name"], filename=command.filename)
    )
    return _made(command.template)


# --- filling a card


def begins_on(ctx: Context, template_id: int) -> int:
    """The board whose cards may begin with this base card; one out of use refuses."""
    return int(_in_use(ctx, template_id)["board_id"])


def description_of(ctx: Context, template_id: int) -> str | None:
    """What a card that begins with it says first."""
    found: str | None = ctx.row(CardTemplate, template_id, "base card")["description"]
    return found


def fill(ctx: Context, card_id: int, template_id: int) -> None:
    """Put on a new card what the base card has; its comments are internal ones of whoever makes the card."""
    template = ctx.row(CardTemplate, template_id, "base card")
    card = ctx.row(Card, card_id, "card")
    payload = load(template["payload"])
    labels = [i for i in payload.labels if _fits(ctx, i, card["board_id"])]
    members = [i for i in payload.members if _takes_part(ctx, i, card)]
    ctx.rows.insert_many(CardLabel, [{"card_id": card_id, "label_id": i} for i in labels])
    ctx.rows.insert_many(CardMember, [{"card_id": card_id, "user_id": i} for i in members])
    ctx.rows.insert_many(
        ChecklistItem,
        [{"card_id": card_id, "text": text, "position": n} for n, text in enumerate(payload.tasks, start=1)],
    )
    files.copy(ctx, (ENTITY, template_id), "card", card_id)
    party_id = card["party_id"]
    ctx.emit(CardFilled(entity_id=card_id, card_id=card_id, party_id=party_id, name=template["name"]))
    for body in payload.comments:
        work.comment(ctx, card_id=card_id, party_id=party_id, body=body)


def _fits(ctx: Context, label_id: int, board_id: int) -> bool:
    label = ctx.rows.get(Label, label_id)
    return label is not None and template_fields.may_stand(label, board_id) is None


def _takes_part(ctx: Context, user_id: int, card: Row) -> bool:
    """The owner takes part anyway."""
    user = ctx.rows.get(User, user_id)
    return user is not None and user_id != card["owner_id"] and rights.may_be_member(ctx, user, card["id"])


HANDLERS: dict[type[Command], Handler[Any]] = {
    AddTemplate: Handler(_add),
    EditTemplate: Handler(_edit),
    MoveTemplate: Handler(_move),
    ArchiveTemplate: Handler(_archive),
    UnarchiveTemplate: Handler(_unarchive),
    SetTemplateLabels: Handler(_set_labels),
    SetTemplateMembers: Handler(_set_members),
    TemplateFromCard: Handler(_from_card, ready=_seen),
    AttachToTemplate: Handler(_attach, check=_small_enough),
    DetachFromTemplate: Handler(_detach),
}
