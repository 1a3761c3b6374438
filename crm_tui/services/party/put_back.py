"""What an undo must not leave with a person: the same number, address, consent or contact twice, or two main ones.

An undo puts rows back as they were, whatever came in their place since. Where the like of one is there again the undo
is refused as a whole; where another became the main one meanwhile, that one stays it; and where it leaves none, the one
that was there first is it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Sequence
from typing import Final, NamedTuple

from crm_tui.domain.party import place
from crm_tui.domain.reach import family
from crm_tui.i18n import N_
from crm_tui.services.core.context import Context, refuse
from crm_tui.services.core.undo import Reversed
from crm_tui.store.rows import Row
from crm_tui.store.shapes import Table
from crm_tui.store.tables import Address, Consent, ContactPoint, Party, PartyRelation

Key = Callable[[Row], Hashable | None]


class _Once(NamedTuple):
    """Of what there is one of a kind: `same` tells what must not be there twice, `main` of what one is the main one;
    None: this row is none of them. `whose` is the column by which the others are found; `of` what has a main one
    always (None: it need not)."""

    table: Table
    whose: str
    same: Key
    why: str
    main: Key = lambda _row: None
    of: Key | None = None


def _point(row: Row) -> Hashable:
    return row["party_id"], row["normalized"]


def _family(row: Row) -> Hashable:
    return row["party_id"], family(row["kind"])


def _main_point(row: Row) -> Hashable | None:
    return _family(row) if row["is_primary"] else None


def _address(row: Row) -> Hashable:
    return row["party_id"], place(row)


def _whose(row: Row) -> Hashable:
    return (row["party_id"],)


def _main_address(row: Row) -> Hashable | None:
    return _whose(row) if row["is_primary"] else None


def _consent(row: Row) -> Hashable | None:
    return (row["party_id"], row["purpose"], row["basis"]) if row["revoked_at"] is None else None


def _relation(row: Row) -> Hashable | None:
    return (row["organization_id"], row["person_id"]) if row["ended_on"] is None else None


def _main_relation(row: Row) -> Hashable | None:
    return row["organization_id"] if row["is_primary"] and row["ended_on"] is None else None


_EACH: Final = (
    _Once(
        ContactPoint,
        "party_id",
        _point,
        N_("Not put back: {name} has that number or address again already. Nothing was changed."),
        _main_point,
        _family,
    ),
    _Once(
        Address,
        "party_id",
        _address,
        N_("Not put back: {name} has that address again already. Nothing was changed."),
        _main_address,
        _whose,
    ),
    _Once(
        Consent,
        "party_id",
        _consent,
        N_("Not put back: {name} gave that consent again meanwhile. Nothing was changed."),
    ),
    _Once(
        PartyRelation,
        "organization_id",
        _relation,
        N_("Not put back: that contact of {name} was added again meanwhile. Nothing was changed."),
        _main_relation,
    ),
)


def keep_once(ctx: Context, done: list[Reversed]) -> None:
    """See the module."""
    for once in _EACH:
        back = [each for each in done if each.table == once.table]
        if back:
            _keep(ctx, once, back)
            _step_up(ctx, once, back)


def _keep(ctx: Context, once: _Once, back: Sequence[Reversed]) -> None:
    came = ctx.rows.read(once.table, [each.row_id for each in back if each.op != "insert"])
    before: dict[int, Row | None] = {}
    for each in back:  # of several changes of one row the first that is put back tells what it was until now
        before.setdefault(each.row_id, each.row)
    fresh, mains = (
        {i for i, row in came.items() if key(row) is not None and _says(key, before[i]) != key(row)}
        for key in (once.same, once.main)
    )
    if not fresh and not mains:
        return
    there = _beside(ctx, once, {came[i][once.whose] for i in fresh | mains})
    held = {once.same(row) for row in there if row["id"] not in fresh}
    for row in map(came.__getitem__, sorted(fresh)):
        if once.same(row) in held:
            raise refuse(once.why, name=ctx.row(Party, row[once.whose], "person")["name"])
    chosen = {once.main(row) for row in there if row["id"] not in mains}
    back_again = [i for i in mains if once.main(came[i]) in chosen]
    ctx.rows.update_many(once.table, {i: {"is_primary": False} for i in back_again})


def _step_up(ctx: Context, once: _Once, back: Sequence[Reversed]) -> None:
    """Where the undo leaves some and none is the main one, the first of them is it."""
    if once.of is None:
        return
    whose = {each.row[once.whose] for each in back if each.row is not None}
    whose |= {row[once.whose] for row in ctx.rows.read(once.table, [each.row_id for each in back]).values()}
    there = sorted(_beside(ctx, once, whose), key=lambda row: (row.get("opted_out", 0), row["id"]))
    mains = {once.main(row) for row in there}
    first: dict[Hashable, int] = {}
    for row in there:
        if once.of(row) not in mains:
            first.setdefault(once.of(row), row["id"])
    ctx.rows.update_many(once.table, {row_id: {"is_primary": True} for row_id in first.values()})


def _says(key: Key, row: Row | None) -> Hashable | None:
    return None if row is None else key(row)


def _beside(ctx: Context, once: _Once, whose: set[int]) -> list[Row]:
    sql = f'SELECT id FROM "{once.table}" WHERE "{once.whose}" IN (SELECT value FROM json_each(:ids))'
    rows = ctx.connection.execute(sql, {"ids": json.dumps(sorted(whose))}).fetchall()
    return list(ctx.rows.read(once.table, [row_id for (row_id,) in rows]).values())


AFTER_UNDO = (keep_once,)
