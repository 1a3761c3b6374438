"""The verbs that look after the file: doctor and tick."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated

import typer

from crm_tui.cli import out
from crm_tui.cli.failures import Status
from crm_tui.cli.out import Cell, Column
from crm_tui.cli.session import Session
from crm_tui.i18n import say


def doctor(
    ctx: typer.Context,
    fix: Annotated[bool, typer.Option("--fix", help=say("rebuild what is derived from other rows"))] = False,
    trail: Annotated[
        bool,
        typer.Option(
            "--trail", help=say("hold every row against the trail, too, and name the first bad one")
        ),
    ] = False,
) -> int:
    """Check the database, this terminal and this machine; status 7 if something is wrong."""
    from crm_tui.cli import checks

    session: Session = ctx.obj
    found = checks.all_of(session, fix=fix, rows=trail)
    bad = [each for each in found if not each.ok]
    session.show(
        [{"check": each.check, "ok": each.ok, "detail": say(each.detail)} for each in found],
        [each.check for each in bad],
        lambda: out.table(
            [Column("", key=True), Column(say("Check"), key=True), Column(say("Found"), wrap=True)],
            [
                (
                    Cell(say("ok"), "green") if e.ok else Cell(say("wrong"), "red"),
                    say(checks.NAMES[e.check]),
                    say(e.detail),
                )
                for e in found
            ],
        ),
    )
    return Status.STORE if bad else Status.DONE


def tick(ctx: typer.Context) -> int:
    """Run the jobs that are due, for cron; status 7 if one of them failed."""
    from crm_tui.connectors import clock

    session: Session = ctx.obj
    ran = clock.run_due(session.crm())
    done = ran or []

    def person() -> None:
        if ran is None:
            out.line(say("Another program is running the jobs."))
        elif not done:
            out.line(say("No job is due."))
        for each in done:
            out.line(f"{each.key}: {say(each.detail)}")

    session.show(
        [{"job": e.job, "key": e.key, "ok": e.ok, "detail": say(e.detail)} for e in done],
        [e.key for e in done],
        person,
    )
    return Status.DONE if all(each.ok for each in done) else Status.STORE


VERBS: Mapping[str, Callable[..., int | None]] = {"doctor": doctor, "tick": tick}
