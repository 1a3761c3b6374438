"""What happens to offers, to their items, and to the items of a card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crm_tui.domain.happened import Happened, Named
from crm_tui.i18n import N_


class OfferAdded(Named):
    kind = "offer.added"
    entity = "offer"
    sentence = N_("Offer {name} added")


class OfferEdited(Named):
    kind = "offer.edited"
    entity = "offer"
    sentence = N_("Offer {name} changed")


class OfferDeactivated(Named):
    kind = "offer.deactivated"
    entity = "offer"
    sentence = N_("Offer {name} taken out of use")


class OfferReactivated(Named):
    kind = "offer.reactivated"
    entity = "offer"
    sentence = N_("Offer {name} back in use")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferItemAdded(Happened):
    kind: ClassVar[str] = "offer_item.added"
    entity: ClassVar[str] = "offer_item"
    sentence: ClassVar[str] = N_("Item {name} added to {offer} for {price_cents}")
    name: str
    offer: str
    price_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferItemEdited(Happened):
    """`price_cents` is the price from now on; cards keep theirs."""

    kind: ClassVar[str] = "offer_item.edited"
    entity: ClassVar[str] = "offer_item"
    sentence: ClassVar[str] = N_("Item {name} of {offer} changed, {price_cents} from now on")
    name: str
    offer: str
    price_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferItemMoved(Happened):
    kind: ClassVar[str] = "offer_item.moved"
    entity: ClassVar[str] = "offer_item"
    sentence: ClassVar[str] = N_("Another place in the items of {offer}: {name}")
    name: str
    offer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferItemDeactivated(Happened):
    kind: ClassVar[str] = "offer_item.deactivated"
    entity: ClassVar[str] = "offer_item"
    sentence: ClassVar[str] = N_("Item {name} of {offer} taken out of use")
    name: str
    offer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferItemReactivated(Happened):
    kind: ClassVar[str] = "offer_item.reactivated"
    entity: ClassVar[str] = "offer_item"
    sentence: ClassVar[str] = N_("Item {name} of {offer} back in use")
    name: str
    offer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardItemAdded(Happened):
    kind: ClassVar[str] = "card_item.added"
    entity: ClassVar[str] = "card_item"
    sentence: ClassVar[str] = N_("Item added: {qty} × {item}, {total_cents}")
    item: str
    qty: int
    total_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CardItemEdited(Happened):
    kind: ClassVar[str] = "card_item.edited"
    entity: ClassVar[str] = "card_item"
    sentence: ClassVar[str] = N_("Item changed: {qty} × {item}, {total_cents}")
    item: str
    qty: int
    total_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CardItemRemoved(Happened):
    kind: ClassVar[str] = "card_item.removed"
    entity: ClassVar[str] = "card_item"
    sentence: ClassVar[str] = N_("Item taken off: {qty} × {item}, {total_cents}")
    item: str
    qty: int
    total_cents: int
