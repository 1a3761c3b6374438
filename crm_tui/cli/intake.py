"""The verb import: a file of records is judged row by row, shown, and written as one batch."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crm_tui.cli import out, taken_in
from crm_tui.cli.confirmed import confirmed
from crm_tui.cli.failures import Failure, Status, of_refusal
from crm_tui.cli.piped import piped
from crm_tui.cli.session import Session
from crm_tui.cli.taken_in import Wanted
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.i18n import Text, language, say, say_n

if TYPE_CHECKING:
    from crm_tui.domain.import_map import ImportMap
    from crm_tui.services.core.commands import Command
    from crm_tui.services.core.crm import Crm

KINDS = ("auto", "people", "cards", "activities", "notes")
_KEYS = {"new": "new", "update": "updated"}
"""Of a verdict the key of the result."""
Lines = Sequence[tuple[int, Text]]


@dataclass(slots=True)
class Plan:
    """What a file would do, whatever is in it: how many rows become what, lines with their reasons, the commands."""

    kind: str
    opened: Any
    counts: dict[str, int]
    wanted: list[Wanted]
    question: str
    errors: Lines = ()
    notices: Lines = ()
    doubts: Lines = ()
    commands: Sequence[Command] | None = None
    """Where `wanted` has none: each is made when it is come to."""


def take_in(
    ctx: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help=say(
                "people, cards, activities or notes: CSV, Excel, JSON, vCard, a folder of vCards; - is the input"
            ),
        ),
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help=say("only show what would happen"))] = False,
    yes: Annotated[bool, typer.Option("--yes", help=say("write without asking"))] = False,
    kind: Annotated[
        str,
        typer.Option(
            metavar="people|cards|activities|notes|auto", help=say("what the file holds; auto sees it itself")
        ),
    ] = "auto",
    due: Annotated[str, typer.Option(metavar="WHEN", help=say("a follow-up for each, on that day"))] = "",
    area: Annotated[str, typer.Option(metavar="DDD", help=say("the area code of phones without one"))] = "",
    layout: Annotated[
        str, typer.Option("--map", metavar="LAYOUT", help=say("read it by this layout of settings"))
    ] = "",
    board: Annotated[
        str, typer.Option(metavar="BOARD", help=say("of cards that name no board, or none that is here"))
    ] = "",
    owner: Annotated[
        str, typer.Option(metavar="LOGIN", help=say("of cards that name no owner, or nobody who is here"))
    ] = "",
    errors: Annotated[
        str, typer.Option(metavar="FILE", help=say("a new CSV of the rows with errors, to mend and import"))
    ] = "",
) -> None:
    """People, cards, activities or notes from a file; the same file twice brings nothing new."""
    session: Session = ctx.obj
    file = ctx.with_resource(piped(file))
    try:
        crm, plan = _planned(session, file, kind, due, area, layout, board, owner)
        wanted = len(plan.wanted)
        asked = bool(wanted) and not dry_run and not yes
        if asked or (dry_run and not session.options.json):
            _show(plan, counts=asked)
        if asked and not confirmed(plan.question):
            raise Failure(Status.USAGE, Text("Nothing was written: repeat with --yes to write."))
    except KeyboardInterrupt:
        raise taken_in.nothing_written() from None
    result = _result(plan)
    stopped = None if dry_run else taken_in.write(crm, plan.wanted, result, plan.commands)
    if errors.strip():
        result["errors_file"] = _mend(session, plan, result, errors)
    if yes and not session.options.json:
        taken_in.lines(say("Taken in, to be looked at:"), [(line, "", why) for line, why in plan.doubts])
    session.show(
        result,
        [f"batch:{result['batch']}"] if result["batch"] else [],
        lambda: _told(plan, result, dry_run=dry_run),
    )
    if stopped is not None and stopped.by is RefusedBy.STORE:
        raise of_refusal(stopped)


def _planned(
    session: Session, file: Path, kind: str, due: str, area: str, layout: str, board: str, owner: str
) -> tuple[Crm, Plan]:
    """What the file would do, as the options say it is to be read."""
    from crm_tui.connectors.acts import kind_of_file
    from crm_tui.connectors.deals import is_deals

    crm = session.crm()
    if kind not in KINDS:
        raise Failure(Status.USAGE, Text("Say --kind people, cards, activities, notes or auto."))
    day = _day(crm, due)
    maps, only = _layouts(crm, layout, kind)
    if only:
        kind = maps[0].kind.value
    cards = kind == "cards" or (kind == "auto" and file.exists() and is_deals(file, session.path, maps))
    if kind == "auto" and not cards and file.exists():
        kind = kind_of_file(file, session.path, maps) or kind
    acts = kind in ("activities", "notes")
    if (cards or acts) and day is not None:
        raise Failure(Status.USAGE, Text("A follow-up is planned for people, not for other kinds."))
    if (board.strip() or owner.strip()) and not cards:
        raise Failure(Status.USAGE, Text("--board and --owner are of cards: leave them out for other kinds."))
    if acts:
        return crm, _acts(session, file, area, maps, only, notes=kind == "notes")
    if cards:
        return crm, _cards(session, file, area, maps, only, whose=_whose(session, board, owner))
    return crm, _people(session, file, area, day, maps, only)


def _layouts(crm: Crm, name: str, kind: str) -> tuple[list[ImportMap], bool]:
    """The layouts to try on a file, or the one that was named, and whether one was."""
    from crm_tui.domain.text import fold
    from crm_tui.services.intake import registers

    maps: list[ImportMap] = crm.read(registers.maps)
    if not name.strip():
        return maps, False
    found = [each for each in maps if fold(each.name) == fold(name.strip())]
    if not found:
        known = ", ".join(each.name for each in maps) or say("none")
        raise Failure(
            Status.USAGE,
            Text("There is no import layout “{name}”. There are: {known}.", {"name": name, "known": known}),
        )
    if kind not in ("auto", found[0].kind):
        raise Failure(
            Status.USAGE, Text("This layout is of another kind than --kind says: leave --kind out.")
        )
    return found, True


def _people(
    session: Session, file: Path, area: str, day: date | None, maps: Sequence[ImportMap], only: bool
) -> Plan:
    from crm_tui.connectors.contacts import open_contacts
    from crm_tui.domain.import_map import MapKind
    from crm_tui.services.intake import views
    from crm_tui.services.intake.commands import take_ins
    from crm_tui.services.intake.plan import Preview, Verdict

    own = [each for each in maps if each.kind == MapKind.PEOPLE]
    asked = session.crm().read(views.asked_of_people)
    opened = open_contacts(file, session.path, own, only=only, asked=asked)
    if isinstance(opened, Refusal):
        raise of_refusal(opened)
    preview: Preview = session.crm().read(views.preview, opened.records(area))
    rows = preview.wanted
    commands = take_ins(rows, source=file.name, follow_up=day)
    return Plan(
        "people",
        opened,
        {
            "new": preview.counts[Verdict.NEW],
            "updated": preview.counts[Verdict.UPDATE],
            "duplicate": preview.counts[Verdict.DUPLICATE],
            "error": preview.counts[Verdict.ERROR],
        },
        [Wanted(row.contact.line, "new" if row.judged.verdict is Verdict.NEW else "updated") for row in rows],
        say_n("Write {n} contact? [y/N] ", "Write {n} contacts? [y/N] ", len(rows)),
        preview.errors,
        preview.notices,
        preview.doubts,
        commands,
    )


def _whose(session: Session, board: str, owner: str) -> dict[str, int | None]:
    """The board and the owner of cards that name none; a board on which one does not work is refused."""
    from crm_tui.cli.actions import meant

    found = {"board": meant(session, "boards", board), "owner": meant(session, "colleagues", owner)}
    if found["board"] is not None and not session.crm().viewer.attends(found["board"]):
        why = Text(
            "You do not work on {board}: ask an administrator to let you in.", {"board": board.strip()}
        )
        raise Failure(Status.DENIED, why)
    return found


def _cards(
    session: Session,
    file: Path,
    area: str,
    maps: Sequence[ImportMap],
    only: bool,
    *,
    whose: Mapping[str, int | None],
) -> Plan:
    from crm_tui.connectors.deals import open_deals
    from crm_tui.domain.import_map import MapKind
    from crm_tui.services.board import card_intake
    from crm_tui.services.board.card_intake import CardVerdict

    own = [each for each in maps if each.kind == MapKind.CARDS]
    opened = open_deals(file, session.path, own, only=only)
    if isinstance(opened, Refusal):
        raise of_refusal(opened)
    rows = session.crm().read(card_intake.card_preview, list(opened.records(area)), file.name, **whose)
    found = {verdict: [row for row in rows if row.verdict is verdict] for verdict in CardVerdict}
    new, again = found[CardVerdict.NEW], found[CardVerdict.UPDATE]
    written = [row for row in rows if row.command is not None]
    return Plan(
        "cards",
        opened,
        {
            "new": len(new),
            "updated": len(again),
            "duplicate": len(found[CardVerdict.DUPLICATE]),
            "error": len(found[CardVerdict.ERROR]),
        },
        [Wanted(row.row.line, _KEYS[row.verdict], row.command) for row in written],
        say_n("Write {n} card? [y/N] ", "Write {n} cards? [y/N] ", len(written)),
        [(row.row.line, row.why) for row in found[CardVerdict.ERROR] if row.why is not None],
        doubts=[(row.row.line, doubt) for row in written for doubt in row.doubts],
    )


def _acts(
    session: Session, file: Path, area: str, maps: Sequence[ImportMap], only: bool, *, notes: bool
) -> Plan:
    from crm_tui.connectors.acts import open_acts
    from crm_tui.domain.import_map import MapKind
    from crm_tui.services.intake import act_plan
    from crm_tui.services.intake.act_plan import ActVerdict

    own = [each for each in maps if each.kind == (MapKind.NOTES if notes else MapKind.ACTIVITIES)]
    opened = open_acts(file, session.path, own, notes=notes, only=only)
    if isinstance(opened, Refusal):
        raise of_refusal(opened)
    rows = session.crm().read(act_plan.act_preview, list(opened.records(area)), file.name, notes=notes)
    found = {verdict: [row for row in rows if row.verdict is verdict] for verdict in ActVerdict}
    new = found[ActVerdict.NEW]
    return Plan(
        "notes" if notes else "activities",
        opened,
        {
            "new": len(new),
            "updated": 0,
            "duplicate": len(found[ActVerdict.DUPLICATE]),
            "error": len(found[ActVerdict.ERROR]),
        },
        [Wanted(row.row.line, "new", row.command) for row in new if row.command is not None],
        say_n("Write {n} note? [y/N] ", "Write {n} notes? [y/N] ", len(new))
        if notes
        else say_n("Write {n} activity? [y/N] ", "Write {n} activities? [y/N] ", len(new)),
        [(row.row.line, row.why) for row in found[ActVerdict.ERROR] if row.why is not None],
        doubts=[(row.row.line, doubt) for row in new for doubt in row.doubts],
    )


def _mend(session: Session, plan: Plan, result: dict[str, Any], target: str) -> str | None:
    """Write the rows with errors; None where there are none."""
    from crm_tui.connectors import files, mending

    if not result["errors"]:
        return None
    reasons = {each["line"]: each["reason"] for each in result["errors"]}
    try:
        return str(mending.save(plan.opened, reasons, files.located(target), session.path))
    except files.FileFault as fault:
        raise Failure(Status.USAGE, fault.reason) from None


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


def _show(plan: Plan, *, counts: bool) -> None:
    """What is wrong and what differs, by line, beside the answer; before a question the counts too."""
    if counts:
        out.aside(", ".join(f"{say(name)} {plan.counts[key]}" for key, name in _names()))
    for title, found in (
        (say("Errors:"), plan.errors),
        (say("Known under another name:"), plan.notices),
        (say("Taken in, to be looked at:"), plan.doubts),
    ):
        taken_in.lines(title, [(line, "", why) for line, why in found])


def _names() -> list[tuple[str, str]]:
    from crm_tui.i18n import N_

    return [
        ("new", N_("new")),
        ("updated", N_("updated")),
        ("duplicate", N_("already known")),
        ("error", N_("with errors")),
    ]


def _result(plan: Plan) -> dict[str, Any]:
    """The JSON document of a preview; nothing is skipped and there is no batch yet."""
    return {
        "kind": plan.kind,
        **plan.counts,
        "skipped": 0,
        "errors": [{"line": line, "reason": say(reason)} for line, reason in plan.errors],
        "batch": None,
    }


def _told(plan: Plan, result: dict[str, Any], *, dry_run: bool) -> None:
    counted = [
        (say("New"), result["new"], "green"),
        (say("Updated"), result["updated"], "green"),
        (say("Already known"), result["duplicate"], ""),
        (say("Skipped"), result["skipped"], ""),
    ]
    written = result.get("errors_file")
    more = [say("The rows with errors are in {path}.", path=written)] if written else []
    taken_in.told(counted, result, dry_run=dry_run, more=more)


VERBS: Mapping[str, Callable[..., int | None]] = {"import": take_in}
