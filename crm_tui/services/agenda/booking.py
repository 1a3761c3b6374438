"""How an appointment becomes rows: when it is, who takes part, what it clashes with; one, or as often as it comes."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from crm_tui.domain.activity import step_at
from crm_tui.domain.agenda import LONGEST, LONGEST_DAYS, OVERNIGHT, YEARS, Conflict, Response
from crm_tui.domain.outcome import Instead, Refusal
from crm_tui.i18n import N_, Text, text_n
from crm_tui.services.agenda.clashing import Span, clashing, days_of, span
from crm_tui.services.core import openings, rights, work
from crm_tui.services.core.context import Context, Refused, refuse
from crm_tui.store.rows import Row
from crm_tui.store.tables import Activity, ActivityAttendee, ActivitySeries, Card, Party, User
from crm_tui.store.values import as_date, as_instant

COPIED = frozenset(
    (
        *("card_id", "party_id", "contact_id", "action_type_id", "subject", "description", "assignee_id"),
        *("zone", "busy", "private", "location", "remind_minutes", "series_id", "uid", "campaign_id"),
    )
)
"""What a further occurrence has of the last one."""
HOUR_LABELS = (("first_at", N_("_On {first_at}")), ("second_at", N_("O_r on {second_at}")))
DAY_LABELS = (("first_on", N_("_On {first_on}")), ("second_on", N_("O_r on {second_on}")))
SERIES_MOST = 4000
"""Of what clashes with the occurrences of a series, that is read at most."""
NO_HOUR = N_("What comes again needs an hour, or is for the whole day: say which.")


class Placed(NamedTuple):
    """When an appointment is: from instant to instant, or whole civil days, or (neither) a day to do it on; of a series
    `occurrence_on` is its day on the series' clock."""

    due_on: date
    start_at: datetime | None = None
    end_at: datetime | None = None
    last_on: date | None = None
    occurrence_on: date | None = None

    @property
    def all_day(self) -> bool:
        return self.last_on is not None

    def columns(self) -> dict[str, Any]:
        """The columns of the activity."""
        return {
            "due_on": self.due_on,
            "start_at": self.start_at,
            "end_at": self.end_at,
            "all_day": self.all_day,
            "last_on": self.last_on,
        }

    def span(self, zone: ZoneInfo) -> Span | None:
        """What it takes, as clashes are looked for; None: it takes no hour."""
        if self.last_on is not None:
            return span(zone, None, None, (self.due_on, self.last_on))
        return span(zone, self.start_at, self.end_at, None) if self.start_at is not None else None


def placed_of(row: Row) -> Placed:
    """When an activity is."""
    due_on = as_date(row["due_on"])
    assert due_on is not None
    start, end = as_instant(row["start_at"]), as_instant(row["end_at"])
    last = (as_date(row["last_on"]) or due_on) if row["all_day"] else None
    return Placed(due_on, start, end or (start + timedelta(minutes=30) if start else None), last)


def within_reach(day: date | datetime, field: str) -> None:
    """Refuse a day on which no clock and no calendar can be carried out any more."""
    if not YEARS[0] <= day.year <= YEARS[1]:
        raise refuse(N_("An appointment is between the years 1900 and 2999: mend its date."), fields=(field,))


def place(
    ctx: Context,
    when: date | datetime,
    *,
    assignee_id: int,
    action: Row,
    until: time | None = None,
    lasts: timedelta | None = None,
    last_on: date | None = None,
    all_day: bool = False,
) -> Placed:
    """When it is, from what was said; refuses what ends before it begins or lasts too long."""
    within_reach(when, "when")
    if last_on is not None:
        within_reach(last_on, "last_on")
    if all_day:
        first = when.astimezone(ctx.viewer.zone).date() if isinstance(when, datetime) else when
        last = last_on or first
        if last < first:
            raise refuse(N_("It ends before it begins: mend one of the days."), fields=("last_on",))
        if (last - first).days > LONGEST_DAYS:
            raise refuse(
                N_("That is longer than a year: enter it as leave, in the working calendar."),
                fields=("last_on",),
            )
        return Placed(first, last_on=last)
    step = step_at(when, work.zone_of(ctx, assignee_id))
    if step.start_at is None:
        if until is not None:
            raise refuse(N_("Say from what hour, too: “friday 2pm”."), fields=("when",))
        return Placed(step.due_on)
    step = step._replace(
        start_at=step.start_at.astimezone(UTC)
    )  # on the clock an hour added may be another hour
    assert step.start_at is not None
    end = step.start_at + lasts if lasts is not None else work.usual_end(step.start_at, action)
    if until is not None:
        end = _end_at(step.start_at.astimezone(ctx.viewer.zone), until)
    if end <= step.start_at:
        raise refuse(N_("It ends before it begins: mend one of the hours."), fields=("until",))
    if end - step.start_at > LONGEST:
        raise refuse(
            N_("An appointment with hours lasts a week at most: mark it as all day."), fields=("all_day",)
        )
    return Placed(step.due_on, step.start_at, end)


def _end_at(start: datetime, until: time) -> datetime:
    """When what begins at a local `start` ends: at that hour of the day, or of the next one (from 23:00 to 1:00)."""
    day = start.date()
    if until < start.time():
        next_day = datetime.combine(day + timedelta(days=1), until, start.tzinfo)
        if next_day - start < OVERNIGHT:
            return next_day.astimezone(UTC)
    return datetime.combine(day, until, start.tzinfo).astimezone(UTC)


def next_day(ctx: Context, one: Placed, until: time | None) -> Text | None:
    """A word to whoever said an hour of the end that is one of the next day."""
    if until is None or one.start_at is None or one.end_at is None:
        return None
    start, end = (each.astimezone(ctx.viewer.zone) for each in (one.start_at, one.end_at))
    return Text("It ends on the next day: {end_at}.", {"end_at": end}) if end.date() > start.date() else None


def may_take_part(ctx: Context, who: Sequence[int], card_id: int | None) -> None:
    """Refuse whoever works here no longer, and of a card who could not even see it."""
    card = ctx.rows.get(Card, card_id)
    for user_id in who:
        if user_id != ctx.viewer.user_id and (refusal := rights.not_for(ctx, user_id, card, "who")):
            raise Refused(refusal)


def free_of_clashes(
    ctx: Context,
    users: Collection[int],
    placed: Sequence[Placed],
    *,
    but: Collection[int] = (),
    asks_until: bool = False,
    moves: bool = True,
) -> None:
    """Refuse if anything takes the time of those who take part, saying what, and what all have free near by, of a
    series on which days; `anyway` cures it. Asked inside the transaction: of two who book the same hour the second is
    told. `asks_until`: the command said when it ends, too, so another hour ends later; `moves`: it can be told another
    hour at all."""
    all_free(ctx, {tuple(users): placed}, but=but, asks_until=asks_until, moves=moves)


def all_free(
    ctx: Context,
    asked: Mapping[tuple[int, ...], Sequence[Placed]],
    *,
    but: Collection[int] = (),
    asks_until: bool = False,
    moves: bool = True,
) -> None:
    """`free_of_clashes` of several groups of operators, each for its own occurrences: one query for each group."""
    many = sum(len(placed) for placed in asked.values()) > 1
    most = {"most": SERIES_MOST} if many else {}
    found: list[Conflict] = []
    days: set[date] = set()
    for users, placed in asked.items():
        spans = [each for one in placed if (each := one.span(ctx.viewer.zone)) is not None]
        clashes = clashing(ctx.connection, ctx.viewer, users, spans, but, **most) if spans and users else []
        found += clashes
        days.update(days_of(spans, clashes) if many else ())
    if found:
        users, placed = next(iter(asked.items()))
        ways = _ways(ctx, users, placed[0], but, asks_until=asks_until) if moves and not many else []
        every = [*ways, Instead(Text("_Book it anyway"), {"anyway": "1"})]
        raise Refused(_clash(found, every, sorted(days), whole=placed[0].all_day))


def _ways(
    ctx: Context, users: Collection[int], one: Placed, but: Collection[int], *, asks_until: bool
) -> list[Instead]:
    """What all of them have free near by: for as long as it takes, or for as many whole days; not where what is moved
    lies already."""
    left_out = next(iter(but), 0)
    moved = ctx.rows.get(Activity, left_out) if left_out else None
    lies = placed_of(moved) if moved is not None else None
    wanted = 2 if lies is None else 3
    if one.last_on is not None:
        more, today = one.last_on - one.due_on, ctx.today
        days = openings.near_days(
            ctx.connection,
            [*users],
            one.due_on,
            more.days + 1,
            ctx.viewer.zone,
            today,
            count=wanted,
            but=left_out,
        )
        free = [day for day in days if lies is None or not lies.all_day or day != lies.due_on]
        return [
            Instead(
                Text(label, {name: day}),
                {"when": day.isoformat(), **({"last_on": (day + more).isoformat()} if more else {})},
            )
            for day, (name, label) in zip(free, DAY_LABELS, strict=False)
        ]
    if one.start_at is None or one.end_at is None:
        return []
    lasts = one.end_at - one.start_at
    minutes = int(lasts.total_seconds() // 60)
    near = openings.near(ctx.connection, [*users], one.start_at, minutes, ctx.now, count=wanted, but=left_out)
    ways = []
    others = [start for start in near if lies is None or start != lies.start_at]
    for start, (name, label) in zip(others, HOUR_LABELS, strict=False):
        local, end = (each.astimezone(ctx.viewer.zone) for each in (start, start + lasts))
        values = {"when": f"{local:%Y-%m-%d %H:%M}"} | ({"until": f"{end:%H:%M}"} if asks_until else {})
        ways.append(Instead(Text(label, {name: start}), values))
    return ways


def _clash(
    found: Sequence[Conflict], ways: Sequence[Instead], days: Sequence[date], *, whole: bool
) -> Refusal:
    """What takes the time first; of a series also on how many of its `days`."""
    first = min(found, key=lambda each: each.due_on)
    more = len({each.activity_id for each in found}) - 1
    what = first.subject or Text("something else")
    named: dict[str, Any] = {"who": first.login, "what": what}
    if first.start_at is None:
        said = Text("{who} has {what} all day on {start_on}", named | {"start_on": first.due_on})
    else:
        said = Text("{who} has {what} at {start_at}", named | {"start_at": first.start_at})
    if first.party and first.party != first.subject:
        said = Text("{said} ({party})", {"said": said, "party": first.party})
    if len(days) == 1:
        said = Text("{said}; of the series {first_on} alone clashes", {"said": said, "first_on": days[0]})
    elif days:
        said = text_n(
            "{said}; of the series {first_on} and {n} more day clash",
            "{said}; of the series {first_on} and {n} more days clash",
            len(days) - 1,
            said=said,
            first_on=days[0],
        )
    elif more:
        said = Text("{said}, and {n} more", {"said": said, "n": more})
    if whole:
        reason = Text("{said}: choose another day, or book it anyway.", {"said": said})
    else:
        reason = Text("{said}: choose another hour, or book it anyway.", {"said": said})
    return Refusal(reason, fields=("anyway",), instead=tuple(ways))


class Part(NamedTuple):
    """Who takes part beside whose appointment it is: an operator, a person of the base or an address."""

    id: int
    user_id: int | None
    party_id: int | None
    address: str | None


def attend(ctx: Context, fresh: Mapping[int, tuple[Sequence[int], Sequence[int]]]) -> None:
    """Enter who takes part beside whose appointment it is: operators and guests, who are people of the base, by the
    activity."""
    for party_id in dict.fromkeys(party for _, guests in fresh.values() for party in guests):
        ctx.row(Party, party_id, "person")
    rows: list[Mapping[str, Any]] = []
    for activity_id, (who, guests) in fresh.items():
        for user_id in who:
            own = Response.ACCEPTED if user_id == ctx.viewer.user_id else Response.NONE
            rows.append({"activity_id": activity_id, "user_id": user_id, "response": own})
        rows += [{"activity_id": activity_id, "party_id": party_id} for party_id in guests]
    ctx.rows.insert_many(ActivityAttendee, rows)


ATTENDEES = """
SELECT t.activity_id, t.id, t.user_id, t.party_id, t.address
FROM json_each(:ids) i CROSS JOIN activity_attendee t ON t.activity_id = i.value ORDER BY t.activity_id, t.id
"""


def attendees(ctx: Context, ids: Sequence[int]) -> dict[int, list[Part]]:
    """Who takes part beside whose appointment it is, by the activity, in the order in which they were entered."""
    found: dict[int, list[Part]] = {activity_id: [] for activity_id in ids}
    for activity_id, *part in ctx.connection.execute(ATTENDEES, {"ids": json.dumps([*ids])}):
        found[activity_id].append(Part._make(part))
    return found


def copy_attendees(ctx: Context, of: int, to: Sequence[int]) -> None:
    """Further occurrences are attended by whoever attends this one; who answered answered for that one alone."""
    people = attendees(ctx, [of])[of]
    copies = [
        {"activity_id": new, "user_id": part.user_id, "party_id": part.party_id, "address": part.address}
        for new in to
        for part in people
    ]
    ctx.rows.insert_many(ActivityAttendee, copies)


def everybody(ctx: Context, activity: Row) -> list[int]:
    """The operators whose time an appointment takes."""
    parts = attendees(ctx, [activity["id"]])[activity["id"]]
    return [activity["assignee_id"], *(part.user_id for part in parts if part.user_id)]


def insert(ctx: Context, common: Mapping[str, Any], placed: Sequence[Placed], **more: Any) -> list[int]:
    """Insert an activity for each place, all else alike; their ids. `next_step.refresh` is the caller's."""
    rows = [dict(common) | one.columns() | {"occurrence_on": one.occurrence_on} | more for one in placed]
    return [*ctx.rows.insert_many(Activity, rows)]


def zone_of_series(series: Row) -> ZoneInfo:
    return ZoneInfo(series["zone"])


def on_day(series: Row, day: date, lasts: timedelta | int, due_zone: ZoneInfo) -> Placed:
    """The occurrence of a series on a day of its clock: as long as `lasts`, or as many whole days."""
    if isinstance(lasts, int):
        return Placed(day, last_on=day + timedelta(days=lasts), occurrence_on=day)
    start = datetime.combine(day, time.fromisoformat(series["start_time"]), zone_of_series(series))
    return Placed(start.astimezone(due_zone).date(), start, start + lasts, occurrence_on=day)


def series_row(ctx: Context, activity: Row) -> Row | None:
    """The series that an appointment is of."""
    return ctx.rows.get(ActivitySeries, activity["series_id"])


def login_of(ctx: Context, user_id: int) -> str:
    return str(ctx.row(User, user_id, "user")["login"])
