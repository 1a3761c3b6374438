"""What is sold: offers, their items, and those that a card holds."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import SQLModel

from crm_tui.domain.offer import OfferKind
from crm_tui.store.tables.base import added, civil, one_of, pk, ref, table_args, version, whole


class Offer(SQLModel, table=True):
    """Something that is sold. `board_id`: its process, where it has one of its own; open cards keep an inactive one.
    (M56, E10)"""

    __table_args__ = table_args(one_of("kind", OfferKind), sa.UniqueConstraint("name"))
    id: int | None = pk()
    name: str
    kind: str = OfferKind.PRODUCT
    board_id: int | None = ref("board.id")
    position: int = 0
    active: bool = True
    inactivated_on: date | None = civil()
    version: int = version()


class OfferItem(SQLModel, table=True):
    """A line of an offer's price list; `price` in cents, each month if `recurring`."""

    __tablename__ = "offer_item"
    __table_args__ = table_args(sa.UniqueConstraint("offer_id", "name"), whole("price"))
    id: int | None = pk()
    offer_id: int = ref("offer.id", nullable=False)
    name: str
    price: int = 0
    recurring: bool = added(False)
    unit: str | None = None
    position: int = 0
    active: bool = True
    version: int = version()


class CardItem(SQLModel, table=True):
    """An offer's item on a card: how many, at which price each, less `discount` for the line; cents. (E36)"""

    __tablename__ = "card_item"
    __table_args__ = table_args(
        sa.Index("ix_card_item_card", "card_id", "id"),
        sa.Index("ix_card_item_offer_item", "offer_item_id"),
        whole("qty"),
        whole("unit_price"),
        whole("discount"),
    )
    id: int | None = pk()
    card_id: int = ref("card.id", nullable=False)
    offer_item_id: int = ref("offer_item.id", nullable=False)
    qty: int = 1
    unit_price: int = 0
    discount: int = 0
    recurring: bool = added(False)
    version: int = version()
