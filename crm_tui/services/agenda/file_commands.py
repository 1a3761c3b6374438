"""What may be asked of a calendar file: to take in one of its events. A file is many of them in one batch, one undo.

Exported by `commands`, which is the file that bootstrap looks into.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import ClassVar

from crm_tui.domain.agenda import Response
from crm_tui.domain.fields import Widget
from crm_tui.domain.ics import MAX_BODY, MAX_LOCATION, MAX_SUBJECT, IcsEvent, Status, Who
from crm_tui.i18n import N_
from crm_tui.services.agenda.judging import KEY, Judged
from crm_tui.services.core.commands import Command, ask

__all__ = ["TakeInAppointment"]


class TakeInAppointment(Command):
    """Take in one event of a calendar file: an appointment that is new, or what is newer about one that is known by its
    UID; a series, or the occurrence of one that differs. Nothing that is older than what is here is taken. (X36)

    With hours `start` and `end`, else the days `first_on` to `last_on`. `rule` is an RRULE without its name, `left_out`
    the days that fall out of it, `added` what comes beside it. `people` are `address=answer`; who of them is of the
    base is looked up. `user`: in whose agenda it goes, one's own unless another is named.
    """

    permission: ClassVar[str] = KEY
    title: ClassVar[str] = N_("Import appointment")

    uid: str = ask(N_("UID"), max_length=255)
    subject: str = ask(N_("Subject"), default="", max_length=MAX_SUBJECT)
    first_on: date = ask(N_("First day"), widget=Widget.WHEN)
    last_on: date = ask(N_("Last day"), widget=Widget.WHEN)
    zone: str = ask(N_("Time zone"), max_length=80)
    start: datetime | None = ask(N_("Begins"), default=None, widget=Widget.WHEN)
    end: datetime | None = ask(N_("Ends"), default=None, widget=Widget.WHEN)
    sequence: int = ask(N_("Revision"), default=0, ge=0)
    rule: str = ask(N_("Rule"), default="", max_length=500)
    left_out: tuple[date, ...] = ask(N_("Days left out"), default=(), hidden=True)
    added: tuple[date | datetime, ...] = ask(N_("Added"), default=(), hidden=True)
    occurrence: date | datetime | None = ask(N_("Which ones"), default=None, hidden=True)
    cancelled: bool = ask(N_("Cancelled"), default=False)
    location: str = ask(N_("Place"), default="", max_length=MAX_LOCATION)
    description: str = ask(N_("Notes"), default="", widget=Widget.BODY, max_length=MAX_BODY)
    busy: bool = ask(N_("Takes the time"), default=True)
    private: bool = ask(N_("Private"), default=False)
    remind: int | None = ask(N_("Remind me"), default=None, ge=0, le=40_320, help=N_("minutes before"))
    organizer: str = ask(N_("Invited by"), default="", max_length=255)
    people: tuple[str, ...] = ask(N_("Who"), default=(), hidden=True)
    user: int | None = ask(N_("In whose agenda"), default=None, pick="users")
    source: str = ask(N_("Source"), default="", max_length=200)


def event_of(command: TakeInAppointment) -> IcsEvent:
    """The event that a command says."""
    people = [each.rpartition("=") for each in command.people]
    return IcsEvent(
        uid=command.uid,
        summary=command.subject,
        all_day=command.start is None,
        first_on=command.first_on,
        last_on=command.last_on,
        zone=command.zone,
        start=command.start,
        end=command.end or command.start,
        sequence=command.sequence,
        rrule=command.rule,
        exdates=command.left_out,
        rdates=command.added,
        recurrence=command.occurrence,
        organizer=Who(command.organizer) if command.organizer else None,
        attendees=tuple(Who(address, "", Response(answer)) for address, _, answer in people),
        status=Status.CANCELLED if command.cancelled else Status.CONFIRMED,
        private=command.private,
        busy=command.busy,
        location=command.location,
        description=command.description,
        remind_minutes=command.remind,
    )


def take_ins(rows: Iterable[Judged], *, source: str, user: int | None = None) -> list[TakeInAppointment]:
    """The commands that do what a preview showed, in its order, a series before what differs from it; `source` names
    the file in the trail."""
    return [_command(row.event, source, user) for row in in_order(rows)]


def in_order(rows: Iterable[Judged]) -> list[Judged]:
    """What is to be written, a series before its occurrences that differ."""
    return sorted((row for row in rows if row.wanted), key=lambda row: row.event.recurrence is not None)


def _command(event: IcsEvent, source: str, user: int | None) -> TakeInAppointment:
    return TakeInAppointment(
        uid=event.uid,
        subject=event.summary,
        first_on=event.first_on,
        last_on=event.last_on,
        zone=event.zone,
        start=event.start,
        end=event.end,
        sequence=event.sequence,
        rule=event.rrule,
        left_out=event.exdates,
        added=event.rdates,
        occurrence=event.recurrence,
        cancelled=event.cancelled,
        location=event.location,
        description=event.description,
        busy=event.busy,
        private=event.private,
        remind=event.remind_minutes,
        organizer=event.organizer.address if event.organizer is not None else "",
        people=tuple(f"{who.address}={who.response}" for who in event.attendees),
        user=user,
        source=source[:200],
    )
