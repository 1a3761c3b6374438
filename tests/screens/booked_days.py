"""A fortnight of the demonstration's operators with some of their time taken, for the tests of dias livres."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

MONDAY = date(2026, 11, 23)
SAO_PAULO = ZoneInfo("America/Sao_Paulo")
TAKEN: dict[str, tuple[tuple[int, str, str, str], ...]] = {
    "ana": ((0, "08:00", "11:00", "Reunião de vendas"), (1, "16:00", "18:00", "Proposta do hotel")),
    "beto": (
        (0, "08:00", "18:00", "Feira"),
        (1, "08:00", "12:00", "Visita"),
        (3, "13:00", "14:30", "Visita"),
    ),
    "carla": (
        (0, "09:00", "10:00", "Entrevista"),
        (1, "07:30", "08:30", "A caminho"),
        (1, "10:00", "12:00", "Treinamento"),
        (1, "13:00", "15:30", "Migração"),
        (2, "08:00", "18:00", "Feira"),
        (4, "13:00", "17:00", "Inventário"),
    ),
}
"""By login: the day after Monday 23/11, from, to, what."""
_BOOKED = """
INSERT INTO activity (action_type_id, subject, assignee_id, due_on, start_at, end_at, state, source, stands_alone,
                      version)
SELECT 1, ?, id, ?, ?, ?, 'planned', 'manual', 1, 1 FROM "user" WHERE login = ?
"""
_AWAY = """
INSERT INTO calendar_exception (user_id, start_on, end_on, working, title, version)
SELECT id, ?, ?, 0, 'Férias', 1 FROM "user" WHERE login = 'beto'
"""


def taken(database: Path) -> Path:
    """Put it into the base; nothing else takes time from that Monday on, and beto is on leave on the Friday."""
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("DELETE FROM agenda_slot WHERE start_at >= '2026-11-21'")
        for login, booked in TAKEN.items():
            for after, start, end, what in booked:
                day = MONDAY + timedelta(days=after)
                moments = (_instant(day, start), _instant(day, end))
                connection.execute(_BOOKED, (what, day.isoformat(), *moments, login))
        friday = (MONDAY + timedelta(days=4)).isoformat()
        connection.execute(_AWAY, (friday, friday))
    return database


def _instant(day: date, clock: str) -> str:
    moment = datetime.combine(day, time.fromisoformat(clock), SAO_PAULO).astimezone(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")
