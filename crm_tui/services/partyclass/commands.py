"""What may be asked about the classes of people."""

from __future__ import annotations

from typing import ClassVar

from crm_tui.domain.access import SET_UP
from crm_tui.i18n import N_
from crm_tui.services.core.commands import Command, ask, seen_version


class AddPartyClass(Command):
    """A new class, at the end of the list. (M1)"""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("New class")

    name: str = ask(N_("Name"), max_length=40)


class EditPartyClass(Command):
    """Call a class something else; who has it keeps it."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Edit class")

    party_class: int = ask(N_("Class"), pick="every_party_class", hidden=True)
    name: str = ask(N_("Name"), default="", max_length=40)
    version: int | None = seen_version()


class MovePartyClass(Command):
    """Put a class some places up (less than nought) or down in the list."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Order class")

    party_class: int = ask(N_("Class"), pick="every_party_class", hidden=True)
    step: int = ask(N_("Places"), ge=-99, le=99)


class DeactivatePartyClass(Command):
    """Take a class out of use; who has it keeps it, nobody else is offered it."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Take class out of use")

    party_class: int = ask(N_("Class"), pick="every_party_class", hidden=True)


class ReactivatePartyClass(Command):
    """Offer a class again."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Put class back in use")

    party_class: int = ask(N_("Class"), pick="every_party_class", hidden=True)
