"""Single records that a REF may name and no module's own view shows: for `show`, whatever it is about.

`reach` of the card that a record belongs to decides; what belongs to no card is a person's, and seen with it.
"""

from __future__ import annotations

from crm_tui.store.queries.sight import on_board, owned, party_seen, told

_OF_CARD = f"(k.id IS NULL OR {owned('k.owner_id')})"
_OF_PARTY = f"(p.id IS NOT NULL AND {party_seen('p')})"
"""Whoever sees all people sees by that no record that is of none."""
NOTE = f"""
SELECT n.id, k.number, p.code, n.activity_id, n.kind, n.state, n.body, u.login, n.filed_at, n.version,
       n.amends_id,
       (SELECT x.id FROM note x WHERE x.amends_id = n.id AND x.state = 'filed' ORDER BY x.id DESC LIMIT 1), s.code
FROM note n LEFT JOIN card k ON k.id = n.card_id LEFT JOIN party p ON p.id = n.party_id
LEFT JOIN template s ON s.id = n.template_id JOIN "user" u ON u.id = n.author_id
WHERE n.id = :id AND iif(k.id IS NOT NULL, {owned("k.owner_id")}, {_OF_PARTY})
"""
ACTIVITY = f"""
SELECT a.id, k.number, p.code, t.name, a.subject, a.description, u.login, a.due_on, a.start_at, a.end_at,
       a.internal_on, a.state, a.done_at, r.name, m.name, a.version, q.code
FROM activity a LEFT JOIN card k ON k.id = a.card_id LEFT JOIN party p ON p.id = a.party_id
JOIN action_type t ON t.id = a.action_type_id JOIN "user" u ON u.id = a.assignee_id
LEFT JOIN result r ON r.id = a.result_id LEFT JOIN contact_medium m ON m.id = a.medium_id
LEFT JOIN party q ON q.id = a.contact_id
WHERE a.id = :id AND a.deleted_at IS NULL
AND {told("a")} AND iif(k.id IS NOT NULL, {owned("k.owner_id")}, {owned("a.assignee_id")} OR {_OF_PARTY})
"""
ATTACHMENT = f"""
SELECT x.id, k.number, x.filename, x.mime, x.size, x.blob_sha256, u.login, x.added_at, x.version, p.code,
       x.note_id, x.activity_id
FROM attachment x LEFT JOIN card k ON x.entity = 'card' AND k.id = x.entity_id
LEFT JOIN party p ON x.entity = 'party' AND p.id = x.entity_id
LEFT JOIN card_template m ON x.entity = 'card_template' AND m.id = x.entity_id
JOIN "user" u ON u.id = x.added_by_id
WHERE x.id = :id AND x.deleted_at IS NULL AND {on_board("m.board_id")}
AND CASE x.entity WHEN 'card' THEN {_OF_CARD} WHEN 'party' THEN {party_seen("p")} ELSE 1 END
"""
CARD_SEEN = f"SELECT 1 FROM card k WHERE k.id = :id AND k.deleted_at IS NULL AND {owned('k.owner_id')}"
