"""What is done with the appointment under the agenda's cursor: moved, made longer, ended; and booked at the cursor.

Every change is a command; what it clashes with is said in a sheet from which it may be done knowingly. Of one that
comes again it is asked for which of its occurrences.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from crm_tui.domain.activity import ActivityState
from crm_tui.domain.agenda import RESPONSE_NAMES, Entry, Response
from crm_tui.domain.agenda_view import moment, span
from crm_tui.domain.outcome import Instead, Refusal
from crm_tui.domain.recurring import Reach
from crm_tui.domain.when_echo import echo
from crm_tui.i18n import N_, language, say
from crm_tui.screens.agenda.columns import gone, words_of
from crm_tui.screens.agenda.loaded import View
from crm_tui.screens.agenda.said import when
from crm_tui.screens.agenda.walk import Walks
from crm_tui.screens.core.menus import Item, MenuScreen
from crm_tui.services.agenda import views
from crm_tui.ui import formats
from crm_tui.widgets.looks import clean

if TYPE_CHECKING:
    from crm_tui.domain.agenda import Appointment
    from crm_tui.domain.outcome import Done
    from crm_tui.services.core.commands import Command

STEP = timedelta(minutes=30)
LEAST = 15
"""Minutes of an appointment that is made shorter."""
REACHES = (
    (Reach.THIS, N_("_This one alone")),
    (Reach.FOLLOWING, N_("This one and those a_fter it")),
    (Reach.ALL, N_("_All that are still to come")),
)
ANSWERS = (
    (Response.ACCEPTED, N_("_Accept the invitation")),
    (Response.TENTATIVE, N_("_Perhaps: I do not know yet")),
    (Response.DECLINED, N_("_Decline the invitation")),
)
HELD = N_("It was held already: u undoes what was done last.")
Making = Callable[[Reach], "Command"]
"""Makes a command, for these occurrences."""


def ended(entry: Entry) -> bool:
    """Whether nothing is planned of it any more."""
    return entry.deleted or entry.state != ActivityState.PLANNED


class Acts(Walks):
    """See the module."""

    _fresh: int | None = None
    """What was booked just now from here."""

    def mine(self) -> Entry | None:
        """The appointment under the cursor, if one may see it; else it is said."""
        entry = self.entry
        if entry is None:
            self.tell(say(N_("No appointment stands here: n books one, the arrows go on.")))
            return None
        if not entry.seen:
            self.tell(say(N_("Of this appointment you see only that it takes the time.")))
            return None
        return entry

    # --- doing it -----------------------------------------------------------------------------------------

    async def _for_which(self, entry: Entry, heading: str, make: Making, done: Callable[[], str]) -> None:
        """Do it; of one that comes again it is asked first for which occurrences."""
        if entry.series_id is None:
            await self._do(make, Reach.THIS, done)
            return

        def item(reach: Reach, label: str) -> Item:
            return Item(say(label), "", partial(self._do, make, reach, done))

        self.app.push_screen(MenuScreen(heading, [item(*each) for each in REACHES], words_of(entry)[0]))

    async def _do(self, make: Making, reach: Reach, done: Callable[[], str]) -> None:
        await self._send(make(reach), done)

    async def _send(self, command: Command, done: Callable[[], str]) -> None:
        """Do it; where it clashes, the hours near by that are free are offered, and to do it all the same."""
        outcome = await self.write(command)
        if not isinstance(outcome, Refusal) or not outcome.instead:
            self.answer(outcome, done())
            return
        from crm_tui.screens.core.questions import RefusalScreen

        async def chosen(way: Instead | None) -> None:
            if way is None:
                return
            changes: dict[str, Any] = {"anyway": True} if "anyway" in way.values else {}
            if "when" in way.values:
                words = way.values["when"]
                hour = datetime.fromisoformat(words).replace(tzinfo=self.zone) if " " in words else None
                changes["when"] = hour or date.fromisoformat(words)
            await self._send(command.model_copy(update=changes), done)

        self.app.push_screen(RefusalScreen(outcome), callback=chosen)

    def _when_now(self, entry: Entry) -> Callable[[], str]:
        """When the appointment is, once it was moved."""

        def told() -> str:
            found = self.loaded.find(entry.id)
            if found is None:
                return say(N_("Moved"))
            return say(N_("Moved to {when}"), when=when(found, self.now, self.zone, long=False))

        return told

    # --- moving -------------------------------------------------------------------------------------------

    async def _shift(self, *, days: int = 0, minutes: int = 0) -> None:
        """Half an hour or a day earlier or later, on the clock of the wall; the cursor goes along."""
        entry = self.mine()
        if entry is None:
            return
        found = span(entry)
        if found is None and minutes:
            self.tell(say(N_("What takes whole days has no hour: H and L move it by a day.")))
            return
        to: date | datetime
        if found is None:
            to = entry.due_on + timedelta(days=days)
        elif days:
            local = found[0].astimezone(self.zone)
            to = moment(local.date() + timedelta(days=days), local.hour * 60 + local.minute, self.zone)
        else:
            to = found[0] + timedelta(minutes=minutes)
        self.key = entry.id

        def make(reach: Reach) -> Command:
            from crm_tui.services.agenda.commands import MoveAppointment

            return MoveAppointment(activity=entry.id, when=to, reach=reach, version=entry.version)

        before = self.loaded.asked.day
        await self._for_which(entry, say(N_("Move which ones?")), make, self._when_now(entry))
        if days and self.loaded.find(entry.id) is None and self.gridded:
            self._follow(entry.id, before + timedelta(days=days))

    def _follow(self, activity: int, day: date) -> None:
        """It was moved out of the days that are shown: go where it went."""
        self.key = activity
        self.ask(
            self.loaded.asked._replace(day=day if self.view is View.DAY else self._day_of(activity, day))
        )
        self._moved()

    def _day_of(self, activity: int, other: date) -> date:
        found = self.crm.read(views.appointment, activity)
        return other if found is None else found.due_on

    async def action_agenda_later(self) -> None:
        await self._shift(minutes=30)

    async def action_agenda_earlier(self) -> None:
        await self._shift(minutes=-30)

    async def action_agenda_day_next(self) -> None:
        await self._shift(days=1)

    async def action_agenda_day_prev(self) -> None:
        await self._shift(days=-1)

    async def action_agenda_longer(self) -> None:
        await self._stretch(1)

    async def action_agenda_shorter(self) -> None:
        await self._stretch(-1)

    async def _stretch(self, by: int) -> None:
        """To the next whole half hour of length; no shorter than a quarter of an hour."""
        entry = self.mine()
        found = span(entry) if entry is not None else None
        if entry is None or found is None:
            return
        lasts, step = found[1] - found[0], STEP
        to = (lasts // step + 1) * step if by > 0 else (-(-lasts // step) - 1) * step
        minutes = max(LEAST, int(to.total_seconds()) // 60)
        if minutes * 60 == lasts.total_seconds():
            self.tell(say(N_("It is as short as it may be: R says another hour, x ends it.")))
            return

        def make(reach: Reach) -> Command:
            from crm_tui.services.agenda.commands import MoveAppointment

            return MoveAppointment(activity=entry.id, minutes=minutes, reach=reach, version=entry.version)

        await self._for_which(entry, say(N_("Stretch which ones?")), make, self._when_now(entry))

    def action_rec_redate(self) -> None:
        """Another day or hour in words; a day alone keeps the hour. (JOBS 5)"""
        entry = self.mine()
        if entry is not None:
            self.go("move_appointment", activity=entry.id)

    def action_rec_edit(self) -> None:
        entry = self.mine()
        if entry is not None:
            self.go("edit_appointment", activity=entry.id)

    # --- ending -------------------------------------------------------------------------------------------

    async def action_agenda_done(self) -> None:
        """It was held: with a card or a person the parecer says how, else it is done. (M77)"""
        entry = self.mine()
        if entry is None:
            return
        if ended(entry):
            self.tell(
                say(N_("{what}: x puts it back as planned."), what=gone(entry)) if gone(entry) else say(HELD)
            )
            return
        if entry.card_id is not None or entry.party_id is not None:
            self.go("note", card=entry.card_id, party=entry.party_id, activity=entry.id)
            return
        from crm_tui.services.agenda.commands import HoldAppointment

        outcome = await self.write(HoldAppointment(activity=entry.id, version=entry.version))
        self.answer(outcome, say(N_("It was held")))

    def action_agenda_undone(self) -> None:
        """`x`: not held, cancelled, deleted; of what is none of these no more, back to planned. (B15)"""
        entry = self.mine()
        if entry is None:
            return
        if entry.state == ActivityState.DONE and not entry.deleted:
            self.tell(say(HELD))
            return
        items = [
            Item(
                say(N_("_Not held")),
                say(N_("somebody did not come")),
                partial(self.go, "miss_appointment", activity=entry.id),
            ),
            Item(
                say(N_("_Cancel")),
                say(N_("it stays in the history")),
                partial(self._end, entry, "cancel_appointment", say(N_("Cancel which ones?"))),
            ),
            Item(
                say(N_("_Delete")),
                say(N_("it was a mistake")),
                partial(self._end, entry, "delete_appointment", say(N_("Delete which ones?"))),
            ),
        ]
        if ended(entry):
            items = [Item(say(N_("_Put back as planned")), "", partial(self._restore, entry))]
        self.app.push_screen(MenuScreen(say(N_("What became of it?")), items, clean(words_of(entry)[0])))

    async def _restore(self, entry: Entry) -> None:
        from crm_tui.services.agenda.commands import RestoreAppointment

        def make(_: Reach) -> Command:
            return RestoreAppointment(activity=entry.id, version=entry.version)

        await self._do(make, Reach.THIS, lambda: say(N_("Planned again")))

    def _end(self, entry: Entry, place: str, heading: str) -> None:
        """Cancel or delete it, and why; of one that comes again it is asked first which ones."""
        if entry.series_id is None:
            self.go(place, activity=entry.id)
            return
        items = [
            Item(say(label), "", partial(self.go, place, activity=entry.id, reach=reach))
            for reach, label in REACHES
        ]
        self.app.push_screen(MenuScreen(heading, items, words_of(entry)[0]))

    # --- invitations --------------------------------------------------------------------------------------

    def action_rec_menu(self) -> None:
        """`o`: to answer an invitation of one's own; calendar files out and in. (X36)"""
        entry = self.entry
        items: list[Item] = []
        if entry is not None and entry.response is not None and entry.user_id == self.crm.viewer.user_id:
            items = [
                Item(
                    say(label),
                    say(N_("now")) if entry.response == answer else "",
                    partial(self._answer_it, entry, answer),
                )
                for answer, label in ANSWERS
            ]
        heading = N_("Invitation") if items else N_("Appointment")
        if entry is not None and entry.seen:
            out = partial(self.go, "export_appointment", activity=entry.id)
            items.append(Item(say(N_("_Export…")), say(N_("as a calendar file (.ics)")), out))
        taken_in = partial(self.go, "import_agenda")
        items.append(Item(say(N_("_Import appointments…")), say(N_("from a calendar file")), taken_in))
        about = clean(words_of(entry)[0]) if entry is not None else ""
        self.app.push_screen(MenuScreen(say(heading), items, about))

    async def _answer_it(self, entry: Entry, answer: Response) -> None:
        from crm_tui.services.agenda.commands import AnswerInvitation

        outcome = await self.write(AnswerInvitation(activity=entry.id, response=answer))
        self.answer(outcome, say(N_("Answered: {answer}"), answer=say(RESPONSE_NAMES[answer])))

    # --- booking ------------------------------------------------------------------------------------------

    def slot(self) -> str:
        """The half hour under the cursor in words that are read back as it, where that runs already the one to come; of
        a month or a list the day alone."""
        now = self.now.astimezone(self.zone).replace(tzinfo=None)
        day, minute = self.day, self.minute
        if minute is not None and self._runs(day, minute, now):
            return echo(datetime.combine(day, time(now.hour, now.minute // 30 * 30)) + STEP, now, language())
        if self.view is View.LIST:
            entry = self.entry
            if entry is not None and entry.start_at is not None:
                day = entry.day(self.zone)
        if minute is None:
            return echo(day, now, language())
        return echo(datetime.combine(day, time(minute // 60, minute % 60)), now, language())

    def _runs(self, day: date, minute: int, now: datetime) -> bool:
        """Whether the half hour under the cursor, or the appointment that stands there, has begun and is not over."""
        begun = datetime.combine(day, time(minute // 60, minute % 60))
        found = span(self.entry) if self.entry is not None else None
        end = found[1].astimezone(self.zone).replace(tzinfo=None) if found is not None else begun + STEP
        return begun < now < max(end, begun + STEP)

    def record_ids(self) -> dict[str, int]:
        entry = self.entry
        named = (("card", entry.card_id), ("party", entry.party_id)) if entry is not None else ()
        return {name: each for name, each in named if each is not None}

    def action_new_here(self) -> None:
        self._book()

    def action_rec_schedule(self) -> None:
        self._book()

    def _book(self) -> None:
        """A new appointment at the cursor, of whom the agenda is."""
        spot = self.spot
        users = (spot.user,) if spot is not None and spot.user else self.loaded.asked.users
        more: dict[str, Any] = {} if users == (self.crm.viewer.user_id,) else {"who": users}
        self.go("schedule", when=self.slot(), made=self._booked, **more)

    def _booked(self, done: Done) -> None:
        self._fresh = done.entity_id

    def acted(self, done: int, what: str, left: Sequence[int] = ()) -> None:
        """What was booked has the cursor, if it lies in what is shown; else it is said when it is."""
        fresh, self._fresh = self._fresh, None
        found = self.crm.read(views.appointment, fresh) if fresh is not None else None
        if found is None:
            super().acted(done, what, left)
            return
        if self._in_sight(found):
            self.key = found.id
            self.read()
            self._stand_on(found)
        else:
            self.read()
            today = self.today
            day = formats.day_near(self._day_it_is(found), today)
            hour = formats.clock(found.start_at, self.zone) if found.start_at is not None else ""
            what += "   " + say(N_("booked for {when}"), when=f"{day} {hour}".rstrip())
        self.tell(what)

    def _day_it_is(self, found: Appointment) -> date:
        return found.due_on if found.start_at is None else found.start_at.astimezone(self.zone).date()

    def _in_sight(self, found: Appointment) -> bool:
        """Whether an appointment lies in the days, and in the agendas, that are shown."""
        first, last = self.loaded.asked.days
        people = {found.assignee_id, *(each.user_id for each in found.attendees)}
        placed = found.start_at is not None or found.all_day
        return (
            placed
            and first <= self._day_it_is(found) <= last
            and not people.isdisjoint(self.loaded.asked.users)
        )

    def _stand_on(self, found: Appointment) -> None:
        if self.view is View.MONTH:
            self.to_day(self._day_it_is(found))
            return
        if self.view is View.LIST:
            self.vlist.go_to(found.id)
        self._moved()
