"""What may be read of offers, of their items, and of the items of cards."""

from __future__ import annotations

from collections.abc import Sequence

from crm_tui.domain.fields import Option, row_id
from crm_tui.domain.offer import OFFER_KIND_NAMES, CardItemRow, OfferItemRow, OfferKind, OfferRow
from crm_tui.domain.register import Cell, Register, RegisterRow, Section
from crm_tui.domain.text import fold
from crm_tui.i18n import N_, Text, text_n
from crm_tui.services.core.reading import Reading, view
from crm_tui.services.core.refs import typed
from crm_tui.services.core.scope import matching, reach, wall
from crm_tui.store.queries import offer as queries
from crm_tui.store.values import as_date


@view("card.read")
def offers(reading: Reading) -> list[OfferRow]:
    """Every offer in its order, those out of use in their places; none of a hidden board."""
    rows = reading.connection.execute(queries.OFFERS, wall(reading.viewer)).fetchall()
    return [OfferRow._make((*row[:5], bool(row[5]), as_date(row[6]), *row[7:])) for row in rows]


@view("card.read")
def items(reading: Reading) -> list[OfferItemRow]:
    """Every item, offer by offer."""
    rows = reading.connection.execute(queries.ITEMS, wall(reading.viewer)).fetchall()
    return [
        OfferItemRow._make((*row[:5], bool(row[5]), row[6], bool(row[7]), bool(row[8]), row[9]))
        for row in rows
    ]


def _on_card(row: Sequence[object]) -> CardItemRow:
    return CardItemRow._make((*row[:8], bool(row[8]), bool(row[9]), row[10]))


@view("card.read")
def of_card(reading: Reading, card_id: int) -> list[CardItemRow]:
    """The items of a card, in the order in which they came."""
    params = {"card_id": card_id, **reach(reading.viewer, "card.read")}
    return [_on_card(row) for row in reading.connection.execute(queries.OF_CARD, params).fetchall()]


@view("card.read")
def card_item(reading: Reading, card_item_id: int) -> tuple[CardItemRow, str] | None:
    """An item of a card and that card's number; None if there is none that the viewer may see."""
    params = {"id": card_item_id, **reach(reading.viewer, "card.read")}
    row = reading.connection.execute(queries.CARD_ITEM, params).fetchone()
    return None if row is None else (_on_card(row), row[11])


# --- pickers


def _offer(offer: OfferRow) -> Option:
    return Option(offer.id, offer.name, offer.board or "", typed("offer", offer.id) or "")


def priced(price: int, *, recurring: bool) -> Text:
    """What something costs, once or each month."""
    return Text(N_("{price_cents}/month") if recurring else "{price_cents}", {"price_cents": price})


def _item(item: OfferItemRow) -> Option:
    hint = Text(
        N_("{offer}, {price}"), {"offer": item.offer, "price": priced(item.price, recurring=item.recurring)}
    )
    return Option(item.id, item.name, hint, typed("offer_item", item.id) or "")


def _found(items: Sequence[OfferItemRow], text: str) -> list[Option]:
    """The items that what was typed means: by their own words first, else by those of their offer as well."""
    near = matching([_item(item) for item in items], text)
    if near:
        return near
    wanted = fold(text).split()
    return [_item(i) for i in items if all(word in fold(f"{i.offer} {i.name}") for word in wanted)]


@view("card.read")
def pick_offer(reading: Reading, text: str) -> list[Option]:
    """The picker of offers in use."""
    return matching([_offer(offer) for offer in offers(reading) if offer.active], text)


@view("card.read")
def pick_every_offer(reading: Reading, text: str) -> list[Option]:
    """The picker of all offers, those out of use among them."""
    return matching([_offer(offer) for offer in offers(reading)], text)


@view("card.read")
def pick_offer_item(reading: Reading, text: str, offer_id: int | None = None) -> list[Option]:
    """The picker of items in use; those of `offer_id`, the offer of the card, come first."""
    sold = [item for item in items(reading) if item.sold]
    sold.sort(key=lambda item: item.offer_id != offer_id)  # kept in order otherwise
    return _found(sold, text)


@view("card.read")
def pick_every_offer_item(reading: Reading, text: str) -> list[Option]:
    """The picker of all items, those out of use among them."""
    return _found(items(reading), text)


@view("card.read")
def pick_card_item(reading: Reading, text: str) -> list[Option]:
    """The picker of items of cards: one that the viewer may see, by its REF (`card_item:12`)."""
    word, _, number = text.strip().partition(":")
    named = row_id(number) if word.lower() == "card_item" else None
    found = card_item(reading, named) if named is not None else None
    return [] if found is None else [Option(found[0].id, found[0].item, found[1], f"card_item:{found[0].id}")]


# --- settings


def _use(active: bool) -> Cell:
    return "" if active else Text(N_("out of use"))


def _typed(cents: int) -> str:
    """An amount as one types it in a form: `1234,50`."""
    return f"{cents // 100},{cents % 100:02d}"


@view("card.read")
def offer_register(reading: Reading) -> list[RegisterRow]:
    """The offers as settings list them."""
    return [
        RegisterRow(
            offer.id,
            offer.version,
            offer.name,
            (
                offer.name,
                Text(OFFER_KIND_NAMES[OfferKind(offer.kind)]),
                text_n("{n} item", "{n} items", offer.items),
                offer.board or "",
                _use(offer.active),
            ),
            {
                "name": offer.name,
                "kind": offer.kind,
                "board": f"#{offer.board_id}" if offer.board_id is not None else "",
            },
            {"board": offer.board or ""},
            {"kind": offer.kind},
            offer.active,
            belongs={"offer": offer.id},
        )
        for offer in offers(reading)
    ]


@view("card.read")
def item_register(reading: Reading) -> list[RegisterRow]:
    """The items of all offers as settings list them."""
    return [
        RegisterRow(
            item.id,
            item.version,
            item.name,
            (
                item.name,
                priced(item.price, recurring=item.recurring),
                item.unit or "",
                item.offer,
                _use(item.sold),
            ),
            {
                "name": item.name,
                "price": _typed(item.price),
                "recurring": "1" if item.recurring else "0",
                "unit": item.unit or "",
            },
            {"offer": item.offer},
            {"offer": f"#{item.offer_id}", "recurring": "1" if item.recurring else "0"},
            item.active,
            belongs={"offer": item.offer_id},
        )
        for item in items(reading)
    ]


REGISTERS = (
    Register(
        "offers",
        "offer",
        N_("Offers"),
        N_(
            "What is sold: a product, a service, a development. o leads to its items with their prices; one out of "
            "use stays on its cards."
        ),
        (N_("Offer"), N_("Kind"), N_("Items"), N_("Board"), N_("Use")),
        offer_register,
        create="add_offer",
        edit="edit_offer",
        off="deactivate_offer",
        on="reactivate_offer",
        move="move_offer",
        related=((N_("_Items"), "offer_items", "offer"),),
        section=Section.CATALOGUE,
        place=4,
    ),
    Register(
        "offer_items",
        "offer_item",
        N_("Price list"),
        N_(
            "What each item of an offer costs, once or every month; a card keeps the price at which it was sold."
        ),
        (N_("Item"), N_("Price"), N_("Unit"), N_("Offer"), N_("Use")),
        item_register,
        create="add_offer_item",
        edit="edit_offer_item",
        off="deactivate_offer_item",
        on="reactivate_offer_item",
        move="move_offer_item",
        section=Section.CATALOGUE,
        place=5,
    ),
)
PICKERS = {
    "offers": pick_offer,
    "every_offer": pick_every_offer,
    "offer_items": pick_offer_item,
    "every_offer_item": pick_every_offer_item,
    "card_items": pick_card_item,
}
