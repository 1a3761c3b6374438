"""People: search as one types, one person's screen, and the candidates of an import."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from crm_tui.domain.party import PartyHit
from crm_tui.store.queries.sight import owned, party_seen
from crm_tui.store.values import as_date, as_instant

_OPEN_OF = f"""(k.party_id = p.id OR k.contact_id = p.id) AND k.status IN ('open','paused')
   AND k.archived_at IS NULL AND k.deleted_at IS NULL AND {owned("k.owner_id")}"""
"""A person's open cards within reach: its own, and those of a company for which it is the contact."""
HITS_OPEN = _OPEN_OF
LIVE = "p.deleted_at IS NULL AND p.merged_into_id IS NULL"


def withdrew(party: str = "p") -> str:
    """Whether they withdrew that they may be called or written to: the twin of `domain.consent.withdrawn`. (M102)"""
    of_it = f"SELECT 1 FROM consent w WHERE w.party_id = {party}.id AND w.purpose = 'contact'"
    return f"(EXISTS ({of_it}) AND NOT EXISTS ({of_it} AND w.revoked_at IS NULL))"


CANDIDATES_BY_WORDS = """
SELECT f.rowid FROM party_fts f WHERE f.words MATCH :match AND f.rowid > :after ORDER BY f.rowid LIMIT :most
"""
CANDIDATES_BY_DOCUMENT = """
SELECT p.id FROM party p WHERE p.document >= :low AND p.document < :high ORDER BY p.document LIMIT :most
"""
CANDIDATES_BY_DIGITS = """
SELECT c.party_id FROM json_each(:starts) s
CROSS JOIN contact_point c ON c.digits >= s.value AND c.digits < s.value || ':' LIMIT :most
"""
CANDIDATES_BY_TAIL = """
SELECT party_id FROM contact_point WHERE reversed >= :low AND reversed < :high ORDER BY reversed LIMIT :most
"""
CANDIDATES_BY_ADDRESS = """
SELECT party_id FROM contact_point WHERE normalized >= :low AND normalized < :high
ORDER BY normalized LIMIT :most
"""
CANDIDATES_BY_PART = """
SELECT c.party_id, c.normalized FROM point_fts f JOIN contact_point c ON c.id = f.rowid
WHERE f.words MATCH :match ORDER BY f.rowid LIMIT :most
"""
CANDIDATES_BY_NAME = """
SELECT p.id FROM party p WHERE p.name_key >= :low AND p.name_key < :high ORDER BY p.name_key, p.id LIMIT :most
"""
CANDIDATES_BY_LETTERS = """
SELECT f.id FROM (SELECT rowid AS id FROM party_fts WHERE words MATCH :match ORDER BY rowid LIMIT :read) f
CROSS JOIN party p ON p.id = f.id
WHERE NOT EXISTS (SELECT 1 FROM json_each(:letters) l WHERE instr(p.name_words, l.value) = 0) LIMIT :most
"""
"""By words, where others are a letter yet: half of all names have a word with it, which no index need tell."""
NAMED = "SELECT id, name_words FROM party WHERE id IN (SELECT value FROM json_each(:ids))"
BY_CODE = "SELECT coalesce(merged_into_id, id) FROM party WHERE code = :code AND deleted_at IS NULL"
"""The code of one that was merged leads to the other."""
STANDS_FOR = "SELECT coalesce(merged_into_id, id) FROM party WHERE id = :id"

HITS = f"""
SELECT p.id, p.code, p.kind, p.name,
  (SELECT o.name FROM party_relation r JOIN party o ON o.id = r.organization_id
   WHERE r.person_id = p.id AND r.ended_on IS NULL ORDER BY r.id LIMIT 1) AS company,
  (SELECT r.role FROM party_relation r WHERE r.person_id = p.id AND r.ended_on IS NULL
   ORDER BY r.id LIMIT 1) AS role,
  p.document,
  (SELECT c.normalized FROM contact_point c WHERE c.party_id = p.id AND c.kind IN ('phone','mobile','whatsapp')
   ORDER BY c.opted_out, c.is_primary DESC, c.id LIMIT 1) AS phone,
  (SELECT c.normalized FROM contact_point c WHERE c.party_id = p.id AND c.kind = 'email'
   ORDER BY c.opted_out, c.is_primary DESC, c.id LIMIT 1) AS email,
  (SELECT count(*) FROM card k WHERE {_OPEN_OF}) AS open_cards,
  (SELECT k.next_due_on FROM card k WHERE {_OPEN_OF} AND k.next_due_on IS NOT NULL
   ORDER BY k.next_due_on, k.next_start_at LIMIT 1) AS due_on,
  (SELECT k.next_start_at FROM card k WHERE {_OPEN_OF} AND k.next_due_on IS NOT NULL
   ORDER BY k.next_due_on, k.next_start_at LIMIT 1) AS start_at,
  (SELECT k.next_internal_on FROM card k WHERE {_OPEN_OF} AND k.next_due_on IS NOT NULL
   ORDER BY k.next_due_on, k.next_start_at LIMIT 1) AS internal_on,
  p.lifecycle, (SELECT u.login FROM "user" u WHERE u.id = p.owner_id) AS owner, p.created_at,
  (SELECT min(c.opted_out) FROM contact_point c WHERE c.party_id = p.id AND c.kind IN ('phone','mobile','whatsapp'))
FROM party p
WHERE p.id IN (SELECT value FROM json_each(:ids)) AND {LIVE}
  AND {party_seen("p")}
"""
RECENT = f"SELECT p.id FROM party p WHERE {LIVE} AND p.id < :before ORDER BY p.id DESC LIMIT :most"
COUNT = "SELECT count(*) FROM party p WHERE p.deleted_at IS NULL AND p.merged_into_id IS NULL"
COUNT_SEEN = f"{COUNT} AND {party_seen('p')}"
"""Asked apart: whoever sees everybody counts in one index."""

RANKED = f"""
SELECT p.id, p.name, p.code, p.document, p.owner_id IS :me, EXISTS (SELECT 1 FROM card k WHERE {_OPEN_OF})
FROM party p WHERE p.id IN (SELECT value FROM json_each(:ids)) AND {LIVE} AND {party_seen("p")}
"""
"""What decides the order of hundreds of answers, of which only the first are read whole."""


def hits(connection: sqlite3.Connection, ids: str, sight: Mapping[str, Any]) -> list[PartyHit]:
    """The rows of these ids (a JSON array) that the viewer may see, in no order."""
    rows = connection.execute(HITS, {"ids": ids, **sight}).fetchall()
    dated = (
        (
            *row[:10],
            as_date(row[10]),
            as_instant(row[11]),
            as_date(row[12]),
            *row[13:15],
            as_instant(row[15]),
            bool(row[16]),
        )
        for row in rows
    )
    return [PartyHit(*columns) for columns in dated]


ONE = """
SELECT p.id, p.code, p.kind, p.name, p.trade_name, p.document, p.document_kind, p.lifecycle, p.owner_id,
       u.login, p.preferences, p.created_at, p.version, p.class_id, k.name
FROM party p LEFT JOIN "user" u ON u.id = p.owner_id LEFT JOIN party_class k ON k.id = p.class_id
WHERE p.id = :id AND p.deleted_at IS NULL
"""
POINTS = """
SELECT id, kind, value, normalized, is_primary, opted_out, version FROM contact_point WHERE party_id = :id
ORDER BY opted_out, is_primary DESC, id
"""
"""By which somebody wishes to be reached first, of them the main ones."""
POINT = f"""
SELECT c.id, c.kind, c.value, c.normalized, c.is_primary, c.opted_out, c.version, p.id, p.code, p.name
FROM contact_point c JOIN party p ON p.id = c.party_id WHERE c.id = :id AND {LIVE} AND {party_seen("p")}
"""
CONSENTS = """
SELECT id, purpose, basis, granted_at, revoked_at, version FROM consent WHERE party_id = :id
ORDER BY revoked_at IS NOT NULL, granted_at DESC, id DESC
"""
CONSENT = f"""
SELECT c.id, c.purpose, c.basis, c.granted_at, c.revoked_at, c.version, p.id, p.code, p.name
FROM consent c JOIN party p ON p.id = c.party_id WHERE c.id = :id AND {LIVE} AND {party_seen("p")}
"""
ADDRESSES = """
SELECT id, street, city, state, postcode, is_primary, version FROM address WHERE party_id = :id
ORDER BY is_primary DESC, id
"""
ONE_ADDRESS = f"""
SELECT a.id, a.street, a.city, a.state, a.postcode, a.is_primary, a.version, p.id, p.code, p.name
FROM address a JOIN party p ON p.id = a.party_id WHERE a.id = :id AND {LIVE} AND {party_seen("p")}
"""
PEOPLE_OF = f"""
SELECT p.id, p.code, p.name, r.role,
  (SELECT c.normalized FROM contact_point c WHERE c.party_id = p.id AND c.kind IN ('phone','mobile','whatsapp')
   ORDER BY c.opted_out, c.is_primary DESC, c.id LIMIT 1) AS phone
FROM party_relation r JOIN party p ON p.id = r.person_id
WHERE r.organization_id = :id AND r.ended_on IS NULL AND p.deleted_at IS NULL AND {party_seen("p")}
ORDER BY r.is_primary DESC, r.id LIMIT 20
"""
COMPANIES_OF = f"""
SELECT p.id, p.code, p.name, r.role FROM party_relation r JOIN party p ON p.id = r.organization_id
WHERE r.person_id = :id AND r.ended_on IS NULL AND p.deleted_at IS NULL AND {party_seen("p")}
ORDER BY r.id
"""


def main_person(organization: str, column: str = "person_id") -> str:
    """Whom one speaks to first at an organisation: the id as a subquery over the column of its id. Who was chosen, else
    who has been there longest. (E33, T37)"""
    return f"""(SELECT y.{column} FROM party_relation y JOIN party m ON m.id = y.person_id
      WHERE y.organization_id = {organization} AND y.ended_on IS NULL AND m.deleted_at IS NULL
      ORDER BY y.is_primary DESC, y.id LIMIT 1)"""


_MAIN_OF = main_person("r.organization_id", "id")
MAIN_RELATION = f"SELECT {main_person(':id', 'id')}"
"""The relation of an organisation's main contact."""


def _relations(mine: str, theirs: str) -> str:
    main = main_person(":id", "id") if mine == "organization_id" else _MAIN_OF
    return f"""
SELECT r.id, r.version, p.id, p.code, p.name, r.role,
  (SELECT c.normalized FROM contact_point c WHERE c.party_id = p.id AND c.kind IN ('phone','mobile','whatsapp')
   ORDER BY c.opted_out, c.is_primary DESC, c.id LIMIT 1) AS phone,
  r.id IS {main}, r.ended_on
FROM party_relation r JOIN party p ON p.id = r.{theirs}
WHERE r.{mine} = :id AND p.deleted_at IS NULL AND {party_seen("p")}
ORDER BY r.ended_on IS NOT NULL, r.ended_on DESC, {"r.is_primary DESC, " if mine == "organization_id" else ""}r.id
LIMIT :most
"""


CONTACTS = _relations("organization_id", "person_id")
"""Who works at an organisation, the main contact first, and who did, the last to leave first."""
WORKPLACES = _relations("person_id", "organization_id")
"""Where a person works, and worked."""
ONE_RELATION = f"""
SELECT r.id, p.id, p.code, p.name, o.id, o.code, o.name, r.role, r.id IS {_MAIN_OF}, r.ended_on, r.version
FROM party_relation r JOIN party p ON p.id = r.person_id JOIN party o ON o.id = r.organization_id
WHERE r.id = :id AND p.deleted_at IS NULL AND {party_seen("p")} AND o.deleted_at IS NULL AND {party_seen("o")}
"""


_ABOUT = "coalesce((SELECT c.party_id FROM card c WHERE c.id = :card_id), :party_id)"
CONTACT = f"""
SELECT k.id, k.name FROM party k WHERE k.id = coalesce(
  (SELECT a.contact_id FROM activity a
   WHERE a.id = coalesce(:activity_id, (SELECT c.next_activity_id FROM card c WHERE c.id = :card_id))),
  (SELECT c.contact_id FROM card c WHERE c.id = :card_id),
  {main_person(_ABOUT)})
AND k.id IS NOT {_ABOUT} AND k.deleted_at IS NULL AND {party_seen("k")}
"""
"""Whom a step, else its card, else its organisation has as contact; nobody where that is whom it is about. (T37)"""
PEOPLE_NEAR = f"""
SELECT p.id FROM party p WHERE p.deleted_at IS NULL AND p.id <> coalesce(:party_id, 0) AND {party_seen("p")}
AND (p.id = :contact_id OR p.id IN
  (SELECT r.person_id FROM party_relation r WHERE r.organization_id = :party_id AND r.ended_on IS NULL))
LIMIT 200
"""
"""Who may be meant first as a contact: the card's, and those of its organisation."""
REACHED = f"""
SELECT p.id FROM party p WHERE p.id = :id AND ({party_seen("p")}
  OR EXISTS (SELECT 1 FROM activity a WHERE a.party_id = p.id AND {owned("a.assignee_id")}))
"""
"""Whom a command may name: people whom the viewer sees, and those with whom it has something to do."""
BY_KEYS = f"""
SELECT c.party_id, c.normalized FROM contact_point c JOIN party p ON p.id = c.party_id
WHERE c.normalized IN (SELECT value FROM json_each(:keys)) AND {LIVE}
"""


def one(connection: sqlite3.Connection, party_id: int) -> tuple[Any, ...] | None:
    """A party's own columns, or None."""
    row: tuple[Any, ...] | None = connection.execute(ONE, {"id": party_id}).fetchone()
    return row


PHONES = f"""
SELECT k.id, k.value, p.name, k.opted_out OR {withdrew()}
FROM party p JOIN contact_point k ON k.party_id = p.id
WHERE p.id IN (SELECT value FROM json_each(:parties)) AND k.kind NOT IN ('email', 'site')
AND p.deleted_at IS NULL AND {party_seen("p")} ORDER BY p.id, k.opted_out, k.is_primary DESC, k.id
"""
"""How some people can be called."""
PHONES_LIKE = f"""
SELECT k.id, k.value, p.name, k.opted_out OR {withdrew()} FROM contact_point k JOIN party p ON p.id = k.party_id
WHERE k.digits = :digits AND k.kind NOT IN ('email', 'site') AND p.deleted_at IS NULL AND {party_seen("p")} LIMIT 8
"""
