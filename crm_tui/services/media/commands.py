"""What may be asked about media: where those who come saw us first."""

from __future__ import annotations

from typing import ClassVar

from crm_tui.domain.access import SET_UP
from crm_tui.i18n import N_
from crm_tui.services.core.commands import Command, ask, seen_version


class AddMediaSource(Command):
    """A new place where one is seen, at the end of the list. (M50)"""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("New media source")

    name: str = ask(N_("Name"), max_length=40)


class EditMediaSource(Command):
    """Call a media source something else; the cards that have it keep it."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Edit media source")

    media_source: int = ask(N_("Media source"), pick="every_media_source", hidden=True)
    name: str = ask(N_("Name"), default="", max_length=40)
    version: int | None = seen_version()


class MoveMediaSource(Command):
    """Put a media source some places up (less than nought) or down in the list."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Order media source")

    media_source: int = ask(N_("Media source"), pick="every_media_source", hidden=True)
    step: int = ask(N_("Places"), ge=-99, le=99)


class DeactivateMediaSource(Command):
    """Take a media source out of use; the cards that have it keep it, new ones are not offered it."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Take media source out of use")

    media_source: int = ask(N_("Media source"), pick="every_media_source", hidden=True)


class ReactivateMediaSource(Command):
    """Offer a media source again."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Put media source back in use")

    media_source: int = ask(N_("Media source"), pick="every_media_source", hidden=True)
