"""*Atender*: the program chooses the contact and says why; `A` or `]` passes it over, `Z` says why, `z` puts it off.

What was passed over stands in the trail, so that another program, or the same one tomorrow morning, knows of it or has
forgotten it. Says what is done today and what is left. (M77, M78)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from crm_tui.domain.followup import NextCard, WhyNext
from crm_tui.domain.outcome import Done
from crm_tui.i18n import N_, say, say_n
from crm_tui.screens.followup.verbs import QueueVerbs
from crm_tui.services.followup import views
from crm_tui.ui import formats
from crm_tui.widgets.bars import ROOMY

WHY: Final = {
    WhyNext.TIME_NOW_DUE: N_("next: its hour has come"),
    WhyNext.OVERDUE: N_("next: the longest overdue"),
    WhyNext.TODAY: N_("next: due today"),
    WhyNext.UNTAKEN_LEAD: N_("next: a lead that nobody has taken"),
    WhyNext.NO_NEXT_STEP: N_("next: it has no next step"),
    WhyNext.STALE: N_("next: idle for the longest time"),
}
MOST: Final = 999
OFFERED: Final = frozenset(("rec.next", "rec.prev", "rec.snooze", "rec.skip"))
"""What Hoje offers because of it."""


class Attends(QueueVerbs):
    """See the module; `TodayScreen` completes it."""

    why: WhyNext | None = None
    """Why the contact under the cursor is the one; None: one looks for oneself."""
    _attended: int | None = None
    _round = 0
    """The event behind which the round began: what was passed over before is asked about again."""
    _passed: frozenset[int] = frozenset()
    """What was passed over here although the operator may not change it, and the trail knows nothing of it."""
    tally = ""
    """What is done today and what is left."""
    waiting = 0
    """How many appointments are over and not registered."""
    agreed = 0
    """How many of today's are to come. (M76)"""

    @property
    def attending(self) -> bool:
        """Whether the contact under the cursor is the program's choice."""
        return self.why is not None

    def attend(self) -> None:
        """The program chooses the next contact and says why this one."""
        found = self.crm.read(views.next_card, self._passed, since=self._round)
        if found is None:
            self._round, self._passed = self.crm.read(views.last_event), frozenset()
            found = self.crm.read(views.next_card, since=self._round)
            if found is not None:
                self.tell(say(N_("All were passed over today: the round begins anew.")))
        if found is None:
            self.leave_attending()
            self.tell(say(N_("Nobody is waiting: nothing is due.")))
            return
        self._attended, self.why = found.key, found.why
        if not self.vlist.go_to(found.key):
            self.list_with(found)
        self.count_day()
        self.show_preview()
        self.show_title()
        self.show_footer()

    def leave_attending(self) -> None:
        """One looks for oneself again."""
        if self.attending:
            self.why = None
            self.show_preview()
            self.show_title()
            self.show_footer()

    def moved(self) -> None:
        """The cursor is on another row: than the chosen one, one looks for oneself."""
        if self.vlist.key != self._attended and self.attending:
            self.why = None
            self.show_title()

    def list_with(self, chosen: NextCard) -> None:
        """A list that has this row, the cursor on it."""
        raise NotImplementedError

    def show_preview(self) -> None:
        """Say who is under the cursor, and why."""
        raise NotImplementedError

    def count_day(self) -> None:
        """Count what is done, what is left and what is not registered: when the list is read, not when its title is
        drawn, and not with the program's first frame."""
        if not self.shell.painted:
            return
        from crm_tui.services.dash import views as dash

        self.waiting = self.crm.read(views.unregistered)
        self.agreed = self.crm.read(dash.left_today)
        done, self.tally = self.crm.read(views.day_done).contacts, ""
        if done or self.attending:
            left = self.crm.read(views.day_left)
            said = f"{MOST}+" if left > MOST else str(left)
            remain = say_n("{count} left", "{count} left", left, count=said)
            self.tally = f"{say_n('{n} done', '{n} done', done)}, {remain}" if done else remain

    def counted(self) -> list[str]:
        """What of one's own waits to be registered, and how much of today has an agreed hour. (T6, M76)"""
        n = formats.number(self.waiting) if self.waiting <= MOST else f"{MOST}+"
        waiting = say_n("{count} not registered", "{count} not registered", self.waiting, count=n)
        hours = say_n("{n} with an hour", "{n} with an hour", self.agreed)
        roomy = self.app.size.width >= ROOMY
        return [*([waiting] if self.waiting else []), *([hours] if self.agreed and roomy else [])]

    async def action_work_attend(self) -> None:
        """Begin; again on the contact that was chosen, pass it over."""
        if self.attending and self._attended == self.vlist.key:
            await self._pass_over()
        self.attend()

    async def action_rec_next(self) -> None:
        if self.attending:
            await self.action_work_attend()
        else:
            self.vlist.action_nav_down()

    def action_rec_prev(self) -> None:
        self.vlist.action_nav_up()

    async def _pass_over(self) -> None:
        from crm_tui.services.followup.commands import SkipContact

        key = self._attended
        assert key is not None
        passed = SkipContact(card=key) if key > 0 else SkipContact(activity=-key)
        if not isinstance(await self.write(passed), Done):
            self._passed |= {key}

    def acted(self, done: int, what: str, left: Sequence[int] = ()) -> None:
        """Put off or passed over, the chosen contact makes room for the next one."""
        on = self.attending and self._attended in self._acting[1] and done > 0
        super().acted(done, what, left)
        if on:
            self.attend()
            self.tell(what)
