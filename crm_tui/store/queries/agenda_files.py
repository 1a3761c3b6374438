"""Appointments as calendar files say them: whole rows by identity or by whose agenda, and who is behind an address."""

from __future__ import annotations

from crm_tui.store.queries.agenda import SEEN
from crm_tui.store.queries.sight import party_seen

_COLUMNS = f"""
SELECT a.id, a.uid, a.sequence, a.series_id, a.occurrence_on, a.detached, a.assignee_id, w.login, a.subject,
  coalesce(a.description, ''), coalesce(a.location, ''), a.start_at, a.end_at, a.all_day, a.due_on,
  coalesce(a.last_on, a.due_on), coalesce(a.zone, w.timezone), a.state, a.busy, a.private, a.remind_minutes,
  a.deleted_at IS NOT NULL, a.version, coalesce(w.email, ''), w.name, {SEEN}
"""
_FROM = """JOIN "user" w ON w.id = a.assignee_id LEFT JOIN card c ON c.id = a.card_id"""

BY_UID = f"""
{_COLUMNS} FROM json_each(:uids) u CROSS JOIN activity a INDEXED BY ix_activity_uid ON a.uid = u.value {_FROM}
"""
BY_IDS = f"""
{_COLUMNS} FROM json_each(:ids) i CROSS JOIN activity a ON a.id = i.value {_FROM}
"""
OF_SERIES = f"""
{_COLUMNS} FROM json_each(:series) s
CROSS JOIN activity a INDEXED BY ix_activity_series ON a.series_id = s.value {_FROM}
ORDER BY a.occurrence_on, a.id
"""
SERIES = """
SELECT id, rrule, zone, first_on, start_time, made_until, uid FROM json_each(:ids) i
CROSS JOIN activity_series s ON s.id = i.value
"""
SERIES_BY_UID = """
SELECT id, rrule, zone, first_on, start_time, made_until, uid FROM activity_series
WHERE uid IN (SELECT value FROM json_each(:uids))
"""
AGENDA = f"""
{_COLUMNS} FROM json_each(:users) u CROSS JOIN agenda_slot s JOIN activity a ON a.id = s.activity_id {_FROM}
WHERE s.user_id = u.value AND s.start_at >= :start AND s.start_at < :end AND a.deleted_at IS NULL
AND c.deleted_at IS NULL
UNION
{_COLUMNS} FROM json_each(:users) u CROSS JOIN agenda_day s JOIN activity a ON a.id = s.activity_id {_FROM}
WHERE s.user_id = u.value AND s.due_on >= :first AND s.due_on <= :last AND a.deleted_at IS NULL
AND c.deleted_at IS NULL
"""
"""Every appointment in these agendas that begins within a period; `users` is a JSON array."""

PEOPLE = """
SELECT t.activity_id, t.user_id, t.party_id, t.address, t.response, coalesce(u.name, p.name, ''),
  coalesce(u.email, (SELECT x.normalized FROM contact_point x WHERE x.party_id = t.party_id AND x.kind = 'email'
    ORDER BY x.is_primary DESC, x.id LIMIT 1), t.address, '')
FROM json_each(:ids) i CROSS JOIN activity_attendee t ON t.activity_id = i.value
LEFT JOIN "user" u ON u.id = t.user_id LEFT JOIN party p ON p.id = t.party_id
ORDER BY t.activity_id, t.id
"""
OPERATORS = """
SELECT lower(u.email), u.id FROM "user" u
WHERE u.active AND lower(u.email) IN (SELECT value FROM json_each(:addresses)) ORDER BY u.id DESC
"""
PERSONS = f"""
SELECT x.normalized, p.id FROM json_each(:addresses) k
CROSS JOIN contact_point x INDEXED BY ix_contact_point_normalized ON x.normalized = k.value AND x.kind = 'email'
JOIN party p ON p.id = x.party_id
WHERE p.deleted_at IS NULL AND p.merged_into_id IS NULL AND {party_seen("p")} ORDER BY p.id DESC
"""
"""Who of the base the viewer may see has this address; of several the one that was there first."""

ORIGIN = "SELECT digest FROM event ORDER BY id LIMIT 1"
"""What no other base has and no restoring changes: the first link of the trail."""
MEETING = """
SELECT id, name FROM action_type WHERE active = 1
ORDER BY kind <> 'meeting', kind <> 'follow_up', position, id LIMIT 1
"""
ADDRESS = 'SELECT email FROM "user" WHERE id = :id'
