"""The queue of the day: one index-ordered arm per due state, and the rows of a page by id.

The conditions of the arms are the SQL twin of `domain.due.due_state`; a property test holds the two together.
Civil dates and instants are bound as text; `:today`, `:day_start` and `:day_end` are the viewer's day.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from crm_tui.domain.board import late, stale
from crm_tui.domain.due import DueState
from crm_tui.domain.followup import QueueRow
from crm_tui.store.queries.board import HOLDING, LISTED, REOPENED, STALE
from crm_tui.store.queries.sight import on_stage, owned, told, walled
from crm_tui.store.values import as_date, as_instant, local_day, zone_of

CARD_COLUMNS = {"due": "c.next_due_on", "start": "c.next_start_at", "internal": "c.next_internal_on"}
STEP_COLUMNS = {"due": "a.due_on", "start": "a.start_at", "internal": "a.internal_on"}

_OVERDUE = (
    "{due} <= :after AND (({start} IS NULL AND {due} < :today) OR {start} <= :now OR {start} < :day_start)"
)
_TODAY_TIMED = (
    "{due} BETWEEN :before AND :after AND {start} > :now AND {start} >= :day_start AND {start} < :day_end"
)
_TODAY_PLAIN = "{due} = :today AND {start} IS NULL"
_LATER = (
    "{due} >= :before AND (({start} IS NULL AND {due} > :today) OR ({start} > :now AND {start} >= :day_end))"
)
_INTERNAL = "{internal} <= :today AND " + _LATER
_OPEN = _LATER + " AND ({internal} IS NULL OR {internal} > :today)"
_NONE = "{due} IS NULL"

ARMS: tuple[tuple[DueState, str], ...] = (
    (DueState.OVERDUE, _OVERDUE),
    (DueState.TODAY, _TODAY_TIMED),
    (DueState.TODAY, _TODAY_PLAIN),
    (DueState.INTERNAL, _INTERNAL),
    (DueState.OPEN, _OPEN),
    (DueState.NONE, _NONE),
)
"""In the order in which the list shows them; each is one range of one index.

`:before` and `:after` are two days round the viewer's: a timed step's `due_on` is its day on its assignee's
clock, and the world's clocks are up to 26 hours apart.
"""

CLOSED = "c.status NOT IN ('open','paused') AND c.archived_at IS NULL AND c.deleted_at IS NULL"
ALONE = "a.stands_alone = 1 AND a.state = 'planned' AND a.deleted_at IS NULL"

_MINE, _MY_STEP = walled("c", "owner_id"), f"({walled('a', 'assignee_id')} AND {told('a')})"
_CARD_HEAD = "SELECT c.id, c.next_due_on, c.next_start_at, c.value_one_off + c.value_recurring FROM card c"
_STEP_HEAD = """SELECT -a.id, a.due_on, a.start_at,
  coalesce((SELECT k.value_one_off + k.value_recurring FROM card k WHERE k.id = a.card_id), 0) FROM activity a"""
_BY_DUE = "ORDER BY {due}, {start}, {id}"


def card_arm(condition: str, *, one: bool, also: str = "1") -> str:
    """The cards of one arm: of one owner (`:owner_id`, NULL for nobody), or of all within reach; `also` is a filter's
    condition."""
    index, whose = _cards_of(one)
    arm = condition.format(**CARD_COLUMNS)
    return (
        f"{_CARD_HEAD} INDEXED BY {index} WHERE {whose} AND {LISTED} AND {arm} AND {also} "
        f"{_BY_DUE.format(**CARD_COLUMNS, id='c.id')}"
    )


def _cards_of(one: bool) -> tuple[str, str]:
    if one:
        return "ix_card_owner_due", f"c.owner_id IS :owner_id AND {_MINE}"
    return "ix_card_due", owned("c.owner_id")


def step_arm(condition: str, *, one: bool, also: str = "") -> str:
    """The steps that no card of their assignee's own shows: of one assignee, or of all within reach; `also` is a
    filter's condition, which reads the step's card as `c`."""
    whose = (
        f"a.assignee_id = :owner_id AND {_MY_STEP}" if one else f"{owned('a.assignee_id')} AND {told('a')}"
    )
    joined = "LEFT JOIN card c ON c.id = a.card_id AND c.deleted_at IS NULL " if also else ""
    return (
        f"{_STEP_HEAD} INDEXED BY ix_activity_alone {joined}WHERE {whose} AND {ALONE} "
        f"AND {condition.format(**STEP_COLUMNS)} AND {also or '1'} {_BY_DUE.format(**STEP_COLUMNS, id='a.id')}"
    )


_CLOSED_HEAD = "SELECT c.id, c.closed_on, NULL, c.value_one_off + c.value_recurring FROM card c"
_ARCHIVED_HEAD = """SELECT c.id, iif(c.status IN ('open','paused'), c.next_due_on, c.closed_on), c.next_start_at,
  c.value_one_off + c.value_recurring, c.status, c.next_internal_on FROM card c"""


def closed_arm(*, one: bool, also: str = "1") -> str:
    """The closed cards, the latest first."""
    _, whose = _cards_of(one)
    return f"{_CLOSED_HEAD} WHERE {whose} AND {CLOSED} AND {also} ORDER BY c.closed_on DESC, c.id DESC"


def archived_arm(*, one: bool, also: str = "1") -> str:
    """The archived cards, with what their state follows from; only a filter asks for them."""
    _, whose = _cards_of(one)
    return (
        f"{_ARCHIVED_HEAD} INDEXED BY ix_card_archived WHERE {whose} AND c.archived_at IS NOT NULL "
        f"AND c.deleted_at IS NULL AND {also}"
    )


HEADS_OF_CARDS = f"""
{_CARD_HEAD} WHERE c.id IN (SELECT value FROM json_each(:ids)) AND c.deleted_at IS NULL AND {owned("c.owner_id")}
ORDER BY c.next_due_on IS NULL, {_BY_DUE.format(**CARD_COLUMNS, id="c.id").removeprefix("ORDER BY ")}
"""
CLOSED_ONE, CLOSED_MANY = closed_arm(one=True), closed_arm(one=False)
SORTED_BY = "SELECT {key}, {sort} FROM {rows} WHERE {id} IN (SELECT value FROM json_each(:ids))"
"""One value of each row, which a filter sorts by."""
SORTED_ROWS = {
    "cards": ("card c", "c.id"),
    "steps": ("activity a LEFT JOIN card c ON c.id = a.card_id AND c.deleted_at IS NULL", "a.id"),
}

COUNT = (
    "SELECT count(*) FROM (SELECT 1 FROM card c INDEXED BY ix_card_owner_due "
    f"WHERE c.owner_id = :owner_id AND {{listed}} AND {{condition}} AND {_MINE} LIMIT 1000)"
)
COUNT_STEPS = (
    "SELECT count(*) FROM (SELECT 1 FROM activity a "
    f"WHERE a.assignee_id = :owner_id AND {{alone}} AND {{condition}} AND {_MY_STEP} LIMIT 1000)"
)
STILL_TODAY = (
    " AND c.status = 'open' AND (c.snoozed_until IS NULL OR c.snoozed_until < :day_end)",
    " AND (a.snoozed_until IS NULL OR a.snoozed_until < :day_end)",
)
"""On cards and on steps: neither resting nor put off to another day."""

_STEP_SEEN = f"(({owned('a.assignee_id')} OR ({owned('c.owner_id')} AND c.id IS NOT NULL)) AND {told('a')})"
"""A step is seen by whoever may see its assignee's work or its card; a private one by who takes part."""
_SUBJECT = f"iif({told('a')}, a.subject, NULL)"

_ROW = """
SELECT {key}, c.id, a.id, c.number, coalesce(c.title, a.subject), {subject},
       coalesce(c.party_id, a.party_id), p.name, {owner}, u.login, b.name, s.name, coalesce(c.status, 'open'),
       {due}, {start}, {internal}, coalesce(c.value_one_off + c.value_recurring, 0),
       c.last_touch_at, s.stale_days, c.stage_due_on, {reopened}, coalesce(c.version, a.version),
       a.version, {snoozed}, {holding}
"""
_FLAG = {"reopened": REOPENED}
_CARD_KEY = {"subject": _SUBJECT, "key": "c.id", "owner": "c.owner_id", "snoozed": "c.snoozed_until"}
_STEP_KEY = {"subject": "a.subject", "key": "-a.id", "owner": "a.assignee_id", "snoozed": "a.snoozed_until"}
ROWS_OF_CARDS = f"""{_ROW.format(**_CARD_KEY, holding=HOLDING, **_FLAG, **CARD_COLUMNS)}
FROM card c JOIN stage s ON s.id = c.stage_id JOIN board b ON b.id = c.board_id
LEFT JOIN party p ON p.id = c.party_id LEFT JOIN "user" u ON u.id = c.owner_id
LEFT JOIN activity a ON a.id = c.next_activity_id
WHERE c.id IN (SELECT value FROM json_each(:ids)) AND {owned("c.owner_id")}
"""
ROWS_OF_STEPS = f"""{_ROW.format(**_STEP_KEY, holding=HOLDING, **_FLAG, **STEP_COLUMNS)}
FROM activity a LEFT JOIN card c ON c.id = a.card_id
LEFT JOIN stage s ON s.id = c.stage_id LEFT JOIN board b ON b.id = c.board_id
LEFT JOIN party p ON p.id = coalesce(c.party_id, a.party_id) LEFT JOIN "user" u ON u.id = a.assignee_id
WHERE a.id IN (SELECT value FROM json_each(:ids)) AND {_STEP_SEEN}
"""

AROUND = f"""
SELECT coalesce(sum(n), 0), coalesce(sum(n) FILTER (WHERE owner_id NOT IN (0, :owner_id)), 0) FROM stage_stat
WHERE status IN ('open','paused')
AND (:all OR (:unowned AND owner_id = 0) OR owner_id IN (SELECT value FROM json_each(:owners)))
AND {on_stage("stage_id")}
"""
OWN_LATEST = "SELECT id, kind, at FROM event WHERE actor_id = :owner_id ORDER BY id DESC LIMIT 2000"
"""One's own events, to be read until one is of yesterday: the trail has no index by day, and nobody does 2,000 things
a day."""
DAY_DONE = """
SELECT count(*), count(*) FILTER (WHERE a.due_on < :today), count(*) FILTER (WHERE a.due_on = :today)
FROM event e JOIN note n ON n.id = e.entity_id AND n.state = 'filed' LEFT JOIN activity a ON a.id = n.activity_id
WHERE e.id IN (SELECT value FROM json_each(:ids))
"""


CARDS_SORTED_BY = """
SELECT c.id, coalesce(p.name, c.title), coalesce(a.subject, c.title), s.board_id * 1000 + s.position
FROM card c JOIN stage s ON s.id = c.stage_id LEFT JOIN party p ON p.id = c.party_id
LEFT JOIN activity a ON a.id = c.next_activity_id WHERE c.id IN (SELECT value FROM json_each(:ids))
"""
STEPS_SORTED_BY = """
SELECT -a.id, coalesce(p.name, a.subject), a.subject, 0
FROM activity a LEFT JOIN party p ON p.id = a.party_id WHERE a.id IN (SELECT value FROM json_each(:ids))
"""
"""Who, what and stage of rows that one sees already: what a list is sorted by."""

NEXT_UNOWNED_LEAD = f"""
SELECT c.id FROM card c INDEXED BY ix_card_owner_due
WHERE c.owner_id IS NULL AND c.kind = 'lead' AND c.status = 'open' AND {LISTED}
AND (c.snoozed_until IS NULL OR c.snoozed_until <= :now)
AND c.id NOT IN (SELECT value FROM json_each(:skip)) AND {_MINE}
ORDER BY c.opened_at, c.id LIMIT 1
"""
NEXT_STALE = f"""
SELECT c.id FROM card c JOIN stage s ON s.id = c.stage_id JOIN board b ON b.id = c.board_id
WHERE c.owner_id = :owner_id AND {LISTED} AND c.status = 'open' AND {STALE}
AND (c.snoozed_until IS NULL OR c.snoozed_until <= :now)
AND c.id NOT IN (SELECT value FROM json_each(:skip)) AND {_MINE}
ORDER BY c.last_touch_at, c.id LIMIT 1
"""
ASIDE = """
SELECT id FROM card WHERE id IN (SELECT value FROM json_each(:ids))
AND (status = 'paused' OR snoozed_until > :now)
UNION ALL
SELECT -id FROM activity WHERE id IN (SELECT -value FROM json_each(:ids) WHERE value < 0)
AND snoozed_until > :now
"""
"""Those of some keys that are not attended now: a card that rests or was put off, a step that was put off itself."""
SKIPPED = """
SELECT iif(e.entity = 'card', e.entity_id, -e.entity_id) FROM event e
WHERE e.id IN (SELECT value FROM json_each(:ids))
AND NOT EXISTS (SELECT 1 FROM event l WHERE l.card_id = e.card_id AND l.id > e.id
  AND l.kind IN ('note.filed', 'activity.planned', 'activity.redated'))
AND NOT EXISTS (SELECT 1 FROM event l WHERE l.entity = 'activity' AND l.entity_id = e.entity_id AND l.id > e.id
  AND e.entity = 'activity' AND l.kind = 'activity.redated')
"""
"""Of the events by which contacts were passed over, the keys: until a note, or another date, says more of them."""
FIELDS_OF_CARDS = f"""
SELECT c.id, m.name, p.name, coalesce(c.probability, s.probability) FROM card c JOIN stage s ON s.id = c.stage_id
LEFT JOIN contact_medium m ON m.id = c.medium_id LEFT JOIN party p ON p.id = c.referrer_id
WHERE c.id IN (SELECT value FROM json_each(:ids)) AND {owned("c.owner_id")}
"""
LAST_EVENT = "SELECT coalesce(max(id), 0) FROM event"
WHY_PUT_OFF = """
SELECT reason FROM event WHERE entity = :entity AND entity_id = :id AND kind = :kind ORDER BY id DESC LIMIT 1
"""

ACTIONS = "SELECT id, name, kind, default_minutes FROM action_type WHERE active = 1 ORDER BY position, id"
RESULTS = """
SELECT r.id, r.name, r.tone, r.next_action_id, t.name FROM result r
LEFT JOIN action_type t ON t.id = r.next_action_id WHERE r.active = 1 ORDER BY r.position, r.id
"""
MEDIUMS = "SELECT id, name FROM contact_medium WHERE active = 1 ORDER BY position, id"
EVERY_ACTION = (
    "SELECT id, name, kind, default_minutes, active, version FROM action_type ORDER BY position, id"
)
EVERY_RESULT = """
SELECT r.id, r.name, r.tone, r.next_action_id, t.name, r.next_mode, r.delay_days, r.requires_detail, r.active,
       r.version, (SELECT count(*) FROM result_detail d WHERE d.result_id = r.id)
FROM result r LEFT JOIN action_type t ON t.id = r.next_action_id ORDER BY r.position, r.id
"""
EVERY_MEDIUM = "SELECT id, name, active, version FROM contact_medium ORDER BY position, id"
EVERY_DETAIL = """
SELECT d.id, d.result_id, r.name, d.name, d.active, r.active, d.version
FROM result r JOIN result_detail d ON d.result_id = r.id ORDER BY r.position, r.id, d.position, d.id
"""
_PUT_AWAY = "c.archived_at IS NOT NULL OR c.deleted_at IS NOT NULL"
"""On such a card nothing can be registered."""
UNREGISTERED = f"""
SELECT count(*) FROM (SELECT 1 FROM activity a
WHERE a.assignee_id = :owner_id AND a.state = 'planned' AND a.start_at <= :now
AND coalesce(a.end_at, a.start_at) <= :now AND a.deleted_at IS NULL AND {_MY_STEP}
AND NOT EXISTS (SELECT 1 FROM card c WHERE c.id = a.card_id AND ({_PUT_AWAY})) LIMIT 1000)
"""
"""Appointments of one operator that are over and of which nobody said how they ended."""
PASSED = f"""
SELECT 1 FROM activity a LEFT JOIN card c ON c.id = a.card_id
WHERE a.id = :id AND a.state = 'planned' AND a.start_at <= :now AND coalesce(a.end_at, a.start_at) <= :now
AND a.deleted_at IS NULL AND {_STEP_SEEN} AND (c.id IS NULL OR NOT ({_PUT_AWAY}))
"""
STEPS_OF_CARD = f"""
SELECT a.id, iif({told("a")}, a.subject, ''), t.name, u.login, a.due_on, a.start_at, a.internal_on, a.state, a.done_at,
  r.name, a.version, k.name, (SELECT count(*) FROM attachment x WHERE x.activity_id = a.id AND x.deleted_at IS NULL)
FROM activity a JOIN card c ON c.id = a.card_id JOIN action_type t ON t.id = a.action_type_id
JOIN "user" u ON u.id = a.assignee_id LEFT JOIN result r ON r.id = a.result_id
LEFT JOIN party k ON k.id = a.contact_id AND k.id IS NOT c.party_id AND k.deleted_at IS NULL
WHERE a.card_id = :card_id AND a.deleted_at IS NULL AND {owned("c.owner_id")}
ORDER BY a.state <> 'planned', a.due_on, a.start_at, a.id LIMIT 200
"""
STEP = f"""
SELECT a.id, a.subject, p.name FROM activity a LEFT JOIN party p ON p.id = a.party_id
LEFT JOIN card c ON c.id = a.card_id
WHERE a.id = :id AND a.state = 'planned' AND a.deleted_at IS NULL AND {_STEP_SEEN}
"""
STEPS_OF_ASSIGNEE = f"""
SELECT a.id, a.subject, p.name FROM activity a LEFT JOIN party p ON p.id = a.party_id
WHERE a.assignee_id = :owner_id AND a.state = 'planned' AND a.deleted_at IS NULL AND {_MY_STEP}
ORDER BY a.due_on, a.start_at, a.id LIMIT 200
"""

# --- the history of actions: a stretch of one index at a time, narrowed within it, so that no reading lasts whatever is
# looked for; `:at` and `:id` are the end of the stretch before

_BEHIND = (
    "(x.done_at < :at OR (x.done_at = :at AND x.id < :id)) AND x.done_at >= :since AND x.done_at < :before"
)
_REGISTERED_BY = """coalesce((SELECT n.author_id FROM note n WHERE n.activity_id = x.id AND n.kind = 'attendance'
  AND n.amends_id IS NULL LIMIT 1), x.created_by_id)"""
"""Whoever filed it, whoever corrected it since."""
_MEANT = f"""(:result IS NULL OR x.result_id = :result) AND (:action IS NULL OR x.action_type_id = :action)
AND x.deleted_at IS NULL
AND (:account IS NULL OR :account IN (x.party_id, x.contact_id)) AND (:card IS NULL OR x.card_id = :card)
AND (:campaign IS NULL OR x.campaign_id = :campaign) AND (:by IS NULL OR x.assignee_id = :by)
AND (:of IS NULL OR x.assignee_id IN (SELECT value FROM json_each(:of)))
AND (:about IS NULL OR x.party_id IS NOT NULL OR x.card_id IS NOT NULL)
AND (:mine IS NULL OR {_REGISTERED_BY} = :mine)
AND ({owned("x.assignee_id")} OR EXISTS (SELECT 1 FROM card c
  WHERE c.id = x.card_id AND c.deleted_at IS NULL AND {owned("c.owner_id")}))"""
"""What costs least is asked first, result and action of the index itself: most rows are none of what is rare."""
_IDS = "x.action_type_id, x.campaign_id, x.result_id, x.result_detail_id, x.assignee_id, x.medium_id"
_NAMED = """(SELECT group_concat(name_key, ' ') FROM party WHERE id IN (x.party_id, x.contact_id)),
  (SELECT number FROM card WHERE id = x.card_id AND deleted_at IS NULL)"""


def _stretch(index: str, which: str) -> tuple[str, str]:
    """A stretch of an index with whether each row is meant, and the same with what words are looked for in.

    Within `iif` the conditions end with the first that fails; as a value all of them would be worked out.
    """
    texts = (
        f"SELECT x.id, x.done_at, iif({_MEANT}, 1, 0){more} FROM activity x {index} "
        f"WHERE x.state = 'done' AND {which} AND {_BEHIND} ORDER BY x.done_at DESC, x.id DESC LIMIT :stretch"
        for more in ("", f", {_IDS}, {_NAMED}")
    )
    plain, worded = texts
    return plain, worded


DONE, DONE_WORDS = _stretch("INDEXED BY ix_activity_done", "x.done_at <= :at")
DONE_BY, DONE_BY_WORDS = _stretch(
    "INDEXED BY ix_activity_done_by", "x.assignee_id = :by AND x.done_at <= :at"
)
DONE_FOR, DONE_FOR_WORDS = _stretch(
    "INDEXED BY ix_activity_campaign", "x.campaign_id = :campaign AND x.done_at <= :at"
)
DONE_ON_CARDS, DONE_ON_CARDS_WORDS = _stretch(
    "INDEXED BY ix_activity_card", "x.card_id IN (SELECT value FROM json_each(:cards))"
)
DONE_WITH, DONE_WITH_WORDS = _stretch(
    "",
    """x.id IN (SELECT id FROM activity WHERE party_id IN (SELECT value FROM json_each(:parties))
 UNION SELECT id FROM activity WHERE contact_id IN (SELECT value FROM json_each(:parties)))""",
)
"""What was done about somebody, or spoken with them."""
DONE_ROWS = """
SELECT a.id, a.done_at, a.party_id, p.name, a.card_id, c.number, t.name, g.name, r.name, r.tone, d.name, u.login,
       m.name, n.id, substr(n.body, 1, :letters), k.name
FROM json_each(:ids) j JOIN activity a ON a.id = j.value
JOIN action_type t ON t.id = a.action_type_id JOIN "user" u ON u.id = a.assignee_id
LEFT JOIN card c ON c.id = a.card_id AND c.deleted_at IS NULL
LEFT JOIN party p ON p.id = a.party_id LEFT JOIN campaign g ON g.id = a.campaign_id
LEFT JOIN party k ON k.id = a.contact_id AND k.id IS NOT a.party_id
LEFT JOIN result r ON r.id = a.result_id LEFT JOIN result_detail d ON d.id = a.result_detail_id
LEFT JOIN contact_medium m ON m.id = a.medium_id
LEFT JOIN note n ON n.id = (SELECT x.id FROM note x WHERE x.activity_id = a.id AND x.kind = 'attendance'
                            AND x.state = 'filed' ORDER BY x.id DESC LIMIT 1)
"""
"""Of those that are meant: whether they may be seen was asked with the stretch."""
DONE_NAMES = """
SELECT 'action', id, name FROM action_type UNION ALL SELECT 'result', id, name FROM result
UNION ALL SELECT 'detail', id, name FROM result_detail UNION ALL SELECT 'campaign', id, name FROM campaign
UNION ALL SELECT 'by', id, login || ' ' || name FROM "user" UNION ALL SELECT 'medium', id, name FROM contact_medium
"""
"""What a word may name, besides a person or a card: registers of a few dozen rows."""
DONE_PARTIES = "SELECT rowid FROM party_fts WHERE words MATCH :match ORDER BY rowid DESC LIMIT 500"
DONE_CARD = "SELECT id FROM card WHERE number = :number"


def rows(
    connection: sqlite3.Connection, sql: str, params: Mapping[str, Any], now: datetime, today: date
) -> list[QueueRow]:
    """The rows of a page; stale and late days are counted at `now`, on its clock."""
    zone = zone_of(now)
    return [
        QueueRow._make(
            row[:13]
            + (
                row[13] and as_date(row[13]),
                row[14] and as_instant(row[14]),
                row[15] and as_date(row[15]),
                row[16],
                None
                if row[18] is None
                else stale(local_day(row[17], zone), row[18], today, as_date(row[24])),
                None if row[19] is None else late(as_date(row[19]), today),
                row[20] == 1,
            )
            + row[21:23]
            + (row[23] and as_instant(row[23]),)
        )
        for row in connection.execute(sql, params).fetchall()
    ]
