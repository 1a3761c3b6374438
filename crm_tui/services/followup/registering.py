"""How kinds of action, results with their details, and mediums are kept. (B4, T39-T42)"""

from __future__ import annotations

from typing import Any

from crm_tui.domain.events import registers as events
from crm_tui.i18n import N_
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler
from crm_tui.services.core.kept import Kept
from crm_tui.services.core.use import Using
from crm_tui.services.followup import register_commands as c
from crm_tui.store.rows import Row
from crm_tui.store.tables import ActionType, ContactMedium, Result, ResultDetail


def _detail(ctx: Context, row: Row) -> str:
    return f"{ctx.row(Result, row['result_id'], 'result')['name']}: {row['name']}"


_ACTIONS = Kept(ActionType, "action", {"name": "name", "kind": "kind", "minutes": "default_minutes"})
_RESULTS = Kept(
    Result,
    "result",
    {
        **{name: name for name in ("name", "tone", "next_mode", "delay_days", "requires_detail")},
        "next_action": "next_action_id",
    },
)
_DETAILS = Kept(
    ResultDetail, "result_detail", {"name": "name"}, {"result": "result_id"}, within="result_id", told=_detail
)
_MEDIUMS = Kept(ContactMedium, "medium", {"name": "name"})
_USE = {kept.entity: Using(kept.table, kept.entity) for kept in (_ACTIONS, _RESULTS, _DETAILS, _MEDIUMS)}

HANDLERS: dict[type[Command], Handler[Any]] = {
    c.AddAction: _ACTIONS.adds(events.ActionAdded),
    c.EditAction: _ACTIONS.edits(events.ActionEdited),
    c.MoveAction: _ACTIONS.moves(events.ActionEdited),
    c.DeactivateAction: _USE["action"].ends(
        events.ActionDeactivated, N_("This action is out of use already.")
    ),
    c.ReactivateAction: _USE["action"].begins(events.ActionReactivated, N_("This action is in use already.")),
    c.AddResult: _RESULTS.adds(events.ResultAdded),
    c.EditResult: _RESULTS.edits(events.ResultEdited),
    c.MoveResult: _RESULTS.moves(events.ResultEdited),
    c.DeactivateResult: _USE["result"].ends(
        events.ResultDeactivated, N_("This result is out of use already.")
    ),
    c.ReactivateResult: _USE["result"].begins(events.ResultReactivated, N_("This result is in use already.")),
    c.AddResultDetail: _DETAILS.adds(events.ResultDetailAdded),
    c.EditResultDetail: _DETAILS.edits(events.ResultDetailEdited),
    c.MoveResultDetail: _DETAILS.moves(events.ResultDetailEdited),
    c.DeactivateResultDetail: _USE["result_detail"].ends(
        events.ResultDetailDeactivated, N_("This detail is out of use already.")
    ),
    c.ReactivateResultDetail: _USE["result_detail"].begins(
        events.ResultDetailReactivated, N_("This detail is in use already.")
    ),
    c.AddMedium: _MEDIUMS.adds(events.MediumAdded),
    c.EditMedium: _MEDIUMS.edits(events.MediumEdited),
    c.MoveMedium: _MEDIUMS.moves(events.MediumEdited),
    c.DeactivateMedium: _USE["medium"].ends(
        events.MediumDeactivated, N_("This medium is out of use already.")
    ),
    c.ReactivateMedium: _USE["medium"].begins(events.MediumReactivated, N_("This medium is in use already.")),
}
