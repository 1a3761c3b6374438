"""Forms, their questions by revision, and what was answered about cards that the viewer may see; a form of a hidden
board is hidden with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_tui.domain.form import Question, QuestionType, load_condition, load_options
from crm_tui.store.queries import party as people
from crm_tui.store.queries.board import OWNED
from crm_tui.store.queries.sight import on_board, party_seen

IN_USE = f"""
SELECT f.id, f.name FROM form f WHERE f.active = 1 AND f.on_person = :on_person AND {on_board("f.board_id")}
ORDER BY f.position, f.id
"""
EVERY = f"""
SELECT f.id, f.name, f.kind, f.revision, f.active, f.version, f.board_id, b.name, f.on_card, f.case_type_id, t.name,
       f.on_person
FROM form f LEFT JOIN board b ON b.id = f.board_id LEFT JOIN case_type t ON t.id = f.case_type_id
WHERE {on_board("f.board_id")} ORDER BY f.active = 0, f.position, f.id
"""
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
EVERY_QUESTION = f"""
SELECT f.id, f.name, f.active, d.version, d.id, d.key, d.label, d.type, d.options, d.required, d.visible_if
FROM form f CROSS JOIN field_def d ON d.form_id = f.id AND d.to_revision IS NULL
WHERE {on_board("f.board_id")} ORDER BY f.active = 0, f.position, f.id, d.position, d.id
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
LATEST_OF_PERSON = """
SELECT r.id, r.form_revision, r.submitted_at, coalesce(u.login, '') FROM form_response r
LEFT JOIN "user" u ON u.id = r.submitted_by_id
WHERE r.party_id = :party_id AND +r.card_id IS NULL AND r.form_id = :form_id ORDER BY r.id DESC LIMIT 1
"""
VALUES = """
SELECT v.response_id, v.value, d.id, d.key, d.label, d.type, d.options, d.required, d.visible_if
FROM json_each(:responses) r CROSS JOIN field_value v ON v.response_id = r.value
CROSS JOIN field_def d ON d.id = v.field_def_id
"""
"""What was answered in some answer sets (a JSON array), each with the question as it was then."""

_OFFERED = """
f.on_person = 0 AND (f.board_id IS NULL OR f.board_id = c.board_id)
AND (f.case_type_id IS NULL OR f.case_type_id = c.case_type_id)
"""
"""A form is offered on a card: by its board, and by its service type."""
CYCLES = f"""
SELECT f.id, f.name, f.revision
FROM (SELECT :board_id AS board_id, :case_type_id AS case_type_id) c
JOIN form f ON f.active = 1 AND f.kind = 'cycle' AND {_OFFERED}
WHERE {on_board(":board_id")} ORDER BY f.position, f.id
"""
"""The sales scripts that a new card on a board is asked, those of its service type among them."""
CYCLES_OF = f"""
SELECT f.id, f.name, f.revision FROM card c JOIN form f ON f.kind = 'cycle' AND f.active = 1 AND {_OFFERED}
WHERE c.id = :card_id AND c.deleted_at IS NULL AND {OWNED} ORDER BY f.position, f.id
"""
"""The sales scripts of a card."""

TOLD = f"{VALUES} ORDER BY v.response_id, d.position, d.id"
"""The same in the order in which it was asked."""

_WAITS = """
(SELECT s.name FROM stage_gate g JOIN stage s ON s.id = g.stage_id AND s.archived_at IS NULL
 WHERE g.form_id = f.id AND g.enabled = 1 AND g.moment = 'leave' AND s.board_id = c.board_id
 AND (s.position, s.id) <= (h.position, h.id) ORDER BY s.position, s.id LIMIT 1)
"""
"""The earliest stage, up to the one where a card stands, that asks for a form."""
OF_CARD = f"""
SELECT f.id, f.name, f.active, f.revision,
       (SELECT count(*) FROM field_def d WHERE d.form_id = f.id AND d.to_revision IS NULL),
       (SELECT count(*) FROM form_response r WHERE r.card_id = c.id AND r.form_id = f.id),
       l.submitted_at, u.login, l.form_revision, {_WAITS}, f.kind
FROM card c JOIN stage h ON h.id = c.stage_id CROSS JOIN form f
LEFT JOIN form_response l ON l.id =
  (SELECT max(r.id) FROM form_response r WHERE r.card_id = c.id AND r.form_id = f.id)
LEFT JOIN "user" u ON u.id = l.submitted_by_id
WHERE c.id = :card_id AND c.deleted_at IS NULL AND {OWNED}
AND (l.id IS NOT NULL OR (f.active = 1 AND ({_OFFERED} OR {_WAITS} IS NOT NULL)))
ORDER BY f.position, f.id
"""
"""The forms in use on the card's board, and others that were answered or that a stage waits for, with the latest
answers and that stage."""
AMONG_DATA = f"""
SELECT f.id FROM card c JOIN form f ON f.active = 1 AND f.on_card = 1
AND {_OFFERED}
WHERE c.id = :card_id AND c.deleted_at IS NULL AND {OWNED} ORDER BY f.position, f.id
"""
"""The forms whose answers are further fields of a card. (B11)"""
OF_PEOPLE = """
SELECT f.id, f.name, f.revision FROM form f WHERE f.active = 1 AND f.on_person = 1 ORDER BY f.position, f.id
"""
"""The forms whose answers are fields of people. (M48)"""
PERSON_SEEN = f"SELECT p.name FROM party p WHERE p.id = :id AND {people.LIVE} AND {party_seen('p')}"
_SETS = """
SELECT r.id, f.id, f.name, {about}, r.form_revision, r.submitted_at, u.login
FROM form_response r JOIN form f ON f.id = r.form_id {join}
LEFT JOIN "user" u ON u.id = r.submitted_by_id
"""
_OF_CARDS = _SETS.format(about="c.number", join="JOIN card c ON c.id = r.card_id")
_OF_PERSONS = _SETS.format(about="p.code", join="JOIN party p ON p.id = r.party_id AND +r.card_id IS NULL")
SETS = f"""{_OF_CARDS}
WHERE r.card_id = :card_id AND c.deleted_at IS NULL AND {OWNED} AND (:form_id IS NULL OR r.form_id = :form_id)
ORDER BY r.id DESC
"""
SET = f"{_OF_CARDS} WHERE r.id = :id AND c.deleted_at IS NULL AND {OWNED}"
SETS_OF_PERSON = f"""{_OF_PERSONS}
WHERE r.party_id = :party_id AND {people.LIVE} AND {party_seen("p")} AND (:form_id IS NULL OR r.form_id = :form_id)
ORDER BY r.id DESC
"""
SET_OF_PERSON = f"{_OF_PERSONS} WHERE r.id = :id AND {people.LIVE} AND {party_seen('p')}"
OWN_OF_PEOPLE = """
SELECT d.key, d.label, d.type FROM form f CROSS JOIN field_def d ON d.form_id = f.id AND d.to_revision IS NULL
WHERE f.active = 1 AND f.on_person = 1 ORDER BY f.position, f.id, d.position, d.id
"""
"""The fields of one's own of people: key, label, type."""
OWN_VALUES = f"""
SELECT r.party_id, d.key, v.value, d.type FROM json_each(:ids) i
CROSS JOIN party p ON p.id = i.value AND {people.LIVE} AND {party_seen("p")}
CROSS JOIN form f ON f.active = 1 AND f.on_person = 1
CROSS JOIN form_response r ON r.id = (SELECT max(x.id) FROM form_response x
  WHERE x.party_id = p.id AND +x.card_id IS NULL AND x.form_id = f.id)
CROSS JOIN field_value v ON v.response_id = r.id
CROSS JOIN field_def d ON d.id = v.field_def_id AND d.key IN (SELECT value FROM json_each(:keys))
ORDER BY f.position DESC, f.id DESC
"""
"""What is known of these people (a JSON array of ids) in fields of those keys, and the type it was answered as; of
those of one key that of the first form stands last."""

KNOWN_OF_PEOPLE = """
SELECT r.party_id, r.form_id, v.value, d.id, d.key, d.label, d.type, d.options, d.required, d.visible_if
FROM json_each(:ids) i CROSS JOIN form f ON f.active = 1 AND f.on_person = 1
CROSS JOIN form_response r ON r.id = (SELECT max(x.id) FROM form_response x
  WHERE x.party_id = i.value AND +x.card_id IS NULL AND x.form_id = f.id)
CROSS JOIN field_value v ON v.response_id = r.id CROSS JOIN field_def d ON d.id = v.field_def_id
"""
"""What is known of some people (a JSON array of ids, of whose sight nothing is asked) in fields of one's own, each with
the question as it was answered."""


def question(row: Sequence[Any]) -> Question:
    """A question from its columns: id, key, label, type, options, required, visible_if."""
    row_id, key, label, kind, options, required, shown_if = row
    return Question(
        row_id,
        key,
        label,
        QuestionType(kind),
        load_options(options),
        bool(required),
        load_condition(shown_if),
    )
