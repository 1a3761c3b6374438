"""How a card goes beyond its board: sent to another, its person converted to customer, a service made of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Any, NamedTuple

from crm_tui.domain.board import CardKind, CardStatus, StageCategory, is_closed, status_in
from crm_tui.domain.events.moving import (
    CardCameOf,
    CardConverted,
    CardSent,
    CardServed,
    CardWentOn,
    LabelsLeft,
)
from crm_tui.domain.moving import SERVICE, may_become_customer, may_go, one_kind, serves
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.party import Lifecycle
from crm_tui.domain.text import one_line
from crm_tui.i18n import N_, Text
from crm_tui.services.board import only_one
from crm_tui.services.board.cards import give_person, open_card
from crm_tui.services.board.chosen import carried, left_behind
from crm_tui.services.board.closing import end_steps
from crm_tui.services.board.commands import NewCard
from crm_tui.services.board.move_commands import ConvertToCustomer, ConvertToService, MoveToBoard
from crm_tui.services.board.standing import first_stage, limit_told, open_stage, place
from crm_tui.services.core import owners, rights
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made, refuse
from crm_tui.services.core.merge import check_version
from crm_tui.store.rows import Row
from crm_tui.store.tables import Board, Card, CardLabel, Party, Stage, User

_LABELS = """
SELECT k.id, l.name FROM card_label k JOIN label l ON l.id = k.label_id
WHERE k.card_id = :card_id AND l.board_id IS NOT NULL AND l.board_id <> :board_id ORDER BY l.position, l.id
"""
_SERVED = """
SELECT id, number, owner_id FROM card WHERE origin_card_id = :card_id AND board_id = :board_id
AND status IN ('open','paused') AND archived_at IS NULL AND deleted_at IS NULL ORDER BY id LIMIT 1
"""
_SERVICES = """
SELECT id FROM board WHERE kind IN ('ticket','delivery') AND archived_at IS NULL ORDER BY position, id LIMIT 2
"""


class Goal(NamedTuple):
    """Where a card goes: the board and its stage."""

    board: Row
    stage: Row


def goal(ctx: Context, board_id: int, stage_id: int | None) -> Goal:
    """The board and stage that are meant, both in use: the stage named, or the board's first open one."""
    board = ctx.row(Board, board_id, "board")
    if board["archived_at"] is not None:
        raise refuse(N_("That board was removed already: choose another."), fields=("board",))
    if stage_id is None:
        return Goal(board, open_stage(ctx, board_id))
    stage = ctx.row(Stage, stage_id, "stage")
    if stage["archived_at"] is not None:
        raise refuse(N_("That stage was removed already: choose another."), fields=("stage",))
    if stage["board_id"] != board_id:
        raise refuse(
            N_("That stage belongs to another board: choose one of this board's."), fields=("stage",)
        )
    if stage["category"] not in (StageCategory.OPEN, StageCategory.PAUSED):
        raise refuse(N_("A card goes on in an open stage: choose another."), fields=("stage",))
    return Goal(board, stage)


def _card(ctx: Context, command: MoveToBoard | ConvertToCustomer | ConvertToService) -> Row:
    return ctx.row(Card, command.card, "card")


# --- to another board -------------------------------------------------------------------------------------------


def _may_leave(ctx: Context, command: MoveToBoard) -> Refusal | None:
    card = _card(ctx, command)
    if is_closed(card["status"]):
        return may_go(card["kind"], card["kind"], card["status"], same_board=False)
    return None


def _may_arrive(ctx: Context, command: MoveToBoard) -> Refusal | None:
    card, to = _card(ctx, command), goal(ctx, command.board, command.stage)
    same = card["board_id"] == command.board
    return (
        may_go(card["kind"], to.board["kind"], card["status"], same_board=same)
        or _lost_to_its_owner(ctx, card, to)
        or only_one.hindrance(ctx, command.board, card["party_id"], command.card, ("board",))
    )


def _lost_to_its_owner(ctx: Context, card: Row, to: Goal) -> Refusal | None:
    """No card goes where its owner could not see it any more; who no longer works here has lost it already. (K5)"""
    owner = ctx.rows.get(User, card["owner_id"])
    if owner is None or not owner["active"] or rights.takes_part(ctx, owner["id"], to.board["id"]):
        return None
    facts = {"login": owner["login"], "board": to.board["name"]}
    return Refusal(
        Text("{login} takes no part in {board}: hand the card over first, or let them in there.", facts),
        fields=("board",),
    )


def _move_to_board(ctx: Context, command: MoveToBoard) -> Made:
    card, to = _card(ctx, command), goal(ctx, command.board, command.stage)
    wanted = {"board_id": command.board, "stage_id": to.stage["id"]}
    check_version(
        ctx, Card, command.card, command.version, wanted, {"board_id": "board", "stage_id": "stage"}
    )
    return Made("card", command.card, card["number"], _told(send(ctx, card, to)))


def send(ctx: Context, card: Row, to: Goal) -> list[Text | None]:
    """Put a card on another board, of whose kind it is from now on; what there is to say of it.

    Its number stays: it names the card in mails and on paper, whatever board it is on. (decision 0012)
    """
    only_one.keep(ctx, to.board["id"], card["party_id"], card["id"], ("board",))
    came_from = Goal(ctx.row(Board, card["board_id"], "board"), ctx.row(Stage, card["stage_id"], "stage"))
    place(ctx, [card["id"]], to.stage)
    foreign = left_behind(ctx, card, to.board["id"])
    ctx.rows.update(
        Card,
        card["id"],
        case_type_id=None if foreign is not None else card["case_type_id"],
        board_id=to.board["id"],
        kind=to.board["kind"],
        status=status_in(StageCategory(to.stage["category"])),
    )
    about = {"entity_id": card["id"], "card_id": card["id"], "party_id": card["party_id"]}
    ctx.emit(
        CardSent(
            from_board=came_from.board["name"],
            from_stage=came_from.stage["name"],
            to_board=to.board["name"],
            to_stage=to.stage["name"],
            from_stage_id=card["stage_id"],
            to_stage_id=to.stage["id"],
            **about,
        )
    )
    said = [
        Text("now in {board}, {stage}", {"board": to.board["name"], "stage": to.stage["name"]}),
        limit_told(ctx, to.stage),
        foreign,
    ]
    rows = ctx.connection.execute(_LABELS, {"card_id": card["id"], "board_id": to.board["id"]}).fetchall()
    if rows:
        for row_id, _ in rows:
            ctx.rows.delete(CardLabel, row_id)
        names = ", ".join(name for _, name in rows)
        ctx.emit(LabelsLeft(board=came_from.board["name"], names=names, **about))
        said.append(
            Text("labels of {board} left behind: {names}", {"board": came_from.board["name"], "names": names})
        )
    return said


def _told(said: Sequence[Text | None]) -> Text | None:
    """What there is to say beside the deed, in one text."""
    texts = [text for text in said if text is not None]
    return reduce(lambda a, b: Text("{before}; {next}", {"before": a, "next": b}), texts) if texts else None


# --- the person -------------------------------------------------------------------------------------------------


def _who(ctx: Context, command: ConvertToCustomer | ConvertToService) -> Refusal | None:
    if _card(ctx, command)["party_id"] is None and command.party is None:
        return Refusal(
            Text("This card has no person yet: say who it is."), RefusedBy.INPUT, fields=("party",)
        )
    return None


def _party_id(card: Row, command: ConvertToCustomer | ConvertToService) -> int:
    """The card's person; the one named only where it has none, for no card changes hands by a conversion."""
    return int(card["party_id"] if card["party_id"] is not None else command.party or 0)


# --- to customer ------------------------------------------------------------------------------------------------


def _may_convert(ctx: Context, command: ConvertToCustomer) -> Refusal | None:
    card = _card(ctx, command)
    party = ctx.rows.get(Party, card["party_id"]) or {}
    return may_become_customer(
        card["kind"], card["status"], party.get("lifecycle"), converted=card["converted_at"] is not None
    )


def _destination(ctx: Context, command: ConvertToCustomer, card: Row) -> Goal | None:
    """Where a lead goes on: where it was said, else where its board says; None if it ends here."""
    if card["kind"] != CardKind.LEAD:
        return None
    if "board" in command.model_fields_set:
        return None if command.board is None else goal(ctx, command.board, command.stage)
    board = ctx.row(Board, card["board_id"], "board")
    if board["conversion_board_id"] is None:
        return None
    return goal(ctx, board["conversion_board_id"], command.stage or board["conversion_stage_id"])


def _may_convert_to(ctx: Context, command: ConvertToCustomer) -> Refusal | None:
    if (missing := _who(ctx, command)) is not None:
        return missing
    card = _card(ctx, command)
    to, party_id = _destination(ctx, command, card), _party_id(card, command)
    lifecycle = ctx.row(Party, party_id, "person")["lifecycle"]
    already = may_become_customer(card["kind"], card["status"], lifecycle, converted=False)
    if already is not None:
        return already
    if to is not None:
        if to.board["id"] == card["board_id"]:
            return may_go(card["kind"], card["kind"], card["status"], same_board=True)
        return _lost_to_its_owner(ctx, card, to) or only_one.hindrance(
            ctx, to.board["id"], party_id, command.card, ("board",)
        )
    stays = card["kind"] != CardKind.LEAD and not is_closed(card["status"])
    if stays and card["party_id"] is None:
        return only_one.hindrance(ctx, card["board_id"], party_id, command.card)
    return None


def _convert_to_customer(ctx: Context, command: ConvertToCustomer) -> Made:
    card = _card(ctx, command)
    party_id = _party_id(card, command)
    to = _destination(ctx, command, card)
    moves = to is not None and one_kind(card["kind"], to.board["kind"])
    ends = card["kind"] == CardKind.LEAD and not moves
    wanted = {"converted_at": ctx.now, **({"status": CardStatus.CONVERTED} if ends else {})}
    if moves and to is not None:
        wanted |= {"board_id": to.board["id"], "stage_id": to.stage["id"]}
    check_version(
        ctx, Card, command.card, command.version, wanted, {"board_id": "board", "stage_id": "stage"}
    )
    party = ctx.row(Party, party_id, "person")
    ctx.rows.update(Party, party_id, lifecycle=Lifecycle.CUSTOMER)
    give_person(ctx, command.card, party_id)
    ctx.rows.update(Card, command.card, converted_at=ctx.now)
    if ends:
        _end_as_converted(ctx, card)
    about = {"entity_id": command.card, "card_id": command.card, "party_id": party_id, "name": party["name"]}
    ctx.emit(CardConverted(**about, from_stage_id=card["stage_id"] if ends else None))
    said: list[Text | None] = []
    if to is not None and moves:
        said = send(ctx, ctx.row(Card, command.card, "card"), to)
    elif to is not None:
        said = _go_on_as(ctx, ctx.row(Card, command.card, "card"), to)
    return Made("card", command.card, card["number"], _told(said))


def _end_as_converted(ctx: Context, card: Row) -> None:
    end_steps(ctx, card["id"])
    stage = first_stage(ctx, card["board_id"], StageCategory.DONE)
    if stage is not None and stage["id"] != card["stage_id"]:
        place(ctx, [card["id"]], stage)
    today = ctx.today
    ctx.rows.update(Card, card["id"], status=CardStatus.CONVERTED, closed_on=today)


def _go_on_as(ctx: Context, card: Row, to: Goal) -> list[Text | None]:
    """A lead that ended here goes on as a new card there."""
    made = _spawn(ctx, card, to, owner_id=_keeper(ctx, card))
    ctx.emit(
        CardWentOn(entity_id=card["id"], card_id=card["id"], party_id=card["party_id"], number=made["number"])
    )
    return [Text("goes on as {number}", {"number": made["number"]}), limit_told(ctx, to.stage)]


def _keeper(ctx: Context, card: Row) -> int:
    """Who has the card that comes of another: the same operator, if still there."""
    user = ctx.rows.get(User, card["owner_id"])
    return int(user["id"]) if user is not None and user["active"] else ctx.viewer.user_id


def _spawn(
    ctx: Context, card: Row, to: Goal, *, owner_id: int, title: str = "", description: str | None = None
) -> Row:
    """A new card that came of another one, about the same person; its row."""
    like = NewCard(
        owner=owner_id,
        description=card["description"] or "" if description is None else description,
        **carried(card),
    )
    made = open_card(ctx, to.stage, title or card["title"], card["party_id"], like)
    ctx.rows.update(
        Card,
        made,
        origin_card_id=card["id"],
        journey_id=card["journey_id"] or card["id"],
        contact_id=card["contact_id"],
    )
    ctx.emit(CardCameOf(entity_id=made, card_id=made, party_id=card["party_id"], number=card["number"]))
    return ctx.row(Card, made)


# --- to service -------------------------------------------------------------------------------------------------


def _may_serve(ctx: Context, command: ConvertToService) -> Refusal | None:
    card = _card(ctx, command)
    if card["kind"] in SERVICE:
        return Refusal(Text("This card is a service already."))
    return None


def _service_goal(ctx: Context, command: ConvertToService, card: Row) -> Goal:
    """The board that was said, else the one where converted cards go on, else the only one that serves."""
    if command.board is not None:
        return goal(ctx, command.board, command.stage)
    own = ctx.row(Board, card["board_id"], "board")
    going_on = ctx.rows.get(Board, own["conversion_board_id"])
    if going_on is not None and going_on["kind"] in SERVICE and going_on["archived_at"] is None:
        return goal(ctx, going_on["id"], command.stage or own["conversion_stage_id"])
    rows = ctx.connection.execute(_SERVICES).fetchall()
    if len(rows) == 1:
        return goal(ctx, rows[0][0], command.stage)
    if not rows:
        raise refuse(N_("There is no board of tickets or deliveries yet: make one under Settings."))
    raise refuse(
        N_("Where does it go? Choose a board of tickets or deliveries."),
        by=RefusedBy.INPUT,
        fields=("board",),
    )


def _may_serve_there(ctx: Context, command: ConvertToService) -> Refusal | None:
    if (missing := _who(ctx, command)) is not None:
        return missing
    card = _card(ctx, command)
    to = _service_goal(ctx, command, card)
    refusal = serves(to.board["kind"])
    if refusal is not None:
        return refusal
    found = ctx.one(_SERVED, card_id=command.card, board_id=to.board["id"])
    if found is not None:
        return Refusal(
            Text(
                "{number} was made of this card and is still open: go on with that one.", {"number": found[1]}
            ),
            fields=("board",),
            card=int(found[0]) if ctx.viewer.may("card.read", found[2]) else None,
        )
    party_id = _party_id(card, command)
    if card["party_id"] is None and not is_closed(card["status"]):
        refusal = only_one.hindrance(ctx, card["board_id"], party_id, command.card)
    return refusal or only_one.hindrance(ctx, to.board["id"], party_id, fields=("board",))


def _convert_to_service(ctx: Context, command: ConvertToService) -> Made:
    card = _card(ctx, command)
    party_id = _party_id(card, command)
    to = _service_goal(ctx, command, card)
    owner_id = _keeper(ctx, card)
    if command.owner is not None and command.owner != owner_id:
        if not ctx.viewer.may("card.hand_over", card["owner_id"]):
            raise refuse(
                N_("Your profile does not allow you to hand cards over: leave the owner."),
                by=RefusedBy.PERMISSION,
                fields=("owner",),
            )
        owner_id = command.owner
    ctx.row(Party, party_id, "person")
    made = _spawn(
        ctx,
        card | {"party_id": party_id},
        to,
        owner_id=owner_id,
        title=one_line(command.subject),
        description=command.description if "description" in command.model_fields_set else None,
    )
    give_person(ctx, command.card, party_id)
    ctx.emit(
        CardServed(entity_id=command.card, card_id=command.card, party_id=party_id, number=made["number"])
    )
    where = {"number": made["number"], "board": to.board["name"], "stage": to.stage["name"]}
    said = [Text("{number} in {board}, {stage}", where), limit_told(ctx, to.stage)]
    return Made("card", made["id"], made["number"], _told(said))


HANDLERS: dict[type[Command], Handler[Any]] = {
    MoveToBoard: Handler(_move_to_board, owner=owners.card, ready=_may_leave, check=_may_arrive),
    ConvertToCustomer: Handler(
        _convert_to_customer, owner=owners.card, ready=_may_convert, check=_may_convert_to
    ),
    ConvertToService: Handler(
        _convert_to_service, owner=owners.card, ready=_may_serve, check=_may_serve_there
    ),
}
