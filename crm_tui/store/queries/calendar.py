"""Working time as the pure calendar wants it: whose calendar is whose, weekly hours, days that differ."""

from __future__ import annotations

HOURS = """
SELECT h.calendar_id, h.weekday, h.start_time, h.end_time FROM work_hours h
WHERE h.calendar_id IN (SELECT value FROM json_each(:calendars)) ORDER BY h.calendar_id, h.weekday, h.start_time
"""
EXCEPTIONS = """
SELECT x.calendar_id, x.user_id, x.start_on, x.end_on, x.working, x.title, x.start_time, x.end_time,
  x.origin, x.id
FROM json_each(:calendars) k CROSS JOIN calendar_exception x
WHERE x.calendar_id = k.value AND x.user_id IS NULL AND x.start_on <= :last AND x.end_on >= :first
UNION ALL
SELECT NULL, x.user_id, x.start_on, x.end_on, x.working, x.title, x.start_time, x.end_time,
  x.origin, x.id
FROM json_each(:users) u CROSS JOIN calendar_exception x
WHERE x.user_id = u.value AND x.start_on <= :last AND x.end_on >= :first
ORDER BY 9 DESC, 3, 10
"""
"""What was entered by hand comes after the holidays, whenever it begins, so that it goes before them."""
DEFAULT = "SELECT id, timezone FROM work_calendar WHERE is_default = 1 ORDER BY id LIMIT 1"
OF_USERS = """
WITH RECURSIVE up(user_id, team_id, calendar_id, far) AS (
  SELECT w.id, w.team_id, c.id, 0 FROM json_each(:users) u JOIN "user" w ON w.id = u.value
  LEFT JOIN work_calendar c ON c.id = w.calendar_id AND c.active = 1
  UNION ALL
  SELECT up.user_id, t.parent_id, c.id, up.far + 1 FROM up JOIN team t ON t.id = up.team_id
  LEFT JOIN work_calendar c ON c.id = t.calendar_id AND c.active = 1
  WHERE up.calendar_id IS NULL AND up.far < 32
)
SELECT up.user_id, up.calendar_id, c.timezone FROM up JOIN work_calendar c ON c.id = up.calendar_id
"""
"""The calendar in use that is nearest to each operator: their own, that of their team, of the team above; none: the
default one."""
WEEK = """
SELECT weekday, start_time, end_time FROM work_hours WHERE calendar_id = :calendar ORDER BY weekday, start_time
"""
STRETCHES = "SELECT id, weekday FROM work_hours WHERE calendar_id = :calendar ORDER BY id"
HOURS_SINCE = """
SELECT DISTINCT e.id, h.op, coalesce(h.before, h.after), coalesce(u.login, ''), e.at
FROM change c JOIN change h ON h.event_id = c.event_id AND h.table_name = 'work_hours'
JOIN event e ON e.id = c.event_id LEFT JOIN "user" u ON u.id = e.actor_id
WHERE c.table_name = 'work_calendar' AND c.row_id = :calendar AND c.row_version > :seen
  AND json_extract(coalesce(h.before, h.after), '$.calendar_id') = :calendar
ORDER BY e.id
"""
"""The weekly hours of a calendar that others changed since a version of it."""
DEFAULTS = "SELECT id FROM work_calendar WHERE is_default = 1 AND id <> :but"
EVERY = """
SELECT c.id, c.version, c.name, c.timezone, c.state, c.city, c.holidays_until, c.is_default, c.active,
  (SELECT count(*) FROM team t WHERE t.calendar_id = c.id AND t.active = 1),
  (SELECT count(*) FROM "user" u WHERE u.calendar_id = c.id AND u.active = 1)
FROM work_calendar c ORDER BY c.is_default DESC, c.name, c.id
"""
USED_BY = """
SELECT name FROM team WHERE calendar_id = :calendar AND active = 1
UNION ALL SELECT name FROM "user" WHERE calendar_id = :calendar AND active = 1
"""
IN_USE = "SELECT id, name, is_default FROM work_calendar WHERE active = 1 ORDER BY is_default DESC, name, id"
DAYS = """
SELECT x.id, x.version, x.calendar_id, c.name, x.start_on, x.end_on, x.working, x.start_time, x.end_time, x.title,
  x.origin
FROM calendar_exception x JOIN work_calendar c ON c.id = x.calendar_id
WHERE x.user_id IS NULL AND x.end_on >= :since ORDER BY x.end_on < :today, x.start_on, x.end_on, c.name, x.id
"""
LEAVES = """
SELECT x.id, x.version, x.user_id, u.name, x.start_on, x.end_on, x.start_time, x.end_time, x.title
FROM calendar_exception x JOIN "user" u ON u.id = x.user_id
WHERE (:all = 1 OR x.user_id IN (SELECT value FROM json_each(:owners))) AND x.end_on >= :since
ORDER BY x.end_on < :today, x.start_on, x.end_on, u.name, x.id
"""
CITIES = """
SELECT id, version, state, city, day, title, active FROM local_holiday
ORDER BY state, city, length(day), day, id
"""
OF_STATE = (
    "SELECT day, title, city FROM local_holiday WHERE state = :state AND active = 1 ORDER BY day DESC, id"
)
OF_CITY = "SELECT id, city, day, title, active FROM local_holiday WHERE state = :state"
WRITTEN = """
SELECT id, start_on, title FROM calendar_exception
WHERE calendar_id = :calendar AND origin = 'holiday' AND start_on >= :first ORDER BY start_on, id DESC
"""
KEEPING = """
SELECT id, state, city, holidays_until FROM work_calendar WHERE holidays_until IS NOT NULL ORDER BY id
"""
DUE = "SELECT id FROM work_calendar WHERE active = 1 AND holidays_until < :until ORDER BY id"
