"""What may be asked of a foreign file of activities or notes: to take in one. A file is many in one batch, one undo."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from crm_tui.domain.fields import Widget
from crm_tui.i18n import N_
from crm_tui.services.core.commands import Command, ask
from crm_tui.services.core.linking import BODY, LINE


class TakeInActivity(Command):
    """Take in an activity of another tool: planned, or done on its day with its result and its text, which becomes the
    parecer of that day and of who did it. Nothing follows from it: no move, no next step.

    It is there already, and not made again, if it is known by its id there (`foreign_id`), or the card (or the person
    without a card) has the `nth` activity of this action, subject and day (where it has an hour, of that hour). (M96)
    """

    permission: ClassVar[str] = "intake.run"
    title: ClassVar[str] = N_("Import activity")

    card: int | None = ask(N_("Card"), default=None, pick="cards")
    party: int | None = ask(N_("Person"), default=None, pick="people")
    action: int | None = ask(N_("Action"), default=None, pick="actions")
    subject: str = ask(N_("Subject"), default="", max_length=LINE)
    when: date | datetime = ask(N_("When"), widget=Widget.WHEN)
    done: bool = ask(N_("Done"), default=False)
    assignee: int | None = ask(N_("By"), default=None, pick="colleagues")
    result: int | None = ask(N_("Result"), default=None, pick="results")
    text: str = ask(N_("Text"), default="", widget=Widget.BODY, max_length=BODY)
    nth: int = ask(N_("Which of several"), default=1, ge=1, hidden=True)
    source: str = ask(N_("Source"), default="", max_length=LINE)
    foreign_source: str = ask(N_("Program"), default="", max_length=100, hidden=True)
    foreign_id: str = ask(N_("Id there"), default="", max_length=100, hidden=True)


class TakeInNote(Command):
    """Take in a note of another tool, as a comment of its author and its day.

    It is there already, and not made again, if it is known by its id there (`foreign_id`), or the card (or the person
    without a card) has the `nth` note of this very text, whoever wrote it and whenever. (M96)
    """

    permission: ClassVar[str] = "intake.run"
    title: ClassVar[str] = N_("Import note")

    card: int | None = ask(N_("Card"), default=None, pick="cards")
    party: int | None = ask(N_("Person"), default=None, pick="people")
    text: str = ask(N_("Text"), widget=Widget.BODY, max_length=BODY)
    when: date | datetime | None = ask(N_("When"), default=None, widget=Widget.WHEN, past=True)
    author: int | None = ask(N_("By"), default=None, pick="colleagues")
    nth: int = ask(N_("Which of several"), default=1, ge=1, hidden=True)
    source: str = ask(N_("Source"), default="", max_length=LINE)
    foreign_source: str = ask(N_("Program"), default="", max_length=100, hidden=True)
    foreign_id: str = ask(N_("Id there"), default="", max_length=100, hidden=True)
