"""What operators are told once."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import SQLModel

from crm_tui.domain.notice import NoticeKind
from crm_tui.store.shapes import Undo
from crm_tui.store.tables.base import instant, one_of, pk, ref, table_args


class Notice(SQLModel, table=True):
    """A notice to one operator; one for each `subject` (`visit:7`) and kind. Never undone: it was said.

    It points at no card, so that nothing hangs on one: who makes a card and takes that back is not refused because
    somebody was told meanwhile. `params` is JSON: the words are made when it is shown, in the reader's language. (E29)
    """

    __table_args__ = table_args(
        one_of("kind", NoticeKind),
        sa.UniqueConstraint("user_id", "kind", "subject"),
        sa.Index("ix_notice_unread", "user_id", "id", sqlite_where=sa.text("read_at IS NULL")),
        undo=Undo.FINAL,
    )
    id: int | None = pk()
    user_id: int = ref("user.id", nullable=False)
    kind: str
    subject: str
    params: str = "{}"
    created_at: datetime = instant(nullable=False)
    read_at: datetime | None = instant()
