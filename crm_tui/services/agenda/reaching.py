"""Which appointment is meant, whether it may be changed, and which occurrences of its series a change is for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from crm_tui.domain.activity import ActivityState
from crm_tui.domain.outcome import Refusal
from crm_tui.domain.recurring import Reach, ended, parts
from crm_tui.i18n import N_, Text
from crm_tui.services.agenda.series import NOTHING_LEFT
from crm_tui.services.core.context import Context, refuse
from crm_tui.store.rows import Row
from crm_tui.store.tables import Activity, ActivitySeries, Card
from crm_tui.store.values import as_date

_LATER = """
SELECT id FROM activity WHERE series_id = :series AND occurrence_on >= :day
AND state = 'planned' AND deleted_at IS NULL ORDER BY occurrence_on
"""


def planned(ctx: Context, activity_id: int) -> Row:
    """The appointment, which must still be planned."""
    activity = ctx.row(Activity, activity_id, "appointment")
    if activity["state"] != ActivityState.PLANNED or activity["deleted_at"] is not None:
        raise refuse(
            N_("That appointment is no longer planned, so it cannot be changed: restore it, or book another.")
        )
    return activity


def still_planned(ctx: Context, command: Any) -> Refusal | None:
    """The part of the check that needs only the appointment."""
    planned(ctx, command.activity)
    return None


def whose(ctx: Context, command: Any) -> int | None:
    """The appointment's assignee; or, if the viewer does not reach that one, the owner of the card that it is about."""
    return owner_of(ctx, ctx.row(Activity, command.activity, "appointment"), command.permission)


def owner_of(ctx: Context, activity: Row, permission: str) -> int | None:
    """`whose`, of the row of the appointment."""
    assignee: int | None = activity["assignee_id"]
    card = ctx.rows.get(Card, activity["card_id"])
    if card is not None and not ctx.viewer.may(permission, assignee):
        owner: int | None = card["owner_id"]
        return owner
    return assignee


def not_secret(ctx: Context, command: Any) -> Refusal | None:
    """Nobody but whose it is, or who booked it, changes a private appointment: others see that the time is taken."""
    return SECRET if is_secret(ctx, ctx.row(Activity, command.activity, "appointment")) else None


SECRET = Refusal(Text("That appointment is private: only whose it is may change it; ask them."))


def is_secret(ctx: Context, activity: Row) -> bool:
    """Whether the viewer may not change it because it is private."""
    return bool(activity["private"]) and ctx.viewer.user_id not in (
        activity["assignee_id"],
        activity["created_by_id"],
    )


def reached(ctx: Context, activity: Row, reach: Reach, permission: str = "activity.edit") -> list[Row]:
    """The occurrences that a change is for, the one that was named first; all are those of today and later. Refuses
    if one of them, changed for itself, is another's by now or private."""
    series = activity["series_id"]
    if series is None or reach is Reach.THIS:
        return [activity]
    today = ctx.today.isoformat()
    day = activity["occurrence_on"] if reach is Reach.FOLLOWING else today
    ids = [row[0] for row in ctx.connection.execute(_LATER, {"series": series, "day": day})]
    rows = [*ctx.rows.read(Activity, [*dict.fromkeys((activity["id"], *ids))]).values()]
    _all_may_be_changed(ctx, rows[1:], permission)
    return rows


def _all_may_be_changed(ctx: Context, rows: Sequence[Row], permission: str) -> None:
    """Hold each against what the door asked of the one that was named."""
    cards = ctx.rows.read(Card, {row["card_id"] for row in rows if row["card_id"] is not None})
    for row in rows:
        card = cards.get(row["card_id"])
        mine = ctx.viewer.may(permission, row["assignee_id"]) or (
            card is not None and ctx.viewer.may(permission, card["owner_id"])
        )
        if not mine or is_secret(ctx, row):
            raise refuse(
                N_("That of {at_on} is another's by now, or private: change this one alone, or ask them."),
                fields=("reach",),
                at_on=as_date(row["due_on"]),
            )


def part_series(ctx: Context, activity: Row, reach: Reach, changed: Sequence[Row]) -> int | None:
    """From here on is a series of its own: what it left ends the day before, what is changed goes over to a new one.
    The series that `changed` are of then."""
    series_id: int | None = activity["series_id"]
    if series_id is None or reach is not Reach.FOLLOWING:
        return series_id
    series = ctx.row(ActivitySeries, series_id)
    begins = as_date(activity["occurrence_on"])
    assert begins is not None
    if begins <= (as_date(series["first_on"]) or begins):
        return series_id
    made = ctx.rows.insert(
        ActivitySeries,
        rrule=_rest(ctx, series, begins),
        zone=series["zone"],
        first_on=begins,
        start_time=series["start_time"],
        made_until=series["made_until"],
        left_out=series["left_out"],
    )
    end_series(ctx, series, begins - timedelta(days=1))
    ctx.rows.update_many(Activity, {row["id"]: {"series_id": made} for row in changed})
    return made


def _rest(ctx: Context, series: Row, begins: date) -> str:
    """The rule of what is left: of a number of times, those that are not over."""
    said = parts(series["rrule"])
    if "COUNT" not in said:
        return str(series["rrule"])
    over = ctx.one(
        "SELECT count(*) FROM activity WHERE series_id = :series AND occurrence_on < :day",
        series=series["id"],
        day=begins.isoformat(),
    )
    left = max(1, int(said["COUNT"]) - int(over[0] if over else 0))
    return ";".join(f"{name}={value}" for name, value in (said | {"COUNT": str(left)}).items())


def end_series(ctx: Context, series: Row, last: date) -> None:
    """No occurrence after this day any more: the clock makes none either."""
    ctx.rows.update(ActivitySeries, series["id"], rrule=ended(series["rrule"], last), made_until=NOTHING_LEFT)
