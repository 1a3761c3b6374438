"""The stays of cards in stages: one card's, and those of a stage that ended lately or last. (M35)

What a look at a board reads is bounded by `:most`, and comes in the order of an index.
"""

from __future__ import annotations

from crm_tui.store.queries.board import LISTED
from crm_tui.store.queries.sight import on_board, owned

OWNED = owned("c.owner_id")
OF_CARD = f"""
SELECT v.id, v.stage_id, s.name, s.category, v.entered_at, v.left_at,
       coalesce(v.due_on, iif(v.left_at IS NULL AND v.stage_id = c.stage_id, c.stage_due_on, NULL)), s.expected_days,
       coalesce(o.login, u.login), m.login
FROM card c CROSS JOIN stage_visit v ON v.card_id = c.id CROSS JOIN stage s ON s.id = v.stage_id
LEFT JOIN "user" o ON o.id = v.owner_id LEFT JOIN "user" u ON u.id = c.owner_id
LEFT JOIN "user" m ON m.id = v.moved_by_id
WHERE c.id = :id AND c.deleted_at IS NULL AND {OWNED} AND {on_board("s.board_id")} ORDER BY v.id DESC LIMIT :most
"""
"""Whose owner is not kept was answered for by the card's. Stages of boards that one may not see are left out."""
STAGES = f"""
SELECT id, name, expected_days FROM stage
WHERE board_id = :board_id AND archived_at IS NULL AND category IN ('open','paused') AND {on_board("board_id")}
ORDER BY position, id
"""
ENDED = f"""
SELECT v.entered_at, v.left_at FROM stage_visit v CROSS JOIN card c ON c.id = v.card_id
WHERE v.stage_id = :stage_id AND v.left_at >= :since AND c.deleted_at IS NULL AND {OWNED}
ORDER BY v.left_at DESC LIMIT :most
"""
LASTING = f"""
SELECT v.entered_at, coalesce(c.stage_due_on < :today, 0), c.id
FROM stage_visit v CROSS JOIN card c ON c.id = v.card_id
WHERE v.stage_id = :stage_id AND v.left_at IS NULL AND c.stage_id = :stage_id AND {LISTED} AND {OWNED}
ORDER BY v.entered_at LIMIT :most
"""
"""The longest first."""
