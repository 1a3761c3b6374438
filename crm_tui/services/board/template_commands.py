"""What may be asked about base cards: what new cards of a board may begin with. (K14-K20)"""

from __future__ import annotations

from typing import ClassVar

from crm_tui.domain.access import SET_UP
from crm_tui.domain.fields import Widget
from crm_tui.i18n import N_
from crm_tui.services.core.commands import Command, ask, seen_version

_LABELS = N_("names, with commas between them")
_MEMBERS = N_("logins, with commas between them")


class AddTemplate(Command):
    """A new base card. (K14-K18)"""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("New base card")

    board: int = ask(N_("Board"), pick="boards")
    name: str = ask(N_("Name"), max_length=60)
    description: str = ask(N_("Description"), default="", widget=Widget.BODY, max_length=20_000)
    tasks: str = ask(N_("Tasks, one a line"), default="", widget=Widget.BODY, max_length=20_000)
    labels: str = ask(N_("Labels"), default="", max_length=2_000, help=_LABELS)
    members: str = ask(N_("Members"), default="", max_length=2_000, help=_MEMBERS)
    comments: str = ask(N_("Comments"), default="", widget=Widget.BODY, max_length=20_000)


class EditTemplate(Command):
    """Change a base card; only what is given changes, cards that began with it stay as they are. (K15-K18)"""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Edit base card")

    template: int = ask(N_("Base card"), pick="templates", hidden=True)
    name: str = ask(N_("Name"), default="", max_length=60)
    description: str = ask(N_("Description"), default="", widget=Widget.BODY, max_length=20_000)
    tasks: str = ask(N_("Tasks, one a line"), default="", widget=Widget.BODY, max_length=20_000)
    labels: str = ask(N_("Labels"), default="", max_length=2_000, help=_LABELS)
    members: str = ask(N_("Members"), default="", max_length=2_000, help=_MEMBERS)
    comments: str = ask(N_("Comments"), default="", widget=Widget.BODY, max_length=20_000)
    version: int | None = seen_version()


class MoveTemplate(Command):
    """Put a base card some places up (less than nought) or down among those of its board."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Order base card")

    template: int = ask(N_("Base card"), pick="templates", hidden=True)
    step: int = ask(N_("Places"), ge=-99, le=99)


class ArchiveTemplate(Command):
    """Take a base card out of use; it can come back."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Archive base card")

    template: int = ask(N_("Base card"), pick="templates", hidden=True)


class UnarchiveTemplate(Command):
    """Take a base card into use again."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Bring base card back")

    template: int = ask(N_("Base card"), pick="archived_templates", hidden=True)


class TemplateFromCard(Command):
    """A base card from a card: its description, labels, members, tasks and files. (K14, K19)"""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Base card from this card")
    in_archive: ClassVar[bool] = True

    card: int = ask(N_("Card"), pick="cards", hidden=True)
    name: str = ask(N_("Name"), max_length=60)


class AttachToTemplate(Command):
    """Put a file on a base card: every card that begins with it has it, too. (K19)"""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("File on a base card")

    template: int = ask(N_("Base card"), pick="templates")
    filename: str = ask(N_("File"), max_length=255)
    content: bytes = ask(N_("Content"), hidden=True)


class DetachFromTemplate(Command):
    """Take a file off a base card; cards that have it keep it. (K19)"""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Take a file off a base card")

    template: int = ask(N_("Base card"), pick="templates")
    filename: str = ask(N_("File"), max_length=255)


class SetTemplateLabels(Command):
    """Put labels on a base card and take others off; what it has, or has not, already is left so. (K16)"""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Labels of a base card")

    template: int = ask(N_("Base card"), pick="templates", hidden=True)
    add: tuple[int, ...] = ask(N_("Add"), default=(), pick="labels")
    remove: tuple[int, ...] = ask(N_("Remove"), default=(), pick="every_label")


class SetTemplateMembers(Command):
    """Let operators take part in the cards that begin with a base card, or no longer. (K17)"""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Members of a base card")

    template: int = ask(N_("Base card"), pick="templates", hidden=True)
    add: tuple[int, ...] = ask(N_("Add"), default=(), pick="users")
    remove: tuple[int, ...] = ask(N_("Remove"), default=(), pick="every_user")
