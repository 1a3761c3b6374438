"""Saved views: a filter with its order and groups under a name."""

import sqlalchemy as sa
from sqlmodel import SQLModel

from crm_tui.domain.filter_tree import Place
from crm_tui.store.tables.base import one_of, pk, ref, table_args, version, whole


class SavedFilter(SQLModel, table=True):
    """A view of one operator, or of a team with `team_id`; `query` is the filter's JSON, `shortcut` the digit
    after `v`. (K49)"""

    __tablename__ = "saved_filter"
    __table_args__ = table_args(
        one_of("place", Place), whole("shortcut"), sa.Index("ix_saved_filter_user", "user_id", "place")
    )
    id: int | None = pk()
    user_id: int = ref("user.id", nullable=False)
    team_id: int | None = ref("team.id")
    place: str
    name: str
    query: str
    shortcut: int | None = None
    version: int = version()
