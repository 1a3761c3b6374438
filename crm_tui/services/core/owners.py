"""Whose the record is that a command names: what the scope of a permission is held against.

Each refuses a record that is not there. What is asked of an activity, a file or a note is their own modules'.
"""

from __future__ import annotations

from typing import Protocol

from crm_tui.services.core.context import Context
from crm_tui.store.tables import Card, Party


class OnCard(Protocol):
    """A command about a card."""

    @property
    def card(self) -> int: ...


class Work(Protocol):
    """A command that may be about a card."""

    @property
    def card(self) -> int | None: ...


class OnParty(Protocol):
    """A command about a person or an organisation."""

    @property
    def party(self) -> int: ...


def of_card(ctx: Context, card_id: int) -> int | None:
    """The owner of this card."""
    owner: int | None = ctx.row(Card, card_id, "card")["owner_id"]
    return owner


def of_work(ctx: Context, card_id: int | None) -> int | None:
    """Whose work on this card is: its owner's; without a card one's own."""
    return ctx.viewer.user_id if card_id is None else of_card(ctx, card_id)


def of_party(ctx: Context, party_id: int) -> int | None:
    """The owner of this person."""
    owner: int | None = ctx.row(Party, party_id, "person")["owner_id"]
    return owner


def card(ctx: Context, command: OnCard) -> int | None:
    """`Handler.owner` of the commands about a card."""
    return of_card(ctx, command.card)


def work(ctx: Context, command: Work) -> int | None:
    """`Handler.owner` of the commands that leave work on a card, or on a person alone."""
    return of_work(ctx, command.card)


def party(ctx: Context, command: OnParty) -> int | None:
    """`Handler.owner` of the commands about a person."""
    return of_party(ctx, command.party)
