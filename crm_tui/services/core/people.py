"""Making people, shared by every module that may bring one in: the form, a new card, the import."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from crm_tui.domain import identity
from crm_tui.domain.events.party import PartyAdded, PartyEdited
from crm_tui.domain.once import Key, Known
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.party import ContactKind, PartyKind, party_code
from crm_tui.domain.text import fold, one_line
from crm_tui.i18n import N_
from crm_tui.services.core import addresses, known, lookup
from crm_tui.services.core.context import Context, Refused, refuse
from crm_tui.store.tables import ContactPoint, Party, PartyRelation

Typed = tuple[str, str, str]
"""A contact point: kind, as typed, normalised."""

_ORGANIZATION = """
SELECT id, document, name FROM party WHERE name_key = :key AND kind = 'organization' AND deleted_at IS NULL
AND merged_into_id IS NULL AND (:document = '' OR coalesce(document, '') IN ('', :document))
ORDER BY id LIMIT 1
"""
_BY_DOCUMENT = """
SELECT id, document, name FROM party WHERE document = :document AND kind = 'organization' AND deleted_at IS NULL
AND merged_into_id IS NULL ORDER BY id LIMIT 1
"""
EDIT = "party.edit"
HELD = "SELECT normalized FROM contact_point WHERE party_id = ?"
KINDS = "SELECT DISTINCT kind FROM contact_point WHERE party_id = ?"
RELATION = """
SELECT id, organization_id, role FROM party_relation WHERE person_id = :party_id AND ended_on IS NULL
ORDER BY id LIMIT 1
"""
"""Where a person works: of several the one that has lasted longest."""
_AT = """
SELECT id FROM party_relation WHERE person_id = :party_id AND organization_id = :organization_id AND ended_on IS NULL
ORDER BY id LIMIT 1
"""


def contact_points(phone: str, email: str) -> list[Typed]:
    """(kind, as typed, normalised) of what was typed; refuses a phone or address that is none."""
    found = []
    if phone:
        number = identity.phone(phone)
        if number is None:
            raise refuse(
                N_("“{phone}” is no phone number: area code and number, such as (11) 98888-1234."),
                by=RefusedBy.INPUT,
                fields=("phone",),
                phone=phone,
            )
        kind = ContactKind.MOBILE if number.kind == "mobile" else ContactKind.PHONE
        found.append((kind.value, phone, number.e164))
    if email:
        address = identity.email(email)
        if address is None:
            raise refuse(
                N_("“{email}” is no e-mail address: name@company.com."),
                by=RefusedBy.INPUT,
                fields=("email",),
                email=email,
            )
        found.append((ContactKind.EMAIL.value, email, address))
    return found


def document_columns(document: str) -> dict[str, Any]:
    """The document's two columns; refuses one whose check digits are wrong."""
    if not document:
        return {"document": None, "document_kind": None}
    found = identity.tax_id(document)
    if found is None:
        raise refuse(
            N_("“{document}” is no valid CPF or CNPJ: check the digits."),
            by=RefusedBy.INPUT,
            fields=("document",),
            document=document,
        )
    return {"document": found.number, "document_kind": found.kind}


def add_party(
    ctx: Context,
    *,
    name: str,
    kind: PartyKind,
    points: list[Typed],
    document: str = "",
    preferences: str = "",
    source: str | None = None,
    company: str = "",
    role: str = "",
    company_document: str = "",
    address: Mapping[str, str] | None = None,
    owner: int | None = None,
    also: Callable[[int], None] | None = None,
    answers: Mapping[str, str] | None = None,
) -> int:
    """Insert a party with its contact points and where it works, and emit its event; its id.

    All of it, what `also` writes of the new id among it, hangs under the one event; an organisation that is new has its
    own before it. Without `owner` it is the operator's own. `answers` (M48) are to the fields of one's own; None: none
    are asked.
    """
    organization_id = organization(ctx, company, source, company_document) if company else None
    party_id = ctx.rows.next_id(Party)
    ctx.rows.insert(
        Party,
        id=party_id,
        code=party_code(party_id),
        kind=kind,
        name=one_line(name),
        preferences=preferences or None,
        owner_id=owner if owner is not None else ctx.viewer.user_id,
        created_at=ctx.now,
        **document_columns(document),
    )
    add_points(ctx, party_id, points, first=True)
    if address:
        addresses.add(ctx, party_id, address)
    if organization_id is not None:
        employ(ctx, party_id, organization_id, role)
    if also is not None:
        also(party_id)
    ctx.emit(
        PartyAdded(entity_id=party_id, party_id=party_id, name=one_line(name), source=source, answers=answers)
    )
    return party_id


def add_points(ctx: Context, party_id: int, points: list[Typed], *, first: bool) -> None:
    """Insert contact points; the first of each family becomes the primary one if `first`."""
    families: set[bool] = set()
    rows = []
    for kind, value, normalized in points:
        is_mail = kind == ContactKind.EMAIL
        rows.append(
            {
                "party_id": party_id,
                "kind": kind,
                "value": one_line(value),
                "normalized": normalized,
                "is_primary": first and is_mail not in families,
            }
        )
        families.add(is_mail)
    ctx.rows.insert_many(ContactPoint, rows)


def new_points(ctx: Context, party_id: int, points: list[Typed]) -> list[Typed]:
    """Those of the points by which somebody is not reached yet."""
    held = {normalized for (normalized,) in ctx.connection.execute(HELD, (party_id,))}
    return [point for point in points if point[2] not in held]


def reach_also(ctx: Context, party_id: int, points: list[Typed]) -> bool:
    """Keep by what somebody who is known is reached besides; nothing of theirs is overwritten. False if that is not the
    operator's to change."""
    new = new_points(ctx, party_id, points)
    if not new:
        return True
    party = ctx.row(Party, party_id, "person")
    if not ctx.viewer.may(EDIT, party["owner_id"]):
        return False
    kinds = {kind == ContactKind.EMAIL for (kind,) in ctx.connection.execute(KINDS, (party_id,))}
    for is_mail in (True, False):
        of_kind = [point for point in new if (point[0] == ContactKind.EMAIL) is is_mail]
        add_points(ctx, party_id, of_kind, first=is_mail not in kinds)
    ctx.rows.raise_version(Party, party_id)
    ctx.emit(PartyEdited(entity_id=party_id, party_id=party_id, name=party["name"]))
    return True


def organization(ctx: Context, name: str, source: str | None = None, document: str = "") -> int:
    """The organisation of this document, else of this name, made if it is new; one of the name without a document gets
    it, one with another is another."""
    key = fold(name)
    sure, there = ctx.ahead.company(key) if ctx.ahead is not None else (False, None)
    if document or not sure:
        found = ctx.one(_BY_DOCUMENT, document=document) if document else None
        found = found or ctx.one(_ORGANIZATION, key=key, document=document)
        if found is not None and document and not found[1]:
            ctx.rows.update(Party, found[0], **document_columns(document))
            ctx.emit(PartyEdited(entity_id=found[0], party_id=found[0], name=found[2], source=source))
        meant = int(found[0]) if found is not None else None
    else:
        meant = there
    if meant is not None:
        return meant
    made = add_party(ctx, name=name, kind=PartyKind.ORGANIZATION, points=[], source=source, document=document)
    if ctx.ahead is not None and there is None:
        ctx.ahead.learn(key, made)
    return made


def relate(
    ctx: Context, party_id: int, company: str, role: str, source: str | None = None, document: str = ""
) -> bool:
    """Set where a person works; False if nothing changed. Needs an event after it."""
    found = ctx.one(RELATION, party_id=party_id)
    if not company:
        if found is None:
            return False
        return ctx.rows.update(PartyRelation, int(found[0]), ended_on=ctx.now.date())
    organization_id = organization(ctx, company, source, document)
    if found is None or found[1] != organization_id:
        if found is not None:
            ctx.rows.update(PartyRelation, int(found[0]), ended_on=ctx.now.date())
        there = ctx.one(_AT, party_id=party_id, organization_id=organization_id)
        if there is None:
            employ(ctx, party_id, organization_id, role)
        elif role:
            ctx.rows.update(PartyRelation, int(there[0]), role=one_line(role))
        return True
    return ctx.rows.update(PartyRelation, int(found[0]), role=one_line(role) or None)


def employ(ctx: Context, person_id: int, organization_id: int, role: str) -> int:
    """That somebody works somewhere; the relation's id. Who is there longest is the main contact, until another is
    chosen. Needs an event after it."""
    return ctx.rows.insert(
        PartyRelation, organization_id=organization_id, person_id=person_id, role=one_line(role) or None
    )


def hindrance(
    ctx: Context, party_id: int | None, name: str, phone: str, email: str, despite: str
) -> Refusal | None:
    """What the rules of duplicates have against whom `make_person` would make; or, of somebody who is there, against
    what is new of how they are reached."""
    if party_id is None and not one_line(name):
        return None
    points = contact_points(phone, email)
    if party_id is None:
        found = _known(ctx, name, points)
        if known.twin(ctx, found, name, despite) is not None:
            return None
        return known.hindrance(ctx, found, despite) or _out_of_sight(ctx, found, despite)
    ctx.row(Party, party_id, "person")
    new = new_points(ctx, party_id, points)
    return known.hindrance(ctx, _known(ctx, "", new, but=party_id), despite) if new else None


def _known(ctx: Context, name: str, points: list[Typed], but: int = 0) -> list[Known]:
    keys = [normalized for _, _, normalized in points]
    return lookup.known(ctx.connection, ctx.viewer, name=name, points=keys, but=but)


def meant(ctx: Context, name: str, phone: str, email: str, despite: str) -> tuple[int | None, list[Known]]:
    """Who `make_person` would take, None if it would make somebody; and all who are known by the same signs."""
    found = _known(ctx, name, contact_points(phone, email)) if one_line(name) else []
    return _taken(ctx, found, name, despite), found


def _out_of_sight(ctx: Context, found: list[Known], despite: str) -> Refusal | None:
    """Why nobody is taken where only somebody whom the operator does not see could be: a card would bring them into
    sight. A rule that says who is taken leaves no way round it."""
    there = known.taken(ctx, found, despite)
    if there is not None:
        return None if there.seen else replace(known.unseen([there], despite), warned=())
    reached = _reached(ctx, found, despite)
    return known.unseen(reached, despite) if reached and not any(each.seen for each in reached) else None


def _reached(ctx: Context, found: list[Known], despite: str) -> list[Known]:
    past_people = ctx.gone_over is not None and ctx.gone_over[1] == "party"
    return [] if despite or past_people else [each for each in found if each.by[0] is not Key.NAME]


def _taken(ctx: Context, found: list[Known], name: str, despite: str) -> int | None:
    twin = known.twin(ctx, found, name, despite)
    if twin is not None:
        return twin
    there = known.taken(ctx, found, despite)
    if there is not None:
        return there.id if there.seen else None
    return min((each.id for each in _reached(ctx, found, despite) if each.seen), default=None)


def make_person(
    ctx: Context, name: str, *, phone: str = "", email: str = "", company: str = "", despite: str = ""
) -> int:
    """A person from the few fields of the telephone. Somebody of the same name who is known by this phone or e-mail is
    taken instead; of others the rules of duplicates say it, and where they say nothing the phone or e-mail does. Nobody
    out of the operator's sight is taken: a card would bring them into it."""
    points = contact_points(phone, email)
    found = _known(ctx, name, points)
    if known.twin(ctx, found, name, despite) is None:
        known.keep(ctx, found, despite)
        refusal = _out_of_sight(ctx, found, despite)
        if refusal is not None:
            raise Refused(refusal)
    there = _taken(ctx, found, name, despite)
    if there is not None:
        return there
    return add_party(ctx, name=name, kind=PartyKind.PERSON, points=points, company=company)
