"""How holidays of cities are kept, which no library knows; calendars of the city have them at once. (X20)"""

from __future__ import annotations

from typing import Any

from crm_tui.domain.calendar import read_day, read_state
from crm_tui.domain.events import calendar as events
from crm_tui.domain.happened import Happened
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.text import fold, one_line
from crm_tui.i18n import N_, Text
from crm_tui.services.calendar import holidays
from crm_tui.services.calendar.commands import (
    AddLocalHoliday,
    DeactivateLocalHoliday,
    EditLocalHoliday,
    ReactivateLocalHoliday,
)
from crm_tui.services.core import names
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made, Refused, refuse
from crm_tui.services.core.merge import check_version
from crm_tui.store.queries import calendar as queries
from crm_tui.store.tables import LocalHoliday

_FIELDS = {"title": "name"}


def _columns(command: AddLocalHoliday | EditLocalHoliday) -> dict[str, Any]:
    """What was given, as columns."""
    given = command.model_fields_set
    found: dict[str, Any] = {}
    if "state" in given:
        state = read_state(command.state)
        if isinstance(state, Refusal):
            raise Refused(state)
        if not state:
            raise refuse(N_("Say the state: its two letters, SP."), by=RefusedBy.INPUT, fields=("state",))
        found["state"] = state
    if "city" in given:
        found["city"] = one_line(command.city)
        if not found["city"]:
            raise refuse(N_("Say which city has this holiday."), by=RefusedBy.INPUT, fields=("city",))
    if "day" in given:
        found["day"] = read_day(command.day)
        if found["day"] is None:
            raise refuse(
                N_("“{day}” is no day: write 20/01 for every year, 01/03/2027 for one."),
                by=RefusedBy.INPUT,
                fields=("day",),
                day=command.day,
            )
    if "name" in given:
        found["title"] = names.required(command.name)
    return found


def _once(ctx: Context, wanted: dict[str, Any], but: int) -> None:
    """A city has one holiday a day."""
    for row_id, city, day, title, _ in ctx.connection.execute(
        queries.OF_CITY, {"state": wanted["state"]}
    ).fetchall():
        if row_id != but and day == wanted["day"] and fold(city) == fold(wanted["city"]):
            raise refuse(
                N_("{city} has a holiday on that day already, {name}: edit that one."),
                fields=("day",),
                city=city,
                name=title,
            )


def _made(ctx: Context, event: type[Happened], row_id: int) -> Made:
    row = ctx.row(LocalHoliday, row_id, "local_holiday")
    told: dict[str, Any] = {"entity_id": row_id, "name": row["title"], "city": row["city"]}
    ctx.emit(event(**told))
    return Made("local_holiday", row_id, f"local_holiday:{row_id}")


def _add(ctx: Context, command: AddLocalHoliday) -> Made:
    wanted = _columns(command)
    _once(ctx, wanted, 0)
    row_id = ctx.rows.insert(LocalHoliday, **wanted)
    holidays.renew_city(ctx, (wanted["state"], wanted["city"]))
    return _made(ctx, events.LocalHolidayAdded, row_id)


def _edit(ctx: Context, command: EditLocalHoliday) -> Made:
    row = ctx.row(LocalHoliday, command.local_holiday, "local_holiday")
    wanted = _columns(command)
    check_version(ctx, LocalHoliday, row["id"], command.version, wanted, _FIELDS)
    _once(ctx, {**row, **wanted}, row["id"])
    if not ctx.rows.update(LocalHoliday, row["id"], **wanted):
        return Made("local_holiday", row["id"], f"local_holiday:{row['id']}")
    now = {**row, **wanted}
    holidays.renew_city(ctx, (row["state"], row["city"]), (now["state"], now["city"]))
    return _made(ctx, events.LocalHolidayEdited, row["id"])


def _turns(event: type[Happened], already: str, *, to: bool) -> Handler[Any]:
    """In use or out of it; `already` is said of one that is so."""

    def ready(ctx: Context, command: Any) -> Refusal | None:
        row = ctx.row(LocalHoliday, command.local_holiday, "local_holiday")
        return Refusal(Text(already)) if bool(row["active"]) is to else None

    def handle(ctx: Context, command: Any) -> Made:
        row = ctx.row(LocalHoliday, command.local_holiday, "local_holiday")
        ctx.rows.update(LocalHoliday, row["id"], active=to)
        holidays.renew_city(ctx, (row["state"], row["city"]))
        return _made(ctx, event, row["id"])

    return Handler(handle, ready=ready)


HANDLERS: dict[type[Command], Handler[Any]] = {
    AddLocalHoliday: Handler(_add),
    EditLocalHoliday: Handler(_edit),
    DeactivateLocalHoliday: _turns(
        events.LocalHolidayDeactivated, N_("This holiday is out of use already."), to=False
    ),
    ReactivateLocalHoliday: _turns(
        events.LocalHolidayReactivated, N_("This holiday is in use already."), to=True
    ),
}
