"""Schema 6: the agenda: appointments with attendees and series, working calendars of teams, holidays of cities."""

from __future__ import annotations

from typing import Any

from crm_tui.store.migrations.steps import statements

_HOLIDAYS = """
UPDATE calendar_exception SET origin = 'holiday' WHERE calendar_id IS NOT NULL AND working = 0
"""
_UNTIL = """
UPDATE work_calendar SET holidays_until = (
  SELECT CAST(substr(max(end_on), 1, 4) AS INTEGER) FROM calendar_exception x WHERE x.calendar_id = work_calendar.id)
"""
_SLOTS = """
INSERT INTO agenda_slot (user_id, start_at, activity_id, end_at, busy)
SELECT assignee_id, start_at, id, coalesce(end_at, strftime('%Y-%m-%dT%H:%M:%fZ', start_at, '+30 minutes')),
  deleted_at IS NULL AND state IN ('planned', 'done')
FROM activity WHERE start_at IS NOT NULL ORDER BY assignee_id, start_at, id
"""


def upgrade(op: Any) -> None:
    """Nobody could enter a day that differs before: what is there are the holidays of the first start. What has an hour
    already takes its time in the agenda."""
    for statement in statements("m0006_agenda.sql"):
        op.execute(statement)
    connection = op.get_bind()
    for statement in (_HOLIDAYS, _UNTIL, _SLOTS):
        connection.exec_driver_sql(statement)
