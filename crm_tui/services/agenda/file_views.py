"""What may be read of a calendar file before anything is written."""

from __future__ import annotations

from collections.abc import Sequence

from crm_tui.domain.access import Viewer
from crm_tui.domain.ics import IcsEvent
from crm_tui.services.agenda import judging, stored
from crm_tui.services.agenda.judging import Facts, Judged
from crm_tui.services.core.reading import Reading, view
from crm_tui.store.queries import agenda as queries


@view(judging.KEY)
def preview(reading: Reading, events: Sequence[IcsEvent], user: int | None = None) -> list[Judged]:
    """What each event of a file would become in the agenda of `user`, one's own unless named; writes nothing."""
    return judging.judge_all(events, facts(reading, reading.viewer, events, user))


def facts(reading: Reading, viewer: Viewer, events: Sequence[IcsEvent], user: int | None) -> Facts:
    """What the base knows of these events and of whoever they name."""
    connection = reading.connection
    mine = user or viewer.user_id
    named = {who.address for event in events for who in event.attendees}
    named |= {event.organizer.address for event in events if event.organizer is not None}
    row = connection.execute(queries.FILE_ADDRESS, {"id": mine}).fetchone()
    return Facts(
        stored.by_identity(connection, viewer, {event.uid for event in events}),
        viewer,
        mine,
        str(row[0]).lower() if row is not None and row[0] else "",
        reading.now,
        stored.known(connection, viewer, named),
    )
