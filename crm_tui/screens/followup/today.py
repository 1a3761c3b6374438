"""Hoje: the queue of the day with the briefing of the row under the cursor. (B1-B3, B22-B29, M77)"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual.timer import Timer
from textual.widget import Widget

from crm_tui.domain.filter_rows import together
from crm_tui.domain.filter_tree import All, Filter, Place
from crm_tui.domain.followup import NextCard, Queue, QueueRow, Sorting, WhyNext
from crm_tui.i18n import N_, say
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.filtered import SPOKEN
from crm_tui.screens.core.filterline import MATCHED, matched, while_typing
from crm_tui.screens.core.latest import Latest
from crm_tui.screens.core.navigate import NAV, Navigates
from crm_tui.screens.core.place import PLACE_OFFERS
from crm_tui.screens.core.previewed import Previewed
from crm_tui.screens.followup import asked
from crm_tui.screens.followup.asked import Answer, OfList, Wanted
from crm_tui.screens.followup.attending import OFFERED, WHY, Attends
from crm_tui.screens.followup.shown import Shown
from crm_tui.services.followup import views
from crm_tui.ui import formats
from crm_tui.widgets.bars import ROOMY, Title
from crm_tui.widgets.looks import Run, clean
from crm_tui.widgets.queue import QueuePainter, bands
from crm_tui.widgets.vlist import VList

if TYPE_CHECKING:
    from crm_tui.domain.filter import Habits
    from crm_tui.screens.followup.empty import Empty

BRIEF = 38
"""Cells of the briefing at the right."""


class TodayScreen(Shown, Navigates, Previewed, Attends):
    """The follow-up list."""

    MODE = "1"
    FOOTER = "today"
    MATCHES_ROOM = MATCHED
    SCOPES = ("app", "place", "record")
    OFFERS: ClassVar[frozenset[str]] = frozenset(
        {
            *PLACE_OFFERS,
            *NAV,
            *SPOKEN,
            *("view.arrange", "view.columns"),
            *("sel.toggle", "sel.all", "sel.range", "new.here"),
            *("rec.open", "rec.edit", "rec.note", "rec.comment", "rec.redate", "rec.handover", "rec.move"),
            "rec.cell",
            *("rec.schedule", "rec.won", "rec.lost", "rec.menu", "rec.trail", "rec.copy", "rec.free_days"),
            *("rec.labels", "rec.tasks"),
            *OFFERED,
        }
    )
    ASKS: ClassVar[dict[str, str]] = {"new.here": "new_card"}
    BINDINGS = keys(SCOPES, OFFERS)
    DEFAULT_CSS = """
    TodayScreen #preview { height: 7; }
    TodayScreen.-low #preview { height: 5; }
    TodayScreen.-wide #preview { width: 38; height: 100%; }
    """

    def __init__(self, **_: Any) -> None:
        super().__init__()
        self.queue = Queue(keys=_no_keys(), groups=())
        self.found = asked.HOME
        self._turning: Timer | None = None
        self._empty: Empty | None = None
        self._aside: Latest[Wanted, Answer] = Latest(self, self._ask, lambda _, found: self._show(*found))
        self._of_list: OfList | None = None
        self.vlist: VList[QueueRow] = VList(self._fetch, self._painter(), id="rows")

    # --- what is shown ------------------------------------------------------------------------------------

    def listed(self) -> Iterable[Widget]:
        return self.title_bar, self.vlist

    def on_mount(self) -> None:
        self.recall()
        self.read()
        self.vlist.focus()

    def on_resize(self) -> None:
        self._teach()

    def _painter(self) -> QueuePainter:
        if not self.is_attached:
            return _first_painter()
        order = self.sorting.order if self.found.sort is None else ""
        return QueuePainter(self.now, self.zone, self.words.split(), sorted_by=order, shown=self.shown)

    def _fetch(self, start: int, count: int) -> Sequence[QueueRow]:
        rows: Sequence[QueueRow] = self.crm.read(views.page, self.queue.keys[start : start + count])
        return rows

    def read(self) -> None:
        self._of_list = None
        self.load()
        self.tell_stages()

    def load(self, *, cursor: int | None = None, step: bool = False) -> None:
        """Read keys and groups; the cursor stays on its row, or goes to `cursor`, or to the `step` after.

        One owner's list is read at once, by ranges of an index; what rows are filtered by is looked for in the
        reading thread, and keys wait for it unless they are letters of the line.
        """
        wanted = Wanted(asked.asked(self.found), self.sorting, self._of_list, cursor, step)
        if wanted.asked.rest is None and wanted.asked.owner_id != asked.EVERYBODY:
            self._aside.drop()
            self._show(*self._ask(wanted))
            return
        self._aside.want(wanted)
        if not self.filtering:
            self._aside.then(lambda: None)

    def _ask(self, wanted: Wanted) -> Answer:
        """Perhaps off the UI thread: the rows, and how many there are without the filter."""
        owner_id, closed, rest = wanted.asked
        found: Queue = self.crm.read(
            views.queue, owner_id=owner_id, closed=closed, found=rest, sorting=wanted.sorting
        )
        listed = (owner_id, closed)
        if rest is None:
            return Answer(found, (listed, len(found.keys)), wanted)
        if wanted.of_list is not None and wanted.of_list[0] == listed:
            return Answer(found, wanted.of_list, wanted)
        everything: Queue = self.crm.read(views.queue, owner_id=owner_id, closed=closed)
        return Answer(found, (listed, len(everything.keys)), wanted)

    def _show(self, found: Queue, of_list: OfList, wanted: Wanted) -> None:
        self.queue, self._of_list = found, of_list
        in_bands = together(self.sorting, self.found)
        groups = bands((g.state, g.count, g.cents) for g in self.queue.groups if in_bands)
        self.vlist.show(
            self.queue.keys, groups, cursor=wanted.cursor, step=wanted.step, painter=self._painter()
        )
        self._show_empty()
        self.show_title()
        self.tell_matches()
        if self.shell.painted:
            self.first_painted()

    def _show_empty(self) -> None:
        """In place of rows: what belongs here and what leads on; another footer with it."""
        before, self._empty = self._empty, None if self.queue.keys else self._gather_empty()
        self._teach()
        if (before is None) is not (self._empty is None):
            self.show_footer()

    def _teach(self) -> None:
        width, height = self.app.size
        height -= int(self.stages is not None and self.stages.line.display)
        room = (width - BRIEF, height - 3) if self.wide else (width, height - (8 if self.low else 10))
        shown: list[list[Run]] = []
        if self._empty is not None:
            from crm_tui.screens.followup.empty import lines

            shown = lines(self._empty, *room)
        elif self.filtering:
            shown = while_typing(self.shell.look, self.marked, self.vlist.hidden_marks(), room=room[0])
        self.vlist.below(*shown)

    def _gather_empty(self) -> Empty:
        from crm_tui.screens.followup.empty import Empty

        whose, _, rest = asked.asked(self.found)
        if rest is not None:
            return Empty(filtered=True)
        chosen = self.crm.read(views.next_card)
        row = self.crm.read(views.page, [chosen.key]) if chosen is not None else []
        return Empty(
            mine=whose is None,
            around=self.crm.read(views.around),
            done=self.crm.read(views.day_done),
            waiting=clean(row[0].party or row[0].title) if row else "",
        )

    @property
    def footer_name(self) -> str:
        if self._empty is not None:
            return "today.empty"
        return "attend" if self.attending else self.FOOTER

    def first_painted(self) -> None:
        """The first rows are on the screen: the briefing and the timer follow (their modules cost 40 ms)."""
        if not self.filtering:
            self.count_day()
            self.show_title()
        self._wait_for_turn()
        self.show_preview()
        if self.stages is None:
            self.noticed()

    def _wait_for_turn(self) -> None:
        """One timer set to the next moment at which a visible row changes its state."""
        if self._turning is not None:
            self._turning.stop()
        now = self.now
        rows = self.crm.read(views.page, self.queue.keys[:200])
        moments = [formats.next_change(row.facts(), now, self.zone) for row in rows]
        wait = min(((m - now).total_seconds() for m in moments), default=3600.0)
        self._turning = self.set_timer(max(1.0, min(wait + 0.05, 3600.0)), self.changed)

    def head(self) -> Title:
        view = say(N_("Attending")) if self.attending else self.called or asked.view_of(self.found)
        return Title(
            view,
            self.tally if self.attending else self._said(),
            marks=self.marked,
            hidden=self.vlist.hidden_marks(),
            count=len(self.queue.keys),
            cents=self.queue.cents if self.queue.keys else None,
        )

    def _said(self) -> str:
        """The filter as one would write it, and the order; of the opening list without loading the language."""
        shown = asked.untold(self.found)
        if shown.where == All((asked.MINE,)):
            whose = say(N_("owner:me"))
        else:
            whose = self.shown_line(shown) or say(N_("everybody's"))
        said = whose if shown.sort is not None else f"{whose}  {self._order()}"
        counts = self.counted() if self.found == asked.HOME and self.sorting == Sorting() else []
        if counts:  # beside two of them its usual order has no room; what comes last is left out first
            said = f"{said if len(counts) == 1 else whose}  {', '.join(counts)}"
        return f"{said}  {self.tally}" if self.tally and self.app.size.width >= ROOMY else said

    @property
    def marked(self) -> int:
        return len(self.vlist.marks)

    # --- the briefing follows the resting cursor ----------------------------------------------------------

    def on_vlist_moved(self, event: VList.Moved) -> None:
        self.moved()
        self.cursor_moved()

    def show_preview(self) -> None:
        """The briefing of the row under the cursor; the program's first frame does without."""
        if not self.shell.painted:
            return
        row = self.vlist.row
        if row is None:
            from crm_tui.screens.followup.empty import after_work

            self.preview.set_blocks(after_work(self._empty) if self._empty is not None else [])
            return
        from crm_tui.screens.core.briefing import Briefer, gather

        look, why = self.shell.look, say(WHY[self.why]) if self.why is not None else ""
        briefer = Briefer(look, self.now, self.zone)
        brief = gather(self.crm, row)
        self.preview.gap = int(self.wide)
        self.preview.set_blocks(
            briefer.wide(brief, why) if self.wide else briefer.narrow(brief, why, self.app.size.width)
        )

    # --- moving and marking -------------------------------------------------------------------------------

    def arrive(
        self,
        *,
        key: int | None = None,
        attend: bool = False,
        done: str = "",
        owner: tuple[int, str] | None = None,
        found: Filter | None = None,
        **_: Any,
    ) -> None:
        """Come here from elsewhere: to a row, to the contact that the program chooses, to a colleague's list (`owner`:
        user id and login), or to what a filter finds."""
        if owner is not None:
            self.ask_for(asked.list_of(*owner))
        if found is not None:
            self.leave_attending()
            self.come_to(found)
        if done:
            self.tell(done)
        if attend:
            self.attend()
        elif key is not None and not self.vlist.go_to(key):
            self.load(cursor=key)

    def list_with(self, chosen: NextCard) -> None:
        """One's own list, or, of a lead that nobody has taken, those that nobody owns."""
        free = chosen.why is WhyNext.UNTAKEN_LEAD
        self.found, self.called, self.words = asked.NOBODYS if free else asked.HOME, "", ""
        self.load(cursor=chosen.key)

    def target(self) -> VList[QueueRow]:
        return self.vlist

    def action_sel_toggle(self) -> None:
        self.vlist.action_sel_toggle()

    def action_sel_all(self) -> None:
        self.vlist.action_sel_all()

    def action_sel_range(self) -> None:
        self.vlist.action_sel_range()

    def on_vlist_marked(self) -> None:
        self.show_title()
        self.show_footer()

    def action_app_back(self) -> None:
        """One Esc, one step: the marks, then the filter, then back."""
        if self.vlist.marks:
            self.vlist.set_marks(())
        elif self.attending:
            self.leave_attending()
        elif not self.at_home:
            self.ask_for(asked.HOME)
        else:
            super().action_app_back()

    # --- filter -------------------------------------------------------------------------------------------

    def home(self) -> Filter:
        return asked.HOME

    def habits(self) -> Habits:
        from crm_tui.services.filter import views as filters

        found: Habits = self.crm.read(filters.habits, Place.TODAY, owner_id=asked.asked(self.found).owner_id)
        return found

    def matches(self) -> str:
        total = self._of_list[1] if self._of_list is not None else len(self.queue.keys)
        return matched(len(self.queue.keys), max(total, len(self.queue.keys)), self.queue.cents)

    def action_view_clear(self) -> None:
        """Drop the filter; on one's own list, whose it is: everybody's stands there."""
        self.ask_for(asked.EVERYBODYS if self.at_home else asked.HOME)
        self.show_title()

    def _turn_closed(self) -> None:
        """Open ones, or open and closed ones. (B22, B23)"""
        self.ask_for(asked.turned(self.found))

    def _order(self) -> str:
        if self.sorting == Sorting():
            return say(N_("by date"))
        from crm_tui.screens.followup import arrange

        return arrange.said(self.sorting)

    def action_view_arrange(self) -> None:
        from crm_tui.screens.followup import arrange

        act = (self.sort_by, self._turn_closed, self._whose, self.action_view_columns)
        self.app.push_screen(arrange.menu(self.sorting, self._with_closed, *act, self.action_view_export))

    def _whose(self, found: Filter) -> None:
        """Mine, my team's, or everybody's that one may see."""
        self.ask_for(found)
        self.show_title()

    @property
    def _with_closed(self) -> bool:
        return asked.WITH_CLOSED in self.found.where.of


def _no_keys() -> Any:
    from array import array

    return array("q")


def _first_painter() -> QueuePainter:
    from datetime import UTC, datetime

    return QueuePainter(datetime.fromtimestamp(0, UTC), UTC)
