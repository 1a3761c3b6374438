"""The verb export: people, cards, activities or the trail as a file for spreadsheets and programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any

import typer

from crm_tui.cli import filters, out
from crm_tui.cli.failures import Failure, Status, of_refusal
from crm_tui.cli.filters import FilterOption, ViewOption
from crm_tui.cli.session import Session
from crm_tui.domain.export import (
    FILES,
    FILTERED,
    KINDS,
    NAMES,
    OWN,
    OWN_EN,
    Asked,
    Column,
    Format,
    What,
    chosen,
    format_of,
)
from crm_tui.domain.outcome import Refusal
from crm_tui.domain.trail import Entry
from crm_tui.i18n import N_, Text, say, say_n

_SPOKEN = {
    "pessoas": What.PEOPLE,
    "cartoes": What.CARDS,
    "cartões": What.CARDS,
    "atividades": What.ACTIVITIES,
    "eventos": What.EVENTS,
} | {what.value: what for what in KINDS}


def export(
    ctx: typer.Context,
    what: Annotated[str, typer.Argument(metavar="WHAT", help=say("people, cards, activities or events"))],
    form: Annotated[
        str, typer.Option("--format", metavar="FORM", help=say("csv, json or xlsx; else as the file ends"))
    ] = "",
    filter: FilterOption = "",
    view: ViewOption = "",
    columns: Annotated[
        str, typer.Option("--columns", metavar="NAMES", help=say("only these, in this order: name,phones"))
    ] = "",
    by: Annotated[
        str, typer.Option("--by", metavar="LOGIN", help=say("activities, events: only of this operator"))
    ] = "",
    card: Annotated[
        str, typer.Option("--card", metavar="CARD", help=say("activities, events: only of this card"))
    ] = "",
    person: Annotated[
        str, typer.Option("--person", metavar="PERSON", help=say("activities, events: only of this person"))
    ] = "",
    since: Annotated[
        str, typer.Option("--from", metavar="WHEN", help=say("activities, events: from this day on"))
    ] = "",
    until: Annotated[
        str, typer.Option("--to", metavar="WHEN", help=say("activities, events: up to this day"))
    ] = "",
    target: Annotated[
        str, typer.Option("--out", metavar="FILE", help=say("the file; without it, or -, the output"))
    ] = "",
    over: Annotated[bool, typer.Option("--over", help=say("over a file that is there"))] = False,
) -> None:
    """All that one may see of one kind, or what a filter means."""
    from crm_tui.cli.actions import day, meant
    from crm_tui.services.export import views

    session: Session = ctx.obj
    crm = session.crm()
    crm.read(views.may_export)
    asked = Asked(
        _what(what),
        None,
        day(session, since),
        day(session, until),
        meant(session, "every_user", by),
        card=meant(session, "cards", card),
        party=meant(session, "people", person),
    )
    kind = _form(form, target, asks_json=session.options.json and _output(target))
    line = filter.strip() or view.strip()
    if line:
        asked = _filtered(session, asked, filter, view)
    narrowed = asked.by or asked.since or asked.until or asked.card or asked.party
    if asked.what not in (What.ACTIVITIES, What.EVENTS) and narrowed:
        raise Failure(
            Status.USAGE,
            Text("--by, --card, --person, --from and --to are for activities and events: use --filter."),
        )
    told = (("--by", by), ("--card", card), ("--person", person), ("--from", since), ("--to", until))
    line = line or " ".join(f"{option} {value}" for option, value in told if value)
    own = crm.read(views.own) if asked.what is What.PEOPLE else []
    table = chosen(asked.what, _columns(asked.what, columns, own), own)
    asked = replace(asked, own=tuple(column.key for column in table if column.literal))
    _run(session, asked, kind, table, target, line, over=over)


def _run(
    session: Session,
    asked: Asked,
    kind: Format,
    table: Sequence[Column],
    target: str,
    line: str,
    *,
    over: bool,
) -> None:
    from crm_tui.connectors import files, tables_out
    from crm_tui.services.access import views as access
    from crm_tui.services.export import views
    from crm_tui.services.export.commands import NoteExport

    crm = session.crm()
    now, zone = crm.clock(), crm.viewer.zone
    path = None if _output(target) else files.located(target)

    def noted(rows: int) -> None:
        named = path.name if path is not None else say(N_("the output"))
        outcome = crm.run(NoteExport(what=asked.what, file=named, rows=rows, filter=line))
        if isinstance(outcome, Refusal):
            raise of_refusal(outcome)

    rows = views.picked(views.every(crm.read, asked), asked, table)
    told = _teller(now, zone)
    try:
        if path is None:
            tables_out.to_output(table, rows, kind, zone=zone, before=noted, told=told)
            return
        written, count = tables_out.write(
            path,
            table,
            rows,
            kind,
            zone=zone,
            database=crm.store.path,
            before=noted,
            told=told,
            over=over,
            company=crm.read(access.company).name,
        )
    except files.FileFault as fault:
        raise Failure(Status.USAGE, fault.reason) from None
    session.show(
        {"file": str(written), "rows": count, "format": kind.value, "what": asked.what.value},
        [str(written)],
        lambda: out.line(say_n("{n} row in {path}.", "{n} rows in {path}.", count, path=str(written))),
    )


def _teller(now: datetime, zone: Any) -> Callable[[Any], str]:
    def told(value: Any) -> str:
        if isinstance(value, Entry):
            from crm_tui.ui.sentences import sentence

            return sentence(value.kind, value.params, now, zone)
        return str(value)

    return told


def _output(target: str) -> bool:
    return target.strip() in ("", "-")


def _what(word: str) -> What:
    found = _SPOKEN.get(word.strip().lower())
    if found is None:
        raise Failure(
            Status.USAGE,
            Text("“{what}” cannot be exported: say people, cards, activities or events.", {"what": word}),
        )
    return found


def _form(said: str, target: str, *, asks_json: bool) -> Format:
    """The form that was said, else as the file ends; a workbook needs a file."""
    named = said.strip().lower()
    if named and named not in [each.value for each in Format]:
        raise Failure(Status.USAGE, Text("There is no form “{form}”: say csv, json or xlsx.", {"form": said}))
    ends = None if _output(target) else format_of(target)
    kind = Format(named) if named else ends or (Format.JSON if asks_json else Format.CSV)
    if kind is Format.XLSX and _output(target):
        raise Failure(Status.USAGE, Text("A workbook needs a file: say --out {file}.", {"file": "FILE.xlsx"}))
    return kind


def _filtered(session: Session, asked: Asked, line: str, view: str) -> Asked:
    place = FILTERED.get(asked.what)
    if place is None:
        raise Failure(
            Status.USAGE,
            Text(
                "{what} have no filter: say --by, --card, --person, --from or --to.",
                {"what": Text(NAMES[asked.what])},
            ),
        )
    return replace(asked, found=filters.asked(session, place, line, view))


def _columns(what: What, said: str, own: Sequence[Column]) -> list[str]:
    """The names of the columns that were said; one that is none is refused with those that there are."""
    keys = [key.strip() for key in said.split(",") if key.strip()]
    keys = [f"{OWN}{key.removeprefix(OWN_EN)}" if key.startswith(OWN_EN) else key for key in keys]
    known = [column.key for column in chosen(what, (), own)]
    unknown = next((key for key in keys if key not in known), None)
    if unknown is not None:
        raise Failure(
            Status.USAGE,
            Text(
                "There is no column “{name}” of {what}: {known}.",
                {"name": unknown, "what": Text(FILES[what]), "known": ", ".join(known)},
            ),
        )
    return keys


VERBS: Mapping[str, Callable[..., int | None]] = {"export": export}
