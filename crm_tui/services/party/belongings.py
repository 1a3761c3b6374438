"""What belongs to a person but lies in tables of its own: phone, e-mail, company and role.

Their changes raise the person's version, so that two operators who change the same one are told.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime

from crm_tui.domain.outcome import Conflict, FieldConflict
from crm_tui.domain.party import ContactKind
from crm_tui.domain.text import fold, one_line
from crm_tui.services.core.context import Clashed, Context
from crm_tui.services.core.people import RELATION, add_points, contact_points, relate
from crm_tui.services.party.commands import EditParty
from crm_tui.store.rows import Row
from crm_tui.store.tables import ContactPoint, Party, PartyRelation

_PRIMARY = """
SELECT id, normalized, value FROM contact_point WHERE party_id = :party_id AND kind IN ({kinds})
ORDER BY is_primary DESC, id LIMIT 1
"""
_KINDS = {"phone": "'phone','mobile','whatsapp'", "email": "'email'"}
_SINCE = """
SELECT c.table_name, c.row_id, c.before, c.after, coalesce(u.login, ''), e.at
FROM event e JOIN change c ON c.event_id = e.id LEFT JOIN "user" u ON u.id = e.actor_id
WHERE e.party_id = :party_id AND c.table_name IN ('contact_point', 'party_relation')
AND e.id > (SELECT coalesce(max(x.event_id), 0) FROM change x
            WHERE x.table_name = 'party' AND x.row_id = :party_id AND x.row_version <= :seen)
ORDER BY c.id
"""


def store(ctx: Context, command: EditParty) -> bool:
    """Write those that the command gives; whether anything changed. Needs an event after it."""
    given = command.model_fields_set
    changed = [_set_point(ctx, command, field) for field in _KINDS if field in given]
    if given & {"company", "role"}:
        changed.append(_set_company(ctx, command))
    return any(changed)


def check(ctx: Context, command: EditParty) -> None:
    """Raise `Clashed` if somebody changed, since the version that was seen, what the command would change."""
    seen = command.version
    if seen is None or ctx.row(Party, command.party)["version"] == seen:
        return
    base: dict[str, str] = {}
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
            mine, theirs = str(getattr(command, field)), _READ[field](ctx, command.party)
            if not _same(field, mine, theirs):
                clashes.append(FieldConflict(field, was, mine, theirs))
    if clashes:
        version = int(ctx.row(Party, command.party)["version"])
        raise Clashed(Conflict("party", command.party, version, who, at, tuple(clashes)))


def _told(ctx: Context, table: str, row_id: int, before: Row, after: Row) -> dict[str, str]:
    """The fields that a change of one row touched, with what they were before it."""
    if table == "contact_point":
        row = ctx.rows.get(ContactPoint, row_id) or {}
        kind = after.get("kind") or before.get("kind") or row.get("kind")
        return {"email" if kind == ContactKind.EMAIL else "phone": str(before.get("value") or "")}
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


def _same(field: str, mine: str, theirs: str) -> bool:
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


_READ: dict[str, Callable[[Context, int], str]] = {
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
        return found is not None
    kind, typed, normalized = points[0]
    if found is None:
        add_points(ctx, command.party, points, first=True)
        return True
    if found[1] == normalized:
        return False
    return ctx.rows.update(ContactPoint, found[0], kind=kind, value=one_line(typed), normalized=normalized)


def _set_company(ctx: Context, command: EditParty) -> bool:
    given = command.model_fields_set
    company = command.company if "company" in given else _company(ctx, command.party)
    role = command.role if "role" in given else _role(ctx, command.party)
    return relate(ctx, command.party, company, role)
