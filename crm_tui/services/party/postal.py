"""The address of a person: a row of its own, made with its first word and gone with its last."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from crm_tui.domain.outcome import RefusedBy
from crm_tui.domain.party import postcode
from crm_tui.domain.text import fold, one_line
from crm_tui.i18n import N_
from crm_tui.services.core.context import Context, refuse
from crm_tui.services.party.commands import EditParty
from crm_tui.store.rows import Row
from crm_tui.store.tables import Address

COLUMNS: Final = ("street", "city", "state", "postcode")
FIELDS: Final = frozenset(COLUMNS)
_INITIALS = 2
"""Letters of a Brazilian state: `SP`."""
_FIRST = """
SELECT id, street, city, state, postcode FROM address WHERE party_id = :party_id ORDER BY is_primary DESC, id LIMIT 1
"""


def read(field: str, ctx: Context, party_id: int) -> str:
    """What stands in this field."""
    found = ctx.one(_FIRST, party_id=party_id)
    return "" if found is None else str(found[1 + COLUMNS.index(field)] or "")


def told(before: Row, after: Row) -> dict[str, Any]:
    """The fields that a change touched, with what they were before it."""
    return {field: str(before.get(field) or "") for field in COLUMNS if field in before or field in after}


def same(mine: str, theirs: str) -> bool:
    """Whether two postcodes are one, however they are written."""
    return fold(postcode(mine) or mine) == fold(theirs)


def store(ctx: Context, command: EditParty) -> bool:
    """Write the fields that the command gives; whether anything changed. Needs an event after it."""
    found = ctx.one(_FIRST, party_id=command.party)
    was: Mapping[str, str | None] = dict(zip(COLUMNS, found[1:] if found else (None,) * 4, strict=True))
    given = {field: _kept(field, getattr(command, field)) for field in FIELDS & command.model_fields_set}
    becomes = {**was, **given}
    if found is None:
        if any(becomes.values()):
            ctx.rows.insert(Address, party_id=command.party, is_primary=True, **becomes)
        return any(becomes.values())
    if not any(becomes.values()):
        ctx.rows.delete(Address, int(found[0]))
        return True
    return ctx.rows.update(Address, int(found[0]), **becomes)


def _kept(field: str, typed: str) -> str | None:
    text = one_line(typed)
    if not text:
        return None
    if field == "state" and len(text) == _INITIALS:
        return text.upper()
    if field != "postcode":
        return text
    code = postcode(text)
    if code is None:
        raise refuse(
            N_("“{postcode}” is no postcode: eight figures, such as 01310-100."),
            by=RefusedBy.INPUT,
            fields=("postcode",),
            postcode=text,
        )
    return code
