"""Where a card stands: the stage that it begins in, enters or is put into, one visit each. (MODEL.md §4, Card)

Decides nothing: whether a card may go there was asked before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from crm_tui.domain.board import StageCategory, is_closed, status_in
from crm_tui.domain.events.board import CardDisplaced, CardMoved
from crm_tui.domain.moving import over_limit
from crm_tui.domain.outcome import RefusedBy
from crm_tui.domain.rank import rank_after
from crm_tui.i18n import N_, Text
from crm_tui.services.board import cadence
from crm_tui.services.board.cadence import Stay
from crm_tui.services.core import scope
from crm_tui.services.core.context import Context, refuse
from crm_tui.store.queries.board import BY_USE, RANKS_LAST
from crm_tui.store.rows import Image, Row
from crm_tui.store.tables import Card, Stage, StageVisit

_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})
_FIRST_STAGE = """
SELECT id FROM stage WHERE board_id = :board_id AND category = :category AND archived_at IS NULL
ORDER BY position, id LIMIT 1
"""
_HOLDS = (
    "SELECT coalesce(sum(n), 0) FROM stage_stat WHERE stage_id = :stage_id AND status IN ('open','paused')"
)


def first_stage(ctx: Context, board_id: int, category: StageCategory = StageCategory.OPEN) -> Row | None:
    """The first stage of a category that is in use on a board, if it has one."""
    found = ctx.one(_FIRST_STAGE, board_id=board_id, category=category)
    return None if found is None else ctx.row(Stage, int(found[0]), "stage")


def usual_board(ctx: Context) -> int:
    """The board on which a card begins that names none, as `scope` has it; refuses where there is none."""
    found = scope.usual_board(ctx.connection, ctx.viewer)
    if found is not None:
        return found
    if ctx.one(BY_USE) is None:
        raise refuse(N_("There is no board yet: make one under Settings."), fields=("board",))
    raise refuse(
        N_("There is no board that you work on: ask an administrator to let you in."),
        by=RefusedBy.PERMISSION,
        fields=("board",),
    )


def open_stage(ctx: Context, board_id: int) -> Row:
    """Where a card begins on a board; one without an open stage refuses."""
    found = first_stage(ctx, board_id)
    if found is None:
        raise refuse(N_("This board has no open stage: add one under Settings."), fields=("stage",))
    return found


def limit_told(ctx: Context, stage: Row) -> Text | None:
    """What is said once a stage holds more cards than it should: it takes them all the same, and nothing is lost."""
    held = ctx.one(_HOLDS, stage_id=stage["id"]) or (0,)
    return over_limit(stage["name"], int(held[0]), stage["wip_limit"])


def moved(card: Row, origin: Row, to: Row) -> CardMoved:
    """The event of a card that goes from one stage to another."""
    return CardMoved(**_between(card, origin, to), from_stage_id=origin["id"], to_stage_id=to["id"])


def _between(card: Row, origin: Row, to: Row) -> dict[str, Any]:
    return {
        "entity_id": card["id"],
        "card_id": card["id"],
        "party_id": card["party_id"],
        "from_stage": origin["name"],
        "to_stage": to["name"],
    }


def place(ctx: Context, card_ids: Sequence[int], to: Row, said: Mapping[str, Any] = _NOTHING) -> None:
    """Put cards at the end of a stage, one behind the other, each as one more stay, with the due date and
    the owner that stays begin with there, unless something else is `said`. A handful of statements, however many they
    are: the writer is held meanwhile."""
    last = ctx.one(RANKS_LAST, stage_id=to["id"])
    rank = (last and last[0]) or ""
    begun = cadence.begun(ctx, to)._replace(**said)
    placed: dict[int, dict[str, Any]] = {}
    for card_id in card_ids:
        rank = rank_after(rank)
        placed[card_id] = {
            "stage_id": to["id"],
            "rank": rank,
            "stage_due_on": begun.due_on,
            "stage_owner_id": begun.owner_id,
        }
    ctx.rows.update_many(Card, placed)
    ctx.rows.update_many(StageVisit, {here: {"left_at": ctx.now} for here in cadence.stays(ctx, card_ids)})
    ctx.rows.insert_many(StageVisit, [visit(ctx, card_id, to, begun) for card_id in card_ids])


def visit(ctx: Context, card_id: int, stage: Row, begun: Stay) -> dict[str, Any]:
    """The row of a stay that begins now."""
    return {
        "card_id": card_id,
        "stage_id": stage["id"],
        "entered_at": ctx.now,
        "moved_by_id": ctx.viewer.user_id,
        "due_on": begun.due_on,
        "owner_id": begun.owner_id,
    }


def enter(ctx: Context, card: Row, to: Row, origin: Row, said: Mapping[str, Any] = _NOTHING) -> None:
    """Move a card into a stage, with the status that cards have there; one event."""
    place(ctx, [card["id"]], to, said)
    if not is_closed(card["status"]):
        ctx.rows.update(Card, card["id"], status=status_in(StageCategory(to["category"])))
    ctx.emit(moved(card, origin, to))


def displace(ctx: Context, cards: Sequence[Row], to: Row, origin: Row) -> None:
    """Move cards out of a stage that goes into another of its category, so that their status stays; an event each.

    The trail and the row images are those that `enter` would leave for one after the other.
    """
    place(ctx, [card["id"] for card in cards], to)
    caused: dict[int, list[Image]] = {card["id"]: [] for card in cards}
    images = ctx.rows.take_images()
    visits = [image.row_id for image in images if image.table == "stage_visit"]
    of = {row_id: row["card_id"] for row_id, row in ctx.rows.read(StageVisit, visits).items()}
    for image in images:
        caused[image.row_id if image.table == "card" else of[image.row_id]].append(image)
    ctx.emit_many([(CardDisplaced(**_between(card, origin, to)), caused[card["id"]]) for card in cards])
