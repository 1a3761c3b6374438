"""What may be read of the queue: the list, its rows, its counters, and which contact is next."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from crm_tui.domain.due import DueState
from crm_tui.domain.fields import Option, row_id
from crm_tui.domain.filter_tree import Filter
from crm_tui.domain.followup import (
    Around,
    ContactFields,
    DayDone,
    Group,
    NextCard,
    Queue,
    QueueRow,
    ResultRow,
    Sorting,
    Step,
    WhyNext,
)
from crm_tui.services.core.moments import moment
from crm_tui.services.core.reading import Reading, view
from crm_tui.services.core.scope import matching, reach, sight, wall
from crm_tui.services.core.stillness import stale_cuts
from crm_tui.services.followup.listing import (
    BY_DATE,
    Head,
    Owners,
    also_of,
    archived_heads,
    arm,
    by_closing,
    by_due,
    closed_heads,
    names_owners,
    ordered,
    owners_of,
)
from crm_tui.store.queries import followup as queries
from crm_tui.store.queries.board import LISTED
from crm_tui.store.values import as_date, as_instant, instant

NOW_DUE = timedelta(minutes=15)
"""A step whose hour comes within this time goes before what is overdue."""


@view("card.read")
def queue(
    reading: Reading,
    *,
    owner_id: int | None = None,
    closed: bool = False,
    found: Filter | None = None,
    sorting: Sorting = BY_DATE,
) -> Queue:
    """The keys of the list in order, with counts and cents per state.

    `owner_id` None is the viewer (everybody, if `found` says whose), 0 everybody; `closed` adds the closed ones;
    `found` narrows, brings closed or archived ones where it asks for them, and its order goes before `sorting`. The
    states stand together only if sorted by date. (B22, B23)
    """
    owners = owners_of(reading, 0 if owner_id is None and names_owners(found) else owner_id)
    also = also_of(reading, found, closed=closed)
    archived = archived_heads(reading, owners, also) if also.archived else {}
    listed: list[Head] = []
    counted: dict[DueState, list[int]] = {}

    def take(state: DueState, heads: Iterable[Head]) -> None:
        taken = list(heads)
        if taken:
            tally = counted.setdefault(state, [0, 0])
            tally[0] += len(taken)
            tally[1] += sum(head[3] for head in taken)
            listed.extend(taken)

    for n, (state, condition) in enumerate(queries.ARMS):
        take(state, arm(reading, condition, owners, also))
        if state in archived and all(other is not state for other, _ in queries.ARMS[n + 1 :]):
            take(state, sorted(archived[state], key=by_due))
    if also.closed:
        take(DueState.CLOSED, closed_heads(reading, owners, also))
    take(DueState.CLOSED, sorted(archived.get(DueState.CLOSED, ()), key=by_closing, reverse=True))
    heads = ordered(reading, listed, sorting, found)
    keys = array("q", (head[0] for head in heads))
    return Queue(keys, tuple(Group(state, *tally) for state, tally in counted.items()))


@view("card.read")
def in_order(
    reading: Reading, cards: Iterable[int], sorting: Sorting, found: Filter | None = None
) -> list[int]:
    """These cards as a list of them stands: by the filter's order, else by a column. Those that are gone or hidden are
    left out."""
    params = {"ids": json.dumps([*cards]), **sight(reading.viewer)}
    heads: list[Head] = reading.connection.execute(queries.HEADS_OF_CARDS, params).fetchall()
    return [head[0] for head in ordered(reading, heads, sorting, found)]


@view("card.read")
def page(reading: Reading, keys: Sequence[int]) -> list[QueueRow]:
    """The rows of these keys, in their order; keys that are gone or hidden are left out."""
    today = reading.today
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
def fields_of(reading: Reading, cards: Sequence[int]) -> dict[int, ContactFields]:
    """Means of contact, who referred them, and the chance, of each of these cards that the viewer sees. (B11)"""
    params = {"ids": json.dumps(list(cards)), **sight(reading.viewer)}
    found = reading.connection.execute(queries.FIELDS_OF_CARDS, params)
    return {row[0]: ContactFields._make(row) for row in found}


@view("card.read")
def counters(reading: Reading) -> tuple[int, int]:
    """How many of the viewer's rows are overdue and how many are due today; 1000 means 999+."""
    params = moment(reading) | {"owner_id": reading.viewer.user_id} | wall(reading.viewer)
    found = {DueState.OVERDUE: 0, DueState.TODAY: 0}
    for state, condition in queries.ARMS:
        if state in found:
            found[state] += _count(reading, condition, params)
    return min(found[DueState.OVERDUE], 1000), min(found[DueState.TODAY], 1000)


def _count(reading: Reading, condition: str, params: dict[str, Any], also: tuple[str, str] = ("", "")) -> int:
    """`also` are further conditions, on cards and on steps."""
    of_cards = condition.format(**queries.CARD_COLUMNS) + also[0]
    of_steps = condition.format(**queries.STEP_COLUMNS) + also[1]
    cards = queries.COUNT.format(listed=LISTED, condition=of_cards)
    steps = queries.COUNT_STEPS.format(alone=queries.ALONE, condition=of_steps)
    run = reading.connection.execute
    return int(run(cards, params).fetchone()[0]) + int(run(steps, params).fetchone()[0])


@view("card.read")
def unregistered(reading: Reading) -> int:
    """How many of the viewer's appointments are over without a registered action; 1000 means 999+. (T6)"""
    params = {"owner_id": reading.viewer.user_id, "now": instant(reading.now), **wall(reading.viewer)}
    return int(reading.connection.execute(queries.UNREGISTERED, params).fetchone()[0])


@view("card.read")
def passed(reading: Reading, activity_id: int) -> bool:
    """Whether a planned step with an hour is over, and waits for its registered action. (T6)"""
    params = {"id": activity_id, "now": instant(reading.now), **sight(reading.viewer)}
    return reading.connection.execute(queries.PASSED, params).fetchone() is not None


@view("card.read")
def around(reading: Reading) -> Around:
    """How much there is beside one's own list: for an empty one."""
    params = {"owner_id": reading.viewer.user_id, **reach(reading.viewer, "card.read")}
    return Around(*reading.connection.execute(queries.AROUND, params).fetchone())


@view("card.read")
def day_done(reading: Reading) -> DayDone:
    """What the viewer registered since midnight; what was undone does not count."""
    params = moment(reading) | {"ids": json.dumps(_of_today(reading, "note.filed"))}
    return DayDone(*reading.connection.execute(queries.DAY_DONE, params).fetchone())


def _of_today(reading: Reading, *kinds: str) -> list[int]:
    """The viewer's own events of these kinds since midnight; those before are not read."""
    found, begins = [], moment(reading)["day_start"]
    for event_id, kind, at in reading.connection.execute(
        queries.OWN_LATEST, {"owner_id": reading.viewer.user_id}
    ):
        if at < begins:
            break
        if kind in kinds:
            found.append(event_id)
    return found


@view("card.read")
def day_left(reading: Reading) -> int:
    """How many of the viewer's contacts are due still, today or before, less those put off to another day; 1000 means
    999+. Those that rest with their stage are attended by nobody."""
    params = moment(reading) | {"owner_id": reading.viewer.user_id} | wall(reading.viewer)
    due = [condition for state, condition in queries.ARMS if state in (DueState.OVERDUE, DueState.TODAY)]
    return min(sum(_count(reading, condition, params, queries.STILL_TODAY) for condition in due), 1000)


@view("card.read")
def why_put_off(reading: Reading, key: int) -> str:
    """The reason for which a row of the queue was put off last, in the words of whoever did it; empty without one."""
    if not page(reading, [key]):
        return ""
    entity = "card" if key > 0 else "activity"
    found = reading.connection.execute(
        queries.WHY_PUT_OFF, {"entity": entity, "id": abs(key), "kind": f"{entity}.snoozed"}
    ).fetchone()
    return (found and found[0]) or ""


def skipped(reading: Reading, since: int = 0) -> frozenset[int]:
    """The keys that the viewer passed over today, by events after `since`; a note or another date ends it."""
    passed = [each for each in _of_today(reading, "card.skipped", "activity.skipped") if each > since]
    found = reading.connection.execute(queries.SKIPPED, {"ids": json.dumps(passed)}) if passed else ()
    return frozenset(key for (key,) in found)


@view("card.read")
def last_event(reading: Reading) -> int:
    """Where the trail ends now: from here on another round of *Atender* counts what is passed over."""
    return int(reading.connection.execute(queries.LAST_EVENT).fetchone()[0])


@view("card.read")
def next_card(reading: Reading, skip: frozenset[int] = frozenset(), *, since: int = 0) -> NextCard | None:
    """Which contact to attend now, and why: the one function behind `A` and `ctrl+n`. (M77, M78)

    Snoozed, paused, skipped (`skip`, and what was passed over today by events after `since`) and other people's cards
    are left out.
    """
    skip |= skipped(reading, since)
    me: Owners = [reading.viewer.user_id]
    soon = Reading(reading.connection, reading.viewer, reading.now + NOW_DUE)
    overdue = list(arm(reading, queries.ARMS[0][1], me))
    came = moment(reading)["day_start"]
    timed = [h for h in arm(soon, queries.ARMS[0][1], me) if h[2] is not None and h[2] >= came]
    arms: tuple[tuple[WhyNext, list[Head]], ...] = (
        (WhyNext.TIME_NOW_DUE, sorted(timed, key=lambda h: h[2] or "")),
        (WhyNext.OVERDUE, overdue),
        (WhyNext.TODAY, [h for _, c in queries.ARMS[1:3] for h in arm(reading, c, me)]),
    )
    for why, heads in arms:
        key = _first(reading, heads, skip)
        if key is not None:
            return NextCard(key, why)
    params = moment(reading) | {"skip": json.dumps(sorted(skip)), "owner_id": me[0]}
    params |= wall(reading.viewer)
    if reading.viewer.may("note.file", None):  # whom one may not attend is no next contact
        row = reading.connection.execute(queries.NEXT_UNOWNED_LEAD, params).fetchone()
        if row is not None:
            return NextCard(row[0], WhyNext.UNTAKEN_LEAD)
    key = _first(reading, list(arm(reading, queries.ARMS[-1][1], me)), skip)
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
    if word.lower() == "activity" and (named := row_id(number)) is not None:
        rows = run(queries.STEP, {"id": named, **sight(reading.viewer)}).fetchall()
        return [Option(i, subject, party or "", f"activity:{i}") for i, subject, party in rows]
    mine = {"owner_id": reading.viewer.user_id, **wall(reading.viewer)}
    rows = run(queries.STEPS_OF_ASSIGNEE, mine).fetchall()
    return matching([Option(i, subject, party or "", f"activity:{i}") for i, subject, party in rows], text)


PICKERS = {
    "activities": pick_step,
    "results": pick_result,
    "actions": pick_action,
    "mediums": pick_medium,
}
