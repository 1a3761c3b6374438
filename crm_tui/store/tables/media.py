"""Media sources."""

import sqlalchemy as sa
from sqlmodel import SQLModel

from crm_tui.store.tables.base import pk, table_args, version


class MediaSource(SQLModel, table=True):
    """Where those who come saw us first: a search, a fair, an advertisement. (M50)"""

    __tablename__ = "media_source"
    __table_args__ = table_args(sa.UniqueConstraint("name"))
    id: int | None = pk()
    name: str
    position: int = 0
    active: bool = True
    version: int = version()
