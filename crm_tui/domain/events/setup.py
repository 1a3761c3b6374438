"""What happens to boards themselves: their settings, stages, members and base cards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crm_tui.domain.happened import Happened, Named
from crm_tui.i18n import N_


class BoardAdded(Named):
    kind = "board.added"
    entity = "board"
    sentence = N_("Board {name} added")


class BoardEdited(Named):
    kind = "board.edited"
    entity = "board"
    sentence = N_("Board {name} changed")


@dataclass(frozen=True, slots=True, kw_only=True)
class StageAdded(Happened):
    kind: ClassVar[str] = "stage.added"
    entity: ClassVar[str] = "stage"
    sentence: ClassVar[str] = N_("Stage {name} added to {board}")
    name: str
    board: str


class StageEdited(Named):
    kind = "stage.edited"
    entity = "stage"
    sentence = N_("Stage {name} changed")


class StageArchived(Named):
    kind = "stage.archived"
    entity = "stage"
    sentence = N_("Stage {name} removed")


class BoardArchived(Named):
    kind = "board.archived"
    entity = "board"
    sentence = N_("Board {name} archived")


class BoardUnarchived(Named):
    kind = "board.unarchived"
    entity = "board"
    sentence = N_("Board {name} back in use")


class BoardRestricted(Named):
    kind = "board.restricted"
    entity = "board"
    sentence = N_("Board {name} is only for its members now")


class BoardOpenedUp(Named):
    kind = "board.opened_up"
    entity = "board"
    sentence = N_("Board {name} is open to everybody again")


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberViews(Happened):
    kind: ClassVar[str] = "member.views"
    entity: ClassVar[str] = "board_member"
    sentence: ClassVar[str] = N_("{login} may look at {board}")
    login: str
    board: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberAttends(Happened):
    kind: ClassVar[str] = "member.attends"
    entity: ClassVar[str] = "board_member"
    sentence: ClassVar[str] = N_("{login} works on {board}")
    login: str
    board: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberManages(Happened):
    kind: ClassVar[str] = "member.manages"
    entity: ClassVar[str] = "board_member"
    sentence: ClassVar[str] = N_("{login} runs {board}")
    login: str
    board: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberLeft(Happened):
    kind: ClassVar[str] = "member.left"
    entity: ClassVar[str] = "board_member"
    sentence: ClassVar[str] = N_("{login} is no longer a member of {board}")
    login: str
    board: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateAdded(Happened):
    kind: ClassVar[str] = "template.added"
    entity: ClassVar[str] = "card_template"
    sentence: ClassVar[str] = N_("Base card {name} added to {board}")
    name: str
    board: str


class TemplateEdited(Named):
    kind = "template.edited"
    entity = "card_template"
    sentence = N_("Base card {name} changed")


class TemplateArchived(Named):
    kind = "template.archived"
    entity = "card_template"
    sentence = N_("Base card {name} archived")


class TemplateUnarchived(Named):
    kind = "template.unarchived"
    entity = "card_template"
    sentence = N_("Base card {name} back in use")


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateFileAdded(Happened):
    kind: ClassVar[str] = "template.file_added"
    entity: ClassVar[str] = "card_template"
    sentence: ClassVar[str] = N_("File {filename} put on the base card {name}")
    name: str
    filename: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateFileRemoved(Happened):
    kind: ClassVar[str] = "template.file_removed"
    entity: ClassVar[str] = "card_template"
    sentence: ClassVar[str] = N_("File {filename} taken off the base card {name}")
    name: str
    filename: str
