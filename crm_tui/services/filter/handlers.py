"""How views are saved, changed and deleted."""

from __future__ import annotations

import json
from typing import Any

from crm_tui.domain.access import SET_UP
from crm_tui.domain.events.filter import FilterDeleted, FilterEdited, FilterSaved
from crm_tui.domain.filter import Filter, FilterError, from_json, read, to_json, write
from crm_tui.domain.filter_errors import MOST_CHARACTERS
from crm_tui.domain.filter_tree import Place
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.text import fold
from crm_tui.i18n import N_
from crm_tui.services.core import names
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made, Refused, no_such, refuse
from crm_tui.services.core.merge import check_version
from crm_tui.services.core.reading import Reading
from crm_tui.services.core.undo import Reversed
from crm_tui.services.filter.commands import DeleteFilter, EditFilter, SaveFilter
from crm_tui.services.filter.views import world
from crm_tui.store.queries import filter as queries
from crm_tui.store.rows import Row
from crm_tui.store.tables import SavedFilter, User


def _query(ctx: Context, place: Place, line: str, query: str, before: str = "") -> str:
    """The stored form of what was typed or handed over; refuses what is no filter of that list. Of a view whose line is
    typed anew columns and order stay as they were in `before`."""
    there = world(Reading(ctx.connection, ctx.viewer, ctx.now), place)
    if query:
        try:
            found = from_json(json.loads(query))
        except ValueError:
            raise refuse(
                N_("That is no stored filter: write the filter instead."),
                by=RefusedBy.INPUT,
                fields=("query",),
            ) from None
        if len(write(found, there)) > MOST_CHARACTERS:
            raise refuse(
                N_("The filter is too long (at most {most})."), fields=("line",), most=MOST_CHARACTERS
            )
    else:
        answer = read(line, there)
        if isinstance(answer, FilterError):
            raise Refused(Refusal(answer.message, RefusedBy.INPUT, ("line",)))
        found = answer.shown_as(_kept(before)) if before else answer
    if found.empty:
        raise refuse(
            N_("The filter is empty, so there is nothing to keep: filter the list first."),
            by=RefusedBy.INPUT,
            fields=("line",),
        )
    return _stored(found)


def _kept(query: str) -> Filter:
    try:
        return from_json(json.loads(query))
    except ValueError:  # of a newer program
        return Filter()


def _stored(found: Filter) -> str:
    return json.dumps(to_json(found), ensure_ascii=False, sort_keys=True)


def _team(ctx: Context, user_id: int) -> int:
    team_id = ctx.row(User, user_id, "user")["team_id"]
    if team_id is None:
        raise refuse(N_("You are in no team: save the view for yourself."), fields=("shared",))
    return int(team_id)


def _own(ctx: Context, user_id: int, place: str, but: int = 0) -> list[tuple[int, str, int | None]]:
    """Id, name and digit of the views that an operator has in a list."""
    rows = ctx.connection.execute(queries.OWN, {"me": user_id, "place": place}).fetchall()
    return [(row[0], row[1], row[4]) for row in rows if row[0] != but]


def _named_so(ctx: Context, user_id: int, place: str, name: str, but: int = 0) -> int | None:
    return next((i for i, other, _ in _own(ctx, user_id, place, but) if fold(other) == fold(name)), None)


def _give_up_digit(
    ctx: Context, user_id: int, place: str, digit: int | None, but: int, *, replace: bool
) -> None:
    """A digit opens one view of a list: another one of one's own loses it, knowingly."""
    for row_id, name, taken in _own(ctx, user_id, place, but):
        if digit is None or taken != digit:
            continue
        if not replace:
            raise refuse(
                N_("{digit} opens the view {name} already: choose another digit, or replace it."),
                fields=("shortcut", "replace"),
                digit=digit,
                name=name,
            )
        ctx.rows.update(SavedFilter, row_id, shortcut=None)


def _save(ctx: Context, command: SaveFilter) -> Made:
    me, name = ctx.viewer.user_id, names.required(command.name)
    query = _query(ctx, command.place, command.line, command.query)
    team_id = _team(ctx, me) if command.shared else None
    same = _named_so(ctx, me, command.place, name)
    if same is not None and not command.replace:
        raise refuse(
            N_("You have a view {name} here already: choose another name, or replace it."),
            fields=("name", "replace"),
            name=name,
        )
    _give_up_digit(ctx, me, command.place, command.shortcut, same or 0, replace=command.replace)
    columns: dict[str, Any] = {"name": name, "query": query, "team_id": team_id, "shortcut": command.shortcut}
    if same is None:
        row_id = ctx.rows.insert(SavedFilter, user_id=me, place=command.place, **columns)
        ctx.emit(FilterSaved(entity_id=row_id, name=name))
        return _made(row_id)
    if ctx.rows.update(SavedFilter, same, **columns) or ctx.rows.images:
        ctx.emit(FilterEdited(entity_id=same, name=name))
    return _made(same)


def _made(row_id: int) -> Made:
    return Made("saved_filter", row_id, f"view:{row_id}")


def _edit(ctx: Context, command: EditFilter) -> Made:
    view, given = ctx.row(SavedFilter, command.saved, "view"), command.model_fields_set
    columns: dict[str, Any] = {}
    if "name" in given:
        columns["name"] = names.required(command.name)
        if _named_so(ctx, view["user_id"], view["place"], columns["name"], command.saved) is not None:
            raise refuse(
                N_("There is a view {name} here already: choose another name."),
                fields=("name",),
                name=columns["name"],
            )
    if given & {"line", "query"}:
        columns["query"] = _query(ctx, Place(view["place"]), command.line, command.query, str(view["query"]))
    if "shared" in given:
        columns["team_id"] = (view["team_id"] or _team(ctx, view["user_id"])) if command.shared else None
    if "shortcut" in given:
        columns["shortcut"] = command.shortcut
    check_version(ctx, SavedFilter, command.saved, command.version, columns)
    if "shortcut" in given:
        of = (view["user_id"], view["place"], command.shortcut)
        _give_up_digit(ctx, *of, command.saved, replace=command.replace)
    if ctx.rows.update(SavedFilter, command.saved, **columns) or ctx.rows.images:
        ctx.emit(FilterEdited(entity_id=command.saved, name=str(columns.get("name", view["name"]))))
    return _made(command.saved)


def _delete(ctx: Context, command: DeleteFilter) -> Made:
    view = ctx.row(SavedFilter, command.saved, "view")
    ctx.rows.delete(SavedFilter, command.saved)
    ctx.emit(FilterDeleted(entity_id=command.saved, name=view["name"]))
    return _made(command.saved)


def _author(ctx: Context, command: EditFilter | DeleteFilter) -> int | None:
    """Whose it is; a shared one is also of whoever manages boards. Another's own is as good as not there."""
    view: Row = ctx.row(SavedFilter, command.saved, "view")
    if view["user_id"] == ctx.viewer.user_id:
        return ctx.viewer.user_id
    if view["team_id"] is None:
        raise Refused(no_such("view", command.saved, ("saved",)))
    return ctx.viewer.user_id if ctx.viewer.owners(SET_UP) is None else int(view["user_id"])


def keep_digits(ctx: Context, done: list[Reversed]) -> None:
    """A view that an undo puts back opens by no digit that opens another by now."""
    back = [each.row_id for each in done if each.table == SavedFilter and each.op != "insert"]
    for view in ctx.rows.read(SavedFilter, back).values():
        taken = [digit for _, _, digit in _own(ctx, view["user_id"], view["place"], view["id"])]
        if view["shortcut"] is not None and view["shortcut"] in taken:
            ctx.rows.update(SavedFilter, view["id"], shortcut=None)


AFTER_UNDO = (keep_digits,)
HANDLERS: dict[type[Command], Handler[Any]] = {
    SaveFilter: Handler(_save),
    EditFilter: Handler(_edit, owner=_author),
    DeleteFilter: Handler(_delete, owner=_author),
}
