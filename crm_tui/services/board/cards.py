"""How cards are opened, changed, moved and handed over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from crm_tui.domain.access import may_attend
from crm_tui.domain.board import CardStatus, StageCategory, is_listed, may_move, status_in
from crm_tui.domain.events.board import CardEdited, CardHandedOver, CardOpened, CardOrdered
from crm_tui.domain.events.note import NoteFiled
from crm_tui.domain.happened import Happened
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.rank import rank_after, rank_between
from crm_tui.domain.text import one_line
from crm_tui.i18n import N_, Text
from crm_tui.services.board import cadence, only_one, templates
from crm_tui.services.board.boards import in_use
from crm_tui.services.board.chosen import case_type_handed_on, in_use_all, offer_still_sold
from crm_tui.services.board.commands import EditCard, HandOver, MoveCard, NewCard, OrderCard
from crm_tui.services.board.standing import enter, limit_told, moved, open_stage, usual_board, visit
from crm_tui.services.core import aside, next_step, owners, people, work
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made, Reaction, refuse
from crm_tui.services.core.merge import check_version
from crm_tui.services.core.numbers import take_card_number
from crm_tui.store.queries import access
from crm_tui.store.queries.board import RANKS_ABOVE, RANKS_BELOW, RANKS_LAST
from crm_tui.store.rows import Row
from crm_tui.store.tables import Activity, Board, Card, Party, Stage, StageVisit, User

_STEPS = "SELECT id FROM activity WHERE card_id = :card_id AND state = 'planned' AND deleted_at IS NULL"


def give_person(ctx: Context, card_id: int, party_id: int | None) -> bool:
    """Say who a card is about, and so what is planned for it; False if nothing differs. Needs an event after it."""
    if not ctx.rows.update(Card, card_id, party_id=party_id):
        return False
    for (step_id,) in ctx.connection.execute(_STEPS, {"card_id": card_id}).fetchall():
        ctx.rows.update(Activity, step_id, party_id=party_id)
    return True


def _stage_for(ctx: Context, command: NewCard) -> Row:
    """The stage a new card opens in: the one named, or the first open one of the board (leads first)."""
    if command.stage is not None:
        stage = ctx.row(Stage, command.stage, "stage")
        if stage["archived_at"] is not None:
            raise refuse(N_("That stage was removed already: choose another."), fields=("stage",))
        return stage
    board_id = command.board
    if board_id is None and command.template is not None:
        board_id = templates.begins_on(ctx, command.template)
    if board_id is None:
        board_id = usual_board(ctx)
    ctx.row(Board, board_id, "board")
    return open_stage(ctx, board_id)


def _begins_in(ctx: Context, command: NewCard) -> Row:
    """The stage in which a new card begins; whatever does not go together refuses."""
    stage = _stage_for(ctx, command)
    if command.board is not None and stage["board_id"] != command.board:
        raise refuse(
            N_("That stage belongs to another board: choose one of this board's."), fields=("stage",)
        )
    if stage["category"] not in (StageCategory.OPEN, StageCategory.PAUSED):
        raise refuse(N_("A new card starts in an open stage: choose another."), fields=("stage",))
    if command.template is not None and templates.begins_on(ctx, command.template) != stage["board_id"]:
        raise refuse(
            N_("That base card belongs to another board: choose one of this board's."), fields=("template",)
        )
    in_use_all(ctx, command, stage["board_id"])
    return stage


def _may_begin(ctx: Context, command: NewCard) -> Refusal | None:
    stage = _begins_in(ctx, command)
    if command.owner is not None and command.owner != ctx.viewer.user_id:
        taker(ctx, command.owner, stage["board_id"], "owner")
    return only_one.of_new(ctx, stage["board_id"], command) or people.hindrance(
        ctx, command.party, command.party_name, command.phone, command.email, command.despite
    )


def _new(ctx: Context, command: NewCard) -> Made:
    stage = _begins_in(ctx, command)
    party_id = command.party
    if party_id is None and one_line(command.party_name):
        reached = {"phone": command.phone, "email": command.email, "company": command.company}
        party_id = people.make_person(ctx, command.party_name, **reached, despite=command.despite)
    there = only_one.taken(ctx, stage["board_id"], party_id, command.despite)
    if command.party is not None:
        people.reach_also(ctx, command.party, people.contact_points(command.phone, command.email))
    if there is not None:
        return there
    party = ctx.row(Party, party_id, "person") if party_id is not None else None
    title = one_line(command.subject) or (party["name"] if party else "")
    if not title:
        raise refuse(
            N_("Who is it, or what is it about? Fill in the name or the subject."),
            by=RefusedBy.INPUT,
            fields=("party_name",),
        )
    card_id = open_card(ctx, stage, title, party_id, command, answers=command.answers)
    if command.template is not None:
        templates.fill(ctx, card_id, command.template)
    if command.when is not None:
        work.plan_step(ctx, card_id=card_id, party_id=party_id, when=command.when, subject=title)
    return Made("card", card_id, str(ctx.row(Card, card_id)["number"]), limit_told(ctx, stage))


def open_card(
    ctx: Context,
    stage: Row,
    title: str,
    party_id: int | None,
    command: NewCard,
    *,
    answers: Mapping[str, str] | None = None,
    columns: Mapping[str, Any] | None = None,
    ends: bool = False,
    also: Callable[[int], object] | None = None,
) -> int:
    """Insert a card at the end of its stage, with its number and first stage visit; its id. With `answers` (B12) what
    is asked while a card is opened is asked of it; `columns` and `also` say and write what else an import knows of it,
    and `ends` that it closes it at once, so that it is in nobody's way."""
    board = in_use(ctx, stage["board_id"])
    if not ends:
        only_one.keep(ctx, board["id"], party_id, fields=("party", "party_name"))
    last = ctx.one(RANKS_LAST, stage_id=stage["id"])
    owner_id = command.owner if command.owner is not None else ctx.viewer.user_id
    if owner_id != ctx.viewer.user_id:
        taker(ctx, owner_id, board["id"], "owner")
    told = templates.description_of(ctx, command.template) if command.template is not None else None
    begun = cadence.begun(ctx, stage)
    card_id = ctx.rows.insert(
        Card,
        number=take_card_number(ctx, board["id"]),
        kind=board["kind"],
        board_id=board["id"],
        stage_id=stage["id"],
        status=status_in(StageCategory(stage["category"])),
        title=title,
        description=command.description or told or None,
        party_id=party_id,
        owner_id=owner_id,
        value_one_off=command.value_one_off,
        value_recurring=command.value_recurring,
        channel_id=command.channel,
        media_id=command.media,
        medium_id=command.medium,
        referrer_id=command.referrer,
        probability=command.probability,
        campaign_id=command.campaign,
        offer_id=offer_still_sold(ctx, command.offer),
        interest_level=command.interest_level,
        case_type_id=case_type_handed_on(ctx, command.case_type, board["id"]),
        **{"opened_at": ctx.now, **(columns or {})},
        last_touch_at=ctx.now,
        rank=rank_after((last and last[0]) or ""),
        stage_due_on=begun.due_on,
        stage_owner_id=begun.owner_id,
    )
    ctx.rows.insert(StageVisit, **visit(ctx, card_id, stage, begun))
    if also is not None:
        also(card_id)
    ctx.emit(
        CardOpened(
            entity_id=card_id,
            card_id=card_id,
            party_id=party_id,
            stage=stage["name"],
            title=title,
            to_stage_id=stage["id"],
            answers=answers,
        )
    )
    return card_id


def _new_owner(ctx: Context, command: NewCard) -> int | None:
    return command.owner if command.owner is not None else ctx.viewer.user_id


_EDITED = {
    "subject": "title",
    "value_one_off": "value_one_off",
    "value_recurring": "value_recurring",
    "probability": "probability",
    "expected_close_on": "expected_close_on",
    "party": "party_id",
    "contact": "contact_id",
    "channel": "channel_id",
    "media": "media_id",
    "medium": "medium_id",
    "referrer": "referrer_id",
    "offer": "offer_id",
    "case_type": "case_type_id",
    "campaign": "campaign_id",
    "interest_level": "interest_level",
    "description": "description",
}


def _may_edit(ctx: Context, command: EditCard) -> Refusal | None:
    given = command.model_fields_set
    if "subject" in given and not one_line(command.subject):
        return Refusal(Text("The subject is missing: write it."), RefusedBy.INPUT, ("subject",))
    card = ctx.row(Card, command.card, "card")
    in_use_all(ctx, command, card["board_id"], card)
    party_id = command.party if "party" in given else card["party_id"]
    if party_id is None or party_id == card["party_id"]:
        return None
    ctx.row(Party, party_id, "person")
    if not is_listed(card["status"], card["archived_at"], card["deleted_at"]):
        return None
    return only_one.hindrance(ctx, card["board_id"], party_id, command.card)


def _edit(ctx: Context, command: EditCard) -> Made:
    card = ctx.row(Card, command.card, "card")
    columns = {
        column: getattr(command, field)
        for field, column in _EDITED.items()
        if field in command.model_fields_set
    }
    if "title" in columns:
        columns["title"] = one_line(columns["title"])
    if "description" in columns:
        columns["description"] = columns["description"] or None
    names = {column: field for field, column in _EDITED.items()}
    check_version(ctx, Card, command.card, command.version, columns, names)
    party_id = columns.pop("party_id", card["party_id"])
    changed = give_person(ctx, command.card, party_id)
    stay = _stay(ctx, command, card)
    if stay:
        changed |= cadence.change(ctx, command.card, **stay)
    if ctx.rows.update(Card, command.card, **columns) or changed:
        ctx.emit(CardEdited(entity_id=command.card, card_id=command.card, party_id=party_id))
    return Made("card", command.card, card["number"])


def _stay(ctx: Context, command: EditCard | MoveCard, card: Row) -> dict[str, Any]:
    """What was said of the stay in the stage: its due date, and who answers for the card meanwhile. (E27, E28)"""
    said: dict[str, Any] = {}
    if "stage_due" in command.model_fields_set:
        said["due_on"] = command.stage_due
    if "stage_owner" in command.model_fields_set:
        if command.stage_owner is not None:
            taker(ctx, command.stage_owner, card["board_id"], "stage_owner")
        said["owner_id"] = command.stage_owner
    return said


def _may_move(ctx: Context, command: MoveCard) -> Refusal | None:
    return stage_refusal(ctx, command.card, command.stage)


def stage_refusal(ctx: Context, card_id: int, stage_id: int) -> Refusal | None:
    """What forbids this card to enter this stage, for every way in (board, card, parecer, bulk, shell)."""
    card, stage = ctx.row(Card, card_id, "card"), ctx.row(Stage, stage_id, "stage")
    if stage["archived_at"] is not None:
        return Refusal(Text("That stage was removed already: choose another."), fields=("stage",))
    if ctx.row(Board, card["board_id"], "board")["archived_at"] is not None:
        return Refusal(Text("The board of this card was removed: send it to another one."))
    return may_move(
        StageCategory(stage["category"]),
        CardStatus(card["status"]),
        same_board=stage["board_id"] == card["board_id"],
    )


def _foresee_move(ctx: Context, command: MoveCard) -> list[Happened]:
    card, to = ctx.row(Card, command.card, "card"), ctx.row(Stage, command.stage, "stage")
    return [moved(card, ctx.row(Stage, card["stage_id"], "stage"), to)]


def _move(ctx: Context, command: MoveCard) -> Made:
    card = ctx.row(Card, command.card, "card")
    check_version(
        ctx, Card, command.card, command.version, {"stage_id": command.stage}, {"stage_id": "stage"}
    )
    to = ctx.row(Stage, command.stage, "stage")
    if card["stage_id"] == command.stage:
        return Made("card", command.card, card["number"])
    said = {name: value for name, value in _stay(ctx, command, card).items() if value is not None}
    enter(ctx, card, to, ctx.row(Stage, card["stage_id"], "stage"), said=said)
    return Made("card", command.card, card["number"], limit_told(ctx, to))


def _order(ctx: Context, command: OrderCard) -> Made:
    """Between the two cards where it now stands; at an end of the column it stays, and says so."""
    card = ctx.row(Card, command.card, "card")
    if command.step == 0:
        return Made("card", command.card, card["number"])
    up = command.step < 0
    here = {
        "stage_id": card["stage_id"],
        "rank": card["rank"],
        "id": command.card,
        "most": abs(command.step) + 1,
    }
    text = RANKS_ABOVE if up else RANKS_BELOW
    passed = [rank for (rank,) in ctx.connection.execute(text, here).fetchall()]
    if not passed:
        raise refuse(
            N_("This card is the first of its stage.") if up else N_("This card is the last of its stage.")
        )
    beyond = passed[-1] if len(passed) > abs(command.step) else None
    near = passed[min(abs(command.step), len(passed)) - 1]
    rank = rank_between(beyond or "", near) if up else rank_between(near, beyond or "")
    ctx.rows.update(Card, command.card, rank=rank)
    stage = ctx.row(Stage, card["stage_id"], "stage")
    ctx.emit(
        CardOrdered(
            entity_id=command.card, card_id=command.card, party_id=card["party_id"], stage=stage["name"]
        )
    )
    return Made("card", command.card, card["number"])


def taker(ctx: Context, user_id: int, board_id: int, field: str) -> Row:
    """Who is given a card of this board, whichever way: somebody who works here, may attend, and could see it there.
    `field` is the one that names them. (K5)"""
    to = ctx.row(User, user_id, "user")
    if not to["active"]:
        raise refuse(N_("{login} no longer works here: choose another."), fields=(field,), login=to["login"])
    colleague = access.viewer(ctx.connection, to["login"])
    if colleague is None or not may_attend(colleague):
        raise refuse(N_("{login} may not attend: choose another."), fields=(field,), login=to["login"])
    if not colleague.attends(board_id):
        raise refuse(
            N_("{login} takes no part in this board: choose another, or let them in first."),
            fields=(field,),
            login=to["login"],
        )
    return to


def _may_take(ctx: Context, command: HandOver) -> None:
    taker(ctx, command.to, ctx.row(Card, command.card, "card")["board_id"], "to")


def _hand_over(ctx: Context, command: HandOver) -> Made:
    card, to = ctx.row(Card, command.card, "card"), ctx.row(User, command.to, "user")
    check_version(ctx, Card, command.card, command.version, {"owner_id": command.to}, {"owner_id": "to"})
    if ctx.rows.update(Card, command.card, owner_id=command.to):
        aside.end(ctx, command.card)  # it was the other one who put it off
    if card["next_activity_id"] is not None:
        step = ctx.row(Activity, card["next_activity_id"], "step")
        ctx.rows.update(Activity, step["id"], **work.assigned_to(ctx, step, command.to))
    place = {"card_id": command.card, "party_id": card["party_id"]}
    if ctx.rows.images:  # of many cards some are theirs already
        ctx.emit(CardHandedOver(entity_id=command.card, to=to["login"], **place))
    if command.comment:
        work.comment(ctx, card_id=command.card, party_id=card["party_id"], body=command.comment)
    next_step.refresh(ctx, command.card)
    return Made("card", command.card, card["number"])


def _stage_rule(ctx: Context, filed: NoteFiled) -> Refusal | None:
    if filed.card_id is None or filed.to_stage_id is None:
        return None
    card = ctx.row(Card, filed.card_id, "card")
    if card["stage_id"] == filed.to_stage_id:
        return None
    if not ctx.viewer.may(MoveCard.permission, card["owner_id"]):
        return Refusal(
            Text("Your profile does not allow you to move this card: leave the stage as it is."),
            RefusedBy.PERMISSION,
            ("stage",),
        )
    return stage_refusal(ctx, filed.card_id, filed.to_stage_id)


def _move_after_note(ctx: Context, filed: NoteFiled) -> None:
    if filed.card_id is None or filed.to_stage_id is None:
        return
    card = ctx.row(Card, filed.card_id, "card")
    if card["stage_id"] != filed.to_stage_id:
        enter(ctx, card, ctx.row(Stage, filed.to_stage_id), ctx.row(Stage, card["stage_id"]))


HANDLERS: dict[type[Command], Handler[Any]] = {
    NewCard: Handler(_new, owner=_new_owner, check=_may_begin),
    EditCard: Handler(_edit, owner=owners.card, check=_may_edit),
    MoveCard: Handler(_move, owner=owners.card, check=_may_move, foresee=_foresee_move),
    OrderCard: Handler(_order, owner=owners.card),
    HandOver: Handler(_hand_over, owner=owners.card, check=_may_take),
}
REACTIONS: tuple[Reaction[Any], ...] = (Reaction(NoteFiled, rule=_stage_rule, apply=_move_after_note),)
