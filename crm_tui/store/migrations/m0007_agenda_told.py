"""Schema 7: notices of appointments, days that a series leaves out, and no time for the steps of deleted cards."""

from __future__ import annotations

from typing import Any

from crm_tui.store.migrations.steps import statements

_OF_DELETED = """
(SELECT a.id FROM card c JOIN activity a ON a.card_id = c.id WHERE c.deleted_at IS NOT NULL)
"""


def upgrade(op: Any) -> None:
    """Nobody was told of an appointment before. What a deleted card left in the agenda takes no time any more."""
    for statement in statements("m0007_agenda_told.sql"):
        op.execute(statement)
    connection = op.get_bind()
    for table in ("agenda_slot", "agenda_day"):
        connection.exec_driver_sql(f"UPDATE {table} SET busy = 0 WHERE busy AND activity_id IN {_OF_DELETED}")
