"""What may be asked about loss reasons: why a card came to nothing. (M67)"""

from __future__ import annotations

from typing import ClassVar

from crm_tui.domain.access import SET_UP
from crm_tui.i18n import N_
from crm_tui.services.core.commands import Command, ask, seen_version


class AddLossReason(Command):
    """A new reason, at the end of the list; some say too little alone and ask for a note."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("New loss reason")

    name: str = ask(N_("Name"), max_length=60)
    requires_note: bool = ask(N_("Asks for a note"), default=False)


class EditLossReason(Command):
    """Call a reason something else, or have it ask for a note; the cards lost for it keep it."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Edit loss reason")

    loss_reason: int = ask(N_("Reason"), pick="every_loss_reason", hidden=True)
    name: str = ask(N_("Name"), default="", max_length=60)
    requires_note: bool = ask(N_("Asks for a note"), default=False)
    version: int | None = seen_version()


class MoveLossReason(Command):
    """Put a reason some places up (less than nought) or down: its place is the digit that picks it."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Order loss reason")

    loss_reason: int = ask(N_("Reason"), pick="every_loss_reason", hidden=True)
    step: int = ask(N_("Places"), ge=-99, le=99)


class DeactivateLossReason(Command):
    """Take a reason out of use; the cards lost for it keep it, no other is offered it."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Take loss reason out of use")

    loss_reason: int = ask(N_("Reason"), pick="every_loss_reason", hidden=True)


class ReactivateLossReason(Command):
    """Offer a reason again."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Put loss reason back in use")

    loss_reason: int = ask(N_("Reason"), pick="every_loss_reason", hidden=True)
