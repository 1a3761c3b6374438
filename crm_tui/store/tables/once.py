"""One person once: the rules of duplicates, and the pairs of whom somebody said that they are two."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import SQLModel

from crm_tui.domain.once import Asked, Then
from crm_tui.store.tables.base import instant, one_of, pk, ref, table_args, version, whole


class DuplicateRule(SQLModel, table=True):
    """By which signs somebody counts as known, and what happens then. Of cards: within so many days, on one board or
    on every board of leads."""

    __tablename__ = "duplicate_rule"
    __table_args__ = table_args(one_of("asked", Asked), one_of("action", Then), whole("window_days"))
    id: int | None = pk()
    name: str
    asked: str = Asked.PARTY
    by_document: bool = False
    by_email: bool = False
    by_phone: bool = False
    by_name: bool = False
    action: str = Then.WARN
    window_days: int | None = None
    board_id: int | None = ref("board.id", index=True)
    position: int = 0
    active: bool = True
    version: int = version()


class NotSame(SQLModel, table=True):
    """Two people who look like one and are two; `one_id` is the smaller id."""

    __tablename__ = "not_same"
    __table_args__ = table_args(sa.UniqueConstraint("one_id", "other_id"))
    id: int | None = pk()
    one_id: int = ref("party.id", nullable=False)
    other_id: int = ref("party.id", index=True, nullable=False)
    said_by_id: int | None = ref("user.id", index=True)
    said_at: datetime = instant(nullable=False)
