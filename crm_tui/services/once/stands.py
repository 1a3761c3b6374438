"""What an undo must not leave with somebody who is merged: it would lie where nobody finds it. (X9)

Put with who stays instead, undoing the merging would no longer tell whose it was: so the merging is undone first. And
merging is not done again once something new is theirs: they are merged anew, and it comes along.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from crm_tui.i18n import N_
from crm_tui.services.core.context import Context, refuse
from crm_tui.services.core.undo import AfterUndo, Reversed
from crm_tui.services.once.merging import named_by_kind, pointing_at
from crm_tui.store.rows import Row
from crm_tui.store.shapes import Table
from crm_tui.store.tables import Party

_OF_MERGED = """
SELECT x.id, p.id, p.name, q.name FROM "{table}" x
JOIN party p ON p.id = x."{column}" JOIN party q ON q.id = p.merged_into_id
WHERE x.id IN (SELECT value FROM json_each(:ids)) AND {also}
"""
_STILL = """
SELECT x."{column}" FROM "{table}" x WHERE x."{column}" IN (SELECT value FROM json_each(:ids)) AND {also} LIMIT 1
"""


def keep_whole(ctx: Context, done: list[Reversed]) -> None:
    """See the module."""
    before: dict[str, dict[int, Row | None]] = {}
    for each in done:  # of several changes of one row the first that is put back tells what it was until now
        if each.op != "insert":
            before.setdefault(each.table, {}).setdefault(each.row_id, each.row)
    for table, column, also in _naming():
        if table in before:
            _none_comes_back(
                ctx, _OF_MERGED.format(table=table, column=column, also=also), column, before[table]
            )

    merged = [i for i, was in before.get("party", {}).items() if was is None or was["merged_into_id"] is None]
    if merged:
        _nothing_is_new(ctx, merged)


def _naming() -> Iterator[tuple[Table, str, str]]:
    yield from ((table, column, "1") for table, column in pointing_at("party"))
    yield from ((table, "entity_id", "x.entity = 'party'") for table in named_by_kind())


def _none_comes_back(ctx: Context, sql: str, column: str, before: Mapping[int, Row | None]) -> None:
    rows = ctx.connection.execute(sql, {"ids": json.dumps(sorted(before))}).fetchall()
    for row_id, party_id, name, into in rows:
        was = before[row_id]
        if was is None or was[column] != party_id:
            raise refuse(
                N_("Not put back: {name} was merged into {into} since. Undo that first."),
                name=name,
                into=into,
            )


def _nothing_is_new(ctx: Context, people: list[int]) -> None:
    gone = [row for row in ctx.rows.read(Party, people).values() if row["merged_into_id"] is not None]
    asked = {"ids": json.dumps([row["id"] for row in gone])}
    for table, column, also in _naming() if gone else ():
        found = ctx.one(_STILL.format(table=table, column=column, also=also), **asked)
        if found is not None:
            raise refuse(
                N_("Not done again: {name} was worked on since. Merge the two anew."),
                name=next(row["name"] for row in gone if row["id"] == found[0]),
            )


AFTER_UNDO: tuple[AfterUndo, ...] = (keep_whole,)
