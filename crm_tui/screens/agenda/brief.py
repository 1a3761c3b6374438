"""The agenda's lower pane: the appointment under the cursor, in one line or with all that one needs before it.

Read when the cursor rests, by id, whatever the size of the base. What neither grid nor card shows is the slack before
and after. (LOOK.md, Agenda)
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from crm_tui.domain.agenda import RESPONSE_NAMES, Appointment, Attendee, Entry, Response
from crm_tui.domain.agenda_view import entry_state, span
from crm_tui.i18n import N_, say, say_n
from crm_tui.screens.agenda.columns import glyph, gone, hours_of, words_of
from crm_tui.screens.agenda.loaded import View
from crm_tui.screens.agenda.said import hours, when
from crm_tui.screens.core.reach import reaches
from crm_tui.services.agenda import views
from crm_tui.services.board import views as boards
from crm_tui.services.party import views as parties
from crm_tui.services.trail import views as trails
from crm_tui.ui import formats
from crm_tui.widgets.looks import Run, clean
from crm_tui.widgets.pane import Block, Line

if TYPE_CHECKING:
    from crm_tui.screens.agenda.walk import Walks

ANSWERS: Final = {
    Response.ACCEPTED: "open",
    Response.TENTATIVE: "today",
    Response.DECLINED: "overdue",
    Response.NONE: "today",
}
"""The role of each answer."""
TONES: Final = {"positive": "open", "neutral": "muted", "negative": "overdue"}
NEAR: Final = timedelta(hours=4)
"""How far before and after an appointment its neighbours are told."""
DAY_ROWS: Final = 4
"""Appointments of a day of the month that are told under it."""
TIGHT: Final = 30
"""Minutes of slack from which there is time enough to get there."""


class Brief:
    """What the pane says just now; `tall`: seven rows instead of one."""

    def __init__(self, screen: Walks, *, tall: bool) -> None:
        self._screen, self._tall = screen, tall
        self._crm, self._now, self._zone = screen.crm, screen.now, screen.zone

    def blocks(self) -> list[Block]:
        """The pane's blocks."""
        if self._screen.view is View.MONTH:
            return self._month_day()
        entry = self._screen.entry
        if entry is None:
            return [[self._empty()], *self._untimed()]
        return self._all(entry) if self._tall else [[self._line(entry)]]

    def _month_day(self) -> list[Block]:
        """A day of the month in numbers; where there is room, its appointments by name."""
        screen = self._screen
        made = screen.maker()
        today = self._now.astimezone(self._zone).date()
        off = next(
            (name for user in screen.loaded.asked.users if (name := screen.loaded.off(user, screen.day))), ""
        )
        day = formats.day_title(screen.day, today) + (f", {clean(off)}" if off else "")
        first = [Line((Run(f"{day}   ", "bright", True), *made.numbers(screen.day)))]
        if not self._tall:
            return [first]
        there = [entry for _, entry in made.of_cell(screen.day)]
        lines = [self._line(e, dated=False) for e in there[:DAY_ROWS]]
        if len(there) > DAY_ROWS:
            lines.append(
                Line((Run(say(N_("{n} more: enter opens the day"), n=len(there) - DAY_ROWS), "muted"),))
            )
        return [first, lines]

    def _empty(self) -> Line:
        """A free half hour, or a day of the month."""
        screen = self._screen
        today = self._now.astimezone(self._zone).date()
        day = formats.day_title(screen.day, today)
        spot, minute = screen.spot, screen.minute
        if spot is not None:
            people = (spot.user,) if spot.user else screen.loaded.asked.users
            off = next((name for user in people if (name := screen.loaded.off(user, spot.day))), "")
            if off:
                day = f"{day}, {clean(off)}"
        if screen.view is View.LIST:
            return Line((Run(" "),))
        if minute is None:
            return Line((Run(day, "bright", True),))
        at = f"{minute // 60:02d}:{minute % 60:02d}"
        hint = say(N_("n books here"))
        return Line((Run(f"{day} {at}", "bright", True), Run(f"   {hint}", "muted")))

    def _untimed(self) -> list[Block]:
        """Where there is room, what is to be done that day without an hour."""
        spot = self._screen.spot
        if not self._tall or spot is None:
            return []
        people = (spot.user,) if spot.user else self._screen.loaded.asked.users
        found = self._crm.read(views.untimed, people, spot.day, spot.day)
        if not found:
            return []
        lines = [self._line(entry, dated=False) for entry in found[:DAY_ROWS]]
        if len(found) > DAY_ROWS:
            more = say_n("{n} more without hour", "{n} more without hour", len(found) - DAY_ROWS)
            lines.append(Line((Run(more, "muted"),)))
        return [lines]

    # --- one line -----------------------------------------------------------------------------------------

    def _line(self, entry: Entry, *, dated: bool = True) -> Line:
        who, what = words_of(entry)
        state = entry_state(entry, self._now, self._zone)
        look = self._screen.shell.look
        told = gone(entry)
        at = when(entry, self._now, self._zone, long=False) if dated else hours_of(entry, self._zone)
        sign = f"{look.glyph(glyph(entry, state))} {at}"
        runs = [Run(sign, state.value)]
        if told:
            runs.append(Run(f"  {told}", "muted"))
        first, second = (what, who) if entry.party and what else (who, what)
        runs.append(Run(f"  {clean(first)}", "bright", True))
        if second:
            runs.append(Run(f"  {clean(second)}", "text" if entry.party else "muted"))
        if entry.card:
            runs.append(Run(f"  {entry.card}", "muted", whole=True))
        if entry.location:
            runs.append(Run(f"  {clean(entry.location)}", "muted"))
        return Line(tuple(runs), most=1)

    # --- the whole pane -----------------------------------------------------------------------------------

    def _all(self, entry: Entry) -> list[Block]:
        found: Appointment | None = self._crm.read(views.appointment, entry.id)
        first = [self._head(entry)]
        if found is not None and found.seen:
            first += self._people(found)
        rest = [self._slack(entry)]
        last = self._last(entry)
        if last is not None:
            rest.append(last)
        return [first, rest]

    def _head(self, entry: Entry) -> Line:
        who, what = words_of(entry)
        state = entry_state(entry, self._now, self._zone)
        sign = self._screen.shell.look.glyph(glyph(entry, state))
        told = gone(entry)
        left = [
            Run(f"{sign} ", state.value),
            Run(clean(what if entry.party else who), "bright", True),
        ]
        left.append(Run(f"  {when(entry, self._now, self._zone, long=True)}", state.value))
        if told:
            left.append(Run(f"  {told}", "muted"))
        right = []
        if entry.card:
            right.append(Run(entry.card, "muted"))
        right.append(Run(f"   {clean(entry.action)}", "text"))
        card = self._crm.read(boards.detail, entry.card_id) if entry.card_id is not None else None
        if card is not None and card.value_cents:
            right.append(Run(f"   {formats.money(card.value_cents)}", "bright", True))
        return Line(tuple(left), tuple(right), most=1)

    def _people(self, found: Appointment) -> list[Line]:
        """With whom and how to reach them, where and when one is reminded, who else and what they answered."""
        lines = []
        whom = [Run(clean(found.party), "bright")] if found.party else []
        contact = found.contact_id or found.party_id
        known = contact is not None and reaches(self._crm, parties.detail)
        party = self._crm.read(parties.detail, contact) if known else None
        if found.contact and whom:
            whom.append(Run(f"   {clean(found.contact)}", "muted"))
        if party is not None:
            phone = next(
                (p.normalized for p in party.points if p.kind in ("phone", "mobile", "whatsapp")), ""
            )
            if phone:
                whom.append(Run(f"   {formats.phone(phone)}", "muted", whole=True))
        if whom:
            lines.append(Line(tuple(whom), most=1))
        place = []
        if found.location:
            place += [Run(f"{say(N_('Where'))}  ", "muted"), Run(clean(found.location))]
        if found.remind_minutes is not None:
            told = say(N_("{time} before"), time=hours(found.remind_minutes))
            place += [Run(f"   {say(N_('Reminder'))}  ", "muted"), Run(told)]
        if place:
            lines.append(Line(tuple(place), most=1))
        if found.attendees or found.series_id is not None:
            runs = [Run(f"{say(N_('With'))}  ", "muted"), Run(found.assignee)]
            for each in found.attendees:
                runs += _answer(each)
            if found.series_id is not None:
                runs.append(Run(f"   {say(N_('comes again'))}", "muted"))
            lines.append(Line(tuple(runs), most=1))
        return lines

    def _slack(self, entry: Entry) -> Line:
        """What comes before and after on the same desk, and how much time lies between. (Q of LOOK)"""
        here = span(entry)
        if here is None:
            return Line((Run(" "),))
        near = [
            (each, other)
            for each in self._screen.loaded.entries
            if each.user_id == entry.user_id and each.id != entry.id and not gone(each)
            if (other := span(each)) is not None
        ]
        before = [(e, s) for e, s in near if s[1] <= here[0] and here[0] - s[1] <= NEAR]
        after = [(e, s) for e, s in near if s[0] >= here[1] and s[0] - here[1] <= NEAR]
        left: list[Run] = []
        right: list[Run] = []
        if before:
            ahead, (_, end) = max(before, key=lambda each: each[1][1])
            left = [Run(f"{say(N_('Before'))}  ", "muted"), *self._other(ahead), *_free(here[0] - end)]
        if after:
            behind, (start, _) = min(after, key=lambda each: each[1][0])
            right = [Run(f"{say(N_('After'))}  ", "muted"), *self._other(behind), *_free(start - here[1])]
        if not left and not right:
            return Line((Run(say(N_("Nothing close before or after.")), "muted"),))
        return Line(tuple(left), tuple(right), most=1)

    def _other(self, entry: Entry) -> list[Run]:
        who, what = words_of(entry)
        found = span(entry)
        start = formats.clock(found[0], self._zone) if found is not None else ""
        words = ", ".join(part for part in (clean(who), start) if part)
        return [Run(self._screen.shell.look.cut(words, 34))] if what or who else [Run(start)]

    def _last(self, entry: Entry) -> Line | None:
        """The last parecer of its card or person."""
        if not entry.seen or (entry.card_id is None and entry.party_id is None):
            return None
        if entry.card_id is not None:
            said = self._crm.read(trails.said, card_id=entry.card_id, most=1)
        else:
            said = self._crm.read(trails.said, party_id=entry.party_id, most=1)
        if not said:
            return None
        note = said[0]
        day = note.filed_at.astimezone(self._zone).date()
        today = self._now.astimezone(self._zone).date()
        runs = [
            Run(f"{say(N_('Last'))} ", "muted"),
            Run(f"{formats.day_word(day, today)} {note.author}  ", "muted"),
        ]
        how = ", ".join(part for part in (note.action, note.result) if part)
        if how:
            runs.append(Run(f"{how}  ", TONES.get(note.tone or "", "text")))
        return Line((*runs, Run(clean(note.body))), most=1)


def _answer(each: Attendee) -> list[Run]:
    answer = Response(each.response)
    return [Run(f", {clean(each.name)} "), Run(say(RESPONSE_NAMES[answer]), ANSWERS[answer], whole=True)]


def _free(gap: timedelta) -> list[Run]:
    """How much time lies between two appointments: enough, just enough to get there, or none."""
    minutes = int(gap.total_seconds()) // 60
    if minutes <= 0:
        return [Run(f"   {say(N_('no slack'))}", "overdue", whole=True)]
    if minutes <= TIGHT:
        return [
            Run("   " + say_n("{n} min to get there", "{n} min to get there", minutes), "today", whole=True)
        ]
    return [Run("   " + say(N_("{time} of slack"), time=hours(minutes)), "open", whole=True)]
