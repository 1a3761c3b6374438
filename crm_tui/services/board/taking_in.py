"""How a card of another tool is taken in: its person, where it stands, and how it ended there."""

from __future__ import annotations

import json
from datetime import datetime, time
from typing import Any, Final

from crm_tui.domain import identity
from crm_tui.domain.board import StageCategory, closing_day
from crm_tui.domain.events.board import CardEdited
from crm_tui.domain.foreign import Foreign, ForeignKind, foreign
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.party import ContactKind, PartyKind
from crm_tui.domain.phone import PhoneKind
from crm_tui.domain.text import fold, one_line
from crm_tui.i18n import N_, Text
from crm_tui.services.board import cards, closing, taking_again
from crm_tui.services.board.commands import LoseCard, NewCard, WinCard
from crm_tui.services.board.standing import open_stage, usual_board
from crm_tui.services.board.take_in_commands import TakeInCard
from crm_tui.services.core import foreign as ids
from crm_tui.services.core import linking, people
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made, refuse
from crm_tui.services.core.linking import Whom
from crm_tui.store.queries import intake as queries
from crm_tui.store.rows import Row
from crm_tui.store.tables import Card, LossReason, Stage

_WHY_LOST: Final = N_("Why was it lost? Choose a reason.")


def _owner(ctx: Context, command: TakeInCard) -> int:
    return command.owner if command.owner is not None else ctx.viewer.user_id


def _may(ctx: Context, command: TakeInCard) -> Refusal | None:
    """Who may import may so add and close only the cards that they may by hand; what is said must be possible."""
    needed = ["card.add", *(["card.close"] if command.won or command.lost else [])]
    if not all(ctx.viewer.may(key, _owner(ctx, command)) for key in needed):
        return Refusal(Text("Your profile does not allow you to import such a card."), RefusedBy.PERMISSION)
    if command.won and command.lost:
        return Refusal(Text("A card is won or lost, not both."), RefusedBy.INPUT, ("won", "lost"))
    if command.lost and command.reason is None and not command.foreign_id:
        return Refusal(Text(_WHY_LOST), RefusedBy.INPUT, ("reason",))
    return closing_day(command.closed_on, ctx.today)


def _take_in(ctx: Context, command: TakeInCard) -> Made:
    whom = Whom(
        "",
        command.party_name,
        command.company,
        command.document,
        command.phones,
        command.emails,
        command.company_document,
    )
    title = one_line(command.subject) or whom.called
    if not title:
        raise refuse(
            N_("Who is it, or what is it about? Fill in the name or the subject."),
            by=RefusedBy.INPUT,
            fields=("subject",),
        )
    own = foreign(command.foreign_source, command.foreign_id)
    there = taking_again.held(ctx.connection, ctx.viewer, [own]).get(own) if own is not None else None
    if own is not None and there is not None:
        return taking_again.take(ctx, command, own, there, *_named(ctx, command, there[1].board_id))
    if command.lost and command.reason is None:
        raise refuse(_WHY_LOST, by=RefusedBy.INPUT, fields=("reason",))
    stage, into = _stages(ctx, command)
    party_id = command.party if command.party is not None else _linked(ctx, whom)
    known = _known(ctx, stage["board_id"], title, party_id) if party_id or not whom.called else {}
    if own is not None:
        known = _without(ctx, known, own.source)
    says = taking_again.said(
        title,
        command.value_one_off,
        command.expected_close_on,
        stage["name"] if into is None else "",
        taking_again.status_of(command),
        {},
    )._asdict()
    if len(known) >= command.nth:
        card_id, number = [*known.items()][command.nth - 1]
        if own is not None:
            _keep(ctx, own, card_id, says)
        return Made("card", card_id, number)
    if party_id is None and whom.called:
        party_id = _made(ctx, whom, command.source)
    new = NewCard(
        subject=title,
        owner=command.owner,
        value_one_off=command.value_one_off,
        description=command.description,
        party=party_id,
    )
    ends = command.won or command.lost

    def also(made: int) -> None:
        if own is not None:
            ids.keep(ctx, ForeignKind.CARD, own, made, says)

    card_id = cards.open_card(
        ctx, stage, title, party_id, new, columns=_columns(ctx, command), ends=ends, also=also
    )
    if command.won:
        closing.win(ctx, WinCard(card=card_id, closed_on=command.closed_on), into)
    elif command.lost and command.reason is not None:
        if not ctx.row(LossReason, command.reason, "reason")["active"]:
            raise refuse(N_("That reason is no longer in use: choose another."), fields=("reason",))
        lost = LoseCard(card=card_id, reason=command.reason, note=command.note, closed_on=command.closed_on)
        closing.lose(ctx, lost, into)
    return Made("card", card_id, str(ctx.row(Card, card_id)["number"]))


def _stages(ctx: Context, command: TakeInCard) -> tuple[Row, Row | None]:
    """Where the card opens, and where it ends if the stage that is named is one of that kind."""
    named = ctx.row(Stage, command.stage, "stage") if command.stage is not None else None
    board_id = command.board or (named["board_id"] if named is not None else usual_board(ctx))
    if named is None:
        return open_stage(ctx, board_id), None
    if named["board_id"] != board_id:
        raise refuse(
            N_("That stage belongs to another board: choose one of this board's."), fields=("stage",)
        )
    if named["archived_at"] is not None:
        raise refuse(N_("That stage was removed already: choose another."), fields=("stage",))
    if named["category"] in (StageCategory.OPEN, StageCategory.PAUSED):
        return named, None
    ends = (command.won and named["category"] == StageCategory.WON) or (
        command.lost and named["category"] == StageCategory.LOST
    )
    if not ends:
        raise refuse(N_("A new card starts in an open stage: choose another."), fields=("stage",))
    return open_stage(ctx, board_id), named


def _columns(ctx: Context, command: TakeInCard) -> dict[str, Any]:
    """Its days: it was opened when the file says, and never after it was closed, or later than now."""
    opened = command.opened
    if opened is not None and not isinstance(opened, datetime):
        opened = datetime.combine(opened, time(), ctx.viewer.zone)
    days = [ctx.now if opened is None else opened, ctx.now]
    if command.closed_on is not None and (command.won or command.lost):
        days.append(datetime.combine(command.closed_on, time(), ctx.viewer.zone))
    columns: dict[str, Any] = {"opened_at": min(days)}
    if command.expected_close_on is not None:
        columns["expected_close_on"] = command.expected_close_on
    return columns


def _linked(ctx: Context, whom: Whom) -> int | None:
    found = linking.link(whom, linking.read(ctx.connection, [whom], ctx.viewer))
    if isinstance(found, Text):
        raise refuse(found.msgid, by=RefusedBy.INPUT, fields=("party_name",), **found.params)
    return found


def _made(ctx: Context, whom: Whom, source: str) -> int:
    """Somebody new; where the file names a company alone, the company."""
    points: dict[str, people.Typed] = {}
    for value in whom.phones:
        number = identity.phone(value)
        if number is not None:
            kind = ContactKind.MOBILE if number.kind is PhoneKind.MOBILE else ContactKind.PHONE
            points.setdefault(number.e164, (kind.value, value, number.e164))
    for value in whom.emails:
        address = identity.email(value)
        if address is not None:
            points.setdefault(address, (ContactKind.EMAIL.value, value, address))
    if not whom.name and whom.company:
        company_id = people.organization(ctx, whom.company, source or None, whom.tax_id)
        people.reach_also(ctx, company_id, [*points.values()])
        return company_id
    return people.add_party(
        ctx,
        name=whom.called,
        kind=whom.kind if whom.name else PartyKind.PERSON,
        points=[*points.values()],
        document=whom.tax_id,
        source=source or None,
        company=whom.company if whom.name else "",
        company_document=whom.works_tax_id,
    )


def _known(ctx: Context, board_id: int, title: str, party_id: int | None) -> dict[int, str]:
    """The numbers of the cards of this title and person that the board has, by id."""
    found = ctx.connection.execute(queries.CARDS_CALLED, {"titles": json.dumps([fold(title)])}).fetchall()
    return {i: number for board, _, party, number, i in found if (board, party) == (board_id, party_id)}


def _without(ctx: Context, cards_known: dict[int, str], source: str) -> dict[int, str]:
    """Without those that the program knows by another id."""
    asked = {"ids": json.dumps([*cards_known]), "source": source}
    other = {i for (i,) in ctx.connection.execute(queries.CARDS_OF_SOURCE, asked)}
    return {i: number for i, number in cards_known.items() if i not in other}


def _keep(ctx: Context, own: Foreign, card_id: int, says: dict[str, str]) -> None:
    """Put the id to a card that was here before, if it is the operator's to change."""
    here = taking_again.read(ctx.connection, ctx.viewer, [card_id])[card_id]
    if taking_again.may_keep(ctx.viewer, here):
        ids.keep(ctx, ForeignKind.CARD, own, card_id, says)
        party_id = ctx.row(Card, card_id, "card")["party_id"]
        ctx.emit(CardEdited(entity_id=card_id, card_id=card_id, party_id=party_id))


def _named(ctx: Context, command: TakeInCard, board_id: int) -> tuple[Row | None, Row | None]:
    """The open stage that the file names on the card's board, and the one in which it ended."""
    named = ctx.row(Stage, command.stage, "stage") if command.stage is not None else None
    if named is None or named["board_id"] != board_id or named["archived_at"] is not None:
        return None, None
    ended = named["category"] in (StageCategory.WON, StageCategory.LOST)
    return (None, named) if ended else (named, None)


HANDLERS: dict[type[Command], Handler[Any]] = {
    TakeInCard: Handler(_take_in, owner=_owner, check=_may, gathers=True)
}
