"""The numbers of one operator, or of some: each text begins at the operators' own rows of an index, and reads no
further than some weeks back. `users` is a JSON array of operators whose rows the viewer reaches.
"""

from __future__ import annotations

from crm_tui.store.queries.board import LISTED, STALE
from crm_tui.store.queries.followup import ALONE, CLOSED
from crm_tui.store.queries.sight import on_board, owned, party_seen, told, walled

_MINE, _MY_STEP = walled("c", "owner_id"), walled("a", "assignee_id")
_OF_EACH = "FROM json_each(:users) u CROSS JOIN"
_WORTH = "c.value_one_off + c.value_recurring"

DUE_CARDS = f"""
SELECT c.next_due_on, c.next_start_at {_OF_EACH} card c INDEXED BY ix_card_owner_due
WHERE c.owner_id = u.value AND {LISTED} AND c.next_due_on <= :until AND {_MINE}
"""
DUE_STEPS = f"""
SELECT a.due_on, a.start_at {_OF_EACH} activity a INDEXED BY ix_activity_alone
WHERE a.assignee_id = u.value AND {ALONE} AND a.due_on <= :until AND {_MY_STEP} AND {told("a")}
"""
"""When each row of these operators' lists falls due: the due states are `domain.due`'s to tell."""

DONE_BY_DAY = f"""
SELECT d.value ->> 0, count(*) {_OF_EACH} json_each(:days) d
CROSS JOIN activity a INDEXED BY ix_activity_done_by
WHERE a.assignee_id = u.value AND a.state = 'done' AND a.done_at >= d.value ->> 1 AND a.done_at < d.value ->> 2
AND a.deleted_at IS NULL AND (a.party_id IS NOT NULL OR a.card_id IS NOT NULL) AND {_MY_STEP} GROUP BY 1
"""
"""What was done with a person or on a card, not among colleagues.

`days` is a JSON array of [civil day, its first instant, its last one]."""

OPEN = f"""
SELECT b.id, b.name, s.id, s.probability, sum(t.n), sum(t.total)
{_OF_EACH} stage s CROSS JOIN stage_stat t INDEXED BY sqlite_autoindex_stage_stat_1
  ON t.stage_id = s.id AND t.owner_id = u.value AND t.status IN ('open','paused')
JOIN board b ON b.id = s.board_id
WHERE b.archived_at IS NULL AND {on_board("b.id")} GROUP BY s.id ORDER BY b.position, b.id, s.position, s.id
"""
"""From the counters: no card is looked at."""

STOPPED = f"""
SELECT b.id, b.name, s.id, s.name, sum(stands), sum(behind), sum(stands OR behind),
  sum(iif(stands OR behind, worth, 0))
FROM (SELECT c.stage_id, coalesce({STALE}, 0) AS stands, coalesce(c.stage_due_on < :today, 0) AS behind,
  {_WORTH} AS worth
  {_OF_EACH} card c INDEXED BY ix_card_owner_due JOIN stage s ON s.id = c.stage_id JOIN board b ON b.id = c.board_id
  WHERE c.owner_id = u.value AND {LISTED} AND {_MINE}) x
JOIN stage s ON s.id = x.stage_id JOIN board b ON b.id = s.board_id
WHERE (stands OR behind) AND b.archived_at IS NULL GROUP BY s.id ORDER BY 8 DESC, 7 DESC, s.position, s.id
"""
"""What is stale (`:stale_cuts` are those of `services.core.stillness`) or late, by stage, the most money first."""

CLOSED_SINCE = f"""
SELECT c.closed_on, c.status = 'won', c.loss_reason_id, coalesce(r.name, ''), {_WORTH}
{_OF_EACH} card c INDEXED BY ix_card_owner_closed LEFT JOIN loss_reason r ON r.id = c.loss_reason_id
WHERE c.owner_id = u.value AND {CLOSED} AND c.closed_on >= :since AND c.status IN ('won','lost') AND {_MINE}
"""
SEEN_CARDS = f"""
SELECT c.id FROM card c
WHERE c.id IN (SELECT value FROM json_each(:ids)) AND c.deleted_at IS NULL AND {owned("c.owner_id")}
"""
SEEN_PARTIES = f"""
SELECT p.id FROM party p
WHERE p.id IN (SELECT value FROM json_each(:ids)) AND p.deleted_at IS NULL AND {party_seen("p")}
"""
"""Of those that appointments are about: one's own may be about a colleague's, which one does not open."""
LOGINS = 'SELECT u.id, u.login FROM json_each(:users) w JOIN "user" u ON u.id = w.value'
TODAYS = f"""
SELECT count(*) FROM agenda_slot s JOIN activity a ON a.id = s.activity_id LEFT JOIN card c ON c.id = a.card_id
LEFT JOIN activity_attendee t ON t.activity_id = a.id AND t.user_id = s.user_id
WHERE s.user_id = :me AND s.start_at >= :now AND s.start_at < :day_end AND a.state = 'planned'
AND a.deleted_at IS NULL AND c.deleted_at IS NULL AND coalesce(t.response, '') <> 'declined'
AND {on_board("c.board_id")}
"""
"""One's own appointments that begin yet today."""
