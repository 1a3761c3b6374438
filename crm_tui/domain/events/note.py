"""What happens to notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crm_tui.domain.happened import Happened
from crm_tui.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteFiled(Happened):
    """A parecer was filed: the contact is registered, its follow-up closed. It may wish the card into a stage, or lost
    for a reason: the board answers both."""

    kind: ClassVar[str] = "note.filed"
    entity: ClassVar[str] = "note"
    sentence: ClassVar[str] = N_("{action}, {result}")
    action: str
    result: str
    tone: str
    to_stage_id: int | None = None
    loss_reason_id: int | None = None
    loss_note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentAdded(Happened):
    kind: ClassVar[str] = "note.commented"
    entity: ClassVar[str] = "note"
    sentence: ClassVar[str] = N_("Comment")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileAttached(Happened):
    kind: ClassVar[str] = "file.attached"
    entity: ClassVar[str] = "attachment"
    sentence: ClassVar[str] = N_("{filename} attached, {size} bytes")
    filename: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRemoved(Happened):
    kind: ClassVar[str] = "file.removed"
    entity: ClassVar[str] = "attachment"
    sentence: ClassVar[str] = N_("{filename} removed")
    filename: str
