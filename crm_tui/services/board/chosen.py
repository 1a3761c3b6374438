"""What a card is said to be about must be in use: the channel it came by, the means of contact, the offer it is
after. (M49, M56, B11)

What it has already it keeps, though it was taken out of use since.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlmodel import SQLModel

from crm_tui.i18n import N_
from crm_tui.services.board.commands import EditCard, NewCard
from crm_tui.services.core.context import Context, refuse
from crm_tui.store.rows import Row
from crm_tui.store.tables import Channel, ContactMedium, Offer

_CHOSEN: Mapping[str, tuple[type[SQLModel], str, str]] = {
    "channel": (Channel, "channel_id", N_("That channel is out of use: choose another.")),
    "medium": (ContactMedium, "medium_id", N_("That means of contact is out of use: choose another.")),
    "offer": (Offer, "offer_id", N_("That offer is out of use: choose another.")),
}
"""By the command's field: the register, the card's column, and what is said of one that is out of use."""


def in_use_all(ctx: Context, command: NewCard | EditCard, card: Row | None = None) -> None:
    """Whatever the command names of the registers must be in use, unless the card has it already."""
    for field, (model, column, reason) in _CHOSEN.items():
        row_id = getattr(command, field)
        if row_id is None or (card is not None and row_id == card[column]):
            continue
        if not ctx.row(model, row_id, field)["active"]:
            raise refuse(reason, fields=(field,))


def carried(card: Row) -> dict[str, Any]:
    """How the person was reached, by whom, and what for: fields of `NewCard` that one which comes of a card keeps."""
    return {
        "channel": card["channel_id"],
        "medium": card["medium_id"],
        "referrer": card["referrer_id"],
        "offer": card["offer_id"],
    }


def offer_still_sold(ctx: Context, offer_id: int | None) -> int | None:
    """The offer that a card hands on to one that comes of it; None where it is out of use."""
    offer = ctx.rows.get(Offer, offer_id) if offer_id is not None else None
    return offer_id if offer is not None and offer["active"] else None
