"""How labels are set up, and how labels and members come to cards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_tui.domain.events.board import CardCopied
from crm_tui.domain.events.label import (
    CardLabelled,
    LabelAdded,
    LabelEdited,
    LabelRestored,
    LabelRetired,
    MembersChanged,
)
from crm_tui.domain.label import changes, may_wear, name_free
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.text import one_line
from crm_tui.i18n import N_, Text
from crm_tui.services.core import names, owners, rights
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made, Reaction, Refused, refuse
from crm_tui.services.core.merge import check_version
from crm_tui.services.core.order import reordered
from crm_tui.services.label import tasks
from crm_tui.services.label.commands import (
    AddLabel,
    EditLabel,
    MoveLabel,
    RestoreLabel,
    RetireLabel,
    SetLabels,
    SetMembers,
)
from crm_tui.store.queries.label import LAST, NAMES, ORDERED, WORN_BY
from crm_tui.store.rows import Row
from crm_tui.store.shapes import Table
from crm_tui.store.tables import Board, Card, CardLabel, CardMember, Label, User

_ON_CARD = "SELECT id FROM card_label WHERE card_id = :card_id AND label_id = :of"
_IN_CARD = "SELECT id FROM card_member WHERE card_id = :card_id AND user_id = :of"


# --- labels as such


def _name(ctx: Context, text: str, board_id: int | None, but: int = 0) -> str:
    """A label's name without the `#` that people type before it; one that is free."""
    clean = names.required(one_line(text).removeprefix("#"))
    rows = ctx.connection.execute(NAMES, {"board_id": board_id, "but": but}).fetchall()
    refusal = name_free(clean, [(name, bool(active)) for name, active in rows])
    if refusal is not None:
        raise Refused(refusal)
    return clean


def _place(ctx: Context, board_id: int | None) -> int:
    last = ctx.one(LAST, board_id=board_id)
    return (int(last[0]) if last else 0) + 1


def _add(ctx: Context, command: AddLabel) -> Made:
    if command.board is not None:
        ctx.row(Board, command.board, "board")
    name = _name(ctx, command.name, command.board)
    label_id = ctx.rows.insert(
        Label,
        board_id=command.board,
        name=name,
        color=command.color,
        position=_place(ctx, command.board),
    )
    ctx.emit(LabelAdded(entity_id=label_id, name=name))
    return Made("label", label_id, f"label:{label_id}")


def _edit(ctx: Context, command: EditLabel) -> Made:
    label = ctx.row(Label, command.label, "label")
    columns: dict[str, Any] = {}
    if "name" in command.model_fields_set:
        columns["name"] = _name(ctx, command.name, label["board_id"], command.label)
    if "color" in command.model_fields_set:
        columns["color"] = command.color
    check_version(ctx, Label, command.label, command.version, columns)
    if ctx.rows.update(Label, command.label, **columns):
        ctx.emit(LabelEdited(entity_id=command.label, name=str(columns.get("name", label["name"]))))
    return Made("label", command.label, f"label:{command.label}")


def _in_use(ctx: Context, command: RetireLabel | MoveLabel) -> Refusal | None:
    if ctx.row(Label, command.label, "label")["active"]:
        return None
    return Refusal(Text("That label is out of use already."), fields=("label",))


def _out_of_use(ctx: Context, command: RestoreLabel) -> Refusal | None:
    if not ctx.row(Label, command.label, "label")["active"]:
        return None
    return Refusal(Text("That label is in use."), fields=("label",))


def _retire(ctx: Context, command: RetireLabel) -> Made:
    label = ctx.row(Label, command.label, "label")
    ctx.rows.update(Label, command.label, active=False)
    ctx.emit(LabelRetired(entity_id=command.label, name=label["name"]))
    return Made("label", command.label, f"label:{command.label}")


def _restore(ctx: Context, command: RestoreLabel) -> Made:
    label = ctx.row(Label, command.label, "label")
    ctx.rows.update(Label, command.label, active=True, position=_place(ctx, label["board_id"]))
    ctx.emit(LabelRestored(entity_id=command.label, name=label["name"]))
    return Made("label", command.label, f"label:{command.label}")


def _move(ctx: Context, command: MoveLabel) -> Made:
    label = ctx.row(Label, command.label, "label")
    rows = ctx.connection.execute(ORDERED, {"board_id": label["board_id"]}).fetchall()
    if reordered(ctx, Label, [i for (i,) in rows], command.label, command.step):
        ctx.emit(LabelEdited(entity_id=command.label, name=label["name"]))
    return Made("label", command.label, f"label:{command.label}")


# --- labels and members on a card


def _label(ctx: Context, label_id: int, field: str) -> Row:
    """A label that a command names; one that is gone (its making was undone) is one sentence."""
    found = ctx.rows.get(Label, label_id)
    if found is None:
        raise refuse(
            N_("A label that was chosen is gone: somebody took it back meanwhile. Choose again."),
            by=RefusedBy.MISSING_RECORD,
            fields=(field,),
        )
    return found


def _user(ctx: Context, user_id: int, field: str) -> Row:
    found = ctx.rows.get(User, user_id)
    if found is None:
        raise refuse(
            N_("An operator who was chosen is gone: choose again."),
            by=RefusedBy.MISSING_RECORD,
            fields=(field,),
        )
    return found


def _fits(ctx: Context, card: Row, label: Row) -> None:
    refusal = may_wear(
        label["name"],
        active=bool(label["active"]),
        fits=label["board_id"] in (None, card["board_id"]),
    )
    if refusal is not None:
        raise Refused(refusal)


def _takes_part(ctx: Context, card: Row, user: Row) -> None:
    login = user["login"]
    if not user["active"]:
        raise refuse(N_("{login} no longer works here: choose another."), fields=("add",), login=login)
    if not rights.may_be_member(ctx, user, card["id"]):
        raise refuse(
            N_("{login} may not see this card: choose another, or ask an administrator for the right."),
            fields=("add",),
            login=login,
        )


def _put(
    ctx: Context,
    model: Table,
    card: Row,
    column: str,
    on_card: str,
    wanted: Sequence[Row],
) -> list[Row]:
    """Tie those of the rows to the card that are not tied yet; which."""
    put = []
    for row in wanted:
        if ctx.one(on_card, card_id=card["id"], of=row["id"]) is None:
            ctx.rows.insert(model, card_id=card["id"], **{column: row["id"]})
            put.append(row)
    return put


def _take(ctx: Context, model: Table, card: Row, on_card: str, unwanted: Sequence[Row]) -> list[Row]:
    """Untie those of the rows that are tied; which."""
    taken = []
    for row in unwanted:
        tie = ctx.one(on_card, card_id=card["id"], of=row["id"])
        if tie is not None:
            ctx.rows.delete(model, int(tie[0]))
            taken.append(row)
    return taken


def _may_label(ctx: Context, command: SetLabels) -> None:
    card = ctx.row(Card, command.card, "card")
    for label_id in command.add:
        label = _label(ctx, label_id, "add")
        if ctx.one(_ON_CARD, card_id=card["id"], of=label_id) is None:
            _fits(ctx, card, label)
    for label_id in command.remove:
        _label(ctx, label_id, "remove")


def _may_join(ctx: Context, command: SetMembers) -> None:
    card = ctx.row(Card, command.card, "card")
    for user_id in command.add:
        user = _user(ctx, user_id, "add")
        if user_id != card["owner_id"] and ctx.one(_IN_CARD, card_id=card["id"], of=user_id) is None:
            _takes_part(ctx, card, user)
    for user_id in command.remove:
        _user(ctx, user_id, "remove")


def _set_labels(ctx: Context, command: SetLabels) -> Made:
    card = ctx.row(Card, command.card, "card")
    wanted = [_label(ctx, i, "add") for i in dict.fromkeys(command.add)]
    unwanted = [_label(ctx, i, "remove") for i in dict.fromkeys(command.remove) if i not in command.add]
    taken = _take(ctx, CardLabel, card, _ON_CARD, unwanted)
    put = _put(ctx, CardLabel, card, "label_id", _ON_CARD, wanted)
    if put or taken:
        told = changes([row["name"] for row in put], [row["name"] for row in taken])
        place = {"card_id": command.card, "party_id": card["party_id"]}
        ctx.emit(CardLabelled(entity_id=command.card, **place, changes=told))
    return Made("card", command.card, card["number"])


def _set_members(ctx: Context, command: SetMembers) -> Made:
    """The owner takes part anyway, and is passed over: of many cards some are theirs."""
    card = ctx.row(Card, command.card, "card")
    wanted = [_user(ctx, i, "add") for i in dict.fromkeys(command.add) if i != card["owner_id"]]
    unwanted = [_user(ctx, i, "remove") for i in dict.fromkeys(command.remove) if i not in command.add]
    taken = _take(ctx, CardMember, card, _IN_CARD, unwanted)
    put = _put(ctx, CardMember, card, "user_id", _IN_CARD, wanted)
    if put or taken:
        told = changes([row["login"] for row in put], [row["login"] for row in taken])
        place = {"card_id": command.card, "party_id": card["party_id"]}
        ctx.emit(MembersChanged(entity_id=command.card, **place, changes=told))
    return Made("card", command.card, card["number"])


def _copy_labels(ctx: Context, copied: CardCopied) -> None:
    """A copy wears what its original wears and may wear still; tasks and members are the original's own work."""
    assert copied.card_id is not None
    rows = ctx.connection.execute(WORN_BY, {"number": copied.number, "card_id": copied.card_id}).fetchall()
    for label_id, _ in rows:
        ctx.rows.insert(CardLabel, card_id=copied.card_id, label_id=label_id)
    if rows:
        told = changes([name for _, name in rows], ())
        card_id = copied.card_id
        ctx.emit(CardLabelled(entity_id=card_id, card_id=card_id, party_id=copied.party_id, changes=told))


HANDLERS: dict[type[Command], Handler[Any]] = {
    AddLabel: Handler(_add),
    EditLabel: Handler(_edit),
    RetireLabel: Handler(_retire, ready=_in_use),
    RestoreLabel: Handler(_restore, ready=_out_of_use),
    MoveLabel: Handler(_move, ready=_in_use),
    SetLabels: Handler(_set_labels, owner=owners.card, check=_may_label),
    SetMembers: Handler(_set_members, owner=owners.card, check=_may_join),
    **tasks.HANDLERS,
}
REACTIONS: tuple[Reaction[Any], ...] = (Reaction(CardCopied, apply=_copy_labels),)
