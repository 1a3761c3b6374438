"""Service types and standard texts as `show` tells them."""

from __future__ import annotations

from typing import Any

from crm_tui.services.canned import views as canned
from crm_tui.services.casetype import views as casetypes
from crm_tui.services.core.crm import Crm
from crm_tui.services.core.refs import Ref, typed

Document = dict[str, Any]


def case_type(crm: Crm, ref: Ref) -> Document | None:
    """A service type; `max_attachment_mb` per file."""
    found = next((row for row in crm.read(casetypes.case_types) if row.id == ref.id), None)
    if found is None:
        return None
    document = {"ref": typed("case_type", found.id), "entity": "case_type", **found._asdict()}
    document["board_ref"] = typed("board", document.pop("board_id"))
    del document["id"]
    document["version"] = document.pop("version")
    return document


def standard_text(crm: Crm, ref: Ref) -> Document | None:
    """A standard text, its variables in their braces."""
    found = next((text for text in crm.read(canned.standard_texts) if text.id == ref.id), None)
    if found is None:
        return None
    return {
        "ref": typed("standard_text", found.id),
        "entity": "standard_text",
        "code": f"/{found.code}",
        "name": found.name,
        "case_type": found.case_type,
        "case_type_ref": typed("case_type", found.case_type_id),
        "text": found.body,
        "active": found.active,
        "version": found.version,
    }
