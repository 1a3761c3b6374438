"""The ways to reach somebody and what they allowed, as `show` tells them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from crm_tui.services.core.refs import Ref, typed

if TYPE_CHECKING:
    from crm_tui.domain.consent import ConsentRow
    from crm_tui.domain.party import PartyDetail, Point, PostalAt
    from crm_tui.services.core.crm import Crm

Document = dict[str, Any]


def way(point: Point) -> Document:
    """One way to reach somebody."""
    return {
        "ref": typed("contact_point", point.id),
        "kind": point.kind,
        "value": point.value,
        "normalized": point.normalized,
        "primary": point.is_primary,
        "opted_out": point.opted_out,
        "version": point.version,
    }


def consent_facts(row: ConsentRow) -> Document:
    """One consent; `revoked_at` None: it is in force."""
    return {
        "ref": typed("consent", row.id),
        "purpose": row.purpose,
        "basis": row.basis,
        "granted_at": row.granted_at,
        "revoked_at": row.revoked_at,
        "version": row.version,
    }


def at(found: PostalAt) -> Document:
    """One address."""
    ref = {"ref": typed("address", found.id)}
    return ref | found.postal._asdict() | {"primary": found.is_primary, "version": found.version}


def of_party(found: PartyDetail) -> Document:
    """What a person's document says of them."""
    return {
        "points": [way(point) for point in found.points],
        "addresses": [at(each) for each in found.addresses],
        "consents": [consent_facts(each) for each in found.consents],
        "withdrew_contact": found.withdrawn,
    }


def contact_point(crm: Crm, ref: Ref) -> Document | None:
    """A way to reach somebody, and whose it is."""
    from crm_tui.services.party import views

    found = crm.read(views.point, ref.id)
    if found is None:
        return None
    document = way(found[0])
    head = {"ref": document.pop("ref"), "entity": "contact_point", "party_ref": found[1].code}
    return {**head, "party": found[1].name, **document}


def address(crm: Crm, ref: Ref) -> Document | None:
    """An address, and whose it is."""
    from crm_tui.services.party import views

    found = crm.read(views.address, ref.id)
    if found is None:
        return None
    document = at(found[0])
    head = {"ref": document.pop("ref"), "entity": "address", "party_ref": found[1].code}
    return {**head, "party": found[1].name, **document}


def consent(crm: Crm, ref: Ref) -> Document | None:
    """A consent, and whose it is."""
    from crm_tui.services.party import views

    found = crm.read(views.consent, ref.id)
    if found is None:
        return None
    document = consent_facts(found[0])
    head = {"ref": document.pop("ref"), "entity": "consent", "party_ref": found[1].code}
    return {**head, "party": found[1].name, **document}


MAKERS: Final = {"address": address, "contact_point": contact_point, "consent": consent}
