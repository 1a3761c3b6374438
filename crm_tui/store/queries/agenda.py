"""Appointments by whose time they take: every arm begins at `agenda_slot` or `agenda_day`, never at all activities.

The parameters of `sight` say which cards the viewer may see, `me` is the viewer; `users` is a JSON array. That
somebody is busy everyone may know; what and with whom only who may see it.
"""

from __future__ import annotations

from crm_tui.store.queries.sight import on_board, owned, party_seen, takes_part

SEEN = f"""({on_board("c.board_id")} AND ({takes_part("a")} OR (NOT a.private
  AND ({owned("a.assignee_id")} OR (c.id IS NOT NULL AND {owned("c.owner_id")})))))"""
"""An appointment is seen by whoever takes part or booked it; one that is not private by whoever may see its assignee's
work or its card, too. Of a card on a hidden board nobody learns."""
_SEEN = SEEN
_TOLD = f"iif({_SEEN}, {{}}, {{}})"
_ENTRY = f"""
SELECT a.id, {{user}}, a.assignee_id, {_SEEN}, {_TOLD.format("a.subject", "''")}, {_TOLD.format("k.name", "''")},
  {_TOLD.format("k.kind", "''")}, {_TOLD.format("p.name", "NULL")}, {_TOLD.format("c.number", "NULL")},
  {_TOLD.format("c.id", "NULL")}, {_TOLD.format("a.party_id", "NULL")}, a.start_at, {{end}}, a.all_day, a.due_on,
  coalesce(a.last_on, a.due_on), a.state, a.busy, a.private, {_TOLD.format("coalesce(a.location, '')", "''")},
  {{answer}}, a.series_id, a.deleted_at IS NOT NULL, a.version
"""
_AROUND = """
JOIN action_type k ON k.id = a.action_type_id LEFT JOIN card c ON c.id = a.card_id
LEFT JOIN party p ON p.id = a.party_id
"""
_PART = "JOIN activity a ON a.id = s.activity_id" + _AROUND
_ANSWER = "LEFT JOIN activity_attendee t ON t.user_id = s.user_id AND t.activity_id = s.activity_id"
_LISTED = (
    "(a.deleted_at IS NULL OR :deleted) AND (a.state <> 'canceled' OR :deleted) AND c.deleted_at IS NULL"
)
_KIND = {"user": "s.user_id", "answer": "t.response"}

AGENDA = f"""
{_ENTRY.format(end="s.end_at", **_KIND)}
FROM json_each(:users) u CROSS JOIN agenda_slot s {_PART} {_ANSWER}
WHERE s.user_id = u.value AND s.start_at >= :earliest AND s.start_at < :end AND s.end_at > :start AND {_LISTED}
UNION ALL
{_ENTRY.format(end="NULL", **_KIND)}
FROM json_each(:users) u CROSS JOIN agenda_day s {_PART} {_ANSWER}
WHERE s.user_id = u.value AND s.due_on >= :first_begun AND s.due_on <= :last AND s.last_on >= :first AND {_LISTED}
"""
"""From instant to instant, and of whole days from civil day to civil day; `earliest` and `first_begun` are as far back
as one may have begun that still lasts."""

UNTIMED = f"""
{_ENTRY.format(user="a.assignee_id", end="NULL", answer="NULL")}
FROM json_each(:users) u CROSS JOIN activity a {_AROUND}
WHERE a.assignee_id = u.value AND a.start_at IS NULL AND a.all_day = 0 AND a.state = 'planned'
AND a.due_on >= :first AND a.due_on <= :last AND a.deleted_at IS NULL AND c.deleted_at IS NULL
ORDER BY a.assignee_id, a.due_on, a.id LIMIT 500
"""
"""Steps to do without an hour."""

OF_RECORD = f"""
{_ENTRY.format(user="a.assignee_id", end="coalesce(a.end_at, a.start_at)", answer="NULL")}
FROM activity a {_AROUND}
WHERE a.id IN (SELECT id FROM activity WHERE card_id = :card UNION SELECT id FROM activity WHERE party_id = :party
  UNION SELECT activity_id FROM activity_attendee WHERE party_id = :party)
AND (a.start_at IS NOT NULL OR a.all_day) AND c.deleted_at IS NULL AND {_SEEN}
ORDER BY a.due_on DESC, a.start_at DESC LIMIT 300
"""
"""Every appointment of a card, or of a person and their cards, the deleted ones among them."""

_NUMBERS = """
  sum(a.state = 'planned' AND a.deleted_at IS NULL), sum(a.state = 'done' AND a.deleted_at IS NULL),
  sum(a.state IN ('no_show', 'canceled') OR a.deleted_at IS NOT NULL), 0, 0
"""
COUNTS = f"""
SELECT u.value, d.value ->> 0, {_NUMBERS}
FROM json_each(:users) u CROSS JOIN json_each(:days) d CROSS JOIN agenda_slot s
JOIN activity a ON a.id = s.activity_id LEFT JOIN card c ON c.id = a.card_id
WHERE s.user_id = u.value AND s.start_at >= d.value ->> 3 AND s.start_at < d.value ->> 2
AND s.end_at > d.value ->> 1 AND {_LISTED}
GROUP BY 1, 2
UNION ALL
SELECT u.value, d.value ->> 0, {_NUMBERS}
FROM json_each(:users) u CROSS JOIN agenda_day s JOIN activity a ON a.id = s.activity_id
LEFT JOIN card c ON c.id = a.card_id
JOIN json_each(:days) d ON d.value ->> 0 BETWEEN s.due_on AND s.last_on
WHERE s.user_id = u.value AND s.due_on >= :first_begun AND s.due_on <= :last AND s.last_on >= :first AND {_LISTED}
GROUP BY 1, 2
UNION ALL
SELECT a.assignee_id, a.due_on, 0, 0, 0, count(*), 0
FROM json_each(:users) u CROSS JOIN activity a LEFT JOIN card c ON c.id = a.card_id
WHERE a.assignee_id = u.value AND a.start_at IS NULL AND a.all_day = 0 AND a.state = 'planned'
AND a.due_on >= :first AND a.due_on <= :last AND a.deleted_at IS NULL AND c.deleted_at IS NULL
GROUP BY 1, 2
UNION ALL
SELECT a.assignee_id, d.value ->> 0, 0, 0, 0, 0, sum(a.start_at IS NULL AND a.all_day = 0)
FROM json_each(:users) u CROSS JOIN json_each(:days) d CROSS JOIN activity a
WHERE a.assignee_id = u.value AND a.state = 'done' AND a.done_at >= d.value ->> 1 AND a.done_at < d.value ->> 2
GROUP BY 1, 2
"""
"""What each has on each day, as its rows are listed: `days` is a JSON array of [civil day, its first instant, its last
one, how far back one may have begun that still lasts]."""

APPOINTMENT = f"""
SELECT a.id, {_SEEN}, a.subject, coalesce(a.description, ''), a.action_type_id, k.name, k.kind, a.party_id, p.name,
  c.id, c.number, a.contact_id, o.name, a.assignee_id, w.login, a.start_at, a.end_at, a.all_day, a.due_on,
  coalesce(a.last_on, a.due_on), coalesce(a.zone, w.timezone), a.state, a.busy, a.private, coalesce(a.location, ''),
  a.remind_minutes, a.series_id, coalesce(r.rrule, ''), a.occurrence_on, a.deleted_at, a.version
FROM activity a {_AROUND} JOIN "user" w ON w.id = a.assignee_id LEFT JOIN party o ON o.id = a.contact_id
LEFT JOIN activity_series r ON r.id = a.series_id
WHERE a.id = :id
"""
ATTENDEES = """
SELECT t.id, t.user_id, t.party_id, t.address, coalesce(u.login, p.name, t.address), t.response
FROM activity_attendee t LEFT JOIN "user" u ON u.id = t.user_id LEFT JOIN party p ON p.id = t.party_id
WHERE t.activity_id = :id ORDER BY t.user_id IS NULL, t.id
"""

_CLASH = f"""
SELECT DISTINCT a.id, s.user_id, w.login, {_TOLD.format("a.subject", "''")}, {_TOLD.format("p.name", "NULL")},
  a.start_at, {{end}}, a.due_on, coalesce(a.last_on, a.due_on)
"""
CONFLICTS = f"""
{_CLASH.format(end="s.end_at")}
FROM json_each(:spans) x CROSS JOIN json_each(:users) u CROSS JOIN agenda_slot s {_PART}
JOIN "user" w ON w.id = s.user_id
WHERE s.user_id = u.value AND s.start_at >= x.value ->> 0 AND s.start_at < x.value ->> 2
AND s.end_at > x.value ->> 1 AND s.busy AND {{but}}
UNION ALL
{_CLASH.format(end="NULL")}
FROM json_each(:spans) x CROSS JOIN json_each(:users) u CROSS JOIN agenda_day s {_PART}
JOIN "user" w ON w.id = s.user_id
WHERE s.user_id = u.value AND s.due_on >= x.value ->> 3 AND s.due_on <= x.value ->> 5
AND s.last_on >= x.value ->> 4 AND s.busy AND {{but}}
ORDER BY 6, 8, 1 LIMIT :most
""".format(
    but="a.state = 'planned' AND c.deleted_at IS NULL AND a.id NOT IN (SELECT value FROM json_each(:but))"
)
"""What takes the time of any of these operators, in any of the `spans`: a JSON array of [how far back, first instant,
last one, how far back, first civil day, last one]; `but` are left out."""

PICKED = f"""
SELECT a.id, a.subject, coalesce(p.name, '') FROM agenda_slot s {_PART}
WHERE s.user_id = :me AND s.start_at >= :start AND s.start_at < :end AND {_SEEN} ORDER BY s.start_at LIMIT 200
"""
"""One's own appointments round this day, for a picker."""
ONE = f"""
SELECT a.id, a.subject, coalesce(p.name, '') FROM activity a {_AROUND} WHERE a.id = :id AND {_SEEN}
"""
REMINDERS = f"""
SELECT a.id, a.subject, p.name, coalesce(a.location, ''), a.start_at, a.remind_minutes
FROM agenda_slot s {_PART}
WHERE s.user_id = :me AND s.start_at > :now AND s.start_at < :until AND a.remind_minutes IS NOT NULL
AND a.state = 'planned' AND a.deleted_at IS NULL AND (s.busy OR NOT a.busy) AND {_SEEN} LIMIT 200
"""
"""What one takes part in and wanted to be reminded of; who declined is left alone."""
UNFINISHED = """
SELECT s.id, a.assignee_id, c.owner_id, a.private, a.created_by_id FROM activity_series s
JOIN activity a ON a.id = (SELECT l.id FROM activity l WHERE l.series_id = s.id AND l.detached = 0
  AND l.deleted_at IS NULL ORDER BY l.occurrence_on DESC LIMIT 1) LEFT JOIN card c ON c.id = a.card_id
WHERE s.made_until < :ahead AND NOT EXISTS (
  SELECT 1 FROM activity o JOIN card d ON d.id = o.card_id WHERE o.series_id = s.id
  AND (d.deleted_at IS NOT NULL OR d.status NOT IN ('open', 'paused')))
ORDER BY s.made_until
"""
"""Series of which more is to be made soon, and of whom; not those of a card that is closed."""

# --- calendar files: whole rows by identity or by whose agenda, and who is behind an address

_FILE_ROW = f"""
SELECT a.id, a.uid, a.sequence, a.series_id, a.occurrence_on, a.detached, a.assignee_id, w.login, a.subject,
  coalesce(a.description, ''), coalesce(a.location, ''), a.start_at, a.end_at, a.all_day, a.due_on,
  coalesce(a.last_on, a.due_on), coalesce(a.zone, w.timezone), a.state, a.busy, a.private, a.remind_minutes,
  a.deleted_at IS NOT NULL, a.version, coalesce(w.email, ''), w.name, a.created_by_id,
  c.id IS NOT NULL AND (c.deleted_at IS NOT NULL OR c.status NOT IN ('open', 'paused')), {_SEEN}
"""
_FILE_FROM = """JOIN "user" w ON w.id = a.assignee_id LEFT JOIN card c ON c.id = a.card_id"""

FILE_BY_UID = f"""
{_FILE_ROW} FROM json_each(:uids) u CROSS JOIN activity a INDEXED BY ix_activity_uid ON a.uid = u.value {_FILE_FROM}
"""
FILE_BY_IDS = f"""
{_FILE_ROW} FROM json_each(:ids) i CROSS JOIN activity a ON a.id = i.value {_FILE_FROM}
"""
FILE_OF_SERIES = f"""
{_FILE_ROW} FROM json_each(:series) s
CROSS JOIN activity a INDEXED BY ix_activity_series ON a.series_id = s.value {_FILE_FROM}
ORDER BY a.occurrence_on, a.id
"""
FILE_SERIES = """
SELECT s.id, s.rrule, s.zone, s.first_on, s.start_time, s.made_until, s.uid, s.left_out FROM json_each(:ids) i
CROSS JOIN activity_series s ON s.id = i.value
"""
FILE_SERIES_BY_UID = """
SELECT id, rrule, zone, first_on, start_time, made_until, uid, left_out FROM activity_series
WHERE uid IN (SELECT value FROM json_each(:uids))
"""
FILE_AGENDA = f"""
{_FILE_ROW} FROM json_each(:users) u CROSS JOIN agenda_slot s JOIN activity a ON a.id = s.activity_id {_FILE_FROM}
WHERE s.user_id = u.value AND s.start_at >= :start AND s.start_at < :end AND a.deleted_at IS NULL
AND c.deleted_at IS NULL
UNION
{_FILE_ROW} FROM json_each(:users) u CROSS JOIN agenda_day s JOIN activity a ON a.id = s.activity_id {_FILE_FROM}
WHERE s.user_id = u.value AND s.due_on >= :first AND s.due_on <= :last AND a.deleted_at IS NULL
AND c.deleted_at IS NULL
"""
"""Every appointment in these agendas that begins within a period; `users` is a JSON array."""

FILE_PEOPLE = """
SELECT t.activity_id, t.user_id, t.party_id, t.address, t.response, coalesce(u.name, p.name, ''),
  coalesce(u.email, (SELECT x.normalized FROM contact_point x WHERE x.party_id = t.party_id AND x.kind = 'email'
    ORDER BY x.opted_out, x.is_primary DESC, x.id LIMIT 1), t.address, '')
FROM json_each(:ids) i CROSS JOIN activity_attendee t ON t.activity_id = i.value
LEFT JOIN "user" u ON u.id = t.user_id LEFT JOIN party p ON p.id = t.party_id
ORDER BY t.activity_id, t.id
"""
FILE_OPERATORS = """
SELECT lower(u.email), u.id FROM "user" u
WHERE u.active AND lower(u.email) IN (SELECT value FROM json_each(:addresses)) ORDER BY u.id DESC
"""
FILE_PERSONS = f"""
SELECT x.normalized, p.id FROM json_each(:addresses) k
CROSS JOIN contact_point x INDEXED BY ix_contact_point_normalized ON x.normalized = k.value AND x.kind = 'email'
JOIN party p ON p.id = x.party_id
WHERE p.deleted_at IS NULL AND p.merged_into_id IS NULL AND {party_seen("p")} ORDER BY p.id DESC
"""
"""Who of the base the viewer may see has this address; of several the one that was there first."""

FILE_ORIGIN = "SELECT digest FROM event ORDER BY id LIMIT 1"
"""What no other base has and no restoring changes: the first link of the trail."""
FILE_MEETING = """
SELECT id, name FROM action_type WHERE active = 1
ORDER BY kind <> 'meeting', kind <> 'follow_up', position, id LIMIT 1
"""
FILE_ADDRESS = 'SELECT email FROM "user" WHERE id = :id'
