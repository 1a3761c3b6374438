"""What may be asked about channels: the ways by which cards come in."""

from __future__ import annotations

from typing import ClassVar

from crm_tui.domain.access import SET_UP
from crm_tui.i18n import N_
from crm_tui.services.core.commands import Command, ask, seen_version


class AddChannel(Command):
    """A new way in, at the end of the list. (M21, M49)"""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("New channel")

    name: str = ask(N_("Name"), max_length=40)


class EditChannel(Command):
    """Call a channel something else; the cards that came by it keep it."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Edit channel")

    channel: int = ask(N_("Channel"), pick="every_channel", hidden=True)
    name: str = ask(N_("Name"), default="", max_length=40)
    version: int | None = seen_version()


class MoveChannel(Command):
    """Put a channel some places up (less than nought) or down in the list."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Order channel")

    channel: int = ask(N_("Channel"), pick="every_channel", hidden=True)
    step: int = ask(N_("Places"), ge=-99, le=99)


class DeactivateChannel(Command):
    """Take a channel out of use; the cards that came by it keep it, new ones are not offered it."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Take channel out of use")

    channel: int = ask(N_("Channel"), pick="every_channel", hidden=True)


class ReactivateChannel(Command):
    """Offer a channel again."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Put channel back in use")

    channel: int = ask(N_("Channel"), pick="every_channel", hidden=True)
