"""What may be asked about a card beyond its board: another board, a customer, a service."""

from __future__ import annotations

from typing import ClassVar

from crm_tui.domain.fields import Widget
from crm_tui.i18n import N_
from crm_tui.services.core.commands import Command, ask, seen_version


class MoveToBoard(Command):
    """Send a card to another board, at the end of a stage; it keeps its number. (K30)"""

    permission: ClassVar[str] = "card.move"
    title: ClassVar[str] = N_("To another board")

    card: int = ask(N_("Card"), pick="cards", hidden=True)
    board: int = ask(N_("Board"), pick="other_boards")
    stage: int | None = ask(N_("Stage"), default=None, pick="stages", help=N_("the first one"))
    version: int | None = seen_version()


class ConvertToCustomer(Command):
    """The card's person is a customer now. A lead goes on where its board says, or ends here. (K2, K30, K47)

    `board` left out is the board's own; given as nothing, the lead ends as converted.
    """

    permission: ClassVar[str] = "card.convert"
    title: ClassVar[str] = N_("Convert to customer")

    card: int = ask(N_("Card"), pick="cards", hidden=True)
    board: int | None = ask(
        N_("Goes on in"), default=None, pick="boards", help=N_("empty: the lead ends as converted")
    )
    stage: int | None = ask(N_("Stage"), default=None, pick="stages", help=N_("the first one"))
    party: int | None = ask(N_("Person"), default=None, pick="people")
    version: int | None = seen_version()


class ConvertToService(Command):
    """A ticket or delivery for the card's customer, which names the card that it came of. (K2, K30, K48)"""

    permission: ClassVar[str] = "card.convert"
    title: ClassVar[str] = N_("Convert to service")

    card: int = ask(N_("Card"), pick="cards", hidden=True)
    board: int | None = ask(N_("Board"), default=None, pick="service_boards")
    stage: int | None = ask(N_("Stage"), default=None, pick="stages", help=N_("the first one"))
    subject: str = ask(N_("Subject"), default="", max_length=200, help=N_("as the card"))
    owner: int | None = ask(N_("Owner"), default=None, pick="colleagues", help=N_("as the card"))
    description: str = ask(N_("Description"), default="", widget=Widget.BODY, max_length=20_000)
    party: int | None = ask(N_("Person"), default=None, pick="people")
