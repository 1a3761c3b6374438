"""What happens to labels, and to the labels, members and tasks of a card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crm_tui.domain.happened import Happened
from crm_tui.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelAdded(Happened):
    kind: ClassVar[str] = "label.added"
    entity: ClassVar[str] = "label"
    sentence: ClassVar[str] = N_("Label {name} added")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelEdited(Happened):
    kind: ClassVar[str] = "label.edited"
    entity: ClassVar[str] = "label"
    sentence: ClassVar[str] = N_("Label {name} changed")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelRetired(Happened):
    kind: ClassVar[str] = "label.retired"
    entity: ClassVar[str] = "label"
    sentence: ClassVar[str] = N_("Label {name} taken out of use")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelRestored(Happened):
    kind: ClassVar[str] = "label.restored"
    entity: ClassVar[str] = "label"
    sentence: ClassVar[str] = N_("Label {name} back in use")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardLabelled(Happened):
    """`changes` as `domain.label.changes` writes them."""

    kind: ClassVar[str] = "card.labelled"
    entity: ClassVar[str] = "card"
    sentence: ClassVar[str] = N_("Labels: {changes}")
    changes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MembersChanged(Happened):
    """`changes` as `domain.label.changes` writes them."""

    kind: ClassVar[str] = "card.members"
    entity: ClassVar[str] = "card"
    sentence: ClassVar[str] = N_("Members: {changes}")
    changes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskAdded(Happened):
    kind: ClassVar[str] = "task.added"
    entity: ClassVar[str] = "task"
    sentence: ClassVar[str] = N_("Task added: {task}")
    task: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskEdited(Happened):
    kind: ClassVar[str] = "task.edited"
    entity: ClassVar[str] = "task"
    sentence: ClassVar[str] = N_("Task reworded: {task}")
    task: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDone(Happened):
    kind: ClassVar[str] = "task.done"
    entity: ClassVar[str] = "task"
    sentence: ClassVar[str] = N_("Task done: {task}")
    task: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskReopened(Happened):
    kind: ClassVar[str] = "task.reopened"
    entity: ClassVar[str] = "task"
    sentence: ClassVar[str] = N_("Task open again: {task}")
    task: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDeleted(Happened):
    kind: ClassVar[str] = "task.deleted"
    entity: ClassVar[str] = "task"
    sentence: ClassVar[str] = N_("Task deleted: {task}")
    task: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskOrdered(Happened):
    kind: ClassVar[str] = "task.ordered"
    entity: ClassVar[str] = "task"
    sentence: ClassVar[str] = N_("Another place in the tasks: {task}")
    touches: ClassVar[bool] = False
    task: str
