"""What would become of each event of a calendar file: new, changed, called off, known, or left out and why. (X36)

The preview and the taking in ask the same questions here; nothing is written. Knows rows as `stored` reads them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from crm_tui.domain.access import Viewer
from crm_tui.domain.activity import ActivityState
from crm_tui.domain.agenda import Response
from crm_tui.domain.ics import IcsEvent, Who, grouped
from crm_tui.domain.recurring import HORIZON, MOST, parts
from crm_tui.i18n import Text
from crm_tui.services.agenda import going_out
from crm_tui.services.agenda import series as rules
from crm_tui.services.agenda.stored import Base, Series, Stored, own

KEY = "activity.add"
CHANGING = "activity.edit"
"""Asked beside it of what is here already."""
PAST = timedelta(days=31)
"""How far back the occurrences of a series are made that began long ago."""
_HALF_HOUR = timedelta(minutes=30)


class Verdict(StrEnum):
    NEW = "new"
    UPDATE = "update"
    CANCEL = "cancel"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Judged:
    """One event with what becomes of it. `row` is the activity that it is about, `series` the series; `times`: how
    often a series that is new comes as far as it is made."""

    event: IcsEvent
    verdict: Verdict
    why: Text | None = None
    row: Stored | None = None
    series: Series | None = None
    times: int = 0

    @property
    def wanted(self) -> bool:
        """Whether there is anything to write."""
        return self.verdict in (Verdict.NEW, Verdict.UPDATE, Verdict.CANCEL)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is asked of the base and of whoever asks. `mine`: in whose agenda what is new goes; `people`: who is behind
    an address."""

    base: Base
    viewer: Viewer
    mine: int
    mine_address: str
    now: datetime
    people: Mapping[str, tuple[str, int]]


def usable(event: IcsEvent) -> IcsEvent:
    """The event as an appointment here can be: one without a length takes half an hour."""
    if event.start is not None and event.start == event.end:
        return replace(event, end=event.start + _HALF_HOUR)
    return event


def judge_all(events: Sequence[IcsEvent], facts: Facts) -> list[Judged]:
    """Every event of a file in its order; of two that say the same the older one is left out."""
    groups = {group.uid: group for group in grouped(events)}
    kept = {id(event) for group in groups.values() for event in group.events}
    found: list[Judged] = []
    for event in events:
        if id(event) not in kept:
            found.append(Judged(event, Verdict.SKIPPED, Text("the file says it again, and newer.")))
            continue
        main = groups[event.uid].main
        among = main if main is not None and main is not event and main.rrule else None
        found.append(judge(event, facts, main=among))
    return found


def judge(event: IcsEvent, facts: Facts, *, main: IcsEvent | None = None) -> Judged:
    """What becomes of one event; `main` is the series that the same file says it is of."""
    event = usable(event)
    ours = own(facts.base.origin, event.uid)
    if ours is not None and ours[0] in ("x", "y"):
        return Judged(event, Verdict.SKIPPED, Text("it went out from here without its details."))
    if event.recurrence is not None:
        return _occurrence(event, facts, main)
    return _series(event, facts) if event.rrule else _single(event, facts)


# --- one that comes once ------------------------------------------------------------------------------------


def _single(event: IcsEvent, facts: Facts) -> Judged:
    if (series := _find_series(event.uid, facts)) is not None:
        model = going_out.like(facts.base.of_series(series.id))
        barred = _barred(model, facts) if model is not None else None
        again = Text("here it comes again and again: delete the series first.")
        return Judged(event, Verdict.SKIPPED, barred or again)
    ours = own(facts.base.origin, event.uid)
    rows = [
        row
        for row in facts.base.rows.values()
        if row.series_id is None
        and (
            (row.uid == event.uid and row.occurrence_on is None)
            or (ours == ("a", row.id) and row.uid is None)
        )
    ]
    return _against(event, _best(rows, facts), facts)


def _best(rows: Collection[Stored], facts: Facts) -> Stored | None:
    """Of several the one in the agenda that is meant, then one that may be changed."""

    def rank(row: Stored) -> tuple[bool, bool, bool, int]:
        attends = any(part.user_id == facts.mine for part in facts.base.parts.get(row.id, ()))
        return (
            row.assignee_id != facts.mine,
            not attends,
            not facts.viewer.may(KEY, row.assignee_id),
            row.id,
        )

    return min(rows, key=rank, default=None)


def _against(event: IcsEvent, row: Stored | None, facts: Facts, series: Series | None = None) -> Judged:
    """An event held against the activity that it is about."""
    if row is None:
        if event.cancelled:
            return Judged(event, Verdict.SKIPPED, Text("it is called off, and was never here."))
        return _new(event, facts, series=series)
    barred = _barred(row, facts)
    if barred is not None:
        return Judged(event, Verdict.SKIPPED, barred, row, series)
    if event.sequence < row.sequence:
        return Judged(
            event, Verdict.SKIPPED, Text("it was changed here since: the file is older."), row, series
        )
    gone = row.deleted or row.state == ActivityState.CANCELED
    if event.cancelled:
        over = gone or row.state != ActivityState.PLANNED
        return Judged(event, Verdict.UNCHANGED if over else Verdict.CANCEL, None, row, series)
    if same(event, row, facts) and not (gone and event.sequence > row.sequence):
        return Judged(event, Verdict.UNCHANGED, None, row, series)
    if row.state in (ActivityState.DONE, ActivityState.NO_SHOW):
        return Judged(event, Verdict.SKIPPED, Text("it is over: what was registered stays."), row, series)
    if gone and row.card_over:
        why = Text("its card is closed or deleted: reopen or restore the card first.")
        return Judged(event, Verdict.SKIPPED, why, row, series)
    return Judged(event, Verdict.UPDATE, None, row, series)


def _new(event: IcsEvent, facts: Facts, *, series: Series | None = None, times: int = 0) -> Judged:
    if not facts.viewer.may(KEY, facts.mine):
        return Judged(event, Verdict.SKIPPED, Text("you may not book in that agenda."))
    return Judged(event, Verdict.NEW, series=series, times=times)


def _barred(row: Stored, facts: Facts) -> Text | None:
    """Why an activity may not be changed by whoever asks; of one that they may not see only that it is there."""
    viewer = facts.viewer
    if not row.seen:
        return Text("it is in another agenda already, and you may not see it there.")
    if not (viewer.may(KEY, row.assignee_id) and viewer.may(CHANGING, row.assignee_id)):
        return Text("it is in {who}'s agenda already, which you may not change.", {"who": row.login})
    if row.private and viewer.user_id not in (row.assignee_id, row.created_by_id):
        return Text("it is private in {who}'s agenda: only {who} may change it.", {"who": row.login})
    return None


def same(event: IcsEvent, row: Stored, facts: Facts) -> bool:
    """Whether an activity says what the event says; who does it and what became of it left aside."""
    there = going_out.single(facts.base, row, event.uid)
    when = (
        (event.start, event.end) == (row.start, row.end or there.end)
        if event.start
        else (row.start is None and (event.first_on, event.last_on) == (row.due_on, row.last_on))
    )
    return (
        when
        and plain(event, row.subject) == plain(there, row.subject)
        and people(event, facts, row) == _parts(row, facts)
    )


def plain(event: IcsEvent, untitled: str) -> tuple[object, ...]:
    """What an event says beside when and who."""
    remind = event.remind_minutes if event.start is not None else None
    title = event.summary or untitled
    return (title, event.location, event.description, event.busy, event.private, remind)


def people(event: IcsEvent, facts: Facts, row: Stored | None = None) -> dict[tuple[str, int | str], Response]:
    """Who takes part beside whoever does it: operators and people of the base, else addresses. Whoever invited takes
    part, too. Who does it is that of `row`, or in whose agenda it is to go."""
    named = list(event.attendees)
    if event.organizer is not None and all(who.address != event.organizer.address for who in named):
        named.append(Who(event.organizer.address, event.organizer.name, Response.ACCEPTED))
    mine, address = (facts.mine, facts.mine_address) if row is None else (row.assignee_id, row.email.lower())
    found: dict[tuple[str, int | str], Response] = {}
    for who in named:
        key: tuple[str, int | str] = facts.people.get(who.address, ("address", who.address))
        if key != ("user", mine) and who.address != address:
            found.setdefault(key, who.response)
    return found


def _parts(row: Stored, facts: Facts) -> dict[tuple[str, int | str], Response]:
    found: dict[tuple[str, int | str], Response] = {}
    for part in facts.base.parts.get(row.id, ()):
        if part.user_id is not None:
            found["user", part.user_id] = part.response
        elif part.party_id is not None:
            found["party", part.party_id] = part.response
        else:
            found["address", part.address or ""] = part.response
    return found


# --- one that comes again -----------------------------------------------------------------------------------


def _find_series(uid: str, facts: Facts) -> Series | None:
    ours = own(facts.base.origin, uid)
    found = [
        each
        for each in facts.base.series.values()
        if each.uid == uid or (ours == ("s", each.id) and each.uid is None)
    ]
    rows = {s.id: _best(facts.base.of_series(s.id), facts) for s in found}
    best = _best([row for row in rows.values() if row is not None], facts)
    return next((s for s in found if best is not None and s.id == best.series_id), None)


def days_of(event: IcsEvent, now: datetime) -> tuple[list[date], date]:
    """The days of a series that are made now, and until which it is carried out with them: from a month back to a year
    and a half ahead, 400 at most; what the event leaves out is left out."""
    zone = ZoneInfo(event.zone)
    today = now.astimezone(zone).date()
    until = max(event.first_on, today) + HORIZON
    at = event.start.astimezone(zone).time() if event.start is not None else None
    found: list[date] = []
    last = until
    for day in rules.days(event.rrule, event.first_on, until, at=at, zone=zone):
        if day >= today - PAST and day not in event.exdates:
            found.append(day)
            if len(found) == MOST:
                last = day
                break
    return found, rules.reached(event.rrule, event.first_on, last, at=at, zone=zone)


def clock(event: IcsEvent) -> str | None:
    """The hour of a series, `HH:MM` on its own clock; None: whole days."""
    return f"{event.start.astimezone(ZoneInfo(event.zone)):%H:%M}" if event.start is not None else None


def added_days(event: IcsEvent) -> dict[date, date | datetime]:
    """What comes beside the rule, by day on the series' clock."""
    zone = ZoneInfo(event.zone)
    return {
        (moment.astimezone(zone).date() if isinstance(moment, datetime) else moment): moment
        for moment in event.rdates
    }


def _series(event: IcsEvent, facts: Facts) -> Judged:
    series = _find_series(event.uid, facts)
    if series is None:
        if any(
            row.uid == event.uid and row.series_id is None and row.occurrence_on is None
            for row in facts.base.rows.values()
        ):
            return Judged(
                event, Verdict.SKIPPED, Text("here it comes once: delete it first, then import it again.")
            )
        if event.cancelled:
            return Judged(event, Verdict.SKIPPED, Text("it is called off, and was never here."))
        times = len(days_of(event, facts.now)[0]) + len(event.rdates)
        if not times:
            return Judged(event, Verdict.SKIPPED, Text("it came to its end more than a month ago."))
        return _new(event, facts, times=times)
    rows = facts.base.of_series(series.id)
    model = going_out.like(rows)
    if model is None:
        return Judged(event, Verdict.SKIPPED, Text("nothing is left of that series here."), None, series)
    barred = _barred(model, facts)
    if barred is not None:
        return Judged(event, Verdict.SKIPPED, barred, model, series)
    planned = [row for row in rows if row.state == ActivityState.PLANNED and not row.deleted]
    if event.cancelled:
        verdict = Verdict.CANCEL if planned else Verdict.UNCHANGED
        return Judged(event, verdict, None, model, series)
    if event.sequence < min((row.sequence for row in planned if not row.detached), default=model.sequence):
        return Judged(
            event, Verdict.SKIPPED, Text("it was changed here since: the file is older."), model, series
        )
    if _same_series(event, series, rows, model, facts):
        return Judged(event, Verdict.UNCHANGED, None, model, series)
    return Judged(event, Verdict.UPDATE, None, model, series)


def same_rule(event: IcsEvent, series: Series) -> bool:
    """Whether a series comes as the event says."""
    return (event.zone, event.first_on, clock(event)) == (
        series.zone,
        series.first_on,
        series.start_time,
    ) and (parts(event.rrule) == parts(going_out.written(series)))


def _same_series(
    event: IcsEvent, series: Series, rows: Sequence[Stored], model: Stored, facts: Facts
) -> bool:
    if not same_rule(event, series) or plain(event, model.subject) != plain(
        going_out.single(facts.base, model, event.uid), model.subject
    ):
        return False
    lasts = (event.end - event.start) if event.start and event.end else event.last_on - event.first_on
    model_lasts = (model.end - model.start) if model.start and model.end else model.last_on - model.due_on
    if lasts != model_lasts or people(event, facts, model).keys() != _parts(model, facts).keys():
        return False
    there = {row.occurrence_on for row in rows}
    planned = {row.occurrence_on for row in rows if not row.deleted and row.state == ActivityState.PLANNED}
    wanted = {day for day in days_of(event, facts.now)[0] if day <= series.made_until} | added_days(
        event
    ).keys()
    begun = min((day for day in there if day is not None), default=series.first_on)
    if {day for day in event.exdates if day > series.made_until} != series.left_out:
        return False
    return not (planned & {*event.exdates}) and not {day for day in wanted if day >= begun} - there


def _occurrence(event: IcsEvent, facts: Facts, main: IcsEvent | None) -> Judged:
    assert event.recurrence is not None
    series = _find_series(event.uid, facts)
    if series is not None:
        day = occurrence_day(event.recurrence, series.zone)
        every = facts.base.of_series(series.id)
        model = going_out.like(every)
        if model is not None and (barred := _barred(model, facts)) is not None:
            return Judged(event, Verdict.SKIPPED, barred, None, series)
        rows = [row for row in every if row.occurrence_on == day]
        judged = _against(event, _best(rows, facts), facts, series)
        if event.cancelled and judged.row is None:
            return Judged(event, Verdict.UNCHANGED, None, None, series)
        return judged
    if main is not None:
        if main.cancelled:
            return Judged(event, Verdict.SKIPPED, Text("its series is called off."))
        return Judged(event, Verdict.CANCEL) if event.cancelled else _new(event, facts)
    day = occurrence_day(event.recurrence, event.zone)
    rows = [row for row in facts.base.rows.values() if row.uid == event.uid and row.occurrence_on == day]
    return _against(event, _best([row for row in rows if row.series_id is None], facts), facts)


def occurrence_day(at: date | datetime, zone: str) -> date:
    """The day of an occurrence on a clock."""
    return at.astimezone(ZoneInfo(zone)).date() if isinstance(at, datetime) else at
