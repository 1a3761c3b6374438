"""The verb of the agenda: the appointments of some days, one's own or colleagues', as a table or as JSON. (B13-B15)

What goes into files and comes out of them is `agenda import` and `agenda export`, verbs of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Annotated, Any

import typer

from crm_tui.cli import out
from crm_tui.cli.contacts import sign
from crm_tui.cli.day import COLOURS
from crm_tui.cli.failures import Failure, Status
from crm_tui.cli.out import Cell, Column
from crm_tui.cli.session import Session
from crm_tui.cli.worded import day_of, users_of
from crm_tui.domain.agenda import RESPONSE_NAMES, Entry, Response
from crm_tui.domain.agenda_view import entry_state
from crm_tui.i18n import Text, say
from crm_tui.services.core.refs import typed
from crm_tui.ui import formats

WEEK = timedelta(days=6)
"""Behind the first day, where no last one is named."""
LONGEST = timedelta(days=731)
"""Days that are looked at in one go at most: two years."""


def agenda(
    ctx: typer.Context,
    since: Annotated[str, typer.Option("--from", metavar="WHEN", help=say("from this day on"))] = "",
    until: Annotated[str, typer.Option("--to", metavar="WHEN", help=say("up to this day"))] = "",
    users: Annotated[
        str, typer.Option("--users", metavar="LOGINS", help=say("whose: logins, parted by commas"))
    ] = "",
    deleted: Annotated[
        bool, typer.Option("--deleted", help=say("the cancelled and deleted ones, too"))
    ] = False,
) -> None:
    """The appointments of some days, today and six more unless said otherwise."""
    from crm_tui.services.agenda import views

    session: Session = ctx.obj
    crm = session.crm()
    first = day_of(session, since) or crm.clock().astimezone(crm.viewer.zone).date()
    last = day_of(session, until) or first + WEEK
    if last < first:
        raise Failure(Status.USAGE, Text("The last day comes before the first: turn them round."))
    if last - first > LONGEST:
        raise Failure(Status.USAGE, Text("That is more than two years: ask for fewer days at a time."))
    people = _people(session, users)
    found = crm.read(views.agenda, list(people), first, last, deleted=deleted)
    whose: dict[int, list[str]] = {}
    declined: set[tuple[int, str]] = set()
    for entry in found:
        whose.setdefault(entry.id, []).append(people[entry.user_id])
        if entry.response == Response.DECLINED:
            declined.add((entry.id, people[entry.user_id]))
    once = list({entry.id: entry for entry in found}.values())
    once.sort(key=lambda e: (e.day(crm.viewer.zone), not e.all_day, e.start_at or crm.clock(), e.id))
    session.show(
        [_document(entry, whose[entry.id], session, deleted=deleted) for entry in once],
        [f"activity:{entry.id}" for entry in once],
        lambda: _table(once, whose, declined, session, several=len(people) > 1),
    )


def _people(session: Session, text: str) -> dict[int, str]:
    """The logins that the option names, by id; oneself if it names none."""
    viewer = session.crm().viewer
    return {user.id: user.login for user in users_of(session, text)} or {viewer.user_id: viewer.login}


def _document(entry: Entry, users: list[str], session: Session, *, deleted: bool) -> dict[str, Any]:
    """Hours on the clock of whoever asks, whole days as civil dates, the last one included. Of what one may not see
    the title is empty."""
    zone = session.crm().viewer.zone
    begin: date | datetime = entry.due_on
    end: date | datetime = entry.last_on
    if entry.start_at is not None and not entry.all_day:
        begin = entry.start_at.astimezone(zone)
        end = (entry.end_at or entry.start_at).astimezone(zone)
    found = {
        "ref": typed("activity", entry.id),
        "from": begin,
        "to": end,
        "all_day": entry.all_day,
        "title": entry.subject,
        "party": entry.party,
        "users": users,
        "place": entry.location,
        "state": entry.state,
    }
    return found | ({"deleted": entry.deleted} if deleted else {})


def _table(
    rows: list[Entry],
    whose: Mapping[int, list[str]],
    declined: Collection[tuple[int, str]],
    session: Session,
    *,
    several: bool,
) -> None:
    """`declined`: which appointments whose invitation was, said behind the name, or behind what it is of one person."""
    if not rows:
        out.line(say("No appointment in these days."))
        return
    crm = session.crm()
    now, zone = crm.clock(), crm.viewer.zone
    today = now.astimezone(zone).date()
    columns = [Column(say("Number"), key=True), Column(say("When"), key=True), Column(say("Who"))]
    columns += [Column(say("What")), Column(say("Where"))]
    if several:
        columns.append(Column(say("Users")))

    def named(entry: Entry, login: str, text: str) -> str:
        if (entry.id, login) not in declined:
            return text
        return f"{text} ({say(RESPONSE_NAMES[Response.DECLINED])})"

    def what(entry: Entry) -> str:
        text = entry.subject if entry.seen else say("busy")
        return text if several else named(entry, whose[entry.id][0], text)

    def row(entry: Entry) -> tuple[str | Cell, ...]:
        state = entry_state(entry, now, zone)
        hours = say("all day")
        if entry.start_at is not None and entry.end_at is not None and not entry.all_day:
            hours = f"{formats.clock(entry.start_at, zone)}-{formats.clock(entry.end_at, zone)}"
        day = formats.day_word(entry.day(zone), today)
        cells: list[str | Cell] = [
            f"activity:{entry.id}",
            Cell(f"{sign(state)} {day} {hours}", COLOURS[state]),
            entry.party or "—",
            what(entry),
            entry.location or "—",
        ]
        return (
            (*cells, ", ".join(named(entry, each, each) for each in whose[entry.id]))
            if several
            else tuple(cells)
        )

    out.table(columns, [row(entry) for entry in rows])


VERBS: Mapping[str, Callable[..., int | None]] = {"agenda": agenda}
