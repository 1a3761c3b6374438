"""How forms are set up; and every handler of the module."""

from __future__ import annotations

from typing import Any

from crm_tui.domain.events.form import FormAdded, FormDeactivated, FormEdited, FormReactivated
from crm_tui.domain.form import FormKind
from crm_tui.domain.outcome import Refusal
from crm_tui.i18n import N_, Text
from crm_tui.services.core import names
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made, Reaction, Refused, refuse
from crm_tui.services.core.merge import check_version
from crm_tui.services.core.order import reordered
from crm_tui.services.core.use import Using
from crm_tui.services.form import answering, editing, opening
from crm_tui.services.form.commands import AddForm, DeactivateForm, EditForm, MoveForm, ReactivateForm
from crm_tui.services.form.editing import asked_by
from crm_tui.store.queries import form as queries
from crm_tui.store.rows import Row
from crm_tui.store.tables import Board, CaseType, Form


def _made(form_id: int) -> Made:
    return Made("form", form_id, f"form:{form_id}")


def _board(ctx: Context, command: AddForm | EditForm) -> int | None:
    return ctx.row(Board, command.board, "board")["id"] if command.board is not None else None


def _case_type(ctx: Context, command: AddForm | EditForm, board_id: int | None) -> int | None:
    if command.case_type is not None:
        _goes_with(ctx, command.case_type, board_id)
    return command.case_type


def _goes_with(ctx: Context, case_type_id: int, board_id: int | None) -> None:
    """A service type of another board's workflow would never meet a card that the form is offered on."""
    case_type = ctx.row(CaseType, case_type_id, "case_type")
    if board_id is not None and case_type["board_id"] not in (None, board_id):
        raise refuse(
            N_("“{name}” goes another board's workflow: choose another service type, or no board."),
            fields=("case_type",),
            name=case_type["name"],
        )


def _about_people(ctx: Context, form: Row, before: Row | None) -> None:
    """A form is about cards or about people: nothing of a card's may stand in one of people's, and one that was
    answered, or that a stage asks for, stays what it is."""
    if before is not None and form["on_person"] != bool(before["on_person"]):
        if ctx.one(queries.ANSWERED, form_id=before["id"]) is not None:
            raise refuse(
                N_("{form} was answered already and stays what it is about: make another form."),
                fields=("on_person",),
                form=before["name"],
            )
        refusal = _is_asked_for(ctx, before)
        if refusal is not None:
            raise Refused(refusal)
    if not form["on_person"]:
        return
    wrong = {
        "kind": form["kind"] == FormKind.CYCLE,
        "board": form["board_id"] is not None,
        "case_type": form["case_type_id"] is not None,
        "on_card": bool(form["on_card"]),
    }
    fields = tuple(name for name, is_so in wrong.items() if is_so)
    if fields:
        raise refuse(
            N_(
                "Fields of people belong to no card: leave board, service type, sales script and the card's data."
            ),
            fields=fields,
        )


def _add(ctx: Context, command: AddForm) -> Made:
    name = names.free(ctx, Form, command.name)
    told = {"kind": command.kind, "board_id": command.board, "case_type_id": command.case_type}
    _about_people(ctx, told | {"on_card": command.on_card, "on_person": command.on_person}, None)
    form_id = ctx.rows.insert(
        Form,
        name=name,
        kind=command.kind,
        board_id=_board(ctx, command),
        case_type_id=_case_type(ctx, command, command.board),
        on_card=command.on_card,
        on_person=command.on_person,
        position=ctx.rows.next_id(Form),
    )
    ctx.emit(FormAdded(entity_id=form_id, name=name))
    return _made(form_id)


def _edit(ctx: Context, command: EditForm) -> Made:
    form = ctx.row(Form, command.form, "form")
    columns: dict[str, Any] = {}
    if "name" in command.model_fields_set:
        columns["name"] = names.free(ctx, Form, command.name, but=command.form)
    columns |= {
        f: getattr(command, f) for f in ("kind", "on_card", "on_person") if f in command.model_fields_set
    }
    if "board" in command.model_fields_set:
        columns["board_id"] = _board(ctx, command)
    if {"board", "case_type"} & command.model_fields_set:
        kept = {**form, **columns}
        if "case_type" in command.model_fields_set or form["case_type_id"] is None:
            columns["case_type_id"] = _case_type(ctx, command, kept["board_id"])
        else:
            _goes_with(ctx, form["case_type_id"], kept["board_id"])
    _about_people(ctx, form | columns, form)
    check_version(ctx, Form, command.form, command.version, columns)
    if ctx.rows.update(Form, command.form, **columns):
        ctx.emit(FormEdited(entity_id=command.form, name=str(columns.get("name", form["name"]))))
    return _made(command.form)


def _move(ctx: Context, command: MoveForm) -> Made:
    form = ctx.row(Form, command.form, "form")
    order = [row[0] for row in ctx.connection.execute(queries.ORDER).fetchall()]
    if reordered(ctx, Form, order, command.form, command.step):
        ctx.emit(FormEdited(entity_id=command.form, name=form["name"]))
    return _made(command.form)


def _is_asked_for(ctx: Context, form: Row) -> Refusal | None:
    return asked_by(
        ctx, form, Text("{board}, {stage} asks for this form: take that requirement out of the stage first.")
    )


_USE = Using(Form, "form")
HANDLERS: dict[type[Command], Handler[Any]] = {
    AddForm: Handler(_add),
    EditForm: Handler(_edit),
    MoveForm: Handler(_move),
    DeactivateForm: _USE.ends(FormDeactivated, N_("This form is out of use already."), also=_is_asked_for),
    ReactivateForm: _USE.begins(FormReactivated, N_("This form is in use already.")),
    **editing.HANDLERS,
    **answering.HANDLERS,
}
REACTIONS: tuple[Reaction[Any], ...] = opening.REACTIONS
