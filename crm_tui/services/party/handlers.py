"""How people are made and changed."""

from __future__ import annotations

from typing import Any

from crm_tui.domain.events.party import PartyEdited
from crm_tui.domain.once import Known, signs
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.party import party_code
from crm_tui.domain.text import fold, one_line
from crm_tui.i18n import N_, Text
from crm_tui.services.core import handing, known, lookup, owners
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made, refuse
from crm_tui.services.core.merge import check_version
from crm_tui.services.core.people import add_party, contact_points, document_columns, reach_also
from crm_tui.services.party import belongings, consents, contacts, customers, places, points, put_back
from crm_tui.services.party.commands import ChangePerson, EditParty, NewParty
from crm_tui.store.tables import Party, PartyClass

NOTES_MOST = 20_000
"""Characters of a person's notes."""


def _may_be_new(ctx: Context, command: NewParty) -> Refusal | None:
    if not one_line(command.name):
        return Refusal(Text("The name is missing: write it."), RefusedBy.INPUT, ("name",))
    refusal = handing.of_new(ctx, command.owner)
    if refusal is not None:
        return refusal
    return known.hindrance(ctx, _known(ctx, command), command.despite)


def _known(ctx: Context, command: NewParty) -> list[Known]:
    """Who is known by what was typed; refuses a number or an address that is none."""
    points = [normalized for _, _, normalized in contact_points(command.phone, command.email)]
    document = document_columns(command.document)["document"]
    return lookup.known(ctx.connection, ctx.viewer, name=command.name, points=points, document=document)


def _new(ctx: Context, command: NewParty) -> Made:
    there = known.taken(ctx, _known(ctx, command), command.despite)
    if there is not None:
        return _take(ctx, there, command)
    party_id = add_party(
        ctx,
        name=command.name,
        kind=command.kind,
        points=contact_points(command.phone, command.email),
        document=command.document,
        preferences=command.preferences,
        company=command.company,
        role=command.role,
        owner=command.owner,
        answers=command.answers,
    )
    return Made("party", party_id, party_code(party_id))


def _take(ctx: Context, there: Known, command: NewParty) -> Made:
    """Who is known is taken instead, and reached by what is new of them; nothing of theirs is overwritten. (M70)"""
    if not there.seen:
        raise refuse(
            N_(
                "Somebody whom you may not see is known already by the same {signs}: ask a colleague who may."
            ),
            signs=signs(there.by),
        )
    reach_also(ctx, there.id, contact_points(command.phone, command.email))
    who = {"who": f"{there.name} ({there.code})"}
    note = (
        Text("Known already, and taken: {who}. Their further fields stay as they are.", who)
        if any(text.strip() for text in command.answers.values())
        else Text("Known already, and taken: {who}.", who)
    )
    return Made("party", there.id, there.code, note)


def _like_others(ctx: Context, command: EditParty) -> Refusal | None:
    """Whom a person becomes like by what is changed of them."""
    given, party = command.model_fields_set, ctx.row(Party, command.party, "person")
    if "owner" in given:
        handing.to_taker(ctx, command.owner, party["owner_id"])
    name = command.name if "name" in given and fold(command.name) != party["name_key"] else ""
    document = document_columns(command.document)["document"] if "document" in given else None
    held = belongings.points_of(ctx, command.party)
    points = contact_points(
        command.phone if "phone" in given else "", command.email if "email" in given else ""
    )
    found = lookup.known(
        ctx.connection,
        ctx.viewer,
        name=name,
        points=[normalized for _, _, normalized in points if normalized not in held],
        document=document if document != party["document"] else None,
        but=command.party,
    )
    return known.hindrance(ctx, found, command.despite)


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
    if "party_class" in given:
        columns["class_id"] = _class(ctx, command.party_class, party["class_id"])
    if "owner" in given:
        columns["owner_id"] = command.owner
    if "document" in given:
        columns |= document_columns(command.document)
    check_version(
        ctx,
        Party,
        command.party,
        command.version,
        columns,
        {"document_kind": "document", "class_id": "party_class", "owner_id": "owner"},
    )
    belongings.check(ctx, command)
    changed = ctx.rows.update(Party, command.party, **columns)
    if belongings.store(ctx, command):
        ctx.rows.raise_version(Party, command.party)
        changed = True
    if changed:
        name = str(columns.get("name", party["name"]))
        ctx.emit(PartyEdited(entity_id=command.party, party_id=command.party, name=name))
    return Made("party", command.party, party["code"])


def _class(ctx: Context, wanted: int | None, had: int | None) -> int | None:
    """A class that is in use, or the one that somebody has already."""
    if wanted is not None and wanted != had and not ctx.row(PartyClass, wanted, "party_class")["active"]:
        raise refuse(N_("That class is out of use: choose another."), fields=("party_class",))
    return wanted


def _asked(ctx: Context, command: ChangePerson) -> Refusal | None:
    if command.owner is None and command.lifecycle is None and not command.more_notes.strip():
        return Refusal(
            Text("Nothing is to be changed: choose an owner, a phase, or write notes."), RefusedBy.INPUT
        )
    handing.to_taker(ctx, command.owner, owners.party(ctx, command))
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
    NewParty: Handler(_new, check=_may_be_new),
    EditParty: Handler(_edit, owner=owners.party, check=_like_others),
    ChangePerson: Handler(_change, owner=owners.party, check=_asked),
    **points.HANDLERS,
    **places.HANDLERS,
    **consents.HANDLERS,
    **contacts.HANDLERS,
}
REACTIONS = customers.REACTIONS
AFTER_UNDO = (*customers.AFTER_UNDO, *put_back.AFTER_UNDO)
