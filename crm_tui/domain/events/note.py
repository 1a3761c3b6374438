"""What happens to notes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
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
    spoken_with: str = ""
    """The contact, where it is another than whom the note is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAmended(Happened):
    """A filed parecer was corrected by another; `entity_id` is the new one."""

    kind: ClassVar[str] = "note.amended"
    entity: ClassVar[str] = "note"
    sentence: ClassVar[str] = N_("Corrects the note of {filed_at}")
    touches: ClassVar[bool] = False
    filed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteVoided(Happened):
    """A filed parecer counts no more; the reason goes with the event."""

    kind: ClassVar[str] = "note.voided"
    entity: ClassVar[str] = "note"
    sentence: ClassVar[str] = N_("Note of {filed_at} made void")
    touches: ClassVar[bool] = False
    filed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided(Happened):
    """The questions of a card's stages were answered with a note, and it goes that way at once. (B49, B50)

    `path`: the stages, from the one that is left; `team_id`: the responsibility centre that takes over; `loss_id`: why
    it is lost, where the way ends so, `loss_note` beside it; `answers`: the transitions, in their order.
    """

    kind: ClassVar[str] = "card.decided"
    entity: ClassVar[str] = "card"
    sentence: ClassVar[str] = N_("Decision: {decided}")
    decided: str
    path: tuple[int, ...]
    team_id: int | None = None
    loss_id: int | None = None
    loss_note: str = ""
    answers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CardRouted(Happened):
    """Another team, the responsibility centre of an answer, has the card now. (B49)"""

    kind: ClassVar[str] = "card.routed"
    entity: ClassVar[str] = "card"
    sentence: ClassVar[str] = N_("Goes to {team}")
    team: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentAdded(Happened):
    kind: ClassVar[str] = "note.commented"
    entity: ClassVar[str] = "note"
    sentence: ClassVar[str] = N_("Comment")


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteTakenIn(Happened):
    """A note of another tool was kept as its author's comment, of the day on which it was written."""

    kind: ClassVar[str] = "note.taken_in"
    entity: ClassVar[str] = "note"
    sentence: ClassVar[str] = N_("Comment of {author}, {filed_at}, imported")
    touches: ClassVar[bool] = False
    author: str
    filed_at: datetime
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceTakenIn(Happened):
    """The same of what another tool says was done: the text is the parecer of that day. `subject`: with the result."""

    kind: ClassVar[str] = "note.done_taken_in"
    entity: ClassVar[str] = "note"
    sentence: ClassVar[str] = N_("{subject}: done by {author}, {filed_at}, imported")
    touches: ClassVar[bool] = False
    subject: str
    author: str
    filed_at: datetime
    source: str | None = None


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
