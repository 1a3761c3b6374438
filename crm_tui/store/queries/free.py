"""Whose time is taken: minutes by operator and day, and the spans themselves. Never what takes it.

Every arm begins at `agenda_slot` or `agenda_day` by operator. `earliest` is as far back as an appointment with hours
may have begun that still lasts, `first_begun` the same for whole days.
"""

from __future__ import annotations

DAYS = """
WITH u(user_id, kin) AS MATERIALIZED (SELECT value ->> 0, value ->> 1 FROM json_each(:users)),
h(kin, day, a, b, back, lo, hi) AS MATERIALIZED (
  SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6
  FROM json_each(:hours)),
far AS MATERIALIZED (
  SELECT s.user_id, v.value ->> 1 AS kin, s.start_at, s.end_at FROM json_each(:users) v CROSS JOIN agenda_slot s
  WHERE s.user_id = v.value ->> 0 AND s.start_at >= :earliest AND s.start_at < :end AND s.end_at > :start AND s.busy
  AND substr(s.end_at, 1, 10) > substr(s.start_at, 1, 10)),
part(user_id, day, a, b) AS (
  SELECT u.user_id, h.day, max(h.a, unixepoch(s.start_at) / 60), min(h.b, (unixepoch(s.end_at) + 59) / 60)
  FROM u CROSS JOIN h CROSS JOIN agenda_slot s
  WHERE h.kin = u.kin AND s.user_id = u.user_id AND s.start_at >= h.back AND s.start_at < h.hi
  AND s.end_at > h.lo AND s.busy
  UNION ALL
  SELECT s.user_id, h.day, h.a, min(h.b, (unixepoch(s.end_at) + 59) / 60)
  FROM far s CROSS JOIN h WHERE h.kin = s.kin AND s.start_at < h.back AND s.end_at > h.lo
  UNION ALL
  SELECT d.user_id, h.day, h.a, h.b
  FROM json_each(:users) v CROSS JOIN agenda_day d CROSS JOIN h
  WHERE d.user_id = v.value ->> 0 AND d.due_on >= :first_begun AND d.due_on <= :last AND d.last_on >= :first AND d.busy
  AND h.kin = v.value ->> 1 AND h.day >= d.due_on AND h.day <= d.last_on),
own(user_id, day, a, b) AS (
  SELECT user_id, day, max(a, coalesce(max(b) OVER (
    PARTITION BY user_id, day ORDER BY a, b ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), a)), b FROM part)
SELECT user_id, day, sum(b - a) FROM own WHERE b > a GROUP BY user_id, day
"""
"""The busy minutes of each working day. `users`: a JSON array of [operator, kin], kin being those who work the same
hours; `hours`: of each kin a row for every working interval: its civil day, its minutes since 1970, the instant a day
before it, its own two. What begins more than a day before the interval that it lasts into is looked for once (`far`),
so that each interval reads the slots of two days and no more. Of what overlaps, each counts what those before it left.

Slots and whole days are joined to the array itself: of a materialised table SQLite expects a million operators, and
reads all appointments for a Bloom filter first (37 ms for one operator, measured).
"""

SPANS = """
SELECT s.user_id, unixepoch(s.start_at) / 60, (unixepoch(s.end_at) + 59) / 60
FROM json_each(:users) u CROSS JOIN agenda_slot s
WHERE s.user_id = u.value AND s.start_at >= :earliest AND s.start_at < :end AND s.end_at > :start AND s.busy
AND s.activity_id <> :but
"""
"""What is taken between two instants, in minutes since 1970; `but` leaves one appointment out."""

WHOLE = """
SELECT s.user_id, s.due_on, s.last_on
FROM json_each(:users) u CROSS JOIN agenda_day s
WHERE s.user_id = u.value AND s.due_on >= :first_begun AND s.due_on <= :last AND s.last_on >= :first AND s.busy
AND s.activity_id <> :but
"""
"""Whole days that are taken; `but` leaves one appointment out."""

MEMBERS = """
WITH RECURSIVE below (id) AS (
  SELECT :team
  UNION
  SELECT t.id FROM team t JOIN below b ON t.parent_id = b.id
)
SELECT u.id FROM "user" u JOIN below b ON b.id = u.team_id WHERE u.active = 1 ORDER BY u.name, u.id
"""
"""Who works in a team and in those below it."""

MINUTES = "SELECT default_minutes FROM action_type WHERE id = :action"
