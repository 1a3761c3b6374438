"""Appointments as files of this machine: one exported, the feed of an agenda written anew. (X36, T61)

What of somebody's agenda may not be known is called busy here, in the language in force. Blocks while it writes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from crm_tui.connectors import files
from crm_tui.domain.ics import IcsEvent
from crm_tui.i18n import N_, say


def content(events: Sequence[IcsEvent], now: datetime, *, name: str = "", mark: str = "") -> bytes:
    """The bytes of a file; `mark` makes it a feed, which is written over by the same one alone."""
    from crm_tui.connectors.ics_write import write

    told = [event if event.summary else replace(event, summary=say(N_("busy"))) for event in events]
    return write(told, now, name=name, feed=mark)


def write_feed(path: Path, made: bytes, mark: str, database: Path) -> Path:
    """Write a feed where it is asked for; `FileFault` where something else lies there."""
    from crm_tui.connectors.ics_write import feed_of

    return files.put(path, made, database, lambda there: feed_of(there) == mark)


def save_one(path: Path, events: Sequence[IcsEvent], now: datetime, database: Path) -> Path:
    """Write an appointment to a new file; a folder gets it under its title."""
    return files.save(path, file_name(events), content(events, now), database)


def file_name(events: Sequence[IcsEvent]) -> str:
    """What the file of an appointment is called: its title and day."""
    first = events[0]
    title = "".join(c if c.isalnum() else "-" for c in first.summary.lower())
    words = "-".join(part for part in title.split("-") if part)[:60]
    return f"{words or 'agenda'}-{first.first_on.isoformat()}.ics"
