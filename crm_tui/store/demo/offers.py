"""What the company of the demonstration sells: its offers and their price lists, told in `data/demo/offers.toml`."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from crm_tui.store.demo.files import told
from crm_tui.store.rows import Rows
from crm_tui.store.tables import Offer, OfferItem


@dataclass(frozen=True, slots=True)
class ItemOf:
    """An item on a price list; `price` in cents."""

    id: int
    price: int
    recurring: bool


@dataclass(frozen=True, slots=True)
class OfferOf:
    """An offer with its items by name."""

    id: int
    items: Mapping[str, ItemOf]


def offers(connection: sqlite3.Connection, boards: Mapping[str, int], today: date) -> dict[str, OfferOf]:
    """Make the offers of the company; `boards` are those of this file by the names of the stories."""
    rows = Rows(connection)
    found: dict[str, OfferOf] = {}
    for position, offer in enumerate(told("offers")["offers"], start=1):
        retired = offer.get("retired")
        offer_id = rows.insert(
            Offer,
            name=offer["name"],
            kind=offer["kind"],
            board_id=boards[offer["board"]] if "board" in offer else None,
            position=position,
            active=retired is None,
            inactivated_on=today + timedelta(days=retired) if retired is not None else None,
        )
        items = {}
        for place, item in enumerate(offer["items"], start=1):
            item_id = rows.insert(OfferItem, offer_id=offer_id, position=place, **item)
            items[item["name"]] = ItemOf(item_id, item["price"], item.get("recurring", False))
        found[offer["name"]] = OfferOf(offer_id, items)
    return found
