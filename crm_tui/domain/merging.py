"""Which values stay when two records of one person become one: field by field, and nothing that only one has is lost.

Rows are the columns of a party or of a consent as the store has them. Knows nothing of what else moves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from crm_tui.domain.party import Lifecycle
from crm_tui.i18n import N_

FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "name": ("name",),
    "trade_name": ("trade_name",),
    "document": ("document", "document_kind"),
    "lifecycle": ("lifecycle",),
    "owner": ("owner_id",),
    "party_class": ("class_id",),
    "preferences": ("preferences",),
}
"""The columns of each field that is chosen; numbers, addresses and companies are kept from both."""
LABELS: Final[Mapping[str, str]] = {
    "name": N_("Name"),
    "trade_name": N_("Trade name"),
    "document": N_("CPF or CNPJ"),
    "lifecycle": N_("Phase"),
    "owner": N_("Owner"),
    "party_class": N_("Class"),
    "preferences": N_("Notes"),
}
JOINED: Final = frozenset({"preferences"})
"""The fields of which both may be kept, one text behind the other."""
_BETWEEN: Final = "\n\n"
_NEARER: Final = {Lifecycle.PROSPECT: 0, Lifecycle.FORMER: 1, Lifecycle.CUSTOMER: 2}


def proposed(party: Mapping[str, Any], other: Mapping[str, Any]) -> set[str]:
    """The fields that are better taken from the other, if nobody says: those that only it has, and who bought."""
    take = {
        name
        for name, columns in FIELDS.items()
        if party[columns[0]] is None and other[columns[0]] is not None
    }
    if _NEARER[Lifecycle(other["lifecycle"])] > _NEARER[Lifecycle(party["lifecycle"])]:
        take.add("lifecycle")
    return take


def merged_values(
    party: Mapping[str, Any], other: Mapping[str, Any], take: Collection[str], both: Collection[str]
) -> dict[str, Any]:
    """The columns of the one that stays. A field that it lacks is the other's, whoever was chosen."""
    values: dict[str, Any] = {}
    for name, columns in FIELDS.items():
        mine, theirs = party[columns[0]], other[columns[0]]
        if name in both and name in JOINED and mine and theirs and mine != theirs:
            values[columns[0]] = f"{mine}{_BETWEEN}{theirs}"
        elif theirs is not None and (mine is None or name in take):
            values |= {column: other[column] for column in columns}
    return values


def ended(consents: Iterable[Mapping[str, Any]]) -> dict[int, datetime]:
    """When consents end by somebody's withdrawal of the same purpose on the same ground that was written on their other
    record, by id: those in force that were given before it. Given anew after it, one stands. (Lei 13.709/2018, art. 8)
    """
    rows = list(consents)
    last: dict[tuple[str, str], datetime] = {}
    for row in rows:
        what, at = (row["purpose"], row["basis"]), row["revoked_at"]
        if at is not None and (what not in last or at > last[what]):
            last[what] = at
    return {
        row["id"]: last[what]
        for row in rows
        if row["revoked_at"] is None
        and (what := (row["purpose"], row["basis"])) in last
        and row["granted_at"] < last[what]
    }
