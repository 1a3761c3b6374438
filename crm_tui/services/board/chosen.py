"""What a card is said to be about must be in use: the channel it came by, where it saw us, the means of contact, the
offer it is after, its service type, its campaign. (M49, M50, M56, B11, B51, T38)

What it has already it keeps, though it was taken out of use since.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm_tui.i18n import N_, Text
from crm_tui.services.board.commands import EditCard, NewCard
from crm_tui.services.core.context import Context, refuse
from crm_tui.store.rows import Row
from crm_tui.store.shapes import Table
from crm_tui.store.tables import Campaign, CaseType, Channel, ContactMedium, MediaSource, Offer

_CHOSEN: Mapping[str, tuple[Table, str, str]] = {
    "channel": (Channel, "channel_id", N_("That channel is out of use: choose another.")),
    "media": (MediaSource, "media_id", N_("That media source is out of use: choose another.")),
    "medium": (ContactMedium, "medium_id", N_("That means of contact is out of use: choose another.")),
    "offer": (Offer, "offer_id", N_("That offer is out of use: choose another.")),
    "case_type": (CaseType, "case_type_id", N_("That service type is out of use: choose another.")),
    "campaign": (Campaign, "campaign_id", N_("That campaign is out of use: choose another.")),
}
"""By the command's field: the register, the card's column, and what is said of one that is out of use."""


def in_use_all(ctx: Context, command: NewCard | EditCard, board_id: int, card: Row | None = None) -> None:
    """Whatever the command names of the registers must be in use, unless the card has it already; a service type is
    one of the card's board, or of none. (B51)"""
    for field, (model, column, reason) in _CHOSEN.items():
        row_id = getattr(command, field)
        if row_id is None or (card is not None and row_id == card[column]):
            continue
        chosen = ctx.row(model, row_id, field)
        if not chosen["active"]:
            raise refuse(reason, fields=(field,))
        if model is CaseType and chosen["board_id"] not in (None, board_id):
            raise refuse(
                N_("“{name}” goes another board's workflow: choose another service type."),
                fields=(field,),
                name=chosen["name"],
            )


def carried(card: Row) -> dict[str, Any]:
    """How the person was reached, by whom, and what for: fields of `NewCard` that one which comes of a card keeps."""
    return {
        "channel": card["channel_id"],
        "media": card["media_id"],
        "medium": card["medium_id"],
        "referrer": card["referrer_id"],
        "offer": card["offer_id"],
        "case_type": card["case_type_id"],
    }


def left_behind(ctx: Context, card: Row, board_id: int) -> Text | None:
    """That a card which goes to this board leaves its service type, whose workflow is another board's; None if it may
    keep it. (B51)"""
    found = ctx.rows.get(CaseType, card["case_type_id"]) or {"board_id": None}
    if found["board_id"] in (None, board_id):
        return None
    return Text("service type {name} left behind", {"name": found["name"]})


def case_type_handed_on(ctx: Context, case_type_id: int | None, board_id: int) -> int | None:
    """The service type that a card hands on to one that comes of it; None where it is out of use or of another
    board."""
    found = ctx.rows.get(CaseType, case_type_id) if case_type_id is not None else None
    fits = found is not None and found["active"] and found["board_id"] in (None, board_id)
    return case_type_id if fits else None


def offer_still_sold(ctx: Context, offer_id: int | None) -> int | None:
    """The offer that a card hands on to one that comes of it; None where it is out of use."""
    offer = ctx.rows.get(Offer, offer_id) if offer_id is not None else None
    return offer_id if offer is not None and offer["active"] else None
