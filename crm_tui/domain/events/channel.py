"""What happens to the channels by which cards come in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crm_tui.domain.happened import Happened
from crm_tui.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelAdded(Happened):
    kind: ClassVar[str] = "channel.added"
    entity: ClassVar[str] = "channel"
    sentence: ClassVar[str] = N_("Channel {name} added")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelEdited(Happened):
    kind: ClassVar[str] = "channel.edited"
    entity: ClassVar[str] = "channel"
    sentence: ClassVar[str] = N_("Channel {name} changed")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelDeactivated(Happened):
    kind: ClassVar[str] = "channel.deactivated"
    entity: ClassVar[str] = "channel"
    sentence: ClassVar[str] = N_("Channel {name} taken out of use")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelReactivated(Happened):
    kind: ClassVar[str] = "channel.reactivated"
    entity: ClassVar[str] = "channel"
    sentence: ClassVar[str] = N_("Channel {name} back in use")
    name: str
