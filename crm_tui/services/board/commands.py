"""What may be asked about boards, stages and cards."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from crm_tui.domain.board import INTEREST, CardKind, StageCategory
from crm_tui.domain.fields import Widget
from crm_tui.i18n import N_
from crm_tui.services.board.move_commands import (  # noqa: F401  asked like those below
    ConvertToCustomer,
    ConvertToService,
    MoveToBoard,
)
from crm_tui.services.core.commands import Command, ask, seen_version

KINDS = (
    (CardKind.LEAD.value, N_("Leads")),
    (CardKind.OPPORTUNITY.value, N_("Deals")),
    (CardKind.TICKET.value, N_("Tickets")),
    (CardKind.DELIVERY.value, N_("Deliveries")),
)
CATEGORIES = (
    (StageCategory.OPEN.value, N_("Open")),
    (StageCategory.PAUSED.value, N_("Paused")),
    (StageCategory.WON.value, N_("Won")),
    (StageCategory.LOST.value, N_("Lost")),
    (StageCategory.DONE.value, N_("Done")),
)


class AddBoard(Command):
    """A new board. (K4, K6)"""

    permission: ClassVar[str] = "board.manage"
    title: ClassVar[str] = N_("New board")

    name: str = ask(N_("Name"), max_length=60)
    kind: CardKind = ask(N_("Kind of card"), default=CardKind.OPPORTUNITY, choices=KINDS)
    number_prefix: str = ask(N_("Number prefix"), max_length=4, help=N_("two letters: OP makes OP-0001"))


class EditBoard(Command):
    """Change a board. (K21)"""

    permission: ClassVar[str] = "board.manage"
    title: ClassVar[str] = N_("Edit board")

    board: int = ask(N_("Board"), pick="boards", hidden=True)
    name: str = ask(N_("Name"), default="", max_length=60)
    number_prefix: str = ask(N_("Number prefix"), default="", max_length=4)
    version: int | None = seen_version()


class AddStage(Command):
    """A new stage at the end of a board. (K7, M37)"""

    permission: ClassVar[str] = "board.manage"
    title: ClassVar[str] = N_("New stage")

    board: int = ask(N_("Board"), pick="boards")
    name: str = ask(N_("Name"), max_length=40)
    category: StageCategory = ask(N_("Category"), default=StageCategory.OPEN, choices=CATEGORIES)
    probability: int | None = ask(N_("Chance %"), default=None, ge=0, le=100)
    stale_days: int | None = ask(N_("Stale after days"), default=None, ge=1, le=999)
    wip_limit: int | None = ask(N_("Limit of cards"), default=None, ge=1, le=999)


class EditStage(Command):
    """Change a stage; its category is independent of its name. (K8)"""

    permission: ClassVar[str] = "board.manage"
    title: ClassVar[str] = N_("Edit stage")

    stage: int = ask(N_("Stage"), pick="stages", hidden=True)
    name: str = ask(N_("Name"), default="", max_length=40)
    probability: int | None = ask(N_("Chance %"), default=None, ge=0, le=100)
    stale_days: int | None = ask(N_("Stale after days"), default=None, ge=1, le=999)
    wip_limit: int | None = ask(N_("Limit of cards"), default=None, ge=1, le=999)
    version: int | None = seen_version()


class MoveStage(Command):
    """Move a stage up or down among its board's."""

    permission: ClassVar[str] = "board.manage"
    title: ClassVar[str] = N_("Move stage")

    stage: int = ask(N_("Stage"), pick="stages", hidden=True)
    step: int = ask(N_("Places"), ge=-99, le=99)


class ArchiveStage(Command):
    """Remove a stage; if it holds cards, they need a stage to go to."""

    permission: ClassVar[str] = "board.manage"
    title: ClassVar[str] = N_("Remove stage")

    stage: int = ask(N_("Stage"), pick="stages", hidden=True)
    cards_to: int | None = ask(N_("Its cards go to"), default=None, pick="stages")


class NewCard(Command):
    """A new card; the few fields that one needs on the phone come first. (K22, M11, M51-M54)"""

    permission: ClassVar[str] = "card.add"
    title: ClassVar[str] = N_("New card")

    party_name: str = ask(N_("Name"), default="", max_length=200, help=N_("a person or a company"))
    phone: str = ask(N_("Phone"), default="")
    subject: str = ask(N_("Subject"), default="", max_length=200)
    when: date | datetime | None = ask(N_("When"), default=None, widget=Widget.WHEN)
    board: int | None = ask(N_("Board"), default=None, pick="boards")
    stage: int | None = ask(N_("Stage"), default=None, pick="stages")
    owner: int | None = ask(N_("Owner"), default=None, pick="users")
    value_one_off: int = ask(N_("Value"), default=0, widget=Widget.MONEY, ge=0)
    value_recurring: int = ask(N_("Value per month"), default=0, widget=Widget.MONEY, ge=0)
    party: int | None = ask(N_("Person"), default=None, pick="people")
    email: str = ask(N_("E-mail"), default="")
    company: str = ask(N_("Company"), default="")
    channel: int | None = ask(N_("Channel"), default=None, pick="channels")
    interest_level: int | None = ask(N_("Interest"), default=None, ge=1, le=5, choices=INTEREST)
    description: str = ask(N_("Description"), default="", widget=Widget.BODY, max_length=20_000)


class EditCard(Command):
    """Change a card's fields; only those that are given change. (K23, K24, E28, B40)"""

    permission: ClassVar[str] = "card.edit"
    title: ClassVar[str] = N_("Edit card")

    card: int = ask(N_("Card"), pick="cards", hidden=True)
    subject: str = ask(N_("Subject"), default="", max_length=200)
    value_one_off: int = ask(N_("Value"), default=0, widget=Widget.MONEY, ge=0)
    value_recurring: int = ask(N_("Value per month"), default=0, widget=Widget.MONEY, ge=0)
    probability: int | None = ask(N_("Chance %"), default=None, ge=0, le=100)
    expected_close_on: date | None = ask(N_("Expected close"), default=None, widget=Widget.WHEN)
    party: int | None = ask(N_("Person"), default=None, pick="people")
    contact: int | None = ask(N_("Contact"), default=None, pick="people")
    channel: int | None = ask(N_("Channel"), default=None, pick="channels")
    interest_level: int | None = ask(N_("Interest"), default=None, ge=1, le=5, choices=INTEREST)
    description: str = ask(N_("Description"), default="", widget=Widget.BODY, max_length=20_000)
    version: int | None = seen_version()


class MoveCard(Command):
    """Move a card to another stage of its board. (M28)"""

    permission: ClassVar[str] = "card.move"
    title: ClassVar[str] = N_("Move card")

    card: int = ask(N_("Card"), pick="cards", hidden=True)
    stage: int = ask(N_("Stage"), pick="stages")
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
    """The deal is made: the card is closed as won, what was planned for it ends. (K30; JOBS 11)"""

    permission: ClassVar[str] = "card.close"
    title: ClassVar[str] = N_("Won")

    card: int = ask(N_("Card"), pick="cards", hidden=True)
    value_one_off: int | None = ask(N_("Value"), default=None, widget=Widget.MONEY, ge=0)
    closed_on: date | None = ask(N_("Closed on"), default=None, widget=Widget.WHEN, help=N_("today"))
    version: int | None = seen_version()


class LoseCard(Command):
    """It came to nothing, and why; what was planned for it ends. (K30, K46; JOBS 6)"""

    permission: ClassVar[str] = "card.close"
    title: ClassVar[str] = N_("Lost")

    card: int = ask(N_("Card"), pick="cards", hidden=True)
    reason: int = ask(N_("Reason"), pick="loss_reasons")
    note: str = ask(N_("What happened"), default="", max_length=2_000)
    closed_on: date | None = ask(N_("Closed on"), default=None, widget=Widget.WHEN, help=N_("today"))
    version: int | None = seen_version()


class ArchiveCard(Command):
    """Put a card out of sight; it keeps its state and comes back as it was. (K30, K45)"""

    permission: ClassVar[str] = "card.archive"
    title: ClassVar[str] = N_("Archive card")

    card: int = ask(N_("Card"), pick="cards", hidden=True)


class UnarchiveCard(Command):
    """Bring a card back from the archive."""

    permission: ClassVar[str] = "card.archive"
    title: ClassVar[str] = N_("Take out of the archive")

    card: int = ask(N_("Card"), pick="cards", hidden=True)


class DeleteCard(Command):
    """Delete a card, and with `with_party` its person as well; the tie between them goes in any case. (K31, K32)"""

    permission: ClassVar[str] = "card.delete"
    title: ClassVar[str] = N_("Delete card")

    card: int = ask(N_("Card"), pick="cards", hidden=True)
    with_party: bool = ask(N_("The person, too"), default=False)


class CopyCard(Command):
    """A new card like another one, in its stage if that is open, for whoever copies. (K30)"""

    permission: ClassVar[str] = "card.add"
    title: ClassVar[str] = N_("Copy card")

    card: int = ask(N_("Card"), pick="cards", hidden=True)
