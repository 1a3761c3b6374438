"""How a closed card is reopened, and what its reopening means for the next closing. (E58, E60-E62, B53, B57)"""

from __future__ import annotations

from typing import Any

from crm_tui.domain.board import CardStatus, ReopenMode, StageCategory, status_in
from crm_tui.domain.events.board import CardReclosed, CardReopened
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.reopening import Turned, allowed, may_reopen
from crm_tui.domain.text import one_line
from crm_tui.i18n import Text
from crm_tui.services.board import only_one
from crm_tui.services.board.boards import in_use
from crm_tui.services.board.commands import ReopenCard
from crm_tui.services.board.standing import limit_told, open_stage, place
from crm_tui.services.core import next_step, owners
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made
from crm_tui.services.core.merge import check_version
from crm_tui.store.queries.board import LAST_WORKED
from crm_tui.store.rows import Row
from crm_tui.store.tables import Board, Card, Stage
from crm_tui.store.values import as_date, as_instant

_TURNED = """
SELECT coalesce(u.login, '—'), e.at, e.kind FROM event e LEFT JOIN "user" u ON u.id = e.actor_id
WHERE e.card_id = :card_id AND e.kind IN ('card.won', 'card.lost', 'card.converted', 'card.reopened')
ORDER BY e.id DESC LIMIT 1
"""


def turned(ctx: Context, card_id: int, *, closed: bool) -> Turned | None:
    """Who closed (or reopened) a card last, and when; None where the trail does not say so."""
    found = ctx.one(_TURNED, card_id=card_id)
    if found is None or (found[2] == CardReopened.kind) is closed:
        return None
    at = as_instant(found[1])
    return None if at is None else Turned(found[0], at)


def _ready(ctx: Context, command: ReopenCard) -> Refusal | None:
    card = ctx.row(Card, command.card, "card")
    refusal = may_reopen(CardStatus(card["status"]), turned(ctx, command.card, closed=False))
    if refusal is not None:
        return refusal
    board = in_use(ctx, card["board_id"], "card")
    if not (board["reopen_full"] or board["reopen_adjustment"]):
        return allowed(ReopenMode.FULL, board=board["name"], full=False, adjustment=False)
    return only_one.hindrance(ctx, card["board_id"], card["party_id"], command.card, ())


def _check(ctx: Context, command: ReopenCard) -> Refusal | None:
    if not one_line(command.reason):
        return Refusal(Text("Why is it reopened? Write the reason."), RefusedBy.INPUT, ("reason",))
    board = ctx.row(Board, ctx.row(Card, command.card, "card")["board_id"], "board")
    full, adjustment = bool(board["reopen_full"]), bool(board["reopen_adjustment"])
    refusal = allowed(command.mode, board=board["name"], full=full, adjustment=adjustment)
    if refusal is None:
        _goes_back_to(ctx, ctx.row(Card, command.card, "card"))
    return refusal


def _goes_back_to(ctx: Context, card: Row) -> tuple[Row, Text | None]:
    """The open or paused stage in which it stood last; if that is gone, the board's first one, and that is said."""
    found = ctx.one(LAST_WORKED, card_id=card["id"], board_id=card["board_id"])
    last = ctx.row(Stage, int(found[0]), "stage") if found is not None else None
    if last is not None and last["archived_at"] is None:
        return last, None
    to = open_stage(ctx, card["board_id"])
    if last is None:
        return to, None
    facts = {"stage": last["name"], "to": to["name"]}
    return to, Text("{stage} was removed: it goes on in {to}", facts)


def _reopen(ctx: Context, command: ReopenCard) -> Made:
    card = ctx.row(Card, command.card, "card")
    to, elsewhere = _goes_back_to(ctx, card)
    status = status_in(StageCategory(to["category"]))
    check_version(ctx, Card, command.card, command.version, {"status": status}, {"status": "card"})
    full = command.mode is ReopenMode.FULL
    place(ctx, [command.card], to)
    ctx.rows.update(
        Card,
        command.card,
        status=status,
        closed_on=None if full else as_date(card["closed_on"]),
        loss_reason_id=None,
        loss_note=None,
        reopen_mode=command.mode,
        reopened_at=ctx.now,
    )
    why = one_line(command.reason)
    about = {"entity_id": command.card, "card_id": command.card, "party_id": card["party_id"]}
    ctx.emit(CardReopened(mode=command.mode.value, why=why, **about))
    next_step.refresh(ctx, command.card)
    return Made("card", command.card, card["number"], elsewhere or limit_told(ctx, to))


def reclosed(ctx: Context, before: Row) -> None:
    """Say that a card which was reopened is closed again, and which day its closing has."""
    day = as_date(ctx.row(Card, before["id"])["closed_on"])
    if before["reopen_mode"] is None or day is None:
        return
    ctx.emit(
        CardReclosed(
            entity_id=before["id"],
            card_id=before["id"],
            party_id=before["party_id"],
            mode=before["reopen_mode"],
            closed_on=day,
        )
    )


HANDLERS: dict[type[Command], Handler[Any]] = {
    ReopenCard: Handler(_reopen, owner=owners.card, ready=_ready, check=_check),
}
