"""Whose database it is: the company's name, as it is registered, its document and its logo. (M105)

Kept as one setting of the base, so that it goes with every copy of it.
"""

from __future__ import annotations

import json
from typing import Any

from crm_tui.domain import logo
from crm_tui.domain.events.access import CompanyChanged
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.taxid import tax_id
from crm_tui.domain.text import one_line
from crm_tui.i18n import N_
from crm_tui.services.access.commands import EditCompany
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made, Refused, refuse
from crm_tui.store.queries import access as queries
from crm_tui.store.tables import Setting

ENTITY, KEY = "setting", "company"


def _edit(ctx: Context, command: EditCompany) -> Made:
    row = ctx.one(queries.COMPANY)
    before: dict[str, Any] = json.loads(row[1]) if row is not None else {}
    if command.version is not None and row is not None and command.version != row[2]:
        raise refuse(N_("The company was changed meanwhile: open it again and look at what stands there."))
    given = command.model_fields_set - {"version"}
    found = before | {name: one_line(getattr(command, name)) for name in given - {"logo"}}
    if "logo" in given:
        found["logo"] = _logo(command.logo)
    if "document" in given and found["document"]:
        document = tax_id(found["document"])
        if document is None:
            raise refuse(
                N_("That is no CPF or CNPJ: look at its digits, or leave the field empty."),
                fields=("document",),
            )
        found["document"] = document.number
    kept = {name: value for name, value in found.items() if value}
    if kept == before:
        return Made(ENTITY, row[0] if row is not None else 0, KEY)
    value = json.dumps(kept, ensure_ascii=False, sort_keys=True)
    if row is None:
        row_id = ctx.rows.insert(Setting, key=KEY, value=value)
    else:
        row_id = row[0]
        ctx.rows.update(Setting, row_id, value=value)
    ctx.emit(CompanyChanged(entity_id=row_id, name=kept.get("name", "")))
    return Made(ENTITY, row_id, KEY)


def _logo(text: str) -> str:
    found = logo.drawn(text)
    if found is None:
        raise Refused(Refusal(logo.too_large(), RefusedBy.RULE, ("logo",)))
    return found


HANDLERS: dict[type[Command], Handler[Any]] = {EditCompany: Handler(_edit)}
