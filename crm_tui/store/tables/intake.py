"""Layouts of imports, and by which ids other programs know records. (M96, M113)"""

import sqlalchemy as sa
from sqlmodel import SQLModel

from crm_tui.domain.foreign import ForeignKind
from crm_tui.domain.import_map import DateOrder, MapKind
from crm_tui.store.tables.base import one_of, pk, ref, table_args, version


class ImportLayout(SQLModel, table=True):
    """`columns` and `defaults` are lines that `domain.import_map` reads."""

    __tablename__ = "import_layout"
    __table_args__ = table_args(one_of("kind", MapKind), one_of("dates", DateOrder))
    id: int | None = pk()
    name: str
    kind: str = MapKind.PEOPLE
    columns: str = ""
    defaults: str = ""
    dates: str = DateOrder.AUTO
    position: int = 0
    active: bool = True
    version: int = version()


class ForeignRef(SQLModel, table=True):
    """The id of one record in another program; of the four that point at a record the one of its kind does. `said` is
    what its file said last (`domain.foreign`)."""

    __tablename__ = "foreign_ref"
    __table_args__ = table_args(
        one_of("kind", ForeignKind),
        sa.UniqueConstraint("foreign_id", "kind", "source"),
        sa.Index(
            "ix_foreign_ref_party",
            "party_id",
            "source",
            "foreign_id",
            sqlite_where=sa.text("party_id IS NOT NULL"),
        ),
        sa.Index(
            "ix_foreign_ref_card",
            "card_id",
            "source",
            "foreign_id",
            sqlite_where=sa.text("card_id IS NOT NULL"),
        ),
        sa.Index("ix_foreign_ref_activity", "activity_id", sqlite_where=sa.text("activity_id IS NOT NULL")),
        sa.Index("ix_foreign_ref_note", "note_id", sqlite_where=sa.text("note_id IS NOT NULL")),
    )
    id: int | None = pk()
    kind: str
    source: str
    foreign_id: str
    party_id: int | None = ref("party.id")
    card_id: int | None = ref("card.id")
    activity_id: int | None = ref("activity.id")
    note_id: int | None = ref("note.id")
    said: str = ""
    version: int = version()
