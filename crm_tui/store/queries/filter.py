"""What filters ask beside the lists' own queries: names of things, the cards of a board, values counted, saved views.

`{also}` is the condition that `store.filters` makes of a tree. The cards that are looked at are bounded by `:most`.
"""

from __future__ import annotations

from collections.abc import Mapping

from crm_tui.store.queries.board import LISTED, OWNED
from crm_tui.store.queries.party import LIVE
from crm_tui.store.queries.sight import on_board, owned, party_seen

BOARD_SEEN = f"b.archived_at IS NULL AND {on_board('b.id')}"
NAMES: Mapping[str, str] = {
    "user": """SELECT u.id, u.name, u.login, '' FROM "user" u
WHERE (u.active = 1 OR u.id IN (SELECT owner_id FROM stage_stat WHERE n > 0)) AND (:users OR u.id = :me)
ORDER BY u.id <> :me, u.name""",
    "team": "SELECT t.id, t.name, '', '' FROM team t ORDER BY t.name",
    "board": f"SELECT b.id, b.name, '', '' FROM board b WHERE {BOARD_SEEN} ORDER BY b.position, b.id",
    "stage": f"""SELECT s.id, s.name, '', b.name FROM stage s JOIN board b ON b.id = s.board_id
WHERE s.archived_at IS NULL AND {BOARD_SEEN} ORDER BY b.position, b.id, s.position, s.id""",
    "label": f"""SELECT l.id, l.name, '', coalesce(b.name, '') FROM label l LEFT JOIN board b ON b.id = l.board_id
WHERE l.active = 1 AND (b.id IS NULL OR {BOARD_SEEN}) ORDER BY l.position, l.id""",
    "reason": "SELECT r.id, r.name, '', '' FROM loss_reason r ORDER BY r.active DESC, r.position, r.id",
    "channel": "SELECT h.id, h.name, '', '' FROM channel h ORDER BY h.active DESC, h.position, h.id",
    "class": "SELECT k.id, k.name, '', '' FROM party_class k ORDER BY k.active DESC, k.position, k.id",
    "source": "SELECT h.id, h.name, '', '' FROM media_source h ORDER BY h.active DESC, h.position, h.id",
    "medium": "SELECT m.id, m.name, '', '' FROM contact_medium m ORDER BY m.active DESC, m.position, m.id",
    "offer": f"""SELECT o.id, o.name, '', '' FROM offer o WHERE {on_board("o.board_id")}
ORDER BY o.active DESC, o.position, o.id""",
    "campaign": "SELECT g.id, g.name, '', '' FROM campaign g ORDER BY g.active DESC, g.position, g.id",
    "case": f"""SELECT y.id, y.name, '', '' FROM case_type y WHERE {on_board("y.board_id")}
ORDER BY y.active DESC, y.position, y.id""",
    "detail": """SELECT d.id, d.name, '', r.name FROM result_detail d JOIN result r ON r.id = d.result_id
ORDER BY d.active DESC, r.position, d.position, d.id""",
    "action": "SELECT y.id, y.name, '', '' FROM action_type y ORDER BY y.active DESC, y.position, y.id",
    "result": "SELECT r.id, r.name, '', '' FROM result r ORDER BY r.active DESC, r.position, r.id",
}
"""Id, name, login and what it lies in of the things that may be seen, the likeliest first."""

HELD = """
SELECT t.stage_id, sum(t.n) FROM stage s CROSS JOIN stage_stat t
ON t.stage_id = s.id AND t.status IN ('open','paused') WHERE s.board_id = :board_id GROUP BY t.stage_id
"""
_ONE = "c.id, c.value_one_off + c.value_recurring"
COLUMNS = f"""
SELECT {_ONE}, {{sort}}, c.stage_id FROM card c INDEXED BY ix_card_stage_rank
WHERE c.stage_id IN (SELECT id FROM stage WHERE board_id = :board_id) AND {LISTED} AND {OWNED} AND {{also}}
ORDER BY c.stage_id, c.rank, c.id
"""
"""All columns at once: what a condition works out beforehand is worked out once."""
COLUMN_BEGUN = f"""
SELECT {_ONE}, {{sort}} FROM (
  SELECT k.id FROM card k INDEXED BY ix_card_stage_rank
  WHERE k.stage_id = :stage_id AND {LISTED.replace("c.", "k.")} ORDER BY k.rank, k.id LIMIT :most
) f CROSS JOIN card c ON c.id = f.id WHERE {OWNED} AND {{also}}
"""
"""The first cards of a column alone: where a board holds more than are looked at."""
BOARD = f"""
SELECT {_ONE}, {{sort}}, c.stage_id, c.rank FROM (
  SELECT k.id FROM card k INDEXED BY ix_card_board WHERE k.board_id = :board_id ORDER BY k.id DESC LIMIT :most
) f CROSS JOIN card c ON c.id = f.id WHERE c.deleted_at IS NULL AND {OWNED} AND {{also}}
"""
"""Closed and archived ones too, the newest first."""
BEYOND = """
SELECT count(*) > :most FROM (
  SELECT 1 FROM card k INDEXED BY ix_card_board WHERE k.board_id = :board_id LIMIT :most + 1)
"""
CARDS = f"SELECT c.id, {{sort}} FROM card c WHERE c.deleted_at IS NULL AND {OWNED} AND {{also}} LIMIT :most"
CARDS_OF_BOARD = CARDS.replace("WHERE", "WHERE c.board_id = :board_id AND", 1)
PEOPLE = f"""
SELECT p.id, {{sort}} FROM party p WHERE {LIVE} AND p.id > :floor AND {party_seen("p")} AND {{also}}
ORDER BY p.id DESC LIMIT :most
"""
PEOPLE_ORDERED = f"""
SELECT p.id FROM party p WHERE p.deleted_at IS NULL AND +p.merged_into_id IS NULL AND {party_seen("p")} AND {{also}}
ORDER BY {{order}}, p.id DESC LIMIT :most
"""
"""Everybody in another order than the newest first: by an index, or by the first so many of a sort. The index of those
who were merged, which nearly nobody is, would have everybody sorted."""
NEWEST_PERSON = "SELECT coalesce(max(id), 0) FROM party"
PEOPLE_NAMED = f"""
SELECT p.id, {{sort}} FROM party p WHERE p.id IN (SELECT f.rowid FROM party_fts f WHERE f.words MATCH :match)
AND {LIVE} AND {party_seen("p")} AND {{also}} ORDER BY p.id DESC LIMIT :most
"""
"""Those whom a word of the filter names: looked for among all people."""

COUNTS: Mapping[str, str] = {
    "owner": "c.owner_id",
    "board": "c.board_id",
    "stage": "c.stage_id",
    "status": "c.status",
    "kind": "c.kind",
    "channel": "c.channel_id",
    "source": "c.media_id",
    "campaign": "c.campaign_id",
    "case": "c.case_type_id",
    "offer": "c.offer_id",
    "medium": "c.medium_id",
    "reason": "c.loss_reason_id",
    "label": "l.label_id",
    "member": "m.user_id",
}
COUNTED = f"""
SELECT {{value}}, min(count(*), 500) FROM (
  SELECT k.id FROM card k WHERE {{within}} AND {LISTED.replace("c.", "k.")} AND {owned("k.owner_id")} LIMIT 20000
) f CROSS JOIN card c ON c.id = f.id {{joined}} GROUP BY 1
"""
JOINED = {
    "label": "JOIN card_label l ON l.card_id = c.id",
    "member": "JOIN card_member m ON m.card_id = c.id",
}
WITHIN = {"owner": "k.owner_id IS :owner_id", "board": "k.board_id = :board_id", "": "1"}
"""How many of the cards of a list have each value, for what completion shows beside it."""

_VIEW = """
SELECT v.id, v.name, v.place, v.query, v.shortcut, u.login, v.user_id = :me, v.team_id IS NOT NULL, v.version
FROM saved_filter v JOIN "user" u ON u.id = v.user_id
"""
_MINE = '(v.user_id = :me OR v.team_id = (SELECT team_id FROM "user" WHERE id = :me))'
SAVED = f"""{_VIEW} WHERE {_MINE} AND (:place = '' OR v.place = :place)
ORDER BY v.user_id <> :me, v.shortcut IS NULL, v.shortcut, v.name, v.id
"""
OWN = f"{_VIEW} WHERE v.user_id = :me AND v.place = :place ORDER BY v.id"
OWN_FIELDS = f"""
SELECT d.key, d.type FROM form f CROSS JOIN field_def d ON d.form_id = f.id AND d.to_revision IS NULL
WHERE f.active = 1 AND (f.on_person = 1 OR (f.on_card = 1 AND :cards)) AND {on_board("f.board_id")}
ORDER BY f.position DESC, f.id DESC, d.position DESC, d.id DESC
"""
"""The keys and types of fields of one's own that a filter may ask of people, and of cards: of those of one key the
first stands last."""
