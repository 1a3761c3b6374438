"""What may be asked about appointments. An appointment is an activity with an hour, or with whole days. (B13, B62, M25)

Where something else takes the time of one of those who take part, booking and moving are refused with what it is and
what is free near by; `anyway` books over it knowingly. Of an appointment that comes again, `reach` says which of its
occurrences a change is for.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import ClassVar

from crm_tui.domain.agenda import RESPONSE_NAMES, Response
from crm_tui.domain.fields import ShownIf, Widget
from crm_tui.domain.recurring import REACH_NAMES, REPEAT_NAMES, Reach, Repeat
from crm_tui.i18n import N_
from crm_tui.services.agenda.file_commands import TakeInAppointment  # noqa: F401 - bootstrap looks here
from crm_tui.services.core.commands import Command, ask, choices, seen_version

LONGEST_PLACE = 200
LONGEST_TEXT = 10_000
MOST_MINUTES = 40_320
"""Four weeks: how long before an appointment one may be reminded."""


def _place() -> str:
    return ask(N_("Place"), default="", max_length=LONGEST_PLACE)  # type: ignore[no-any-return]


def _anyway() -> bool:
    return ask(N_("Book it anyway"), default=False, help=N_("over what takes the time already"))  # type: ignore[no-any-return]


def _appointment() -> int:
    return ask(N_("Appointment"), pick="appointments", hidden=True)  # type: ignore[no-any-return]


def _reason() -> str:
    return ask(N_("Reason"), default="", max_length=500)  # type: ignore[no-any-return]


def _reach() -> Reach:
    return ask(  # type: ignore[no-any-return]
        N_("Which ones"), default=Reach.THIS, choices=choices(REACH_NAMES), help=N_("of one that comes again")
    )


class BookAppointment(Command):
    """Book an appointment: for a card, a person, or nobody; with colleagues and outside guests. The first of `who` is
    the one whose appointment it is, oneself if they take part; nobody named: oneself alone. A day without an hour is a
    step to do on that day, unless it is for the whole day. (B13, B62, T44, T45, T59, T60, M25)"""

    permission: ClassVar[str] = "activity.add"
    title: ClassVar[str] = N_("Schedule")

    card: int | None = ask(N_("Card"), default=None, pick="cards", hidden=True)
    action: int | None = ask(N_("Kind"), default=None, pick="actions")
    who: tuple[int, ...] = ask(N_("Who"), default=(), pick="users")
    when: date | datetime = ask(N_("When"), widget=Widget.WHEN)
    until: time | None = ask(N_("Ends at"), default=None, help=N_("empty: as long as its kind takes"))
    subject: str = ask(N_("Subject"), default="", max_length=200)
    location: str = _place()
    party: int | None = ask(N_("Person"), default=None, pick="people")
    guests: tuple[int, ...] = ask(N_("Guests"), default=(), pick="people", help=N_("from outside the house"))
    remind: int | None = ask(N_("Remind me"), default=None, ge=0, le=MOST_MINUTES, help=N_("minutes before"))
    repeat: Repeat = ask(N_("Repeats"), default=Repeat.NEVER, choices=choices(REPEAT_NAMES))
    rule: str = ask(N_("Rule"), default="", max_length=500, shown_if=ShownIf("repeat", (Repeat.RULE,)))
    repeat_until: date | None = ask(
        N_("Repeats until"),
        default=None,
        widget=Widget.WHEN,
        shown_if=ShownIf("repeat", tuple(r.value for r in Repeat if r is not Repeat.NEVER)),
    )
    all_day: bool = ask(N_("All day"), default=False)
    last_on: date | None = ask(
        N_("Last day"), default=None, widget=Widget.WHEN, shown_if=ShownIf("all_day", ("1",))
    )
    internal_on: date | None = ask(N_("Internal date"), default=None, widget=Widget.WHEN)
    description: str = ask(N_("Notes"), default="", widget=Widget.BODY, max_length=LONGEST_TEXT)
    busy: bool = ask(N_("Takes the time"), default=True)
    private: bool = ask(N_("Private"), default=False, help=N_("others see only that the time is taken"))
    anyway: bool = _anyway()


class EditAppointment(Command):
    """Change an appointment that is planned: only the fields that are given. A rule is changed from this occurrence
    on."""

    permission: ClassVar[str] = "activity.edit"
    title: ClassVar[str] = N_("Edit appointment")

    activity: int = _appointment()
    action: int | None = ask(N_("Kind"), default=None, pick="actions")
    who: tuple[int, ...] = ask(N_("Who"), default=(), pick="users")
    when: date | datetime | None = ask(N_("When"), default=None, widget=Widget.WHEN)
    until: time | None = ask(N_("Ends at"), default=None, widget=Widget.HOURS)
    subject: str = ask(N_("Subject"), default="", max_length=200)
    location: str = _place()
    party: int | None = ask(N_("Person"), default=None, pick="people")
    guests: tuple[int, ...] = ask(N_("Guests"), default=(), pick="people", help=N_("from outside the house"))
    remind: int | None = ask(N_("Remind me"), default=None, ge=0, le=MOST_MINUTES, help=N_("minutes before"))
    repeat: Repeat | None = ask(N_("Repeats"), default=None, choices=choices(REPEAT_NAMES))
    rule: str = ask(N_("Rule"), default="", max_length=500, shown_if=ShownIf("repeat", (Repeat.RULE,)))
    repeat_until: date | None = ask(N_("Repeats until"), default=None, widget=Widget.WHEN)
    all_day: bool | None = ask(N_("All day"), default=None)
    last_on: date | None = ask(N_("Last day"), default=None, widget=Widget.WHEN)
    description: str = ask(N_("Notes"), default="", widget=Widget.BODY, max_length=LONGEST_TEXT)
    busy: bool | None = ask(N_("Takes the time"), default=None)
    private: bool | None = ask(N_("Private"), default=None, help=N_("others see only that the time is taken"))
    reach: Reach = _reach()
    anyway: bool = _anyway()
    version: int | None = seen_version()


class MoveAppointment(Command):
    """Move an appointment to another day or hour, or make it longer or shorter; a day alone keeps the hour."""

    permission: ClassVar[str] = "activity.edit"
    title: ClassVar[str] = N_("Move appointment")

    activity: int = _appointment()
    when: date | datetime | None = ask(N_("When"), default=None, widget=Widget.WHEN)
    minutes: int | None = ask(N_("Minutes"), default=None, ge=5, le=10_080)
    reach: Reach = _reach()
    anyway: bool = _anyway()
    version: int | None = seen_version()


class HoldAppointment(Command):
    """An appointment was held, without a parecer: only one that is about no card and no person."""

    permission: ClassVar[str] = "activity.edit"
    title: ClassVar[str] = N_("It was held")

    activity: int = _appointment()
    version: int | None = seen_version()


class MissAppointment(Command):
    """An appointment was not held: somebody did not come."""

    permission: ClassVar[str] = "activity.edit"
    title: ClassVar[str] = N_("It was not held")

    activity: int = _appointment()
    reason: str = _reason()
    version: int | None = seen_version()


class CancelAppointment(Command):
    """Cancel an appointment; it stays in the history."""

    permission: ClassVar[str] = "activity.edit"
    title: ClassVar[str] = N_("Cancel appointment")

    activity: int = _appointment()
    reason: str = _reason()
    reach: Reach = _reach()
    version: int | None = seen_version()


class DeleteAppointment(Command):
    """Take an appointment out of the agenda; it is still shown when deleted ones are asked for. (B15)"""

    permission: ClassVar[str] = "activity.edit"
    title: ClassVar[str] = N_("Delete appointment")

    activity: int = _appointment()
    reason: str = _reason()
    reach: Reach = _reach()
    version: int | None = seen_version()


class RestoreAppointment(Command):
    """Put an appointment that was deleted, cancelled or not held back as planned."""

    permission: ClassVar[str] = "activity.edit"
    title: ClassVar[str] = N_("Restore appointment")

    activity: int = _appointment()
    anyway: bool = _anyway()
    version: int | None = seen_version()


class AnswerInvitation(Command):
    """Answer an invitation, one's own; whose appointment it is also enters what others answered."""

    permission: ClassVar[str] = "activity.edit"
    title: ClassVar[str] = N_("Answer invitation")

    activity: int = _appointment()
    response: Response = ask(N_("Answer"), choices=choices(RESPONSE_NAMES))
    user: int | None = ask(N_("Who"), default=None, pick="users")
    guest: int | None = ask(N_("Guest"), default=None, pick="people")


class ContinueSeries(Command):
    """Make the next occurrences of what comes again, a year and a half ahead; the clock asks for it."""

    permission: ClassVar[str] = "activity.edit"
    title: ClassVar[str] = N_("Continue series")

    series: int = ask(N_("Series"), hidden=True)
