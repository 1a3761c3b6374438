"""What the people of a form have free round the moment that is being typed: said beside the date, never decided here.

Read once for a stretch of days and kept until something changes, so that a letter in the field reads nothing more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from crm_tui.domain import free, when, when_span
from crm_tui.domain.agenda import OVERNIGHT
from crm_tui.domain.fields import chosen_id, items, row_id
from crm_tui.domain.free import DayState, Spans
from crm_tui.domain.worktime import ExceptionKind
from crm_tui.i18n import C_, N_, language, say, say_in, say_n
from crm_tui.services.agenda import views as agendas
from crm_tui.services.core.openings import Time
from crm_tui.services.free import views
from crm_tui.ui import formats, spans
from crm_tui.widgets.free_grid import DayCell
from crm_tui.widgets.hours_pane import Bar

UNSAID = 30
"""Minutes of an appointment whose kind does not say how long it takes, as the base counts it."""
STRETCH = 14
"""Days that are read at once."""
SIGNS = {DayState.OFF: "off", DayState.FREE: "free", DayState.PARTIAL: "partly", DayState.BUSY: "busy"}


class For(NamedTuple):
    """For whom, for how many minutes; `but` is the appointment that is being moved."""

    users: tuple[int, ...]
    minutes: int
    but: int = 0


def meant(screen: Any) -> For:
    """By what stands in a screen's fields: `who`, else whoever does it, else who takes part in the appointment that it
    is about, else the card's owner, else oneself."""
    raws = {name: str(widget.raw) for name, widget in getattr(screen, "inputs", {}).items()}
    fixed: Mapping[str, str] = getattr(screen, "fixed", {})
    about = chosen_id(fixed.get("activity", "")) or 0
    targets: Sequence[Mapping[str, str]] = getattr(screen, "targets", ())
    if not about and len(targets) == 1:
        about = chosen_id(targets[0].get("activity", "")) or 0
    found = screen.crm.read(agendas.appointment, about) if about else None
    users = tuple(each for text in items(raws.get("who", "")) if (each := chosen_id(text)) is not None)
    if not users:
        named = chosen_id(raws.get("next_assignee", "") or raws.get("assignee", ""))
        card = getattr(screen, "card", None)
        owner = getattr(card, "owner_id", None)
        users = (named,) if named is not None else (owner,) if owner is not None else ()
    if not users and found is not None:
        others = (each.user_id for each in found.attendees if each.user_id is not None)
        users = tuple(dict.fromkeys((found.assignee_id, *others)))
    action = chosen_id(raws.get("next_action", "") or raws.get("action", ""))
    minutes = row_id(raws.get("minutes", "").strip()) or _said(screen, raws)
    if not minutes and action is not None:
        minutes = screen.crm.read(views.usual_minutes, action) or 0
    if not minutes and found is not None and found.start_at is not None and found.end_at is not None:
        minutes = int((found.end_at - found.start_at) / timedelta(minutes=1))
    return For(users or (screen.crm.viewer.user_id,), minutes or UNSAID, about)


def _said(screen: Any, raws: Mapping[str, str]) -> int:
    """Minutes from the hour that is typed to that at which it ends; 0 if either says none."""
    now, calendar = screen.now.astimezone(screen.zone).replace(tzinfo=None), screen.shell.calendar
    for begins, ends in when_span.ENDS.items():
        words, text = raws.get(begins, "").strip(), raws.get(ends, "").strip()
        two = when_span.parted(words, now, calendar, language(), screen.zone) if words else None
        words, text = two if two is not None else (words, text)
        if not words or not text:
            continue
        start = when.read(words, now, calendar, language(), zone=screen.zone)
        end = when.hour(text, start.date(), calendar, language()) if isinstance(start, datetime) else None
        if isinstance(start, datetime) and end is not None:
            lasts = datetime.combine(start.date(), end) - start
            if lasts < timedelta(0) and lasts + timedelta(days=1) < OVERNIGHT:  # from 23:00 to 1:00
                lasts += timedelta(days=1)
            return max(0, lasts // timedelta(minutes=1))
    return 0


class FreeTime:
    """See the module; `forget` when something may have changed."""

    def __init__(self, screen: Any) -> None:
        self._screen = screen
        self._for = For((), 0)
        self._known: dict[int, Mapping[int, Time]] = {}

    def forget(self) -> None:
        """Read anew when asked next."""
        self._known.clear()

    def whose(self) -> For:
        """For whom it is now; other people, another length: what was read counts no more."""
        found = meant(self._screen)
        if found != self._for:
            self._for = found
            self._known.clear()
        return found

    def times(self, day: date) -> Mapping[int, Time]:
        """What they work and have taken in the stretch in which a day lies, and in the day before and after it."""
        stretch = day.toordinal() // STRETCH
        if stretch not in self._known:
            zone, first = self._screen.zone, date.fromordinal(stretch * STRETCH)
            start, end = free.whole(first - timedelta(1), first + timedelta(STRETCH), zone)
            self._known[stretch] = self._screen.crm.read(
                views.times, self._for.users, free.instant_of(start), free.instant_of(end), but=self._for.but
            )
        return self._known[stretch]

    # --- a moment -----------------------------------------------------------------------------------------

    def told(self, local: datetime) -> tuple[str, str]:
        """What stands against a moment on the viewer's clock, or that they are free, and the tone of it; empty if only
        the hour is unusual and the day is said to be none."""
        screen, whose = self._screen, self.whose()
        start = local.replace(tzinfo=screen.zone).astimezone(UTC)
        begin = free.minute_of(start)
        times = self.times(local.date())
        span: Spans = ((begin, begin + whose.minutes),)
        taken = any(free.shared(time.busy, span) for time in times.values())
        if taken and (words := self._clash(start, whose)):
            return words, "overdue"
        common = free.common(time.free for time in times.values())
        held = free.holding(common, begin, begin + whose.minutes)
        if held is None:
            return "", ""
        if len(whose.users) > 1:
            return say_n("free for the {n}", "free for all {n}", len(whose.users)), "open"
        return say(N_("free until {at}"), at=free.clock(held[1], screen.zone, ends=True)), "open"

    def _clash(self, start: datetime, whose: For) -> str:
        screen = self._screen
        end = start + timedelta(minutes=whose.minutes)
        found = screen.crm.read(agendas.conflicts, whose.users, start, end, but=whose.but)
        if not found:
            return ""
        clash, me = found[0], screen.crm.viewer.user_id
        what = clash.party or clash.subject or say(N_("taken"))
        at = formats.clock(clash.start_at, screen.zone) if clash.start_at is not None else say(N_("all day"))
        if clash.user_id == me:
            return say(N_("clashes with {what} at {at}"), what=what, at=at)
        return say(N_("{login} has {what} at {at}"), login=clash.login, what=what, at=at)

    def slot(self, after: datetime) -> datetime | None:
        """The first moment from an instant on at which all of them are free, on the viewer's clock."""
        whose = self.whose()
        found: list[datetime] = self._screen.crm.read(
            views.slots, whose.users, whose.minutes, after, but=whose.but
        )
        return found[0].astimezone(self._screen.zone).replace(tzinfo=None) if found else None

    # --- days ---------------------------------------------------------------------------------------------

    def cell(self, day: date) -> tuple[DayCell, bool]:
        """A day of theirs, of several what they have in common, and whether nobody works on it."""
        span = (free.whole(day, day, self._screen.zone),)
        times = self.times(day).values()
        worked = [free.shared(time.worked, span) for time in times]
        if not all(worked):
            return DayCell("off", self._why(day)), not any(worked)
        left = free.minutes(free.common(free.shared(time.free, span) for time in times))
        most = min(free.minutes(each) for each in worked)
        return DayCell(SIGNS[free.state(most, most - left)], spans.short_length(left)), False

    def _why(self, day: date) -> str:
        found = [time.working.calendar.exception(day) for time in self.times(day).values()]
        off = next((each for each in found if each is not None and not each.hours), None)
        kind = off.kind if off is not None else None
        return spans.why_off((off.title or "") if off is not None else "", kind, 4) if kind else ""

    def bar(self, day: date) -> Bar:
        """The hours of a day: what all of them work, and what any of them has taken."""
        zone = self._screen.zone
        span = (free.whole(day, day, zone),)
        times = self.times(day).values()
        worked = free.common(free.shared(time.worked, span) for time in times)
        busy = free.merged(each for time in times for each in free.shared(time.busy, span))

        def minutes(found: Spans) -> tuple[tuple[int, int], ...]:
            return tuple((free.wall_minute(a, zone), free.wall_minute(b, zone, ends=True)) for a, b in found)

        return Bar("", minutes(worked), minutes(busy))

    def off_word(self, day: date) -> str:
        """Why nobody works on a day, in full; empty where somebody does."""
        found = [time.working.calendar.exception(day) for time in self.times(day).values()]
        off = next((each for each in found if each is not None and not each.hours), None)
        if off is None:
            return ""
        if off.kind is ExceptionKind.HOLIDAY:
            return off.title or say(N_("holiday"))
        return off.title or say_in("free day", C_("free day", "off"))
