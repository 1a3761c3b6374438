"""How people are made and changed."""

from __future__ import annotations

from typing import Any

from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.party import PartyEdited
from crm_tui.domain.text import one_line
from crm_tui.i18n import N_, Text
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made, refuse
from crm_tui.services.core.merge import check_version
from crm_tui.services.core.numbers import party_code
from crm_tui.services.core.people import (
    RELATION,
    add_party,
    add_points,
    contact_points,
    document_columns,
    relate,
)
from crm_tui.services.party.commands import EditParty, NewParty
from crm_tui.store.tables import ContactPoint, Party

_PRIMARY = """
SELECT id, normalized FROM contact_point WHERE party_id = :party_id AND kind IN ({kinds})
ORDER BY is_primary DESC, id LIMIT 1
"""
_PHONES = "'phone','mobile','whatsapp'"


def _named(_ctx: Context, command: NewParty) -> Refusal | None:
    if one_line(command.name):
        return None
    return Refusal(Text("The name is missing: write it."), RefusedBy.INPUT, ("name",))


def _new(ctx: Context, command: NewParty) -> Made:
    party_id = add_party(
        ctx,
        name=command.name,
        kind=command.kind,
        points=contact_points(command.phone, command.email),
        document=command.document,
        preferences=command.preferences,
    )
    if command.company and relate(ctx, party_id, command.company, command.role):
        ctx.emit(PartyEdited(entity_id=party_id, party_id=party_id, name=one_line(command.name)))
    return Made("party", party_id, party_code(party_id))


def _owner(ctx: Context, command: EditParty) -> int | None:
    owner: int | None = ctx.row(Party, command.party, "person")["owner_id"]
    return owner


def _edit(ctx: Context, command: EditParty) -> Made:
    given = command.model_fields_set
    party = ctx.row(Party, command.party, "person")
    columns: dict[str, Any] = {}
    if "name" in given:
        if not one_line(command.name):
            raise refuse(N_("The name is missing: write it."), by=RefusedBy.INPUT, fields=("name",))
        columns["name"] = one_line(command.name)
    if "trade_name" in given:
        columns["trade_name"] = one_line(command.trade_name) or None
    if "preferences" in given:
        columns["preferences"] = command.preferences or None
    if "lifecycle" in given:
        columns["lifecycle"] = command.lifecycle
    if "document" in given:
        columns |= document_columns(command.document)
    check_version(ctx, Party, command.party, command.version, columns)
    if columns:
        ctx.rows.update(Party, command.party, **columns)
    for field, kinds in (("phone", _PHONES), ("email", "'email'")):
        if field in given:
            _set_point(ctx, command.party, field, getattr(command, field), kinds)
    if given & {"company", "role"}:
        _set_company(ctx, command)
    name = columns.get("name", party["name"])
    ctx.emit(PartyEdited(entity_id=command.party, party_id=command.party, name=name))
    return Made("party", command.party, party["code"])


def _set_point(ctx: Context, party_id: int, field: str, value: str, kinds: str) -> None:
    found = ctx.one(_PRIMARY.format(kinds=kinds), party_id=party_id)
    points = contact_points(value if field == "phone" else "", value if field == "email" else "")
    if not points:
        if found is not None:
            ctx.rows.delete(ContactPoint, int(found[0]))
        return
    kind, typed, normalized = points[0]
    if found is None:
        add_points(ctx, party_id, points, first=True)
    elif found[1] != normalized:
        ctx.rows.update(ContactPoint, int(found[0]), kind=kind, value=one_line(typed), normalized=normalized)


def _set_company(ctx: Context, command: EditParty) -> None:
    given = command.model_fields_set
    found = ctx.one(RELATION, party_id=command.party)
    company, role = command.company, command.role
    if "company" not in given and found is not None:
        company = str(ctx.row(Party, int(found[1]))["name"])
    if "role" not in given and found is not None:
        role = found[2] or ""
    relate(ctx, command.party, company, role)


HANDLERS: dict[type[Command], Handler[Any]] = {
    NewParty: Handler(_new, check=_named),
    EditParty: Handler(_edit, owner=_owner),
}
