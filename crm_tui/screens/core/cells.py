"""`;` on a row of a list: the values that stand in it, one letter each; the letter opens that value alone, and what is
saved goes through the record's ordinary command.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, NamedTuple

from crm_tui.domain.followup import QueueRow
from crm_tui.i18n import N_, say, say_in
from crm_tui.screens.core.menus import Item, MenuScreen
from crm_tui.ui import formats
from crm_tui.widgets.looks import clean


class CellOf(NamedTuple):
    """A value of a row: `label` is a message id with its letter, or with a `digit` the words themselves; `edit` opens
    it, None where it cannot be edited."""

    label: str
    value: str
    edit: Callable[[], Any] | None
    digit: str = ""

    def item(self) -> Item:
        if not self.digit:
            return Item(say(self.label), clean(self.value), self.edit)
        return Item(clean(self.label), clean(self.value), self.edit, key=self.digit)


def menu(about: str, cells: Iterable[CellOf]) -> MenuScreen:
    """The sheet of a row's values, `about` being what the row is called."""
    return MenuScreen(say_in("key", "Edit cell"), [c.item() for c in cells], clean(about))


def one_only(marked: int) -> str:
    """Why nothing happens with marks; empty where there is none."""
    return say(N_("This edits one value of one row: esc drops the marks first.")) if marked else ""


def of_contact(place: Any, row: QueueRow) -> MenuScreen:
    """When, who, what, stage, value and owner of a row of Hoje or a card of the board, under the cursor of `place`:
    each by its own verb."""
    card, party = row.card_id, row.party_id
    dated = row.activity_id is not None and not row.closed

    def typed(field: str) -> Callable[[], Any] | None:
        return partial(place.go, "edit_card", card=card, field=field) if card is not None else None

    def verb(act: Callable[[], Any]) -> Callable[[], Any] | None:
        return act if card is not None and not row.closed else None

    name = partial(place.go, "edit_party", party=party, field="name") if party is not None else None
    value = formats.money(row.value_cents) if row.value_cents else ""
    return menu(
        row.party or row.title,
        [
            CellOf(
                N_("_When"),
                formats.when_word(row.facts(), place.now, place.zone),
                place.action_rec_redate if dated else None,
            ),
            CellOf(N_("W_ho"), row.party or "", name),
            CellOf(N_("Wh_at"), row.title, typed("subject")),
            CellOf(N_("_Stage"), row.stage or "", verb(place.action_rec_move)),
            CellOf(N_("_Value"), value, typed("value_one_off")),
            CellOf(N_("Ow_ner"), row.owner or "", verb(place.action_rec_handover)),
        ],
    )
