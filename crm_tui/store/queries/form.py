"""Forms, their questions by revision, and what was answered about cards that the viewer may see."""

from __future__ import annotations

from crm_tui.store.queries.board import OWNED

IN_USE = "SELECT id, name FROM form WHERE active = 1 ORDER BY position, id"
EVERY = "SELECT id, name, kind, revision, active, version FROM form ORDER BY active = 0, position, id"
ORDER = "SELECT id FROM form ORDER BY position, id"
QUESTIONS = """
SELECT d.id, d.key, d.label, d.type, d.options, d.required, d.visible_if FROM field_def d
WHERE d.form_id = :form_id AND d.to_revision IS NULL ORDER BY d.position, d.id
"""
QUESTIONS_EVER = """
SELECT d.form_id, d.from_revision, d.to_revision, d.id, d.key, d.label, d.type, d.options, d.required, d.visible_if
FROM json_each(:forms) f CROSS JOIN field_def d ON d.form_id = f.value ORDER BY d.position, d.id
"""
"""Of some forms (a JSON array) every question at any revision."""
EVERY_QUESTION = """
SELECT f.id, f.name, f.active, d.version, d.id, d.key, d.label, d.type, d.options, d.required, d.visible_if
FROM form f CROSS JOIN field_def d ON d.form_id = f.id AND d.to_revision IS NULL
ORDER BY f.active = 0, f.position, f.id, d.position, d.id
"""
KEYS = "SELECT key FROM field_def WHERE form_id = :form_id"
ANSWERED = "SELECT 1 FROM form_response WHERE form_id = :form_id LIMIT 1"
ASKED_BY = """
SELECT b.id, b.name, s.name FROM stage_gate g JOIN stage s ON s.id = g.stage_id AND s.archived_at IS NULL
JOIN board b ON b.id = s.board_id AND b.archived_at IS NULL
WHERE g.form_id = :form_id AND g.enabled = 1 AND g.kind = 'form' ORDER BY b.position, s.position LIMIT 1
"""
"""The first stage that asks for a form."""
LATEST = """
SELECT r.id, r.form_revision, r.submitted_at, coalesce(u.login, '') FROM form_response r
LEFT JOIN "user" u ON u.id = r.submitted_by_id
WHERE r.card_id = :card_id AND r.form_id = :form_id ORDER BY r.id DESC LIMIT 1
"""
VALUES = """
SELECT v.response_id, v.value, d.id, d.key, d.label, d.type, d.options, d.required, d.visible_if
FROM json_each(:responses) r CROSS JOIN field_value v ON v.response_id = r.value
CROSS JOIN field_def d ON d.id = v.field_def_id
"""
"""What was answered in some answer sets (a JSON array), each with the question as it was then."""

OF_CARD = f"""
SELECT f.id, f.name, f.active, f.revision,
       (SELECT count(*) FROM field_def d WHERE d.form_id = f.id AND d.to_revision IS NULL),
       (SELECT count(*) FROM form_response r WHERE r.card_id = c.id AND r.form_id = f.id),
       l.submitted_at, u.login, l.form_revision,
       (SELECT s.name FROM stage_gate g JOIN stage s ON s.id = g.stage_id AND s.archived_at IS NULL
        WHERE g.form_id = f.id AND g.enabled = 1 AND g.moment = 'leave' AND s.board_id = c.board_id
        AND (s.position, s.id) <= (h.position, h.id) ORDER BY s.position, s.id LIMIT 1)
FROM card c JOIN stage h ON h.id = c.stage_id CROSS JOIN form f
LEFT JOIN form_response l ON l.id =
  (SELECT max(r.id) FROM form_response r WHERE r.card_id = c.id AND r.form_id = f.id)
LEFT JOIN "user" u ON u.id = l.submitted_by_id
WHERE c.id = :card_id AND c.deleted_at IS NULL AND {OWNED} AND (f.active = 1 OR l.id IS NOT NULL)
ORDER BY f.position, f.id
"""
"""The forms in use, and those out of use that were answered, with the latest answers and the stage that asks."""
_SETS = """
SELECT r.id, f.id, f.name, c.number, r.form_revision, r.submitted_at, u.login
FROM form_response r JOIN form f ON f.id = r.form_id JOIN card c ON c.id = r.card_id
LEFT JOIN "user" u ON u.id = r.submitted_by_id
"""
SETS = f"""{_SETS}
WHERE r.card_id = :card_id AND c.deleted_at IS NULL AND {OWNED} AND (:form_id IS NULL OR r.form_id = :form_id)
ORDER BY r.id DESC
"""
SET = f"{_SETS} WHERE r.id = :id AND c.deleted_at IS NULL AND {OWNED}"
