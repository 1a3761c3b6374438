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
from crm_tui.services.core import names
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made
from crm_tui.services.core.merge import check_version
from crm_tui.services.core.order import reordered
from crm_tui.services.core.use import Using
from crm_tui.store.queries.channel import EVERY
from crm_tui.store.tables import Channel


def _made(channel_id: int) -> Made:
    return Made("channel", channel_id, f"channel:{channel_id}")


def _add(ctx: Context, command: AddChannel) -> Made:
    name = names.free(ctx, Channel, command.name)
    channel_id = ctx.rows.insert(Channel, name=name, position=ctx.rows.next_id(Channel))
    ctx.emit(ChannelAdded(entity_id=channel_id, name=name))
    return _made(channel_id)


def _edit(ctx: Context, command: EditChannel) -> Made:
    channel = ctx.row(Channel, command.channel, "channel")
    columns: dict[str, Any] = {}
    if "name" in command.model_fields_set:
        columns["name"] = names.free(ctx, Channel, command.name, but=command.channel)
    check_version(ctx, Channel, command.channel, command.version, columns)
    if ctx.rows.update(Channel, command.channel, **columns):
        ctx.emit(ChannelEdited(entity_id=command.channel, name=str(columns.get("name", channel["name"]))))
    return _made(command.channel)


def _move(ctx: Context, command: MoveChannel) -> Made:
    channel = ctx.row(Channel, command.channel, "channel")
    order = [row[0] for row in ctx.connection.execute(EVERY).fetchall()]
    if reordered(ctx, Channel, order, command.channel, command.step):
        ctx.emit(ChannelEdited(entity_id=command.channel, name=channel["name"]))
    return _made(command.channel)


_USE = Using(Channel, "channel")
HANDLERS: dict[type[Command], Handler[Any]] = {
    AddChannel: Handler(_add),
    EditChannel: Handler(_edit),
    MoveChannel: Handler(_move),
    DeactivateChannel: _USE.ends(ChannelDeactivated, N_("This channel is out of use already.")),
    ReactivateChannel: _USE.begins(ChannelReactivated, N_("This channel is in use already.")),
}
