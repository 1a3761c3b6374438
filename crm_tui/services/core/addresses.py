"""The address of a person: a row of its own, made with its first word and gone with its last. Shared by the form and
the import."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from crm_tui.domain.outcome import RefusedBy
from crm_tui.domain.party import postcode
from crm_tui.domain.text import one_line
from crm_tui.i18n import N_
from crm_tui.services.core.context import Context, refuse
from crm_tui.store.tables import Address

COLUMNS: Final = ("street", "city", "state", "postcode")
_INITIALS = 2
"""Letters of a Brazilian state: `SP`."""
FIRST = """
SELECT id, street, city, state, postcode FROM address WHERE party_id = :party_id ORDER BY is_primary DESC, id LIMIT 1
"""


def store(ctx: Context, party_id: int, typed: Mapping[str, str]) -> bool:
    """Write the fields that are given, an empty one is taken away; whether anything changed. Needs an event
    after it."""
    found = ctx.one(FIRST, party_id=party_id)
    was: Mapping[str, str | None] = dict(zip(COLUMNS, found[1:] if found else (None,) * 4, strict=True))
    becomes = {**was, **as_kept(typed)}
    if found is None:
        if any(becomes.values()):
            ctx.rows.insert(Address, party_id=party_id, is_primary=True, **becomes)
        return any(becomes.values())
    if not any(becomes.values()):
        ctx.rows.delete(Address, int(found[0]))
        step_forward(ctx, party_id)
        return True
    return ctx.rows.update(Address, int(found[0]), **becomes)


def step_forward(ctx: Context, party_id: int) -> None:
    """Where none is the main one any more, the one that was there first is it."""
    found = ctx.one(FIRST, party_id=party_id)
    if found is not None:
        ctx.rows.update(Address, int(found[0]), is_primary=True)


def add(ctx: Context, party_id: int, typed: Mapping[str, str]) -> None:
    """Write the address of somebody who has none. Needs an event after it."""
    kept = as_kept(typed)
    if any(kept.values()):
        ctx.rows.insert(Address, party_id=party_id, is_primary=True, **kept)


def as_kept(typed: Mapping[str, str]) -> dict[str, str | None]:
    """The fields as they are stored; refuses a postcode that is none."""
    return {field: _kept(field, words) for field, words in typed.items()}


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
