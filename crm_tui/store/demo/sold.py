"""What of the company's offers stands on the cards of the demonstration, told as the door would. (M56, E36)

A card with items begins without a value and gets it by them, as it does when an operator adds them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm_tui.domain.events.offer import CardItemAdded
from crm_tui.domain.offer import line_total
from crm_tui.store.demo.book import Batch
from crm_tui.store.demo.files import told
from crm_tui.store.demo.life import Life, changed, inserted
from crm_tui.store.demo.offers import OfferOf
from crm_tui.store.tables import Card, CardItem


class Sold:
    """What is sold with one card; `story` is its key in offers.toml."""

    def __init__(self, offers: Mapping[str, OfferOf], story: str) -> None:
        self._words: Mapping[str, Any] = told("offers")["cards"].get(story, {})
        self._offer = offers[self._words["offer"]] if self._words else None

    def columns(self) -> dict[str, Any]:
        """What the card begins with because of it."""
        if self._offer is None:
            return {}
        begun = {"offer_id": self._offer.id}
        return begun | {"value_one_off": 0, "value_recurring": 0} if "items" in self._words else begun

    def begin(self, life: Life, batch: Batch) -> None:
        """Put the items on, with the card's opening; the card is worth what they come to."""
        assert life.card is not None
        for name, qty, discount in self._words.get("items", ()):
            assert self._offer is not None
            item = self._offer.items[name]
            row = life.book.blank(
                CardItem,
                card_id=life.card_id,
                offer_item_id=item.id,
                qty=qty,
                unit_price=item.price,
                discount=discount,
                recurring=item.recurring,
            )
            life.book.keep(CardItem, row)
            total = line_total(qty, item.price, discount)
            column = "value_recurring" if item.recurring else "value_one_off"
            images = [
                inserted(CardItem, row),
                *changed(Card, life.card, **{column: life.card[column] + total}),
            ]
            told_as = {"entity_id": row["id"], "item": name, "qty": qty, "total_cents": total}
            life.tell(batch, CardItemAdded, images, **told_as)
