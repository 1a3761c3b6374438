"""What an operator does in the agenda: which view and whose, and the appointment under the cursor.

Turns keys into commands and places; the cursor comes from `walk`.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import Any

from crm_tui.i18n import N_, say, say_in
from crm_tui.screens.agenda.acting import Acts, ended
from crm_tui.screens.agenda.columns import words_of
from crm_tui.screens.agenda.loaded import View
from crm_tui.screens.core.menus import Item, MenuScreen

VIEWS = (
    (View.DAY, N_("_Day")),
    (View.WEEK, N_("_Week")),
    (View.MONTH, N_("_Month")),
    (View.LIST, N_("_List")),
)
"""`s`, and the letter of each."""


class Verbs(Acts):
    """The verbs of the agenda; `AgendaScreen` completes it."""

    # --- the period ---------------------------------------------------------------------------------------

    def action_agenda_prev(self) -> None:
        self.turn(-1)
        self._moved()

    def action_agenda_next(self) -> None:
        self.turn(1)
        self._moved()

    def action_agenda_today(self) -> None:
        today = self.today
        self.key = None
        self.ask(self.loaded.asked._replace(day=today), home=True)
        if self.gridded:
            self.to_now()
        self._moved()

    def action_agenda_goto(self) -> None:
        from crm_tui.screens.core.whose import WhichDay

        self.app.push_screen(WhichDay(), self._gone_to)

    def _gone_to(self, found: date | None) -> None:
        if isinstance(found, datetime):
            self.to_day(found.date(), found.hour * 60 + found.minute)
        elif found is not None:
            self.to_day(found)

    def action_agenda_who(self) -> None:
        from crm_tui.screens.core.whose import Whose

        screen = Whose(self.loaded.asked.users, heading=N_("Whose agendas are shown"), own=True)
        refusal = screen.hindrance(self.shell)
        if refusal is not None:
            self.go("refusal", refusal=refusal)
            return
        self.app.push_screen(screen, self._whose)

    def action_rec_free_days(self) -> None:
        """Who of those that are shown is free, from the day on at which one looks."""
        asked = self.loaded.asked
        today = self.today
        self.go("free", who=asked.users if len(asked.users) > 1 else (), when=max(asked.day, today))

    def _whose(self, users: list[int] | None) -> None:
        if users:
            self.ask(self.loaded.asked._replace(users=tuple(users)))
            self._moved()

    def action_agenda_view(self) -> None:
        """`s`: day, week, month, list; past and deleted ones. (B14, B15)"""
        asked = self.loaded.asked
        items = [
            Item(say(label), say(N_("now")) if view is asked.view else "", partial(self._as, view))
            for view, label in VIEWS
        ]
        past = N_("Without _past ones") if asked.past else N_("With _past ones")
        deleted = (
            N_("Without _cancelled and deleted ones")
            if asked.deleted
            else N_("With _cancelled and deleted ones")
        )
        listed = asked.view is View.LIST
        items.append(
            Item(say(past), "" if listed else say(N_("in the list")), self._turn_past if listed else None)
        )
        items.append(Item(say(deleted), "", self._turn_deleted))
        self.app.push_screen(MenuScreen(say_in("key", "Arrange"), items))

    def _as(self, view: View) -> None:
        """The same day in another view; the cursor stays on its appointment."""
        entry, day = self.entry, self.day
        asked = self.loaded.asked
        if self.view is View.LIST and entry is not None and entry.start_at is not None:
            day = entry.day(self.zone)
        if entry is not None:
            self.key = entry.id
        today = self.today
        self.ask(asked._replace(view=view, day=today if view is View.LIST else day), home=True)
        if view is View.LIST:
            self._list_on(day)
        elif self.gridded and self.key is None:
            self._on_day(day)
        self._moved()

    def _list_on(self, day: date) -> None:
        """The bar of the list on the appointment that had the cursor, else on the first one from that day on; the lower
        pane speaks of it at once, not of the row that had the bar before."""
        made = self.maker()
        coming = (e.id for row in self._listed if (e := self.loaded.find(row.key)) and made.day_of(e) >= day)
        if self.key is None or not self.vlist.go_to(self.key):
            first = next(coming, None)
            if first is not None:
                self.vlist.go_to(first)
        self.show_preview()

    def _on_day(self, day: Any) -> None:
        from crm_tui.screens.agenda.columns import ordered

        spots = ordered(self.loaded)
        self.column = next((n for n, spot in enumerate(spots) if spot.day == day), self.column)
        self._stand(max(0, self.row))

    def _turn_past(self) -> None:
        asked = self.loaded.asked
        self.ask(asked._replace(past=not asked.past))
        self._moved()

    def _turn_deleted(self) -> None:
        asked = self.loaded.asked
        self.ask(asked._replace(deleted=not asked.deleted))
        self._moved()

    # --- the record ---------------------------------------------------------------------------------------

    def action_rec_open(self) -> None:
        """The card; of an appointment without one all that is known of it; of a month's day its hours."""
        if self.view is View.MONTH:
            self._as(View.DAY)
            return
        entry = self.mine()
        if entry is None:
            return
        if entry.card_id is not None:
            self.go("card", card=entry.card_id)
        else:
            self.go("appointment", activity=entry.id)

    def action_rec_note(self) -> None:
        entry = self.mine()
        if entry is None:
            return
        if entry.card_id is None and entry.party_id is None:
            self.tell(say(N_("This appointment has no card and no person: w says that it was held.")))
            return
        planned = {} if ended(entry) else {"activity": entry.id}
        self.go("note", card=entry.card_id, party=entry.party_id, **planned)

    def action_rec_trail(self) -> None:
        entry = self.mine()
        if entry is None:
            return
        if entry.card_id is not None:
            self.go("history", card=entry.card_id)
        elif entry.party_id is not None:
            self.go("history", party=entry.party_id)
        else:
            self.go("record_history", entity="activity", entity_id=entry.id, name=words_of(entry)[0])
