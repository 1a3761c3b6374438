"""How people are made and changed."""

from __future__ import annotations

from typing import Any

from crm_tui.domain.events.party import PartyEdited
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.party import party_code
from crm_tui.domain.text import one_line
from crm_tui.i18n import N_, Text
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made, refuse
from crm_tui.services.core.merge import check_version
from crm_tui.services.core.people import add_party, contact_points, document_columns
from crm_tui.services.party import belongings, customers
from crm_tui.services.party.commands import EditParty, NewParty
from crm_tui.store.tables import Party


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
        company=command.company,
        role=command.role,
    )
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
    check_version(ctx, Party, command.party, command.version, columns, {"document_kind": "document"})
    belongings.check(ctx, command)
    changed = ctx.rows.update(Party, command.party, **columns)
    if belongings.store(ctx, command):
        ctx.rows.raise_version(Party, command.party)
        changed = True
    if changed:
        name = str(columns.get("name", party["name"]))
        ctx.emit(PartyEdited(entity_id=command.party, party_id=command.party, name=name))
    return Made("party", command.party, party["code"])


HANDLERS: dict[type[Command], Handler[Any]] = {
    NewParty: Handler(_new, check=_named),
    EditParty: Handler(_edit, owner=_owner),
}
REACTIONS = customers.REACTIONS
AFTER_UNDO = customers.AFTER_UNDO
