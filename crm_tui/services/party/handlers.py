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
from crm_tui.services.party.commands import ChangePerson, EditParty, NewParty
from crm_tui.store.tables import Party, User

NOTES_MOST = 20_000
"""Characters of a person's notes."""


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


def _owner(ctx: Context, command: EditParty | ChangePerson) -> int | None:
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


def _asked(ctx: Context, command: ChangePerson) -> Refusal | None:
    if command.owner is None and command.lifecycle is None and not command.more_notes.strip():
        return Refusal(
            Text("Nothing is to be changed: choose an owner, a relation, or write notes."), RefusedBy.INPUT
        )
    if command.owner is not None and not ctx.row(User, command.owner, "user")["active"]:
        return Refusal(
            Text("This user is out of use: choose one who works here."), RefusedBy.RULE, ("owner",)
        )
    return None


def _change(ctx: Context, command: ChangePerson) -> Made:
    party = ctx.row(Party, command.party, "person")
    columns: dict[str, Any] = {}
    if command.owner is not None:
        columns["owner_id"] = command.owner
    if command.lifecycle is not None:
        columns["lifecycle"] = command.lifecycle
    if command.more_notes.strip():
        notes = "\n".join(filter(None, (party["preferences"], command.more_notes.strip())))
        if len(notes) > NOTES_MOST:
            raise refuse(
                N_("The notes of {name} would be too long: open that person and shorten them."),
                fields=("more_notes",),
                name=party["name"],
            )
        columns["preferences"] = notes
    if ctx.rows.update(Party, command.party, **columns):
        ctx.emit(PartyEdited(entity_id=command.party, party_id=command.party, name=party["name"]))
    return Made("party", command.party, party["code"])


HANDLERS: dict[type[Command], Handler[Any]] = {
    NewParty: Handler(_new, check=_named),
    EditParty: Handler(_edit, owner=_owner),
    ChangePerson: Handler(_change, owner=_owner, check=_asked),
}
REACTIONS = customers.REACTIONS
AFTER_UNDO = customers.AFTER_UNDO
