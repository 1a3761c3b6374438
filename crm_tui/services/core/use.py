"""A row of a register goes out of use and comes back: records keep it, pickers no longer offer it. (M49, M67, E10, B65)

One way for channels, loss reasons, forms and offers; each has its own sentences and events.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from crm_tui.domain.happened import Happened
from crm_tui.domain.outcome import Refusal
from crm_tui.i18n import Text
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made
from crm_tui.store.rows import Row
from crm_tui.store.shapes import Table


@dataclass(frozen=True, slots=True)
class Using:
    """How the rows of one register, by `name` and `active`, are put in and out of use.

    `entity` is what such a row is called in REFs, and the field of both commands that names it.
    """

    table: Table
    entity: str

    def ends(
        self,
        event: type[Happened],
        already: str,
        also: Callable[[Context, Row], Refusal | None] = lambda _ctx, _row: None,
        beside: Callable[[Context], Mapping[str, Any]] = lambda _ctx: {},
    ) -> Handler[Any]:
        """Takes a row out of use: `already` (a message id) is said of one that is; `also` is what else keeps it in use,
        `beside` the columns that change with it."""
        return self._turns(event, already, also, beside, to=False)

    def begins(
        self,
        event: type[Happened],
        already: str,
        beside: Callable[[Context], Mapping[str, Any]] = lambda _ctx: {},
    ) -> Handler[Any]:
        """Puts a row back in use; the same words."""
        return self._turns(event, already, lambda _ctx, _row: None, beside, to=True)

    def _turns(
        self,
        event: type[Happened],
        already: str,
        also: Callable[[Context, Row], Refusal | None],
        beside: Callable[[Context], Mapping[str, Any]],
        *,
        to: bool,
    ) -> Handler[Any]:
        def row_of(ctx: Context, command: Command) -> Row:
            return ctx.row(self.table, getattr(command, self.entity), self.entity)

        def ready(ctx: Context, command: Command) -> Refusal | None:
            row = row_of(ctx, command)
            return Refusal(Text(already)) if bool(row["active"]) is to else also(ctx, row)

        def handle(ctx: Context, command: Command) -> Made:
            row = row_of(ctx, command)
            ctx.rows.update(self.table, row["id"], active=to, **beside(ctx))
            told: dict[str, Any] = {"entity_id": row["id"], "name": row["name"]}
            ctx.emit(event(**told))
            return Made(self.entity, row["id"], f"{self.entity}:{row['id']}")

        return Handler(handle, ready=ready)
