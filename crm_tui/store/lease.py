"""Who runs the jobs of this database, until when: one row, taken and given back in a transaction of its own.

No business fact: no event, no undo. A worker that dies leaves a lease that runs out by itself.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime

from crm_tui.store.values import instant

_TAKE = """
INSERT INTO lease (name, holder, until) VALUES (:name, :holder, :until)
ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
WHERE lease.until <= :now OR lease.holder = :holder
"""
_GIVE_BACK = "UPDATE lease SET until = :now WHERE name = :name AND holder = :holder"


def take(connection: sqlite3.Connection, name: str, holder: str, now: datetime, until: datetime) -> bool:
    """Take or renew the lease; False if somebody else holds it. Inside the caller's transaction."""
    asked = {"name": name, "holder": holder, "now": instant(now), "until": instant(until)}
    return connection.execute(_TAKE, asked).rowcount == 1


def give_back(connection: sqlite3.Connection, name: str, holder: str, now: datetime) -> None:
    """End one's own lease; another's stays."""
    connection.execute(_GIVE_BACK, {"name": name, "holder": holder, "now": instant(now)})
