"""The service types; those of a hidden board are hidden with it. What a record's own says of files."""

from __future__ import annotations

from crm_tui.store.queries.sight import on_board

ALL = f"""
SELECT t.id, t.name, t.board_id, b.name, t.allow_attachment, t.max_attachment_mb, t.active, t.version
FROM case_type t LEFT JOIN board b ON b.id = t.board_id
WHERE {on_board("t.board_id")} ORDER BY t.position, t.id
"""
FILE_RULE = """
SELECT t.name, t.allow_attachment, t.max_attachment_mb FROM card c JOIN case_type t ON t.id = c.case_type_id
WHERE c.id = :card_id
"""
"""Asked of a card that may be seen, or inside the transaction of whoever may write on it."""
