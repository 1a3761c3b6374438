"""How two records of one person become one. (X9; MODEL.md §4, Party)

Everything that points at the merged one is the other's from then on, whichever table holds it: the tables say
themselves what they point at, so that a new one cannot be forgotten. The merged row stays and leads to the other. All
of it is one batch and hangs under one event about the person that stays; cards behind a wall and private appointments
move with the rest, and nobody is told of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crm_tui.domain.events.once import PartyMerged
from crm_tui.domain.form_cycle import MARK, field_of
from crm_tui.domain.merging import FIELDS, ended, merged_values, proposed
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.party import ContactKind, same_place
from crm_tui.domain.reach import family
from crm_tui.i18n import Text
from crm_tui.services.core.context import Context, Made
from crm_tui.services.core.merge import check_seen
from crm_tui.services.once.commands import MergeParties
from crm_tui.store.queries import once as queries
from crm_tui.store.queries.party import MAIN_RELATION
from crm_tui.store.rows import Row
from crm_tui.store.shapes import Table, Undo, shape, shapes
from crm_tui.store.tables import Address, Consent, ContactPoint, NotSame, Party, PartyRelation


def check(ctx: Context, command: MergeParties) -> Refusal | None:
    """Two that are there, of one kind, and within reach: the door asks for the one that stays, this for the other."""
    party, other = ctx.row(Party, command.party, "person"), ctx.row(Party, command.merged, "person")
    if party["id"] == other["id"]:
        return Refusal(Text("That is one person already: choose another."), fields=("merged",))
    if party["kind"] != other["kind"]:
        return Refusal(
            Text("A person and an organisation are two things: neither goes into the other."),
            fields=("merged",),
        )
    for row in (party, other):
        if row["deleted_at"] is not None:
            return Refusal(
                Text("{name} was deleted: undo that first.", {"name": row["name"]}), RefusedBy.MISSING_RECORD
            )
    if not ctx.viewer.may(command.permission, other["owner_id"]):
        return Refusal(
            Text(
                "Your profile does not let you merge {name}: ask its owner or an administrator.",
                {"name": other["name"]},
            ),
            RefusedBy.PERMISSION,
            ("merged",),
        )
    own = {field_of(form, key) for form, key in ctx.connection.execute(queries.OWN_KEYS).fetchall()}
    unknown = sorted((set(command.take.split()) - own | set(command.both.split())) - FIELDS.keys())
    if unknown:
        return Refusal(
            Text("There is no field called {name}.", {"name": unknown[0]}), RefusedBy.INPUT, ("take", "both")
        )
    return None


def merge(ctx: Context, command: MergeParties) -> Made:
    """See the module."""
    for party_id, seen in ((command.party, command.version), (command.merged, command.merged_version)):
        check_seen(ctx, Party, party_id, seen)
    party, other = ctx.row(Party, command.party), ctx.row(Party, command.merged)
    take = set(command.take.split()) if "take" in command.model_fields_set else proposed(party, other)
    values = merged_values(party, other, take, set(command.both.split()))
    told = {"party": party["id"], "other": other["id"]}
    answers = ctx.connection.execute(queries.BOTH_ANSWERED, told).fetchall()
    _points(ctx, party["id"], other["id"])
    _relations(ctx, party["id"], other["id"])
    _addresses(ctx, party["id"], other["id"])
    _consents(ctx, party["id"], other["id"])
    _pairs(ctx, party["id"], other["id"])
    for table, column in pointing_at("party"):
        _move(ctx, table, column, party["id"], other["id"])
    for table in named_by_kind():
        _move_named(ctx, table, party["id"], other["id"])
    ctx.rows.update(Party, other["id"], merged_into_id=party["id"])
    if not ctx.rows.update(Party, party["id"], **values):
        ctx.rows.raise_version(Party, party["id"])  # what belongs to it is another
    ctx.emit(
        PartyMerged(
            entity_id=party["id"],
            party_id=party["id"],
            name=str(values.get("name", party["name"])),
            merged=other["name"],
            code=other["code"],
            merged_id=other["id"],
            answers=tuple((form, mine, theirs) for form, mine, theirs in answers),
            take=frozenset(name for name in take if name.startswith(MARK)),
        )
    )
    return Made("party", party["id"], party["code"])


def pointing_at(target: str) -> Iterator[tuple[Table, str]]:
    """Every column of business facts that holds the id of a row of this table."""
    for table, known in shapes().items():
        if known.undo is Undo.RESTORE:
            yield from ((table, column) for column, at in known.points_at.items() if at == target)


def named_by_kind() -> Iterator[Table]:
    """The tables of business facts whose rows belong to a record by its kind and id: files."""
    for table, known in shapes().items():
        if known.undo is Undo.RESTORE and {"entity", "entity_id"} <= set(known.columns):
            yield table


def _ids(ctx: Context, table: Table, column: str, party_id: int) -> list[int]:
    rows = ctx.connection.execute(f'SELECT id FROM "{table}" WHERE "{column}" = ? ORDER BY id', (party_id,))
    return [row_id for (row_id,) in rows.fetchall()]


def _move(ctx: Context, table: Table, column: str, to: int, gone: int) -> None:
    """All rows of one column; what is there already of the other, and must be there once, goes."""
    ids = _ids(ctx, table, column, gone)
    if column in shape(table).alone:
        rows = ctx.rows.read(table, ids)
        ids = [row_id for row_id in ids if not _is_there(ctx, table, rows[row_id] | {column: to}, row_id)]
        ctx.rows.delete_many(table, [row_id for row_id in rows if row_id not in set(ids)])
    ctx.rows.update_many(table, {row_id: {column: to} for row_id in ids})


def _is_there(ctx: Context, table: Table, row: Row, but: int) -> bool:
    columns = sorted(shape(table).alone)
    same = " AND ".join(f'"{column}" IS :{column}' for column in columns)
    asked = {column: row[column] for column in columns} | {"but": but}
    return ctx.one(f'SELECT 1 FROM "{table}" WHERE id <> :but AND {same}', **asked) is not None


def _move_named(ctx: Context, table: Table, to: int, gone: int) -> None:
    rows = ctx.connection.execute(
        f"SELECT id FROM \"{table}\" WHERE entity = 'party' AND entity_id = ? ORDER BY id", (gone,)
    ).fetchall()
    ctx.rows.update_many(table, {row_id: {"entity_id": to} for (row_id,) in rows})


def _rows(ctx: Context, table: Table, column: str, party_id: int) -> list[Row]:
    return list(ctx.rows.read(table, _ids(ctx, table, column, party_id)).values())


def _points(ctx: Context, to: int, gone: int) -> None:
    """A number that both have stands once, by what either knew of it: not wished, on WhatsApp; the first of each family
    stays the first."""
    held = {row["normalized"]: row for row in _rows(ctx, ContactPoint, "party_id", to)}
    first = {family(row["kind"]) for row in held.values() if row["is_primary"]}
    for row in _rows(ctx, ContactPoint, "party_id", gone):
        same = held.get(row["normalized"])
        if same is not None:
            known: dict[str, Any] = {"opted_out": True} if row["opted_out"] else {}
            if row["kind"] == ContactKind.WHATSAPP:
                known["kind"] = row["kind"]
            ctx.rows.update(ContactPoint, same["id"], **known)
            _instead(ctx, ContactPoint, same["id"], row["id"])
        elif row["is_primary"] and family(row["kind"]) in first:
            ctx.rows.update(ContactPoint, row["id"], is_primary=False)


def _relations(ctx: Context, to: int, gone: int) -> None:
    """Who works at one place by both records works there once; the main contact of the organisation that stays, or of
    the one where both work, stays the main one."""
    for organization in {
        to,
        *(row["organization_id"] for row in _rows(ctx, PartyRelation, "person_id", gone)),
    }:
        _keep_main(ctx, organization)
    for mine, theirs in (("person_id", "organization_id"), ("organization_id", "person_id")):
        held = {row[theirs]: row for row in _rows(ctx, PartyRelation, mine, to) if row["ended_on"] is None}
        for row in _rows(ctx, PartyRelation, mine, gone):
            same = held.get(row[theirs]) if row["ended_on"] is None else None
            if row[theirs] == to:
                ctx.rows.delete(PartyRelation, row["id"])
            elif same is not None:
                if row["role"] and not same["role"]:
                    ctx.rows.update(PartyRelation, same["id"], role=row["role"])
                if row["is_primary"] and mine == "person_id":
                    ctx.rows.update(PartyRelation, same["id"], is_primary=True)
                _instead(ctx, PartyRelation, same["id"], row["id"])
            elif held and row["is_primary"] and mine == "organization_id":
                ctx.rows.update(PartyRelation, row["id"], is_primary=False)


def _keep_main(ctx: Context, organization: int) -> None:
    """Whoever is the main contact by having been there longest is it by choice, and alone, before anything moves."""
    (main,) = ctx.one(MAIN_RELATION, id=organization) or (None,)
    if main is not None:
        running = _rows(ctx, PartyRelation, "organization_id", organization)
        ctx.rows.update_many(PartyRelation, {row["id"]: {"is_primary": row["id"] == main} for row in running})


def _addresses(ctx: Context, to: int, gone: int) -> None:
    """Both stay, one that both have once; the first one stays the first."""
    held = _rows(ctx, Address, "party_id", to)
    chosen = any(row["is_primary"] for row in held)
    for row in _rows(ctx, Address, "party_id", gone):
        same = next((each for each in held if same_place(each, row)), None)
        if same is not None:
            _instead(ctx, Address, same["id"], row["id"])
            continue
        held.append(row)
        if chosen and row["is_primary"]:
            ctx.rows.update(Address, row["id"], is_primary=False)


def _consents(ctx: Context, to: int, gone: int) -> None:
    """What is in force by both is in force once, since the earlier day, so that one withdrawal ends it; what was
    withdrawn at one ended at the other, too."""
    mine, theirs = (_rows(ctx, Consent, "party_id", party_id) for party_id in (to, gone))
    ends = ended((*mine, *theirs))
    ctx.rows.update_many(Consent, {row_id: {"revoked_at": at} for row_id, at in ends.items()})
    running = [
        {
            (row["purpose"], row["basis"]): row
            for row in rows
            if row["revoked_at"] is None and row["id"] not in ends
        }
        for rows in (mine, theirs)
    ]
    for what, row in running[1].items():
        same = running[0].get(what)
        if same is not None:
            stays, goes = sorted((same, row), key=lambda each: each["granted_at"])
            _instead(ctx, Consent, stays["id"], goes["id"])


def _pairs(ctx: Context, to: int, gone: int) -> None:
    """Of whom either was told apart, both are; that these two were is said no more."""
    for column, beside in (("one_id", "other_id"), ("other_id", "one_id")):
        for row in _rows(ctx, NotSame, column, gone):
            ctx.rows.delete(NotSame, row["id"])
            if row[beside] == to:
                continue
            one, other = sorted((to, row[beside]))
            told = {
                "one_id": one,
                "other_id": other,
                "said_by_id": row["said_by_id"],
                "said_at": row["said_at"],
            }
            if not _is_there(ctx, NotSame, told, 0):
                ctx.rows.insert(NotSame, **told)


def _instead(ctx: Context, table: Table, stays: int, goes: int) -> None:
    """One row for two: what points at the one that goes points at the other."""
    for child, column in pointing_at(table):
        ids = _ids(ctx, child, column, goes)
        ctx.rows.update_many(child, {row_id: {column: stays} for row_id in ids})
    ctx.rows.delete(table, goes)
