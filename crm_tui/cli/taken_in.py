"""What every import on the command line says and does: what is shown before, the one batch, and what came of it."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from crm_tui.cli import out, stopping
from crm_tui.cli.failures import Failure, Status
from crm_tui.cli.out import Cell, Column
from crm_tui.connectors import copies
from crm_tui.domain.outcome import Conflict, Done, Refusal
from crm_tui.i18n import Text, say, say_n

if TYPE_CHECKING:
    from crm_tui.services.core.commands import Command
    from crm_tui.services.core.crm import Crm, Many

SHOWN = 20
"""Lines of each kind that a person is shown; a program gets all."""


class Wanted(NamedTuple):
    """What takes in one row: its line, the key of the result under which it counts, the command, and its name."""

    line: int
    key: str
    command: Command | None = None
    title: str = ""


def write(
    crm: Crm, wanted: Sequence[Wanted], result: dict[str, Any], commands: Sequence[Command] | None = None
) -> Refusal | None:
    """Write what the preview showed, in one batch, and bring `result` in step: what somebody took in meanwhile counts
    as known, what was refused as an error by line, what was not begun as skipped. The first refusal, told with its
    line. `commands`: those of `wanted`, where they are not with it. `ctrl+c` stops after what was begun: raises
    `Failure`, which says how many were written, how to go on and how to take them back."""
    if not wanted:
        return None
    if commands is None:
        commands = [each.command for each in wanted if each.command is not None]
    with stopping.on_request() as asked:
        many = copies.before_many(crm, len(commands)) or crm.run_many(
            commands, progress=_progress(), cancelled=asked.answer
        )
    if asked.stop and len(many.outcomes) < len(wanted):
        raise _interrupted(many, len(wanted))
    for each, outcome in zip(wanted, many.outcomes, strict=False):
        if isinstance(outcome, Done):
            if not outcome.events and "duplicate" in result:  # somebody else took it in meanwhile
                result[each.key] -= 1
                result["duplicate"] += 1
            continue
        result[each.key] -= 1
        result["error"] += 1
        reason = Text("somebody changed it meanwhile") if isinstance(outcome, Conflict) else outcome.reason
        titled = {"title": each.title} if each.title else {}
        result["errors"].append({"line": each.line, **titled, "reason": say(reason)})
    for each in wanted[len(many.outcomes) :]:
        result[each.key] -= 1
        result["skipped"] = result.get("skipped", 0) + 1
    result["errors"].sort(key=lambda found: found["line"])
    result["batch"] = many.batch if any(isinstance(o, Done) and o.events for o in many.outcomes) else None
    return many.first_refused([each.line for each in wanted])


def nothing_written() -> Failure:
    """What `ctrl+c` comes to before the first row is written."""
    return Failure(Status.INTERRUPTED, Text("Stopped by ctrl+c: nothing was written."))


def _interrupted(many: Many, whole: int) -> Failure:
    if sys.stderr.isatty():
        sys.stderr.write("\n")  # the line of how far it is has no end
    changed = sum(isinstance(outcome, Done) and bool(outcome.events) for outcome in many.outcomes)
    if not changed:
        return nothing_written()
    told = Text(
        "Stopped by ctrl+c: {done} of {whole} rows were written; import the file again to go on, or take them back with"
        " crm-tui undo {batch}.",
        {"done": changed, "whole": whole, "batch": many.batch},
    )
    return Failure(Status.INTERRUPTED, told)


def _progress() -> Callable[[int, int], None] | None:
    """How far it is and how long it will take, where somebody looks on."""
    if not sys.stderr.isatty():
        return None
    begun = time.monotonic()

    def told(done: int, whole: int) -> None:
        percent = done * 100 // max(whole, 1)
        left = (time.monotonic() - begun) / max(done, 1) * (whole - done)
        said = (
            say("{n} s left", n=round(left)) if percent else ""
        )  # of the first few rows one knows nothing yet
        sys.stderr.write(f"\r{percent:3d} %  {said}   ")
        sys.stderr.write("\n" if done >= whole else "")
        sys.stderr.flush()

    return told


def lines(title: str, found: Sequence[tuple[int, str, Text | str]]) -> None:
    """Line, name and reason of a few, beside the answer; how many more there are."""
    rows(title, [_line(line, named, reason) for line, named, reason in found])


def rows(title: str, found: Sequence[str]) -> None:
    """A few sentences under a title, beside the answer; how many more there are."""
    if not found:
        return
    out.aside(title)
    for row in found[:SHOWN]:
        out.aside(row)
    if len(found) > SHOWN:
        out.aside(say_n("  and {n} more", "  and {n} more", len(found) - SHOWN))


def _line(line: int, named: str, reason: Text | str) -> str:
    words = reason if isinstance(reason, str) else say(reason)
    return say("  line {line}: {reason}", line=line, reason=f"{named}: {words}" if named else words)


def told(
    counted: Iterable[tuple[str, int, str]],
    result: dict[str, Any],
    *,
    dry_run: bool,
    more: Sequence[str] = (),
) -> None:
    """The counts (name, how many, colour) as a small table, what is wrong by line, and how to take it back."""
    cells = [(name, Cell(str(n), colour)) for name, n, colour in counted]
    cells.append((say("With errors"), Cell(str(result["error"]), "red" if result["error"] else "")))
    out.table([Column("", key=True), Column("", right=True, key=True)], cells, heads=False)
    for line in more:
        out.line(line)
    if dry_run:
        out.line(say("Nothing was written."))
        return
    for each in result["errors"][:SHOWN]:
        out.line(_line(each["line"], each.get("title", ""), each["reason"]))
    if result["batch"]:
        out.line(say("crm-tui undo takes it all back (batch {batch}).", batch=result["batch"]))
