"""How channels are added, renamed, ordered, and taken out of use."""

from __future__ import annotations

from typing import Any

from crm_tui.domain.events.channel import (
    ChannelAdded,
    ChannelDeactivated,
    ChannelEdited,
    ChannelReactivated,
)
from crm_tui.i18n import N_
from crm_tui.services.channel.commands import (
    AddChannel,
    DeactivateChannel,
    EditChannel,
    MoveChannel,
    ReactivateChannel,
)
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Handler
from crm_tui.services.core.kept import Kept
from crm_tui.services.core.use import Using
from crm_tui.store.tables import Channel

_KEPT, _USE = Kept(Channel, "channel", {"name": "name"}), Using(Channel, "channel")
HANDLERS: dict[type[Command], Handler[Any]] = {
    AddChannel: _KEPT.adds(ChannelAdded),
    EditChannel: _KEPT.edits(ChannelEdited),
    MoveChannel: _KEPT.moves(ChannelEdited),
    DeactivateChannel: _USE.ends(ChannelDeactivated, N_("This channel is out of use already.")),
    ReactivateChannel: _USE.begins(ChannelReactivated, N_("This channel is in use already.")),
}
