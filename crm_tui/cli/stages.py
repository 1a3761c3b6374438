"""The verbs about stages and time: what is late or soon will be, and where the cards of a board wait."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any

import typer

from crm_tui.cli import out
from crm_tui.cli.day import local
from crm_tui.cli.out import Cell, Column
from crm_tui.cli.session import Session
from crm_tui.domain.board import late
from crm_tui.domain.notice import AT_MOST, DueCard
from crm_tui.i18n import say, say_in
from crm_tui.ui import formats


def notices(
    ctx: typer.Context,
    read: Annotated[bool, typer.Option("--read", help=say("mark the new ones as read"))] = False,
) -> None:
    """What one was told of and has not read, then the other cards that are late in their stage, or soon will be."""
    from crm_tui.services.notice import views

    session: Session = ctx.obj
    crm = session.crm()
    told: list[DueCard] = crm.read(views.told)
    named = {card.card_id for card in told}
    cards = [*told, *(card for card in crm.read(views.cards) if card.card_id not in named)]
    if len(cards) > AT_MOST:
        out.aside(say("There are more than are listed here."))
    today = crm.reading().local.date()
    session.show(
        [_document(card, session) for card in cards],
        [card.number for card in cards],
        lambda: _table(cards, today),
    )
    if read:
        from crm_tui.services.notice.telling import mark_read

        mark_read(crm, [card.notice for card in told])


def _document(card: DueCard, session: Session) -> dict[str, Any]:
    today = session.crm().reading().local.date()
    return {
        "number": card.number,
        "title": card.title,
        "party": card.party,
        "board": card.board,
        "stage": card.stage,
        "stage_owner": card.owner,
        "due_on": card.due_on,
        "late_days": late(card.due_on, today),
        "new": bool(card.notice),
        "told_at": local(card.told_at, session),
    }


def _table(cards: list[DueCard], today: Any) -> None:
    if not cards:
        out.line(say("No stage is late, and none will be on the next working day."))
        return
    columns = [
        Column("", key=True),
        Column(say("Number"), key=True),
        Column(say("When"), key=True),
        Column(say("Who")),
        Column(say("What")),
        Column(say("Stage")),
        Column(say("Stage owner")),
    ]
    out.table(
        columns,
        [
            (
                say_in("notice", "new") if card.notice else "",
                card.number,
                _when(card, today),
                card.party or "—",
                card.title,
                card.stage,
                card.owner or "—",
            )
            for card in cards
        ],
    )


def _when(card: DueCard, today: Any) -> Cell:
    days = late(card.due_on, today)
    if days is None:
        return Cell(formats.day_word(card.due_on, today), "yellow")
    return Cell(formats.days_ago(days), "red")


VERBS: Mapping[str, Callable[..., int | None]] = {"notices": notices}
