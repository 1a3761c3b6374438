"""From which moment on a card has stood still too long: the instants that SQL compares with, by limit of days.

Days are civil ones on the operator's clock, and some are not 24 hours long: SQL cannot count them, so it is told.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, time, timedelta

from crm_tui.services.core.reading import Reading
from crm_tui.store.queries.board import STALE_LIMITS
from crm_tui.store.values import instant


def stale_cuts(reading: Reading) -> str:
    """The parameter `stale_cuts` of `queries.board.STALE`: for each limit in use the first instant that is recent
    enough, as JSON."""
    today = reading.today
    found = {}
    for (limit,) in reading.connection.execute(STALE_LIMITS).fetchall():
        first = datetime.combine(today - timedelta(days=limit - 1), time(), reading.viewer.zone)
        found[str(limit)] = instant(first.astimezone(UTC))
    return json.dumps(found)
