"""Labels, and the labels, members and tasks of cards; always of cards that the viewer may see.

Asked for the cards that are shown, by their ids and in one go: the column query itself stays as it is.
"""

from __future__ import annotations

from crm_tui.store.queries.board import OWNED
from crm_tui.store.queries.sight import on_board

LABELS = f"""
SELECT l.id, l.name, l.color, l.board_id, b.name, l.active, l.version FROM label l
LEFT JOIN board b ON b.id = l.board_id WHERE b.archived_at IS NULL AND {on_board("l.board_id")}
ORDER BY b.position IS NOT NULL, b.position, b.id, l.active = 0, l.position, l.id
"""
NAMES = """
SELECT l.name, l.active FROM label l
WHERE (:board_id IS NULL OR l.board_id IS NULL OR l.board_id = :board_id) AND l.id <> :but
ORDER BY l.active DESC
"""
"""The labels that can stand on a card beside one of this board (NULL: of all boards)."""
ORDERED = "SELECT id FROM label WHERE board_id IS :board_id AND active = 1 ORDER BY position, id"
WORN_BY = """
SELECT l.id, l.name FROM card o JOIN card_label k ON k.card_id = o.id
JOIN label l ON l.id = k.label_id AND l.active = 1 JOIN card c ON c.id = :card_id
WHERE o.number = :number AND (l.board_id IS NULL OR l.board_id = c.board_id)
"""
"""What a card of this number wears that another card may wear as well."""
LAST = "SELECT coalesce(max(position), 0) FROM label WHERE board_id IS :board_id"

_SEEN = f"""
FROM json_each(:ids) CROSS JOIN card c ON c.id = json_each.value AND c.deleted_at IS NULL AND {OWNED}
"""
WORN = f"""
SELECT c.id, l.id, l.name, l.color, l.active, l.board_id IS NOT NULL, l.position {_SEEN}
CROSS JOIN card_label k ON k.card_id = c.id CROSS JOIN label l ON l.id = k.label_id
"""
MEMBERS = f"""
SELECT c.id, u.id, u.login, u.name {_SEEN}
CROSS JOIN card_member m ON m.card_id = c.id CROSS JOIN "user" u ON u.id = m.user_id
"""
TICKED = f"""
SELECT c.id, t.done_at IS NOT NULL {_SEEN}
CROSS JOIN checklist_item t ON t.card_id = c.id
"""
BOARDS = f"SELECT c.board_id {_SEEN}"
TASKS = f"""
SELECT t.id, t.text, t.done_at, u.login, t.version
FROM checklist_item t JOIN card c ON c.id = t.card_id LEFT JOIN "user" u ON u.id = t.done_by_id
WHERE t.card_id = :card_id AND c.deleted_at IS NULL AND {OWNED} ORDER BY t.position, t.id
"""
TASK = f"""
SELECT t.id, t.text, t.done_at, u.login, t.version, c.number
FROM checklist_item t JOIN card c ON c.id = t.card_id LEFT JOIN "user" u ON u.id = t.done_by_id
WHERE t.id = :id AND c.deleted_at IS NULL AND {OWNED}
"""
TASK_ORDER = "SELECT id FROM checklist_item WHERE card_id = :card_id ORDER BY position, id"
