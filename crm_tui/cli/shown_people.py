"""What `show` says of people and of who speaks for an organisation."""

from __future__ import annotations

from typing import Any

from crm_tui.cli import shown_forms, shown_ways
from crm_tui.services.core.crm import Crm
from crm_tui.services.core.refs import Ref, typed

Document = dict[str, Any]


def party(crm: Crm, ref: Ref) -> Document | None:
    """A person or an organisation, with how they are reached, who speaks for whom, files and cards."""
    from crm_tui.services.board import views as board
    from crm_tui.services.intake import views as intake
    from crm_tui.services.note import views as note
    from crm_tui.services.party import views as parties

    found = crm.read(parties.detail, ref.id)
    if found is None:
        return None
    document: Document = {"ref": found.code, "entity": "party", **found._asdict()}
    for name in ("id", "owner_id"):
        del document[name]
    document["address"] = found.address._asdict() if found.address is not None else None
    document |= shown_ways.of_party(found)
    for name in ("people", "companies"):
        document[name] = [
            {"ref": r.code, "name": r.name, "role": r.role, "phone": r.phone} for r in getattr(found, name)
        ]
    document["relations"] = [
        {
            "ref": typed("party_relation", r.relation),
            "with": r.code,
            "name": r.name,
            "role": r.role,
            "main": r.main,
            "ended_on": r.ended_on.isoformat() if r.ended_on is not None else None,
        }
        for r in crm.read(parties.relations, ref.id)
    ]
    files = crm.read(note.files_of_party, ref.id)
    document["files"] = [
        {"ref": typed("attachment", each.id), "filename": each.filename, "size": each.size} for each in files
    ]
    document["foreign_ids"] = [each._asdict() for each in crm.read(intake.ids_of_party, ref.id)]
    document |= shown_forms.of_person(crm, ref.id)
    cards = crm.read(board.of_party, ref.id)
    document["cards"] = [{"number": c.number, "title": c.title, "status": c.status} for c in cards]
    document["version"] = document.pop("version")
    return document


def relation(crm: Crm, ref: Ref) -> Document | None:
    """What is between one person and one organisation."""
    from crm_tui.services.party import views as parties

    found = crm.read(parties.relation, ref.id)
    if found is None:
        return None
    return {
        "ref": typed("party_relation", found.id),
        "entity": "party_relation",
        "person_ref": found.person_code,
        "person": found.person,
        "organization_ref": found.organization_code,
        "organization": found.organization,
        "role": found.role,
        "main": found.main,
        "ended_on": found.ended_on.isoformat() if found.ended_on is not None else None,
        "version": found.version,
    }
