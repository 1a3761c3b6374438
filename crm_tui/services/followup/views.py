"""What may be read of the queue: the list, its rows, its counters, and which contact is next."""

from __future__ import annotations

import heapq
import json
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from crm_tui.domain.due import DueState
from crm_tui.domain.fields import Option
from crm_tui.domain.followup import (
    Around,
    Clash,
    DayDone,
    Group,
    NextCard,
    Order,
    Queue,
    QueueRow,
    ResultRow,
    Sorting,
    Step,
    WhyNext,
)
from crm_tui.domain.text import fold
from crm_tui.services.core.reading import Reading, view
from crm_tui.services.core.scope import matching, reach, sight
from crm_tui.services.core.stillness import stale_cuts
from crm_tui.store.queries import followup as queries
from crm_tui.store.queries.board import LISTED
from crm_tui.store.values import as_date, as_instant, instant

Head = tuple[int, str | None, str | None, int]
"""key, due date, start instant, cents."""
BY_DATE = Sorting()
Owners = Sequence[int | None]
"""Owners by id; None is nobody."""
ARMS_AT_MOST = 60
NOW_DUE = timedelta(minutes=15)
"""A step whose hour comes within this time goes before what is overdue."""
LONGEST = timedelta(hours=12)


def moment(reading: Reading) -> dict[str, Any]:
    """The parameters of the viewer's day: `now`, `today`, two days round it, its first and last instant."""
    zone = reading.viewer.zone
    today = reading.now.astimezone(zone).date()
    start = datetime.combine(today, time(), zone).astimezone(UTC)
    end = datetime.combine(today + timedelta(days=1), time(), zone).astimezone(UTC)
    return {
        "now": instant(reading.now),
        "today": today.isoformat(),
        "before": (today - timedelta(days=2)).isoformat(),
        "after": (today + timedelta(days=2)).isoformat(),
        "day_start": instant(start),
        "day_end": instant(end),
    }


def _by_due(head: Head) -> tuple[str, str, int]:
    return (head[1] or "", head[2] or "", abs(head[0]))


def _arm(reading: Reading, condition: str, owners: Owners | None) -> Iterator[Head]:
    """The heads of one state in order: one index range per owner, merged."""
    one = owners is not None
    texts = [queries.card_arm(condition, one=one)]
    if condition != queries.ARMS[-1][1]:  # a step has a date
        texts.append(queries.step_arm(condition, one=one))
    return _merged(reading, texts, moment(reading), owners, _by_due)


def _closed(reading: Reading, owners: Owners | None) -> Iterator[Head]:
    """The closed ones, the latest first."""
    text = queries.CLOSED_MANY if owners is None else queries.CLOSED_ONE
    return _merged(reading, [text], {}, owners, _by_closing, reverse=True)


def _by_closing(head: Head) -> tuple[str, int]:
    return (head[1] or "", head[0])


def _merged(
    reading: Reading,
    texts: Sequence[str],
    params: dict[str, Any],
    owners: Owners | None,
    order: Callable[[Head], Any],
    *,
    reverse: bool = False,
) -> Iterator[Head]:
    run = reading.connection.execute
    each = [sight(reading.viewer)] if owners is None else [{"owner_id": owner} for owner in owners]
    found = (list(run(text, params | whose)) for whose in each for text in texts)
    filled = [heads for heads in found if heads]
    return iter(filled[0]) if len(filled) == 1 else heapq.merge(*filled, key=order, reverse=reverse)


def _owners(reading: Reading, owner_id: int | None) -> Owners | None:
    """Whose rows: one's own, one owner's, or (0) everybody's that the viewer reaches, nobody's among them.

    None means: all within reach by one text instead of an arm each (everything, or more than 60 owners).
    """
    reached = reading.viewer.owners("card.read")
    if owner_id is None:
        owner_id = reading.viewer.user_id
    if owner_id != 0:
        return [owner_id] if reached is None or owner_id in reached else []
    if reached is None or len(reached) > ARMS_AT_MOST:
        return None
    return [*sorted(reached), *([None] if reading.viewer.may("card.read", None) else [])]


@view("card.read")
def queue(
    reading: Reading,
    *,
    owner_id: int | None = None,
    closed: bool = False,
    words: str = "",
    sorting: Sorting = BY_DATE,
) -> Queue:
    """The keys of the list in order, with counts and cents per state.

    `owner_id` None is the viewer, 0 everybody; `closed` adds the closed ones; `words` narrows by text over
    who, what, stage and number, without accents. The states stand together only if sorted by date. (B22, B23)
    """
    owners = _owners(reading, owner_id)
    listed: list[Head] = []
    counted: dict[DueState, list[int]] = {}
    wanted = fold(words).split()

    def take(state: DueState, heads: Iterable[Head]) -> None:
        found = list(heads)
        if wanted:
            found = _narrowed(reading, found, wanted)
        if found:
            tally = counted.setdefault(state, [0, 0])
            tally[0] += len(found)
            tally[1] += sum(head[3] for head in found)
            listed.extend(found)

    for state, condition in queries.ARMS:
        take(state, _arm(reading, condition, owners))
    if closed:
        take(DueState.CLOSED, _closed(reading, owners))
    keys = array("q", (head[0] for head in _sorted(reading, listed, sorting)))
    return Queue(keys, tuple(Group(state, *tally) for state, tally in counted.items()))


def _sorted(reading: Reading, heads: list[Head], sorting: Sorting) -> list[Head]:
    """The heads by a column; within the same value they keep the order of their dates."""
    match sorting.order:
        case Order.WHEN:
            return heads[::-1] if sorting.reverse else heads
        case Order.VALUE:
            return sorted(heads, key=lambda head: head[3], reverse=not sorting.reverse)
    values: dict[int, tuple[str, str, int]] = {}
    for sql, ids in (
        (queries.CARDS_SORTED_BY, [head[0] for head in heads if head[0] > 0]),
        (queries.STEPS_SORTED_BY, [-head[0] for head in heads if head[0] < 0]),
    ):
        for key, *value in reading.connection.execute(sql, {"ids": json.dumps(ids)}):
            values[key] = (fold(value[0]), fold(value[1]), value[2])
    at = (Order.WHO, Order.WHAT, Order.STAGE).index(sorting.order)
    there = (head for head in heads if head[0] in values)  # another program may have undone it since
    return sorted(there, key=lambda head: values[head[0]][at], reverse=sorting.reverse)


@lru_cache(maxsize=16_384)
def _folded(text: str) -> str:
    """The next letter asks for the same rows: folding anew was half of its time (18 of 40 ms for 2,200 rows)."""
    return fold(text)


def _narrowed(reading: Reading, heads: list[Head], wanted: list[str]) -> list[Head]:
    """The heads whose rows hold every word, in one query a kind."""
    kept = set()
    for sql, ids in (
        (queries.CARDS_SEARCHED, [head[0] for head in heads if head[0] > 0]),
        (queries.STEPS_SEARCHED, [-head[0] for head in heads if head[0] < 0]),
    ):
        if ids:
            for key, text in reading.connection.execute(sql, {"ids": json.dumps(ids)}):
                folded = _folded(text)
                if all(word in folded for word in wanted):
                    kept.add(key)
    return [head for head in heads if head[0] in kept]


@view("card.read")
def page(reading: Reading, keys: Sequence[int]) -> list[QueueRow]:
    """The rows of these keys, in their order; keys that are gone or hidden are left out."""
    today = reading.now.astimezone(reading.viewer.zone).date()
    found: dict[int, QueueRow] = {}
    for sql, ids in (
        (queries.ROWS_OF_CARDS, [k for k in keys if k > 0]),
        (queries.ROWS_OF_STEPS, [-k for k in keys if k < 0]),
    ):
        if ids:
            params = {"ids": json.dumps(ids), **sight(reading.viewer)}
            for row in queries.rows(reading.connection, sql, params, reading.local, today):
                found[row.key] = row
    return [found[key] for key in keys if key in found]


@view("card.read")
def counters(reading: Reading) -> tuple[int, int]:
    """How many of the viewer's rows are overdue and how many are due today; 1000 means 999+."""
    params = moment(reading) | {"owner_id": reading.viewer.user_id}
    found = {DueState.OVERDUE: 0, DueState.TODAY: 0}
    for state, condition in queries.ARMS:
        if state in found:
            found[state] += _count(reading, condition, params)
    return min(found[DueState.OVERDUE], 1000), min(found[DueState.TODAY], 1000)


def _count(reading: Reading, condition: str, params: dict[str, Any]) -> int:
    cards = queries.COUNT.format(listed=LISTED, condition=condition.format(**queries.CARD_COLUMNS))
    steps = queries.COUNT_STEPS.format(
        alone=queries.ALONE, condition=condition.format(**queries.STEP_COLUMNS)
    )
    run = reading.connection.execute
    return int(run(cards, params).fetchone()[0]) + int(run(steps, params).fetchone()[0])


@view("card.read")
def around(reading: Reading) -> Around:
    """How much there is beside one's own list: for an empty one."""
    params = {"owner_id": reading.viewer.user_id, **reach(reading.viewer, "card.read")}
    return Around(*reading.connection.execute(queries.AROUND, params).fetchone())


@view("card.read")
def day_done(reading: Reading) -> DayDone:
    """What the viewer registered since midnight; what was undone does not count."""
    params = moment(reading) | {"owner_id": reading.viewer.user_id}
    return DayDone(*reading.connection.execute(queries.DAY_DONE, params).fetchone())


@view("card.read")
def next_card(reading: Reading, skip: frozenset[int] = frozenset()) -> NextCard | None:
    """Which contact to attend now, and why: the one function behind `A` and `ctrl+n`. (M77, M78)

    Snoozed, paused, skipped and other people's cards are left out.
    """
    me: Owners = [reading.viewer.user_id]
    soon = Reading(reading.connection, reading.viewer, reading.now + NOW_DUE)
    overdue = list(_arm(reading, queries.ARMS[0][1], me))
    came = moment(reading)["day_start"]
    timed = [h for h in _arm(soon, queries.ARMS[0][1], me) if h[2] is not None and h[2] >= came]
    arms: tuple[tuple[WhyNext, list[Head]], ...] = (
        (WhyNext.TIME_NOW_DUE, sorted(timed, key=lambda h: h[2] or "")),
        (WhyNext.OVERDUE, overdue),
        (WhyNext.TODAY, [h for _, c in queries.ARMS[1:3] for h in _arm(reading, c, me)]),
    )
    for why, heads in arms:
        key = _first(reading, heads, skip)
        if key is not None:
            return NextCard(key, why)
    params = moment(reading) | {"skip": json.dumps(sorted(skip)), "owner_id": me[0]}
    if reading.viewer.may("card.read", None):
        row = reading.connection.execute(queries.NEXT_UNOWNED_LEAD, params).fetchone()
        if row is not None:
            return NextCard(row[0], WhyNext.UNTAKEN_LEAD)
    key = _first(reading, list(_arm(reading, queries.ARMS[-1][1], me)), skip)
    if key is not None:
        return NextCard(key, WhyNext.NO_NEXT_STEP)
    params["stale_cuts"] = stale_cuts(reading)
    row = reading.connection.execute(queries.NEXT_STALE, params).fetchone()
    return None if row is None else NextCard(row[0], WhyNext.STALE)


def _first(reading: Reading, heads: list[Head], skip: frozenset[int]) -> int | None:
    for begin in range(0, len(heads), 50):
        keys = [h[0] for h in heads[begin : begin + 50] if h[0] not in skip]
        aside = {
            row[0]
            for row in reading.connection.execute(
                queries.ASIDE, {"ids": json.dumps(keys), "now": instant(reading.now)}
            )
        }
        for key in keys:
            if key not in aside:
                return key
    return None


@view("card.read")
def steps_of_card(reading: Reading, card_id: int) -> list[Step]:
    """The card's activities, the planned ones first."""
    params = {"card_id": card_id, **sight(reading.viewer)}
    rows = reading.connection.execute(queries.STEPS_OF_CARD, params).fetchall()
    found = []
    for row in rows:
        due = as_date(row[4])
        assert due is not None
        columns = (*row[:4], due, as_instant(row[5]), as_date(row[6]), row[7], as_instant(row[8]), *row[9:])
        found.append(Step(*columns))
    return found


@view("card.read")
def clashes(
    reading: Reading, start: datetime, minutes: int = 30, *, assignee_id: int | None = None, but: int = 0
) -> list[Clash]:
    """Other planned steps of the same person at that time; `but` leaves one step out.

    That somebody is busy everyone may know; with whom and why (`subject`, `party`) only who may see the step.
    """
    params = {
        "assignee_id": assignee_id if assignee_id is not None else reading.viewer.user_id,
        "earliest": instant(start - LONGEST),
        "start": instant(start),
        "end": instant(start + timedelta(minutes=minutes)),
        "but": but,
        **sight(reading.viewer),
    }
    found = []
    for row in reading.connection.execute(queries.CLASHES, params).fetchall():
        begins = as_instant(row[3])
        assert begins is not None
        columns = (*row[:3], begins, as_instant(row[4]))
        found.append(Clash(*columns))
    return found


@view("card.read")
def results(reading: Reading) -> list[ResultRow]:
    """The results in force, in order."""
    return [ResultRow(*row) for row in reading.connection.execute(queries.RESULTS).fetchall()]


@view("card.read")
def pick_result(reading: Reading, text: str) -> list[Option]:
    """The picker of results."""
    return matching([Option(r.id, r.name, "", r.name) for r in results(reading)], text)


@view("card.read")
def pick_action(reading: Reading, text: str) -> list[Option]:
    """The picker of kinds of action."""
    rows = reading.connection.execute(queries.ACTIONS).fetchall()
    return matching([Option(row[0], row[1], "", row[1]) for row in rows], text)


@view("card.read")
def pick_medium(reading: Reading, text: str) -> list[Option]:
    """The picker of mediums."""
    rows = reading.connection.execute(queries.MEDIUMS).fetchall()
    return matching([Option(row[0], row[1], "", row[1]) for row in rows], text)


@view("card.read")
def pick_step(reading: Reading, text: str) -> list[Option]:
    """The picker of planned steps: one's own by words, any that one may see by its REF (`activity:12`)."""
    run = reading.connection.execute
    word, _, number = text.strip().partition(":")
    if word.lower() == "activity" and number.isdecimal():
        rows = run(queries.STEP, {"id": int(number), **sight(reading.viewer)}).fetchall()
        return [Option(i, subject, party or "", f"activity:{i}") for i, subject, party in rows]
    rows = run(queries.STEPS_OF_ASSIGNEE, {"owner_id": reading.viewer.user_id}).fetchall()
    return matching([Option(i, subject, party or "", f"activity:{i}") for i, subject, party in rows], text)


PICKERS = {"activities": pick_step, "results": pick_result, "actions": pick_action, "mediums": pick_medium}
