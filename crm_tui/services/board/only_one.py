"""One open card per person, where the board says so. (K55)

Asked wherever a card comes to be worked on: new, copied, moved in, given a person, out of the archive, put back by an
undo. Inside the transaction, so that of two operators the second is told.
"""

from __future__ import annotations

from typing import Any

from crm_tui.domain.board import is_listed
from crm_tui.domain.events.once import PartyMerged
from crm_tui.domain.outcome import Refusal
from crm_tui.i18n import Text
from crm_tui.services.board.commands import NewCard
from crm_tui.services.core import known, people
from crm_tui.services.core.context import Context, Made, Reaction, Refused
from crm_tui.services.core.undo import Reversed
from crm_tui.store.queries.board import LISTED
from crm_tui.store.rows import Row
from crm_tui.store.tables import Board, Card, Party

_OPEN = f"""
SELECT c.id, c.number, coalesce(u.login, ''), c.owner_id FROM card c LEFT JOIN "user" u ON u.id = c.owner_id
WHERE c.party_id = :party_id AND c.board_id = :board_id AND c.id <> :but AND {LISTED} ORDER BY c.id LIMIT 1
"""
_TWO = f"""
SELECT b.id, b.name, min(c.number), max(c.number) FROM card c JOIN board b ON b.id = c.board_id
WHERE c.party_id = :party_id AND b.one_open_card_per_party = 1 AND {LISTED} GROUP BY b.id HAVING count(*) > 1
"""


def hindrance(
    ctx: Context, board_id: int, party_id: int | None, but: int = 0, fields: tuple[str, ...] = ("party",)
) -> Refusal | None:
    """Why this person may not have another open card on this board; `but` is the card that is asked about, `fields`
    are those of the command that would cure it."""
    board = ctx.row(Board, board_id, "board")
    if party_id is None or not board["one_open_card_per_party"]:
        return None
    found = ctx.one(_OPEN, party_id=party_id, board_id=board_id, but=but)
    if found is None:
        return None
    card_id, number, owner, owner_id = found
    facts = {
        "name": ctx.row(Party, party_id, "person")["name"],
        "number": number,
        "owner": owner,
        "board": board["name"],
    }
    reason = (
        Text("{name} has an open card on {board} already: {number}, of {owner}. Go on with that one.", facts)
        if owner
        else Text(
            "{name} has an open card on {board} already: {number}, of nobody. Go on with that one.", facts
        )
    )
    seen = ctx.viewer.may("card.read", owner_id)
    return Refusal(reason, fields=fields, card=int(card_id) if seen else None)


def of_new(ctx: Context, board_id: int, command: NewCard) -> Refusal | None:
    """Why whom the card is for may not have a new one here: by the rules of duplicates, then by the board's own. Asked
    before anybody is made, since what may be approved is known beforehand. (M70)"""
    party_id, alike = command.party, None
    if party_id is None:
        reached = (command.party_name, command.phone, command.email)
        party_id, alike = people.meant(ctx, *reached, command.despite)
    there = known.open_card(ctx, ctx.row(Board, board_id), party_id, command.despite, alike)
    if there is not None:
        return there if isinstance(there, Refusal) else None
    return hindrance(ctx, board_id, party_id, fields=("party", "party_name"))


def taken(ctx: Context, board_id: int, party_id: int | None, despite: str) -> Made | None:
    """The open card that is taken instead of a new one, where a rule says so; raises where it minds. (M70)"""
    there = known.open_card(ctx, ctx.row(Board, board_id), party_id, despite)
    if isinstance(there, Refusal):
        raise Refused(there)
    if there is None:
        return None
    number = str(ctx.row(Card, there)["number"])
    return Made("card", there, number, Text("{number} is open already, and was taken.", {"number": number}))


def keep(
    ctx: Context, board_id: int, party_id: int | None, but: int = 0, fields: tuple[str, ...] = ("party",)
) -> None:
    """Raise what `hindrance` says."""
    refusal = hindrance(ctx, board_id, party_id, but, fields)
    if refusal is not None:
        raise Refused(refusal)


def after_merge(ctx: Context, merged: PartyMerged) -> Refusal | None:
    """Two people who become one must not have two open cards where there is to be one. (X9)"""
    for board_id, board, first, second in ctx.connection.execute(
        _TWO, {"party_id": merged.party_id}
    ).fetchall():
        if ctx.viewer.sees(board_id):
            facts = {"board": board, "first": first, "second": second}
            reason = Text(
                "Both have an open card on {board}: {first} and {second}. Close one of them first.", facts
            )
            return Refusal(reason)
    return None


def _worked_on(row: Row | None) -> tuple[int, int] | None:
    """The board and person for whom a card is open, if it is."""
    if row is None or row["party_id"] is None:
        return None
    if not is_listed(row["status"], row["archived_at"], row["deleted_at"]):
        return None
    return row["board_id"], row["party_id"]


def after_undo(ctx: Context, done: list[Reversed]) -> None:
    """A card that an undo opens again must not be the second one; the undo is refused as a whole."""
    before: dict[int, Row | None] = {}
    for change in done:
        if change.table == "card":
            before.setdefault(change.row_id, change.row)
    there = ctx.rows.read(Card, before)
    for card_id, row in before.items():
        now = _worked_on(there.get(card_id))
        if now is None or now == _worked_on(row):
            continue
        refusal = hindrance(ctx, *now, card_id)
        if refusal is not None:
            reason = Text("Not put back: {why}", {"why": refusal.reason})
            raise Refused(Refusal(reason, card=refusal.card))


REACTIONS: tuple[Reaction[Any], ...] = (Reaction(PartyMerged, rule=after_merge),)
