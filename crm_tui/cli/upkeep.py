"""The verbs that look after the file: doctor and tick."""

from __future__ import annotations

from typing import Annotated

import typer

from crm_tui.cli import out
from crm_tui.cli.failures import Status
from crm_tui.cli.out import Cell, Column
from crm_tui.cli.session import Session
from crm_tui.i18n import say


def verbs(app: typer.Typer) -> None:
    """Register this group's verbs."""
    app.command("doctor")(doctor)


def doctor(
    ctx: typer.Context,
    fix: Annotated[bool, typer.Option("--fix", help=say("rebuild what is derived from other rows"))] = False,
) -> int:
    """Check the database, this terminal and this machine; status 7 if something is wrong."""
    from crm_tui.cli import checks

    session: Session = ctx.obj
    found = checks.all_of(session, fix=fix)
    bad = [each for each in found if not each.ok]
    session.show(
        [{"check": each.check, "ok": each.ok, "detail": say(each.detail)} for each in found],
        [each.check for each in bad],
        lambda: out.table(
            [Column("", key=True), Column(say("Check"), key=True), Column(say("Found"), key=True)],
            [
                (Cell(say("ok"), "green") if e.ok else Cell(say("wrong"), "red"), e.check, say(e.detail))
                for e in found
            ],
        ),
    )
    return Status.STORE if bad else Status.DONE
