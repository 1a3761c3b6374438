"""How teams are set up: one tree without a circle, led by whom, and out of use once nobody is in them. (B49)"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from crm_tui.domain.events.access import TeamAdded, TeamDeactivated, TeamEdited, TeamReactivated
from crm_tui.domain.outcome import Refusal
from crm_tui.i18n import N_, Text, text_n
from crm_tui.services.access.commands import AddTeam, DeactivateTeam, EditTeam, ReactivateTeam
from crm_tui.services.core import names
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made, refuse
from crm_tui.services.core.merge import check_version
from crm_tui.services.core.undo import AfterUndo, Reversed
from crm_tui.services.core.use import Using
from crm_tui.store.rows import Row
from crm_tui.store.tables import Team, User, WorkCalendar

_BELOW = """
WITH RECURSIVE below(id) AS (SELECT :team_id UNION SELECT t.id FROM team t JOIN below b ON t.parent_id = b.id)
SELECT 1 FROM below WHERE id = :parent_id
"""
_IN_IT = 'SELECT count(*) FROM "user" WHERE team_id = :team_id AND active = 1'
_UNDER_IT = "SELECT name FROM team WHERE parent_id = :team_id AND active = 1 ORDER BY name LIMIT 1"


def _made(team_id: int) -> Made:
    return Made("team", team_id, f"team:{team_id}")


def _add(ctx: Context, command: AddTeam) -> Made:
    name = names.free(ctx, Team, command.name)
    _there(ctx, command.parent, command.manager)
    team_id = ctx.rows.insert(
        Team,
        name=name,
        kind=command.kind,
        parent_id=command.parent,
        manager_id=command.manager,
        calendar_id=calendar(ctx, command.calendar),
    )
    ctx.emit(TeamAdded(entity_id=team_id, name=name))
    return _made(team_id)


def _there(ctx: Context, parent: int | None, manager: int | None) -> None:
    if parent is not None:
        ctx.row(Team, parent, "team")
    if manager is not None:
        ctx.row(User, manager, "user")


def calendar(ctx: Context, calendar_id: int | None) -> int | None:
    """A working calendar that a team or an operator may be given: one in use, or none."""
    if calendar_id is not None and not ctx.row(WorkCalendar, calendar_id, "calendar")["active"]:
        raise refuse(N_("This calendar is out of use: choose another."), fields=("calendar",))
    return calendar_id


def _edit(ctx: Context, command: EditTeam) -> Made:
    team, given = ctx.row(Team, command.team, "team"), command.model_fields_set
    columns: dict[str, Any] = {}
    if "name" in given:
        columns["name"] = names.free(ctx, Team, command.name, but=command.team)
    if "kind" in given:
        columns["kind"] = command.kind
    if "parent" in given:
        columns["parent_id"] = command.parent
    if "manager" in given:
        columns["manager_id"] = command.manager
    if "calendar" in given:
        columns["calendar_id"] = calendar(ctx, command.calendar)
    _there(ctx, columns.get("parent_id"), columns.get("manager_id"))
    if command.parent is not None and ctx.one(_BELOW, team_id=command.team, parent_id=command.parent):
        raise refuse(
            N_("A team is not part of itself, nor of one below it: choose another."), fields=("parent",)
        )
    fields = {"parent_id": "parent", "manager_id": "manager", "calendar_id": "calendar"}
    check_version(ctx, Team, command.team, command.version, columns, fields)
    if ctx.rows.update(Team, command.team, **columns):
        ctx.emit(TeamEdited(entity_id=command.team, name=str(columns.get("name", team["name"]))))
    return _made(command.team)


def _holds_somebody(ctx: Context, team: Row) -> Refusal | None:
    """Who is in it would belong nowhere, and teams below it would hang in the air."""
    (people,) = ctx.one(_IN_IT, team_id=team["id"]) or (0,)
    if people:
        reason = text_n(
            "{n} person is in this team: give another one under Users first.",
            "{n} people are in this team: give them another one under Users first.",
            people,
        )
        return Refusal(reason)
    under = ctx.one(_UNDER_IT, team_id=team["id"])
    if under is not None:
        return Refusal(Text("{name} is part of this team: change that first.", {"name": under[0]}))
    return None


def keep_a_tree(ctx: Context, done: list[Reversed]) -> None:
    """An undo hangs no team below itself, for others may have been moved under it since. (M111)"""
    for team in ctx.rows.read(Team, {each.row_id for each in done if each.table == "team"}).values():
        below = {"team_id": team["id"], "parent_id": team["parent_id"]}
        if team["parent_id"] is not None and ctx.one(_BELOW, **below):
            raise refuse(
                N_("{name} would be part of itself: change the team above it instead."), name=team["name"]
            )


_USE = Using(Team, "team")


def _of_nobody(handler: Handler[Any]) -> Handler[Any]:
    return replace(handler, owner=lambda _ctx, _command: None)


AFTER_UNDO: tuple[AfterUndo, ...] = (keep_a_tree,)
HANDLERS: dict[type[Command], Handler[Any]] = {
    AddTeam: _of_nobody(Handler(_add)),
    EditTeam: _of_nobody(Handler(_edit)),
    DeactivateTeam: _of_nobody(
        _USE.ends(TeamDeactivated, N_("This team is out of use already."), also=_holds_somebody)
    ),
    ReactivateTeam: _of_nobody(_USE.begins(TeamReactivated, N_("This team is in use already."))),
}
