"""What a contact is about for the house: which workflow it goes, which files it may have. (B37, B44, B51)"""

import sqlalchemy as sa
from sqlmodel import SQLModel

from crm_tui.store.tables.base import pk, ref, table_args, version, whole


class CaseType(SQLModel, table=True):
    """A service type. `board_id` is its workflow (None: any board); `max_attachment_mb` from 1 to 10."""

    __tablename__ = "case_type"
    __table_args__ = table_args(sa.UniqueConstraint("name"), whole("max_attachment_mb"))
    id: int | None = pk()
    name: str
    board_id: int | None = ref("board.id", index=True)
    allow_attachment: bool = True
    max_attachment_mb: int = 10
    position: int = 0
    active: bool = True
    version: int = version()
