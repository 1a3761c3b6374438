"""A row of the queue as the command line tells it: its name, its signs, its document. Printing is `day`'s."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any

from crm_tui.cli.session import Session
from crm_tui.domain.aside import put_off
from crm_tui.domain.due import DueState
from crm_tui.domain.followup import ContactFields, QueueRow
from crm_tui.ui import formats
from crm_tui.ui.glyphs import glyph

if TYPE_CHECKING:
    from crm_tui.services.core.crm import Crm


def sign(state: DueState) -> str:
    """The state's glyph, in ASCII where the console or the encoding has no other."""
    return glyph(state.value, plain_ascii())


def flagged(title: str, reopened: bool) -> str:
    """What a row is about, with the flag of one that was closed and is worked on again. (E64)"""
    return f"{title} {glyph('reopened', plain_ascii())}" if reopened else title


def plain_ascii() -> bool:
    """Whether only ASCII can be shown."""
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    return os.environ.get("TERM") == "linux" or encoding != "utf8"


def ref_of(row: QueueRow) -> str:
    """The name by which a row is called: its card's number, or its step where there is no card."""
    return row.number or f"activity:{row.activity_id}"


def wearing(crm: Crm, ids: list[int]) -> Callable[[int | None], dict[str, Any]]:
    """The labels and tasks of these cards, as a document of one of them has them."""
    from crm_tui.services.label import views

    labels, tasks = crm.read(views.worn, ids), crm.read(views.tallies, ids)

    def facts(card_id: int | None) -> dict[str, Any]:
        done, count = tasks.get(card_id, (0, 0))
        names = [label.name for label in labels.get(card_id, ())]
        return {"labels": names, "tasks_done": done, "tasks": count}

    return facts


def document(
    row: QueueRow,
    state: DueState,
    session: Session,
    worn: Mapping[str, Any],
    said: ContactFields | None,
) -> dict[str, Any]:
    """A row as JSON; dates are civil, hours on the clock of whoever asks."""
    return {
        "number": ref_of(row),
        "title": row.title,
        "party": row.party,
        "owner": row.owner,
        "board": row.board,
        "stage": row.stage,
        "due_on": row.due_on,
        "due_at": local(row.start_at, session),
        "internal_on": row.internal_on,
        "state": state.value,
        "value_cents": row.value_cents,
        "stale_days": row.stale_days,
        "reopened": row.reopened,
        "snoozed_until": local(_aside(row.snoozed_until, session), session),
        "medium": said.medium if said is not None else None,
        "referrer": said.referrer if said is not None else None,
        "probability": said.probability if said is not None else None,
        **worn,
    }


def _aside(until: datetime | None, session: Session) -> datetime | None:
    """Until when a row is put off still."""
    return until if put_off(until, session.crm().clock()) else None


def local(at: datetime | None, session: Session) -> datetime | None:
    """An instant on the clock of whoever asks, with its offset."""
    return None if at is None else at.astimezone(session.crm().viewer.zone)


def what(row: QueueRow, now: datetime, zone: tzinfo) -> str:
    """What is to be done, as Hoje says it (else what the card is about), with its flags; if put off, until when."""
    title = flagged(row.subject or row.title, row.reopened)
    if row.snoozed_until is None or not put_off(row.snoozed_until, now):
        return title
    return f"{glyph('snoozed', plain_ascii())} {formats.put_off_until(row.snoozed_until, now, zone)}  {title}"
