"""Whole rows for files: a page by id behind the last one, or those of ids that a list holds.

`{also}` is the condition that `store.filters` makes of a tree. What the viewer may see is asked of each row, as in the
lists; a private appointment is only for who takes part.
"""

from __future__ import annotations

from collections.abc import Mapping

from crm_tui.store.queries.agenda import SEEN
from crm_tui.store.queries.party import HITS_OPEN, LIVE, withdrew
from crm_tui.store.queries.sight import owned, party_seen, told

_COMPANY = """(SELECT {column} FROM party_relation r JOIN party o ON o.id = r.organization_id
 WHERE r.person_id = p.id AND r.ended_on IS NULL ORDER BY r.id LIMIT 1)"""
_POINTS = f"""(SELECT json_group_array(x.normalized) FROM (SELECT c.normalized FROM contact_point c
 WHERE c.party_id = p.id AND c.kind {{kind}} AND {{but}}(c.opted_out OR {withdrew()})
 ORDER BY c.is_primary DESC, c.id) x)"""
"""Those that may be used (`but` is `NOT `), or those that may not."""
_NUMBERS, _MAIL = "NOT IN ('email', 'site')", "= 'email'"
_PEOPLE = f"""
SELECT p.id, p.code, p.kind, p.name, p.trade_name, {_COMPANY.format(column="o.name")},
  {_COMPANY.format(column="r.role")}, p.document, p.lifecycle, pc.name, u.login,
  {_POINTS.format(kind=_NUMBERS, but="NOT ")}, {_POINTS.format(kind=_MAIL, but="NOT ")},
  {_POINTS.format(kind=_NUMBERS, but="")}, {_POINTS.format(kind=_MAIL, but="")}, p.preferences, p.created_at,
  (SELECT count(*) FROM card k WHERE {HITS_OPEN}),
  (SELECT min(k.next_due_on) FROM card k WHERE {HITS_OPEN})
FROM party p LEFT JOIN "user" u ON u.id = p.owner_id LEFT JOIN party_class pc ON pc.id = p.class_id
WHERE {LIVE} AND {party_seen("p")}
"""
_CARDS = f"""
SELECT c.id, c.number, c.kind, c.title, p.code, p.name, o.name, u.login, b.name, s.name, c.status, c.opened_at,
  a.subject, c.next_due_on, c.next_start_at, c.next_internal_on, c.value_one_off, c.value_recurring,
  coalesce(c.probability, s.probability), c.interest_level, f.name, h.name, v.name, m.name,
  (SELECT json_group_array(x.name) FROM (SELECT l.name FROM card_label y JOIN label l ON l.id = y.label_id
   WHERE y.card_id = c.id ORDER BY l.position, l.id) x),
  c.expected_close_on, c.stage_due_on, c.last_touch_at, c.closed_on, r.name, c.loss_note, c.archived_at
FROM card c JOIN board b ON b.id = c.board_id JOIN stage s ON s.id = c.stage_id
LEFT JOIN party p ON p.id = c.party_id LEFT JOIN party o ON o.id = c.contact_id
LEFT JOIN "user" u ON u.id = c.owner_id LEFT JOIN offer f ON f.id = c.offer_id
LEFT JOIN activity a ON a.id = c.next_activity_id AND {told("a")}
LEFT JOIN channel h ON h.id = c.channel_id LEFT JOIN media_source v ON v.id = c.media_id
LEFT JOIN contact_medium m ON m.id = c.medium_id
LEFT JOIN loss_reason r ON r.id = c.loss_reason_id
WHERE c.deleted_at IS NULL AND {owned("c.owner_id")}
"""
_ACTIVITIES = f"""
SELECT a.id, 'activity:' || a.id, t.name, a.subject, a.state, p.name, c.number, o.name, u.login, a.due_on, a.start_at,
  a.end_at, a.done_at, r.name, d.name, g.name, m.name, a.objective, a.location, a.private, a.description, n.body
FROM activity a JOIN action_type t ON t.id = a.action_type_id JOIN "user" u ON u.id = a.assignee_id
LEFT JOIN card c ON c.id = a.card_id LEFT JOIN party p ON p.id = coalesce(a.party_id, c.party_id)
LEFT JOIN party o ON o.id = a.contact_id LEFT JOIN result r ON r.id = a.result_id
LEFT JOIN result_detail d ON d.id = a.result_detail_id LEFT JOIN campaign g ON g.id = a.campaign_id
LEFT JOIN contact_medium m ON m.id = a.medium_id
LEFT JOIN note n ON n.id = (SELECT x.id FROM note x WHERE x.activity_id = a.id AND x.kind = 'attendance'
                            AND x.state = 'filed' ORDER BY x.id DESC LIMIT 1)
WHERE a.deleted_at IS NULL AND c.deleted_at IS NULL AND {SEEN}
AND (:by IS NULL OR a.assignee_id = :by)
AND (:on_card IS NULL OR a.card_id = :on_card) AND (:on_party IS NULL OR p.id = :on_party)
AND (:since IS NULL OR a.due_on >= :since) AND (:until IS NULL OR a.due_on <= :until)
"""
LOGIN_OF = 'SELECT login FROM "user" WHERE id = :user'
_TEXTS: Mapping[str, tuple[str, str]] = {
    "people": (_PEOPLE, "p.id"),
    "cards": (_CARDS, "c.id"),
    "activities": (_ACTIVITIES, "a.id"),
}


def page(what: str, also: str = "1", *, newest: bool = False) -> str:
    """The rows behind `:after`, at most `:most`, in the order in which they were made, or the newest first."""
    text, row_id = _TEXTS[what]
    way, order = ("<", "DESC") if newest else (">", "ASC")
    return f"{text} AND {row_id} {way} :after AND {also} ORDER BY {row_id} {order} LIMIT :most"


def chosen(what: str) -> str:
    """The rows of these `:ids` (a JSON array), in no order; their first column is the id."""
    text, row_id = _TEXTS[what]
    return f"{text} AND {row_id} IN (SELECT value FROM json_each(:ids))"


def ids(what: str, sort: str, also: str = "1") -> str:
    """Id and what it is sorted by of all that is meant."""
    rows, row_id, seen = {
        "people": ("party p", "p.id", f"{LIVE} AND {party_seen('p')}"),
        "cards": ("card c", "c.id", f"c.deleted_at IS NULL AND {owned('c.owner_id')}"),
    }[what]
    return f"SELECT {row_id}, {sort} FROM {rows} WHERE {seen} AND {also} ORDER BY {row_id}"


NUMBERS_OF_CARDS = "SELECT c.id, c.number FROM card c WHERE c.id IN (SELECT value FROM json_each(:ids))"
PEOPLE_BY_ID = "SELECT p.id, p.name FROM party p WHERE p.id IN (SELECT value FROM json_each(:ids))"
"""Numbers and names of what events are about: whether they may be seen was asked with the events."""
