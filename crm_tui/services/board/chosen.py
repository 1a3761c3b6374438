"""What a card is said to be about must be in use: the channel it came by, the offer it is after, its campaign. (M49)

What it has already it keeps, though it was taken out of use since.
"""

from __future__ import annotations

from crm_tui.i18n import N_
from crm_tui.services.core.context import Context, refuse
from crm_tui.store.tables import Campaign, Channel, Offer


def channel_in_use(ctx: Context, channel_id: int | None, now: int | None = None) -> int | None:
    """The channel named, which must be in use, unless the card has it already."""
    if channel_id is None or channel_id == now:
        return channel_id
    channel = ctx.row(Channel, channel_id, "channel")
    if not channel["active"]:
        raise refuse(N_("That channel is out of use: choose another."), fields=("channel",))
    return channel_id


def campaign_in_use(ctx: Context, campaign_id: int | None, now: int | None = None) -> int | None:
    """The campaign named, which must be in use, unless the card has it already. (T38)"""
    if campaign_id is None or campaign_id == now:
        return campaign_id
    if not ctx.row(Campaign, campaign_id, "campaign")["active"]:
        raise refuse(N_("That campaign is out of use: choose another."), fields=("campaign",))
    return campaign_id


def offer_in_use(ctx: Context, offer_id: int | None, now: int | None = None) -> int | None:
    """The offer named, which must be in use, unless the card has it already."""
    if offer_id is None or offer_id == now:
        return offer_id
    if not ctx.row(Offer, offer_id, "offer")["active"]:
        raise refuse(N_("That offer is out of use: choose another."), fields=("offer",))
    return offer_id


def offer_still_sold(ctx: Context, offer_id: int | None) -> int | None:
    """The offer that a card hands on to one that comes of it; None where it is out of use."""
    offer = ctx.rows.get(Offer, offer_id) if offer_id is not None else None
    return offer_id if offer is not None and offer["active"] else None
