"""The stays of cards in stages: the one that a card is in, who answers for how many, and the time that they took.

What a look at a board reads is bounded by `:most`, and comes in the order of an index. (M35)
"""

from __future__ import annotations

from crm_tui.store.queries import board
from crm_tui.store.queries.sight import on_board

NOW = """
SELECT max(id) FROM stage_visit
WHERE card_id IN (SELECT value FROM json_each(:cards)) AND left_at IS NULL GROUP BY card_id
"""
"""The stay that each of these cards is in."""
LAST_WORKED = """
SELECT s.id FROM stage_visit v JOIN stage s ON s.id = v.stage_id
WHERE v.card_id = :card_id AND s.board_id = :board_id AND s.category IN ('open','paused')
ORDER BY v.id DESC LIMIT 1
"""
"""The open or paused stage of its board in which a card stood last."""
ANSWERING = f"""
SELECT u.id, (SELECT count(*) FROM card c WHERE c.stage_owner_id = u.id AND {board.LISTED})
  + (SELECT count(*) FROM card c WHERE c.owner_id = u.id AND c.stage_owner_id IS NULL AND {board.LISTED})
FROM "user" u WHERE u.active = 1 AND (u.profile_id = :profile_id OR u.team_id = :team_id)
"""
"""Of a profile or a team, for how many open cards each answers. Asked for each card that arrives, with the writer held:
of 300,000 cards and 40 people 30 ms by two indexes, 12 s by the one expression that says the same.
"""
OF_CARD = f"""
SELECT v.id, v.stage_id, s.name, s.category, v.entered_at, v.left_at,
       coalesce(v.due_on, iif(v.left_at IS NULL AND v.stage_id = c.stage_id, c.stage_due_on, NULL)), s.expected_days,
       coalesce(o.login, u.login), m.login
FROM card c CROSS JOIN stage_visit v ON v.card_id = c.id CROSS JOIN stage s ON s.id = v.stage_id
LEFT JOIN "user" o ON o.id = v.owner_id LEFT JOIN "user" u ON u.id = c.owner_id
LEFT JOIN "user" m ON m.id = v.moved_by_id
WHERE c.id = :id AND c.deleted_at IS NULL AND {board.OWNED} AND {on_board("s.board_id")} ORDER BY v.id DESC LIMIT :most
"""
"""Whose owner is not kept was answered for by the card's. Stages of boards that one may not see are left out."""
TIMED = f"""
SELECT id, name, expected_days FROM stage
WHERE board_id = :board_id AND archived_at IS NULL AND category IN ('open','paused') AND {on_board("board_id")}
ORDER BY position, id
"""
ENDED = f"""
SELECT v.entered_at, v.left_at FROM stage_visit v CROSS JOIN card c ON c.id = v.card_id
WHERE v.stage_id = :stage_id AND v.left_at >= :since AND c.deleted_at IS NULL AND {board.OWNED}
ORDER BY v.left_at DESC LIMIT :most
"""
LASTING = f"""
SELECT v.entered_at, coalesce(c.stage_due_on < :today, 0), c.id
FROM stage_visit v CROSS JOIN card c ON c.id = v.card_id
WHERE v.stage_id = :stage_id AND v.left_at IS NULL AND c.stage_id = :stage_id AND {board.LISTED} AND {board.OWNED}
ORDER BY v.entered_at LIMIT :most
"""
"""The longest first."""
