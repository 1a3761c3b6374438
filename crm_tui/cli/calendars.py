"""The verb calendar: the working calendars, and holidays of cities from a file, seen before they are written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crm_tui.cli import out, taken_in
from crm_tui.cli.confirmed import confirmed
from crm_tui.cli.failures import Failure, Status
from crm_tui.cli.out import Column
from crm_tui.cli.session import Session
from crm_tui.cli.taken_in import Wanted
from crm_tui.domain.calendar import WEEK, write_day
from crm_tui.i18n import Text, say, say_n

if TYPE_CHECKING:
    from crm_tui.domain.holidays_file import Judged


def calendar(
    ctx: typer.Context,
    what: Annotated[str, typer.Argument(metavar="holidays", help=say("take in holidays of cities"))] = "",
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help=say("a CSV file: UF;city;day;name"))
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=say("only show what would happen"))] = False,
    yes: Annotated[bool, typer.Option("--yes", help=say("write without asking"))] = False,
) -> None:
    """The working calendars; `holidays FILE` takes in holidays of cities."""
    session: Session = ctx.obj
    if not what:
        _list(session)
        return
    if what not in ("holidays", "feriados"):
        reason = Text("Write crm-tui calendar holidays FILE: there is no “{word}”.", {"word": what})
        raise Failure(Status.USAGE, reason)
    if file is None:
        missing = {"what": "FILE", "verb": "calendar"}
        raise Failure(Status.USAGE, Text("{what} is missing: see crm-tui {verb} --help.", missing))
    _take_in(session, file, dry_run=dry_run, yes=yes)


def _list(session: Session) -> None:
    from crm_tui.services.calendar import registers
    from crm_tui.services.core.refs import typed
    from crm_tui.ui.sentences import amounts

    rows = session.crm().read(registers.calendar_register)
    document = [
        {
            "ref": typed("calendar", row.id),
            "name": row.name,
            "hours": {day: row.raw[day] for day in WEEK},
            "state": row.raw["state"] or None,
            "city": row.raw["city"] or None,
            "zone": row.raw["timezone"],
            "holidays": row.raw["holidays"] == "1",
            "default": row.raw["is_default"] == "1",
            "active": row.active,
        }
        for row in rows
    ]

    def person() -> None:
        heads = [say(head) for head in next(r for r in registers.REGISTERS if r.name == "calendars").heads]
        cells = [
            [cell if isinstance(cell, str) else say(amounts(cell)) for cell in row.cells] for row in rows
        ]
        out.table([Column(head, key=n == 0) for n, head in enumerate(heads)], cells)

    session.show(document, [each["ref"] for each in document if each["ref"]], person)


def _take_in(session: Session, file: Path, *, dry_run: bool, yes: bool) -> None:
    from crm_tui.connectors import holidays_csv
    from crm_tui.connectors.files import FileFault
    from crm_tui.services.calendar import taking_in

    crm = session.crm()
    try:
        lines = holidays_csv.read(file, session.path)
    except FileFault as fault:
        raise Failure(Status.USAGE, fault.reason) from None
    found: Judged = crm.read(taking_in.preview, lines)
    asked = bool(found.wanted) and not dry_run and not yes
    if asked or (dry_run and not session.options.json):
        _show(found)
    if asked and not confirmed(
        say_n("Write {n} holiday? [y/N] ", "Write {n} holidays? [y/N] ", len(found.wanted))
    ):
        raise Failure(Status.USAGE, Text("Nothing was written: repeat with --yes to write."))
    result = _result(found)
    if not dry_run:
        commands = taking_in.commands(found.wanted)
        wanted = [
            Wanted(each.line, "new" if each.known is None else "updated", command)
            for each, command in zip(found.wanted, commands, strict=True)
        ]
        taken_in.write(crm, wanted, result)
    refs = [f"batch:{result['batch']}"] if result["batch"] else []
    session.show(result, refs, lambda: _told(result, dry_run=dry_run))


def _result(found: Judged) -> dict[str, Any]:
    return {
        "new": len(found.new),
        "updated": len(found.renamed),
        "known": found.known,
        "error": len(found.errors),
        "errors": [{"line": line, "reason": say(reason)} for line, reason in found.errors],
        "holidays": [
            {"line": each.line, "state": each.state, "city": each.city, "day": each.day, "name": each.name}
            for each in found.wanted
        ],
        "batch": None,
    }


def _show(found: Judged) -> None:
    """What is new and what is wrong, by line, beside the answer."""
    rows = [
        say(
            "  line {line}: {city} ({state}), {day}: {name}",
            line=each.line,
            city=each.city,
            state=each.state,
            day=write_day(each.day),
            name=each.name,
        )
        for each in found.wanted
    ]
    taken_in.rows(say("New, or called otherwise:"), rows)
    taken_in.lines(say("Errors:"), [(line, "", reason) for line, reason in found.errors])


def _told(result: dict[str, Any], *, dry_run: bool) -> None:
    counted = [
        (say("New"), result["new"], "green"),
        (say("Updated"), result["updated"], "green"),
        (say("Already known"), result["known"], ""),
    ]
    taken_in.told(counted, result, dry_run=dry_run)


VERBS: Mapping[str, Callable[..., int | None]] = {"calendar": calendar}
