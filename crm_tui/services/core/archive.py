"""The archive, at the door: what is done to a card, its steps, notes, tasks, items, files while it rests. (K30, K45)

One place for the rule (`domain.board.at_hand`), so that a new command keeps to it by naming what it is about; those
that are done to an archived card all the same say so themselves (`Command.in_archive`).
"""

from __future__ import annotations

from functools import cache
from typing import Final

from crm_tui.domain.board import at_hand
from crm_tui.domain.outcome import Refusal
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context
from crm_tui.services.core.refs import PICKED

_CARD: Final = {
    "card": "SELECT c.archived_at FROM card c WHERE c.id = :id",
    "activity": "SELECT c.archived_at FROM activity x JOIN card c ON c.id = x.card_id WHERE x.id = :id",
    "note": "SELECT c.archived_at FROM note x JOIN card c ON c.id = x.card_id WHERE x.id = :id",
    "task": "SELECT c.archived_at FROM checklist_item x JOIN card c ON c.id = x.card_id WHERE x.id = :id",
    "card_item": "SELECT c.archived_at FROM card_item x JOIN card c ON c.id = x.card_id WHERE x.id = :id",
    "attachment": """SELECT c.archived_at FROM attachment x JOIN card c ON c.id = x.entity_id
 WHERE x.id = :id AND x.entity = 'card'""",
}
"""The text that tells whether the card of a record lies in the archive, by the kind of record."""


@cache
def _naming(command: type[Command]) -> tuple[tuple[str, str], ...]:
    """The fields of a command that name a card or something of one, with the text that asks."""
    found = []
    for name, info in command.model_fields.items():
        extra = info.json_schema_extra
        sql = _CARD.get(PICKED.get(str(extra.get("pick")), "")) if isinstance(extra, dict) else None
        if sql is not None:
            found.append((name, sql))
    return tuple(found)


def resting(ctx: Context, command: Command) -> Refusal | None:
    """Why nothing of this kind is done to what a command names: its card is in the archive; None if it is not."""
    if command.in_archive:
        return None
    for name, sql in _naming(type(command)):
        value = getattr(command, name, None)
        for row_id in value if isinstance(value, tuple) else (value,):
            found = ctx.one(sql, id=row_id) if row_id is not None else None
            if found is not None and found[0] is not None:
                return at_hand(archived=True)
    return None
