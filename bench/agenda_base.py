"""A base whose agendas are full: fifty operators and half a million appointments, by plain SQL beside the door.

What was there stays. The appointments have 30 to 90 minutes, most of them in working hours, some over one another, some
whole days, some with a colleague; triggers make the agendas of them. (`python -m bench.agenda_base FILE`)
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

PEOPLE: Final = 50
APPOINTMENTS: Final = 500_000
_A_DAY: Final = 8
"""Appointments of an operator on a working day."""
_AHEAD: Final = 4
"""One day of so many lies ahead, the others behind."""

_OPERATOR = """
INSERT INTO "user" (login, name, profile_id, team_id, locale, timezone, present, active, version)
SELECT ?, ?, profile_id, team_id, locale, timezone, 0, 1, 1 FROM "user" ORDER BY id LIMIT 1
"""
_APPOINTMENT = """
INSERT INTO activity (action_type_id, subject, assignee_id, created_by_id, due_on, start_at, end_at, state, all_day,
                      source, stands_alone, version)
VALUES (?1, 'Compromisso', ?2, ?2, ?3, ?4, ?5, ?6, ?7, 'manual', 1, 1)
"""
_COLLEAGUE = """
INSERT INTO activity_attendee (activity_id, user_id, response)
SELECT a.id, u.id, 'accepted' FROM activity a JOIN "user" u ON u.id = a.assignee_id + 1
WHERE a.id > ? AND a.id % 16 = 0
"""

_Row = tuple[int, int, str, str | None, str | None, str, int]


def fill(
    database: Path, today: date, people: int = PEOPLE, appointments: int = APPOINTMENTS
) -> tuple[int, ...]:
    """Bring a base to so many active operators and give them so many appointments around `today`; their ids."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        for pragma in ("synchronous = OFF", "cache_size = -400000"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN")
        every = 'SELECT id FROM "user" WHERE active ORDER BY id'
        missing = people - len(connection.execute(every).fetchall())
        names = [(f"op{n:02d}", f"Operador {n:02d}") for n in range(1, missing + 1)]
        connection.executemany(_OPERATOR, names)
        users = tuple(row[0] for row in connection.execute(every))[:people]
        action = connection.execute("SELECT min(id) FROM action_type").fetchone()[0]
        before = connection.execute("SELECT coalesce(max(id), 0) FROM activity").fetchone()[0]
        connection.executemany(_APPOINTMENT, _rows(action, users, today, appointments // len(users)))
        connection.execute(_COLLEAGUE, (before,))
        connection.execute("COMMIT")
        connection.execute("ANALYZE")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return users


def _rows(action: int, users: tuple[int, ...], today: date, each: int) -> Iterator[_Row]:
    """Eight a working day: by quarters of an hour from 08:00 in São Paulo on, spread by operator and day."""
    days = each // _A_DAY
    first = today - timedelta(days=days * 7 // 5 * (_AHEAD - 1) // _AHEAD)
    worked = [
        day for day in (first + timedelta(days=n) for n in range(days * 7 // 5 + 8)) if day.weekday() < 5
    ]
    for user in users:
        for n in range(each):
            day = worked[n // _A_DAY]
            state = "done" if day < today else "planned"
            if n % 331 == user % 331:
                yield action, user, day.isoformat(), None, None, state, 1
                continue
            begin = datetime(day.year, day.month, day.day, 11, tzinfo=UTC)
            begin += timedelta(minutes=15 * ((n % _A_DAY) * 5 + (n * 7 + user * 3) % 6))
            end = begin + timedelta(minutes=30 * (1 + (n + user) % 3))
            yield action, user, day.isoformat(), _text(begin), _text(end), state, 0


def _text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")


if __name__ == "__main__":
    fill(Path(sys.argv[1]), date.today())  # noqa: DTZ011
