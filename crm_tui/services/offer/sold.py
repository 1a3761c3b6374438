"""How items come to a card, change and go; and that the card is worth what they come to. (E36)

The value is written with every change of the items, so that lists, sums and gates ask one column; typed over by hand
it stands until the items change again.
"""

from __future__ import annotations

from typing import Any

from crm_tui.domain.events.board import CardCopied
from crm_tui.domain.events.offer import CardItemAdded, CardItemEdited, CardItemRemoved
from crm_tui.domain.offer import (
    ITEMS_LIMIT,
    Totals,
    line_total,
    may_change_items,
    may_discount,
    may_sell,
)
from crm_tui.domain.outcome import Refusal
from crm_tui.i18n import Text
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made, Reaction, Refused, no_such
from crm_tui.services.core.merge import check_version
from crm_tui.services.offer.commands import AddCardItem, EditCardItem, RemoveCardItem
from crm_tui.store.queries.offer import COPIED, HELD, TOTALS
from crm_tui.store.rows import Row
from crm_tui.store.tables import Card, CardItem, Offer, OfferItem

OnItem = EditCardItem | RemoveCardItem


def _card(ctx: Context, card_id: int) -> Row:
    """A card that is there; a deleted one is as good as not there."""
    card = ctx.row(Card, card_id, "card")
    if card["deleted_at"] is not None:
        raise Refused(no_such("card", card_id, ("card",)))
    return card


def _held(ctx: Context, card_item_id: int) -> tuple[Row, Row]:
    """An item of a card, and the card."""
    held = ctx.rows.get(CardItem, card_item_id)
    card = ctx.rows.get(Card, held["card_id"]) if held is not None else None
    if held is None or card is None or card["deleted_at"] is not None:
        raise Refused(no_such("card_item", card_item_id, ("card_item",)))
    return held, card


def _card_owner(ctx: Context, command: AddCardItem) -> int | None:
    owner: int | None = _card(ctx, command.card)["owner_id"]
    return owner


def _owner(ctx: Context, command: OnItem) -> int | None:
    owner: int | None = _held(ctx, command.card_item)[1]["owner_id"]
    return owner


def _has_room(ctx: Context, command: AddCardItem) -> Refusal | None:
    refusal = may_change_items(_card(ctx, command.card)["status"])
    held = ctx.one(HELD, card_id=command.card) or (0,)
    if refusal is not None or held[0] < ITEMS_LIMIT:
        return refusal
    reason = Text(
        "A card holds {most} items at most: take one off, or put them together.", {"most": ITEMS_LIMIT}
    )
    return Refusal(reason)


def _may_change(ctx: Context, command: OnItem) -> Refusal | None:
    return may_change_items(_held(ctx, command.card_item)[1]["status"])


def _price(command: AddCardItem, item: Row) -> int:
    """What was said, or the list's price."""
    return int(item["price"]) if command.unit_price is None else command.unit_price


def _may_add(ctx: Context, command: AddCardItem) -> Refusal | None:
    item = ctx.row(OfferItem, command.item, "offer_item")
    offer = ctx.row(Offer, item["offer_id"], "offer")
    in_use = may_sell(
        item["name"], offer["name"], active=bool(item["active"]), offer_active=bool(offer["active"])
    )
    return in_use or may_discount(command.qty, _price(command, item), command.discount)


def _columns(command: EditCardItem) -> dict[str, int]:
    asked = ("qty", "unit_price", "discount")
    return {name: getattr(command, name) for name in asked if name in command.model_fields_set}


def _fits(ctx: Context, command: EditCardItem) -> Refusal | None:
    """The line as it will be: what is not said stays."""
    line = {**_held(ctx, command.card_item)[0], **_columns(command)}
    return may_discount(line["qty"], line["unit_price"], line["discount"])


def _totals(ctx: Context, card_id: int) -> tuple[int, Totals]:
    """How many items a card has, and what they come to."""
    held, one_off, recurring = ctx.one(TOTALS, card_id=card_id) or (0, 0, 0)
    return int(held), Totals(int(one_off), int(recurring))


def _worth(ctx: Context, card: Row) -> Text:
    """Let the card be worth what its items come to, and say so; without an item it stays as it is."""
    held, worth = _totals(ctx, card["id"])
    if not held:
        return Text("no item is left, and the value stays as it is")
    ctx.rows.update(Card, card["id"], value_one_off=worth.one_off, value_recurring=worth.recurring)
    if not worth.recurring:
        return Text("now worth {one_off_cents}", {"one_off_cents": worth.one_off})
    return Text(
        "now worth {one_off_cents} and {recurring_cents} a month",
        {"one_off_cents": worth.one_off, "recurring_cents": worth.recurring},
    )


def _told(held: Row, card: Row, name: str) -> dict[str, Any]:
    return {
        "entity_id": held["id"],
        "card_id": card["id"],
        "party_id": card["party_id"],
        "item": name,
        "qty": held["qty"],
        "total_cents": line_total(held["qty"], held["unit_price"], held["discount"]),
    }


def _named(ctx: Context, held: Row) -> str:
    return str(ctx.row(OfferItem, held["offer_item_id"], "offer_item")["name"])


def _made(held_id: int, worth: Text | None = None) -> Made:
    return Made("card_item", held_id, f"card_item:{held_id}", worth)


def _put(ctx: Context, card: Row, item_id: int, name: str, **columns: int) -> tuple[int, Text]:
    """One more item on a card, with the value that it has then; its id, and what is said of the value."""
    held_id = ctx.rows.insert(CardItem, card_id=card["id"], offer_item_id=item_id, **columns)
    worth = _worth(ctx, card)
    ctx.emit(CardItemAdded(**_told(ctx.row(CardItem, held_id), card, name)))
    return held_id, worth


def _add(ctx: Context, command: AddCardItem) -> Made:
    item = ctx.row(OfferItem, command.item, "offer_item")
    line = {"qty": command.qty, "unit_price": _price(command, item), "discount": command.discount}
    card = _card(ctx, command.card)
    return _made(*_put(ctx, card, item["id"], item["name"], recurring=item["recurring"], **line))


def _edit(ctx: Context, command: EditCardItem) -> Made:
    held, card = _held(ctx, command.card_item)
    columns = _columns(command)
    check_version(ctx, CardItem, command.card_item, command.version, columns)
    if not ctx.rows.update(CardItem, command.card_item, **columns):
        return _made(command.card_item)
    worth = _worth(ctx, card)
    ctx.emit(CardItemEdited(**_told({**held, **columns}, card, _named(ctx, held))))
    return _made(command.card_item, worth)


def _remove(ctx: Context, command: RemoveCardItem) -> Made:
    held, card = _held(ctx, command.card_item)
    ctx.rows.delete(CardItem, command.card_item)
    worth = _worth(ctx, card)
    ctx.emit(CardItemRemoved(**_told(held, card, _named(ctx, held))))
    return _made(command.card_item, worth)


def _copy_items(ctx: Context, copied: CardCopied) -> None:
    """A copy holds what its original holds and what is sold still, at the same prices."""
    assert copied.card_id is not None
    card = _card(ctx, copied.card_id)
    rows = ctx.connection.execute(COPIED, {"number": copied.number}).fetchall()
    for item_id, qty, unit_price, discount, recurring, name in rows:
        line = {"qty": qty, "unit_price": unit_price, "discount": discount, "recurring": recurring}
        _put(ctx, card, item_id, name, **line)


HANDLERS: dict[type[Command], Handler[Any]] = {
    AddCardItem: Handler(_add, owner=_card_owner, ready=_has_room, check=_may_add),
    EditCardItem: Handler(_edit, owner=_owner, ready=_may_change, check=_fits),
    RemoveCardItem: Handler(_remove, owner=_owner, ready=_may_change),
}
REACTIONS: tuple[Reaction[Any], ...] = (Reaction(CardCopied, apply=_copy_items),)
