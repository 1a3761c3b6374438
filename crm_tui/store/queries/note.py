"""The files of a card: their list, and the contents of one. Only of cards that the viewer may see."""

from __future__ import annotations

from crm_tui.store.queries.board import OWNED

FILES = f"""
SELECT x.id, x.filename, x.mime, x.size, u.login, x.added_at, x.version
FROM card c JOIN attachment x ON x.entity = 'card' AND x.entity_id = c.id AND x.deleted_at IS NULL
JOIN "user" u ON u.id = x.added_by_id
WHERE c.id = :card_id AND c.deleted_at IS NULL AND {OWNED} ORDER BY x.id
"""
CONTENT = f"""
SELECT x.filename, b.data FROM attachment x JOIN card c ON x.entity = 'card' AND c.id = x.entity_id
JOIN blob b ON b.sha256 = x.blob_sha256
WHERE x.id = :id AND x.deleted_at IS NULL AND c.deleted_at IS NULL AND {OWNED}
"""
