"""The files of a card and of a base card, and the contents of one: only of what the viewer may see."""

from __future__ import annotations

from crm_tui.store.queries.board import OWNED
from crm_tui.store.queries.sight import on_board, party_seen

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
