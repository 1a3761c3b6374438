"""What may be read of the numbers of the day and the week: all of Painel in one view, and the commitments of some days.

Whose: one's own, or, for whoever reads the cards of a team, all of theirs. (M76)
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from crm_tui.domain.access import Viewer
from crm_tui.domain.agenda import LONGEST, LONGEST_DAYS, Response
from crm_tui.domain.dash import FORTNIGHT, LOST_DAYS, Closed, Commitment, Dash, OpenStage, Stopped, due_days
from crm_tui.domain.due import DueFacts
from crm_tui.services.core import hours
from crm_tui.services.core.moments import moment
from crm_tui.services.core.reading import Reading, view
from crm_tui.services.core.scope import sight, wall
from crm_tui.services.core.stillness import stale_cuts
from crm_tui.store.queries import agenda as appointments
from crm_tui.store.queries import dash as queries
from crm_tui.store.values import as_date, as_instant, instant

_ONE_DAY = timedelta(days=1)
_ROUND = timedelta(days=2)
"""A timed step's civil day is its assignee's: as far as the world's clocks are apart, and no less."""


@view("card.read")
def dash(reading: Reading, *, team: bool = False) -> Dash:
    """All numbers, one's own or (`team`) those of the team and the teams below, as far as the viewer's reach goes."""
    team_ids = whose(reading.viewer, team=True)
    users = team_ids if team else whose(reading.viewer)
    today = reading.today
    before, ahead = today - _ONE_DAY * (FORTNIGHT - 1), today + _ONE_DAY * (FORTNIGHT - 1)
    params = {"users": json.dumps(users), **wall(reading.viewer), **moment(reading)}
    overdue, due = due_days(_due(reading, params, ahead), reading.now, reading.viewer.zone)
    working = hours.of_users(reading.connection, [reading.viewer.user_id], before, today)
    calendar = working[reading.viewer.user_id].calendar
    return Dash(
        reading.now,
        reading.viewer.zone,
        tuple(users),
        team and len(team_ids) > 1,
        len(team_ids) > 1,
        overdue,
        due,
        _done(reading, params, before, today),
        tuple(commitments(reading, today - _ONE_DAY * today.weekday(), ahead, team=team)),
        tuple(OpenStage(*row) for row in reading.connection.execute(queries.OPEN, params)),
        _closed(reading, params, today - _ONE_DAY * LOST_DAYS),
        _stopped(reading, params),
        frozenset(
            day for day in (before + _ONE_DAY * n for n in range(FORTNIGHT)) if calendar.is_working_day(day)
        ),
        dict(reading.connection.execute(queries.LOGINS, params).fetchall()),
    )


@view("card.read")
def commitments(reading: Reading, first: date, last: date, *, team: bool = False) -> list[Commitment]:
    """The appointments with an agreed hour that begin on the viewer's civil days `first` to `last`, by hour: each once,
    however many of the team take part. What was cancelled, deleted or declined is none; of a colleague's only those
    that the viewer may see. What they are about has an id only if the viewer can open it. (M76)"""
    users = whose(reading.viewer, team=team)
    start, end = _midnight(reading, first), _midnight(reading, last + _ONE_DAY)
    params: dict[str, Any] = {
        "users": json.dumps(users),
        "me": reading.viewer.user_id,
        "start": instant(start),
        "end": instant(end),
        "earliest": instant(start - LONGEST),
        "first": first.isoformat(),
        "last": last.isoformat(),
        "first_begun": (first - timedelta(days=LONGEST_DAYS)).isoformat(),
        "deleted": 0,
        **sight(reading.viewer),
    }
    found: dict[int, Commitment] = {}
    for row in reading.connection.execute(appointments.AGENDA, params):
        made = _commitment(row)
        if made is not None and start <= made.start_at < end:
            known = found.get(made.id)
            found[made.id] = made if known is None else made._replace(users=known.users + made.users)
    listed = sorted(found.values(), key=lambda each: (each.start_at, each.id))
    cards = _seen(reading, queries.SEEN_CARDS, {each.card_id for each in listed})
    parties = _seen(reading, queries.SEEN_PARTIES, {each.party_id for each in listed})
    logins = dict(reading.connection.execute(queries.LOGINS, params).fetchall())
    return [
        each._replace(
            who=", ".join(sorted(logins[user] for user in each.users)),
            card_id=each.card_id if each.card_id in cards else None,
            party_id=each.party_id if each.party_id in parties else None,
        )
        for each in listed
    ]


@view("card.read")
def left_today(reading: Reading) -> int:
    """How many of the viewer's own appointments begin yet today."""
    params = {"me": reading.viewer.user_id, **moment(reading), **wall(reading.viewer)}
    return int(reading.connection.execute(queries.TODAYS, params).fetchone()[0])


def whose(viewer: Viewer, *, team: bool = False) -> list[int]:
    """The operators whose numbers are meant: the viewer, or everybody of the team whose cards the viewer reads."""
    if not team:
        return [viewer.user_id]
    reached = viewer.owners("card.read")
    wide = viewer.subtree_ids if reached is None else viewer.subtree_ids & reached
    return sorted(wide | {viewer.user_id})


def _due(reading: Reading, params: dict[str, Any], ahead: date) -> dict[DueFacts, int]:
    until = {"until": (ahead + _ROUND).isoformat()}
    counted = Counter[tuple[str, str | None]]()
    for text in (queries.DUE_CARDS, queries.DUE_STEPS):
        counted.update(reading.connection.execute(text, params | until))
    return {
        DueFacts(due_on=as_date(due), start_at=as_instant(start)): n for (due, start), n in counted.items()
    }


def _done(reading: Reading, params: dict[str, Any], first: date, last: date) -> dict[date, int]:
    days = [first + _ONE_DAY * n for n in range((last - first).days + 1)]
    bounds = [
        (day.isoformat(), instant(_midnight(reading, day)), instant(_midnight(reading, day + _ONE_DAY)))
        for day in days
    ]
    rows = reading.connection.execute(queries.DONE_BY_DAY, params | {"days": json.dumps(bounds)})
    return {date.fromisoformat(day): count for day, count in rows}


def _closed(reading: Reading, params: dict[str, Any], since: date) -> tuple[Closed, ...]:
    rows = reading.connection.execute(queries.CLOSED_SINCE, params | {"since": since.isoformat()})
    return tuple(
        Closed(date.fromisoformat(day), bool(won), reason_id, reason, cents)
        for day, won, reason_id, reason, cents in rows
    )


def _stopped(reading: Reading, params: dict[str, Any]) -> tuple[Stopped, ...]:
    asked = params | {"stale_cuts": stale_cuts(reading)}
    return tuple(Stopped(*row) for row in reading.connection.execute(queries.STOPPED, asked))


def _seen(reading: Reading, text: str, ids: set[int | None]) -> set[int]:
    asked = {"ids": json.dumps([each for each in ids if each is not None]), **sight(reading.viewer)}
    return {row_id for (row_id,) in reading.connection.execute(text, asked)}


def _commitment(row: Sequence[Any]) -> Commitment | None:
    """A row of an agenda as a commitment; None where it has no hour, is not the viewer's to see, or was declined."""
    start, end = as_instant(row[11]), as_instant(row[12])
    if not row[3] or start is None or end is None or row[20] == Response.DECLINED:
        return None
    return Commitment(
        row[0], (row[1],), row[9], row[10], row[7], row[4], row[5], row[8], start, end, row[16], row[19]
    )


def _midnight(reading: Reading, day: date) -> datetime:
    return datetime.combine(day, time(), reading.viewer.zone).astimezone(UTC)
