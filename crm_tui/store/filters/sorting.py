"""By what each kind of row stands when a filter says so (`ordem:`): one value a row, NULL where there is none."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from crm_tui.domain.filter_fields import OWN
from crm_tui.domain.filter_tree import Sort
from crm_tui.domain.text import fold
from crm_tui.store.filters.rows import Rows

TEXTS = frozenset(("owner", "member", "team", "name", "party", "action", "result"))
"""Their values are names: they are compared folded."""


def value(rows: Rows, field: str) -> str | None:
    """The expression that a field is sorted by; None where these rows have none."""
    party = f"(SELECT q.name FROM party q WHERE q.id = {rows.party})"
    named: Mapping[str, str] = {
        "owner": f'(SELECT u.name FROM "user" u WHERE u.id = {rows.owner})',
        "team": f"""(SELECT t.name FROM "user" u JOIN team t ON t.id = u.team_id WHERE u.id = {rows.owner})""",
        "number": rows.number,
        "party": party,
    }
    if field in named:
        return named[field]
    if field.startswith(OWN):
        from crm_tui.store.filters import own  # the first list has no use for it

        return own.least(rows, field.removeprefix(OWN))
    if not rows.due:
        return "p.name" if field == "name" else rows.instants.get(field)
    return (
        _of_card(rows, field) or rows.days.get(field) or rows.instants.get(field) or rows.amounts.get(field)
    )


def ordered(rows: Rows, sort: Sort) -> str:
    """The terms of `ORDER BY`; those without a value stand last either way. `folded` is our own function.

    Names of people are kept folded, so that an index has them in their order.
    """
    way = "DESC" if sort.descending else "ASC"
    if sort.field == "name" and not rows.due:
        return f"p.name_key {way}"
    by = value(rows, sort.field) or "NULL"
    by = f"folded({by})" if sort.field in TEXTS or sort.field.startswith(OWN) else by
    return f"({by}) IS NULL, {by} {way}"


def teach(connection: sqlite3.Connection) -> None:
    """Make `folded` known to a connection."""
    connection.create_function("folded", 1, _folded, deterministic=True)


def _folded(name: str | int | None) -> str | int | None:
    return fold(name) if isinstance(name, str) else name


def _of_card(rows: Rows, field: str) -> str | None:
    match field:
        case "name":
            return f"coalesce(c.title, {rows.raw.get('name', 'NULL')})"
        case "member":
            return """(SELECT min(u.name) FROM card_member m JOIN "user" u ON u.id = m.user_id
 WHERE m.card_id = c.id)"""
        case "board":
            return "(SELECT b.position * 100000 + b.id FROM board b WHERE b.id = c.board_id)"
        case "stage":
            return "(SELECT s.board_id * 1000 + s.position FROM stage s WHERE s.id = c.stage_id)"
        case "status":
            return rows.words["status"]
        case "action":
            return f"(SELECT y.name FROM action_type y WHERE y.id = {rows.things['action']})"
        case "result":
            return f"(SELECT y.name FROM result y WHERE y.id = {rows.things['result']})"
        case "due_on":
            return f"{rows.due['due']} || ' ' || coalesce({rows.due['start']}, '~')"
        case "stale":
            return "-julianday(c.last_touch_at)"
    return None
