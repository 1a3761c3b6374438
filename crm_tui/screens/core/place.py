"""A place: header with live counters, a title row, content, footer; and the keys that all places share."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.widget import Widget

from crm_tui.domain.due import DueState
from crm_tui.domain.outcome import Conflict, Done, Outcome, Refusal
from crm_tui.i18n import N_, Text, say
from crm_tui.screens.core.barred import barred
from crm_tui.screens.core.base import CrmScreen
from crm_tui.services.followup import views as followups
from crm_tui.ui.footers import footer
from crm_tui.widgets.bare import Bare
from crm_tui.widgets.bars import Counter, Footer, FooterBar, Header, HeaderBar, Title, TitleBar
from crm_tui.widgets.looks import cells, clean

LEAST_TOLD = 12
"""Cells of what was undone at least."""

T = TypeVar("T")

PLACE_OFFERS = frozenset(
    {
        *("mode.today", "mode.board", "mode.agenda", "mode.people", "mode.dash", "mode.settings"),
        *("place.find", "place.back", "place.reload", "place.history"),
        *("hist.undo", "hist.redo", "work.attend", "work.drafts", "work.notices", "new.any"),
    }
)
"""What every place can do."""
FILTER_OFFERS = frozenset(("fl.apply", "fl.list", "fl.close", "app.help"))


_MEANWHILE = N_("This was changed meanwhile by {who}: look at it as it is now, then do it again.")


class _Modes(CrmScreen[T]):
    """The keys that lead to the modes."""

    def action_mode_today(self) -> None:
        self.go("today")

    def action_mode_board(self) -> None:
        self.go("board")

    def action_mode_agenda(self) -> None:
        self.go("agenda")

    def action_mode_people(self) -> None:
        self.go("people")

    def action_mode_dash(self) -> None:
        self.go("dash")

    def action_mode_settings(self) -> None:
        self.go("settings")


class Place(Bare, _Modes[T]):
    """See the module. `MODE` is the digit of the mode in whose header tab the place stands."""

    MODE: ClassVar[str] = "1"
    OVER: ClassVar[bool] = False
    """Whether it is opened over any mode: then the header keeps the tab of the one in which one asked."""
    SCOPES: ClassVar[tuple[str, ...]] = ("app", "place")
    DEFAULT_CSS = """
    Place { layout: vertical; background: $background; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.header = HeaderBar()
        self.title_bar = TitleBar()
        self.footer = FooterBar()
        self._notice = ""
        self._stale = False

    def compose(self) -> ComposeResult:
        yield self.header
        yield from self.body()
        yield self.footer

    def body(self) -> ComposeResult:
        """Title and content of the place."""
        yield self.title_bar
        yield Widget()

    def on_mount(self) -> None:
        self.show_header()
        self.show_footer()

    def on_resize(self) -> None:
        self.show_footer()

    def on_screen_resume(self) -> None:
        if self._stale:
            self._stale = False
            self.read()
            self.show_footer()
        self.show_header()

    def read(self) -> None:
        """Read anew what is shown, keeping cursor and scroll."""

    def changed(self) -> None:
        if self.is_current:
            self.read()
            self.call_after_refresh(self._show_bars)  # what the key did stands first: they take as long
        else:
            self._stale = True

    def _show_bars(self) -> None:
        """Count anew; what is forbidden may be allowed now, or the other way round."""
        self.show_header()
        self.show_footer()

    def noticed(self) -> None:
        self.show_header()

    def retold(self) -> None:
        super().retold()
        self._show_bars()

    @property
    def mode(self) -> str:
        """The digit of the header's tab."""
        root = self.app.screen_stack[0]
        return root.MODE if self.OVER and isinstance(root, Place) else self.MODE

    # --- bars ---------------------------------------------------------------------------------------------

    def show_header(self) -> None:
        """Modes, login and counters as they are now."""
        overdue, today = self.crm.read(followups.counters)
        drafts = self.crm.drafts.count()
        self.header.show(
            Header(
                self.shell.modes_shown,
                self.mode,
                self.crm.viewer.login,
                (
                    Counter("overdue", DueState.OVERDUE, overdue),
                    Counter("today", DueState.TODAY, today),
                    Counter("draft", "accent", drafts, say("to finish")),
                ),
                self._unread(),
                self._company(),
            )
        )

    def _unread(self) -> int:
        """How many notices are unread; the program's first frame does without."""
        if not self.shell.painted:
            return 0
        from crm_tui.services.notice import views as notices

        return int(self.crm.read(notices.unread))

    def _company(self) -> str:
        """Whose database it is; the program's first frame does without."""
        if not self.shell.painted:
            return ""
        from crm_tui.services.access import views as access

        return str(self.crm.read(access.company).name)

    def show_footer(self) -> None:
        """The few keys that matter here; with marks, the verbs for many; in the filter line, its own."""
        typing = self.filtering
        *hints, last = footer(
            "filterline" if typing else self.footer_name,
            self.size.width or self.app.size.width,
            marked=self.marked > 0 and not typing,
            only=self.typing_offers if typing else self.hinted | PLACE_OFFERS | {"app.back", "app.palette"},
            ascii=self.shell.look.ascii,
            barred=partial(barred, self),
        )
        self.footer.show(Footer(tuple(hints), last))

    @property
    def typing_offers(self) -> frozenset[str]:
        """What the filter line does here."""
        return FILTER_OFFERS

    @property
    def hinted(self) -> frozenset[str]:
        """The actions that make sense now: the footer names no other."""
        return self.OFFERS

    @property
    def footer_name(self) -> str:
        """The place in `ui.footers` as it is now."""
        return self.FOOTER

    @property
    def filtering(self) -> bool:
        """Whether the filter line has the title's place."""
        return False

    @property
    def marked(self) -> int:
        """How many rows are marked."""
        return 0

    def head(self) -> Title:
        """The title row as it should be now."""
        return Title()

    def show_title(self) -> None:
        """Draw the title row, with what just happened if the next key has not come yet."""
        from dataclasses import replace

        title = self.head()
        self.title_bar.show(replace(title, notice=self._notice) if self._notice else title)

    def tell(self, sentence: str) -> None:
        """Say what happened in the title row, until the next key."""
        self._notice = sentence
        self.show_title()

    def key_pressed(self) -> None:
        if self._notice:
            self._notice = ""
            self.show_title()

    # --- outcomes -----------------------------------------------------------------------------------------

    def answer(self, outcome: Outcome, done: str = "") -> bool:
        """Say an outcome: done in the title row, a refusal or conflict as a sheet. True if done."""
        match outcome:
            case Done():
                told = say(N_("{what}   u undoes"), what=done) if done else ""
                self.tell(f"{told}   {say(outcome.note)}" if told and outcome.note is not None else told)
                return True
            case Refusal():
                self.go("refusal", refusal=outcome)
            case Conflict():
                self.read()
                who = outcome.who or Text("somebody")
                self.go("refusal", refusal=Refusal(Text(_MEANWHILE, {"who": who})))
        return False

    def acted(self, done: int, what: str, left: Sequence[int] = ()) -> None:
        """A form or question above this place did something: read anew and say it."""
        self.read()
        self.tell(what)

    # --- keys of every place ------------------------------------------------------------------------------

    def action_place_find(self) -> None:
        self.go("find")

    def action_place_back(self) -> None:
        """`q`: back, and at the root the question whether to leave."""
        if len(self.app.screen_stack) > 1:
            self.action_app_back()
        else:
            self.go("leave")

    def action_place_reload(self) -> None:
        self.read()
        self.show_header()
        self.tell(say("Read anew"))

    def action_place_history(self) -> None:
        self.go("history")

    async def action_hist_undo(self) -> None:
        from crm_tui.services.trail.commands import UndoBatch

        outcome = await self.write(UndoBatch())
        if isinstance(outcome, Done):
            self.tell(self._put_back(N_("{what}   U redoes"), outcome))
        else:
            self.answer(outcome)

    async def action_hist_redo(self) -> None:
        from crm_tui.services.trail.commands import RedoBatch

        outcome = await self.write(RedoBatch())
        if isinstance(outcome, Done):
            self.tell(self._put_back(N_("{what}   u undoes"), outcome))
        else:
            self.answer(outcome)

    def _put_back(self, form: str, outcome: Done) -> str:
        """`Desfeito: Visita → Proposta   U refaz`, cut so that the key behind it stands in the line."""
        from crm_tui.services.core import records
        from crm_tui.ui.sentences import put_back

        look, told = self.shell.look, self.crm.read(records.told_by_undo, outcome.batch)
        words = put_back(told, self.now, self.zone, ascii=look.ascii)
        room = self.told_room - cells(say(form, what=""))
        return say(form, what=look.cut(clean(words), max(LEAST_TOLD, room)))

    @property
    def told_room(self) -> int:
        """Cells that the title row has for what happened, as it is while something is told."""
        before, self._notice = self._notice, self._notice or " "
        title = self.head()
        self._notice = before
        return self.title_bar.room(title, self.title_bar.size.width or self.app.size.width)

    async def action_work_attend(self) -> None:
        self.go("today", attend=True)

    def action_work_drafts(self) -> None:
        """With a single draft `d` opens it at once. (JOBS 8)"""
        drafts = self.crm.drafts.list()
        if len(drafts) == 1:
            self.go("draft", draft=drafts[0])
        else:
            self.go("drafts")

    def action_work_notices(self) -> None:
        self.go("notices")

    def action_rec_free_days(self) -> None:
        """Who is free, to schedule for the record under the cursor."""
        about = {name: each for name, each in self.record_ids().items() if name in ("card", "party")}
        self.go("free", about=about)

    def action_new_any(self) -> None:
        self.go("new")
