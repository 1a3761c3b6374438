"""The ways to reach somebody, one by one: added, changed, made the main one, no longer wished, removed. (M1)

Every change raises the person's version, so that who edits the person at the same time is told.
"""

from __future__ import annotations

from typing import Any

from crm_tui.domain.events.party import (
    PointAdded,
    PointChosen,
    PointEdited,
    PointRemoved,
    PointUnwished,
    PointWished,
)
from crm_tui.domain.identity import phone
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.party import ContactKind
from crm_tui.domain.reach import NUMBERS, Way, family, way
from crm_tui.domain.text import one_line
from crm_tui.i18n import N_, Text
from crm_tui.services.core import known, lookup, owners
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made, Refused, no_such, refuse
from crm_tui.services.core.merge import check_version
from crm_tui.services.core.scope import sight
from crm_tui.services.party.commands import AddContactPoint, EditContactPoint, RemoveContactPoint
from crm_tui.store.queries.party import POINT
from crm_tui.store.rows import Row
from crm_tui.store.tables import Activity, ContactPoint, Party

LIMIT = 50
"""Ways to reach one person: what a screen still lists."""
_OF_PARTY = """
SELECT id, kind, normalized, is_primary FROM contact_point WHERE party_id = :party_id
ORDER BY is_primary DESC, opted_out, id
"""
_MEANT_TO_BE_CALLED = "SELECT id FROM activity WHERE phone_id = :id"
_SOLE = N_("There is one main way of each kind: make another one the main one instead.")

OnPoint = EditContactPoint | RemoveContactPoint


def _owner(ctx: Context, command: OnPoint) -> int | None:
    point = ctx.row(ContactPoint, command.contact_point, "contact_point")
    return owners.of_party(ctx, point["party_id"])


def _held(ctx: Context, point_id: int) -> tuple[Row, Row]:
    """A way to reach somebody, and who that is; a person out of reach is as good as not there."""
    if ctx.one(POINT, id=point_id, **sight(ctx.viewer)) is None:
        raise Refused(no_such("contact_point", point_id, ("contact_point",)))
    point = ctx.row(ContactPoint, point_id, "contact_point")
    return point, ctx.row(Party, point["party_id"], "person")


def _others(ctx: Context, party_id: int, kind: str, but: int = 0) -> list[Row]:
    """The other ways of the same family, the main one first."""
    kinds = family(kind)
    rows = ctx.connection.execute(_OF_PARTY, {"party_id": party_id}).fetchall()
    found = [dict(zip(("id", "kind", "normalized", "is_primary"), row, strict=True)) for row in rows]
    return [row for row in found if row["kind"] in kinds and row["id"] != but]


def _read(value: str, kind: ContactKind | None) -> Way:
    """The way that was typed; refuses what is none."""
    found = way(value, kind)
    if found is not None:
        return found
    if kind in NUMBERS:
        why = N_("“{value}” is no phone number: area code and number, such as (11) 98888-1234.")
    elif kind is ContactKind.EMAIL:
        why = N_("“{value}” is no e-mail address: name@company.com.")
    elif kind is ContactKind.SITE:
        why = N_("“{value}” is no site: company.com, with a path behind it or without.")
    else:
        why = N_("“{value}” is no phone number, e-mail address or site: correct it.")
    raise refuse(why, by=RefusedBy.INPUT, fields=("value",), value=value)


def _shown(normalized: str) -> str:
    number = phone(normalized) if normalized.startswith("+") else None
    return number.shown if number is not None else normalized


def _like_others(ctx: Context, party: Row, wanted: Way, despite: str, but: int = 0) -> Refusal | None:
    """Whom a person becomes like by this; and that they have it already."""
    held = ctx.connection.execute(_OF_PARTY, {"party_id": party["id"]}).fetchall()
    if any(row[2] == wanted.normalized and row[0] != but for row in held):
        there = Text(
            "{name} is reached by {way} already: write another.",
            {"name": party["name"], "way": _shown(wanted.normalized)},
        )
        return Refusal(there, fields=("value",))
    if wanted.kind is ContactKind.SITE:
        return None
    found = lookup.known(ctx.connection, ctx.viewer, points=[wanted.normalized], but=party["id"])
    return known.hindrance(ctx, found, despite)


def _may_be_added(ctx: Context, command: AddContactPoint) -> Refusal | None:
    party = ctx.row(Party, command.party, "person")
    wanted = _read(command.value, command.kind)
    held = ctx.connection.execute(_OF_PARTY, {"party_id": party["id"]}).fetchall()
    if len(held) >= LIMIT:
        full = N_("{name} has {most} ways to be reached already: remove one first.")
        return Refusal(Text(full, {"name": party["name"], "most": LIMIT}))
    return _like_others(ctx, party, wanted, command.despite)


def _wanted(command: EditContactPoint, point: Row) -> Way:
    """What it is afterwards: a number whose kind alone is chosen stays the number."""
    given = command.model_fields_set
    if not given & {"value", "kind"}:
        return Way(ContactKind(point["kind"]), point["normalized"])
    kind = command.kind if "kind" in given else None
    if kind is None and "value" in given and point["kind"] == ContactKind.WHATSAPP:
        kind = ContactKind.WHATSAPP if way(command.value, ContactKind.WHATSAPP) else None
    return _read(command.value if "value" in given else point["normalized"], kind)


def _may_change(ctx: Context, command: EditContactPoint) -> Refusal | None:
    point, party = _held(ctx, command.contact_point)
    wanted = _wanted(command, point)
    stays = wanted.kind in family(point["kind"])
    if stays and point["is_primary"] and "main" in command.model_fields_set and not command.main:
        return Refusal(Text(_SOLE), fields=("main",))
    if wanted.normalized == point["normalized"]:
        return None
    return _like_others(ctx, party, wanted, command.despite, point["id"])


def _told(point_id: int, party: Row, normalized: str) -> dict[str, Any]:
    return {
        "entity_id": point_id,
        "party_id": party["id"],
        "name": party["name"],
        "way": _shown(normalized),
    }


def _made(point_id: int) -> Made:
    return Made("contact_point", point_id, f"contact_point:{point_id}")


def _add(ctx: Context, command: AddContactPoint) -> Made:
    party = ctx.row(Party, command.party, "person")
    wanted = _read(command.value, command.kind)
    others = _others(ctx, party["id"], wanted.kind)
    main = command.main or not any(row["is_primary"] for row in others)
    if main:
        _step_back(ctx, others)
    point_id = ctx.rows.insert(
        ContactPoint,
        party_id=party["id"],
        kind=wanted.kind.value,
        value=one_line(command.value),
        normalized=wanted.normalized,
        is_primary=main,
        opted_out=command.opted_out,
    )
    ctx.rows.raise_version(Party, party["id"])
    ctx.emit(PointAdded(**_told(point_id, party, wanted.normalized)))
    return _made(point_id)


def _step_back(ctx: Context, others: list[Row]) -> None:
    ctx.rows.update_many(
        ContactPoint, {row["id"]: {"is_primary": False} for row in others if row["is_primary"]}
    )


def choose(ctx: Context, party_id: int, normalized: str) -> bool:
    """Make this way the main one of its family; the others stay beside it. Needs an event after it."""
    held = ctx.connection.execute(_OF_PARTY, {"party_id": party_id}).fetchall()
    point_id, kind = next((row[0], row[1]) for row in held if row[2] == normalized)
    _step_back(ctx, _others(ctx, party_id, kind, point_id))
    return ctx.rows.update(ContactPoint, point_id, is_primary=True)


def step_forward(ctx: Context, party_id: int, kind: str, but: int = 0) -> None:
    """Where a family has no main one any more, the next of them is it: one that is wished, if there is any."""
    others = _others(ctx, party_id, kind, but)
    if others and not any(row["is_primary"] for row in others):
        ctx.rows.update(ContactPoint, others[0]["id"], is_primary=True)


def _edit(ctx: Context, command: EditContactPoint) -> Made:
    point, party = _held(ctx, command.contact_point)
    given, wanted = command.model_fields_set, _wanted(command, point)
    columns: dict[str, Any] = {}
    if wanted.normalized != point["normalized"]:
        columns |= {"normalized": wanted.normalized, "value": one_line(command.value)}
    if wanted.kind != point["kind"]:
        columns["kind"] = wanted.kind.value
    if "opted_out" in given:
        columns["opted_out"] = command.opted_out
    moved = wanted.kind not in family(point["kind"])
    main = command.main if "main" in given else bool(point["is_primary"]) and not moved
    others = _others(ctx, party["id"], wanted.kind, point["id"])
    main = main or not any(row["is_primary"] for row in others)
    if main != bool(point["is_primary"]):
        columns["is_primary"] = main
    names = {"normalized": "value", "is_primary": "main"}
    check_version(ctx, ContactPoint, point["id"], command.version, columns, names)
    if main:
        _step_back(ctx, others)
    if not ctx.rows.update(ContactPoint, point["id"], **columns):
        return _made(point["id"])
    if moved:
        step_forward(ctx, party["id"], point["kind"], point["id"])
    ctx.rows.raise_version(Party, party["id"])
    ctx.emit(_happened(point, columns)(**_told(point["id"], party, wanted.normalized)))
    return _made(point["id"])


def _happened(
    point: Row, columns: dict[str, Any]
) -> type[PointEdited | PointUnwished | PointWished | PointChosen]:
    """By which of its words a change is told: by the weightiest of what really changed."""
    changed = {name for name, value in columns.items() if point[name] != value}
    if changed & {"normalized", "kind"}:
        return PointEdited
    if "opted_out" in changed:
        return PointUnwished if columns["opted_out"] else PointWished
    return PointChosen


def _remove(ctx: Context, command: RemoveContactPoint) -> Made:
    point, party = _held(ctx, command.contact_point)
    steps = ctx.connection.execute(_MEANT_TO_BE_CALLED, {"id": point["id"]}).fetchall()
    ctx.rows.update_many(Activity, {row[0]: {"phone_id": None} for row in steps})
    ctx.rows.delete(ContactPoint, point["id"])
    if point["is_primary"]:
        step_forward(ctx, party["id"], point["kind"])
    ctx.rows.raise_version(Party, party["id"])
    ctx.emit(PointRemoved(**_told(point["id"], party, point["normalized"])))
    return _made(point["id"])


def _ready(ctx: Context, command: OnPoint) -> Refusal | None:
    _held(ctx, command.contact_point)
    return None


HANDLERS: dict[type[Command], Handler[Any]] = {
    AddContactPoint: Handler(_add, owner=owners.party, check=_may_be_added),
    EditContactPoint: Handler(_edit, owner=_owner, ready=_ready, check=_may_change),
    RemoveContactPoint: Handler(_remove, owner=_owner, ready=_ready),
}
