"""The verbs about the file itself: make it, make the demonstration, copy it, put a copy back."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crm_tui.cli import out, start
from crm_tui.cli.failures import Status
from crm_tui.cli.out import Cell, Column
from crm_tui.cli.session import Session
from crm_tui.i18n import N_, Text, say

if TYPE_CHECKING:
    from crm_tui.connectors.copies import Copy


def init(
    ctx: typer.Context,
    name: Annotated[str, typer.Option(help=say("your name, as notes are signed"))] = "",
) -> None:
    """Make the operator's own database; an existing file is refused."""
    from crm_tui import bootstrap

    session: Session = ctx.obj
    login = session.options.login or bootstrap.own_login()
    signed = name.strip() or bootstrap.own_name(login)
    bootstrap.create_here(session.path, signed, login=login)
    path = str(session.path)
    opens = f"crm-tui --db {shlex.quote(path)}" if session.options.db else "crm-tui"
    said = N_("{path} is made; {login} is its administrator. Open it with {command}.")
    session.show(
        {"path": path, "login": login, "name": signed},
        [path],
        lambda: out.line(say(said, path=path, login=login, command=opens)),
    )


def demo(
    ctx: typer.Context,
    no_open: Annotated[bool, typer.Option("--no-open", help=say("make it, but do not open it"))] = False,
    cards: Annotated[int | None, typer.Option(min=1, max=300_000, help=say("how many cards"))] = None,
    people: Annotated[int | None, typer.Option(min=1, max=1_000_000, help=say("how many people"))] = None,
) -> int:
    """Make the demonstration, if it is not there, and open it."""
    session: Session = ctx.obj
    if not no_open:
        start.require_terminal()
    path = session.demonstration
    made = start.ready(session, path, cards=cards, people=people, progress=_progress())
    if not no_open:
        return start.screen(session, None)
    session.show(
        {"path": str(path), "made": made},
        [str(path)],
        lambda: out.line(
            say("{path} is made: open it with crm-tui --db {path}.", path=str(path))
            if made
            else say("{path} is there already.", path=str(path))
        ),
    )
    return 0


def _progress() -> Callable[[int, int], None] | None:
    """Progress on a terminal's error stream, one line rewritten; None where nobody watches."""
    if not sys.stderr.isatty():
        return None

    def told(made: int, whole: int) -> None:
        end = "\n" if made >= whole else ""
        sys.stderr.write(f"\r{made * 100 // max(whole, 1):3d} %{end}")
        sys.stderr.flush()

    return told


def backup(
    ctx: typer.Context, file: Annotated[Path, typer.Argument(help=say("a new file"), metavar="FILE")]
) -> None:
    """Copy the database to a new file, and check the copy."""
    from crm_tui import bootstrap

    session: Session = ctx.obj
    bootstrap.back_up(session.path, file, login=session.options.login)
    session.show(
        {"path": str(file), "bytes": file.stat().st_size},
        [str(file)],
        lambda: out.line(say("{path} is a complete copy.", path=str(file))),
    )


def copies(
    ctx: typer.Context,
    check: Annotated[bool, typer.Option("--check", help=say("read each to its end, too"))] = False,
) -> int:
    """The copies beside the database, the newest first; status 7 if one that was checked is damaged."""
    from crm_tui.connectors import copies as beside

    session: Session = ctx.obj
    found = [(each, beside.damage(each) if check else None) for each in beside.kept(session.path)]
    session.show(
        [
            {
                "path": str(each.path),
                "at": each.at.isoformat(),
                "bytes": each.size,
                **({"whole": why is None, "why": why and say(why)} if check else {}),
            }
            for each, why in found
        ],
        [str(each.path) for each, _ in found],
        lambda: _told(found, checked=check),
    )
    return Status.STORE if any(why is not None for _, why in found) else Status.DONE


def _told(found: Sequence[tuple[Copy, Text | None]], *, checked: bool) -> None:
    from crm_tui.ui import formats

    if not found:
        out.line(say("There is no copy beside the database yet."))
        return
    now = datetime.now(UTC).astimezone()
    rows: list[tuple[str | Cell, ...]] = []
    for each, why in found:
        verdict = Cell(say("ok"), "green") if why is None else Cell(say("damaged"), "red")
        at = formats.stamp(each.at, now, now.tzinfo or UTC)
        rows.append((at, formats.size(each.size), each.path.name, *([verdict] if checked else [])))
    heads = [Column(say("Made"), key=True), Column(say("Size"), right=True), Column(say("File"), key=True)]
    out.table([*heads, *([Column(say("Found"))] if checked else [])], rows)


def restore(
    ctx: typer.Context, file: Annotated[Path, typer.Argument(help=say("a copy"), metavar="FILE")]
) -> None:
    """Put a copy back into the database; the present is kept beside it."""
    from crm_tui import bootstrap

    session: Session = ctx.obj
    kept = bootstrap.restore(session.path, file, login=session.options.login)
    before = None if kept is None else str(kept)
    session.show(
        {"path": str(session.path), "before": before},
        [str(session.path)],
        lambda: out.line(
            say("{path} is restored.", path=str(session.path))
            if before is None
            else say(
                "{path} is restored; what it held is kept in {before}.", path=str(session.path), before=before
            )
        ),
    )


VERBS: Mapping[str, Callable[..., int | None]] = {
    "init": init,
    "demo": demo,
    "backup": backup,
    "copies": copies,
    "restore": restore,
}
