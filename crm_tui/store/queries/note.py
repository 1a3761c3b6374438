"""The files of a card and of a base card, and the contents of one: only of what the viewer may see."""

from __future__ import annotations

from crm_tui.store.queries.board import OWNED
from crm_tui.store.queries.sight import on_board, owned, party_seen, told

FILES = f"""
SELECT x.id, x.filename, x.mime, x.size, u.login, x.added_at, x.version, a.subject
FROM card c JOIN attachment x ON x.entity = 'card' AND x.entity_id = c.id AND x.deleted_at IS NULL
JOIN "user" u ON u.id = x.added_by_id LEFT JOIN activity a ON a.id = x.activity_id AND a.deleted_at IS NULL
WHERE c.id = :card_id AND c.deleted_at IS NULL AND {OWNED} ORDER BY x.id
"""
OF_PARTY = f"""
SELECT x.id, x.filename, x.mime, x.size, u.login, x.added_at, x.version, a.subject
FROM party p JOIN attachment x ON x.entity = 'party' AND x.entity_id = p.id AND x.deleted_at IS NULL
JOIN "user" u ON u.id = x.added_by_id LEFT JOIN activity a ON a.id = x.activity_id AND a.deleted_at IS NULL
WHERE p.id = :party_id AND p.deleted_at IS NULL AND {party_seen("p")} ORDER BY x.id
"""
CONTENT = f"""
SELECT x.filename, b.data FROM attachment x JOIN blob b ON b.sha256 = x.blob_sha256
LEFT JOIN card c ON x.entity = 'card' AND c.id = x.entity_id AND c.deleted_at IS NULL
LEFT JOIN party p ON x.entity = 'party' AND p.id = x.entity_id AND p.deleted_at IS NULL
WHERE x.id = :id AND x.deleted_at IS NULL
AND ((c.id IS NOT NULL AND {OWNED}) OR (p.id IS NOT NULL AND {party_seen("p")}))
"""
TEMPLATE_FILES = f"""
SELECT x.filename, x.size FROM card_template t
JOIN attachment x ON x.entity = 'card_template' AND x.entity_id = t.id AND x.deleted_at IS NULL
WHERE t.id = :id AND {on_board("t.board_id")} ORDER BY x.id
"""
CORRECTED = "SELECT id FROM note WHERE amends_id = :note_id AND state = 'filed' LIMIT 1"
FOUND_BY_WORDS = f"""
SELECT n.id, n.card_id, c.number, coalesce(c.party_id, n.party_id), p.name, u.login, n.filed_at, n.body
FROM (SELECT rowid AS id FROM note_fts WHERE words MATCH :match ORDER BY rowid DESC LIMIT :read) f
CROSS JOIN note n ON n.id = f.id
LEFT JOIN card c ON c.id = n.card_id LEFT JOIN party p ON p.id = coalesce(c.party_id, n.party_id)
LEFT JOIN activity a ON a.id = n.activity_id JOIN "user" u ON u.id = n.author_id
WHERE n.state = 'filed' AND c.deleted_at IS NULL AND p.deleted_at IS NULL
AND NOT EXISTS (SELECT 1 FROM note x WHERE x.amends_id = n.id AND x.state = 'filed')
AND iif(c.id IS NOT NULL, {owned("c.owner_id")}, {party_seen("p")}) AND {told("a")} LIMIT :most
"""
"""Notes in force that have the words, the newest first; at most `read` of those are looked at."""
