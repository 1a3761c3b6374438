"""Dias livres from the shell: who is off, free, partly free or busy, and in which hours. (B16, B17, B63)"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from crm_tui.cli.failures import Status
from tests.cli.conftest import Run

_BOOKED = """
INSERT INTO activity (action_type_id, subject, assignee_id, due_on, start_at, end_at, state, source, stands_alone,
                      version)
SELECT 1, 'Compromisso', id, ?, ?, ?, 'planned', 'manual', 1, 1 FROM "user" WHERE login = ?
"""


def _book(database: Path, *spans: Sequence[str]) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.executemany(_BOOKED, [(start[:10], start, end, login) for login, start, end in spans])


def test_free_days_tells_state_busy_minutes_and_free_hours(demo: Run, demo_db: Path) -> None:
    login = demo("free-days", "--from", "2027-03-01", "--to", "2027-03-06", "--json").json[0]["user"]
    _book(
        demo_db,
        (login, "2027-03-02T11:00:00.000Z", "2027-03-02T13:30:00.000Z"),
        (login, "2027-03-03T11:00:00.000Z", "2027-03-03T21:00:00.000Z"),
    )
    told = demo("free-days", "--from", "2027-03-01", "--to", "2027-03-06", "--users", login, "--json").json
    assert [each["state"] for each in told] == ["free", "partial", "busy", "free", "free", "off"]
    assert told[0] == {
        "user": login,
        "day": "2027-03-01",
        "state": "free",
        "busy_minutes": 0,
        "free": [["08:00", "12:00"], ["13:00", "18:00"]],
    }
    assert told[1]["busy_minutes"] == 150
    assert told[1]["free"] == [["10:30", "12:00"], ["13:00", "18:00"]]
    assert (told[2]["busy_minutes"], told[2]["free"], told[5]["free"]) == (540, [], [])


def test_free_days_of_a_team_of_everybody_and_for_a_person_to_read(demo: Run) -> None:
    everybody = demo("free-days", "--from", "2027-03-01", "--to", "2027-03-01", "--json").json
    team = demo("free-days", "--from", "2027-03-01", "--to", "2027-03-01", "--team", "Vendas", "--json").json
    assert {each["user"] for each in team} < {each["user"] for each in everybody}
    table = demo("dias-livres", "--from", "2027-03-01", "--to", "2027-03-01", "--users", "beto")
    assert table.status == 0
    assert "free" in table.out
    assert "08:00–12:00" in table.out
    quiet = demo("free-days", "--users", "beto,ana,beto", "-q")
    assert quiet.lines == ["beto", "ana"]


def test_free_days_refuses_what_it_cannot_mean(demo: Run) -> None:
    assert demo("free-days", "--users", "ninguem").status == Status.MISSING
    assert demo("free-days", "--users", "ana", "--team", "Vendas").status == Status.USAGE
    assert demo("free-days", "--from", "2027-03-02", "--to", "2027-03-01").status == Status.USAGE
    assert demo("free-days", "--from", "2027-03-02", "--to", "2028-03-02").status == Status.USAGE
    assert demo("free-days", "--from", "qualquer").status == Status.USAGE
