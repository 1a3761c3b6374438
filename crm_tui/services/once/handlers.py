"""How the rules of duplicates are kept, two people merged, and two told apart."""

from __future__ import annotations

from typing import Any

from crm_tui.domain.events.once import (
    DuplicateRuleAdded,
    DuplicateRuleDeactivated,
    DuplicateRuleEdited,
    DuplicateRuleReactivated,
)
from crm_tui.domain.once import Asked
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.i18n import N_, Text
from crm_tui.services.core import owners
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler
from crm_tui.services.core.kept import Kept
from crm_tui.services.core.use import Using
from crm_tui.services.once import apart, merging, stands
from crm_tui.services.once.commands import (
    AddDuplicateRule,
    DeactivateDuplicateRule,
    EditDuplicateRule,
    MergeParties,
    MoveDuplicateRule,
    ReactivateDuplicateRule,
    TellApart,
)
from crm_tui.store.rows import Row
from crm_tui.store.tables import DuplicateRule

_SIGNS = ("by_document", "by_email", "by_phone", "by_name")
_COLUMNS = {name: name for name in ("name", "asked", *_SIGNS, "action", "window_days")} | {
    "board": "board_id"
}


def _says_something(_ctx: Context, row: Row) -> Refusal | None:
    """A rule without a sign would never hold, one of people has neither board nor days."""
    if not any(row[sign] for sign in _SIGNS):
        return Refusal(Text("By which sign? Choose one at least."), RefusedBy.INPUT, _SIGNS)
    if row["asked"] == Asked.PARTY and (row["board_id"] is not None or row["window_days"] is not None):
        return Refusal(
            Text("Board and days back are asked of cards alone: leave them empty."),
            RefusedBy.INPUT,
            ("window_days", "board"),
        )
    return None


_KEPT = Kept(DuplicateRule, "duplicate_rule", _COLUMNS, rule=_says_something)
_USE = Using(DuplicateRule, "duplicate_rule")
AFTER_UNDO = stands.AFTER_UNDO
HANDLERS: dict[type[Command], Handler[Any]] = {
    AddDuplicateRule: _KEPT.adds(DuplicateRuleAdded),
    EditDuplicateRule: _KEPT.edits(DuplicateRuleEdited),
    MoveDuplicateRule: _KEPT.moves(DuplicateRuleEdited),
    DeactivateDuplicateRule: _USE.ends(DuplicateRuleDeactivated, N_("This rule is out of use already.")),
    ReactivateDuplicateRule: _USE.begins(DuplicateRuleReactivated, N_("This rule is in use already.")),
    MergeParties: Handler(merging.merge, owner=owners.party, check=merging.check),
    TellApart: Handler(apart.tell, owner=owners.party, check=apart.check),
}
