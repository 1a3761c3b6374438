"""Working time as the pure calendar wants it: whose calendar is whose, weekly hours, days that differ."""

from __future__ import annotations

HOURS = """
SELECT h.calendar_id, h.weekday, h.start_time, h.end_time FROM work_hours h
WHERE h.calendar_id IN (SELECT value FROM json_each(:calendars)) ORDER BY h.calendar_id, h.weekday, h.start_time
"""
EXCEPTIONS = """
SELECT x.calendar_id, x.user_id, x.start_on, x.end_on, x.working, x.title, x.start_time, x.end_time,
  x.origin
FROM json_each(:calendars) k CROSS JOIN calendar_exception x
WHERE x.calendar_id = k.value AND x.user_id IS NULL AND x.start_on <= :last AND x.end_on >= :first
UNION ALL
SELECT NULL, x.user_id, x.start_on, x.end_on, x.working, x.title, x.start_time, x.end_time,
  x.origin
FROM json_each(:users) u CROSS JOIN calendar_exception x
WHERE x.user_id = u.value AND x.start_on <= :last AND x.end_on >= :first
ORDER BY 3, 9 DESC
"""
"""What was entered by hand comes after the holidays, so that it goes before them."""
DEFAULT = "SELECT id, timezone FROM work_calendar WHERE is_default = 1 ORDER BY id LIMIT 1"
OF_USERS = """
WITH RECURSIVE up(user_id, team_id, calendar_id, far) AS (
  SELECT w.id, w.team_id, w.calendar_id, 0 FROM json_each(:users) u JOIN "user" w ON w.id = u.value
  UNION ALL
  SELECT up.user_id, t.parent_id, t.calendar_id, up.far + 1 FROM up JOIN team t ON t.id = up.team_id
  WHERE up.calendar_id IS NULL AND up.far < 32
)
SELECT up.user_id, up.calendar_id, coalesce(c.timezone, '') FROM up JOIN work_calendar c ON c.id = up.calendar_id
WHERE c.active = 1
"""
"""The calendar that is nearest to each operator: their own, that of their team, of the team above; none: the default
one."""
