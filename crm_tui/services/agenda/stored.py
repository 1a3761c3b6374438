"""Appointments of the base as a calendar file would say them; who is behind an address. Reads only."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from crm_tui.domain.access import Viewer
from crm_tui.domain.agenda import Response
from crm_tui.services.agenda.series import left_out
from crm_tui.services.core.scope import sight
from crm_tui.store.queries import agenda as queries
from crm_tui.store.values import as_date, as_instant


class Stored(NamedTuple):
    """One activity. `card_over`: its card is closed or deleted; `seen`: the viewer may know what it is about."""

    id: int
    uid: str | None
    sequence: int
    series_id: int | None
    occurrence_on: date | None
    detached: bool
    assignee_id: int
    login: str
    subject: str
    description: str
    location: str
    start: datetime | None
    end: datetime | None
    all_day: bool
    due_on: date
    last_on: date
    zone: str
    state: str
    busy: bool
    private: bool
    remind: int | None
    deleted: bool
    version: int
    email: str
    name: str
    created_by_id: int
    card_over: bool
    seen: bool


class Series(NamedTuple):
    id: int
    rrule: str
    zone: str
    first_on: date
    start_time: str | None
    made_until: date
    uid: str | None
    left_out: frozenset[date] = frozenset()


class Part(NamedTuple):
    """Somebody who takes part beside whoever does it; `email` is what a file calls them by, "" if nobody knows."""

    activity_id: int
    user_id: int | None
    party_id: int | None
    address: str | None
    response: Response
    name: str
    email: str


@dataclass(slots=True)
class Base:
    """What the base knows of some appointments: activities, by series too, and who takes part in each."""

    origin: str
    rows: dict[int, Stored] = field(default_factory=dict)
    series: dict[int, Series] = field(default_factory=dict)
    parts: dict[int, list[Part]] = field(default_factory=dict)

    def of_series(self, series_id: int) -> list[Stored]:
        """The occurrences of a series, by day."""
        found = [row for row in self.rows.values() if row.series_id == series_id]
        return sorted(found, key=lambda row: (row.occurrence_on or row.due_on, row.id))


def _day(text: Any) -> date:
    found = as_date(text)
    assert found is not None
    return found


def _stored(row: tuple[Any, ...]) -> Stored:
    columns: tuple[Any, ...] = (
        *row[:4],
        as_date(row[4]),
        bool(row[5]),
        *row[6:11],
        as_instant(row[11]),
        as_instant(row[12]),
        bool(row[13]),
        _day(row[14]),
        _day(row[15]),
        *row[16:18],
        bool(row[18]),
        bool(row[19]),
        row[20],
        bool(row[21]),
        *row[22:26],
        bool(row[26]),
        bool(row[27]),
    )
    return Stored(*columns)


def _series(row: tuple[Any, ...]) -> Series:
    columns: tuple[Any, ...] = (*row[:3], _day(row[3]), row[4], _day(row[5]), row[6], left_out(row[7]))
    return Series(*columns)


def _looking(viewer: Viewer) -> dict[str, Any]:
    return sight(viewer)


def origin(connection: sqlite3.Connection) -> str:
    """What the identities begin with that this base gives out: no other base has it, and restoring does not change
    it."""
    found = connection.execute(queries.FILE_ORIGIN).fetchone()
    return str(found[0])[:16] if found is not None else "0" * 16


def by_identity(connection: sqlite3.Connection, viewer: Viewer, uids: Collection[str]) -> Base:
    """Everything that goes by these identities, given out by this base or by a file; deleted appointments, too."""
    base = Base(origin(connection))
    asked = {"uids": json.dumps([*uids]), **_looking(viewer)}
    rows = [_stored(row) for row in connection.execute(queries.FILE_BY_UID, asked)]
    series = [_series(row) for row in connection.execute(queries.FILE_SERIES_BY_UID, asked)]
    ours = [found for uid in uids if (found := own(base.origin, uid)) is not None]
    ids = [number for kind, number in ours if kind == "a"]
    rows += [
        _stored(row) for row in connection.execute(queries.FILE_BY_IDS, asked | {"ids": json.dumps(ids)})
    ]
    base.series = {each.id: each for each in series}
    wanted = {number for kind, number in ours if kind == "s"} | {
        r.series_id for r in rows if r.series_id is not None
    }
    _fill(base, connection, viewer, rows, wanted)
    return base


def by_ids(connection: sqlite3.Connection, viewer: Viewer, ids: Collection[int]) -> Base:
    """These appointments, with the whole series of each that is of one."""
    base = Base(origin(connection))
    asked = {"ids": json.dumps([*ids]), **_looking(viewer)}
    rows = [_stored(row) for row in connection.execute(queries.FILE_BY_IDS, asked)]
    _fill(base, connection, viewer, rows, {row.series_id for row in rows if row.series_id is not None})
    return base


def in_agendas(
    connection: sqlite3.Connection, viewer: Viewer, users: Collection[int], period: dict[str, str]
) -> Base:
    """What is in these agendas in a period: `start` and `end` instants, `first` and `last` civil days, as text."""
    base = Base(origin(connection))
    asked = {"users": json.dumps([*users]), **period, **_looking(viewer)}
    rows = [_stored(row) for row in connection.execute(queries.FILE_AGENDA, asked)]
    _fill(base, connection, viewer, rows, {row.series_id for row in rows if row.series_id is not None})
    return base


def _fill(
    base: Base, connection: sqlite3.Connection, viewer: Viewer, rows: Iterable[Stored], series: Iterable[int]
) -> None:
    wanted = {*base.series, *series}
    asked = {"ids": json.dumps([*wanted]), "series": json.dumps([*wanted]), **_looking(viewer)}
    base.series |= {row[0]: _series(row) for row in connection.execute(queries.FILE_SERIES, asked)}
    base.rows = {row.id: row for row in rows}
    base.rows |= {row[0]: _stored(row) for row in connection.execute(queries.FILE_OF_SERIES, asked)}
    asked = {"ids": json.dumps([*base.rows])}
    for row in connection.execute(queries.FILE_PEOPLE, asked):
        columns: tuple[Any, ...] = (*row[:4], Response(row[4]), *row[5:])
        part = Part(*columns)
        base.parts.setdefault(part.activity_id, []).append(part)


def own(origin: str, uid: str) -> tuple[str, int] | None:
    """Which row an identity names that this base gave out: `a` an activity, `s` a series, and its id; `x` and `y` the
    same without what they are about."""
    head, _, tail = uid.partition("-")
    number = tail.removesuffix("@crm-tui")
    if (
        head != origin
        or number == tail
        or number[:1] not in ("a", "s", "x", "y")
        or not number[1:].isdecimal()
    ):
        return None
    return number[0], int(number[1:][:15])


def named(origin: str, kind: str, number: int) -> str:
    """The identity that a row goes out with which came from no file; the same at every export."""
    return f"{origin}-{kind}{number}@crm-tui"


def known(
    connection: sqlite3.Connection, viewer: Viewer, addresses: Collection[str]
) -> dict[str, tuple[str, int]]:
    """Who of the base is behind each address: an operator (`user`) before a person (`party`); nobody is not there."""
    asked = {"addresses": json.dumps([*addresses]), **sight(viewer)}
    found = {row[0]: ("party", int(row[1])) for row in connection.execute(queries.FILE_PERSONS, asked)}
    return found | {
        row[0]: ("user", int(row[1])) for row in connection.execute(queries.FILE_OPERATORS, asked)
    }
