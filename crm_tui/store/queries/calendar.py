"""Working time as the pure calendar wants it."""

from __future__ import annotations

HOURS = """
SELECT h.weekday, h.start_time, h.end_time FROM work_hours h JOIN work_calendar c ON c.id = h.calendar_id
WHERE c.is_default = 1 ORDER BY h.weekday, h.start_time
"""
EXCEPTIONS = """
SELECT x.start_on, x.end_on, x.working, x.title, x.start_time, x.end_time FROM calendar_exception x
JOIN work_calendar c ON c.id = x.calendar_id WHERE c.is_default = 1 ORDER BY x.start_on
"""
