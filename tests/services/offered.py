"""A valid command of each class that is about offers, and the offers that tests of them begin with."""

from __future__ import annotations

from collections.abc import Callable

from house import House, do

from crm_tui.domain.offer import OfferKind
from crm_tui.services.core.commands import Command
from crm_tui.services.offer.commands import (
    AddCardItem,
    AddOffer,
    AddOfferItem,
    DeactivateOffer,
    DeactivateOfferItem,
    EditCardItem,
    EditOffer,
    EditOfferItem,
    MoveOffer,
    MoveOfferItem,
    ReactivateOffer,
    ReactivateOfferItem,
    RemoveCardItem,
)


def offer(house: House, name: str = "Internet", *, active: bool = True) -> int:
    """An offer of the first board with two items, made once; the last of the list."""
    found = house.rows("SELECT id, active FROM offer WHERE name = ?", name)
    if not found:
        ana = house.open()
        made = do(ana, AddOffer(name=name, board=house.any_id("board"))).entity_id or 0
        do(ana, AddOfferItem(offer=made, name=f"{name} 500", price=99_90, recurring=True))
        do(ana, AddOfferItem(offer=made, name=f"{name} instalação", price=150_00, unit="ponto"))
        return offer(house, name, active=active)
    if found[0][1] and not active:
        do(house.open(), DeactivateOffer(offer=found[0][0]))
    return int(found[0][0])


def offer_item(house: House, place: int = 0, name: str = "Internet") -> int:
    """An item of that offer: the monthly one, or the one after it."""
    items = house.rows("SELECT id FROM offer_item WHERE offer_id = ? ORDER BY id", offer(house, name))
    return int(items[place][0])


def _retired_item(house: House) -> int:
    item = offer_item(house, name="Telefonia")
    if house.one("SELECT active FROM offer_item WHERE id = ?", item):
        do(house.open(), DeactivateOfferItem(offer_item=item))
    return item


def card_item(house: House, owner: str) -> int:
    """An item on the owner's card."""
    card = house.card(owner)
    found = house.rows("SELECT id FROM card_item WHERE card_id = ? ORDER BY id", card)
    if not found:
        do(house.open(), AddCardItem(card=card, item=offer_item(house, 1), qty=2, discount=10_00))
        return card_item(house, owner)
    return int(found[0][0])


def _move_offer(house: House, _owner: str) -> Command:
    offer(house)
    return MoveOffer(offer=offer(house, "Telefonia"), step=-1)


SAMPLES: dict[type[Command], Callable[[House, str], Command]] = {
    AddOffer: lambda h, _: AddOffer(name="Alarme", kind=OfferKind.SERVICE, board=h.any_id("board")),
    EditOffer: lambda h, _: EditOffer(offer=offer(h), name="Fibra", board=h.any_id("board")),
    MoveOffer: _move_offer,
    DeactivateOffer: lambda h, _: DeactivateOffer(offer=offer(h)),
    ReactivateOffer: lambda h, _: ReactivateOffer(offer=offer(h, "Antiga", active=False)),
    AddOfferItem: lambda h, _: AddOfferItem(offer=offer(h), name="Roteador", price=250_00, unit="un"),
    EditOfferItem: lambda h, _: EditOfferItem(offer_item=offer_item(h), name="600 mega", price=119_90),
    MoveOfferItem: lambda h, _: MoveOfferItem(offer_item=offer_item(h), step=1),
    DeactivateOfferItem: lambda h, _: DeactivateOfferItem(offer_item=offer_item(h)),
    ReactivateOfferItem: lambda h, _: ReactivateOfferItem(offer_item=_retired_item(h)),
    AddCardItem: lambda h, o: AddCardItem(card=h.card(o), item=offer_item(h), qty=3, discount=5_00),
    EditCardItem: lambda h, o: EditCardItem(card_item=card_item(h, o), qty=5, unit_price=140_00),
    RemoveCardItem: lambda h, o: RemoveCardItem(card_item=card_item(h, o)),
}
ABOUT_A_RECORD = {AddCardItem, EditCardItem, RemoveCardItem}
