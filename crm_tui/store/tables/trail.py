"""The append-only trail, and the small rows beside it that are no business facts."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from crm_tui.store.shapes import Undo
from crm_tui.store.tables.base import instant, one_of, pk, ref, table_args


class Event(SQLModel, table=True):
    """One sentence of the timeline; never updated. `digest` chains it to the one before.

    `board_id`: on which board it happened, by its card or by what was set up; `store.trail` finds it.
    """

    __table_args__ = table_args(
        sa.Index("ix_event_card", "card_id", "id"),
        sa.Index("ix_event_party", "party_id", "id"),
        sa.Index("ix_event_entity", "entity", "entity_id", "id"),
        sa.Index("ix_event_batch", "batch"),
        sa.Index("ix_event_undoes", "undoes", sqlite_where=sa.text("undoes IS NOT NULL")),
        sa.Index("ix_event_actor", "actor_id", "id"),
        sa.Index("ix_event_board", "board_id", "id", sqlite_where=sa.text("board_id IS NOT NULL")),
        undo=Undo.FINAL,
    )
    id: int | None = pk()
    at: datetime = instant(nullable=False)
    actor_id: int | None = ref("user.id")
    entity: str
    entity_id: int
    card_id: int | None = None
    party_id: int | None = None
    kind: str
    params: str
    reason: str | None = None
    batch: str
    cause_id: int | None = ref("event.id")
    undoes: str | None = None
    content_digest: str
    digest: str
    board_id: int | None = None


class Change(SQLModel, table=True):
    """A row image under an event: only the columns that changed, with the row's version after it."""

    __table_args__ = table_args(
        sa.Index("ix_change_event", "event_id"),
        sa.Index("ix_change_row", "table_name", "row_id", "id"),
        one_of("op", ("insert", "update", "delete")),
        undo=Undo.FINAL,
    )
    id: int | None = pk()
    event_id: int = ref("event.id", nullable=False)
    table_name: str
    row_id: int
    op: str
    row_version: int | None = None
    before: str | None = None
    after: str | None = None
    digest: str


class Request(SQLModel, table=True):
    """What a request was answered, so that a retry after a lost answer gets the first one and acts no more.

    Beside the events, because the first event of a batch need not be about the record that was asked for
    (a new card first makes its person) and some requests change nothing.
    """

    __table_args__ = ({"info": {"undo": Undo.FINAL, "derived": frozenset()}},)
    request_id: str = Field(primary_key=True)
    batch: str
    entity: str
    entity_id: int
    ref: str
    note: str | None = None


class Outbox(SQLModel, table=True):
    """What leaves the machine, written in the transaction that caused it."""

    __table_args__ = table_args(
        one_of("state", ("waiting", "sending", "done", "failed")),
        sa.Index("ix_outbox_due", "state", "not_before"),
        undo=Undo.FINAL,
    )
    id: int | None = pk()
    event_id: int = ref("event.id", nullable=False)
    channel: str
    payload: str
    not_before: datetime = instant(nullable=False)
    attempts: int = 0
    state: str = "waiting"
    error: str | None = None


class Lease(SQLModel, table=True):
    """Who runs the clock's jobs, until when."""

    __table_args__ = table_args(undo=Undo.FINAL)
    id: int | None = pk()
    name: str = Field(unique=True)
    holder: str
    until: datetime = instant(nullable=False)


class Presence(SQLModel, table=True):
    """Who is editing what, for information only: it never locks."""

    __table_args__ = table_args(sa.Index("ix_presence_subject", "subject"), undo=Undo.FINAL)
    id: int | None = pk()
    user_id: int = ref("user.id", nullable=False)
    terminal: str
    subject: str
    until: datetime = instant(nullable=False)


class Meta(SQLModel, table=True):
    """Facts about the file itself: its generation (stamped by a restore), whether it is a demonstration; and how
    operators left their places (`store.remembered`)."""

    __table_args__ = ({"info": {"undo": Undo.FINAL, "derived": frozenset()}},)
    key: str = Field(primary_key=True)
    value: str
