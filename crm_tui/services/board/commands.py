"""What may be asked about boards and cards: cards here, the setting up of boards in `setup_commands`.

Every command of the module is exported from here: this is the file that bootstrap looks into.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from crm_tui.domain.board import INTEREST, ReopenMode
from crm_tui.domain.fields import Widget
from crm_tui.domain.money import MOST
from crm_tui.domain.reopening import MODE_NAMES
from crm_tui.i18n import N_
from crm_tui.services.board.loss_commands import (
    AddLossReason,
    DeactivateLossReason,
    EditLossReason,
    MoveLossReason,
    ReactivateLossReason,
)
from crm_tui.services.board.move_commands import ConvertToCustomer, ConvertToService, MoveToBoard
from crm_tui.services.board.setup_commands import (
    AddBoard,
    AddStage,
    ArchiveBoard,
    ArchiveStage,
    EditBoard,
    EditStage,
    MoveBoard,
    MoveStage,
    SetBoardMember,
    UnarchiveBoard,
)
from crm_tui.services.board.take_in_commands import TakeInCard
from crm_tui.services.board.template_commands import (
    AddTemplate,
    ArchiveTemplate,
    AttachToTemplate,
    DetachFromTemplate,
    EditTemplate,
    MoveTemplate,
    SetTemplateLabels,
    SetTemplateMembers,
    TemplateFromCard,
    UnarchiveTemplate,
)
from crm_tui.services.core.commands import DESPITE, Command, ask, choices, seen_version

__all__ = [
    "AddBoard",
    "AddLossReason",
    "AddStage",
    "AddTemplate",
    "ArchiveBoard",
    "ArchiveStage",
    "ArchiveTemplate",
    "AttachToTemplate",
    "ConvertToCustomer",
    "ConvertToService",
    "DeactivateLossReason",
    "DetachFromTemplate",
    "EditBoard",
    "EditLossReason",
    "EditStage",
    "EditTemplate",
    "MoveBoard",
    "MoveLossReason",
    "MoveStage",
    "MoveTemplate",
    "MoveToBoard",
    "ReactivateLossReason",
    "SetBoardMember",
    "SetTemplateLabels",
    "SetTemplateMembers",
    "TakeInCard",
    "TemplateFromCard",
    "UnarchiveBoard",
    "UnarchiveTemplate",
]


class NewCard(Command):
    """A new card; the few fields that one needs on the phone come first. (K22, M11, M51-M54, M56, B8-B11)"""

    permission: ClassVar[str] = "card.add"
    past_rules: ClassVar[bool] = True
    title: ClassVar[str] = N_("New card")

    party_name: str = ask(N_("Name"), default="", max_length=200, help=N_("a person or a company"))
    phone: str = ask(N_("Phone"), default="")
    subject: str = ask(N_("Subject"), default="", max_length=200)
    when: date | datetime | None = ask(N_("When"), default=None, widget=Widget.WHEN)
    board: int | None = ask(N_("Board"), default=None, pick="boards")
    stage: int | None = ask(N_("Stage"), default=None, pick="stages")
    owner: int | None = ask(N_("Owner"), default=None, pick="colleagues")
    value_one_off: int = ask(N_("Value"), default=0, widget=Widget.MONEY, ge=0, le=MOST)
    value_recurring: int = ask(N_("Value per month"), default=0, widget=Widget.MONEY, ge=0, le=MOST)
    template: int | None = ask(N_("Base card"), default=None, pick="templates")
    party: int | None = ask(N_("Person"), default=None, pick="people")
    email: str = ask(N_("E-mail"), default="")
    company: str = ask(N_("Company"), default="")
    channel: int | None = ask(N_("Channel"), default=None, pick="channels")
    media: int | None = ask(N_("Media source"), default=None, pick="media_sources")
    medium: int | None = ask(N_("Medium"), default=None, pick="mediums")
    referrer: int | None = ask(N_("Referred by"), default=None, pick="people")
    interest_level: int | None = ask(N_("Interest"), default=None, ge=1, le=5, choices=INTEREST)
    probability: int | None = ask(N_("Chance %"), default=None, ge=0, le=100)
    offer: int | None = ask(N_("Offer"), default=None, pick="offers")
    case_type: int | None = ask(N_("Service type"), default=None, pick="case_types")
    campaign: int | None = ask(N_("Campaign"), default=None, pick="campaigns")
    description: str = ask(N_("Description"), default="", widget=Widget.BODY, max_length=20_000)
    despite: str = ask(N_("All the same"), default="", hidden=True, help=DESPITE)
    answers: dict[str, str] = ask(
        N_("Answers"),
        default={},
        widget=Widget.MAP,
        help=N_(
            "to its board's sales scripts: a JSON object, each question's key with the text of its answer"
        ),
    )


class EditCard(Command):
    """Change a card's fields; only those that are given change. (K23, K24, E28, B11, B40)"""

    permission: ClassVar[str] = "card.edit"
    title: ClassVar[str] = N_("Edit card")

    card: int = ask(N_("Card"), pick="cards", hidden=True)
    subject: str = ask(N_("Subject"), default="", max_length=200)
    value_one_off: int = ask(N_("Value"), default=0, widget=Widget.MONEY, ge=0, le=MOST)
    value_recurring: int = ask(N_("Value per month"), default=0, widget=Widget.MONEY, ge=0, le=MOST)
    probability: int | None = ask(N_("Chance %"), default=None, ge=0, le=100)
    expected_close_on: date | None = ask(N_("Expected close"), default=None, widget=Widget.WHEN)
    party: int | None = ask(N_("Person"), default=None, pick="people")
    contact: int | None = ask(N_("Contact"), default=None, pick="contacts")
    channel: int | None = ask(N_("Channel"), default=None, pick="channels")
    media: int | None = ask(N_("Media source"), default=None, pick="media_sources")
    medium: int | None = ask(N_("Medium"), default=None, pick="mediums")
    referrer: int | None = ask(N_("Referred by"), default=None, pick="people")
    interest_level: int | None = ask(N_("Interest"), default=None, ge=1, le=5, choices=INTEREST)
    offer: int | None = ask(N_("Offer"), default=None, pick="offers")
    case_type: int | None = ask(N_("Service type"), default=None, pick="case_types")
    campaign: int | None = ask(N_("Campaign"), default=None, pick="campaigns")
    stage_due: date | None = ask(N_("Stage due on"), default=None, widget=Widget.WHEN)
    stage_owner: int | None = ask(N_("Stage owner"), default=None, pick="colleagues")
    description: str = ask(N_("Description"), default="", widget=Widget.BODY, max_length=20_000)
    version: int | None = seen_version()


class MoveCard(Command):
    """Move a card to another stage of its board; its time and owner there are as the stage says, or as said here.
    (M28, E25-E27)"""

    permission: ClassVar[str] = "card.move"
    title: ClassVar[str] = N_("Move card")

    card: int = ask(N_("Card"), pick="cards", hidden=True)
    stage: int = ask(N_("Stage"), pick="stages")
    stage_due: date | None = ask(
        N_("Stage due on"), default=None, widget=Widget.WHEN, help=N_("empty: as the stage says")
    )
    stage_owner: int | None = ask(
        N_("Stage owner"), default=None, pick="colleagues", help=N_("empty: as the stage says")
    )
    version: int | None = seen_version()


class OrderCard(Command):
    """Put a card some places up (less than nought) or down within its stage. (K38; KEYS `J` `K`)"""

    permission: ClassVar[str] = "card.move"
    title: ClassVar[str] = N_("Order card")

    card: int = ask(N_("Card"), pick="cards", hidden=True)
    step: int = ask(N_("Places"), ge=-999, le=999)


class HandOver(Command):
    """Give a card and its open next step to a colleague, with a word about it."""

    permission: ClassVar[str] = "card.hand_over"
    title: ClassVar[str] = N_("Hand over")

    card: int = ask(N_("Card"), pick="cards", hidden=True)
    to: int = ask(N_("To"), pick="colleagues")
    comment: str = ask(N_("Comment"), default="", widget=Widget.BODY, max_length=20_000)
    version: int | None = seen_version()


class WinCard(Command):
    """The deal is made: the card is closed as won, what was planned for it ends; what comes after it is planned by the
    same form, `next_assignee` (None: the card's owner) to do it. (K30; JOBS 11)"""

    permission: ClassVar[str] = "card.close"
    title: ClassVar[str] = N_("Won")

    card: int = ask(N_("Card"), pick="cards", hidden=True)
    value_one_off: int | None = ask(N_("Value"), default=None, widget=Widget.MONEY, ge=0, le=MOST)
    closed_on: date | None = ask(
        N_("Closed on"), default=None, widget=Widget.WHEN, past=True, help=N_("today")
    )
    next_when: date | datetime | None = ask(N_("Next step, when"), default=None, widget=Widget.WHEN)
    next_assignee: int | None = ask(N_("Next step, who"), default=None, pick="colleagues")
    next_subject: str = ask(N_("Next step, what"), default="", max_length=200)
    version: int | None = seen_version()


class LoseCard(Command):
    """It came to nothing, and why; what was planned for it ends. (K30, K46; JOBS 6)"""

    permission: ClassVar[str] = "card.close"
    title: ClassVar[str] = N_("Lost")

    card: int = ask(N_("Card"), pick="cards", hidden=True)
    reason: int = ask(N_("Reason"), pick="loss_reasons")
    note: str = ask(N_("What happened"), default="", max_length=2_000)
    closed_on: date | None = ask(
        N_("Closed on"), default=None, widget=Widget.WHEN, past=True, help=N_("today")
    )
    version: int | None = seen_version()


class ReopenCard(Command):
    """A closed card is worked on again, where it stood last: in full, or for adjustments, which leaves the sale and its
    closing date. Somebody who may do it may approve it on the spot. (E58, E60, E61, B53, B56, B57)"""

    permission: ClassVar[str] = "card.reopen"
    title: ClassVar[str] = N_("Reopen card")
    approvable: ClassVar[bool] = True

    card: int = ask(N_("Card"), pick="cards", hidden=True)
    mode: ReopenMode = ask(N_("Reopen"), choices=choices(MODE_NAMES))
    reason: str = ask(N_("Reason"), max_length=2_000)
    version: int | None = seen_version()


class ArchiveCard(Command):
    """Put a card out of sight; it keeps its state and comes back as it was. (K30, K45)"""

    permission: ClassVar[str] = "card.archive"
    title: ClassVar[str] = N_("Archive card")
    in_archive: ClassVar[bool] = True

    card: int = ask(N_("Card"), pick="cards", hidden=True)


class UnarchiveCard(Command):
    """Bring a card back from the archive."""

    permission: ClassVar[str] = "card.archive"
    title: ClassVar[str] = N_("Take out of the archive")
    in_archive: ClassVar[bool] = True

    card: int = ask(N_("Card"), pick="cards", hidden=True)


class DeleteCard(Command):
    """Delete a card, and with `with_party` its person as well; the tie between them goes in any case. (K31, K32)"""

    permission: ClassVar[str] = "card.delete"
    title: ClassVar[str] = N_("Delete card")
    in_archive: ClassVar[bool] = True

    card: int = ask(N_("Card"), pick="cards", hidden=True)
    with_party: bool = ask(N_("The person, too"), default=False)


class CopyCard(Command):
    """A new card like another one, in its stage if that is open, for whoever copies. (K30)"""

    permission: ClassVar[str] = "card.add"
    title: ClassVar[str] = N_("Copy card")
    in_archive: ClassVar[bool] = True

    card: int = ask(N_("Card"), pick="cards", hidden=True)
