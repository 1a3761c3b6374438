"""Layouts of imports: what the columns of foreign files mean. (M113)"""

from sqlmodel import SQLModel

from crm_tui.domain.import_map import DateOrder, MapKind
from crm_tui.store.tables.base import one_of, pk, table_args, version


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
