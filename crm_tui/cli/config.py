"""The verbs config export and config import: everything that settings hold as one TOML file."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crm_tui.cli import out
from crm_tui.cli.confirmed import confirmed
from crm_tui.cli.failures import Failure, Status, of_refusal
from crm_tui.cli.out import Cell, Column
from crm_tui.cli.session import Session
from crm_tui.domain.outcome import Conflict, Done, Refusal
from crm_tui.i18n import C_, Text, say, say_in, say_n

if TYPE_CHECKING:
    from crm_tui.services.core.setup_file import Plan, Setup, Words

SHOWN = 40
NAMES = {
    "new": C_("setup", "New"),
    "changed": C_("setup", "Changed"),
    "same": C_("setup", "Unchanged"),
    "error": C_("setup", "With errors"),
}
_TONES = {"new": "green", "changed": "yellow", "error": "red"}


def _setup(session: Session) -> Setup:
    from crm_tui import bootstrap
    from crm_tui.services.calendar import views as calendars
    from crm_tui.services.core.forms import World
    from crm_tui.services.core.setup_file import Setup

    crm = session.crm()
    world = World(crm.reading(), bootstrap.pickers(), crm.read(calendars.own))
    return Setup(bootstrap.registers(), bootstrap.commands().__getitem__, world)


def config(ctx: typer.Context) -> None:
    """What is set up: each list with how many records it has."""
    session: Session = ctx.obj
    setup = _setup(session)
    titles = {"company": say("Company"), **{each.name: say(each.title) for each in setup.lists()}}
    held = {name: len(rows) for name, rows in setup.tables().items()}

    def person() -> None:
        columns = [Column(say("List"), key=True), Column("", right=True, key=True)]
        out.table(columns, [(titles[name], str(n)) for name, n in held.items()])

    session.show(held, [*held], person)


def export(
    ctx: typer.Context,
    target: Annotated[str, typer.Option("--out", metavar="FILE", help=say("a TOML file; - is stdout"))] = "-",
) -> None:
    """Everything that settings hold as one TOML file, in a fixed order; no people, no cards."""
    from crm_tui.connectors import files, setup_toml

    session: Session = ctx.obj
    tables = _setup(session).tables()
    made = setup_toml.written(tables).encode()
    if target == "-":
        sys.stdout.buffer.write(made)
        sys.stdout.flush()
        return
    try:
        path = files.put(files.located(target), made, session.path, setup_toml.is_one)
    except files.FileFault as fault:
        raise Failure(Status.USAGE, fault.reason) from None
    records = sum(map(len, tables.values()))
    session.show(
        {"path": str(path), "records": records, "lists": {name: len(rows) for name, rows in tables.items()}},
        [str(path)],
        lambda: out.line(say_n("{n} record in {path}.", "{n} records in {path}.", records, path=str(path))),
    )


def import_file(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=say("a file of config export"))],
    yes: Annotated[bool, typer.Option("--yes", help=say("write without asking"))] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=say("only show what would happen"))] = False,
) -> None:
    """What a file of the setup would change, and then change it: all of it or nothing, one undo."""
    from crm_tui.connectors import files, setup_toml

    session: Session = ctx.obj
    try:
        given = setup_toml.read(files.read(file, session.path))
    except files.FileFault as fault:
        raise Failure(Status.USAGE, fault.reason) from None
    except setup_toml.NotASetup as fault:
        raise Failure(Status.USAGE, fault.reason) from None
    plan = _setup(session).plan(given)
    wrong = [row for row in plan.rows if row.reason is not None]
    asked = bool(plan.commands) and not wrong and not dry_run and not yes
    if not session.options.json:
        _show(plan, _words())
    if asked and not confirmed(say("Change the setup? [y/N] ")):
        raise Failure(Status.USAGE, Text("Nothing was written: repeat with --yes to write."))
    result = _result(plan)
    if plan.commands and not dry_run and not wrong:
        result["batch"] = _write(session, plan)
    refs = [f"batch:{result['batch']}"] if result["batch"] else []
    session.show(result, refs, lambda: _told(result, plan, dry_run=dry_run))
    if wrong:
        raise Failure(Status.REFUSED, Text("Nothing was written: mend the lines above first."))


def _write(session: Session, plan: Plan) -> str | None:
    at, outcome = session.crm().run_together(plan.commands)
    if isinstance(outcome, Done):
        return outcome.batch if outcome.events else None
    reason = Text("somebody changed it meanwhile") if isinstance(outcome, Conflict) else outcome.reason
    told = Text("Line {line}: {why}", {"line": plan.lines[at], "why": reason})
    raise of_refusal(Refusal(told, outcome.by if isinstance(outcome, Refusal) else Refusal(told).by))


def _result(plan: Plan) -> dict[str, Any]:
    counts = Counter(row.verdict.value for row in plan.rows)
    return {
        **{name: counts[name] for name in NAMES},
        "only_here": plan.left,
        "records": [
            {
                "line": row.line,
                "list": row.list,
                "name": row.name,
                "verdict": row.verdict.value,
                "fields": list(row.fields),
                "reason": say(row.reason) if row.reason is not None else None,
            }
            for row in plan.rows
            if row.verdict != "same"
        ],
        "batch": None,
    }


def _words() -> Words:
    from crm_tui import bootstrap
    from crm_tui.services.core.setup_file import Words

    return Words(bootstrap.registers(), bootstrap.commands().__getitem__)


def _show(plan: Plan, words: Words) -> None:
    """What changes, by line, beside the answer, as the screens call it."""
    rows = [row for row in plan.rows if row.verdict != "same"]
    for row in rows[:SHOWN]:
        fields = (words.field(row.list, name) for name in row.fields)
        told = say(row.reason) if row.reason is not None else ", ".join(fields)
        word = say_in("setup", NAMES[row.verdict.value])
        called = f"{words.list(row.list)}: {row.name}" if row.name else words.list(row.list)
        out.aside(f"  {row.line:5}  {word}  {called}{f'  ({told})' if told else ''}")
    if len(rows) > SHOWN:
        out.aside(say_n("  and {n} more", "  and {n} more", len(rows) - SHOWN))


def _told(result: dict[str, Any], plan: Plan, *, dry_run: bool) -> None:
    rows = [
        (say_in("setup", name), Cell(str(result[key]), _TONES.get(key, "") if result[key] else ""))
        for key, name in NAMES.items()
    ]
    out.table([Column("", key=True), Column("", right=True, key=True)], rows, heads=False)
    if plan.left:
        out.line(
            say_n(
                "{n} record is only here and stays as it is.",
                "{n} records are only here and stay as they are.",
                plan.left,
            )
        )
    if result["batch"]:
        out.line(say("crm-tui undo takes it all back (batch {batch}).", batch=result["batch"]))
    elif dry_run:
        out.line(say("Nothing was written."))


VERBS: Mapping[str, Callable[..., int | None]] = {
    "config": config,
    "config export": export,
    "config import": import_file,
}
