"""The verb about what was done: the history of actions, as a table, as JSON, as a CSV file. (T13)"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, Any

import typer

from crm_tui.cli import out
from crm_tui.cli.failures import Failure, Status
from crm_tui.cli.out import Cell, Column
from crm_tui.cli.session import Session
from crm_tui.domain import when
from crm_tui.domain.action_history import NEWEST, ActionRow, ActionsAsked, After
from crm_tui.domain.fields import chosen_id
from crm_tui.i18n import Text, language, say
from crm_tui.services.core.refs import party_ref, picked, typed
from crm_tui.ui import formats

_SAID = ("action", "campaign", "result", "by", "since", "until")
"""What WORDS may say by name, too."""
TONES = {"positive": "green", "negative": "red"}


def actions(
    ctx: typer.Context,
    words: Annotated[
        str, typer.Argument(metavar="WORDS", help=say("account, number, result, person …"))
    ] = "",
    account: Annotated[str, typer.Option("--account", metavar="REF", help=say("of this person"))] = "",
    card: Annotated[str, typer.Option("--card", metavar="REF", help=say("of this card"))] = "",
    action: Annotated[str, typer.Option("--action", metavar="NAME", help=say("of this kind"))] = "",
    campaign: Annotated[str, typer.Option("--campaign", metavar="NAME", help=say("for this campaign"))] = "",
    result: Annotated[str, typer.Option("--result", metavar="NAME", help=say("that ended so"))] = "",
    by: Annotated[str, typer.Option("--by", metavar="LOGIN", help=say("done by this operator"))] = "",
    mine: Annotated[bool, typer.Option("--mine", help=say("registered by oneself"))] = False,
    since: Annotated[str, typer.Option("--from", metavar="WHEN", help=say("from this day on"))] = "",
    until: Annotated[str, typer.Option("--to", metavar="WHEN", help=say("up to this day"))] = "",
    most: Annotated[int, typer.Option("--most", min=1, help=say("at most so many"))] = 200,
    csv: Annotated[str, typer.Option("--csv", metavar="FILE", help=say("all of them into a new file"))] = "",
) -> None:
    """What was done with whom and how it ended, the latest first."""
    from crm_tui.services.followup import actions as views

    session: Session = ctx.obj
    crm = session.crm()
    asked = ActionsAsked(
        account=meant(session, "people", account),
        card=meant(session, "cards", card),
        action=meant(session, "every_action", action),
        campaign=meant(session, "every_campaign", campaign),
        result=meant(session, "every_result", result),
        by=meant(session, "every_user", by),
        mine=mine,
        since=day(session, since),
        until=day(session, until),
    )
    told = crm.read(views.meant, words)
    said = {name: getattr(told, name) for name in _SAID if getattr(asked, name) is None}
    asked = replace(asked, words=told.words, **said)
    if csv:
        _to_file(session, csv, asked)
        return
    found: list[ActionRow] = []
    after: After | None = NEWEST
    while after is not None and len(found) < most:
        page = crm.read(views.page_of_actions, asked, after, most=min(views.PAGE, most - len(found)))
        found += page.rows
        after = page.after
    if after is not None:
        out.aside(say("There are more than are listed here."))
    session.show(
        [_document(row, session) for row in found],
        [f"note:{row.note_id}" if row.note_id else f"activity:{row.id}" for row in found],
        lambda: _table(found, session),
    )


def meant(session: Session, pick: str, text: str) -> int | None:
    """The id of the record that an option names: by its REF, its number or its name."""
    from crm_tui import bootstrap
    from crm_tui.domain.text import fold

    if not text.strip():
        return None
    crm = session.crm()
    named = picked(crm.reading(), pick, text.strip())
    chosen = chosen_id(named)
    if chosen is not None:
        return chosen
    options = crm.read(bootstrap.pickers()[pick], text.strip())
    exact = [o for o in options if fold(o.label) == fold(text.strip()) or o.ref == text.strip()] or options
    if len(exact) != 1:
        known = ", ".join(o.label for o in exact[:8])
        if not known:
            raise _none_such(session, pick, text)
        raise Failure(
            Status.MISSING, Text("“{text}” names no single one: {known}.", {"text": text, "known": known})
        )
    return int(exact[0].value)


def _none_such(session: Session, pick: str, text: str) -> Failure:
    """The failure of a name that nothing has; of a register, which names there are."""
    from crm_tui import bootstrap
    from crm_tui.cli.worded import some

    known = (
        []
        if pick in ("people", "contacts", "cards")
        else [o.label for o in session.crm().read(bootstrap.pickers()[pick], "")]
    )
    if not known:
        return Failure(Status.MISSING, Text("There is no “{text}”: look it up again.", {"text": text}))
    params = {"text": text, "known": some(known)}
    return Failure(Status.MISSING, Text("There is no “{text}”: choose among {known}.", params))


def day(session: Session, text: str) -> date | None:
    """The day that an option says, in words; one that has passed."""
    if not text.strip():
        return None
    crm = session.crm()
    now = crm.reading().local.replace(tzinfo=None)
    from crm_tui.services.calendar import views as calendars

    found = when.read(text, now, crm.read(calendars.default), language(), zone=crm.viewer.zone, past=True)
    if isinstance(found, when.WhenRefusal):
        raise Failure(Status.USAGE, when.sentence(found, text, now, language()))
    return found.date() if isinstance(found, datetime) else found


def _document(row: ActionRow, session: Session) -> dict[str, Any]:
    return {
        "ref": typed("activity", row.id),
        "note_ref": typed("note", row.note_id),
        "done_at": row.done_at.astimezone(session.crm().viewer.zone),
        "party": row.party,
        "party_ref": party_ref(row.party_id),
        "contact": row.contact,
        "number": row.number,
        "action": row.action,
        "campaign": row.campaign,
        "medium": row.medium,
        "result": row.result,
        "detail": row.detail,
        "by": row.by,
        "body": row.body,
    }


def _table(rows: list[ActionRow], session: Session) -> None:
    if not rows:
        out.line(say("No action is like that."))
        return
    crm = session.crm()
    now, zone = crm.clock(), crm.viewer.zone
    heads = (
        Column(say("When"), key=True),
        Column(say("Who")),
        Column(say("Number"), key=True),
        Column(say("Action")),
        Column(say("Campaign")),
        Column(say("Result")),
        Column(say("Detail")),
        Column(say("By"), key=True),
    )
    out.table(
        [*heads],
        [
            (
                formats.stamp(row.done_at, now, zone),
                row.party or "—",
                row.number or "",
                row.action,
                row.campaign or "",
                Cell(row.result or "", TONES.get(row.tone or "", "")),
                row.detail or "",
                row.by,
            )
            for row in rows
        ],
    )


def _to_file(session: Session, name: str, asked: ActionsAsked) -> None:
    from crm_tui.connectors import exported, files
    from crm_tui.services.followup import actions as views

    crm = session.crm()
    rows: Iterable[ActionRow] = views.every(crm.read, asked)
    try:
        path, written = exported.actions(files.located(name), rows, crm.viewer.zone, crm.store.path)
    except files.FileFault as fault:
        raise Failure(Status.USAGE, fault.reason) from None
    session.show(
        {"file": str(path), "rows": written}, [str(path)], lambda: out.line(exported.told(path, written))
    )


VERBS: Mapping[str, Callable[..., int | None]] = {"actions": actions}
