"""What may be asked about standard texts."""

from __future__ import annotations

from typing import ClassVar

from crm_tui.domain.access import SET_UP
from crm_tui.domain.canned import BODY_MOST, CODE_LIMIT
from crm_tui.domain.fields import Widget
from crm_tui.i18n import N_
from crm_tui.services.core.commands import Command, ask, seen_version

CODE = N_("what one types behind /")
FOR = N_("empty: for all of them")
BODY = N_("what stands in braces is filled in when it is used; f9 lists the names")


class AddStandardText(Command):
    """A new standard text, at the end of the list. (B61)"""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("New standard text")
    guide: ClassVar[str] = "variables"

    code: str = ask(N_("Code"), max_length=CODE_LIMIT + 1, help=CODE)
    name: str = ask(N_("Name"), max_length=60)
    case_type: int | None = ask(N_("Service type"), default=None, pick="case_types", help=FOR)
    body: str = ask(N_("Text"), widget=Widget.BODY, max_length=BODY_MOST, help=BODY)


class EditStandardText(Command):
    """Change a standard text; notes that used it stay as they were filed."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Edit standard text")
    guide: ClassVar[str] = "variables"

    standard_text: int = ask(N_("Standard text"), pick="every_standard_text", hidden=True)
    code: str = ask(N_("Code"), default="", max_length=CODE_LIMIT + 1, help=CODE)
    name: str = ask(N_("Name"), default="", max_length=60)
    case_type: int | None = ask(N_("Service type"), default=None, pick="case_types", help=FOR)
    body: str = ask(N_("Text"), default="", widget=Widget.BODY, max_length=BODY_MOST, help=BODY)
    version: int | None = seen_version()


class MoveStandardText(Command):
    """Put a standard text some places up (less than nought) or down in the list."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Order standard text")

    standard_text: int = ask(N_("Standard text"), pick="every_standard_text", hidden=True)
    step: int = ask(N_("Places"), ge=-99, le=99)


class DeactivateStandardText(Command):
    """Take a standard text out of use; notes that used it keep saying so."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Take standard text out of use")

    standard_text: int = ask(N_("Standard text"), pick="every_standard_text", hidden=True)


class ReactivateStandardText(Command):
    """Offer a standard text again."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Put standard text back in use")

    standard_text: int = ask(N_("Standard text"), pick="every_standard_text", hidden=True)
