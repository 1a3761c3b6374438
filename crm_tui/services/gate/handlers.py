"""How stages are set up to ask and to lead on; and the one reaction by which every way in meets the gates.

A card is asked by what happens to it, not by the command that was given: whatever moves, closes, sends, converts or
opens a card tells it by an event, so no way in can forget to ask. (E30-E40)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from crm_tui.domain.events.board import CardLost, CardMoved, CardOpened, CardWon
from crm_tui.domain.events.gate import (
    GateAdded,
    GateRemoved,
    GatesOrdered,
    GateSwitchedOff,
    GateSwitchedOn,
)
from crm_tui.domain.events.moving import CardConverted, CardSent
from crm_tui.domain.events.note import Decided, NoteFiled
from crm_tui.domain.gate import FIELDS, GateKind, refusal, unborn, words
from crm_tui.domain.happened import Happened
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.i18n import N_, Text
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made, Reaction, refuse
from crm_tui.services.core.merge import check_version
from crm_tui.services.core.order import reordered
from crm_tui.services.gate import transitions
from crm_tui.services.gate.commands import AddGate, MoveGate, RemoveGate, SetGate
from crm_tui.services.gate.passing import Going, along, asked, asked_of_all, within
from crm_tui.store.queries import gate as queries
from crm_tui.store.rows import Row
from crm_tui.store.tables import Card, Form, Stage, StageGate


def stage_in_use(ctx: Context, stage_id: int, field: str = "stage") -> Row:
    """The stage that is named, which must be in use."""
    stage = ctx.row(Stage, stage_id, "stage")
    if stage["archived_at"] is not None:
        raise refuse(N_("That stage was removed already: choose another."), fields=(field,))
    return stage


# --- setting up -------------------------------------------------------------------------------------------------


def _made(gate_id: int) -> Made:
    return Made("gate", gate_id, f"gate:{gate_id}")


def _wants(ctx: Context, command: AddGate) -> Refusal | None:
    """Whether the requirement says what it asks for, and the stage does not ask for it already."""
    stage_in_use(ctx, command.stage)
    if command.kind is GateKind.FORM:
        if command.form is None:
            return Refusal(Text("Say which form must be answered."), RefusedBy.INPUT, ("form",))
        refusal = _unanswerable(ctx, command.form)
        if refusal is not None:
            return refusal
    if command.kind is GateKind.FIELD and command.field not in FIELDS:
        return Refusal(Text("Say which field must be filled."), RefusedBy.INPUT, ("field",))
    if ctx.one(queries.SAME, **_columns(command), but=0) is not None:
        return Refusal(Text("The stage asks for that already."), fields=("kind",))
    return None


def _unanswerable(ctx: Context, form_id: int) -> Refusal | None:
    """Why no card may be asked for a form: nobody could answer it."""
    form = ctx.row(Form, form_id, "form")
    if not form["active"]:
        return Refusal(
            Text("{form} is out of use: put it back in use under Settings.", {"form": form["name"]}),
            fields=("form",),
        )
    if form["on_person"]:
        told = {"form": form["name"]}
        return Refusal(
            Text("{form} is about people: a stage asks for forms that are answered about cards.", told),
            fields=("form",),
        )
    if ctx.one(queries.ASKS, form_id=form_id) is None:
        return Refusal(
            Text("{form} has no questions yet: add them under Settings.", {"form": form["name"]}),
            fields=("form",),
        )
    return None


def _may_set(ctx: Context, command: SetGate) -> Refusal | None:
    """A form that went out of use while nobody asked for it is not asked for again."""
    gate, _ = _gate(ctx, command.gate)
    if not command.on or gate["enabled"] or gate["form_id"] is None:
        return None
    refusal = _unanswerable(ctx, gate["form_id"])
    return None if refusal is None else replace(refusal, fields=("on",))


def _columns(command: AddGate) -> dict[str, Any]:
    return {
        "stage_id": command.stage,
        "moment": command.moment,
        "kind": command.kind,
        "form_id": command.form if command.kind is GateKind.FORM else None,
        "field": command.field if command.kind is GateKind.FIELD else None,
    }


def _add(ctx: Context, command: AddGate) -> Made:
    stage = stage_in_use(ctx, command.stage)
    gate_id = ctx.rows.insert(StageGate, **_columns(command), position=ctx.rows.next_id(StageGate))
    _emit(ctx, GateAdded, ctx.row(StageGate, gate_id), stage)
    return _made(gate_id)


def _emit(ctx: Context, kind: type[Any], gate: Row, stage: Row) -> None:
    ctx.emit(kind(entity_id=stage["id"], stage=stage["name"], asked_word=words(gate["kind"], gate["field"])))


def _gate(ctx: Context, gate_id: int) -> tuple[Row, Row]:
    """A requirement and its stage."""
    gate = ctx.row(StageGate, gate_id, "gate")
    return gate, ctx.row(Stage, gate["stage_id"], "stage")


def _set(ctx: Context, command: SetGate) -> Made:
    gate, stage = _gate(ctx, command.gate)
    check_version(ctx, StageGate, command.gate, command.version, {"enabled": command.on}, {"enabled": "on"})
    if ctx.rows.update(StageGate, command.gate, enabled=command.on):
        _emit(ctx, GateSwitchedOn if command.on else GateSwitchedOff, gate, stage)
    return _made(command.gate)


def _remove(ctx: Context, command: RemoveGate) -> Made:
    gate, stage = _gate(ctx, command.gate)
    ctx.rows.delete(StageGate, command.gate)
    _emit(ctx, GateRemoved, gate, stage)
    return _made(command.gate)


def _move(ctx: Context, command: MoveGate) -> Made:
    _, stage = _gate(ctx, command.gate)
    order = [i for (i,) in ctx.connection.execute(queries.IN_STAGE, {"stage_id": stage["id"]}).fetchall()]
    if reordered(ctx, StageGate, order, command.gate, command.step):
        ctx.emit(GatesOrdered(entity_id=stage["id"], stage=stage["name"]))
    return _made(command.gate)


# --- passing ----------------------------------------------------------------------------------------------------


def _moves(ctx: Context, moved: CardMoved) -> Going:
    return within(ctx.connection, moved.from_stage_id or 0, moved.to_stage_id or 0)


def _opened(ctx: Context, opened: CardOpened) -> Refusal | None:
    """A card that is not there yet is filled in its own form, not by what cures one that is."""
    return unborn(asked(ctx.connection, opened.entity_id, Going(enters=opened.to_stage_id), ctx.now))


def _goes_for_good(_ctx: Context, gone: CardWon | CardSent) -> Going:
    to = gone.to_stage_id if gone.to_stage_id != gone.from_stage_id else None
    return Going(gone.from_stage_id, to)


def _ends(_ctx: Context, lost: CardLost) -> Going:
    """A card is lost from any stage: only what the stage of the lost ones itself asks for is asked."""
    return Going(enters=lost.to_stage_id if lost.to_stage_id != lost.from_stage_id else None)


def _converts(_ctx: Context, converted: CardConverted) -> Going:
    return Going(converted.from_stage_id)


def _is_filed(ctx: Context, filed: NoteFiled) -> Going:
    if filed.card_id is None or filed.to_stage_id is None:
        return Going()
    standing = ctx.row(Card, filed.card_id, "card")["stage_id"]
    return within(ctx.connection, standing, filed.to_stage_id) if standing != filed.to_stage_id else Going()


def _passing(
    goes: Callable[[Context, Any], Going], fields: tuple[str, ...] = ()
) -> Callable[[Context, Any], Any]:
    """The rule of a way in: what stands in the way that it goes."""

    def rule(ctx: Context, happened: Happened) -> Refusal | None:
        if happened.card_id is None:
            return None
        found = asked(ctx.connection, happened.card_id, goes(ctx, happened), ctx.now, batch=ctx.batch)
        return refusal(found, fields)

    return rule


def _follows(ctx: Context, decided: Decided) -> Refusal | None:
    """What all the stages of a way ask for, said at once. (B50)"""
    if decided.card_id is None:
        return None
    goings = along(ctx.connection, decided.path)
    found = asked_of_all(ctx.connection, decided.card_id, goings, ctx.now, batch=ctx.batch)
    return refusal(found, ("answer",))


HANDLERS: dict[type[Command], Handler[Any]] = {
    AddGate: Handler(_add, check=_wants),
    SetGate: Handler(_set, check=_may_set),
    RemoveGate: Handler(_remove),
    MoveGate: Handler(_move),
    **transitions.HANDLERS,
}
REACTIONS: tuple[Reaction[Any], ...] = (
    Reaction(CardMoved, rule=_passing(_moves, ("stage",))),
    Reaction(CardOpened, rule=_opened),
    Reaction(CardWon, rule=_passing(_goes_for_good)),
    Reaction(CardLost, rule=_passing(_ends)),
    Reaction(CardSent, rule=_passing(_goes_for_good, ("stage",))),
    Reaction(CardConverted, rule=_passing(_converts)),
    Reaction(NoteFiled, rule=_passing(_is_filed, ("stage",))),
    Reaction(Decided, rule=_follows),
)
