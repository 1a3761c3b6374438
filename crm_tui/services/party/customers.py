"""How a prospect becomes a customer by a card that is won, and stays one as long as another such card stands.

(MODEL.md §4, Party; converting says so itself: `services.board.moving`.) A sale that is reopened in full is undone, so
whoever became a customer by it is what they were before; for adjustments it stands. Knows no other way in which a card
ends.
"""

from __future__ import annotations

from typing import Any

from crm_tui.domain.board import ReopenMode
from crm_tui.domain.events.board import CardReopened, CardWon
from crm_tui.domain.events.party import PartyUnwon, PartyWon
from crm_tui.domain.party import Lifecycle, gained_by_winning
from crm_tui.services.core.context import Context, Reaction
from crm_tui.services.core.undo import Reversed
from crm_tui.store.tables import Party

_WON = """
SELECT 1 FROM card WHERE party_id = :party_id AND (status = 'won' OR converted_at IS NOT NULL)
AND deleted_at IS NULL LIMIT 1
"""
_GAINED_BY = """
SELECT json_extract(c.before, '$.lifecycle') FROM change c JOIN event e ON e.id = c.event_id
WHERE c.id = (SELECT max(x.id) FROM change x WHERE x.table_name = 'party' AND x.row_id = :party_id
              AND json_extract(x.after, '$.lifecycle') IS NOT NULL)
AND e.kind = 'party.won' AND e.card_id = :card_id
"""
"""What a person was before a card won them, if nothing has said since what they are."""


def _gain(ctx: Context, won: CardWon) -> None:
    party = ctx.rows.get(Party, won.party_id)
    if party is None or not gained_by_winning(party["lifecycle"]):
        return
    ctx.rows.update(Party, party["id"], lifecycle=Lifecycle.CUSTOMER)
    ctx.emit(
        PartyWon(entity_id=party["id"], party_id=party["id"], card_id=won.card_id, name=party["name"]),
    )


def _lose_again(ctx: Context, reopened: CardReopened) -> None:
    """Only what this card's winning made of them, and only as long as no other sale stands."""
    party = ctx.rows.get(Party, reopened.party_id)
    if party is None or reopened.mode != ReopenMode.FULL or party["lifecycle"] != Lifecycle.CUSTOMER:
        return
    before = ctx.one(_GAINED_BY, party_id=party["id"], card_id=reopened.card_id)
    if before is None or before[0] is None or ctx.one(_WON, party_id=party["id"]) is not None:
        return
    ctx.rows.update(Party, party["id"], lifecycle=before[0])
    ctx.emit(
        PartyUnwon(entity_id=party["id"], party_id=party["id"], card_id=reopened.card_id, name=party["name"])
    )


def keep_gained(ctx: Context, done: list[Reversed]) -> None:
    """The first of two deals, undone, makes no prospect of whoever bought by the second one."""
    for change in done:
        before, now = change.row, ctx.rows.get(Party, change.row_id) if change.table == "party" else None
        if before is None or now is None or before["lifecycle"] != Lifecycle.CUSTOMER:
            continue
        if gained_by_winning(now["lifecycle"]) and ctx.one(_WON, party_id=now["id"]) is not None:
            ctx.rows.update(Party, now["id"], lifecycle=Lifecycle.CUSTOMER)


REACTIONS: tuple[Reaction[Any], ...] = (
    Reaction(CardWon, apply=_gain),
    Reaction(CardReopened, apply=_lose_again),
)
AFTER_UNDO = (keep_gained,)
