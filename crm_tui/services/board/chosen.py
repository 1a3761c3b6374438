"""What a card is said to be about must be in use: the channel it came by, the offer it is after, its service type.
(M49, M56, B51)

What it has already it keeps, though it was taken out of use since.
"""

from __future__ import annotations

from crm_tui.i18n import N_
from crm_tui.services.core.context import Context, refuse
from crm_tui.store.tables import CaseType, Channel, Offer


def channel_in_use(ctx: Context, channel_id: int | None, now: int | None = None) -> int | None:
    """The channel named, which must be in use, unless the card has it already."""
    if channel_id is None or channel_id == now:
        return channel_id
    channel = ctx.row(Channel, channel_id, "channel")
    if not channel["active"]:
        raise refuse(N_("That channel is out of use: choose another."), fields=("channel",))
    return channel_id


def offer_in_use(ctx: Context, offer_id: int | None, now: int | None = None) -> int | None:
    """The offer named, which must be in use, unless the card has it already."""
    if offer_id is None or offer_id == now:
        return offer_id
    if not ctx.row(Offer, offer_id, "offer")["active"]:
        raise refuse(N_("That offer is out of use: choose another."), fields=("offer",))
    return offer_id


def case_type_in_use(
    ctx: Context, case_type_id: int | None, board_id: int, now: int | None = None
) -> int | None:
    """The service type named, which must be in use and of the card's board or of none, unless the card has it
    already. (B51)"""
    if case_type_id is None or case_type_id == now:
        return case_type_id
    case_type = ctx.row(CaseType, case_type_id, "case_type")
    if not case_type["active"]:
        raise refuse(N_("That service type is out of use: choose another."), fields=("case_type",))
    if case_type["board_id"] not in (None, board_id):
        raise refuse(
            N_("“{name}” goes another board's workflow: choose another service type."),
            fields=("case_type",),
            name=case_type["name"],
        )
    return case_type_id


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
