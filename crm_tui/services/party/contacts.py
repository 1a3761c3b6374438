"""Who speaks for an organisation: added, changed, chosen as the main one, ended. (T31, T37)

What is asked is whether one may edit the organisation. Rows and event hang under the person, whose form shows the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crm_tui.domain.events.contact import ContactAdded, ContactChosen, ContactEdited, ContactEnded
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.party import PartyKind
from crm_tui.domain.text import one_line
from crm_tui.i18n import Text
from crm_tui.services.core import owners
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made, no_such
from crm_tui.services.core.merge import check_seen, check_version
from crm_tui.services.core.people import employ
from crm_tui.services.core.refs import typed
from crm_tui.services.core.scope import sight
from crm_tui.services.party.commands import AddContact, ChooseMainContact, EditContact, EndContact
from crm_tui.store.queries.party import REACHED
from crm_tui.store.rows import Row
from crm_tui.store.tables import Party, PartyRelation

_RUNNING = """
SELECT 1 FROM party_relation WHERE organization_id = :organization_id AND person_id = :person_id AND ended_on IS NULL
"""
_OTHERS = (
    "SELECT id FROM party_relation WHERE organization_id = :organization_id AND is_primary AND id <> :id"
)
_KIND = "party_relation"

Named = EditContact | ChooseMainContact | EndContact
Says = Callable[..., Any]


def _owner_there(ctx: Context, command: AddContact) -> int | None:
    """Of the organisation; as long as the person alone is known, whether one may of one's own."""
    organization: int | None = getattr(command, "organization", None)
    return ctx.viewer.user_id if organization is None else owners.of_party(ctx, organization)


def _owner(ctx: Context, command: Named) -> int | None:
    return owners.of_party(ctx, _relation(ctx, command)["organization_id"])


def _relation(ctx: Context, command: Named) -> Row:
    return ctx.row(PartyRelation, command.relation, _KIND)


def _may_be_added(ctx: Context, command: AddContact) -> Refusal | None:
    organization, person = ctx.row(Party, command.organization), ctx.row(Party, command.person)
    if organization["kind"] != PartyKind.ORGANIZATION:
        return Refusal(
            Text(
                "{name} is a person: choose the organisation for which they speak.",
                {"name": organization["name"]},
            ),
            fields=("organization",),
        )
    if person["kind"] != PartyKind.PERSON:
        return Refusal(
            Text("{name} is an organisation: choose the person who speaks for it.", {"name": person["name"]}),
            fields=("person",),
        )
    for row, field in ((organization, "organization"), (person, "person")):
        if row["deleted_at"] is not None or row["merged_into_id"] is not None:
            return no_such("person", row["id"], (field,))
    if ctx.one(_RUNNING, organization_id=organization["id"], person_id=person["id"]) is not None:
        return Refusal(
            Text(
                "{name} is a contact of {organisation} already: change the role of that one.",
                {"name": person["name"], "organisation": organization["name"]},
            ),
            fields=("person",),
        )
    return None


def _stands(ctx: Context, command: Named) -> Refusal | None:
    """The relation is within reach, both of them, and lasts."""
    relation = _relation(ctx, command)
    for party_id in (relation["organization_id"], relation["person_id"]):
        if ctx.one(REACHED, id=party_id, **sight(ctx.viewer)) is None:
            return no_such(_KIND, command.relation, ("relation",))
    if relation["ended_on"] is not None:
        return Refusal(Text("This contact has ended: add the person again."), RefusedBy.RULE, ("relation",))
    if isinstance(command, EndContact) and command.ended_on is not None and command.ended_on > ctx.today:
        return Refusal(
            Text("That day is still to come: end the contact when it is over."),
            RefusedBy.INPUT,
            ("ended_on",),
        )
    return None


def _add(ctx: Context, command: AddContact) -> Made:
    relation = employ(ctx, command.person, command.organization, command.role)
    if command.main:
        _first(ctx, relation, command.organization)
    return _told(ctx, relation, ContactAdded)


def _edit(ctx: Context, command: EditContact) -> Made:
    role = one_line(command.role) or None
    check_version(ctx, PartyRelation, command.relation, command.version, {"role": role})
    changed = ctx.rows.update(PartyRelation, command.relation, role=role)
    return _told(ctx, command.relation, ContactEdited if changed else None)


def _choose(ctx: Context, command: ChooseMainContact) -> Made:
    check_seen(ctx, PartyRelation, command.relation, command.version)
    changed = _first(ctx, command.relation, _relation(ctx, command)["organization_id"])
    return _told(ctx, command.relation, ContactChosen if changed else None)


def _end(ctx: Context, command: EndContact) -> Made:
    check_seen(ctx, PartyRelation, command.relation, command.version)
    ctx.rows.update(PartyRelation, command.relation, ended_on=command.ended_on or ctx.today)
    return _told(ctx, command.relation, ContactEnded)


def _first(ctx: Context, relation: int, organization: int) -> bool:
    """Make this one the main contact and no other, not even one that has ended: an undo may bring that back."""
    others = ctx.connection.execute(_OTHERS, {"organization_id": organization, "id": relation}).fetchall()
    changed = ctx.rows.update_many(PartyRelation, {row_id: {"is_primary": False} for (row_id,) in others})
    return ctx.rows.update(PartyRelation, relation, is_primary=True) or changed


def _told(ctx: Context, relation_id: int, event: Says | None) -> Made:
    relation = ctx.row(PartyRelation, relation_id)
    person, organization = ctx.row(Party, relation["person_id"]), ctx.row(Party, relation["organization_id"])
    if event is not None:
        ctx.rows.raise_version(Party, person["id"])  # where they work is in their form
        ctx.emit(
            event(
                entity_id=relation_id,
                party_id=person["id"],
                name=person["name"],
                organisation=organization["name"],
            )
        )
    return Made(_KIND, relation_id, typed(_KIND, relation_id) or "")


HANDLERS: dict[type[Command], Handler[Any]] = {
    AddContact: Handler(_add, owner=_owner_there, check=_may_be_added),
    EditContact: Handler(_edit, owner=_owner, check=_stands),
    ChooseMainContact: Handler(_choose, owner=_owner, check=_stands),
    EndContact: Handler(_end, owner=_owner, check=_stands),
}
