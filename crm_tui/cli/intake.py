"""The verb import: a contacts file is judged row by row, shown, and written as one batch."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crm_tui.cli import out
from crm_tui.cli.confirmed import confirmed
from crm_tui.cli.failures import Failure, Status, of_refusal
from crm_tui.cli.out import Cell, Column
from crm_tui.cli.session import Session
from crm_tui.domain.outcome import Conflict, Done, Refusal, RefusedBy
from crm_tui.i18n import Text, language, say, say_n

if TYPE_CHECKING:
    from crm_tui.services.core.crm import Crm
    from crm_tui.services.intake.plan import Preview

SHOWN = 20
"""Errors and differences that a person is shown; a program gets all."""


def take_in(
    ctx: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help=say("a file of contacts: CSV, Excel or vCard, or a folder of vCards")
        ),
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help=say("only show what would happen"))] = False,
    yes: Annotated[bool, typer.Option("--yes", help=say("write without asking"))] = False,
    due: Annotated[str, typer.Option(metavar="WHEN", help=say("a follow-up for each, on that day"))] = "",
    area: Annotated[str, typer.Option(metavar="DDD", help=say("the area code of phones without one"))] = "",
) -> None:
    """Contacts from a file; the same file twice brings nothing new."""
    from crm_tui.connectors.contacts import open_contacts
    from crm_tui.services.intake import views

    session: Session = ctx.obj
    crm = session.crm()
    day = _day(crm, due)
    opened = open_contacts(file, session.path)
    if isinstance(opened, Refusal):
        raise of_refusal(opened)
    preview: Preview = crm.read(views.preview, list(opened.records(area)))
    wanted = len(preview.wanted)
    asked = bool(wanted) and not dry_run and not yes
    if asked or (dry_run and not session.options.json):
        _show(preview, counts=asked)
    if asked and not confirmed(say_n("Write {n} contact? [y/N] ", "Write {n} contacts? [y/N] ", wanted)):
        raise Failure(Status.USAGE, Text("Nothing was written: repeat with --yes to write."))
    stopped: Refusal | None = None
    result = _result(preview)
    if not dry_run:
        stopped = _write(crm, preview, file.name, day, result)
    if yes and not session.options.json:
        _lines(say("Taken in, to be looked at:"), preview.doubts)
    session.show(
        result,
        [f"batch:{result['batch']}"] if result["batch"] else [],
        lambda: _told(result, dry_run=dry_run),
    )
    if stopped is not None and stopped.by is RefusedBy.STORE:
        raise of_refusal(stopped)


def _day(crm: Crm, words: str) -> date | None:
    """The follow-up's day, from the words of a date; an hour for all of them is refused."""
    if not words.strip():
        return None
    from crm_tui.domain import when
    from crm_tui.services.calendar import views as calendars

    zone = crm.viewer.zone
    now = crm.clock().astimezone(zone).replace(tzinfo=None)
    found = when.read(words, now, crm.read(calendars.own), language(), zone=zone)
    if isinstance(found, when.WhenRefusal):
        raise Failure(Status.USAGE, when.sentence(found, words, now, language()))
    if isinstance(found, datetime):
        raise Failure(Status.USAGE, Text("This field is a day, without an hour."))
    return found


def _show(preview: Preview, *, counts: bool) -> None:
    """What is wrong and what differs, by line, beside the answer; before a question the counts too."""
    if counts:
        out.aside(", ".join(f"{say(name)} {preview.counts[verdict]}" for verdict, name in _names()))
    _lines(say("Errors:"), preview.errors)
    _lines(say("Known under another name:"), preview.notices)
    _lines(say("Taken in, to be looked at:"), preview.doubts)


def _names() -> list[tuple[Any, str]]:
    from crm_tui.i18n import N_
    from crm_tui.services.intake.plan import Verdict

    return [
        (Verdict.NEW, N_("new")),
        (Verdict.UPDATE, N_("updated")),
        (Verdict.DUPLICATE, N_("already known")),
        (Verdict.ERROR, N_("with errors")),
    ]


def _lines(title: str, found: list[tuple[int, Text]]) -> None:
    if not found:
        return
    out.aside(title)
    for line, reason in found[:SHOWN]:
        out.aside(say("  line {line}: {reason}", line=line, reason=reason))
    if len(found) > SHOWN:
        out.aside(say_n("  and {n} more", "  and {n} more", len(found) - SHOWN))


def _result(preview: Preview) -> dict[str, Any]:
    """The JSON document of a preview; nothing is skipped and there is no batch yet."""
    from crm_tui.services.intake.plan import Verdict

    return {
        "new": preview.counts[Verdict.NEW],
        "updated": preview.counts[Verdict.UPDATE],
        "duplicate": preview.counts[Verdict.DUPLICATE],
        "error": preview.counts[Verdict.ERROR],
        "skipped": 0,
        "errors": [{"line": line, "reason": say(reason)} for line, reason in preview.errors],
        "batch": None,
    }


def _write(
    crm: Crm, preview: Preview, source: str, day: date | None, result: dict[str, Any]
) -> Refusal | None:
    """Write what the preview showed, in one batch, and bring `result` in step: what was refused meanwhile counts as
    an error by line. The first refusal, told with its line."""
    from crm_tui.services.intake.commands import take_ins
    from crm_tui.services.intake.plan import Verdict

    rows = preview.wanted
    if not rows:
        return None
    many = crm.run_many(take_ins(rows, source=source, follow_up=day), progress=_progress())
    for row, outcome in zip(rows, many.outcomes, strict=False):
        if isinstance(outcome, Done):
            continue
        result["new" if row.judged.verdict is Verdict.NEW else "updated"] -= 1
        result["error"] += 1
        reason = Text("somebody changed it meanwhile") if isinstance(outcome, Conflict) else outcome.reason
        result["errors"].append({"line": row.contact.line, "reason": say(reason)})
    for row in rows[len(many.outcomes) :]:
        result["new" if row.judged.verdict is Verdict.NEW else "updated"] -= 1
        result["skipped"] += 1
    result["errors"].sort(key=lambda each: each["line"])
    result["batch"] = many.batch if any(isinstance(o, Done) and o.events for o in many.outcomes) else None
    return many.first_refused([row.contact.line for row in rows])


def _progress() -> Any:
    if not sys.stderr.isatty():
        return None

    def told(done: int, whole: int) -> None:
        sys.stderr.write(f"\r{done * 100 // max(whole, 1):3d} %" + ("\n" if done >= whole else ""))
        sys.stderr.flush()

    return told


def _told(result: dict[str, Any], *, dry_run: bool) -> None:
    """The counts as a small table, the errors by line, and how to take it back."""
    rows = [
        (say("New"), result["new"], "green"),
        (say("Updated"), result["updated"], "green"),
        (say("Already known"), result["duplicate"], ""),
        (say("With errors"), result["error"], "red" if result["error"] else ""),
        (say("Skipped"), result["skipped"], ""),
    ]
    columns = [Column("", key=True), Column("", right=True, key=True)]
    out.table(columns, [(name, Cell(str(n), colour)) for name, n, colour in rows], heads=False)
    if dry_run:
        out.line(say("Nothing was written."))
        return
    for each in result["errors"][:SHOWN]:
        out.line(say("  line {line}: {reason}", line=each["line"], reason=each["reason"]))
    if result["batch"]:
        out.line(say("crm-tui undo takes it all back (batch {batch}).", batch=result["batch"]))


VERBS: Mapping[str, Callable[..., int | None]] = {"import": take_in}
