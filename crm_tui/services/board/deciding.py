"""What a decision does to its card: it goes from stage to stage, to another team, or it ends. (B49-B51)

A reaction to the note that was filed with the answers, in the same transaction and the same undo.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

from crm_tui.domain.board import StageCategory
from crm_tui.domain.cadence import OwnerRule
from crm_tui.domain.deciding import CLOSING
from crm_tui.domain.events.note import CardRouted, Decided
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.i18n import Text
from crm_tui.services.board import cadence, closing
from crm_tui.services.board.cards import stage_refusal
from crm_tui.services.board.commands import LoseCard, MoveCard, WinCard
from crm_tui.services.board.standing import enter
from crm_tui.services.core.context import Context, Reaction
from crm_tui.store.rows import Row
from crm_tui.store.tables import Card, Stage, Team

_FIELDS = {"reason": "loss_reason", "note": "reason", "stage": "answer"}
"""The fields of a note by which one says what closing and moving ask for."""


def _may_follow(ctx: Context, decided: Decided) -> Refusal | None:
    """Whether the card may go through all these stages, the last of which may be where it ends."""
    assert decided.card_id is not None
    card = ctx.row(Card, decided.card_id, "card")
    *between, last = decided.path[1:]
    end = ctx.row(Stage, last, "stage")
    ends = end["category"] in (StageCategory.WON, StageCategory.LOST)
    permission = WinCard.permission if ends else MoveCard.permission
    if not ctx.viewer.may(permission, card["owner_id"]):
        return Refusal(
            Text("Your profile does not allow you to take this card further: leave the answer empty."),
            RefusedBy.PERMISSION,
            ("answer",),
        )
    on_the_way = between if ends else [*between, last]
    refusals = (stage_refusal(ctx, decided.card_id, stage_id) for stage_id in on_the_way)
    refusal = next((each for each in refusals if each is not None), None)
    if refusal is None and ends:
        refusal = _may_end(ctx, decided, end)
    return refusal and replace(refusal, fields=tuple(_FIELDS.get(name, name) for name in refusal.fields))


def _may_end(ctx: Context, decided: Decided, end: Row) -> Refusal | None:
    assert decided.card_id is not None
    if end["category"] == StageCategory.WON:
        sale = WinCard(card=decided.card_id)
        return closing.still_open(ctx, sale) or closing.may_win(ctx, sale)
    if decided.loss_id is None:
        return Refusal(Text("Say why it was lost."), RefusedBy.INPUT, ("reason",))
    loss = _loss(decided)
    return closing.still_open(ctx, loss) or closing.may_lose(ctx, loss)


def _loss(decided: Decided) -> LoseCard:
    assert decided.card_id is not None
    assert decided.loss_id is not None
    return LoseCard(card=decided.card_id, reason=decided.loss_id, note=decided.loss_note)


def _follow(ctx: Context, decided: Decided) -> None:
    """Through each stage by a stay of its own; the team of the answers takes over where the last stage leaves it to the
    seller who answers."""
    assert decided.card_id is not None
    stages = [ctx.row(Stage, stage_id, "stage") for stage_id in decided.path]
    for origin, to in pairwise(stages):
        card = ctx.row(Card, decided.card_id, "card")
        match to["category"]:
            case StageCategory.WON:
                closing.win(ctx, WinCard(card=card["id"]), to)
            case StageCategory.LOST:
                closing.lose(ctx, _loss(decided), to)
            case _:
                enter(ctx, card, to, origin, said=_answered_by(ctx, decided, to) if to is stages[-1] else {})
    if decided.team_id is not None:
        _route(ctx, decided.card_id, decided.team_id)


def _answered_by(ctx: Context, decided: Decided, to: Row) -> dict[str, Any]:
    """Who answers for the card in the stage: whom its rule means; else one of the team that takes over."""
    if decided.team_id is None or to["category"] in CLOSING or to["owner_rule"] != OwnerRule.SELLER:
        return {}
    return {"owner_id": cadence.of_team(ctx, decided.team_id, to["board_id"])}


def _route(ctx: Context, card_id: int, team_id: int) -> None:
    team = ctx.row(Team, team_id, "team")
    if ctx.rows.update(Card, card_id, team_id=team_id):
        party_id = ctx.row(Card, card_id)["party_id"]
        ctx.emit(CardRouted(entity_id=card_id, card_id=card_id, party_id=party_id, team=team["name"]))


REACTIONS: tuple[Reaction[Any], ...] = (Reaction(Decided, rule=_may_follow, apply=_follow),)
