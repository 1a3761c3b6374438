"""The ways by which cards come in."""

import sqlalchemy as sa
from sqlmodel import SQLModel

from crm_tui.store.tables.base import pk, table_args, version


class Channel(SQLModel, table=True):
    """The way in: site, telephone, indication. (M21)"""

    __table_args__ = table_args(sa.UniqueConstraint("name"))
    id: int | None = pk()
    name: str
    position: int = 0
    active: bool = True
    version: int = version()
