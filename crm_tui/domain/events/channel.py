"""What happens to the channels by which cards come in."""

from __future__ import annotations

from crm_tui.domain.happened import Named
from crm_tui.i18n import N_


class ChannelAdded(Named):
    kind = "channel.added"
    entity = "channel"
    sentence = N_("Channel {name} added")


class ChannelEdited(Named):
    kind = "channel.edited"
    entity = "channel"
    sentence = N_("Channel {name} changed")


class ChannelDeactivated(Named):
    kind = "channel.deactivated"
    entity = "channel"
    sentence = N_("Channel {name} taken out of use")


class ChannelReactivated(Named):
    kind = "channel.reactivated"
    entity = "channel"
    sentence = N_("Channel {name} back in use")
