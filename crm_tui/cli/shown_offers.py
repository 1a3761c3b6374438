"""Offers, their items and the items of cards as `show` tells them. Amounts in cents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from crm_tui.domain.offer import CardItemRow, OfferItemRow
from crm_tui.services.core.crm import Crm
from crm_tui.services.core.refs import typed
from crm_tui.services.offer import views

Document = dict[str, Any]


def item_facts(item: CardItemRow) -> Document:
    """An item of a card; `total` is the line's, in cents."""
    return {
        "ref": typed("card_item", item.id),
        "item": item.item,
        "offer": item.offer,
        "qty": item.qty,
        "unit": item.unit,
        "unit_price": item.unit_price,
        "discount": item.discount,
        "total": item.total,
        "every_month": item.recurring,
        "out_of_use": not item.sold,
        "version": item.version,
    }


def _card_item(crm: Crm, row_id: int) -> Document | None:
    found = crm.read(views.card_item, row_id)
    if found is None:
        return None
    document = item_facts(found[0])
    return {"ref": document.pop("ref"), "entity": "card_item", "card": found[1], **document}


def _offer(crm: Crm, row_id: int) -> Document | None:
    found = next((offer for offer in crm.read(views.offers) if offer.id == row_id), None)
    if found is None:
        return None
    items = [_offer_item_facts(item) for item in crm.read(views.items) if item.offer_id == row_id]
    return {
        "ref": typed("offer", found.id),
        "entity": "offer",
        "name": found.name,
        "offer_kind": found.kind,
        "board": found.board,
        "board_ref": typed("board", found.board_id),
        "active": found.active,
        "inactivated_on": found.inactivated_on,
        "items": items,
        "version": found.version,
    }


def _offer_item_facts(item: OfferItemRow) -> Document:
    return {
        "ref": typed("offer_item", item.id),
        "name": item.name,
        "price": item.price,
        "every_month": item.recurring,
        "unit": item.unit,
        "out_of_use": not item.active,
        "version": item.version,
    }


def _offer_item(crm: Crm, row_id: int) -> Document | None:
    found = next((item for item in crm.read(views.items) if item.id == row_id), None)
    if found is None:
        return None
    document = _offer_item_facts(found)
    head = {"ref": document.pop("ref"), "entity": "offer_item", "offer": found.offer}
    return {**head, "offer_ref": typed("offer", found.offer_id), **document}


MAKERS: Final[Mapping[str, Callable[[Crm, int], Document | None]]] = {
    "offer": _offer,
    "offer_item": _offer_item,
    "card_item": _card_item,
}
