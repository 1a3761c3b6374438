"""How offers and their items are set up; and every handler of the module."""

from __future__ import annotations

from typing import Any

from crm_tui.domain.events.offer import (
    OfferAdded,
    OfferDeactivated,
    OfferEdited,
    OfferItemAdded,
    OfferItemDeactivated,
    OfferItemEdited,
    OfferItemMoved,
    OfferItemReactivated,
    OfferReactivated,
)
from crm_tui.domain.offer import item_name_free
from crm_tui.domain.outcome import Refusal
from crm_tui.domain.text import one_line
from crm_tui.i18n import N_, Text
from crm_tui.services.core import names
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made, Reaction, Refused
from crm_tui.services.core.merge import check_version
from crm_tui.services.core.order import reordered
from crm_tui.services.core.use import Using
from crm_tui.services.offer import sold
from crm_tui.services.offer.commands import (
    AddOffer,
    AddOfferItem,
    DeactivateOffer,
    DeactivateOfferItem,
    EditOffer,
    EditOfferItem,
    MoveOffer,
    MoveOfferItem,
    ReactivateOffer,
    ReactivateOfferItem,
)
from crm_tui.store.queries.offer import ITEM_NAMES, ITEM_ORDER, ORDER
from crm_tui.store.rows import Row
from crm_tui.store.tables import Board, Offer, OfferItem

# --- offers


def _made(offer_id: int) -> Made:
    return Made("offer", offer_id, f"offer:{offer_id}")


def _add(ctx: Context, command: AddOffer) -> Made:
    name = names.free(ctx, Offer, command.name)
    if command.board is not None:
        ctx.row(Board, command.board, "board")
    offer_id = ctx.rows.insert(
        Offer,
        name=name,
        kind=command.kind,
        board_id=command.board,
        position=ctx.rows.next_id(Offer),
    )
    ctx.emit(OfferAdded(entity_id=offer_id, name=name))
    return _made(offer_id)


def _edit(ctx: Context, command: EditOffer) -> Made:
    offer = ctx.row(Offer, command.offer, "offer")
    given = command.model_fields_set
    columns: dict[str, Any] = {}
    if "name" in given:
        columns["name"] = names.free(ctx, Offer, command.name, but=command.offer)
    if "kind" in given:
        columns["kind"] = command.kind
    if "board" in given:
        if command.board is not None:
            ctx.row(Board, command.board, "board")
        columns["board_id"] = command.board
    check_version(ctx, Offer, command.offer, command.version, columns, {"board_id": "board"})
    if ctx.rows.update(Offer, command.offer, **columns):
        ctx.emit(OfferEdited(entity_id=command.offer, name=str(columns.get("name", offer["name"]))))
    return _made(command.offer)


def _move(ctx: Context, command: MoveOffer) -> Made:
    offer = ctx.row(Offer, command.offer, "offer")
    order = [row[0] for row in ctx.connection.execute(ORDER).fetchall()]
    if reordered(ctx, Offer, order, command.offer, command.step):
        ctx.emit(OfferEdited(entity_id=command.offer, name=offer["name"]))
    return _made(command.offer)


# --- items of offers


def _made_item(item_id: int) -> Made:
    return Made("offer_item", item_id, f"offer_item:{item_id}")


def _item_name(ctx: Context, name: str, offer_id: int, but: int = 0) -> str:
    clean = names.required(name)
    others = ctx.connection.execute(ITEM_NAMES, {"offer_id": offer_id, "but": but}).fetchall()
    refusal = item_name_free(clean, [(other, bool(active)) for other, active in others])
    if refusal is not None:
        raise Refused(refusal)
    return clean


def _item(ctx: Context, item_id: int) -> tuple[Row, Row]:
    """An item and its offer."""
    item = ctx.row(OfferItem, item_id, "offer_item")
    return item, ctx.row(Offer, item["offer_id"], "offer")


def _add_item(ctx: Context, command: AddOfferItem) -> Made:
    offer = ctx.row(Offer, command.offer, "offer")
    name = _item_name(ctx, command.name, command.offer)
    item_id = ctx.rows.insert(
        OfferItem,
        offer_id=command.offer,
        name=name,
        price=command.price,
        recurring=command.recurring,
        unit=one_line(command.unit) or None,
        position=ctx.rows.next_id(OfferItem),
    )
    ctx.emit(
        OfferItemAdded(
            entity_id=item_id,
            board_id=offer["board_id"],
            name=name,
            offer=offer["name"],
            price_cents=command.price,
        )
    )
    return _made_item(item_id)


def _edit_item(ctx: Context, command: EditOfferItem) -> Made:
    item, offer = _item(ctx, command.offer_item)
    given = command.model_fields_set
    columns: dict[str, Any] = {
        name: getattr(command, name) for name in ("price", "recurring") if name in given
    }
    if "name" in given:
        columns["name"] = _item_name(ctx, command.name, offer["id"], command.offer_item)
    if "unit" in given:
        columns["unit"] = one_line(command.unit) or None
    check_version(ctx, OfferItem, command.offer_item, command.version, columns)
    if ctx.rows.update(OfferItem, command.offer_item, **columns):
        ctx.emit(
            OfferItemEdited(
                entity_id=command.offer_item,
                board_id=offer["board_id"],
                name=str(columns.get("name", item["name"])),
                offer=offer["name"],
                price_cents=command.price if "price" in given else item["price"],
            )
        )
    return _made_item(command.offer_item)


def _told(item: Row, offer: Row) -> dict[str, Any]:
    return {
        "entity_id": item["id"],
        "board_id": offer["board_id"],
        "name": item["name"],
        "offer": offer["name"],
    }


def _move_item(ctx: Context, command: MoveOfferItem) -> Made:
    item, offer = _item(ctx, command.offer_item)
    order = [row[0] for row in ctx.connection.execute(ITEM_ORDER, {"offer_id": offer["id"]}).fetchall()]
    if reordered(ctx, OfferItem, order, command.offer_item, command.step):
        ctx.emit(OfferItemMoved(**_told(item, offer)))
    return _made_item(command.offer_item)


def _item_in_use(ctx: Context, command: DeactivateOfferItem) -> Refusal | None:
    if _item(ctx, command.offer_item)[0]["active"]:
        return None
    return Refusal(Text("This item is out of use already."))


def _item_out_of_use(ctx: Context, command: ReactivateOfferItem) -> Refusal | None:
    item, offer = _item(ctx, command.offer_item)
    if not item["active"]:
        return None
    if not offer["active"]:
        reason = Text(
            "This item is in use, but its offer “{offer}” is not: put the offer back in use.",
            {"offer": offer["name"]},
        )
        return Refusal(reason)
    return Refusal(Text("This item is in use already."))


def _deactivate_item(ctx: Context, command: DeactivateOfferItem) -> Made:
    ctx.rows.update(OfferItem, command.offer_item, active=False)
    ctx.emit(OfferItemDeactivated(**_told(*_item(ctx, command.offer_item))))
    return _made_item(command.offer_item)


def _reactivate_item(ctx: Context, command: ReactivateOfferItem) -> Made:
    ctx.rows.update(OfferItem, command.offer_item, active=True)
    ctx.emit(OfferItemReactivated(**_told(*_item(ctx, command.offer_item))))
    return _made_item(command.offer_item)


_USE = Using(Offer, "offer")
HANDLERS: dict[type[Command], Handler[Any]] = {
    AddOffer: Handler(_add),
    EditOffer: Handler(_edit),
    MoveOffer: Handler(_move),
    DeactivateOffer: _USE.ends(
        OfferDeactivated,
        N_("This offer is out of use already."),
        beside=lambda ctx: {"inactivated_on": ctx.today},
    ),
    ReactivateOffer: _USE.begins(
        OfferReactivated, N_("This offer is in use already."), beside=lambda _: {"inactivated_on": None}
    ),
    AddOfferItem: Handler(_add_item),
    EditOfferItem: Handler(_edit_item),
    MoveOfferItem: Handler(_move_item),
    DeactivateOfferItem: Handler(_deactivate_item, ready=_item_in_use),
    ReactivateOfferItem: Handler(_reactivate_item, ready=_item_out_of_use),
    **sold.HANDLERS,
}
REACTIONS: tuple[Reaction[Any], ...] = sold.REACTIONS
