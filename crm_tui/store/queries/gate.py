"""The gates that a card meets on its way, what there is of the card, and how stages are set up to ask.

The facts name nobody whom the operator could not see but a card's own person and contact.
"""

from __future__ import annotations

from crm_tui.store.queries.party import main_person
from crm_tui.store.queries.sight import on_board

_COLUMNS = "g.id, s.id, s.name, g.moment, g.kind, g.form_id, f.name, g.field"
_ANSWERABLE = """(f.active = 1
  AND EXISTS (SELECT 1 FROM field_def d WHERE d.form_id = f.id AND d.to_revision IS NULL))"""
"""Whether a form can be answered: it is in use and asks something."""
_SWITCHED_ON = f"g.enabled = 1 AND s.archived_at IS NULL AND (g.kind <> 'form' OR {_ANSWERABLE})"
"""A form that nobody could answer holds no card: set-up refuses it, but undo and boards brought back may lead there."""
ON_THE_WAY = f"""
SELECT {_COLUMNS} FROM stage o
JOIN stage s ON s.board_id = o.board_id AND (s.position, s.id) <= (o.position, o.id)
JOIN stage_gate g ON g.stage_id = s.id AND g.moment = 'leave' LEFT JOIN form f ON f.id = g.form_id
WHERE o.id = :leaves AND {_SWITCHED_ON} ORDER BY s.position, s.id, g.position, g.id
"""
"""What the stages up to the one that is left ask for. (E40)"""
AT_THE_DOOR = f"""
SELECT {_COLUMNS} FROM stage s
JOIN stage_gate g ON g.stage_id = s.id AND g.moment = 'enter' LEFT JOIN form f ON f.id = g.form_id
WHERE s.id = :enters AND {_SWITCHED_ON} ORDER BY g.position, g.id
"""
"""What the stage that is entered asks for. (M75)"""
FACTS = f"""
SELECT c.id, c.party_id, coalesce(p.version, 0),
  coalesce((SELECT k.name FROM party k WHERE k.id = c.contact_id),
    CASE WHEN p.kind = 'person' THEN p.name ELSE (SELECT k.name FROM party k WHERE k.id = {main_person("p.id")}) END),
  p.document, c.value_one_off + c.value_recurring,
  (SELECT count(*) FROM card_item i WHERE i.card_id = c.id),
  (SELECT count(*) FROM attachment a WHERE a.entity = 'card' AND a.entity_id = c.id AND a.deleted_at IS NULL),
  (SELECT min(a.start_at) FROM activity a WHERE a.card_id = c.id AND a.deleted_at IS NULL AND a.start_at >= :now
     AND (a.state = 'planned' OR (a.state = 'canceled' AND EXISTS (
       SELECT 1 FROM event e JOIN change x ON x.event_id = e.id WHERE e.card_id = c.id AND e.batch = :batch
       AND e.kind IN ('card.won','card.lost') AND x.table_name = 'activity' AND x.row_id = a.id)))),
  (SELECT json_group_array(DISTINCT r.form_id) FROM form_response r WHERE r.card_id = c.id),
  (SELECT json_group_array(json_array(t.id, t.text)) FROM (SELECT id, text FROM checklist_item
     WHERE card_id = c.id AND done_at IS NULL
     ORDER BY position, id) t),
  p.id IS NOT NULL, c.channel_id IS NOT NULL, c.media_id IS NOT NULL, c.interest_level IS NOT NULL,
  c.expected_close_on IS NOT NULL,
  c.value_recurring > 0, coalesce(c.description, '') <> '',
  EXISTS (SELECT 1 FROM contact_point x WHERE x.party_id = p.id AND x.kind IN ('phone','mobile','whatsapp')),
  EXISTS (SELECT 1 FROM contact_point x WHERE x.party_id = p.id AND x.kind = 'email')
FROM card c LEFT JOIN party p ON p.id = c.party_id AND p.deleted_at IS NULL WHERE c.id = :card_id
"""
"""What gates ask of a card. An appointment that the closing itself has just cancelled (`:batch`) was made all the same:
otherwise nobody could win a card from a stage that asks for one."""
FILLED = (
    *("party", "channel", "media", "interest_level", "expected_close_on", "value_recurring", "description"),
    *("phone", "email"),
)
"""The fields behind the last columns of `FACTS`, in their order."""
ONWARD = """
SELECT (t.position, t.id) > (o.position, o.id) FROM stage o JOIN stage t ON t.id = :enters AND t.board_id = o.board_id
WHERE o.id = :leaves
"""
"""Whether a stage stands behind another one of its board."""
REGISTER = f"""
SELECT g.id, g.version, s.board_id, b.name, s.id, s.name, g.moment, g.kind, g.form_id, f.name, g.field, g.enabled,
  g.kind <> 'form' OR {_ANSWERABLE}
FROM stage_gate g JOIN stage s ON s.id = g.stage_id JOIN board b ON b.id = s.board_id
LEFT JOIN form f ON f.id = g.form_id
WHERE s.archived_at IS NULL AND b.archived_at IS NULL AND {on_board("s.board_id")}
ORDER BY b.position, b.id, s.position, s.id, g.moment = 'leave', g.position, g.id
"""
TRANSITIONS = f"""
SELECT t.id, t.version, s.board_id, b.name, s.id, s.name, t.label, o.id, o.name, t.to_team_id, m.name, t.requires_reason
FROM stage_transition t JOIN stage s ON s.id = t.from_stage_id JOIN board b ON b.id = s.board_id
JOIN stage o ON o.id = t.to_stage_id LEFT JOIN team m ON m.id = t.to_team_id
WHERE s.archived_at IS NULL AND b.archived_at IS NULL AND {on_board("s.board_id")}
ORDER BY b.position, b.id, s.position, s.id, t.position, t.id
"""
_ANSWER = """
SELECT t.id, t.version, s.id, s.name, s.decision_question, t.label, o.id, o.name, o.category, t.to_team_id, m.name,
  t.requires_reason, o.archived_at IS NOT NULL, s.decision_required
FROM stage_transition t JOIN stage s ON s.id = t.from_stage_id JOIN stage o ON o.id = t.to_stage_id
LEFT JOIN team m ON m.id = t.to_team_id
"""
ANSWER = f"{_ANSWER} WHERE t.id = :id"
"""An answer as it stands now, the question that it answers, and where it leads. (B49)"""
ANSWERS_OF = f"""{_ANSWER}
WHERE t.from_stage_id = :stage_id AND o.archived_at IS NULL AND {on_board("s.board_id")} ORDER BY t.position, t.id
"""
"""What may be answered in a stage, in order."""
CATEGORIES = "SELECT id, category FROM stage WHERE id IN (SELECT value FROM json_each(:stages))"
SAME = """
SELECT id FROM stage_gate WHERE stage_id = :stage_id AND moment = :moment AND kind = :kind
AND form_id IS :form_id AND field IS :field AND id <> :but LIMIT 1
"""
ASKS = "SELECT 1 FROM field_def WHERE form_id = :form_id AND to_revision IS NULL LIMIT 1"
IN_STAGE = "SELECT id FROM stage_gate WHERE stage_id = :stage_id ORDER BY position, id"
ANSWERS = "SELECT id FROM stage_transition WHERE from_stage_id = :stage_id ORDER BY position, id"
