"""What happens to labels, and to the labels, members and tasks of a card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crm_tui.domain.happened import Happened, Named
from crm_tui.i18n import N_


class LabelAdded(Named):
    kind = "label.added"
    entity = "label"
    sentence = N_("Label {name} added")


class LabelEdited(Named):
    kind = "label.edited"
    entity = "label"
    sentence = N_("Label {name} changed")


class LabelRetired(Named):
    kind = "label.retired"
    entity = "label"
    sentence = N_("Label {name} taken out of use")


class LabelRestored(Named):
    kind = "label.restored"
    entity = "label"
    sentence = N_("Label {name} back in use")


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
