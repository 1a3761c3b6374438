"""The verb of dias livres: who is free on which days, and in which hours. (B16, B17, B63)"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Annotated, Any

import typer

from crm_tui.cli import out
from crm_tui.cli.contacts import plain_ascii
from crm_tui.cli.failures import Failure, Status
from crm_tui.cli.out import Cell, Column
from crm_tui.cli.session import Session
from crm_tui.cli.worded import day_of, users_of
from crm_tui.domain.access import UserRow
from crm_tui.domain.free import STATE_NAMES, DayState, FreeDay
from crm_tui.i18n import Text, say, say_in
from crm_tui.services.access import views as access
from crm_tui.services.free import views
from crm_tui.ui import formats, spans
from crm_tui.ui.glyphs import glyph

USUAL_DAYS = 10
LONGEST_DAYS = 366
COLOURS = {
    DayState.OFF: "bright_black",
    DayState.FREE: "green",
    DayState.PARTIAL: "",
    DayState.BUSY: "bright_black",
}
SIGNS = {
    DayState.OFF: "off",
    DayState.FREE: "free",
    DayState.PARTIAL: "partly",
    DayState.BUSY: "busy",
}


def free_days(
    ctx: typer.Context,
    since: Annotated[str, typer.Option("--from", metavar="WHEN", help=say("from this day on"))] = "",
    until: Annotated[str, typer.Option("--to", metavar="WHEN", help=say("up to this day"))] = "",
    users: Annotated[
        str, typer.Option("--users", metavar="LOGINS", help=say("whose: logins, parted by commas"))
    ] = "",
    team: Annotated[
        str, typer.Option("--team", metavar="NAME", help=say("those of this team and of the teams below"))
    ] = "",
) -> None:
    """Who is off, free, partly free or busy on which days, and the free hours."""
    session: Session = ctx.obj
    crm = session.crm()
    if users.strip() and team.strip():
        raise Failure(Status.USAGE, Text("Say --users or --team, not both."))
    first = day_of(session, since) or crm.reading().local.date()
    last = day_of(session, until) or first + timedelta(days=USUAL_DAYS - 1)
    if last < first:
        raise Failure(Status.USAGE, Text("The period ends before it begins: turn --from and --to round."))
    if (last - first).days >= LONGEST_DAYS:
        raise Failure(Status.USAGE, Text("The period may have {n} days at most.", {"n": LONGEST_DAYS}))
    people = _people(session, users, team)
    ids = [each.id for each in people]
    days: list[FreeDay] = crm.read(views.free_days, ids, first, last)
    hours = crm.read(views.free_hours, ids, first, last)
    logins = {each.id: each.login for each in people}
    document = [
        {
            "user": logins[each.user_id],
            "day": each.day.isoformat(),
            "state": each.state.value,
            "busy_minutes": each.busy,
            "free": [list(span) for span in hours[each.user_id, each.day]],
        }
        for each in days
    ]
    session.show(document, [*logins.values()], lambda: _table(days, logins, hours))


def _people(session: Session, users: str, team: str) -> list[UserRow]:
    """Who was named, in that order; everybody who works here where nobody was."""
    crm = session.crm()
    found: list[UserRow] = crm.read(access.users)
    if team.strip():
        from crm_tui.cli.actions import meant

        members = crm.read(views.members, meant(session, "teams", team))
        return [each for each in found if each.id in members]
    return users_of(session, users, active=True) or found


def _table(
    days: list[FreeDay], logins: Mapping[int, str], hours: Mapping[tuple[int, date], list[tuple[str, str]]]
) -> None:
    if not days:
        out.line(say("Nobody works here."))
        return
    columns = [
        Column(say("User"), key=True),
        Column(say("Day"), key=True),
        Column(say("State"), key=True),
        Column(say("Free"), right=True, key=True),
        Column(say("Hours")),
    ]
    rows: list[tuple[Any, ...]] = [
        (
            logins[each.user_id],
            formats.day_full(each.day),
            Cell(
                f"{glyph(SIGNS[each.state], plain_ascii())} {say_in('free day', STATE_NAMES[each.state])}",
                COLOURS[each.state],
            ),
            spans.length(each.free) if each.working else "",
            each.title
            if not each.working
            else "  ".join(f"{a}–{b}" for a, b in hours[each.user_id, each.day]),
        )
        for each in days
    ]
    out.table(columns, rows)


VERBS: Mapping[str, Callable[..., int | None]] = {"free-days": free_days}
