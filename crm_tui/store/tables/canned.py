"""Texts that are written once and used often: the standard texts of pareceres. (B61)"""

import sqlalchemy as sa
from sqlmodel import SQLModel

from crm_tui.domain.canned import TemplateKind
from crm_tui.store.tables.base import one_of, pk, ref, table_args, version


class Template(SQLModel, table=True):
    """A standard text; `code` is what one types behind `/`. Of one service type, or of all (`case_type_id` None)."""

    __table_args__ = table_args(one_of("kind", TemplateKind), sa.UniqueConstraint("kind", "code"))
    id: int | None = pk()
    kind: str = TemplateKind.NOTE
    case_type_id: int | None = ref("case_type.id", index=True)
    code: str
    name: str
    body: str
    position: int = 0
    active: bool = True
    version: int = version()
