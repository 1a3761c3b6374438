"""How appointments are booked: one, or a series with every occurrence that is made now."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from crm_tui.domain.activity import internal_before_promise
from crm_tui.domain.board import is_closed
from crm_tui.domain.events.agenda import AppointmentBooked, SeriesBooked, SeriesContinued
from crm_tui.domain.outcome import Refusal
from crm_tui.domain.recurring import readable, rule_of
from crm_tui.domain.text import one_line
from crm_tui.i18n import N_, Text
from crm_tui.services.agenda import booking, reaching, series
from crm_tui.services.agenda.booking import Placed
from crm_tui.services.agenda.commands import BookAppointment, ContinueSeries
from crm_tui.services.core import aside, next_step, owners, work
from crm_tui.services.core.context import Context, Made, Refused, refuse
from crm_tui.store.rows import Row
from crm_tui.store.tables import ActionType, ActivitySeries, Card, Party
from crm_tui.store.values import as_date, as_instant


def who_of(ctx: Context, who: tuple[int, ...]) -> tuple[int, list[int]]:
    """Whose appointment it is, oneself if one takes part, and which other operators do."""
    named = list(dict.fromkeys(who)) or [ctx.viewer.user_id]
    mine = ctx.viewer.user_id if ctx.viewer.user_id in named else named[0]
    return mine, [user for user in named if user != mine]


def new_owner(ctx: Context, command: BookAppointment) -> int | None:
    """The card's owner; without a card whoever's appointment it is."""
    if command.card is not None:
        return owners.of_card(ctx, command.card)
    return who_of(ctx, command.who)[0]


def still_open(ctx: Context, command: BookAppointment) -> Refusal | None:
    card = ctx.row(Card, command.card, "card") if command.card is not None else None
    if card is not None and is_closed(card["status"]):
        return Refusal(Text("A closed card has no next step: reopen it first."))
    return None


def book(ctx: Context, command: BookAppointment) -> Made:
    action_id = command.action if command.action is not None else work.default_action(ctx)
    action = ctx.row(ActionType, action_id, "action type")
    mine, others = who_of(ctx, command.who)
    booking.may_take_part(ctx, [mine, *others], command.card)
    first = booking.place(
        ctx,
        command.when,
        assignee_id=mine,
        action=action,
        until=command.until,
        last_on=command.last_on,
        all_day=command.all_day,
    )
    refusal = internal_before_promise(command.internal_on, first.due_on)
    if refusal is not None:
        raise Refused(refusal)
    if command.remind is not None and first.start_at is None:
        raise refuse(N_("Only what has an hour can be reminded of: say from what hour."), fields=("remind",))
    rule = rule_of(command.repeat, command.rule, day_of(first, work.zone_of(ctx, mine)), command.repeat_until)
    common = _columns(ctx, command, mine, action_id, action)
    series_id, placed = begin_series(ctx, first, rule, work.zone_of(ctx, mine)) if rule else (None, [first])
    if command.busy and not command.anyway:
        booking.free_of_clashes(ctx, [mine, *others], placed, asks_until=command.until is not None)
    aside.end(ctx, command.card)
    ids = booking.insert(ctx, common, placed, series_id=series_id)
    booking.attend(ctx, dict.fromkeys(ids, (others, command.guests)))
    due = first.start_at or first.due_on
    about = {"entity_id": ids[0], "card_id": command.card, "party_id": common["party_id"]}
    if rule:
        ctx.emit(SeriesBooked(**about, subject=common["subject"], due=due, times=len(ids)))
    else:
        ctx.emit(AppointmentBooked(**about, subject=common["subject"], due=due))
    next_step.refresh(ctx, command.card, ids[0])
    return Made("activity", ids[0], f"activity:{ids[0]}", booking.next_day(ctx, first, command.until))


def _columns(
    ctx: Context, command: BookAppointment, mine: int, action_id: int, action: Row
) -> dict[str, Any]:
    party_id, subject = command.party, one_line(command.subject)
    if command.card is not None:
        card = ctx.row(Card, command.card, "card")
        party_id = party_id or card["party_id"]
        subject = subject or card["title"]
    if party_id is not None:
        ctx.row(Party, party_id, "person")
    return {
        "card_id": command.card,
        "party_id": party_id,
        "action_type_id": action_id,
        "subject": subject or action["name"],
        "description": command.description or None,
        "assignee_id": mine,
        "created_by_id": ctx.viewer.user_id,
        "internal_on": command.internal_on,
        "zone": str(ctx.viewer.zone),
        "busy": command.busy,
        "private": command.private,
        "location": one_line(command.location) or None,
        "remind_minutes": command.remind,
    }


def day_of(placed: Placed, zone: ZoneInfo) -> date:
    return placed.start_at.astimezone(zone).date() if placed.start_at is not None else placed.due_on


def begin_series(
    ctx: Context, first: Placed, rule: str, zone: ZoneInfo, **more: Any
) -> tuple[int, list[Placed]]:
    """The series of an appointment, and when each of its occurrences is; `more` are columns of the series."""
    refusal = readable(rule)
    if refusal is not None:
        raise Refused(refusal)
    if first.start_at is None and not first.all_day:
        raise refuse(booking.NO_HOUR, fields=("when",))
    start = first.start_at.astimezone(zone) if first.start_at is not None else None
    at = start.time() if start is not None else None
    began = day_of(first, zone)
    try:
        found, until = series.made(rule, began, ctx.now.astimezone(zone).date(), at=at, zone=zone)
    except ValueError as error:
        raise refuse(
            N_("“{rule}” is no rule that can be carried out ({why}): mend it."),
            fields=("rule",),
            rule=rule,
            why=str(error),
        ) from error
    if not found:
        raise refuse(N_("That ends before it begins: choose a later last day."), fields=("repeat_until",))
    made = ctx.rows.insert(
        ActivitySeries,
        rrule=rule,
        zone=str(zone),
        first_on=began,
        start_time=f"{at:%H:%M}" if at is not None else None,
        made_until=until,
        **more,
    )
    row = ctx.row(ActivitySeries, made)
    return made, [booking.on_day(row, day, lasts_of(first), zone) for day in found]


def lasts_of(placed: Placed) -> timedelta | int:
    """How long it is: of whole days, how many come after the first."""
    if placed.last_on is not None:
        return (placed.last_on - placed.due_on).days
    assert placed.start_at is not None
    assert placed.end_at is not None
    return placed.end_at - placed.start_at


LAST = """
SELECT * FROM activity WHERE series_id = :series AND detached = 0 AND deleted_at IS NULL
ORDER BY occurrence_on DESC LIMIT 1
"""


def _last(ctx: Context, series_id: int) -> Row | None:
    """The occurrence that the next ones are made like."""
    cursor = ctx.connection.execute(LAST, {"series": series_id})
    last = cursor.fetchone()
    return (
        dict(zip([each[0] for each in cursor.description], last, strict=True)) if last is not None else None
    )


def series_owner(ctx: Context, command: ContinueSeries) -> int | None:
    """Whose the next occurrences will be, or whose card they are for: whoever may not change those makes no more."""
    last = _last(ctx, command.series)
    return reaching.owner_of(ctx, last, command.permission) if last is not None else ctx.viewer.user_id


def not_secret(ctx: Context, command: ContinueSeries) -> Refusal | None:
    """Of a private one its own people alone make more."""
    last = _last(ctx, command.series)
    return reaching.SECRET if last is not None and reaching.is_secret(ctx, last) else None


def go_on(ctx: Context, command: ContinueSeries) -> Made:
    """Make what comes next of a series, like the last of its occurrences that nobody changed for itself."""
    row = ctx.row(ActivitySeries, command.series)
    like = _last(ctx, command.series)
    if like is None:
        raise refuse(N_("Nothing is left of that series: book it anew."))
    card = ctx.rows.get(Card, like["card_id"])
    if card is not None and (card["deleted_at"] is not None or is_closed(card["status"])):
        raise refuse(N_("A closed card has no next step: reopen it first."))
    zone = booking.zone_of_series(row)
    begun, done = as_date(row["first_on"]), as_date(row["made_until"])
    assert begun is not None
    assert done is not None
    at = as_instant(like["start_at"])
    found, reached = series.made(
        row["rrule"],
        begun,
        ctx.now.astimezone(zone).date(),
        at=at.astimezone(zone).time() if at is not None else None,
        zone=zone,
        after=done,
    )
    if not found:
        raise refuse(N_("Everything of that series is made already: there is nothing to continue."))
    out = series.left_out(row["left_out"])
    beyond = series.leaving_out(day for day in out if day > reached)
    ctx.rows.update(ActivitySeries, command.series, made_until=reached, left_out=beyond)
    last = found[-1]
    found = [day for day in found if day not in out]
    lasts = lasts_of(booking.placed_of(like))
    due_zone = work.zone_of(ctx, like["assignee_id"])
    placed = [booking.on_day(row, day, lasts, due_zone) for day in found]
    kept = {name: value for name, value in like.items() if name in booking.COPIED}
    ids = booking.insert(ctx, kept, placed, created_by_id=ctx.viewer.user_id)
    booking.copy_attendees(ctx, like["id"], ids)
    ctx.emit(
        SeriesContinued(
            entity_id=like["id"],
            card_id=like["card_id"],
            party_id=like["party_id"],
            subject=like["subject"],
            times=len(ids),
            until_on=last,
        )
    )
    next_step.refresh(ctx, like["card_id"], like["id"])
    return Made("activity", like["id"], f"activity:{like['id']}")
