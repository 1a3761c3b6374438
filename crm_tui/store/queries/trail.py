"""History: one record's timeline, the whole trail, and the row images under an event."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any

from crm_tui.domain.form import Question, Value
from crm_tui.domain.trail import ChangeRow, Correction, Entry, NoteFile
from crm_tui.store.queries import form as forms
from crm_tui.store.queries.sight import (
    TOLD,
    of_step,
    on_board,
    owned,
    party_seen,
    put_back,
    reached,
    step_told,
    takes_part,
)
from crm_tui.store.values import as_instant

_ENTRY = """
SELECT e.id, e.at, u.login, e.entity, e.entity_id, e.card_id, e.party_id, e.kind, e.params, e.reason, e.batch,
       iif(e.kind IN ('note.filed', 'note.commented', 'note.amended', 'note.taken_in', 'note.done_taken_in'),
           n.body, NULL), e.undoes,
       coalesce(n.state = 'void', 0), n.template_id IS NOT NULL,
       (SELECT json_object('id', x.id, 'by', y.login, 'at', x.filed_at, 'body', x.body)
        FROM note x JOIN "user" y ON y.id = x.author_id
        WHERE x.amends_id = n.id AND x.state = 'filed' ORDER BY x.id DESC LIMIT 1),
       (SELECT json_group_array(json_array(x.id, x.filename, x.size)) FROM attachment x
        WHERE x.note_id = n.id AND x.deleted_at IS NULL)
FROM event e LEFT JOIN "user" u ON u.id = e.actor_id
LEFT JOIN note n ON e.entity = 'note' AND n.id = e.entity_id
"""
_NOTE_OF = "n.id = e.entity_id\n"
OPERATORS = 'SELECT login, name FROM "user" ORDER BY id'

_VIEW_SHARED = "(v.user_id = :me OR v.team_id IS NOT NULL)"
_VISIBLE = f"""
(CASE WHEN e.card_id IS NOT NULL
 THEN (:all AND :hidden IS NULL) OR EXISTS (SELECT 1 FROM card c WHERE c.id = e.card_id AND {owned("c.owner_id")})
  OR (:all AND {on_board("e.board_id")} AND NOT EXISTS (SELECT 1 FROM card c WHERE c.id = e.card_id))
 WHEN e.party_id IS NOT NULL
 THEN :party_all OR EXISTS (SELECT 1 FROM party p WHERE p.id = e.party_id AND {party_seen("p")})
 WHEN {of_step("e")} THEN e.actor_id = :me
  OR EXISTS (SELECT 1 FROM activity v WHERE v.id = e.entity_id AND ({takes_part("v")} OR {reached("v.assignee_id")}))
 WHEN e.entity = 'saved_filter' OR {put_back("e", "filter")} THEN e.actor_id = :me
  OR EXISTS (SELECT 1 FROM saved_filter v WHERE v.id = e.entity_id AND {_VIEW_SHARED})
 WHEN e.kind = 'data.exported' THEN e.actor_id = :me OR (:all AND :party_all AND :hidden IS NULL)
 ELSE {on_board("e.board_id")} END
 AND {TOLD})
"""
"""An event about a card is seen by who may see the card (of one that was taken back: the board where it was), one
about a person alone by who may see the person, one about a board's set-up by who may see the board; one about an
appointment with nobody by who takes part or reaches whose it is; one about a private one, or that it was undone, by who
takes part and who did it; one about a view that is not shared by whose it is. An export, whose filter and number of
rows are of what its author saw, is told to them and to who sees everything."""
_MEANT = """
(:kinds IS NULL OR EXISTS (SELECT 1 FROM json_each(:kinds) WHERE substr(e.kind, 1, length(value)) = value))
AND (:by IS NULL OR u.login IN (SELECT value FROM json_each(:by)))
AND (:since IS NULL OR e.at >= :since) AND (:until IS NULL OR e.at < :until)
"""
"""What a story is narrowed to, each only where it is given."""
OF_CARD = f"""{_ENTRY} WHERE e.card_id = :card_id AND e.id < :before AND {_MEANT} AND {_VISIBLE}
ORDER BY e.id DESC LIMIT :most
"""
OF_PARTY = f"""{_ENTRY}
WHERE e.id IN (
  SELECT x.id FROM event x WHERE x.party_id = :party_id
  UNION
  SELECT x.id FROM party m JOIN event x ON x.party_id = m.id WHERE m.merged_into_id = :party_id
  UNION
  SELECT x.id FROM card k JOIN event x ON x.card_id = k.id WHERE k.contact_id = :party_id
  UNION
  SELECT x.id FROM activity a JOIN note n ON n.activity_id = a.id
  JOIN event x ON x.entity = 'note' AND x.entity_id = n.id WHERE a.contact_id = :party_id
  UNION
  SELECT x.id FROM party_relation r JOIN event x ON x.entity = 'party_relation' AND x.entity_id = r.id
  WHERE r.organization_id = :party_id
) AND e.id < :before AND {_MEANT} AND {_VISIBLE}
ORDER BY e.id DESC LIMIT :most
"""
HOW_MANY_OF_CARD, HOW_MANY_OF_PARTY = (
    "SELECT count(*) FROM (SELECT 1 FROM event e"
    + sql.partition(_NOTE_OF)[2].replace("ORDER BY e.id DESC", "")
    + ")"
    for sql in (OF_CARD.replace(_MEANT, "1"), OF_PARTY.replace(_MEANT, "1"))
)
"""How many entries there are, up to `:most`."""
ALL = f"{_ENTRY} WHERE e.id < :before AND {_VISIBLE} ORDER BY e.id DESC LIMIT :most"
OF_BOARD = f"""{_ENTRY} WHERE e.board_id = :board_id AND e.id < :before AND {_VISIBLE}
ORDER BY e.id DESC LIMIT :most
"""
"""What happened on a board: to its cards while they were there, its stages and its settings. (K33)"""
OF_BATCH = f"{_ENTRY} WHERE e.batch = :batch AND {_VISIBLE} ORDER BY e.id DESC"
OF_ENTITY = f"""{_ENTRY}
WHERE e.entity = :entity AND e.entity_id = :entity_id AND e.id < :before AND {_VISIBLE}
ORDER BY e.id DESC LIMIT :most
"""
TOGETHER = """
SELECT e.params, e.reason FROM event n JOIN event e ON e.batch = n.batch AND e.kind = :kind AND +e.card_id = n.card_id
WHERE n.entity = 'note' AND n.entity_id = :note_id AND n.kind = :filed LIMIT 1
"""
"""What else happened in the batch in which a note was filed."""
NUMBERS = f"""
SELECT k.number FROM card k WHERE k.number IN (SELECT value FROM json_each(:named)) AND {on_board("k.board_id")}
"""
CODES = f"""
SELECT m.code FROM party m JOIN party p ON p.id = coalesce(m.merged_into_id, m.id)
WHERE m.code IN (SELECT value FROM json_each(:named)) AND {party_seen("p")}
"""
"""Those of these people whom the viewer sees, who was merged by the other."""
LATELY = """
SELECT e.party_id, e.card_id FROM event e WHERE e.actor_id = :me ORDER BY e.id DESC LIMIT :most
"""
"""What an operator changed last."""
_UNSEEN = "…"
"""What stands for the number of a card, or for somebody, that the reader may not know of."""
_OTHERS = frozenset({"code", "other", "merged"})
"""Under which names an event tells who else was meant."""
_SEEN_BY_ITSELF = f"""(e.entity <> 'batch' OR EXISTS (
  SELECT 1 FROM change y JOIN event e ON e.id = y.event_id
  WHERE y.table_name = x.table_name AND y.row_id = x.row_id AND e.entity <> 'batch' AND {_VISIBLE}))"""
"""An undo is about the first record of its batch, and changes those of all: each is shown to who may see one event of
its own."""
_WHY_AWAY_TOLD = """(x.table_name <> 'calendar_exception' OR :plan_all OR e.entity = 'calendar_day' OR EXISTS (
  SELECT 1 FROM (SELECT 1) LEFT JOIN calendar_exception d ON d.id = x.row_id
  WHERE coalesce(d.calendar_id, x.after ->> 'calendar_id', x.before ->> 'calendar_id') IS NOT NULL
  OR coalesce(d.user_id, x.after ->> 'user_id', x.before ->> 'user_id') IN
    (SELECT value FROM json_each(:plan_owners))))"""
"""Why somebody is away is told to who plans for them, as in the list of leave (`plan_all`, `plan_owners`); a day that
differs for all, to all."""
CHANGES = f"""
SELECT x.event_id, x.table_name, x.row_id, x.op, x.before, x.after FROM change x JOIN event e ON e.id = x.event_id
WHERE x.event_id IN (SELECT value FROM json_each(:ids)) AND {_VISIBLE}
AND (x.table_name <> 'activity' OR {step_told("x.row_id", "x.event_id")})
AND (e.kind <> 'party.merged' OR x.table_name IN ('party', 'contact_point', 'party_relation'))
AND {_SEEN_BY_ITSELF} AND {_WHY_AWAY_TOLD} ORDER BY x.id
"""
"""Of a merge what is the person's own: what else came along may lie behind a wall."""
LAST_TOUCH = f"""
SELECT coalesce(u.login, ''), e.at, e.kind, coalesce(e.params, '{{}}'), {_VISIBLE} FROM change c
JOIN event e ON e.id = c.event_id LEFT JOIN "user" u ON u.id = e.actor_id
WHERE c.table_name = :table AND c.row_id = :id AND e.batch <> :batch ORDER BY c.id DESC LIMIT 1
"""
"""Who changed a row last, outside of this batch, and whether the viewer may be told."""


def _by_the_batch(table: str, row: str) -> str:
    """This batch made the row, or took it from somebody within reach: what went out of sight by it comes back by it."""
    return f"""EXISTS (SELECT 1 FROM change x JOIN event y ON y.id = x.event_id
  WHERE y.batch = :batch AND x.table_name = '{table}' AND x.row_id = {row} AND (x.op = 'insert'
   OR json_type(x.before, '$.owner_id') IS NOT NULL AND {reached("(x.before ->> 'owner_id')")}))"""


BEYOND_CARDS = f"""
SELECT 1 FROM event e JOIN card c ON c.id = e.card_id
WHERE e.batch = :batch AND NOT {owned("c.owner_id")} AND NOT {_by_the_batch("card", "c.id")}
AND NOT ({of_step("e")} AND NOT EXISTS (SELECT 1 FROM activity v WHERE v.id = e.entity_id
  AND NOT ({takes_part("v")} OR {reached("v.assignee_id")})))
AND NOT EXISTS (SELECT 1 FROM event o WHERE o.batch = :batch AND o.card_id IS NULL AND o.board_id IS NOT NULL) LIMIT 1
"""
"""A card that a batch is about and the viewer sees no longer, but for one's own steps there. A set-up that moved cards
is judged as a set-up."""
BEYOND_PEOPLE = f"""
SELECT 1 FROM event e JOIN party p ON p.id = e.party_id
WHERE e.batch = :batch AND e.card_id IS NULL AND NOT ({party_seen("p")}) AND NOT {_by_the_batch("party", "p.id")}
LIMIT 1
"""
BEYOND_LEAVE = """
SELECT 1 FROM change x JOIN event e ON e.id = x.event_id LEFT JOIN calendar_exception d ON d.id = x.row_id
WHERE e.batch = :batch AND x.table_name = 'calendar_exception' AND NOT :plan_all
AND coalesce(d.calendar_id, x.after ->> 'calendar_id', x.before ->> 'calendar_id') IS NULL
AND coalesce(d.user_id, x.after ->> 'user_id', x.before ->> 'user_id', 0) NOT IN
  (SELECT value FROM json_each(:plan_owners)) LIMIT 1
"""
BEYOND_SET_UP = """
SELECT 1 FROM event e CROSS JOIN change x ON x.event_id = e.id
WHERE e.batch = :batch AND e.card_id IS NULL AND e.party_id IS NULL AND e.board_id IS NULL
AND x.table_name IN (SELECT value FROM json_each(:barred)) LIMIT 1
"""
"""Something in one of the tables `barred`, that belongs to no card, no person and no board."""
LAST_NOTES = f"""
SELECT n.id, n.filed_at, u.login, n.body, n.kind, t.name, r.name, r.tone
FROM note n JOIN "user" u ON u.id = n.author_id
LEFT JOIN card c ON c.id = n.card_id LEFT JOIN party p ON p.id = n.party_id
LEFT JOIN activity a ON a.id = n.activity_id LEFT JOIN action_type t ON t.id = a.action_type_id
LEFT JOIN result r ON r.id = a.result_id
WHERE n.card_id = :card_id AND n.state = 'filed'
AND NOT EXISTS (SELECT 1 FROM note x WHERE x.amends_id = n.id AND x.state = 'filed')
AND iif(c.id IS NOT NULL, {owned("c.owner_id")}, {party_seen("p")}) ORDER BY n.id DESC LIMIT :most
"""
LAST_NOTES_OF_PARTY = LAST_NOTES.replace(
    "n.card_id = :card_id",
    """n.id IN (SELECT id FROM note WHERE party_id = :party_id
 UNION SELECT x.id FROM card k JOIN note x ON x.card_id = k.id WHERE k.contact_id = :party_id
 UNION SELECT x.id FROM activity a JOIN note x ON x.activity_id = a.id WHERE a.contact_id = :party_id)""",
)
"""Of the person itself, of the cards of others for which it is the contact, and those of which it is itself. (T37)"""


def entries(connection: sqlite3.Connection, sql: str, params: Mapping[str, Any]) -> list[Entry]:
    """The timeline entries of a named query, the newest first."""
    rows = connection.execute(sql, params).fetchall()
    told = walled_words(connection, [row[8] or "{}" for row in rows], params)
    given = _answers(connection, [row[4] for row in rows if row[3] == "response"])
    return [
        tuple.__new__(
            Entry,
            (row[0], as_instant(row[1]))
            + row[2:8]
            + (words,)
            + row[9:13]
            + _of_note(row[11], *row[13:])
            + (given.get(row[4], ()) if row[3] == "response" else (),),
        )
        for row, words in zip(rows, told, strict=True)
    ]


def _answers(
    connection: sqlite3.Connection, responses: Sequence[int]
) -> Mapping[int, tuple[tuple[Question, Value], ...]]:
    """What was said in each of these answer sets, in the order of the questions; one query, none where there are none.
    Whoever sees the event sees its card, and so what was answered about it."""
    if not responses:
        return {}
    found: dict[int, tuple[tuple[Question, Value], ...]] = {}
    for response, value, *columns in connection.execute(forms.TOLD, {"responses": json.dumps(responses)}):
        found[response] = (*found.get(response, ()), (forms.question(columns), json.loads(value)))
    return found


def _of_note(
    body: str | None, void: int, standard: int, correction: str | None, files: str
) -> tuple[Any, ...]:
    """What has become of the note that an entry is about; of other entries nothing."""
    if body is None:
        return False, False, None, ()
    told = json.loads(correction) if correction is not None else None
    corrected = (
        Correction(told["id"], told["by"], as_instant(told["at"]), told["body"]) if told is not None else None
    )
    held = () if files == "[]" else tuple(NoteFile(*each) for each in json.loads(files))
    return bool(void), bool(standard), corrected, held


def walled_words(
    connection: sqlite3.Connection, params: Sequence[str], sight: Mapping[str, Any]
) -> list[Mapping[str, Any]]:
    """The parameters of events (JSON) as a viewer may read them: the number of another card that is behind a wall, or
    gone, is left out, and so is who else was meant, where the viewer does not see them. As a journey tells it; `sight`
    are the parameters of `scope.sight`."""
    told = [_told(each) for each in params]
    unseen: set[str] = set()
    for name, sql, free in (
        ("number", NUMBERS, sight["hidden"] is None),
        ("code", CODES, sight["party_all"]),
    ):
        named = set() if free else {each for words in told for each in _named(words, name)}
        if named:
            asked = {"named": json.dumps(sorted(named)), **sight}
            unseen |= named - {each for (each,) in connection.execute(sql, asked)}
    return [_without(words, unseen) for words in told]


def _named(words: Mapping[str, Any], name: str) -> list[str]:
    """The cards or people of this name among an event's words, and among those of the one that it undid."""
    inner = json.loads(words["what"])["params"] if "what" in words else {}
    return [*([words[name]] if name in words else []), *(_named(inner, name) if inner else [])]


def _without(words: Mapping[str, Any], unseen: Collection[str]) -> Mapping[str, Any]:
    if not unseen:
        return words
    found = dict(words)
    if found.get("number") in unseen:
        found["number"] = _UNSEEN
    if found.get("code") in unseen:
        found |= dict.fromkeys(_OTHERS & found.keys(), _UNSEEN)
    if "what" in found:
        inner = json.loads(found["what"])
        inner["params"] = _without(inner["params"], unseen)
        found["what"] = json.dumps(inner, ensure_ascii=False)
    return found


@lru_cache(maxsize=8192)
def _told(params: str) -> Mapping[str, Any]:
    """What an event's sentence is made of: a timeline is read again with every change, its past stays as it is."""
    found: Mapping[str, Any] = json.loads(params)
    return found


def changes(
    connection: sqlite3.Connection, event_ids: list[int], sight: Mapping[str, Any]
) -> dict[int, list[ChangeRow]]:
    """The row images under these events, where the viewer may see the event."""
    found: dict[int, list[ChangeRow]] = {}
    for event_id, table, row_id, op, before, after in connection.execute(
        CHANGES, {"ids": json.dumps(event_ids), **sight}
    ).fetchall():
        images = [None if image is None else json.loads(image) for image in (before, after)]
        found.setdefault(event_id, []).append(ChangeRow(table, row_id, op, *images))
    return found
