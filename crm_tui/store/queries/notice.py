"""Stays that are late or near, whom they concern, and the notices that told of them. (E29)

What stands in Hoje and in the list is derived here, by the day; a notice is a row only because it is said once.
`:today` and `:until` are civil days (`domain.cadence.near_until`), `:people` those whose cards concern the viewer
(a JSON array).
"""

from __future__ import annotations

from crm_tui.domain.cadence import Pace
from crm_tui.store.queries.agenda import SEEN
from crm_tui.store.queries.board import LISTED
from crm_tui.store.queries.sight import owned

OWNED = owned("c.owner_id")
STATES = (
    (Pace.LATE, "c.stage_due_on < :today"),
    (Pace.NEAR, "c.stage_due_on >= :today AND c.stage_due_on <= :until"),
    (Pace.FINE, "c.stage_due_on > :until"),
)
"""The twin of `domain.cadence.pace`, held together by a test."""
_BY_PACE = dict(STATES)
ANSWERS = "coalesce(c.stage_owner_id, c.owner_id)"
CONCERNED = f"{ANSWERS} IN (SELECT value FROM json_each(:people)) AND {LISTED} AND {OWNED}"
LATE = f"SELECT count(*) FROM (SELECT 1 FROM card c WHERE {_BY_PACE[Pace.LATE]} AND {CONCERNED} LIMIT :most)"
NEAR = f"""
SELECT coalesce(sum(due = :today), 0), count(*) FROM
  (SELECT c.stage_due_on due FROM card c WHERE {_BY_PACE[Pace.NEAR]} AND {CONCERNED} LIMIT :most)
"""
_CARD = "c.id, c.number, c.title, p.name, b.name, s.name, c.stage_due_on, u.login"
_OF_CARD = f"""
CROSS JOIN board b ON b.id = c.board_id CROSS JOIN stage s ON s.id = c.stage_id
LEFT JOIN party p ON p.id = c.party_id LEFT JOIN "user" u ON u.id = {ANSWERS}
"""
DUE = f"""
SELECT {_CARD}, 0, NULL FROM card c {_OF_CARD}
WHERE c.stage_due_on <= :until AND {CONCERNED} ORDER BY c.stage_due_on, c.id LIMIT :most
"""
_STAY = "CROSS JOIN stage_visit v ON v.id = CAST(substr(n.subject, 7) AS INTEGER) CROSS JOIN card c ON c.id = v.card_id"
_STANDS = f"v.left_at IS NULL AND c.stage_due_on IS NOT NULL AND {LISTED}"
"""A notice of a stay says nothing once the card has gone on, is closed or in the archive, or has no time any more."""
UNREAD = f"""
SELECT count(*) FROM (SELECT 1 FROM notice n {_STAY}
  WHERE n.user_id = :user_id AND +n.kind = 'stage_due' AND n.read_at IS NULL AND {_STANDS} AND {OWNED} LIMIT :most)
"""
TOLD = f"""
SELECT {_CARD}, n.id, n.created_at FROM notice n {_STAY} {_OF_CARD}
WHERE n.user_id = :user_id AND +n.kind = 'stage_due' AND n.read_at IS NULL AND {_STANDS} AND {OWNED}
ORDER BY n.id DESC LIMIT :most
"""
PEOPLE = 'SELECT u.id, u.team_id, u.active FROM "user" u'
TEAMS = "SELECT id, parent_id, manager_id FROM team"

STAYS = f"""
SELECT c.stage_due_on, c.id, v.id, {ANSWERS} FROM card c
CROSS JOIN stage_visit v ON v.card_id = c.id AND v.left_at IS NULL
WHERE (c.stage_due_on, c.id) > (:due, :after) AND c.stage_due_on <= :until AND {LISTED}
ORDER BY c.stage_due_on, c.id LIMIT :most
"""
KNOWN = """
SELECT n.user_id, n.subject FROM json_each(:pairs) f CROSS JOIN notice n
ON n.user_id = json_extract(f.value, '$[0]') AND n.kind = :kind AND n.subject = json_extract(f.value, '$[1]')
"""
_ACTIVITY = "CAST(substr(n.subject, 10) AS INTEGER)"
_OF_APPOINTMENT = f"""CROSS JOIN activity a ON a.id = {_ACTIVITY} LEFT JOIN card c ON c.id = a.card_id
LEFT JOIN party p ON p.id = a.party_id LEFT JOIN activity_attendee m ON m.activity_id = a.id AND m.user_id = :me"""
_PLANNED = "a.state = 'planned' AND a.deleted_at IS NULL"
_SO_STILL = f"""+n.kind = 'appointment' AND n.read_at IS NULL AND coalesce(a.last_on, a.due_on) >= :today
AND c.deleted_at IS NULL AND {SEEN} AND CASE n.params ->> 'what'
  WHEN 'canceled' THEN a.state = 'canceled' OR a.deleted_at IS NOT NULL
  WHEN 'declined' THEN {_PLANNED} AND EXISTS (
    SELECT 1 FROM activity_attendee t WHERE t.id = n.params ->> 'part' AND t.response = 'declined')
  WHEN 'invited' THEN {_PLANNED} AND (a.assignee_id = :me OR m.response = 'none')
  ELSE {_PLANNED} AND (a.assignee_id = :me OR m.id IS NOT NULL) AND coalesce(a.start_at, a.due_on) = n.params ->> 'at'
END"""
"""A notice of an appointment says nothing once that was undone, or another hour, an answer or the day came after."""
APPOINTMENTS = f"""
SELECT n.id, n.created_at, a.id, n.params ->> 'what', n.params ->> 'by', a.subject, p.name, a.start_at, a.due_on
FROM notice n {_OF_APPOINTMENT} WHERE n.user_id = :me AND {_SO_STILL} ORDER BY n.id DESC LIMIT :most
"""
UNREAD_APPOINTMENTS = f"""
SELECT count(*) FROM (SELECT 1 FROM notice n {_OF_APPOINTMENT} WHERE n.user_id = :me AND {_SO_STILL} LIMIT :most)
"""
CHANGED_UNDER = """
SELECT h.table_name, h.row_id, h.op, h.after FROM change h
WHERE h.event_id = :event AND h.table_name IN ('activity', 'activity_attendee') ORDER BY h.id
"""
"""What an event changed of appointments and of who takes part in them."""
PART_IN = """
SELECT a.id, coalesce(a.start_at, a.due_on), u.id FROM json_each(:ids) i CROSS JOIN activity a ON a.id = i.value
JOIN "user" u ON u.active AND (u.id = a.assignee_id
  OR u.id IN (SELECT t.user_id FROM activity_attendee t WHERE t.activity_id = a.id AND t.response <> 'declined'))
WHERE (a.start_at IS NOT NULL OR a.all_day) AND coalesce(a.last_on, a.due_on) >= :today
ORDER BY a.id <> :first, a.due_on, a.id
"""
"""Who takes part in which of these appointments that are still to come, the one that was named first."""
ANSWERED = """
SELECT t.activity_id, a.assignee_id, a.created_by_id, a.due_on FROM activity_attendee t
JOIN activity a ON a.id = t.activity_id WHERE t.id = :part AND coalesce(a.last_on, a.due_on) >= :today
"""
OVER = f"""
SELECT n.id FROM notice n WHERE n.read_at IS NULL AND iif(n.kind = 'appointment', NOT EXISTS
  (SELECT 1 FROM activity a WHERE a.id = {_ACTIVITY} AND coalesce(a.last_on, a.due_on) >= :yesterday), NOT EXISTS
  (SELECT 1 FROM stage_visit v CROSS JOIN card c ON c.id = v.card_id
   WHERE v.id = CAST(substr(n.subject, 7) AS INTEGER) AND {_STANDS})) LIMIT :most
"""
"""Unread ones that nobody is shown any more: put away, so that counting them never grows."""
CHANGED = """
SELECT coalesce(max(id), 0), count(*) FROM
  (SELECT id FROM notice WHERE user_id = :user_id AND read_at IS NULL ORDER BY id DESC LIMIT 1000)
"""
"""What another program did to somebody's notices shows here; they write no event."""
