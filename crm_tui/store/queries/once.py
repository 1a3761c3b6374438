"""One person once: who is known by which sign, the rules, and the pairs that may be one."""

from __future__ import annotations

from crm_tui.store.queries.board import LISTED
from crm_tui.store.queries.sight import on_board, owned, party_seen, told

_LIVE = "p.deleted_at IS NULL AND p.merged_into_id IS NULL AND p.id <> :but"
MOST = 20
"""Of one sign: who has more namesakes is told of the first ones."""

RULES = """
SELECT id, name, asked, action, by_document, by_email, by_phone, by_name, window_days, board_id
FROM duplicate_rule WHERE active = 1 ORDER BY position, id
"""
ALL = f"""
SELECT r.id, r.name, r.asked, r.by_document, r.by_email, r.by_phone, r.by_name, r.action, r.window_days, r.board_id,
       b.name, r.active, r.version
FROM duplicate_rule r LEFT JOIN board b ON b.id = r.board_id
WHERE {on_board("r.board_id")} ORDER BY r.position, r.id
"""
KNOWN = f"""
SELECT found.id, p.code, p.name, found.sign, {party_seen("p")} FROM (
  SELECT * FROM (SELECT p.id, 'document' AS sign FROM party p
    WHERE p.document = :document AND {_LIVE} ORDER BY p.id LIMIT {MOST})
  UNION ALL SELECT * FROM (SELECT p.id, iif(c.kind = 'email', 'email', 'phone')
    FROM contact_point c INDEXED BY ix_contact_point_normalized JOIN party p ON p.id = c.party_id
    WHERE c.normalized IN (SELECT value FROM json_each(:points)) AND {_LIVE} LIMIT {MOST})
  UNION ALL SELECT * FROM (SELECT p.id, 'name' FROM party p INDEXED BY ix_party_name_key
    WHERE p.name_key = :name AND {_LIVE} ORDER BY p.id LIMIT {MOST})
) AS found JOIN party p ON p.id = found.id
"""
"""By a document without mask, by normalised points (a JSON array), by a folded name; an empty one finds nobody."""
OF_EACH = 6
"""Of one sign, where many are asked for at once: more than are ever named in a sentence."""
_OF_MANY = "q.deleted_at IS NULL AND q.merged_into_id IS NULL"
KNOWN_BY_NAMES = f"""
SELECT s.value, p.id, p.code, p.name, 'name', {party_seen("p")} FROM json_each(:signs) s
CROSS JOIN party p ON p.id IN (SELECT q.id FROM party q INDEXED BY ix_party_name_key
  WHERE q.name_key = s.value AND {_OF_MANY} ORDER BY q.id LIMIT {OF_EACH})
"""
KNOWN_BY_POINTS = f"""
SELECT s.value, p.id, p.code, p.name, iif(instr(s.value, '@'), 'email', 'phone'), {party_seen("p")}
FROM json_each(:signs) s
CROSS JOIN party p ON p.id IN (SELECT q.id FROM contact_point c INDEXED BY ix_contact_point_normalized
  JOIN party q ON q.id = c.party_id WHERE c.normalized = s.value AND {_OF_MANY} LIMIT {OF_EACH})
"""
KNOWN_BY_DOCUMENTS = f"""
SELECT s.value, p.id, p.code, p.name, 'document', {party_seen("p")} FROM json_each(:signs) s
CROSS JOIN party p ON p.id IN (SELECT q.id FROM party q INDEXED BY ix_party_document
  WHERE q.document = s.value AND {_OF_MANY} ORDER BY q.id LIMIT {OF_EACH})
"""
"""As KNOWN, of many at once: by folded names, by normalised points, by documents (JSON arrays), each with its sign."""
BEGINS = f"""
SELECT f.id, f.code, f.name FROM (
  SELECT p.* FROM party p INDEXED BY ix_party_name_key
  WHERE p.name_key >= :name AND p.name_key < :name || char(1114111) AND {_LIVE} ORDER BY p.name_key LIMIT :looked_at
) AS f WHERE {party_seen("f")} LIMIT :most
"""
"""Whose name begins so (folded), of the first few of that beginning in the order of names."""
SIGNS_OF = """
SELECT p.document, p.name_key, (SELECT json_group_array(c.normalized) FROM contact_point c WHERE c.party_id = p.id)
FROM party p WHERE p.id = :id
"""
OPEN_SINCE = f"""
SELECT c.id, c.number, p.name, {owned("c.owner_id")}, {party_seen("p")} FROM card c JOIN party p ON p.id = c.party_id
WHERE c.party_id IN (SELECT value FROM json_each(:parties)) AND c.board_id = :board_id AND c.opened_at >= :since
AND {LISTED} ORDER BY c.id DESC LIMIT 1
"""
"""The latest, with whether the viewer sees the card, and whose it is."""
_ANYBODY = "p.deleted_at IS NULL AND p.merged_into_id IS NULL"
DOCUMENTS = f"""
SELECT p.document, p.id FROM party p INDEXED BY ix_party_document
WHERE p.document > '' AND {_ANYBODY} ORDER BY p.document
"""
POINTS = """
SELECT normalized, party_id FROM contact_point INDEXED BY ix_contact_point_normalized WHERE kind <> 'site'
ORDER BY normalized
"""
"""A site tells nobody apart: all of one company have it."""
NAMES = f"""
SELECT p.name_key, p.id FROM party p INDEXED BY ix_party_name_key WHERE {_ANYBODY} ORDER BY p.name_key
"""
EMPLOYED = """
SELECT organization_id, person_id FROM party_relation INDEXED BY ix_party_relation_organization_id
WHERE ended_on IS NULL ORDER BY organization_id
"""
"""Each in its index's order, so that those who share a sign stand together and none is held in memory."""
SIZE = """
SELECT (SELECT count(*) FROM party) * 2 + (SELECT count(*) FROM contact_point) + (SELECT count(*) FROM party_relation)
"""
FACTS = f"""
SELECT p.id, p.code, p.name, p.kind, p.document FROM party p
WHERE p.id IN (SELECT value FROM json_each(:ids)) AND {_ANYBODY} AND {party_seen("p")}
"""
APART = "SELECT one_id, other_id FROM not_same"
SIDE = f"""
SELECT p.id, p.code, p.name, p.kind, p.version, p.trade_name, p.document, p.document_kind, p.lifecycle, p.owner_id,
       u.login, p.class_id, x.name, p.preferences, p.created_at
FROM party p LEFT JOIN party_class x ON x.id = p.class_id LEFT JOIN "user" u ON u.id = p.owner_id
WHERE p.id = :id AND {_ANYBODY} AND {party_seen("p")}
"""
_CARD = f"c.deleted_at IS NULL AND {owned('c.owner_id')}"
_STEP = f"""a.deleted_at IS NULL AND {told("a")} AND (c.id IS NULL OR {owned("c.owner_id")})"""
BELONGINGS = f"""
SELECT
  (SELECT count(*) FROM card c WHERE (c.party_id = :id OR c.contact_id = :id) AND {_CARD}),
  (SELECT count(*) FROM activity a LEFT JOIN card c ON c.id = a.card_id WHERE a.party_id = :id AND {_STEP}),
  (SELECT count(*) FROM note n LEFT JOIN card c ON c.id = n.card_id WHERE n.party_id = :id
   AND (c.id IS NULL OR {owned("c.owner_id")})),
  (SELECT count(*) FROM contact_point WHERE party_id = :id),
  (SELECT count(*) FROM party_relation WHERE (person_id = :id OR organization_id = :id) AND ended_on IS NULL),
  (SELECT count(*) FROM attachment x WHERE x.entity = 'party' AND x.entity_id = :id AND x.deleted_at IS NULL)
"""
"""What comes along, as far as whoever asks may see it."""
_ANSWERED = """(SELECT max(x.id) FROM form_response x
 WHERE x.party_id = {party} AND +x.card_id IS NULL AND x.form_id = f.id)"""
OWN_OF = f"""
SELECT f.id, d.id, d.key, d.label, d.type, d.options, d.required, d.visible_if, v.value
FROM form f CROSS JOIN form_response r ON r.id = {_ANSWERED.format(party=":id")}
CROSS JOIN field_value v ON v.response_id = r.id CROSS JOIN field_def d ON d.id = v.field_def_id
WHERE f.active = 1 AND f.on_person = 1 ORDER BY f.position, f.id, d.position, d.id
"""
"""What is known of somebody in fields of one's own: form, question, value."""
OWN_KEYS = "SELECT f.id, d.key FROM form f CROSS JOIN field_def d ON d.form_id = f.id WHERE f.on_person = 1"
BOTH_ANSWERED = f"""
SELECT f.id, {_ANSWERED.format(party=":party")} AS mine, {_ANSWERED.format(party=":other")} AS theirs
FROM form f WHERE f.on_person = 1 AND mine IS NOT NULL AND theirs IS NOT NULL ORDER BY f.position, f.id
"""
"""The answer sets in force of two people to the same forms of people's fields."""
