"""What was written: filed notes (pareceres), their attachments, and the drafts a concluir."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from crm_tui.domain.note import NoteKind, NoteState
from crm_tui.store.shapes import Undo
from crm_tui.store.tables.base import instant, one_of, pk, ref, table_args, version, whole


class Note(SQLModel, table=True):
    """A filed text; immutable but for `state` (void) and its version."""

    __table_args__ = table_args(
        one_of("kind", NoteKind),
        one_of("state", NoteState),
        sa.Index("ix_note_card", "card_id", "id"),
        sa.Index("ix_note_party", "party_id", "id"),
        sa.Index("ix_note_amends", "amends_id", sqlite_where=sa.text("amends_id IS NOT NULL")),
    )
    id: int | None = pk()
    party_id: int | None = ref("party.id")
    card_id: int | None = ref("card.id")
    activity_id: int | None = ref("activity.id", index=True)
    kind: str
    state: str = NoteState.FILED
    body: str
    amends_id: int | None = ref("note.id")
    author_id: int = ref("user.id", nullable=False)
    filed_at: datetime = instant(nullable=False)
    version: int = version()
    template_id: int | None = ref("template.id")


class Draft(SQLModel, table=True):
    """The parked form of a command: raw text of each field, cursor, and how often it was saved (`rev`).

    Not a business fact: written through its own door, without event or undo.
    """

    __table_args__ = table_args(
        sa.UniqueConstraint("author_id", "command", "subject", "copy"),
        sa.Index("ix_draft_author", "author_id", "saved_at"),
        undo=Undo.FINAL,
    )
    id: int | None = pk()
    author_id: int = ref("user.id", nullable=False)
    command: str
    subject: str
    copy_no: int = Field(default=0, sa_column_kwargs={"name": "copy"})
    payload: str
    cursor: str
    text: str
    terminal: str
    rev: int = 1
    created_at: datetime = instant(nullable=False)
    saved_at: datetime = instant(nullable=False)


class Blob(SQLModel, table=True):
    """The contents of an attachment, keyed by SHA-256: one file is the whole CRM."""

    __table_args__ = ({"info": {"undo": Undo.FINAL, "derived": frozenset()}},)
    sha256: str = Field(primary_key=True)
    data: bytes


class Attachment(SQLModel, table=True):
    """A named file of a record; the name is only a label. `note_id`: it was attached to that parecer (B42);
    `activity_id`: it is for that step (T52)."""

    __table_args__ = table_args(
        sa.Index("ix_attachment_entity", "entity", "entity_id"),
        sa.Index("ix_attachment_note", "note_id", sqlite_where=sa.text("note_id IS NOT NULL")),
        sa.Index("ix_attachment_activity", "activity_id", sqlite_where=sa.text("activity_id IS NOT NULL")),
        whole("size"),
    )
    id: int | None = pk()
    entity: str
    entity_id: int
    filename: str
    blob_sha256: str = Field(foreign_key="blob.sha256")
    mime: str
    size: int
    added_by_id: int = ref("user.id", nullable=False)
    added_at: datetime = instant(nullable=False)
    deleted_at: datetime | None = instant()
    version: int = version()
    note_id: int | None = ref("note.id")
    activity_id: int | None = ref("activity.id")
