"""How an export is written into the trail."""

from __future__ import annotations

from typing import Any

from crm_tui.domain.events.export import DataExported
from crm_tui.domain.export import NAMES
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made
from crm_tui.services.export.commands import NoteExport


def _note(ctx: Context, command: NoteExport) -> Made:
    me = ctx.viewer.user_id
    ctx.emit(
        DataExported(entity_id=me, records_word=NAMES[command.what], file=command.file, rows=command.rows),
        reason=command.filter or None,
    )
    return Made("user", me, ctx.viewer.login)


HANDLERS: dict[type[Command], Handler[Any]] = {NoteExport: Handler(_note)}
