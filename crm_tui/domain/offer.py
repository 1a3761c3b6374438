"""What is sold: offers, their items, and what a card holds of them; their rows, their sums, their rules. (M56, E36)

Pure: amounts are whole cents. Knows nothing of the store or the screen.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple, Protocol

from crm_tui.domain.board import CardStatus
from crm_tui.domain.outcome import Refusal
from crm_tui.domain.text import fold
from crm_tui.i18n import N_, Text

NAME_LIMIT: Final = 60
"""Letters of an offer or of an item of one."""
UNIT_LIMIT: Final = 12
"""Letters of a unit: `ponto`, `m²`."""
PRICE_MOST: Final = 10**11
"""Cents of one piece; more is a slip of the keyboard, and with it a full card still fits a column."""
QTY_MOST: Final = 9_999
ITEMS_LIMIT: Final = 100
"""Items of one card: more is an order of its own."""


class OfferKind(StrEnum):
    """What an offer is. (M39: a development is what real estate sells)"""

    PRODUCT = "product"
    SERVICE = "service"
    DEVELOPMENT = "development"


OFFER_KIND_NAMES: Final[Mapping[OfferKind, str]] = {
    OfferKind.PRODUCT: N_("Product"),
    OfferKind.SERVICE: N_("Service"),
    OfferKind.DEVELOPMENT: N_("Development"),
}
"""What a kind is called, in forms and in lists."""


class OfferRow(NamedTuple):
    """An offer as settings list it; `items` those of its items that are in use."""

    id: int
    name: str
    kind: str
    board_id: int | None
    board: str | None
    active: bool
    inactivated_on: date | None
    items: int
    version: int


class OfferItemRow(NamedTuple):
    """A line of an offer's price list: `price` in cents, each month if `recurring`."""

    id: int
    offer_id: int
    offer: str
    name: str
    price: int
    recurring: bool
    unit: str | None
    active: bool
    offer_active: bool
    version: int

    @property
    def sold(self) -> bool:
        """Whether it may come to a card: it and its offer are in use."""
        return self.active and self.offer_active


class CardItemRow(NamedTuple):
    """An item on a card: how many, at which price each, less `discount` for the line; `sold` False where it, or its
    offer, was taken out of use since. (E36)"""

    id: int
    item_id: int
    offer: str
    item: str
    unit: str | None
    qty: int
    unit_price: int
    discount: int
    recurring: bool
    sold: bool
    version: int

    @property
    def total(self) -> int:
        return line_total(self.qty, self.unit_price, self.discount)


class Totals(NamedTuple):
    """What a card's items come to, in cents: once, and each month."""

    one_off: int
    recurring: int


class Summed(Protocol):
    """What can be summed up: a line that knows its total and whether it comes every month."""

    @property
    def total(self) -> int: ...

    @property
    def recurring(self) -> bool: ...


def line_total(qty: int, unit_price: int, discount: int) -> int:
    """What a line comes to, in cents; the discount is the line's, not the piece's."""
    return qty * unit_price - discount


def totals(items: Iterable[Summed]) -> Totals:
    """What items come to together, in cents; the store's sum is its twin."""
    one_off = recurring = 0
    for item in items:
        if item.recurring:
            recurring += item.total
        else:
            one_off += item.total
    return Totals(one_off, recurring)


def may_discount(qty: int, unit_price: int, discount: int) -> Refusal | None:
    """Whether a line can be that much cheaper: never above what it costs."""
    line = qty * unit_price
    if discount <= line:
        return None
    reason = Text(
        "The discount is more than the line costs, {line_cents}: give less, or another price.",
        {"line_cents": line},
    )
    return Refusal(reason, fields=("discount",))


def may_change_items(status: str) -> Refusal | None:
    """Whether the items of a card may change: what was sold stands once it is closed."""
    if status in (CardStatus.OPEN, CardStatus.PAUSED):
        return None
    return Refusal(Text("This card is closed, and its items stand as they are: reopen it first."))


def may_sell(name: str, offer: str, *, active: bool, offer_active: bool) -> Refusal | None:
    """Whether an item may come to a card: it and its offer must be in use."""
    if not offer_active:
        return Refusal(
            Text("The offer “{offer}” is out of use: choose an item of another.", {"offer": offer}),
            fields=("item",),
        )
    if not active:
        return Refusal(
            Text("The item “{name}” is out of use: choose another.", {"name": name}), fields=("item",)
        )
    return None


def item_name_free(name: str, others: Collection[tuple[str, bool]]) -> Refusal | None:
    """Whether an item may be called so: `others` are (name, in use) of those of its offer. Told apart without case and
    accents, as pickers read them."""
    taken = next(((other, active) for other, active in others if fold(other) == fold(name)), None)
    if taken is None:
        return None
    other, active = taken
    reason = (
        Text("This offer has an item “{name}” already: choose another name.", {"name": other})
        if active
        else Text("The item “{name}” of this offer is out of use: put it back in use.", {"name": other})
    )
    return Refusal(reason, fields=("name",))
