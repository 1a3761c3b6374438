"""The forms that send a card beyond its board: to another one, to a customer, to a service.

Knows which fields come first and what stands in them; what they do is the command's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from crm_tui.domain.board import CardDetail, CardKind
from crm_tui.domain.fields import Option
from crm_tui.i18n import N_, say
from crm_tui.screens.board.forms import Chosen, called, drafted, targets
from crm_tui.screens.core.forms import FormScreen
from crm_tui.services.board import journeys, views
from crm_tui.services.followup import views as followups

if TYPE_CHECKING:
    from crm_tui.screens.core.shell import Shell

LOOKED_AT = 20
"""Of so many cards it is looked what they are: a key press must not grow with the marks."""


def _one(shell: Shell, cards: Sequence[Chosen]) -> CardDetail | None:
    found: CardDetail | None = shell.crm.read(views.detail, cards[0][0]) if len(cards) == 1 else None
    return found


def _here(card: CardDetail | None) -> str:
    return f"{card.number}  {card.board}, {card.stage}" if card is not None else ""


def to_board(shell: Shell, cards: Sequence[Chosen]) -> FormScreen | None:
    """Choose the board that one or many cards go to, and the stage; without one, the first. (K30)"""
    if not cards:
        return None
    boards = {row.board for row in shell.crm.read(followups.page, [card_id for card_id, _, _ in cards])}
    first: CardDetail | None = shell.crm.read(views.detail, cards[0][0])
    return FormScreen(
        "move_to_board",
        heading=say(N_("To another board: {name}"), name=called(cards)),
        about=_here(first) if len(cards) == 1 else "",
        fields=("board", "stage"),
        targets=targets(cards),
        names=[name for _, _, name in cards],
        subject=drafted(cards),
        context={"board": first.board_id} if first is not None and len(boards) == 1 else {},
        done=say(N_("sent to another board")) if len(cards) == 1 else "",
    )


def asks_nothing(shell: Shell, cards: Sequence[Chosen]) -> bool:
    """Whether there is nothing to say before these become customers: no lead, which may go on, and nobody unnamed."""
    looked = [shell.crm.read(views.detail, card_id) for card_id, _, _ in cards[:LOOKED_AT]]
    known = [card for card in looked if card is not None]
    return all(card.kind != CardKind.LEAD and card.party_id is not None for card in known)


def to_customer(shell: Shell, cards: Sequence[Chosen]) -> FormScreen | None:
    """Where a lead goes on once its person is a customer; a card without a person asks for one. (K47)"""
    if not cards:
        return None
    one = _one(shell, cards)
    going: tuple[Option, Option | None] | None = shell.crm.read(journeys.goes_on, cards[0][0])
    raw: dict[str, str] = {}
    labels: dict[str, str] = {}
    for field, option in zip(("board", "stage"), going or (), strict=False):
        if option is not None:
            raw[field], labels[field] = f"#{option.value}", option.label
    fields = ("board", "stage") if one is None or one.kind == CardKind.LEAD else ()
    return FormScreen(
        "convert_to_customer",
        heading=say(N_("Convert to customer: {name}"), name=called(cards)),
        about=_here(one),
        raw=raw,
        labels=labels,
        fields=(*_who(one), *fields),
        targets=targets(cards),
        names=[name for _, _, name in cards],
        subject=drafted(cards),
        done=say(N_("converted to customer")) if one is not None else "",
    )


def to_service(shell: Shell, cards: Sequence[Chosen]) -> FormScreen | None:
    """What is to be done for the customer, where and by whom; of many cards, where. (K48)"""
    if not cards:
        return None
    one = _one(shell, cards)
    raw: dict[str, str] = {}
    labels: dict[str, str] = {}
    board = _service_board(shell, cards[0][0])
    if board is not None:
        raw["board"], labels["board"] = f"#{board.value}", board.label
    if one is not None:
        raw |= {"subject": one.title, "description": one.description or ""}
        if one.owner_id is not None:
            raw["owner"], labels["owner"] = f"#{one.owner_id}", one.owner or ""
    return FormScreen(
        "convert_to_service",
        heading=say(N_("Convert to service: {name}"), name=called(cards)),
        about=_here(one),
        raw=raw,
        labels=labels,
        fields=("board",) if one is None else (*_who(one), "board", "subject", "owner", "description"),
        targets=[{"card": f"#{card_id}"} for card_id, _, _ in cards],
        names=[name for _, _, name in cards],
        subject=drafted(cards),
        done=say(N_("service opened")) if one is not None else "",
    )


def _who(card: CardDetail | None) -> tuple[str, ...]:
    return ("party",) if card is not None and card.party_id is None else ()


def _service_board(shell: Shell, card_id: int) -> Option | None:
    """Where converted cards of this board go on, if that serves; else the only board that does."""
    offered: list[Option] = shell.crm.read(journeys.pick_service_board, "")
    going: tuple[Option, Option | None] | None = shell.crm.read(journeys.goes_on, card_id)
    own = [option for option in offered if going is not None and option.value == going[0].value]
    if own:
        return own[0]
    return offered[0] if len(offered) == 1 else None
