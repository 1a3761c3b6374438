"""One record by its REF, as the command line shows it: notes, steps, attachments, and a batch's events.

Cards and people have views of their own; this is for what they hold. Answers None where there is none, or none
that the viewer may see.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from crm_tui.domain.subject import record_of
from crm_tui.domain.trail import Entry, Undone
from crm_tui.services.core.reading import Reading, view
from crm_tui.services.core.scope import sight
from crm_tui.store.queries import base as queries
from crm_tui.store.queries import party, trail
from crm_tui.store.values import as_date, as_instant


@dataclass(frozen=True, slots=True)
class NoteRecord:
    """A filed note. `card`, `party` are REFs; `filed_at` aware. `amends_id` is the note that it corrects,
    `corrected_by_id` the one that corrects it; `standard_text` the code of the one that it used."""

    id: int
    card: str | None
    party: str | None
    activity_id: int | None
    kind: str
    state: str
    body: str
    author: str
    filed_at: datetime | None
    version: int
    amends_id: int | None = None
    corrected_by_id: int | None = None
    standard_text: str | None = None


@dataclass(frozen=True, slots=True)
class ActivityRecord:
    """A step, planned or done. `card`, `party` and `contact`, with whom it is, are REFs; instants aware."""

    id: int
    card: str | None
    party: str | None
    action: str
    subject: str
    description: str | None
    assignee: str
    due_on: date | None
    start_at: datetime | None
    end_at: datetime | None
    internal_on: date | None
    state: str
    done_at: datetime | None
    result: str | None
    medium: str | None
    version: int
    contact: str | None


@dataclass(frozen=True, slots=True)
class AttachmentRecord:
    """A file of a card or a person (REFs); `size` in bytes, `sha256` of its contents, `added_at` aware; `note_id` is
    the note to which it was attached, `activity_id` the step that it is for."""

    id: int
    card: str | None
    filename: str
    mime: str
    size: int
    sha256: str
    added_by: str
    added_at: datetime | None
    version: int
    party: str | None = None
    note_id: int | None = None
    activity_id: int | None = None


@view("card.read")
def gone(reading: Reading, subject: str) -> bool:
    """Whether what a form is about (`card:12`, `party:7`) is there no more, or not for the viewer to see.

    An undone import takes its people back whatever was typed about them, because a draft is no business fact; the
    text stays, and a redo brings back whom it is about.
    """
    kind, row_id = record_of(subject) or ("", 0)
    seen = {"card": queries.CARD_SEEN, "party": party.REACHED}.get(kind)
    if seen is None:
        return False
    return reading.connection.execute(seen, {"id": row_id, **sight(reading.viewer)}).fetchone() is None


@view("card.read")
def note(reading: Reading, note_id: int) -> NoteRecord | None:
    """A note by id."""
    asked = {"id": note_id, **sight(reading.viewer)}
    row = reading.connection.execute(queries.NOTE, asked).fetchone()
    if row is None:
        return None
    values = list(row)
    values[8] = as_instant(values[8])
    return NoteRecord(*values)


@view("card.read")
def activity(reading: Reading, activity_id: int) -> ActivityRecord | None:
    """A step by id; without a card it is seen with its person, or by whoever reaches its doer."""
    asked = {"id": activity_id, **sight(reading.viewer)}
    row = reading.connection.execute(queries.ACTIVITY, asked).fetchone()
    if row is None:
        return None
    values = list(row)
    for place, read in ((7, as_date), (8, as_instant), (9, as_instant), (10, as_date), (12, as_instant)):
        values[place] = read(values[place])
    return ActivityRecord(*values)


@view("card.read")
def attachment(reading: Reading, attachment_id: int) -> AttachmentRecord | None:
    """An attachment by id, without its contents."""
    asked = {"id": attachment_id, **sight(reading.viewer)}
    row = reading.connection.execute(queries.ATTACHMENT, asked).fetchone()
    if row is None:
        return None
    values = list(row)
    values[7] = as_instant(values[7])
    return AttachmentRecord(*values)


@view("trail.read")
def of_batch(reading: Reading, batch: str) -> list[Entry]:
    """Everything that one batch wrote, the newest first."""
    asked = {"batch": batch, **sight(reading.viewer)}
    return trail.entries(reading.connection, trail.OF_BATCH, asked)


@view("trail.undo")
def told_by_undo(reading: Reading, batch: str) -> Entry | None:
    """The event in which an undo or redo says what it put back; None if that is not for the viewer to see."""
    return next((entry for entry in of_batch(reading, batch) if entry.entity == Undone.entity), None)
