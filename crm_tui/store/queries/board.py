"""Boards, columns and one card."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from typing import Any

from crm_tui.domain.arrangement import By, Grouping
from crm_tui.domain.board import BoardCard, CardDetail, late, stale
from crm_tui.store.queries.sight import TOLD, on_board, owned, reached, told
from crm_tui.store.values import as_date, as_instant, local_day, zone_of

LISTED = "c.status IN ('open','paused') AND c.archived_at IS NULL AND c.deleted_at IS NULL"
OWNED = owned("c.owner_id")
REOPENED = "(c.reopen_mode IS NOT NULL AND c.status IN ('open','paused'))"
"""A card that was closed and is worked on again; closed once more it is as any other. (E64)"""
HOLDING = "iif(b.stale_held, c.next_due_on, NULL)"
"""The day of the next step that holds the days without update, where the board says so. (K21)"""
STALE = f"""(c.last_touch_at < json_extract(:stale_cuts, '$."' || s.stale_days || '"')
  AND NOT coalesce({HOLDING} >= :today, 0))"""
"""A card that stands still: the twin of `domain.board.stale`, held together by a test. `:stale_cuts` are those of
`services.core.stillness`."""
STALE_LIMITS = "SELECT stale_days FROM stage WHERE stale_days IS NOT NULL"

_BOARD = "SELECT id, name, kind, number_prefix, version, color, page_size, restricted FROM board"
BOARDS = f"{_BOARD} WHERE archived_at IS NULL AND {on_board('id')} ORDER BY position, id"
BY_USE = "SELECT id FROM board WHERE archived_at IS NULL ORDER BY kind <> 'lead', position, id"
"""The boards on one of which a new card begins that names none."""
BEGINS_ON = f"""
SELECT (SELECT s.board_id FROM stage s WHERE s.id = :stage_id AND {on_board("s.board_id")}),
       (SELECT t.board_id FROM card_template t WHERE t.id = :template_id AND {on_board("t.board_id")})
"""
"""The boards of a stage and of a base card that are named for a new card."""
STAGES = f"""
SELECT id, board_id, name, category, position, probability, stale_days, wip_limit, version, color FROM stage
WHERE board_id = :board_id AND archived_at IS NULL AND {on_board("board_id")} ORDER BY position, id
"""
STAGE_OF = "SELECT stage_id FROM card WHERE id = :card_id"
KEEPS_TIME = f"""
SELECT EXISTS (SELECT 1 FROM stage WHERE board_id = :board_id AND archived_at IS NULL AND {on_board("board_id")}
  AND (expected_days IS NOT NULL OR owner_rule <> 'seller'))
"""
STAGES_OF_ALL = f"""
SELECT s.id, s.board_id, s.name, s.category, s.position, s.probability, s.stale_days, s.wip_limit, s.version, s.color,
       b.name
FROM board b JOIN stage s ON s.board_id = b.id AND s.archived_at IS NULL
WHERE (:board_id IS NULL OR b.id = :board_id) AND b.archived_at IS NULL AND {on_board("b.id")}
ORDER BY b.position, b.id, s.position, s.id
"""
"""The stages of all boards in use, or of one, with the board's name."""
STAGE_SETTINGS = f"""
SELECT s.id, s.board_id, b.name, s.name, s.category, s.color, s.probability, s.stale_days, s.wip_limit, s.version,
       s.expected_days, s.progress_pct, s.owner_rule, s.default_user_id, u.name, s.profile_id, p.name,
       s.team_id, t.name, s.decision_question, s.decision_required,
       (SELECT count(*) FROM stage_gate g WHERE g.stage_id = s.id AND g.enabled = 1),
       (SELECT count(*) FROM stage_transition a WHERE a.from_stage_id = s.id)
FROM board b JOIN stage s ON s.board_id = b.id AND s.archived_at IS NULL
LEFT JOIN "user" u ON u.id = s.default_user_id LEFT JOIN profile p ON p.id = s.profile_id
LEFT JOIN team t ON t.id = s.team_id
WHERE b.archived_at IS NULL AND {on_board("b.id")} ORDER BY b.position, b.id, s.position, s.id
"""
"""The stages of all boards in use with everything that settings set of them."""
SETTINGS = f"""
SELECT b.id, b.name, b.kind, b.number_prefix, b.version, b.color, b.page_size, b.restricted,
       b.one_open_card_per_party, b.stale_held, t.id, t.name, s.id, s.name,
       b.archived_at IS NOT NULL,
       (SELECT count(*) FROM stage x WHERE x.board_id = b.id AND x.archived_at IS NULL),
       b.reopen_full, b.reopen_adjustment
FROM board b LEFT JOIN board t ON t.id = b.conversion_board_id AND {on_board("t.id")}
LEFT JOIN stage s ON s.id = b.conversion_stage_id AND {on_board("s.board_id")}
WHERE {on_board("b.id")} ORDER BY b.archived_at IS NOT NULL, b.position, b.id
"""
MEMBERS = f"""
SELECT m.id, m.board_id, b.name, b.restricted, m.user_id, u.login, u.name, u.active,
       m.can_view, m.can_attend, m.can_manage, m.version
FROM board_member m JOIN board b ON b.id = m.board_id JOIN "user" u ON u.id = m.user_id
WHERE b.archived_at IS NULL AND {on_board("m.board_id")} ORDER BY b.position, b.id, u.name, m.id
"""
TEMPLATES = f"""
SELECT t.id, t.board_id, b.name, t.name, t.description, t.payload, t.archived_at IS NOT NULL, t.version,
       (SELECT count(*) FROM attachment x WHERE x.entity = 'card_template' AND x.entity_id = t.id
        AND x.deleted_at IS NULL)
FROM card_template t JOIN board b ON b.id = t.board_id
WHERE b.archived_at IS NULL AND {on_board("t.board_id")} AND (:board_id IS NULL OR t.board_id = :board_id)
ORDER BY t.archived_at IS NOT NULL, b.position, b.id, t.position, t.id
"""
LABELS_FOR = """
SELECT id, name, color, active FROM label WHERE board_id IS NULL OR board_id = :board_id
ORDER BY board_id IS NOT NULL, position, id
"""
LABEL_NAMES = "SELECT id, name FROM label"
LOSS_REASONS = "SELECT id, name, requires_note FROM loss_reason WHERE active = 1 ORDER BY position, id"
EVERY_LOSS_REASON = "SELECT id, name, requires_note, active, version FROM loss_reason ORDER BY position, id"
STATS = """
SELECT stage_id, sum(n), sum(total) FROM stage_stat
WHERE stage_id IN (SELECT id FROM stage WHERE board_id = :board_id) AND status IN ('open','paused')
AND (:all OR (:unowned AND owner_id = 0) OR owner_id IN (SELECT value FROM json_each(:owners)))
GROUP BY stage_id
"""
_CARD = f"""
SELECT c.id, c.number, c.title, p.name, u.login, c.status, c.next_due_on, c.next_start_at, c.next_internal_on,
       c.value_one_off + c.value_recurring, c.last_touch_at, s.stale_days, c.stage_due_on,
       {REOPENED}, c.version, c.rank, c.archived_at IS NOT NULL, {HOLDING}, s.name, s.probability,
       c.snoozed_until
FROM card c JOIN stage s ON s.id = c.stage_id JOIN board b ON b.id = c.board_id
LEFT JOIN party p ON p.id = c.party_id LEFT JOIN "user" u ON u.id = c.owner_id
"""
COLUMN = f"""{_CARD}
WHERE c.stage_id = :stage_id AND (c.rank, c.id) > (:rank, :after) AND {LISTED} AND {OWNED}
ORDER BY c.rank, c.id LIMIT :most
"""
CARDS = f"{_CARD} WHERE c.id IN (SELECT value FROM json_each(:ids)) AND {OWNED}"
STILL_THERE = f"""
SELECT c.id FROM card c WHERE c.id IN (SELECT value FROM json_each(:ids)) AND c.deleted_at IS NULL AND {OWNED}
"""
RANKS_ABOVE = f"""
SELECT c.rank FROM card c WHERE c.stage_id = :stage_id AND (c.rank, c.id) < (:rank, :id) AND {LISTED}
ORDER BY c.rank DESC, c.id DESC LIMIT :most
"""
RANKS_BELOW = f"""
SELECT c.rank FROM card c WHERE c.stage_id = :stage_id AND (c.rank, c.id) > (:rank, :id) AND {LISTED}
ORDER BY c.rank, c.id LIMIT :most
"""
RANKS_LAST = f"SELECT max(c.rank) FROM card c WHERE c.stage_id = :stage_id AND {LISTED}"

ONE = f"""
SELECT c.id, c.number, c.kind, c.title, c.status, c.description,
       c.board_id, b.name, c.stage_id, s.name, s.category, coalesce(c.probability, s.probability),
       c.party_id, p.name, c.contact_id, k.name, c.owner_id, u.login,
       c.value_one_off, c.value_recurring, c.expected_close_on, c.opened_at, c.closed_on,
       {REOPENED}, c.stage_due_on, c.last_touch_at, s.stale_days,
       c.next_activity_id, iif({told("a")}, a.subject, ''), c.next_due_on, c.next_start_at, c.next_internal_on,
       a.action_type_id, c.snoozed_until, c.version, c.probability, c.stage_due_on,
       (SELECT v.entered_at FROM stage_visit v WHERE v.card_id = c.id AND v.left_at IS NULL
        ORDER BY v.id DESC LIMIT 1),
       c.archived_at, c.converted_at, c.interest_level, c.channel_id, ch.name,
       c.stage_owner_id, w.login, s.progress_pct, c.reopen_mode, c.offer_id, f.name, coalesce(f.active, 1),
       c.medium_id, cm.name, c.referrer_id, rf.name, c.case_type_id, y.name, c.campaign_id, cg.name,
       c.media_id, ms.name, {HOLDING}
FROM card c JOIN board b ON b.id = c.board_id JOIN stage s ON s.id = c.stage_id
LEFT JOIN party p ON p.id = c.party_id LEFT JOIN party k ON k.id = c.contact_id
LEFT JOIN "user" u ON u.id = c.owner_id LEFT JOIN activity a ON a.id = c.next_activity_id
LEFT JOIN channel ch ON ch.id = c.channel_id LEFT JOIN "user" w ON w.id = c.stage_owner_id
LEFT JOIN offer f ON f.id = c.offer_id LEFT JOIN contact_medium cm ON cm.id = c.medium_id
LEFT JOIN party rf ON rf.id = c.referrer_id LEFT JOIN case_type y ON y.id = c.case_type_id
LEFT JOIN campaign cg ON cg.id = c.campaign_id LEFT JOIN media_source ms ON ms.id = c.media_id
WHERE c.id = :id AND c.deleted_at IS NULL AND {OWNED}
"""
BY_NUMBER = "SELECT id FROM card WHERE number = :number AND deleted_at IS NULL"
BY_NUMBERS = f"""
SELECT c.id FROM json_each(:numbers) n CROSS JOIN card c ON c.number = n.value
WHERE c.deleted_at IS NULL AND {OWNED}
"""
PREFIXES = "SELECT DISTINCT number_prefix FROM board ORDER BY number_prefix LIMIT 100"
FOUND_BY_WORDS = f"""
SELECT c.id, c.title_key, c.owner_id IS :me, c.status IN ('open','paused') AND c.archived_at IS NULL
FROM (SELECT rowid AS id FROM card_fts WHERE words MATCH :match ORDER BY rowid DESC LIMIT :read) f
CROSS JOIN card c ON c.id = f.id
WHERE c.deleted_at IS NULL AND {OWNED} LIMIT :most
"""
"""The newest first; at most `read` of those that have the words are looked at."""
OF_PARTY = f"""
SELECT c.id FROM card c WHERE (c.party_id = :party_id OR c.contact_id = :party_id OR c.party_id IN
  (SELECT organization_id FROM party_relation WHERE person_id = :party_id AND ended_on IS NULL))
AND c.deleted_at IS NULL AND {OWNED}
ORDER BY c.status NOT IN ('open','paused') OR c.archived_at IS NOT NULL, c.next_due_on IS NULL, c.next_due_on,
  c.id DESC LIMIT :most
"""
LOADS = f"""
SELECT u.id, u.name, u.login,
  CASE WHEN {reached("u.id")} THEN
    (SELECT coalesce(sum(t.n), 0) FROM stage s CROSS JOIN stage_stat t
     ON t.stage_id = s.id AND t.owner_id = u.id AND t.status IN ('open','paused')
     WHERE {on_board("s.board_id")}) END,
  CASE WHEN {reached("u.id")} THEN
    (SELECT count(*) FROM card c WHERE c.owner_id = u.id AND c.next_due_on = :today AND {LISTED}
     AND {on_board("c.board_id")}) END
FROM "user" u JOIN profile p ON p.id = u.profile_id
WHERE u.active = 1 AND (p.is_admin = 1 OR EXISTS
  (SELECT 1 FROM profile_permission g WHERE g.profile_id = p.id AND g.key = :attend AND g.scope <> 'none'))
ORDER BY u.name
"""
"""An operator's cards are all seen or none, but for boards that are hidden; open ones come from the counters."""
_KIN_SEEN = owned("k.owner_id")
JOURNEY = f"""
SELECT k.id, k.number, iif({_KIN_SEEN}, k.title, ''), k.kind, b.name, s.name, k.status,
  CASE WHEN k.id = c.origin_card_id THEN 'origin' WHEN k.origin_card_id = c.id THEN 'made' ELSE 'kin' END,
  {_KIN_SEEN}
FROM card c
JOIN card k ON k.id = coalesce(c.journey_id, c.id) OR k.journey_id = coalesce(c.journey_id, c.id)
JOIN board b ON b.id = k.board_id JOIN stage s ON s.id = k.stage_id
WHERE c.id = :id AND c.deleted_at IS NULL AND {OWNED} AND k.id <> c.id AND k.deleted_at IS NULL
  AND {on_board("k.board_id")}
ORDER BY k.id LIMIT 50
"""
"""The cards of one journey beside the one asked about; of those that one may not see, the number and where; of those
behind a wall, nothing."""
IDLE = f"""
SELECT c.last_touch_at, s.stale_days, {HOLDING}, iif({TOLD}, e.kind, ''), iif({TOLD}, e.params, '{{}}'), u.login
FROM card c JOIN stage s ON s.id = c.stage_id JOIN board b ON b.id = c.board_id
LEFT JOIN event e ON e.id = c.last_touch_event_id LEFT JOIN "user" u ON u.id = e.actor_id
WHERE c.id = :id AND c.deleted_at IS NULL AND {OWNED}
"""
DELETED_BY = """
SELECT coalesce(u.login, '—') FROM event e LEFT JOIN "user" u ON u.id = e.actor_id
WHERE e.card_id = :card_id AND e.kind = 'card.deleted' ORDER BY e.id DESC LIMIT 1
"""
GONE = f"""
SELECT c.number, c.title, ({DELETED_BY.replace(":card_id", "c.id")}), c.deleted_at FROM card c
WHERE c.id = :id AND c.deleted_at IS NOT NULL AND {OWNED}
"""
GOES_ON = f"""
SELECT b.conversion_board_id, t.name, b.conversion_stage_id, s.name FROM card c JOIN board b ON b.id = c.board_id
JOIN board t ON t.id = b.conversion_board_id AND t.archived_at IS NULL
LEFT JOIN stage s ON s.id = b.conversion_stage_id AND s.archived_at IS NULL
WHERE c.id = :id AND {OWNED} AND {on_board("t.id")}
"""
# --- the time in stages: what a look at a board reads is bounded by `:most`, and comes in the order of an index (M35)

STAYS_OF_CARD = f"""
SELECT v.id, v.stage_id, s.name, s.category, v.entered_at, v.left_at,
       coalesce(v.due_on, iif(v.left_at IS NULL AND v.stage_id = c.stage_id, c.stage_due_on, NULL)), s.expected_days,
       coalesce(o.login, u.login), m.login
FROM card c CROSS JOIN stage_visit v ON v.card_id = c.id CROSS JOIN stage s ON s.id = v.stage_id
LEFT JOIN "user" o ON o.id = v.owner_id LEFT JOIN "user" u ON u.id = c.owner_id
LEFT JOIN "user" m ON m.id = v.moved_by_id
WHERE c.id = :id AND c.deleted_at IS NULL AND {OWNED} AND {on_board("s.board_id")} ORDER BY v.id DESC LIMIT :most
"""
"""Whose owner is not kept was answered for by the card's. Stages of boards that one may not see are left out."""
TIMED_STAGES = f"""
SELECT id, name, expected_days FROM stage
WHERE board_id = :board_id AND archived_at IS NULL AND category IN ('open','paused') AND {on_board("board_id")}
ORDER BY position, id
"""
STAYS_ENDED = f"""
SELECT v.entered_at, v.left_at FROM stage_visit v CROSS JOIN card c ON c.id = v.card_id
WHERE v.stage_id = :stage_id AND v.left_at >= :since AND c.deleted_at IS NULL AND {OWNED}
ORDER BY v.left_at DESC LIMIT :most
"""
STAYS_LASTING = f"""
SELECT v.entered_at, coalesce(c.stage_due_on < :today, 0), c.id
FROM stage_visit v CROSS JOIN card c ON c.id = v.card_id
WHERE v.stage_id = :stage_id AND v.left_at IS NULL AND c.stage_id = :stage_id AND {LISTED} AND {OWNED}
ORDER BY v.entered_at LIMIT :most
"""
"""The longest first."""
STAYS_NOW = """
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
SELECT u.id, (SELECT count(*) FROM card c WHERE c.stage_owner_id = u.id AND {LISTED})
  + (SELECT count(*) FROM card c WHERE c.owner_id = u.id AND c.stage_owner_id IS NULL AND {LISTED})
FROM "user" u WHERE u.active = 1 AND (u.profile_id = :profile_id OR u.team_id = :team_id)
"""
"""Of a profile or a team, for how many open cards each answers. Asked for each card that arrives, with the writer held:
of 300,000 cards and 40 people 30 ms by two indexes, 12 s by the one expression that says the same.
"""


def _board_card(row: tuple[Any, ...], zone: tzinfo, today: date) -> BoardCard:
    return tuple.__new__(  # not `_make`: its call is a twentieth of the whole query
        BoardCard,
        row[:6]
        + (
            row[6] and as_date(row[6]),
            row[7] and as_instant(row[7]),
            row[8] and as_date(row[8]),
            row[9],
            None if row[11] is None else stale(local_day(row[10], zone), row[11], today, as_date(row[17])),
            None if row[12] is None else late(as_date(row[12]), today),
            row[13] == 1,
        )
        + row[14:16]
        + (row[16] == 1,)
        + row[18:20]
        + (row[20] and as_instant(row[20]),),
    )


def cards(
    connection: sqlite3.Connection, sql: str, params: Mapping[str, Any], now: datetime, today: date
) -> list[BoardCard]:
    """The cards of a named query; days are counted at `now`, on its clock."""
    zone = zone_of(now)
    return [_board_card(row, zone, today) for row in connection.execute(sql, params).fetchall()]


def one(
    connection: sqlite3.Connection, params: Mapping[str, Any], now: datetime, today: date
) -> CardDetail | None:
    """One card whole, or None if there is none or it may not be seen."""
    row = connection.execute(ONE, params).fetchone()
    if row is None:
        return None
    opened = as_instant(row[21])
    touched = as_instant(row[25])
    assert opened is not None
    assert touched is not None
    columns = (
        *row[:20],
        as_date(row[20]),
        opened,
        as_date(row[22]),
        bool(row[23]),
        late(as_date(row[24]), today),
        touched,
        stale(local_day(row[25], zone_of(now)), row[26], today, as_date(row[-1])),
        *row[27:29],
        as_date(row[29]),
        as_instant(row[30]),
        as_date(row[31]),
        row[32],
        as_instant(row[33]),
        *row[34:36],
        as_date(row[36]),
        as_instant(row[37]),
        as_instant(row[38]),
        as_instant(row[39]),
        *row[40:49],
        bool(row[49]),
        *row[50:-1],
    )
    return CardDetail(*columns)


# --- a board that does not stand by hand, or whose columns are not its stages: one pass gives every column's ids

_ORDERS: dict[By, str] = {
    By.HAND: "s.position, s.id, c.rank",
    By.VALUE: "c.value_one_off + c.value_recurring {way}",
    By.DUE: "c.next_due_on IS NULL, c.next_due_on {way}, c.next_start_at IS NULL, c.next_start_at {way}",
    By.NAME: "c.title_key {way}",
    By.PARTY: "p.name_key IS NULL, p.name_key {way}, c.title_key",
    By.AGE: "c.opened_at {way}",
}
"""What has no date, or nobody whom it is about, comes last either way."""
_COLUMNS: dict[Grouping, str] = {
    Grouping.STAGE: "c.stage_id",
    Grouping.OWNER: "coalesce(c.owner_id, 0)",
    Grouping.DUE: "c.next_due_on, c.next_start_at, c.next_internal_on, c.status IN ('open','paused')",
    Grouping.LABEL: "coalesce(l.label_id, 0)",
}


def arranged(group: Grouping, by: By, *, descending: bool, chosen: bool = False) -> str:
    """Id, cents, chance and column of every open card of a board, in order; by due state what the state is told from.
    `chosen`: of the cards `:ids` (a JSON array), closed and archived ones too.

    Sorted here and not by an index: it is asked once for each look at the board, beside the screen where there is
    much, and pages are read by id. 10,000 cards take 20 ms.
    """
    way = "DESC" if descending and by is not By.HAND else ""
    order = _ORDERS[by].format(way=way)
    labels = "LEFT JOIN card_label l ON l.card_id = c.id" if group is Grouping.LABEL else ""
    people = "LEFT JOIN party p ON p.id = c.party_id" if by is By.PARTY else ""
    begin = (
        "json_each(:ids) f CROSS JOIN card c ON c.id = f.value CROSS JOIN stage s ON s.id = c.stage_id"
        if chosen
        else "stage s CROSS JOIN card c ON c.stage_id = s.id"
    )
    return f"""
SELECT c.id, c.value_one_off + c.value_recurring, coalesce(s.probability, 0), {_COLUMNS[group]}
FROM {begin} {people} {labels}
WHERE s.board_id = :board_id AND s.archived_at IS NULL AND {"c.deleted_at IS NULL" if chosen else LISTED} AND {OWNED}
ORDER BY {order}, c.id {way}
"""


PAGE_SIZE = "SELECT page_size FROM board WHERE id = :board_id"
OWNERS = 'SELECT id, name FROM "user" WHERE id IN (SELECT value FROM json_each(:ids)) ORDER BY name, id'
LABELS = f"""
SELECT id, name FROM label
WHERE ((board_id IS NULL OR board_id = :board_id) AND active = 1 AND {on_board("board_id")})
OR id IN (SELECT value FROM json_each(:ids)) ORDER BY board_id IS NULL, position, id
"""
