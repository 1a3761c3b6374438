"""What may be asked about notes: filing a parecer, commenting, attaching a file."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import ClassVar, Final

from crm_tui.domain.fields import Widget
from crm_tui.domain.note import BODY_LIMIT
from crm_tui.i18n import N_
from crm_tui.services.core.commands import Command, ask, seen_version

STEP: Final = N_("of the next step")
"""Said of what is asked about the step that follows, beside what is asked about the one that was done."""


class FileNote(Command):
    """File a parecer: closes the follow-up with its result, stores the text, makes the next step, moves the
    stage; all in one transaction. (B30, B31, B48, T2, T6)

    `answer`: what comes of the card's stage, and of each stage that an answer leads to (B49, B50); it decides where the
    card goes, whatever the result says. `answer_seen`: the version of each as it was seen, parted by commas, so that
    one that was changed meanwhile is looked at again.

    What the result asks for (its detail, the next step, the reason of a loss) is asked here. Of `began` a day alone is
    enough; `ended` and `next_until` are hours of the same day. (T7-T12, T38-T45, T50-T60)

    `contact`: with whom one spoke; left out it is whom the step, the card or the organisation has. The next step has it
    too unless `next_contact` says another. (T37, T53)
    """

    permission: ClassVar[str] = "note.file"
    title: ClassVar[str] = N_("File note")

    card: int | None = ask(N_("Card"), default=None, pick="cards", hidden=True)
    party: int | None = ask(N_("Person"), default=None, pick="people", hidden=True)
    activity: int | None = ask(N_("Step"), default=None, pick="activities", hidden=True)
    body: str = ask(N_("Text"), default="", widget=Widget.BODY, max_length=BODY_LIMIT)
    result: int | None = ask(N_("Result"), default=None, pick="results")
    next_when: date | datetime | None = ask(N_("When"), default=None, widget=Widget.WHEN, help=STEP)
    next_action: int | None = ask(N_("Next step"), default=None, pick="actions")
    next_subject: str = ask(N_("About"), default="", max_length=200, help=STEP)
    answer: tuple[int, ...] = ask(
        N_("Answer"),
        default=(),
        pick="transitions",
        help=N_("to the question of the card's stage, and to those behind it"),
    )
    reason: str = ask(N_("Why"), default="", max_length=2_000, help=N_("where an answer asks for it"))
    loss_reason: int | None = ask(N_("Loss reason"), default=None, pick="loss_reasons")
    stage: int | None = ask(N_("Stage"), default=None, pick="stages")
    action: int | None = ask(N_("Action"), default=None, pick="actions")
    medium: int | None = ask(N_("Medium"), default=None, pick="mediums")
    template: int | None = ask(N_("Standard text"), default=None, pick="every_standard_text", hidden=True)
    files: tuple[int, ...] = ask(N_("Files"), default=(), pick="attachments", hidden=True)
    answer_seen: str = ask(N_("Answers seen"), default="", max_length=400, hidden=True)
    campaign: int | None = ask(N_("Campaign"), default=None, pick="campaigns")
    detail: int | None = ask(N_("Detail"), default=None, pick="details")
    contact: int | None = ask(
        N_("Contact"), default=None, pick="contacts", help=N_("the main one; empty: nobody of it")
    )
    loss_note: str = ask(N_("What happened"), default="", max_length=2_000)
    began: date | datetime | None = ask(
        N_("Done from"), default=None, widget=Widget.WHEN, past=True, help=N_("now")
    )
    ended: time | None = ask(N_("until"), default=None)
    next_contact: int | None = ask(N_("Step with"), default=None, pick="contacts", help=STEP)
    next_assignee: int | None = ask(N_("by whom"), default=None, pick="colleagues", help=STEP)
    next_phone: int | None = ask(N_("Phone"), default=None, pick="phones", help=STEP)
    next_until: time | None = ask(N_("Ends at"), default=None, help=STEP)
    next_description: str = ask(N_("Description"), default="", max_length=2_000, help=STEP)
    next_files: tuple[int, ...] = ask(
        N_("Files of the next step"), default=(), pick="attachments", hidden=True
    )
    version: int | None = seen_version()


class AmendNote(Command):
    """Correct a filed parecer by another that points to it; the first one stays, marked as corrected. (B48)"""

    permission: ClassVar[str] = "note.file"
    title: ClassVar[str] = N_("Correct note")

    note: int = ask(N_("Note"), pick="notes", hidden=True)
    body: str = ask(N_("Text"), widget=Widget.BODY, max_length=BODY_LIMIT)


class VoidNote(Command):
    """Make a filed parecer void, and say why; it stays to be read, and counts no more. (B48)"""

    permission: ClassVar[str] = "note.file"
    title: ClassVar[str] = N_("Make note void")

    note: int = ask(N_("Note"), pick="notes", hidden=True)
    reason: str = ask(N_("Reason"), max_length=2_000)


class AddComment(Command):
    """Leave an internal comment. (K27)"""

    permission: ClassVar[str] = "note.comment"
    title: ClassVar[str] = N_("Comment")
    in_archive: ClassVar[bool] = True

    card: int | None = ask(N_("Card"), default=None, pick="cards", hidden=True)
    party: int | None = ask(N_("Person"), default=None, pick="people", hidden=True)
    body: str = ask(N_("Comment"), widget=Widget.BODY, max_length=20_000)


class AttachFile(Command):
    """Attach a file to a card, or to a person; its contents go into the database. Whether, and up to how many MB, says
    the card's service type. (K28, B42-B44)"""

    permission: ClassVar[str] = "card.attach"
    title: ClassVar[str] = N_("Attach file")

    card: int | None = ask(N_("Card"), default=None, pick="cards", hidden=True)
    party: int | None = ask(N_("Person"), default=None, pick="people", hidden=True)
    filename: str = ask(N_("File"), max_length=255)
    content: bytes = ask(N_("Content"), hidden=True)


class RemoveFile(Command):
    """Take a file off its card or person; an undo brings it back."""

    permission: ClassVar[str] = "card.attach"
    title: ClassVar[str] = N_("Remove file")

    attachment: int = ask(N_("File"), pick="attachments", hidden=True)
