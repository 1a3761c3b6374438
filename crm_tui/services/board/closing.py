"""How a card ends: won, lost, archived, deleted; and how it begins again as a copy."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from crm_tui.domain.activity import ActivityState
from crm_tui.domain.board import (
    CardStatus,
    ReopenMode,
    StageCategory,
    closing_day,
    is_listed,
    loss_told,
)
from crm_tui.domain.events.board import (
    CardArchived,
    CardCopied,
    CardDeleted,
    CardLost,
    CardUnarchived,
    CardWon,
)
from crm_tui.domain.events.note import NoteFiled
from crm_tui.domain.events.party import PartyDeleted
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.reopening import closes_on, may_close
from crm_tui.i18n import N_, Text
from crm_tui.services.board import only_one
from crm_tui.services.board.boards import in_use
from crm_tui.services.board.cards import open_card, taker
from crm_tui.services.board.chosen import carried
from crm_tui.services.board.commands import (
    ArchiveCard,
    CopyCard,
    DeleteCard,
    LoseCard,
    NewCard,
    UnarchiveCard,
    WinCard,
)
from crm_tui.services.board.reopening import reclosed, turned
from crm_tui.services.board.standing import first_stage, limit_told, open_stage, place
from crm_tui.services.core import next_step, owners, places, rights, work
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made, Reaction, refuse
from crm_tui.services.core.merge import check_version
from crm_tui.store.rows import Row
from crm_tui.store.tables import Activity, Card, LossReason, Party, Stage, User
from crm_tui.store.values import as_date

_PLANNED = "SELECT id FROM activity WHERE card_id = :card_id AND state = 'planned' AND deleted_at IS NULL"
_OF_THE_SALE = """
SELECT a.id FROM activity a JOIN event e ON e.entity = 'activity' AND e.entity_id = a.id AND e.kind = 'activity.planned'
JOIN event w ON w.batch = e.batch AND w.kind = 'card.won' AND w.card_id = a.card_id
WHERE a.card_id = :card_id AND a.state = 'planned' AND a.deleted_at IS NULL
"""
"""What was planned by winning it: it is owed as long as the sale stands."""
_OTHER_CARDS = (
    "SELECT 1 FROM card WHERE party_id = :party_id AND id <> :card_id AND deleted_at IS NULL LIMIT 1"
)


def still_open(ctx: Context, command: WinCard | LoseCard) -> Refusal | None:
    """A card ends once, whatever wishes it: by itself, by a result, by an answer."""
    status = CardStatus(ctx.row(Card, command.card, "card")["status"])
    return may_close(status, turned(ctx, command.card, closed=True))


def _dated(ctx: Context, command: WinCard | LoseCard) -> Refusal | None:
    return closing_day(command.closed_on, ctx.today)


def end_steps(ctx: Context, card_id: int, but: Collection[int] = ()) -> None:
    """Cancel what is still planned for a card; the event that follows carries it."""
    for (step_id,) in ctx.connection.execute(_PLANNED, {"card_id": card_id}).fetchall():
        if step_id not in but:
            ctx.rows.update(Activity, step_id, state=ActivityState.CANCELED)
    next_step.refresh(ctx, card_id)


def _close(
    ctx: Context,
    command: WinCard | LoseCard,
    category: StageCategory,
    columns: dict[str, Any],
    into: Row | None = None,
) -> Row:
    """Close a card: its day, its stage of that category (`into`, else the first that the board has), no step left; the
    row as it was."""
    card = ctx.row(Card, command.card, "card")
    check_version(ctx, Card, command.card, command.version, {"status": columns["status"]}, {"status": "card"})
    end_steps(ctx, command.card, _owed(ctx, card, category))
    stage = into or first_stage(ctx, card["board_id"], category)
    if stage is not None and stage["id"] != card["stage_id"]:
        place(ctx, [command.card], stage)
    day = closes_on(command.closed_on, as_date(card["closed_on"]), card["reopen_mode"], ctx.today)
    ctx.rows.update(Card, command.card, closed_on=day, **columns)
    next_step.refresh(ctx, command.card)
    return card


def _closed(ctx: Context, card: Row) -> dict[str, Any]:
    """Which card was closed, out of which stage, and into which: the same where its board has none for it."""
    return {
        "entity_id": card["id"],
        "card_id": card["id"],
        "party_id": card["party_id"],
        "from_stage_id": card["stage_id"],
        "to_stage_id": ctx.row(Card, card["id"])["stage_id"],
    }


def _owed(ctx: Context, card: Row, category: StageCategory) -> Collection[int]:
    """The steps of a sale that is only adjusted and stands all the same: closing the card again ends them not."""
    if category is not StageCategory.WON or card["reopen_mode"] != ReopenMode.ADJUSTMENT:
        return ()
    return [step for (step,) in ctx.connection.execute(_OF_THE_SALE, {"card_id": card["id"]}).fetchall()]


def may_win(ctx: Context, command: WinCard) -> Refusal | None:
    """Whether what is said of a sale can be: its day, its next step."""
    if command.next_when is None:
        if command.next_assignee is None:
            return _dated(ctx, command)
        return Refusal(
            Text("When is the next step? Say the day, or leave out who does it."), fields=("next_when",)
        )
    if command.next_assignee is not None:
        _does_it(ctx, command.card, command.next_assignee)
    return _dated(ctx, command)


def _does_it(ctx: Context, card_id: int, user_id: int) -> None:
    """Refuse a step for a colleague who could not do it, or not even see whose it is. (K5)"""
    to = taker(ctx, user_id, ctx.row(Card, card_id, "card")["board_id"], "next_assignee")
    if not rights.may_be_member(ctx, to, card_id):
        raise refuse(
            N_("{login} does not see this card: choose another."),
            fields=("next_assignee",),
            login=to["login"],
        )


def _plan_on(ctx: Context, command: WinCard, card: Row) -> None:
    """Plan what comes after the sale; on a card that is closed it stands in its own right."""
    if command.next_when is None:
        return
    owner = ctx.rows.get(User, card["owner_id"])
    work.plan_step(
        ctx,
        card_id=command.card,
        party_id=card["party_id"],
        when=command.next_when,
        subject=command.next_subject or card["title"],
        assignee_id=command.next_assignee or (owner["id"] if owner is not None and owner["active"] else None),
    )


def win(ctx: Context, command: WinCard, into: Row | None = None) -> Made:
    """Close a card as won, in this stage of the won ones if one is meant."""
    columns: dict[str, Any] = {"status": CardStatus.WON}
    if command.value_one_off is not None:
        columns["value_one_off"] = command.value_one_off
    card = _close(ctx, command, StageCategory.WON, columns, into)
    ctx.emit(CardWon(**_closed(ctx, card)))
    reclosed(ctx, card)
    _plan_on(ctx, command, card)
    return Made("card", command.card, card["number"])


def may_lose(ctx: Context, command: LoseCard) -> Refusal | None:
    """Whether what is said of a loss can be: its reason, its day."""
    reason = ctx.row(LossReason, command.reason, "reason")
    if not reason["active"]:
        return Refusal(Text("That reason is no longer in use: choose another."), fields=("reason",))
    return loss_told(reason["requires_note"], command.note) or _dated(ctx, command)


def lose(ctx: Context, command: LoseCard, into: Row | None = None) -> Made:
    """Close a card as lost, in this stage of the lost ones if one is meant."""
    reason = ctx.row(LossReason, command.reason, "reason")
    columns = {"status": CardStatus.LOST, "loss_reason_id": reason["id"], "loss_note": command.note or None}
    card = _close(ctx, command, StageCategory.LOST, columns, into)
    why = f"{reason['name']}, {command.note}" if command.note else reason["name"]
    ctx.emit(CardLost(**_closed(ctx, card), why=why))
    reclosed(ctx, card)
    return Made("card", command.card, card["number"])


def _wished(ctx: Context, filed: NoteFiled) -> LoseCard | None:
    """The loss that a filed parecer wishes, as if it were asked for by itself. (T11)"""
    if filed.card_id is None or filed.loss_reason_id is None:
        return None
    version = ctx.row(Card, filed.card_id, "card")["version"]
    return LoseCard(card=filed.card_id, reason=filed.loss_reason_id, note=filed.loss_note, version=version)


def _may_end_so(ctx: Context, filed: NoteFiled) -> Refusal | None:
    wish = _wished(ctx, filed)
    if wish is None:
        return None
    if not ctx.viewer.may(LoseCard.permission, owners.card(ctx, wish)):
        return Refusal(
            Text("Your profile does not allow you to close this card: choose another result."),
            RefusedBy.PERMISSION,
            ("result",),
        )
    refusal = still_open(ctx, wish) or may_lose(ctx, wish)
    if refusal is None:
        return None
    fields = tuple({"reason": "loss_reason", "note": "loss_note"}.get(name, name) for name in refusal.fields)
    return replace(refusal, fields=fields)


def _end_after_note(ctx: Context, filed: NoteFiled) -> None:
    wish = _wished(ctx, filed)
    if wish is not None:
        lose(ctx, wish)


def _is_archived(ctx: Context, command: ArchiveCard | UnarchiveCard) -> bool:
    return ctx.row(Card, command.card, "card")["archived_at"] is not None


def _not_yet(ctx: Context, command: ArchiveCard) -> Refusal | None:
    return Refusal(Text("This card is in the archive already.")) if _is_archived(ctx, command) else None


def _in_archive(ctx: Context, command: UnarchiveCard) -> Refusal | None:
    if not _is_archived(ctx, command):
        return Refusal(Text("This card is not in the archive."))
    card = ctx.row(Card, command.card, "card")
    in_use(ctx, card["board_id"], "card")
    if not is_listed(card["status"], None, card["deleted_at"]):
        return None
    return only_one.hindrance(ctx, card["board_id"], card["party_id"], command.card, ())


def _archive(ctx: Context, command: ArchiveCard) -> Made:
    card = ctx.row(Card, command.card, "card")
    ctx.rows.update(Card, command.card, archived_at=ctx.now)
    ctx.emit(CardArchived(entity_id=command.card, card_id=command.card, party_id=card["party_id"]))
    return Made("card", command.card, card["number"])


def _unarchive(ctx: Context, command: UnarchiveCard) -> Made:
    card = ctx.row(Card, command.card, "card")
    ctx.rows.update(Card, command.card, archived_at=None)
    places.to_free_place(ctx, Card, command.card)
    ctx.emit(CardUnarchived(entity_id=command.card, card_id=command.card, party_id=card["party_id"]))
    return Made("card", command.card, card["number"])


def _delete(ctx: Context, command: DeleteCard) -> Made:
    card = ctx.row(Card, command.card, "card")
    party_id = card["party_id"]
    end_steps(ctx, command.card)
    ctx.rows.update(Card, command.card, deleted_at=ctx.now, party_id=None)
    ctx.emit(
        CardDeleted(entity_id=command.card, card_id=command.card, party_id=party_id, number=card["number"])
    )
    if command.with_party and party_id is not None:
        party = ctx.row(Party, party_id, "person")
        ctx.rows.update(Party, party_id, deleted_at=ctx.now)
        ctx.emit(PartyDeleted(entity_id=party_id, party_id=party_id, name=party["name"]))
    return Made("card", command.card, card["number"])


def _may_go(ctx: Context, command: DeleteCard) -> Refusal | None:
    """A person goes with the card only if no other card is about them, and who deletes may edit them."""
    party_id = ctx.row(Card, command.card, "card")["party_id"]
    if not command.with_party or party_id is None:
        return None
    if ctx.one(_OTHER_CARDS, party_id=party_id, card_id=command.card) is not None:
        return Refusal(
            Text("This person has other cards, so only the card can go: leave the person."),
            fields=("with_party",),
        )
    if not ctx.viewer.may("party.edit", ctx.row(Party, party_id, "person")["owner_id"]):
        return Refusal(
            Text("Your profile does not allow you to delete this person: leave the person."),
            fields=("with_party",),
        )
    return None


def _copy(ctx: Context, command: CopyCard) -> Made:
    card = ctx.row(Card, command.card, "card")
    stage = ctx.row(Stage, card["stage_id"], "stage")
    if stage["archived_at"] is not None or stage["category"] not in (
        StageCategory.OPEN,
        StageCategory.PAUSED,
    ):
        stage = open_stage(ctx, card["board_id"])
    like = NewCard(
        description=card["description"] or "",
        value_one_off=card["value_one_off"],
        value_recurring=card["value_recurring"],
        **carried(card),
        interest_level=card["interest_level"],
    )
    card_id = open_card(ctx, stage, card["title"], card["party_id"], like)
    ctx.emit(CardCopied(entity_id=card_id, card_id=card_id, party_id=card["party_id"], number=card["number"]))
    return Made("card", card_id, str(ctx.row(Card, card_id)["number"]), limit_told(ctx, stage))


def _may_copy(ctx: Context, command: CopyCard) -> Refusal | None:
    card = ctx.row(Card, command.card, "card")
    return rights.unseen(ctx, command.card) or only_one.hindrance(
        ctx, card["board_id"], card["party_id"], fields=()
    )


def _copier(ctx: Context, command: CopyCard) -> int | None:
    ctx.row(Card, command.card, "card")
    return ctx.viewer.user_id


HANDLERS: dict[type[Command], Handler[Any]] = {
    WinCard: Handler(win, owner=owners.card, ready=still_open, check=may_win),
    LoseCard: Handler(lose, owner=owners.card, ready=still_open, check=may_lose),
    ArchiveCard: Handler(_archive, owner=owners.card, ready=_not_yet),
    UnarchiveCard: Handler(_unarchive, owner=owners.card, ready=_in_archive),
    DeleteCard: Handler(_delete, owner=owners.card, check=_may_go),
    CopyCard: Handler(_copy, owner=_copier, ready=_may_copy),
}
REACTIONS: tuple[Reaction[Any], ...] = (Reaction(NoteFiled, rule=_may_end_so, apply=_end_after_note),)
