"""How standard texts are added, changed, ordered, and taken out of use."""

from __future__ import annotations

from typing import Any

from crm_tui.domain.canned import TemplateKind, code_of, same_code
from crm_tui.domain.events.canned import (
    StandardTextAdded,
    StandardTextDeactivated,
    StandardTextEdited,
    StandardTextReactivated,
)
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.i18n import N_
from crm_tui.services.canned.commands import (
    AddStandardText,
    DeactivateStandardText,
    EditStandardText,
    MoveStandardText,
    ReactivateStandardText,
)
from crm_tui.services.core import names
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made, Refused, refuse
from crm_tui.services.core.merge import check_version
from crm_tui.services.core.order import reordered
from crm_tui.services.core.use import Using
from crm_tui.store.queries.canned import CODES, ORDER
from crm_tui.store.tables import CaseType, Template


def _made(text_id: int) -> Made:
    return Made("standard_text", text_id, f"standard_text:{text_id}")


def _code(ctx: Context, typed: str, but: int = 0) -> str:
    """The code, which no other text has; one out of use keeps its own, because it may come back."""
    code = code_of(typed)
    if isinstance(code, Refusal):
        raise Refused(code)
    for text_id, other in ctx.connection.execute(CODES).fetchall():
        if text_id != but and same_code(other, code):
            raise refuse(
                N_("/{code} is another text's already: choose another code."), fields=("code",), code=other
            )
    return code


def _body(body: str) -> str:
    if not body.strip():
        raise refuse(N_("The text is empty: write it."), by=RefusedBy.INPUT, fields=("body",))
    return body


def _add(ctx: Context, command: AddStandardText) -> Made:
    if command.case_type is not None:
        ctx.row(CaseType, command.case_type, "case_type")
    name = names.required(command.name)
    text_id = ctx.rows.insert(
        Template,
        kind=TemplateKind.NOTE,
        code=_code(ctx, command.code),
        name=name,
        case_type_id=command.case_type,
        body=_body(command.body),
        position=ctx.rows.next_id(Template),
    )
    ctx.emit(StandardTextAdded(entity_id=text_id, name=name))
    return _made(text_id)


def _edit(ctx: Context, command: EditStandardText) -> Made:
    text = ctx.row(Template, command.standard_text, "standard_text")
    given = command.model_fields_set
    columns: dict[str, Any] = {}
    if "code" in given:
        columns["code"] = _code(ctx, command.code, but=command.standard_text)
    if "name" in given:
        columns["name"] = names.required(command.name)
    if "case_type" in given:
        if command.case_type is not None:
            ctx.row(CaseType, command.case_type, "case_type")
        columns["case_type_id"] = command.case_type
    if "body" in given:
        columns["body"] = _body(command.body)
    check_version(
        ctx, Template, command.standard_text, command.version, columns, {"case_type_id": "case_type"}
    )
    if ctx.rows.update(Template, command.standard_text, **columns):
        told = str(columns.get("name", text["name"]))
        ctx.emit(StandardTextEdited(entity_id=command.standard_text, name=told))
    return _made(command.standard_text)


def _move(ctx: Context, command: MoveStandardText) -> Made:
    text = ctx.row(Template, command.standard_text, "standard_text")
    order = [row[0] for row in ctx.connection.execute(ORDER).fetchall()]
    if reordered(ctx, Template, order, command.standard_text, command.step):
        ctx.emit(StandardTextEdited(entity_id=command.standard_text, name=text["name"]))
    return _made(command.standard_text)


_USE = Using(Template, "standard_text")
HANDLERS: dict[type[Command], Handler[Any]] = {
    AddStandardText: Handler(_add),
    EditStandardText: Handler(_edit),
    MoveStandardText: Handler(_move),
    DeactivateStandardText: _USE.ends(
        StandardTextDeactivated, N_("This standard text is out of use already.")
    ),
    ReactivateStandardText: _USE.begins(StandardTextReactivated, N_("This standard text is in use already.")),
}
