"""What may be asked about service types: what a contact is about for the house."""

from __future__ import annotations

from typing import ClassVar

from crm_tui.domain.access import SET_UP
from crm_tui.domain.casetype import MOST_MB
from crm_tui.i18n import N_
from crm_tui.services.core.commands import Command, ask, seen_version


class AddCaseType(Command):
    """A new service type, at the end of the list. (B37, B43, B44, B51)"""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("New service type")

    name: str = ask(N_("Name"), max_length=40)
    board: int | None = ask(
        N_("Workflow"), default=None, pick="boards", help=N_("the board it goes; empty: any board")
    )
    allow_attachment: bool = ask(N_("Files allowed"), default=True)
    max_attachment_mb: int = ask(N_("MB per file, at most"), default=MOST_MB, ge=1, le=MOST_MB)


class EditCaseType(Command):
    """Change a service type; the cards that have it keep it."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Edit service type")

    case_type: int = ask(N_("Service type"), pick="every_case_type", hidden=True)
    name: str = ask(N_("Name"), default="", max_length=40)
    board: int | None = ask(
        N_("Workflow"), default=None, pick="boards", help=N_("the board it goes; empty: any board")
    )
    allow_attachment: bool = ask(N_("Files allowed"), default=True)
    max_attachment_mb: int = ask(N_("MB per file, at most"), default=MOST_MB, ge=1, le=MOST_MB)
    version: int | None = seen_version()


class MoveCaseType(Command):
    """Put a service type some places up (less than nought) or down in the list."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Order service type")

    case_type: int = ask(N_("Service type"), pick="every_case_type", hidden=True)
    step: int = ask(N_("Places"), ge=-99, le=99)


class DeactivateCaseType(Command):
    """Take a service type out of use; the cards that have it keep it, new ones are not offered it."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Take service type out of use")

    case_type: int = ask(N_("Service type"), pick="every_case_type", hidden=True)


class ReactivateCaseType(Command):
    """Offer a service type again."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Put service type back in use")

    case_type: int = ask(N_("Service type"), pick="every_case_type", hidden=True)
