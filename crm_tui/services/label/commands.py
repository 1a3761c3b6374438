"""What may be asked about labels, and about the labels, members and tasks of a card."""

from __future__ import annotations

from typing import ClassVar

from crm_tui.domain.access import SET_UP
from crm_tui.domain.hue import HUE_NAMES, Hue
from crm_tui.domain.label import NAME_LIMIT, TASK_LIMIT
from crm_tui.i18n import N_
from crm_tui.services.core.commands import Command, ask, choices, seen_version


class AddLabel(Command):
    """A new label, of one board or of all. (K12)"""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("New label")

    name: str = ask(N_("Name"), max_length=NAME_LIMIT)
    color: Hue = ask(N_("Colour"), default=Hue.BLUE, choices=choices(HUE_NAMES))
    board: int | None = ask(N_("Board"), default=None, pick="boards", help=N_("empty: all boards"))


class EditLabel(Command):
    """Another name or colour; cards show it at once."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Edit label")

    label: int = ask(N_("Label"), pick="every_label", hidden=True)
    name: str = ask(N_("Name"), default="", max_length=NAME_LIMIT)
    color: Hue = ask(N_("Colour"), default=Hue.BLUE, choices=choices(HUE_NAMES))
    version: int | None = seen_version()


class RetireLabel(Command):
    """Offer a label no more; it stays on its cards."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Take label out of use")

    label: int = ask(N_("Label"), pick="labels", hidden=True)


class RestoreLabel(Command):
    """Offer a label again."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Take label back into use")

    label: int = ask(N_("Label"), pick="every_label", hidden=True)


class MoveLabel(Command):
    """Move a label up or down among those of its board."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Move label")

    label: int = ask(N_("Label"), pick="labels", hidden=True)
    step: int = ask(N_("Places"), ge=-99, le=99)


class SetLabels(Command):
    """Put labels on a card and take others off; what it has, or has not, already is left so. (K25)"""

    permission: ClassVar[str] = "card.edit"
    title: ClassVar[str] = N_("Labels")

    card: int = ask(N_("Card"), pick="cards", hidden=True)
    add: tuple[int, ...] = ask(N_("Add"), default=(), pick="labels")
    remove: tuple[int, ...] = ask(N_("Remove"), default=(), pick="every_label")


class SetMembers(Command):
    """Let operators take part in a card beside its owner, or no longer. (K26)"""

    permission: ClassVar[str] = "card.edit"
    title: ClassVar[str] = N_("Members")

    card: int = ask(N_("Card"), pick="cards", hidden=True)
    add: tuple[int, ...] = ask(N_("Add"), default=(), pick="users")
    remove: tuple[int, ...] = ask(N_("Remove"), default=(), pick="every_user")


class AddTask(Command):
    """A task at the end of a card's checklist; what has a date is a step. (K30)"""

    permission: ClassVar[str] = "card.edit"
    title: ClassVar[str] = N_("New task")

    card: int = ask(N_("Card"), pick="cards", hidden=True)
    text: str = ask(N_("Task"), max_length=TASK_LIMIT)


class EditTask(Command):
    """Word a task anew."""

    permission: ClassVar[str] = "card.edit"
    title: ClassVar[str] = N_("Edit task")

    task: int = ask(N_("Task"), pick="tasks", hidden=True)
    text: str = ask(N_("Task"), max_length=TASK_LIMIT)
    version: int | None = seen_version()


class TickTask(Command):
    """A task is done; with `done` false it is open again."""

    permission: ClassVar[str] = "card.edit"
    title: ClassVar[str] = N_("Tick task")

    task: int = ask(N_("Task"), pick="tasks", hidden=True)
    done: bool = ask(N_("Done"), default=True)


class DeleteTask(Command):
    """Take a task off the checklist; an undo puts it back."""

    permission: ClassVar[str] = "card.edit"
    title: ClassVar[str] = N_("Delete task")

    task: int = ask(N_("Task"), pick="tasks", hidden=True)


class OrderTask(Command):
    """Put a task some places up (less than nought) or down among those of its card."""

    permission: ClassVar[str] = "card.edit"
    title: ClassVar[str] = N_("Order task")

    task: int = ask(N_("Task"), pick="tasks", hidden=True)
    step: int = ask(N_("Places"), ge=-99, le=99)
