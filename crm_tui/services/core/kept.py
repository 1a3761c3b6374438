"""The rows of a register that only have columns and an order: added, changed, ordered, and taken out of use or removed.

One way for actions, results, details, mediums, campaigns, their actions and their rules; each has its own commands,
sentences and events. What a change must not do is its `rule`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from crm_tui.domain.happened import Happened
from crm_tui.domain.outcome import Refusal
from crm_tui.domain.text import fold, one_line
from crm_tui.i18n import N_
from crm_tui.services.core import names
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made, refuse
from crm_tui.services.core.merge import check_version
from crm_tui.services.core.order import reordered
from crm_tui.store.rows import Row
from crm_tui.store.shapes import Table, shape

Rule = Callable[[Context, Row], Refusal | None]
"""Whether a row may become so: the columns as they would be."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How the rows of one register are kept. `columns` are the columns by the commands' fields; `fixed` those that only
    the new row's command names; `within` is the column of what it belongs to, among whose rows it has name and place.

    `told` is what its events call it, `only_one` a column that is true of one of its siblings at most, `words` are
    columns of free text, of which an empty one is none.
    """

    table: Table
    entity: str
    columns: Mapping[str, str]
    fixed: Mapping[str, str] = field(default_factory=dict)
    within: str = ""
    named: bool = True
    only_one: str = ""
    words: frozenset[str] = frozenset()
    told: Callable[[Context, Row], str] = lambda _ctx, row: str(row["name"])
    rule: Rule = lambda _ctx, _row: None

    def adds(self, event: type[Happened]) -> Handler[Any]:
        """Makes a row, at the end of its siblings."""

        def columns(ctx: Context, command: Command) -> dict[str, Any]:
            return self._columns(command, {**self.fixed, **self.columns}, set(type(command).model_fields))

        def check(ctx: Context, command: Command) -> Refusal | None:
            wanted = columns(ctx, command)
            self._exist(ctx, command)
            self._named(ctx, command, wanted, 0)
            return self.rule(ctx, {"id": 0, **wanted})

        def handle(ctx: Context, command: Command) -> Made:
            wanted = columns(ctx, command)
            self._named(ctx, command, wanted, 0)
            row_id = ctx.rows.insert(self.table, position=ctx.rows.next_id(self.table), **wanted)
            return self._done(ctx, event, row_id)

        return Handler(handle, check=check)

    def edits(self, event: type[Happened]) -> Handler[Any]:
        """Changes what was said of a row; the rest stays."""

        def columns(ctx: Context, command: Command) -> dict[str, Any]:
            return self._columns(command, self.columns, command.model_fields_set)

        def check(ctx: Context, command: Command) -> Refusal | None:
            row = self._row(ctx, command)
            self._exist(ctx, command)
            return self.rule(ctx, row | columns(ctx, command))

        def handle(ctx: Context, command: Command) -> Made:
            row, wanted = self._row(ctx, command), columns(ctx, command)
            if self.named and "name" in wanted:
                self._named(ctx, command, wanted, row["id"], row)
            fields = {column: name for name, column in self.columns.items()}
            version = getattr(command, "version", None)
            check_version(ctx, self.table, row["id"], version, wanted, fields)
            if not ctx.rows.update(self.table, row["id"], **wanted):
                return self._made(row["id"])
            return self._done(ctx, event, row["id"])

        return Handler(handle, check=check)

    def moves(self, event: type[Happened]) -> Handler[Any]:
        """Puts a row some places further among its siblings."""

        def handle(ctx: Context, command: Any) -> Made:
            row = self._row(ctx, command)
            if reordered(ctx, self.table, self._siblings(ctx, row), row["id"], command.step):
                ctx.emit(self._event(ctx, event, row))
            return self._made(row["id"])

        return Handler(handle)

    def removes(self, event: type[Happened], rule: Rule = lambda _ctx, _row: None) -> Handler[Any]:
        """Takes a row away, where `rule` lets it go."""

        def check(ctx: Context, command: Command) -> Refusal | None:
            return rule(ctx, self._row(ctx, command))

        def handle(ctx: Context, command: Command) -> Made:
            row = self._row(ctx, command)
            happened = self._event(ctx, event, row)
            ctx.rows.delete(self.table, row["id"])
            ctx.emit(happened)
            return self._made(row["id"])

        return Handler(handle, check=check)

    def _row(self, ctx: Context, command: Command) -> Row:
        return ctx.row(self.table, getattr(command, self.entity), self.entity)

    def _columns(self, command: Command, columns: Mapping[str, str], given: set[str]) -> dict[str, Any]:
        found = {column: getattr(command, name) for name, column in columns.items() if name in given}
        return found | {column: one_line(found[column]) or None for column in self.words & found.keys()}

    def _exist(self, ctx: Context, command: Command) -> None:
        """What a row names must be there."""
        targets = shape(self.table).points_at
        for name, column in {**self.fixed, **self.columns}.items():
            value = getattr(command, name, None)
            target = targets.get(column)
            if value is None or target is None:
                continue
            if ctx.one(f'SELECT 1 FROM "{target}" WHERE id = :id', id=value) is None:
                raise refuse(N_("A record that this one needs is gone: choose another."), fields=(name,))

    def _named(
        self, ctx: Context, command: Any, wanted: dict[str, Any], but: int, row: Row | None = None
    ) -> None:
        """Its name, free among its siblings."""
        if not self.named:
            return
        if not self.within:
            wanted["name"] = names.free(ctx, self.table, command.name, but=but)
            return
        clean = names.required(command.name)
        parent = (row or wanted)[self.within]
        text = f'SELECT name FROM "{shape(self.table).name}" WHERE id <> :but AND {self.within} = :parent'
        for (other,) in ctx.connection.execute(text, {"but": but, "parent": parent}).fetchall():
            if fold(other) == fold(clean):
                raise refuse(
                    N_("“{name}” is the name of another already: choose another name."),
                    fields=("name",),
                    name=other,
                )
        wanted["name"] = clean

    def _siblings(self, ctx: Context, row: Row) -> list[int]:
        among = f"{self.within} = :parent" if self.within else "1"
        text = f'SELECT id FROM "{shape(self.table).name}" WHERE {among} ORDER BY position, id'
        parent = row[self.within] if self.within else None
        return [row_id for (row_id,) in ctx.connection.execute(text, {"parent": parent}).fetchall()]

    def _event(self, ctx: Context, event: type[Happened], row: Row) -> Happened:
        told: dict[str, Any] = {"entity_id": row["id"], "name": self.told(ctx, row)}
        return event(**told)

    def _done(self, ctx: Context, event: type[Happened], row_id: int) -> Made:
        row = ctx.row(self.table, row_id)
        if self.only_one and row[self.only_one]:
            for other in self._siblings(ctx, row):
                if other != row_id:
                    ctx.rows.update(self.table, other, **{self.only_one: False})
        ctx.emit(self._event(ctx, event, row))
        return self._made(row_id)

    def _made(self, row_id: int) -> Made:
        return Made(self.entity, row_id, f"{self.entity}:{row_id}")
