"""A base as a busy company has it after years: a million actions done, and what else stands beside them.

Bulk rows without the door, of the demonstration's own making: ninety closed cards to ten open ones, a dozen notes to a
closed card, fifty operators. What the demonstration has not is put in by SQL: steps beside the cards' own, campaigns
of past actions, one account with hundreds of cards. (`python -m bench.years FILE`)
"""

from __future__ import annotations

import contextlib
import sqlite3
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from crm_tui.store.demo import company, make_demo, many

LONG = (100_000, 200_000, 0.9)
SHORT = (10_200, 20_400, 0.02)
"""Cards, people, and the share of closed cards: the same open work after years, and after some weeks."""
USERS = 50
OPEN_STEPS, HEAVY_CARDS = 20_000, 100
NOTES = (11, 14)
"""How many notes a closed card has, at least and under."""
_DAYS = 2_900
_TEAMS = 8

_STEPS = """
INSERT INTO activity (party_id, card_id, action_type_id, subject, assignee_id, created_by_id, due_on, start_at, end_at,
                      state, source, stands_alone, version)
SELECT c.party_id, c.id, 1 + c.id % 5, 'Confirmar o combinado', u.id, u.id,
       date(:today, (c.id % 50 - 4) || ' days'),
       iif(c.id % 3, NULL, date(:today, (c.id % 50 - 4) || ' days') || 'T14:00:00.000Z'),
       iif(c.id % 3, NULL, date(:today, (c.id % 50 - 4) || ' days') || 'T14:30:00.000Z'),
       'planned', 'manual', u.id IS NOT c.owner_id, 1
FROM card c JOIN "user" u ON u.id = 2 + c.id % :users
WHERE c.status IN ('open', 'paused') ORDER BY c.id LIMIT :most
"""
_HEAVY = "SELECT id FROM card WHERE status NOT IN ('open', 'paused') ORDER BY id DESC LIMIT :most"


@contextlib.contextmanager
def _busier(closed: float) -> Iterator[None]:
    """The demonstration's dice, loaded for a company that has worked for years."""
    staff = [
        (f"op{n:02d}", f"Operador {n:02d}", "support" if n % 4 == 0 else "sales") for n in range(5, USERS)
    ]
    sales = ("ana", "beto", "carla", *(login for login, _, profile in staff if profile == "sales"))
    support = ("davi", *(login for login, _, profile in staff if profile == "support"))

    def owners(logins: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[int, ...]]:
        return (*logins, ""), (*range(1, len(logins) + 1), len(logins) + 2)

    def times(self: Any, card: Any, touched: datetime, moves: int) -> list[datetime]:
        if touched <= card.opened:
            return []
        count = 1 if card.end is None else self._rng.randrange(*NOTES)
        step = (touched - card.opened) / count
        return [card.opened + step * (n + 1) for n in range(count)]

    with (
        patch.multiple(
            many,
            _CLOSED_SHARE=closed,
            _HISTORY_DAYS=_DAYS,
            _OWNERS={"Leads": owners(sales), "Vendas": owners(sales), "Suporte": owners(support)},
        ),
        patch.object(company, "STAFF", (*company.STAFF, *staff)),
        patch.object(many.Many, "_times", times),
    ):
        yield


def make(path: Path, now: datetime, cards: int, people: int, closed: float) -> None:
    """Make it at `path`, where no file is; `closed` is the share of its cards that are."""
    with _busier(closed):
        make_demo(path, now=now, cards=cards, people=people)
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        _add(connection, now)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _add(connection: sqlite3.Connection, now: datetime) -> None:
    run = connection.execute
    for n in range(_TEAMS):
        run("INSERT INTO team (name, kind, version, active) VALUES (?, 'sales', 1, 1)", (f"Equipe {n + 1}",))
    run("UPDATE \"user\" SET team_id = (SELECT max(id) FROM team) - id % ? WHERE login LIKE 'op%'", (_TEAMS,))
    (planned,) = run("SELECT count(*) FROM activity WHERE state = 'planned'").fetchone()
    asked = {"today": now.date().isoformat(), "users": USERS - 1, "most": max(0, OPEN_STEPS - planned)}
    run(_STEPS, asked)
    campaigns = [row_id for (row_id,) in run("SELECT id FROM campaign ORDER BY id")]
    run(
        "UPDATE activity SET campaign_id = ? + id % ? WHERE state = 'done' AND id % 3 = 0",
        (campaigns[0], len(campaigns)),
    )
    run("UPDATE activity SET campaign_id = ? WHERE state = 'done' AND id % 5 = 0", (campaigns[0],))
    (account,) = run("SELECT party_id FROM card WHERE status = 'open' AND owner_id = 3 LIMIT 1").fetchone()
    heavy = [row_id for (row_id,) in run(_HEAVY, {"most": HEAVY_CARDS})]
    for table, column in (("card", "id"), ("activity", "card_id"), ("note", "card_id"), ("event", "card_id")):
        run(
            f"UPDATE {table} SET party_id = ? WHERE {column} BETWEEN ? AND ? AND {column} IN "
            f"(SELECT id FROM card WHERE status NOT IN ('open', 'paused'))",
            (account, min(heavy), max(heavy)),
        )


def main() -> None:
    """Make the file that is named, and say what is in it."""
    path = Path(sys.argv[1])
    size = SHORT if sys.argv[2:] == ["short"] else LONG
    began = time.perf_counter()
    make(path, datetime.now(UTC) - timedelta(minutes=1), *size)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        for table in ("activity", "note", "card", "party", "event", "change", '"user"'):
            print(table, *connection.execute(f"SELECT count(*) FROM {table}").fetchone())
    print(f"{time.perf_counter() - began:.0f} s, {path.stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
