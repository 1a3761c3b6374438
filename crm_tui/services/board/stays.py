"""What may be read of the time that cards spend in stages: a card's own, and where those of a board wait. (M35)"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, Final

from crm_tui.domain.stays import Oldest, StageWait, Stay, WorkingTime, quantile
from crm_tui.services.board import views
from crm_tui.services.core.moments import calendar
from crm_tui.services.core.reading import Reading, view
from crm_tui.services.core.scope import reach
from crm_tui.store.queries import board as queries
from crm_tui.store.values import as_date, as_instant, instant

DAYS: Final = 90
"""Stays that ended in so many days are told of."""
ENDED: Final = 1_000
"""The latest so many of a stage: enough for a median, and the picture says where there were more."""
LASTING: Final = 20_000
"""So many cards of a stage are counted. 12,000 that one sees among 200,000 in one stage took 0.26 s, off the keys."""
OF_CARD: Final = 100


@view("card.read")
def of_card(reading: Reading, card_id: int) -> list[Stay]:
    """The stays of a card, the newest first, as far as the viewer sees their stages."""
    params = {"id": card_id, "most": OF_CARD, **reach(reading.viewer, "card.read")}
    return [
        Stay(
            row[0], row[1], row[2], row[3], _instant(row[4]), as_instant(row[5]), as_date(row[6]), *row[7:10]
        )
        for row in reading.connection.execute(queries.STAYS_OF_CARD, params).fetchall()
    ]


@view("card.read")
def waits(reading: Reading, board_id: int) -> list[StageWait]:
    """How long cards wait in each open stage of a board, of those that the viewer sees. Off the UI thread."""
    seen = reach(reading.viewer, "card.read")
    stages = reading.connection.execute(queries.TIMED_STAGES, {"board_id": board_id, **seen}).fetchall()
    today = reading.today
    since = datetime.combine(today - timedelta(DAYS), time(), reading.viewer.zone)
    begin = {"since": instant(since), "today": today.isoformat(), **seen}
    read = [_read(reading, stage_id, begin) for stage_id, _, _ in stages]
    first = min(
        (_day(row[0], reading) for ended, lasting in read for row in (*ended, *lasting[:1])), default=today
    )
    clock = WorkingTime(calendar(reading.connection), first, today)
    oldest = [lasting[0][2] for _, lasting in read if lasting]
    cards = {card.id: card for card in views.cards(reading, oldest)}
    found = []
    for (stage_id, name, expected), (ended, lasting) in zip(stages, read, strict=True):
        times = [clock.between(_local(a, reading), _local(b, reading)) for a, b in ended]
        now = reading.local.replace(tzinfo=None)
        ages = [clock.between(_local(row[0], reading), now) for row in (*lasting[:1], *_middle(lasting))]
        card = cards.get(lasting[0][2]) if lasting else None
        found.append(
            StageWait(
                stage_id,
                name,
                expected,
                len(lasting),
                sum(row[1] for row in lasting),
                len(ended),
                quantile(times, 0.5),
                quantile(times, 0.8),
                ages[1] if lasting else None,
                ages[0] if lasting else None,
                Oldest(card.id, card.number, card.party or card.title) if card is not None else None,
                len(ended) >= ENDED or len(lasting) >= LASTING,
            )
        )
    return found


def _read(reading: Reading, stage_id: int, asked: dict[str, Any]) -> tuple[list[Any], list[Any]]:
    connection = reading.connection
    ended = connection.execute(queries.STAYS_ENDED, {**asked, "stage_id": stage_id, "most": ENDED}).fetchall()
    lasting = connection.execute(
        queries.STAYS_LASTING, {**asked, "stage_id": stage_id, "most": LASTING}
    ).fetchall()
    return ended, lasting


def _middle(lasting: list[Any]) -> list[Any]:
    """The one in the middle: they come by age, so no other's need be worked out."""
    return lasting[len(lasting) // 2 : len(lasting) // 2 + 1]


def _instant(text: str) -> datetime:
    found = as_instant(text)
    assert found is not None
    return found


def _local(text: str, reading: Reading) -> datetime:
    return datetime.fromisoformat(text).astimezone(reading.viewer.zone).replace(tzinfo=None)


def _day(text: str, reading: Reading) -> date:
    return _local(text, reading).date()
