"""What may be asked about notes: filing a parecer, commenting, attaching a file."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import ClassVar

from crm_tui.domain.fields import Widget
from crm_tui.domain.note import BODY_LIMIT
from crm_tui.i18n import N_
from crm_tui.services.core.commands import Command, ask, seen_version


class FileNote(Command):
    """File a parecer: closes the follow-up with its result, stores the text, makes the next step, moves the
    stage; all in one transaction. (B30, B31, B48, T2, T6)

    What the result asks for (its detail, the next step, the reason of a loss) is asked here. Of `began` a day alone is
    enough; `ended` and `next_until` are hours of the same day. (T7-T12, T38-T45, T50-T60)
    """

    permission: ClassVar[str] = "note.file"
    title: ClassVar[str] = N_("File note")

    card: int | None = ask(N_("Card"), default=None, pick="cards", hidden=True)
    party: int | None = ask(N_("Person"), default=None, pick="people", hidden=True)
    activity: int | None = ask(N_("Step"), default=None, pick="activities", hidden=True)
    body: str = ask(N_("Text"), default="", widget=Widget.BODY, max_length=BODY_LIMIT)
    result: int | None = ask(N_("Result"), default=None, pick="results")
    next_when: date | datetime | None = ask(N_("When"), default=None, widget=Widget.WHEN)
    next_action: int | None = ask(N_("Next step"), default=None, pick="actions")
    next_subject: str = ask(N_("About"), default="", max_length=200)
    stage: int | None = ask(N_("Stage"), default=None, pick="stages")
    action: int | None = ask(N_("Action"), default=None, pick="actions")
    medium: int | None = ask(N_("Medium"), default=None, pick="mediums")
    campaign: int | None = ask(N_("Campaign"), default=None, pick="campaigns")
    detail: int | None = ask(N_("Detail"), default=None, pick="details")
    loss_reason: int | None = ask(N_("Loss reason"), default=None, pick="loss_reasons")
    loss_note: str = ask(N_("What happened"), default="", max_length=2_000)
    began: date | datetime | None = ask(
        N_("Done from"), default=None, widget=Widget.WHEN, past=True, help=N_("now")
    )
    ended: time | None = ask(N_("until"), default=None)
    next_contact: int | None = ask(N_("with"), default=None, pick="people")
    next_assignee: int | None = ask(N_("by"), default=None, pick="colleagues")
    next_phone: int | None = ask(N_("Phone"), default=None, pick="phones")
    next_until: time | None = ask(N_("Ends at"), default=None)
    next_description: str = ask(N_("Description"), default="", max_length=2_000)
    version: int | None = seen_version()


class AddComment(Command):
    """Leave an internal comment. (K27)"""

    permission: ClassVar[str] = "note.comment"
    title: ClassVar[str] = N_("Comment")
    in_archive: ClassVar[bool] = True

    card: int | None = ask(N_("Card"), default=None, pick="cards", hidden=True)
    party: int | None = ask(N_("Person"), default=None, pick="people", hidden=True)
    body: str = ask(N_("Comment"), widget=Widget.BODY, max_length=20_000)


class AttachFile(Command):
    """Attach a file to a card; its contents go into the database. (K28, B42, B43)"""

    permission: ClassVar[str] = "card.attach"
    title: ClassVar[str] = N_("Attach file")

    card: int = ask(N_("Card"), pick="cards", hidden=True)
    filename: str = ask(N_("File"), max_length=255)
    content: bytes = ask(N_("Content"), hidden=True)


class RemoveFile(Command):
    """Take a file off its card; an undo brings it back."""

    permission: ClassVar[str] = "card.attach"
    title: ClassVar[str] = N_("Remove file")

    attachment: int = ask(N_("File"), pick="attachments", hidden=True)
