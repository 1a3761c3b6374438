"""How appointments are moved, made longer and changed: one, those from here on, or all that are to come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from crm_tui.domain.activity import keep_hour
from crm_tui.domain.agenda import LONGEST
from crm_tui.domain.events.agenda import AppointmentEdited, AppointmentMoved, SeriesEdited
from crm_tui.domain.recurring import Reach, Repeat, rule_of
from crm_tui.domain.text import one_line
from crm_tui.i18n import N_
from crm_tui.services.agenda import booking, reaching
from crm_tui.services.agenda.booking import Placed, placed_of
from crm_tui.services.agenda.commands import EditAppointment, MoveAppointment
from crm_tui.services.agenda.making import begin_series, day_of
from crm_tui.services.agenda.series import NOTHING_LEFT, leaving_out, left_out
from crm_tui.services.core import aside, next_step, work
from crm_tui.services.core.context import Context, Made, refuse
from crm_tui.services.core.merge import check_version
from crm_tui.store.rows import Row
from crm_tui.store.tables import ActionType, Activity, ActivityAttendee, ActivitySeries, Party
from crm_tui.store.values import as_date, as_instant

_PLAIN = {
    "action": "action_type_id",
    "subject": "subject",
    "location": "location",
    "party": "party_id",
    "remind": "remind_minutes",
    "description": "description",
    "busy": "busy",
    "private": "private",
}
"""The fields of a change that are columns, and which."""
_MOVES = frozenset(("when", "until", "all_day", "last_on"))
_RULES = frozenset(("repeat", "rule", "repeat_until"))


def move(ctx: Context, command: MoveAppointment) -> Made:
    activity = reaching.planned(ctx, command.activity)
    before = placed_of(activity)
    after = _moved(ctx, activity, before, command.when, command.minutes)
    columns = after.columns()
    check_version(ctx, Activity, activity["id"], command.version, columns, dict.fromkeys(columns, "when"))
    rows = reaching.reached(ctx, activity, command.reach)
    _shift(ctx, activity, rows, (before, after), command.reach, anyway=command.anyway)
    due = after.start_at or after.due_on
    _tell(
        ctx, activity, rows, AppointmentMoved(**_about(activity), subject=activity["subject"], due=due), due
    )
    return Made("activity", activity["id"], f"activity:{activity['id']}")


def _about(activity: Row) -> dict[str, Any]:
    return {
        "entity_id": activity["id"],
        "card_id": activity["card_id"],
        "party_id": activity["party_id"],
    }


def _tell(ctx: Context, activity: Row, rows: Sequence[Row], one: Any, due: date | datetime) -> None:
    """One sentence for what was changed, and everything that follows from it."""
    if len(rows) == 1:
        ctx.emit(one)
    else:
        subject = str(ctx.row(Activity, activity["id"])["subject"])
        ctx.emit(SeriesEdited(**_about(activity), subject=subject, due=due, times=len(rows)))
    next_step.refresh(ctx, activity["card_id"], activity["id"])


def _moved(
    ctx: Context, activity: Row, before: Placed, when: date | datetime | None, minutes: int | None
) -> Placed:
    """When it is then: a day alone keeps the hour, and how long it takes stays unless that is said."""
    if when is not None:
        booking.within_reach(when, "when")
    zone = work.zone_of(ctx, activity["assignee_id"])
    lasts = timedelta(minutes=minutes) if minutes is not None else None
    if before.all_day and not isinstance(when, datetime):
        if minutes is not None:
            raise refuse(N_("It is for the whole day: say from what hour, too."), fields=("when",))
        first = when or before.due_on
        assert before.last_on is not None
        return Placed(first, last_on=first + (before.last_on - before.due_on))
    to = keep_hour(when, before.start_at, ctx.viewer.zone) if when is not None else before.start_at
    if to is None:
        raise refuse(
            N_("What has no hour is neither longer nor shorter: say when it begins."), fields=("when",)
        )
    if not isinstance(to, datetime):
        return Placed(to)
    if lasts is None and before.start_at is not None and before.end_at is not None:
        lasts = before.end_at - before.start_at
    to = to.astimezone(UTC)  # on the clock an hour added over its change is another hour
    action = ctx.row(ActionType, activity["action_type_id"], "action type")
    end = to + lasts if lasts is not None else work.usual_end(to, action)
    if end - to > LONGEST:
        raise refuse(N_("An appointment with hours lasts a week at most: mark it as all day."))
    return Placed(to.astimezone(zone).date(), to, end.astimezone(UTC))


def _shift(
    ctx: Context,
    activity: Row,
    rows: Sequence[Row],
    moved: tuple[Placed, Placed],
    reach: Reach,
    *,
    anyway: bool,
    more: Mapping[str, Any] | None = None,
    who: Sequence[int] = (),
    asks_until: bool = False,
) -> None:
    """Put the named one where it was moved to and every other that the change is for as far away, on the clock of the
    series."""
    before, after = moved
    zone = _clock_of(ctx, activity)
    if reach is not Reach.THIS and activity["series_id"] is not None and after.span(zone) is None:
        raise refuse(booking.NO_HOUR, fields=("when",))
    places = {
        row["id"]: after if row["id"] == activity["id"] else _as_far(placed_of(row), before, after, zone)
        for row in rows
    }
    if bool((more or {}).get("busy", activity["busy"])) and not anyway:
        asked = _whose_time(ctx, rows, places, more or {}, who)
        booking.all_free(ctx, asked, but=[*places], asks_until=asks_until)
    series_id = reaching.part_series(ctx, activity, reach, rows)
    due_zone = work.zone_of(ctx, (more or {}).get("assignee_id", activity["assignee_id"]))
    changed: dict[int, dict[str, Any]] = {}
    for row in rows:
        one = places[row["id"]]
        changed[row["id"]] = one.columns() | dict(more or {}) | {"sequence": row["sequence"] + 1}
        changed[row["id"]]["due_on"] = day_of(one, due_zone)
        internal = as_date(row["internal_on"])
        if internal is not None and internal > one.due_on:
            changed[row["id"]]["internal_on"] = None
        if row["series_id"] is not None and reach is not Reach.THIS:
            changed[row["id"]]["occurrence_on"] = _day_of(row, before, after, zone)
        elif row["series_id"] is not None:
            changed[row["id"]]["detached"] = True
        aside.end(ctx, row["card_id"], row["id"])
    if series_id is not None and reach is not Reach.THIS:
        _move_series(ctx, series_id, before, after, zone)
    ctx.rows.update_many(Activity, changed)


def _whose_time(
    ctx: Context,
    rows: Sequence[Row],
    places: Mapping[int, Placed],
    more: Mapping[str, Any],
    who: Sequence[int],
) -> dict[tuple[int, ...], list[Placed]]:
    """Whose time is looked at for which occurrences: where the hour changes that of everybody who takes part then, else
    of who is new alone; what was booked over knowingly is not asked again for another place. `who`: those who do, where
    that was said; an occurrence that was changed for itself may have others."""
    others = booking.attendees(ctx, [*places])
    found: dict[tuple[int, ...], list[Placed]] = {}
    for row in rows:
        known = [
            row["assignee_id"],
            *(each.user_id for each in others[row["id"]] if each.user_id is not None),
        ]
        then = dict.fromkeys((more.get("assignee_id", row["assignee_id"]), *(who or known[1:])))
        anew = placed_of(row) != places[row["id"]] or (more.get("busy") and not row["busy"])
        users = tuple(user for user in then if anew or user not in known)
        if users:
            found.setdefault(users, []).append(places[row["id"]])
    return found


def _clock_of(ctx: Context, activity: Row) -> ZoneInfo:
    """The clock on which it is moved: that of its series, which the later ones are made by, or its own."""
    series = booking.series_row(ctx, activity)
    return ZoneInfo(series["zone"] if series is not None else activity["zone"] or str(ctx.viewer.zone))


def _as_far(one: Placed, before: Placed, after: Placed, zone: ZoneInfo) -> Placed:
    """Another occurrence, moved by as many days and to the same hour, as long as the named one is then."""
    days = day_of(after, zone) - day_of(before, zone)
    if after.last_on is not None:
        first = day_of(one, zone) + days
        return Placed(first, last_on=first + (after.last_on - after.due_on))
    assert after.start_at is not None
    assert after.end_at is not None
    start = datetime.combine(day_of(one, zone) + days, after.start_at.astimezone(zone).time(), zone)
    start = start.astimezone(UTC)
    return Placed(start.astimezone(zone).date(), start, start + (after.end_at - after.start_at))


def _day_of(row: Row, before: Placed, after: Placed, zone: ZoneInfo) -> date:
    """Its day as an occurrence, moved with it; one that was changed for itself keeps its distance."""
    day = as_date(row["occurrence_on"])
    assert day is not None
    return day + (day_of(after, zone) - day_of(before, zone))


def _move_series(ctx: Context, series_id: int, before: Placed, after: Placed, zone: ZoneInfo) -> None:
    """What the clock makes later comes at the new hour. A rule that names weekdays or days of the month is moved with
    it by its first day alone, so it is refused: who moves every Tuesday to Wednesday changes the rule."""
    series = ctx.row(ActivitySeries, series_id)
    days = day_of(after, zone) - day_of(before, zone)
    if days and "BY" in series["rrule"]:
        raise refuse(
            N_("Its rule names the days on which it comes: change how it repeats instead."),
            fields=("repeat",),
        )
    first, until = as_date(series["first_on"]), as_date(series["made_until"])
    assert first is not None
    assert until is not None
    at = after.start_at.astimezone(ZoneInfo(series["zone"])).time() if after.start_at is not None else None
    ctx.rows.update(
        ActivitySeries,
        series_id,
        first_on=first + days,
        left_out=leaving_out(day + days for day in left_out(series["left_out"])),
        made_until=until if until == NOTHING_LEFT else until + days,  # or the last ones come twice, or never
        start_time=f"{at:%H:%M}" if at is not None else None,
    )


def edit(ctx: Context, command: EditAppointment) -> Made:
    activity = reaching.planned(ctx, command.activity)
    given = command.model_fields_set
    if given & _RULES and command.repeat is None:
        raise refuse(
            N_("Say how it repeats, too: its rule is made anew from this one on."), fields=("repeat",)
        )
    rows = reaching.reached(ctx, activity, command.reach)
    columns = _plain(ctx, command, activity)
    before = placed_of(activity)
    after = _placed(ctx, command, activity, before)
    check_version(
        ctx,
        Activity,
        activity["id"],
        command.version,
        columns | (after.columns() if after != before else {}),
        {column: field for field, column in _PLAIN.items()} | dict.fromkeys(after.columns(), "when"),
    )
    if given & _RULES and command.repeat is not None:
        rows = _other_rule(ctx, command, activity, after, columns)
    else:
        _shift(
            ctx,
            activity,
            rows,
            (before, after),
            command.reach,
            anyway=command.anyway,
            more=columns,
            who=command.who,
            asks_until=command.until is not None,
        )
    _take_part(ctx, command, activity, rows)
    subject = str(columns.get("subject", activity["subject"]))
    due = after.start_at or after.due_on
    _tell(ctx, activity, rows, AppointmentEdited(**_about(activity), subject=subject), due)
    return Made(
        "activity", activity["id"], f"activity:{activity['id']}", booking.next_day(ctx, after, command.until)
    )


def _plain(ctx: Context, command: EditAppointment, activity: Row) -> dict[str, Any]:
    given = command.model_fields_set
    columns: dict[str, Any] = {}
    for field, column in _PLAIN.items():
        if field not in given:
            continue
        value = getattr(command, field)
        if isinstance(value, str):
            value = value.strip() if field == "description" else one_line(value)
        if value is None and field in ("action", "busy", "private"):
            continue
        if field == "subject":
            value = value or activity["subject"]
        columns[column] = None if value == "" else value
    if columns.get("party_id") is not None:
        ctx.row(Party, columns["party_id"], "person")
    if columns.get("action_type_id") is not None:
        ctx.row(ActionType, columns["action_type_id"], "action type")
    if "who" in given and command.who and activity["assignee_id"] not in command.who:
        booking.may_take_part(ctx, command.who, activity["card_id"])
        columns["assignee_id"] = command.who[0]
    return columns


def _placed(ctx: Context, command: EditAppointment, activity: Row, before: Placed) -> Placed:
    """When it is then, of what was said of it."""
    given = command.model_fields_set & _MOVES
    if not given:
        return before
    all_day = before.all_day if command.all_day is None else command.all_day
    start = as_instant(activity["start_at"])
    when = command.when if command.when is not None else (start or before.due_on)
    if command.when is not None and not all_day:
        when = keep_hour(command.when, start, ctx.viewer.zone)
    lasts = (
        before.end_at - before.start_at if before.start_at is not None and before.end_at is not None else None
    )
    return booking.place(
        ctx,
        when,
        assignee_id=activity["assignee_id"],
        action=ctx.row(ActionType, activity["action_type_id"], "action type"),
        until=command.until,
        lasts=lasts,
        last_on=command.last_on,
        all_day=all_day,
    )


def _other_rule(
    ctx: Context, command: EditAppointment, activity: Row, after: Placed, columns: Mapping[str, Any]
) -> list[Row]:
    """Come again by another rule from this occurrence on: what was to come of the old one goes, what comes of the new
    one is made. The rows that there are then."""
    zone = ZoneInfo(activity["zone"] or str(ctx.viewer.zone))
    later = [row for row in reaching.reached(ctx, activity, Reach.FOLLOWING) if row["id"] != activity["id"]]
    series = booking.series_row(ctx, activity)
    if series is not None:
        day = as_date(activity["occurrence_on"])
        assert day is not None
        reaching.end_series(ctx, series, day - timedelta(days=1))
        _drop(ctx, later)
    assert command.repeat is not None
    rule = rule_of(command.repeat, command.rule, day_of(after, zone), command.repeat_until)
    never = command.repeat is Repeat.NEVER
    series_id, placed = (None, [after]) if never else begin_series(ctx, after, rule, zone)
    if columns.get("busy", activity["busy"]) and not command.anyway:
        gone = [activity["id"], *(row["id"] for row in later)]
        users = [*_whose_time(ctx, [activity], {activity["id"]: after}, columns, command.who)]
        asked = [*users[0]] if users else []
        if not never:  # the other days are new to everybody
            asked = [*dict.fromkeys((*asked, *(command.who or booking.everybody(ctx, activity))))]
        until = command.until is not None
        booking.free_of_clashes(ctx, asked, placed, but=gone, asks_until=until)
    aside.end(ctx, activity["card_id"], activity["id"])
    ctx.rows.update(
        Activity,
        activity["id"],
        **after.columns() | dict(columns),
        series_id=series_id,
        occurrence_on=None if never else day_of(after, zone),
        detached=False,
        sequence=activity["sequence"] + 1,
    )
    if never:
        return [ctx.row(Activity, activity["id"])]
    like = ctx.row(Activity, activity["id"])
    copied = {name: like[name] for name in booking.COPIED} | {"created_by_id": ctx.viewer.user_id}
    ids = booking.insert(ctx, copied, placed[1:])
    booking.copy_attendees(ctx, activity["id"], ids)
    return [*ctx.rows.read(Activity, [activity["id"], *ids]).values()]


def _drop(ctx: Context, rows: Sequence[Row]) -> None:
    """Take occurrences out of the agenda; they are still shown where deleted ones are. (B15)"""
    ctx.rows.update_many(Activity, {row["id"]: {"deleted_at": ctx.now} for row in rows})


def _take_part(ctx: Context, command: EditAppointment, activity: Row, rows: Sequence[Row]) -> None:
    """Who takes part then, where that was said: who stays keeps the answer."""
    given = command.model_fields_set
    if not given & {"who", "guests"}:
        return
    booking.may_take_part(ctx, command.who, activity["card_id"])
    assignee = ctx.row(Activity, activity["id"])["assignee_id"]
    wanted = [user for user in dict.fromkeys(command.who) if user != assignee]
    gone: list[int] = []
    fresh: dict[int, tuple[list[int], list[int]]] = {}
    for activity_id, parts in booking.attendees(ctx, [row["id"] for row in rows]).items():
        users = {part.user_id: part.id for part in parts if part.user_id is not None}
        guests = {part.party_id: part.id for part in parts if part.party_id is not None}
        fresh_users, fresh_guests = list[int](), list[int]()
        if "who" in given:
            gone += [i for user, i in users.items() if user not in wanted]
            fresh_users = [user for user in wanted if user not in users]
        if "guests" in given:
            gone += [i for party, i in guests.items() if party not in command.guests]
            fresh_guests = [party for party in command.guests if party not in guests]
        fresh[activity_id] = fresh_users, fresh_guests
    ctx.rows.delete_many(ActivityAttendee, gone)
    booking.attend(ctx, fresh)
