"""What may be asked about offers and their items, and about the items of a card."""

from __future__ import annotations

from typing import ClassVar

from crm_tui.domain.access import SET_UP
from crm_tui.domain.fields import Widget
from crm_tui.domain.offer import NAME_LIMIT, OFFER_KIND_NAMES, PRICE_MOST, QTY_MOST, UNIT_LIMIT, OfferKind
from crm_tui.i18n import N_
from crm_tui.services.core.commands import Command, ask, choices, seen_version


class AddOffer(Command):
    """Something that is sold, at the end of the list; its items come next. (M56, E19)"""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("New offer")

    name: str = ask(N_("Name"), max_length=NAME_LIMIT)
    kind: OfferKind = ask(N_("Kind"), default=OfferKind.PRODUCT, choices=choices(OFFER_KIND_NAMES))
    board: int | None = ask(
        N_("Board"), default=None, pick="boards", help=N_("with whose stages it is sold; empty: any board")
    )


class EditOffer(Command):
    """Change an offer; the cards that have it keep it."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Edit offer")

    offer: int = ask(N_("Offer"), pick="every_offer", hidden=True)
    name: str = ask(N_("Name"), default="", max_length=NAME_LIMIT)
    kind: OfferKind = ask(N_("Kind"), default=OfferKind.PRODUCT, choices=choices(OFFER_KIND_NAMES))
    board: int | None = ask(
        N_("Board"), default=None, pick="boards", help=N_("with whose stages it is sold; empty: any board")
    )
    version: int | None = seen_version()


class MoveOffer(Command):
    """Put an offer some places up (less than nought) or down in the list."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Order offer")

    offer: int = ask(N_("Offer"), pick="every_offer", hidden=True)
    step: int = ask(N_("Places"), ge=-99, le=99)


class DeactivateOffer(Command):
    """Sell an offer no more, from today; the cards that have it or its items keep them. (E10)"""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Take offer out of use")

    offer: int = ask(N_("Offer"), pick="every_offer", hidden=True)


class ReactivateOffer(Command):
    """Sell an offer again."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Put offer back in use")

    offer: int = ask(N_("Offer"), pick="every_offer", hidden=True)


class AddOfferItem(Command):
    """One more line on an offer's price list. (E36)"""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("New item of an offer")

    offer: int = ask(N_("Offer"), pick="every_offer")
    name: str = ask(N_("Name"), max_length=NAME_LIMIT)
    price: int = ask(N_("Price"), default=0, widget=Widget.MONEY, ge=0, le=PRICE_MOST)
    recurring: bool = ask(N_("Every month"), default=False)
    unit: str = ask(N_("Unit"), default="", max_length=UNIT_LIMIT, help=N_("what one counts: m², seat, hour"))


class EditOfferItem(Command):
    """Change an item of an offer; what stands on cards keeps its price."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Edit item of an offer")

    offer_item: int = ask(N_("Item"), pick="every_offer_item", hidden=True)
    name: str = ask(N_("Name"), default="", max_length=NAME_LIMIT)
    price: int = ask(N_("Price"), default=0, widget=Widget.MONEY, ge=0, le=PRICE_MOST)
    recurring: bool = ask(N_("Every month"), default=False)
    unit: str = ask(N_("Unit"), default="", max_length=UNIT_LIMIT, help=N_("what one counts: m², seat, hour"))
    version: int | None = seen_version()


class MoveOfferItem(Command):
    """Put an item some places up (less than nought) or down among those of its offer."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Order item of an offer")

    offer_item: int = ask(N_("Item"), pick="every_offer_item", hidden=True)
    step: int = ask(N_("Places"), ge=-99, le=99)


class DeactivateOfferItem(Command):
    """Sell an item no more; the cards that have it keep it."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Take item out of use")

    offer_item: int = ask(N_("Item"), pick="every_offer_item", hidden=True)


class ReactivateOfferItem(Command):
    """Sell an item again."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Put item back in use")

    offer_item: int = ask(N_("Item"), pick="every_offer_item", hidden=True)


class AddCardItem(Command):
    """What is sold with a card: the card's value becomes what its items come to. (E36)"""

    permission: ClassVar[str] = "card.edit"
    title: ClassVar[str] = N_("New item")

    card: int = ask(N_("Card"), pick="cards", hidden=True)
    item: int = ask(N_("Item"), pick="offer_items")
    qty: int = ask(N_("Quantity"), default=1, ge=1, le=QTY_MOST, help=N_("empty: one"))
    unit_price: int | None = ask(
        N_("Price"),
        default=None,
        widget=Widget.MONEY,
        ge=0,
        le=PRICE_MOST,
        help=N_("of one; empty: the list's price"),
    )
    discount: int = ask(N_("Discount"), default=0, widget=Widget.MONEY, ge=0, help=N_("off the whole line"))


class EditCardItem(Command):
    """How many, at which price each, how much less for the line; the card's value follows."""

    permission: ClassVar[str] = "card.edit"
    title: ClassVar[str] = N_("Edit item")

    card_item: int = ask(N_("Item"), pick="card_items", hidden=True)
    qty: int = ask(N_("Quantity"), default=1, ge=1, le=QTY_MOST)
    unit_price: int = ask(N_("Price"), default=0, widget=Widget.MONEY, ge=0, le=PRICE_MOST, help=N_("of one"))
    discount: int = ask(N_("Discount"), default=0, widget=Widget.MONEY, ge=0, help=N_("off the whole line"))
    version: int | None = seen_version()


class RemoveCardItem(Command):
    """Take an item off a card; its value follows, but for the last one: then it stays as it was."""

    permission: ClassVar[str] = "card.edit"
    title: ClassVar[str] = N_("Take item off")

    card_item: int = ask(N_("Item"), pick="card_items", hidden=True)
