"""The verbs agenda import and agenda export: calendar files, seen before they are written, and feeds. (X36, T61)"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crm_tui.cli import out, taken_in
from crm_tui.cli.confirmed import confirmed
from crm_tui.cli.failures import Failure, Status, of_refusal
from crm_tui.cli.session import Session
from crm_tui.cli.taken_in import Wanted
from crm_tui.cli.worded import no_user
from crm_tui.domain.ics import Fault, IcsFile
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.i18n import C_, N_, Text, say, say_in, say_n

if TYPE_CHECKING:
    from crm_tui.services.agenda.judging import Judged

NAMES = {
    "new": C_("appointments", "New"),
    "update": C_("appointments", "Updated"),
    "cancel": C_("appointments", "Cancelled"),
    "unchanged": C_("appointments", "Unchanged"),
    "skipped": C_("appointments", "Skipped"),
}
"""Each with how many: the word says several."""
_TONES = {"new": "green", "update": "green", "cancel": "yellow", "skipped": ""}


def import_file(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=say("a calendar file (.ics)"))],
    yes: Annotated[bool, typer.Option("--yes", help=say("write without asking"))] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=say("only show what would happen"))] = False,
    user: Annotated[str, typer.Option(metavar="LOGIN", help=say("into this user's agenda"))] = "",
) -> None:
    """Appointments from a calendar file; the same file twice brings nothing new."""
    from crm_tui.connectors.ics_read import open_calendar
    from crm_tui.services.agenda import file_views
    from crm_tui.services.agenda.file_commands import in_order, take_ins

    session: Session = ctx.obj
    crm = session.crm()
    whose = _user(session, user)
    opened = open_calendar(file, crm.viewer.zone, session.path)
    if isinstance(opened, Refusal):
        raise of_refusal(opened)
    rows: list[Judged] = crm.read(file_views.preview, opened.events, whose)
    wanted = in_order(rows)
    asked = bool(wanted) and not dry_run and not yes
    if not session.options.json:
        _show(opened, rows, counts=asked, faults=asked or dry_run)
    if asked and not confirmed(
        say_n("Write {n} appointment? [y/N] ", "Write {n} appointments? [y/N] ", len(wanted))
    ):
        raise Failure(Status.USAGE, Text("Nothing was written: repeat with --yes to write."))
    result = _result(opened, rows)
    commands = take_ins(wanted, source=opened.name, user=whose)
    steps = [
        Wanted(row.event.line, row.verdict.value, command, row.event.summary)
        for row, command in zip(wanted, commands, strict=True)
    ]
    stopped = None if dry_run else taken_in.write(crm, steps, result)
    session.show(
        result,
        [f"batch:{result['batch']}"] if result["batch"] else [],
        lambda: _told(result, opened, dry_run=dry_run),
    )
    if stopped is not None and stopped.by is RefusedBy.STORE:
        raise of_refusal(stopped)


def _user(session: Session, login: str) -> int | None:
    if not login.strip():
        return None
    return next(iter(_people(session, login)))


def _people(session: Session, login: str) -> dict[int, str]:
    from crm_tui.services.access import views as access

    known = {user.login: user.id for user in session.crm().read(access.users, active=False)}
    wanted = login.strip().removeprefix("@")
    if wanted not in known:
        raise no_user(wanted, known)
    return {known[wanted]: wanted}


def _document(row: Judged) -> dict[str, Any]:
    event = row.event
    return {
        "line": event.line,
        "uid": event.uid,
        "title": event.summary,
        "from": event.start or event.first_on,
        "to": event.end if event.start is not None else event.last_on,
        "all_day": event.all_day,
        "rule": event.rrule or None,
        "verdict": row.verdict.value,
        "reason": say(row.why) if row.why is not None else None,
    }


def _faults(found: Sequence[Fault]) -> list[dict[str, Any]]:
    return [{"line": f.line, "title": f.title, "reason": say(f.reason)} for f in found]


def _result(opened: IcsFile, rows: Sequence[Judged]) -> dict[str, Any]:
    """The JSON document of a preview; there is no batch yet."""
    counts = Counter(row.verdict.value for row in rows)
    return {
        **{name: counts[name] for name in NAMES},
        "error": len(opened.faults),
        "events": [_document(row) for row in rows],
        "errors": _faults(opened.faults),
        "notices": _faults(opened.notices),
        "batch": None,
    }


def _show(opened: IcsFile, rows: Sequence[Judged], *, counts: bool, faults: bool) -> None:
    """What is left out and why, and what is taken with a change, beside the answer; before a question the counts, too,
    and where no answer says them what is wrong (`faults`)."""
    if counts:
        found = Counter(row.verdict.value for row in rows)
        out.aside(", ".join(f"{say_in('appointments', name)} {found[key]}" for key, name in NAMES.items()))
    if faults:
        taken_in.lines(say(N_("Errors:")), [(f.line, f.title, f.reason) for f in opened.faults])
    left = [(r.event.line, r.event.summary, r.why) for r in rows if r.why is not None]
    taken_in.lines(say(N_("Left out:")), left)
    taken_in.lines(
        say(N_("Taken in, to be looked at:")), [(f.line, f.title, f.reason) for f in opened.notices]
    )


def _told(result: dict[str, Any], opened: IcsFile, *, dry_run: bool) -> None:
    """The counts as a small table, what is wrong by line, and how to take it back."""
    counted = [
        (say_in("appointments", name), result[key], _TONES.get(key, "")) for key, name in NAMES.items()
    ]
    others = [say_n("{n} entry is no appointment.", "{n} entries are no appointments.", opened.others)]
    taken_in.told(counted, result, dry_run=dry_run, more=others if opened.others else ())


def export(
    ctx: typer.Context,
    target: Annotated[
        str, typer.Option("--out", metavar="FILE", help=say("the feed's file; - is stdout"))
    ] = "",
    user: Annotated[
        str, typer.Option(metavar="LOGIN", help=say("this user's agenda instead of one's own"))
    ] = "",
    team: Annotated[str, typer.Option(metavar="NAME", help=say("the agendas of this team"))] = "",
    details: Annotated[
        bool,
        typer.Option("--details", help=say("of others, too, what you may see: else only that they are busy")),
    ] = False,
) -> None:
    """An agenda as a calendar file that other programs read again and again."""
    from crm_tui.connectors import calendars, files
    from crm_tui.services.agenda import going_out

    session: Session = ctx.obj
    crm = session.crm()
    if not target.strip():
        raise Failure(Status.USAGE, Text("Say where to: --out FILE, or --out - for the output."))
    if user.strip() and team.strip():
        raise Failure(Status.USAGE, Text("Say --user or --team, not both."))
    named = {crm.viewer.user_id: crm.viewer.login}
    if team.strip():
        named = _team(session, team)
    elif user.strip():
        named = _people(session, user)
    events = crm.read(going_out.feed, [*named], details=details)
    mark = crm.read(going_out.feed_name, [*named])
    made = calendars.content(events, crm.clock(), name=team.strip() or ", ".join(named.values()), mark=mark)
    if target == "-":
        sys.stdout.buffer.write(made)
        sys.stdout.flush()
        return
    try:
        path = calendars.write_feed(files.located(target), made, mark, session.path)
    except files.FileFault as fault:
        raise Failure(Status.USAGE, fault.reason) from None
    session.show(
        {"path": str(path), "events": len(events), "users": [*named.values()]},
        [str(path)],
        lambda: out.line(say_n("{n} event in {path}.", "{n} events in {path}.", len(events), path=str(path))),
    )


def _team(session: Session, name: str) -> dict[int, str]:
    from crm_tui.cli.actions import meant
    from crm_tui.services.access import views as access
    from crm_tui.services.free import views

    crm = session.crm()
    members = crm.read(views.members, meant(session, "teams", name))
    return {user.id: user.login for user in crm.read(access.users) if user.id in members}


VERBS: Mapping[str, Callable[..., int | None]] = {"agenda import": import_file, "agenda export": export}
