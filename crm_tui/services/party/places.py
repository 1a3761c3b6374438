"""The addresses of somebody, one by one: added, changed, made the main one, removed. (M1)

Every change raises the person's version, so that who edits the person at the same time is told.
"""

from __future__ import annotations

from typing import Any

from crm_tui.domain.events.party import AddressAdded, AddressChosen, AddressEdited, AddressRemoved
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.party import same_place
from crm_tui.i18n import N_, Text
from crm_tui.services.core import owners
from crm_tui.services.core.addresses import COLUMNS, FIRST, as_kept, step_forward
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made, Refused, no_such
from crm_tui.services.core.merge import check_version
from crm_tui.services.core.scope import sight
from crm_tui.services.party.commands import AddAddress, EditAddress, RemoveAddress
from crm_tui.store.queries.party import ONE_ADDRESS
from crm_tui.store.rows import Row
from crm_tui.store.tables import Address, Party

LIMIT = 20
"""Addresses of one person: what a screen still lists."""
_OF_PARTY = (
    "SELECT id, is_primary, street, city, state, postcode FROM address WHERE party_id = :party_id ORDER BY id"
)

OnAddress = EditAddress | RemoveAddress


def _owner(ctx: Context, command: OnAddress) -> int | None:
    address = ctx.row(Address, command.address, "address")
    return owners.of_party(ctx, address["party_id"])


def _held(ctx: Context, address_id: int) -> tuple[Row, Row]:
    """An address, and whose it is; a person out of reach is as good as not there."""
    if ctx.one(ONE_ADDRESS, id=address_id, **sight(ctx.viewer)) is None:
        raise Refused(no_such("address", address_id, ("address",)))
    address = ctx.row(Address, address_id, "address")
    return address, ctx.row(Party, address["party_id"], "person")


def _others(ctx: Context, party_id: int, but: int = 0) -> list[Row]:
    rows = ctx.connection.execute(_OF_PARTY, {"party_id": party_id}).fetchall()
    return [dict(zip(("id", "is_primary", *COLUMNS), row, strict=True)) for row in rows if row[0] != but]


def _hindrance(others: list[Row], party: Row, kept: dict[str, Any]) -> Refusal | None:
    """That nothing is written, or that it is there already."""
    if not any(kept.values()):
        return Refusal(
            Text("The address is empty: write a street, a city or a postcode."), RefusedBy.INPUT, ("street",)
        )
    if any(same_place(row, kept) for row in others):
        there = Text("{name} has this address already: write another.", {"name": party["name"]})
        return Refusal(there, fields=("street",))
    return None


def _may_be_added(ctx: Context, command: AddAddress) -> Refusal | None:
    party = ctx.row(Party, command.party, "person")
    others = _others(ctx, party["id"])
    if len(others) >= LIMIT:
        full = N_("{name} has {most} addresses already: remove one first.")
        return Refusal(Text(full, {"name": party["name"], "most": LIMIT}))
    return _hindrance(others, party, as_kept({name: getattr(command, name) for name in COLUMNS}))


def _wanted(command: EditAddress) -> dict[str, Any]:
    given = [name for name in COLUMNS if name in command.model_fields_set]
    return as_kept({name: getattr(command, name) for name in given})


def _may_change(ctx: Context, command: EditAddress) -> Refusal | None:
    address, party = _held(ctx, command.address)
    others, wanted = _others(ctx, party["id"], address["id"]), _wanted(command)
    if "main" in command.model_fields_set and not command.main and _is_main(ctx, address):
        return Refusal(
            Text("There is one main address: make another one the main one instead."), fields=("main",)
        )
    return _hindrance(others, party, {name: address[name] for name in COLUMNS} | wanted) if wanted else None


def _is_main(ctx: Context, address: Row) -> bool:
    first = ctx.one(FIRST, party_id=address["party_id"])
    return first is not None and first[0] == address["id"]


def _told(address_id: int, party: Row, row: dict[str, Any]) -> dict[str, Any]:
    words = ", ".join(str(row[name]) for name in COLUMNS if row[name])
    return {"entity_id": address_id, "party_id": party["id"], "name": party["name"], "address": words}


def _made(address_id: int) -> Made:
    return Made("address", address_id, f"address:{address_id}")


def _step_back(ctx: Context, others: list[Row]) -> None:
    ctx.rows.update_many(Address, {row["id"]: {"is_primary": False} for row in others if row["is_primary"]})


def _add(ctx: Context, command: AddAddress) -> Made:
    party = ctx.row(Party, command.party, "person")
    kept = as_kept({name: getattr(command, name) for name in COLUMNS})
    others = _others(ctx, party["id"])
    main = command.main or not others
    if main:
        _step_back(ctx, others)
    address_id = ctx.rows.insert(Address, party_id=party["id"], is_primary=main, **kept)
    ctx.rows.raise_version(Party, party["id"])
    ctx.emit(AddressAdded(**_told(address_id, party, kept)))
    return _made(address_id)


def _edit(ctx: Context, command: EditAddress) -> Made:
    address, party = _held(ctx, command.address)
    columns = _wanted(command)
    chosen = "main" in command.model_fields_set and command.main and not _is_main(ctx, address)
    if chosen:
        columns["is_primary"] = True
    check_version(ctx, Address, address["id"], command.version, columns, {"is_primary": "main"})
    if chosen:
        _step_back(ctx, _others(ctx, party["id"], address["id"]))
    if not ctx.rows.update(Address, address["id"], **columns):
        return _made(address["id"])
    ctx.rows.raise_version(Party, party["id"])
    changed = any(address[name] != columns[name] for name in COLUMNS if name in columns)
    happened = AddressEdited if changed else AddressChosen
    ctx.emit(happened(**_told(address["id"], party, dict(address) | columns)))
    return _made(address["id"])


def _remove(ctx: Context, command: RemoveAddress) -> Made:
    address, party = _held(ctx, command.address)
    ctx.rows.delete(Address, address["id"])
    step_forward(ctx, party["id"])
    ctx.rows.raise_version(Party, party["id"])
    ctx.emit(AddressRemoved(**_told(address["id"], party, dict(address))))
    return _made(address["id"])


def _ready(ctx: Context, command: OnAddress) -> Refusal | None:
    _held(ctx, command.address)
    return None


HANDLERS: dict[type[Command], Handler[Any]] = {
    AddAddress: Handler(_add, owner=owners.party, check=_may_be_added),
    EditAddress: Handler(_edit, owner=_owner, ready=_ready, check=_may_change),
    RemoveAddress: Handler(_remove, owner=_owner, ready=_ready),
}
