"""What every table shares: column types whose text sorts, enum columns by value, and the undo policy.

No `from __future__ import annotations` in this package's siblings' column types under TYPE_CHECKING:
SQLModel reads annotations at run time.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from crm_tui.store.shapes import Undo

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMING


class Instant(sa.types.TypeDecorator[datetime]):
    """An aware instant as UTC text of fixed length, `2026-11-21T19:50:03.120Z`: text order is time order.

    SQLite's DATETIME has numeric affinity and compares wrongly with short texts; TEXT does not.
    """

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> str | None:
        if value is None:
            return None
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{value.microsecond // 1000:03d}Z"

    def process_result_value(self, value: Any, dialect: Any) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


class CivilDate(sa.types.TypeDecorator[date]):
    """A civil date as ISO text."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Any) -> str | None:
        return None if value is None else value.isoformat()

    def process_result_value(self, value: Any, dialect: Any) -> date | None:
        return None if value is None else date.fromisoformat(value)


def one_of(column: str, values: Iterable[str], *, nullable: bool = False) -> sa.CheckConstraint:
    """The CHECK that an enum column holds one of its *values* (SQLModel alone would store member names)."""
    listed = ", ".join(f"'{v}'" for v in values)
    empty = f"{column} IS NULL OR " if nullable else ""
    return sa.CheckConstraint(f"{empty}{column} IN ({listed})", name=f"{column}_value")


def whole(column: str) -> sa.CheckConstraint:
    """The CHECK that a money or count column holds an integer: table classes validate nothing."""
    return sa.CheckConstraint(f"{column} IS NULL OR typeof({column}) = 'integer'", name=f"{column}_whole")


def table_args(
    *items: Any,
    undo: Undo = Undo.RESTORE,
    derived: Iterable[str] = (),
    secret: Iterable[str] = (),
    ranked: Mapping[str, str] = MappingProxyType({}),
    in_order: str = "1",
) -> tuple[Any, ...]:
    """`__table_args__` with the undo policy; `derived` names columns that are never imaged, `secret` those of which
    not even the image of a whole row tells, `ranked` those that
    hold a place among the rows with the same value of another column, those of which `in_order` (SQL) holds: what
    comes back among them takes the nearest free one (`services.core.places`).

    AUTOINCREMENT: otherwise the id of an undone create goes to the next record (reproduced).
    """
    return (
        *items,
        {
            "sqlite_autoincrement": True,
            "info": {
                "undo": undo,
                "derived": frozenset(derived),
                "secret": frozenset(secret),
                "ranked": dict(ranked),
                "in_order": in_order,
            },
        },
    )


def pk() -> Any:
    """The integer primary key."""
    return Field(default=None, primary_key=True)


def ref(target: str, *, index: bool = False, nullable: bool = True) -> Any:
    """A nullable (by default) foreign key column."""
    if nullable:
        return Field(default=None, foreign_key=target, index=index, nullable=True)
    return Field(foreign_key=target, index=index)


def instant(*, nullable: bool = True, index: bool = False) -> Any:
    """A column of UTC instants."""
    if nullable:
        return Field(default=None, sa_type=Instant, nullable=True, index=index)
    return Field(sa_type=Instant, index=index)


def civil(*, nullable: bool = True) -> Any:
    """A column of civil dates."""
    if nullable:
        return Field(default=None, sa_type=CivilDate, nullable=True)
    return Field(sa_type=CivilDate)


def added(value: bool | int | str) -> Any:
    """A column that came to a table later: rows that were there have this value, and so do new ones."""
    default = sa.text(f"'{value}'" if isinstance(value, str) else str(int(value)))
    return Field(default=value, sa_column_kwargs={"server_default": default})


def version() -> Any:
    """The optimistic counter of a table that people edit; raised by the writer, never by hand."""
    return Field(default=1)
