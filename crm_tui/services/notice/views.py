"""What may be read of stays that are late or near, and of what one was told of them. (E29)"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from crm_tui.domain.cadence import Branch, Leaders, Person, near_until
from crm_tui.domain.notice import AT_MOST, AgendaNotice, DueCard, DueStages, Told
from crm_tui.services.core.moments import calendar
from crm_tui.services.core.reading import Reading, view
from crm_tui.services.core.scope import reach, sight
from crm_tui.store.queries import notice as queries
from crm_tui.store.values import as_date, as_instant

MORE = AT_MOST + 1


@view("card.read")
def stages(reading: Reading) -> DueStages:
    """How many cards that concern the viewer are late in their stage, or soon will be. Off the UI thread."""
    params, until = _asked(reading)
    (late,) = reading.connection.execute(queries.LATE, params).fetchone()
    today, near = reading.connection.execute(queries.NEAR, params).fetchone()
    return DueStages(late, today, near - today, until)


@view("card.read")
def cards(reading: Reading) -> list[DueCard]:
    """Those cards, the longest late first; at most `MORE`. Off the UI thread."""
    params, _ = _asked(reading)
    return [_card(row) for row in reading.connection.execute(queries.DUE, params).fetchall()]


@view("card.read")
def unread(reading: Reading) -> int:
    """How many notices the viewer has not read; 1000 means 999+."""
    stages = reading.connection.execute(queries.UNREAD, _own(reading, 1000)).fetchone()
    agenda = reading.connection.execute(queries.UNREAD_APPOINTMENTS, _mine(reading, 1000)).fetchone()
    return min(1000, int(stages[0]) + int(agenda[0]))


@view("card.read")
def appointments(reading: Reading) -> list[AgendaNotice]:
    """What others did to the viewer's appointments and still stands so, unread, the newest `MORE` at most and first."""
    found = []
    for row in reading.connection.execute(queries.APPOINTMENTS, _mine(reading, MORE)):
        columns = (
            row[0],
            as_instant(row[1]),
            row[2],
            Told(row[3]),
            *row[4:7],
            as_instant(row[7]),
            as_date(row[8]),
        )
        found.append(AgendaNotice(*columns))
    return found


def _mine(reading: Reading, most: int) -> dict[str, Any]:
    return {"most": most, "today": reading.today.isoformat(), **sight(reading.viewer)}


@view("card.read")
def told(reading: Reading) -> list[DueCard]:
    """The notices that the viewer has not read, the newest `MORE` at most; the longest late first."""
    rows = reading.connection.execute(queries.TOLD, _own(reading, MORE)).fetchall()
    return sorted(map(_card, rows), key=lambda card: (card.due_on, card.card_id))


def _own(reading: Reading, most: int) -> dict[str, Any]:
    viewer = reading.viewer
    return {"user_id": viewer.user_id, "most": most, **reach(viewer, "card.read")}


def _asked(reading: Reading) -> tuple[dict[str, Any], date]:
    connection, viewer = reading.connection, reading.viewer
    leaders = Leaders(
        (Person(*row) for row in connection.execute(queries.PEOPLE)),
        (Branch(*row) for row in connection.execute(queries.TEAMS)),
    )
    today = reading.today
    until = near_until(today, calendar(connection))
    people = json.dumps(sorted(leaders.answered_for(viewer.user_id)))
    days = {"today": today.isoformat(), "until": until.isoformat()}
    return {"people": people, "most": MORE, **days, **reach(viewer, "card.read")}, until


def _card(row: tuple[Any, ...]) -> DueCard:
    due = as_date(row[6])
    assert due is not None
    columns = (*row[:6], due, *row[7:9], as_instant(row[9]))
    return DueCard(*columns)
