"""What belongs to a person but lies in tables of its own: phone, e-mail, company and role, address, wishes.

Their changes raise the person's version, so that two operators who change the same one are told.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from crm_tui.domain.outcome import Conflict, FieldConflict, RefusedBy
from crm_tui.domain.party import ContactKind
from crm_tui.domain.text import fold, one_line
from crm_tui.i18n import N_
from crm_tui.services.core.context import Clashed, Context, refuse
from crm_tui.services.core.people import RELATION, add_points, contact_points, relate
from crm_tui.services.party import postal
from crm_tui.services.party.commands import EditParty
from crm_tui.services.party.points import choose, step_forward
from crm_tui.store.rows import Row
from crm_tui.store.tables import ContactPoint, Party, PartyRelation

_PRIMARY = """
SELECT id, normalized, value FROM contact_point WHERE party_id = :party_id AND kind IN ({kinds})
ORDER BY is_primary DESC, id LIMIT 1
"""
_HELD = "SELECT normalized FROM contact_point WHERE party_id = :party_id"
_KINDS = {"phone": "'phone','mobile','whatsapp'", "email": "'email'"}
_WISHES = {"no_calls": "phone", "no_email": "email"}
_WISH_OF = {field: wish for wish, field in _WISHES.items()}
_POINTS = (
    "SELECT id, opted_out FROM contact_point WHERE party_id = :party_id AND kind IN ({kinds}) ORDER BY id"
)
_SINCE = """
SELECT c.table_name, c.row_id, c.before, c.after, coalesce(u.login, ''), e.at
FROM event e JOIN change c ON c.event_id = e.id LEFT JOIN "user" u ON u.id = e.actor_id
WHERE e.party_id = :party_id AND c.table_name IN ('contact_point', 'party_relation', 'address')
AND e.id > (SELECT coalesce(max(x.event_id), 0) FROM change x
            WHERE x.table_name = 'party' AND x.row_id = :party_id AND x.row_version <= :seen)
ORDER BY c.id
"""


def points_of(ctx: Context, party_id: int) -> set[str]:
    """The normalised numbers and addresses of a person."""
    rows = ctx.connection.execute(_HELD, {"party_id": party_id}).fetchall()
    return {normalized for (normalized,) in rows}


def store(ctx: Context, command: EditParty) -> bool:
    """Write those that the command gives; whether anything changed. Needs an event after it."""
    given = command.model_fields_set
    changed = [_set_point(ctx, command, field) for field in _KINDS if field in given]
    changed += [_set_wish(ctx, command, field) for field in _WISHES if field in given]
    if given & postal.FIELDS:
        changed.append(postal.store(ctx, command))
    if given & {"company", "role"}:
        changed.append(_set_company(ctx, command))
    return any(changed)


def check(ctx: Context, command: EditParty) -> None:
    """Raise `Clashed` if somebody changed, since the version that was seen, what the command would change."""
    seen = command.version
    if seen is None or ctx.row(Party, command.party)["version"] == seen:
        return
    base: dict[str, Any] = {}
    who, at = "", None
    rows = ctx.connection.execute(_SINCE, {"party_id": command.party, "seen": seen}).fetchall()
    for table, row_id, before, after, login, when in rows:
        images = (json.loads(before or "{}"), json.loads(after or "{}"))
        told = _told(ctx, table, row_id, *images)
        base = told | base
        who, at = login, datetime.fromisoformat(when)
    clashes = []
    for field, was in base.items():
        if field in command.model_fields_set:
            mine, theirs = getattr(command, field), _READ[field](ctx, command.party)
            if not _same(field, mine, theirs):
                clashes.append(FieldConflict(field, was, mine, theirs))
    if clashes:
        version = int(ctx.row(Party, command.party)["version"])
        raise Clashed(Conflict("party", command.party, version, who, at, tuple(clashes)))


def _told(ctx: Context, table: str, row_id: int, before: Row, after: Row) -> dict[str, Any]:
    """The fields that a change of one row touched, with what they were before it."""
    if table == "address":
        return postal.told(before, after) if postal.is_main(ctx, row_id, before, after) else {}
    if table == "contact_point":
        return _told_of_point(ctx, row_id, before, after)
    touched = before.keys() | after.keys()
    found: dict[str, str] = {}
    if "ended_on" in touched:
        relation = ctx.row(PartyRelation, row_id)
        found["company"] = str(ctx.row(Party, relation["organization_id"])["name"])
    elif "organization_id" in touched:
        found["company"] = ""
    if "role" in touched:
        found["role"] = str(before.get("role") or "")
    return found


def _told_of_point(ctx: Context, row_id: int, before: Row, after: Row) -> dict[str, Any]:
    """Of the main ones alone, since the others are no fields of the person; a wish is of all of them."""
    row = ctx.rows.get(ContactPoint, row_id) or {}
    kind = after.get("kind") or before.get("kind") or row.get("kind")
    if kind == ContactKind.SITE:
        return {}
    field = "email" if kind == ContactKind.EMAIL else "phone"
    if before and before.keys() == {"opted_out"}:
        return {_WISH_OF[field]: bool(before["opted_out"])}
    chosen = "is_primary" in before or "is_primary" in after
    main = (before.get("is_primary"), after.get("is_primary")) if chosen else (row.get("is_primary"),)
    if not any(main):
        return {}
    was = before.get("value") or (row.get("value") if main[0] else "")
    return {field: str(was or "")}


def _same(field: str, mine: Any, theirs: Any) -> bool:
    if isinstance(mine, bool):
        return mine is theirs
    if field == "postcode":
        return postal.same(mine, theirs)
    if field in _KINDS:
        phone, email = (mine, "") if field == "phone" else ("", mine)
        there = contact_points(*((theirs, "") if field == "phone" else ("", theirs)))
        return [p[2] for p in contact_points(phone, email)] == [p[2] for p in there]
    return fold(mine) == fold(theirs)


def _point(ctx: Context, party_id: int, field: str) -> tuple[int, str, str] | None:
    found = ctx.one(_PRIMARY.format(kinds=_KINDS[field]), party_id=party_id)
    return None if found is None else (int(found[0]), str(found[1]), str(found[2]))


def _value(ctx: Context, party_id: int, field: str) -> str:
    found = _point(ctx, party_id, field)
    return "" if found is None else found[2]


def _company(ctx: Context, party_id: int) -> str:
    found = ctx.one(RELATION, party_id=party_id)
    return "" if found is None else str(ctx.row(Party, int(found[1]))["name"])


def _role(ctx: Context, party_id: int) -> str:
    found = ctx.one(RELATION, party_id=party_id)
    return "" if found is None else str(found[2] or "")


def _wishes_none(field: str, ctx: Context, party_id: int) -> bool:
    """Whether each phone, or each e-mail, is one by which the person wishes not to be reached."""
    rows = ctx.connection.execute(
        _POINTS.format(kinds=_KINDS[_WISHES[field]]), {"party_id": party_id}
    ).fetchall()
    return bool(rows) and all(row[1] for row in rows)


_READ: dict[str, Callable[[Context, int], Any]] = {
    **{field: partial(_wishes_none, field) for field in _WISHES},
    **{field: partial(postal.read, field) for field in postal.FIELDS},
    "phone": lambda ctx, party_id: _value(ctx, party_id, "phone"),
    "email": lambda ctx, party_id: _value(ctx, party_id, "email"),
    "company": _company,
    "role": _role,
}


def _set_point(ctx: Context, command: EditParty, field: str) -> bool:
    found = _point(ctx, command.party, field)
    points = contact_points(
        command.phone if field == "phone" else "", command.email if field == "email" else ""
    )
    if not points:
        if found is not None:
            ctx.rows.delete(ContactPoint, found[0])
            step_forward(ctx, command.party, ContactKind.EMAIL if field == "email" else ContactKind.PHONE)
        return found is not None
    kind, typed, normalized = points[0]
    if found is None:
        add_points(ctx, command.party, points, first=True)
        return True
    if found[1] == normalized:
        return False
    if normalized in points_of(ctx, command.party):  # one that they have besides becomes the main one
        return choose(ctx, command.party, normalized)
    return ctx.rows.update(ContactPoint, found[0], kind=kind, value=one_line(typed), normalized=normalized)


def _set_wish(ctx: Context, command: EditParty, field: str) -> bool:
    """Mark every phone, or every e-mail; a wish that nothing could hold is refused."""
    wished: bool = getattr(command, field)
    kinds = _KINDS[_WISHES[field]]
    rows = ctx.connection.execute(_POINTS.format(kinds=kinds), {"party_id": command.party}).fetchall()
    if wished and not rows:
        raise refuse(
            N_("There is no phone or e-mail yet that this wish could be kept with: write it first."),
            by=RefusedBy.INPUT,
            fields=(field,),
        )
    return ctx.rows.update_many(ContactPoint, {row[0]: {"opted_out": wished} for row in rows})


def _set_company(ctx: Context, command: EditParty) -> bool:
    given = command.model_fields_set
    company = command.company if "company" in given else _company(ctx, command.party)
    role = command.role if "role" in given else _role(ctx, command.party)
    return relate(ctx, command.party, company, role)
