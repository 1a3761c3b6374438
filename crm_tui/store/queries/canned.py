"""The standard texts; those of a service type of a hidden board are hidden with it."""

from __future__ import annotations

from crm_tui.store.queries.sight import on_board

ALL = f"""
SELECT x.id, x.code, x.name, x.case_type_id, t.name, x.body, x.active, x.version
FROM template x LEFT JOIN case_type t ON t.id = x.case_type_id
WHERE x.kind = 'note' AND {on_board("t.board_id")} ORDER BY x.position, x.id
"""
ORDER = "SELECT id FROM template ORDER BY position, id"
CODES = "SELECT id, code FROM template WHERE kind = 'note'"
NAMED = """
SELECT name FROM "user" WHERE login = :login
"""
"""What an operator is called, for a text that names who has the card."""
