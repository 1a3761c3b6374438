"""Who is known already, read in bulk for an import: `keys`, `names` and `ids` are JSON arrays."""

from __future__ import annotations

from crm_tui.store.queries import agenda
from crm_tui.store.queries.sight import owned, party_seen

_LIVE = "p.deleted_at IS NULL AND p.merged_into_id IS NULL"

BY_KEYS = f"""
SELECT DISTINCT c.party_id FROM json_each(:keys) k
CROSS JOIN contact_point c INDEXED BY ix_contact_point_normalized ON c.normalized = k.value
JOIN party p ON p.id = c.party_id WHERE {_LIVE}
"""
BY_NAMES = f"""
SELECT p.id FROM json_each(:names) k CROSS JOIN party p INDEXED BY ix_party_name_key ON p.name_key = k.value
WHERE {_LIVE}
"""
ORGANIZATIONS = """
SELECT p.name_key, min(p.id) FROM json_each(:names) k
CROSS JOIN party p INDEXED BY ix_party_name_key ON p.name_key = k.value
WHERE p.kind = 'organization' AND p.deleted_at IS NULL AND p.merged_into_id IS NULL GROUP BY p.name_key
"""
PEOPLE = f"""
SELECT p.id, p.code, p.name, coalesce(p.preferences, ''), coalesce(o.name, ''), coalesce(r.role, ''),
       p.kind, coalesce(p.document, ''), coalesce(o.document, ''), {party_seen("p")},
       a.street, a.city, a.state, a.postcode, p.owner_id
FROM json_each(:ids) k CROSS JOIN party p ON p.id = k.value
LEFT JOIN party_relation r ON r.id = (
  SELECT x.id FROM party_relation x WHERE x.person_id = p.id AND x.ended_on IS NULL
  ORDER BY x.id LIMIT 1)
LEFT JOIN party o ON o.id = r.organization_id
LEFT JOIN address a ON a.id = (
  SELECT x.id FROM address x WHERE x.party_id = p.id ORDER BY x.is_primary DESC, x.id LIMIT 1)
"""
POINTS = """
SELECT c.party_id, c.normalized, c.kind FROM json_each(:ids) k
CROSS JOIN contact_point c INDEXED BY ix_contact_point_party_id ON c.party_id = k.value
"""
SOURCES = """
SELECT DISTINCT f.party_id, f.source FROM json_each(:ids) k CROSS JOIN foreign_ref f ON f.party_id = k.value
"""
PLANNED = """
SELECT 1 FROM activity WHERE party_id = :party_id AND state = 'planned' AND deleted_at IS NULL LIMIT 1
"""
BY_DOCUMENTS = f"""
SELECT p.id, p.document FROM json_each(:documents) k CROSS JOIN party p ON p.document = k.value WHERE {_LIVE}
"""
BY_CODES = f"""
SELECT p.id, p.code FROM json_each(:codes) k CROSS JOIN party p ON p.code = k.value WHERE {_LIVE}
"""
BY_ANY_NAME = f"""
SELECT p.id, p.name_key, p.kind FROM json_each(:names) k
CROSS JOIN party p INDEXED BY ix_party_name_key ON p.name_key = k.value WHERE {_LIVE}
"""
KEYS_OF = f"""
SELECT c.normalized, c.party_id FROM json_each(:keys) k
CROSS JOIN contact_point c INDEXED BY ix_contact_point_normalized ON c.normalized = k.value
JOIN party p ON p.id = c.party_id WHERE {_LIVE}
"""
NAMES_OF = f"""
SELECT p.id, p.name, p.code, {party_seen("p")}, (
  SELECT json_group_array(json_array(o.name, o.document)) FROM party_relation r JOIN party o ON o.id = r.organization_id
  WHERE r.person_id = p.id AND r.ended_on IS NULL AND o.deleted_at IS NULL)
FROM json_each(:ids) k CROSS JOIN party p ON p.id = k.value
"""
"""With whether the viewer sees each: who may be meant is found among all, but only those are named; and where each
works, with the document."""
CARDS_CALLED = """
SELECT c.board_id, c.title_key, c.party_id, c.number, c.id FROM json_each(:titles) k
CROSS JOIN card c INDEXED BY ix_card_title_key ON c.title_key = k.value WHERE c.deleted_at IS NULL ORDER BY c.id
"""
CARDS_OF_SOURCE = """
SELECT f.card_id FROM json_each(:ids) k CROSS JOIN foreign_ref f ON f.card_id = k.value AND f.source = :source
"""
"""Which of these cards have an id of this program."""
CARDS_HELD = f"""
SELECT c.id, c.number, c.title, c.value_one_off, c.expected_close_on, s.name, c.status, c.board_id, c.owner_id,
       c.archived_at IS NOT NULL, {owned("c.owner_id")}
FROM json_each(:ids) k CROSS JOIN card c ON c.id = k.value JOIN stage s ON s.id = c.stage_id
"""
OPEN_OF = """
SELECT c.board_id, c.party_id FROM json_each(:ids) k
CROSS JOIN card c INDEXED BY ix_card_party ON c.party_id = k.value JOIN board b ON b.id = c.board_id
WHERE b.one_open_card_per_party = 1 AND c.status IN ('open','paused') AND c.archived_at IS NULL AND c.deleted_at IS NULL
"""
BOARDS = """
SELECT id, name, one_open_card_per_party FROM board WHERE archived_at IS NULL ORDER BY position, id
"""
STAGES = """
SELECT s.id, s.board_id, s.name, s.category FROM stage s JOIN board b ON b.id = s.board_id
WHERE s.archived_at IS NULL AND b.archived_at IS NULL ORDER BY s.position, s.id
"""
LAYOUTS = """
SELECT id, name, kind, columns, defaults, dates, active, version FROM import_layout ORDER BY position, id
"""
USERS = "SELECT id, login, name, coalesce(email, '') FROM user WHERE active = 1"
REASONS = "SELECT id, name FROM loss_reason WHERE active = 1 ORDER BY position, id"
CARDS_NUMBERED = f"""
SELECT c.number, c.id, c.title, c.status FROM json_each(:numbers) k CROSS JOIN card c ON c.number = k.value
WHERE c.deleted_at IS NULL AND {owned("c.owner_id")}
"""
ACTS_OF_CARDS = """
SELECT a.card_id, a.action_type_id, a.subject, a.due_on, a.start_at FROM json_each(:ids) k
CROSS JOIN activity a INDEXED BY ix_activity_card ON a.card_id = k.value WHERE a.deleted_at IS NULL
"""
ACTS_OF_PEOPLE = """
SELECT a.party_id, a.action_type_id, a.subject, a.due_on, a.start_at FROM json_each(:ids) k
CROSS JOIN activity a INDEXED BY ix_activity_party ON a.party_id = k.value
WHERE a.deleted_at IS NULL AND a.card_id IS NULL
"""
ACTS_OF_REFS = f"""
SELECT a.id, coalesce(c.number, ''), a.subject, a.due_on, a.start_at, a.done_at FROM json_each(:ids) k
CROSS JOIN activity a ON a.id = k.value LEFT JOIN card c ON c.id = a.card_id
WHERE a.deleted_at IS NULL AND c.deleted_at IS NULL AND {agenda.SEEN}
"""
NOTES_OF_CARDS = """
SELECT n.card_id, n.body FROM json_each(:ids) k
CROSS JOIN note n INDEXED BY ix_note_card ON n.card_id = k.value WHERE n.state = 'filed'
"""
NOTES_OF_PEOPLE = """
SELECT n.party_id, n.body FROM json_each(:ids) k
CROSS JOIN note n INDEXED BY ix_note_party ON n.party_id = k.value WHERE n.state = 'filed' AND n.card_id IS NULL
"""
ACTIONS = """
SELECT id, name, kind FROM action_type WHERE active = 1 ORDER BY kind <> 'follow_up', position, id
"""
RESULTS = "SELECT id, name FROM result WHERE active = 1 ORDER BY position, id"
PEOPLE_BY_ID = """
SELECT f.source, f.foreign_id, f.party_id, f.said FROM json_each(:ids) k
CROSS JOIN foreign_ref f ON f.foreign_id = k.value AND f.kind = 'party'
JOIN party p ON p.id = f.party_id WHERE p.deleted_at IS NULL AND p.merged_into_id IS NULL
"""
CARDS_BY_ID = """
SELECT f.source, f.foreign_id, f.card_id, f.said FROM json_each(:ids) k
CROSS JOIN foreign_ref f ON f.foreign_id = k.value AND f.kind = 'card'
JOIN card c ON c.id = f.card_id WHERE c.deleted_at IS NULL
"""
ACTS_BY_ID = """
SELECT f.source, f.foreign_id, f.activity_id, f.said FROM json_each(:ids) k
CROSS JOIN foreign_ref f ON f.foreign_id = k.value AND f.kind = 'activity'
JOIN activity a ON a.id = f.activity_id WHERE a.deleted_at IS NULL
"""
NOTES_BY_ID = """
SELECT f.source, f.foreign_id, f.note_id, f.said FROM json_each(:ids) k
CROSS JOIN foreign_ref f ON f.foreign_id = k.value AND f.kind = 'note'
JOIN note n ON n.id = f.note_id WHERE n.state = 'filed'
"""
FOREIGN = """
SELECT id, party_id, card_id, activity_id, note_id, said FROM foreign_ref
WHERE foreign_id = :id AND kind = :kind AND source = :source
"""
IDS_OF_PARTY = f"""
SELECT f.source, f.foreign_id FROM foreign_ref f JOIN party p ON p.id = f.party_id
WHERE f.party_id = :id AND {party_seen("p")} ORDER BY f.source, f.foreign_id
"""
IDS_OF_CARD = f"""
SELECT f.source, f.foreign_id FROM foreign_ref f JOIN card c ON c.id = f.card_id
WHERE f.card_id = :id AND {owned("c.owner_id")} ORDER BY f.source, f.foreign_id
"""
