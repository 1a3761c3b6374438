"""Which actions of a screen would be refused whatever their form said, and why: the door decides, this asks it.

The palette says the reason, the footer draws the key muted, and a form does not open only to refuse at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from crm_tui.domain.fields import chosen_id
from crm_tui.ui.sentences import told

if TYPE_CHECKING:
    from crm_tui.domain.outcome import Refusal
    from crm_tui.screens.core.base import CrmScreen
    from crm_tui.screens.core.shell import Shell
    from crm_tui.services.core.commands import Command


def begun(command: type[Command], known: Mapping[str, int]) -> Command | None:
    """The command about the record that is known; None if it is about another kind of record."""
    fields = command.model_fields
    given = {name: value for name, value in known.items() if name in fields}
    hidden = (name for name, field in fields.items() if field.is_required() and _is_hidden(field))
    return command.begun(**given) if all(name in given for name in hidden) else None


def _is_hidden(field: Any) -> bool:
    extra = field.json_schema_extra
    return isinstance(extra, dict) and extra.get("widget") == "hidden"


def refusal(shell: Shell, command: str, known: Mapping[str, int]) -> Refusal | None:
    """Why a command about these records would be refused; None if nothing is known against it."""
    wish = begun(shell.command(command), known)
    crm = shell.crm
    return told(crm.hindrance(wish), crm.clock(), crm.viewer.zone) if wish is not None else None


def hindrance(screen: CrmScreen[Any], action_id: str) -> Refusal | None:
    """Why this action would be refused on the record under the cursor; None if nothing is known against it."""
    for name in screen.asks(action_id).split():
        wish = begun(screen.shell.command(name), screen.record_ids())
        if wish is not None:
            return told(screen.crm.hindrance(wish), screen.now, screen.zone)
    return None


def barred(screen: CrmScreen[Any], action_ids: Iterable[str]) -> frozenset[str]:
    """Those of the actions that would be refused; none while commands are still being loaded."""
    if not screen.shell.warm:
        return frozenset()
    return frozenset(i for i in action_ids if hindrance(screen, i) is not None)


def ids(raw: Mapping[str, str]) -> dict[str, int]:
    """The records that raw texts of a form name: `{"card": "#12", "version": "3"}` is `{"card": 12}`."""
    named = {name: chosen_id(text) for name, text in raw.items()}
    return {name: row for name, row in named.items() if row is not None}
