"""The verb when: what words of a date mean, said back. (WHEN.md §6)"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crm_tui.cli import out
from crm_tui.cli.failures import Failure, Status
from crm_tui.cli.session import Session
from crm_tui.domain import when as reader
from crm_tui.i18n import Text, language, say

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


def when(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="WORDS")],
    now: Annotated[
        str,
        typer.Option(metavar="ISO", help=say("the moment to read from; without an offset one's own clock")),
    ] = "",
) -> int:
    """The date or moment on stdout, its echo beside it; refused words are status 2, with what is offered."""
    from crm_tui.services.calendar import views as calendars

    session: Session = ctx.obj
    crm = session.crm()
    zone = crm.viewer.zone
    local = _now(now, zone) if now else crm.clock().astimezone(zone).replace(tzinfo=None)
    text = " ".join(words)
    calendar = crm.read(calendars.own)
    found = reader.read(text, local, calendar, language(), zone=zone)
    if isinstance(found, reader.WhenRefusal):
        sentence = say(reader.sentence(found, text, local, language()))
        if session.options.json:
            out.document(_refused(found, sentence, zone))
        out.aside(sentence)
        return Status.USAGE
    told = reader.describe(found, local, calendar, language(), words=text)
    if session.options.json:
        out.document(_moment(found, told.echo, zone))
    else:
        out.line(_instant(found, zone).isoformat() if isinstance(found, datetime) else found.isoformat())
    if not session.options.quiet:
        out.aside(str(told))
    return Status.DONE


def _now(text: str, zone: ZoneInfo) -> datetime:
    """The naive local moment that `--now` names; without an offset it is the operator's own clock."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Failure(
            Status.USAGE, Text("“{text}” is no moment: 2026-11-19T10:42.", {"text": text})
        ) from None
    return found if found.tzinfo is None else found.astimezone(zone).replace(tzinfo=None)


def _instant(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.replace(tzinfo=zone)


def _moment(moment: reader.Moment, echo: str, zone: ZoneInfo) -> dict[str, Any]:
    """`{date|at, local, echo}`: a day, or an instant in UTC, and either on the operator's clock."""
    if isinstance(moment, datetime):
        at = _instant(moment, zone).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return {"at": at, "local": moment.isoformat(timespec="minutes"), "echo": echo}
    return {"date": moment.isoformat(), "local": moment.isoformat(), "echo": echo}


def _refused(refusal: reader.WhenRefusal, sentence: str, zone: ZoneInfo) -> dict[str, Any]:
    """`{refused, reason, from, to, offers}`: `from` and `to` are characters of the words."""
    return {
        "refused": sentence,
        "reason": refusal.reason.value,
        "from": refusal.start,
        "to": refusal.end,
        "offers": [_moment(offer.value, offer.words, zone) for offer in refusal.offers],
    }


VERBS: Mapping[str, Callable[..., int | None]] = {"when": when}
