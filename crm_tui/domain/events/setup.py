"""What happens to boards themselves: their settings, stages, members and base cards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crm_tui.domain.happened import Happened
from crm_tui.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardAdded(Happened):
    kind: ClassVar[str] = "board.added"
    entity: ClassVar[str] = "board"
    sentence: ClassVar[str] = N_("Board {name} added")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardEdited(Happened):
    kind: ClassVar[str] = "board.edited"
    entity: ClassVar[str] = "board"
    sentence: ClassVar[str] = N_("Board {name} changed")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StageAdded(Happened):
    kind: ClassVar[str] = "stage.added"
    entity: ClassVar[str] = "stage"
    sentence: ClassVar[str] = N_("Stage {name} added to {board}")
    name: str
    board: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StageEdited(Happened):
    kind: ClassVar[str] = "stage.edited"
    entity: ClassVar[str] = "stage"
    sentence: ClassVar[str] = N_("Stage {name} changed")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StageArchived(Happened):
    kind: ClassVar[str] = "stage.archived"
    entity: ClassVar[str] = "stage"
    sentence: ClassVar[str] = N_("Stage {name} removed")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardArchived(Happened):
    kind: ClassVar[str] = "board.archived"
    entity: ClassVar[str] = "board"
    sentence: ClassVar[str] = N_("Board {name} archived")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardUnarchived(Happened):
    kind: ClassVar[str] = "board.unarchived"
    entity: ClassVar[str] = "board"
    sentence: ClassVar[str] = N_("Board {name} back in use")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRestricted(Happened):
    kind: ClassVar[str] = "board.restricted"
    entity: ClassVar[str] = "board"
    sentence: ClassVar[str] = N_("Board {name} is only for its members now")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardOpenedUp(Happened):
    kind: ClassVar[str] = "board.opened_up"
    entity: ClassVar[str] = "board"
    sentence: ClassVar[str] = N_("Board {name} is open to everybody again")
    name: str


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


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateEdited(Happened):
    kind: ClassVar[str] = "template.edited"
    entity: ClassVar[str] = "card_template"
    sentence: ClassVar[str] = N_("Base card {name} changed")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateArchived(Happened):
    kind: ClassVar[str] = "template.archived"
    entity: ClassVar[str] = "card_template"
    sentence: ClassVar[str] = N_("Base card {name} archived")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateUnarchived(Happened):
    kind: ClassVar[str] = "template.unarchived"
    entity: ClassVar[str] = "card_template"
    sentence: ClassVar[str] = N_("Base card {name} back in use")
    name: str


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
