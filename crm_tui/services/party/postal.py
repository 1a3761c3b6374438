"""The address of a person as the form reads, compares and writes it."""

from __future__ import annotations

from typing import Any, Final

from crm_tui.domain.party import postcode
from crm_tui.domain.text import fold
from crm_tui.services.core import addresses
from crm_tui.services.core.addresses import COLUMNS, FIRST
from crm_tui.services.core.context import Context
from crm_tui.services.party.commands import EditParty
from crm_tui.store.rows import Row
from crm_tui.store.tables import Address

FIELDS: Final = frozenset(COLUMNS)


def read(field: str, ctx: Context, party_id: int) -> str:
    """What stands in this field."""
    found = ctx.one(FIRST, party_id=party_id)
    return "" if found is None else str(found[1 + COLUMNS.index(field)] or "")


def is_main(ctx: Context, row_id: int, before: Row, after: Row) -> bool:
    """Whether a change was of the main address: the others are no fields of the person."""
    row = ctx.rows.get(Address, row_id) or {}
    known = (row.get("is_primary"), before.get("is_primary"), after.get("is_primary"))
    return any(known)


def told(before: Row, after: Row) -> dict[str, Any]:
    """The fields that a change touched, with what they were before it."""
    return {field: str(before.get(field) or "") for field in COLUMNS if field in before or field in after}


def same(mine: str, theirs: str) -> bool:
    """Whether two postcodes are one, however they are written."""
    return fold(postcode(mine) or mine) == fold(theirs)


def store(ctx: Context, command: EditParty) -> bool:
    """Write the fields that the command gives; whether anything changed. Needs an event after it."""
    given = FIELDS & command.model_fields_set
    return addresses.store(ctx, command.party, {field: getattr(command, field) for field in given})
