"""The small door of notices: the clock's job tells each of them once, a reader puts them away. (E29)

No command: a notice is no business fact but something said, and what it says is derived from the card when it is
shown. A command would leave five hundred events in the trail of cards that nobody touched. Running it again, or in
two programs at once, tells nobody twice: user, kind and stay are unique.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from crm_tui.domain.cadence import Branch, Leaders, Person, near_until
from crm_tui.domain.notice import NoticeKind
from crm_tui.services.core.moments import calendar
from crm_tui.store import notices
from crm_tui.store.connect import Use
from crm_tui.store.queries import notice as queries

if TYPE_CHECKING:
    from crm_tui.services.core.crm import Crm

CHUNK = 500
"""Stays that are looked at, and notices that are written, at a time: the lock is held for a few milliseconds."""
AT_ONCE = 10_000
"""Notices of one run at most; the next one goes on."""


def tell_due(crm: Crm) -> int:
    """Tell whom it concerns of every stay that is late or near, today on the clock of whoever runs it; how many
    notices are new. `StoreRefused` if they cannot be written."""
    told = 0
    for wanted in _untold(crm):
        with crm.store.writing(Use.DRAFT) as connection:
            told += notices.tell(connection, NoticeKind.STAGE_DUE, wanted, crm.clock())
        if told >= AT_ONCE:
            break
    _put_away(crm)
    return told


def _untold(crm: Crm) -> Iterator[list[tuple[int, str]]]:
    """Whom to tell of which stay, by the page: read without the lock, which only what is new is worth."""
    reading = crm.reading()
    connection = reading.connection
    leaders = Leaders(
        (Person(*row) for row in connection.execute(queries.PEOPLE)),
        (Branch(*row) for row in connection.execute(queries.TEAMS)),
    )
    until = near_until(reading.today, calendar(connection)).isoformat()
    due, after = "", 0
    while True:
        page = connection.execute(
            queries.STAYS, {"due": due, "after": after, "until": until, "most": CHUNK}
        ).fetchall()
        pairs = [(user, f"visit:{stay}") for _, _, stay, owner in page for user in leaders.concerned(owner)]
        asked = {"pairs": json.dumps(pairs), "kind": NoticeKind.STAGE_DUE.value}
        known = {*connection.execute(queries.KNOWN, asked).fetchall()}
        wanted = [pair for pair in pairs if pair not in known]
        if wanted:
            yield wanted
        if len(page) < CHUNK:
            return
        due, after = page[-1][:2]


def _put_away(crm: Crm) -> None:
    """Mark as read what nobody is shown any more, because the card has gone on."""
    reading = crm.reading()
    bounds = {"most": CHUNK, "yesterday": (reading.today - timedelta(days=1)).isoformat()}
    rows = reading.connection.execute(queries.OVER, bounds).fetchall()
    if rows:
        with crm.store.writing(Use.DRAFT) as connection:
            notices.read(connection, [row[0] for row in rows], crm.clock())


def mark_read(crm: Crm, ids: Sequence[int]) -> int:
    """The viewer has read these notices; how many were unread. Nobody marks another's. It may wait for the lock:
    not for the thread of the screen. `StoreRefused` if it cannot be written."""
    with crm.store.writing(Use.DRAFT) as connection:
        return notices.read(connection, ids, crm.clock(), crm.viewer.user_id)
