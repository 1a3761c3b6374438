"""The Textual shell: look, modes, the writer thread, the change feed, hang-ups. It holds no module's business."""

from __future__ import annotations

import asyncio
import gc
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from textual import events, work
from textual.filter import LineFilter
from textual.theme import Theme
from textual.worker import WorkerFailed

from crm_tui.domain.outcome import Done
from crm_tui.i18n import N_, say
from crm_tui.places import PLACES
from crm_tui.screens.core import faults, hangup, latest, watch
from crm_tui.screens.core.base import CrmScreen
from crm_tui.screens.core.go import Go
from crm_tui.screens.core.keygate import KeyGate
from crm_tui.screens.core.resolver import Resolver
from crm_tui.ui import config as configs
from crm_tui.ui import inside, sentences
from crm_tui.ui.look import Look
from crm_tui.ui.pastes import Pastes
from crm_tui.ui.themes import THEMES, ansi_color, theme_name, variable_defaults
from crm_tui.ui.wall import Wall

if TYPE_CHECKING:
    from crm_tui.domain.fields import Option
    from crm_tui.domain.outcome import Outcome
    from crm_tui.domain.register import Register
    from crm_tui.domain.worktime import WorkCalendar
    from crm_tui.services.core.commands import Command
    from crm_tui.services.core.crm import Crm, Many
    from crm_tui.services.core.feed import Feed
    from crm_tui.services.core.first_start import FirstStart
    from crm_tui.services.core.house import House
    from crm_tui.services.core.pins import Approval

POLL = 0.25
"""Seconds between looks at the change feed: another's save is on the screen within 300 ms."""
SETTLES, WARMS_UP = 0.03, 0.2
"""Seconds after the mount until the first frame is out and the rest follows, and from there until commands and
handlers are loaded: 0.8 s of imports that share the interpreter with the first keys."""
RECENT = 8
"""Actions of the palette that are remembered while the program runs."""
JOBS_FIRST, JOBS_EVERY = 60.0, 600.0
REMINDS_EVERY = 20.0
"""Seconds after the start, and between two looks, at which the jobs of the clock are run if they are due."""

WALL = Wall()
"""One for all frames: filtered rows are kept under the filter that made them (a new one each time cost 3 ms a key)."""
inside.filter_input(Pastes)
OURS = {theme.name: theme for theme in THEMES}


class CrmApp(Resolver, inherit_bindings=False):
    """The program on the screen."""

    ENABLE_COMMAND_PALETTE = False
    _ours_registered = False
    _variables: tuple[Theme, dict[str, str]] | None = None
    CSS = """
    Screen { background: $background; color: $foreground; layout: vertical; }
    SheetScreen { background: transparent; }
    ToastRack { dock: top; align: right top; margin: 3 0 0 0; }
    """
    DEFAULT_MODE = "today"
    TITLE = "crm-tui"

    def __init__(
        self,
        open_crm: Callable[[], Crm],
        look: Look,
        house: House,
        *,
        first_start: FirstStart | None = None,
        config: configs.Config | None = None,
    ) -> None:
        super().__init__(ansi_color=ansi_color(look))
        self._look = look
        self.house = house
        self._config = config or configs.Config()
        self.recent: deque[str] = deque(maxlen=RECENT)
        self.first_start = first_start
        if first_start is None:
            self.crm = open_crm()
        self._writer, self._clock = ThreadPoolExecutor(1, "writer"), ThreadPoolExecutor(1, "clock")
        self.gate = KeyGate(self, self._deliver)
        self._feed: Feed | None = None
        self.painted = False
        self.fault: Exception | None = None
        self.warm = False
        self.know(PLACES)
        if first_start is not None:
            self.add_mode("start", partial(self.make, "start"))
        self.animation_level = "none"
        for theme in THEMES:
            self.register_theme(theme)
        self._ours_registered = True  # asked a dozen times a key: no merging then
        # nothing is drawn yet: the theme's watcher would parse all styles twice more (11 ms of a start)
        self.set_reactive(CrmApp.theme, theme_name(look))
        self.stylesheet.set_variables(self.get_css_variables())

    # --- the look -----------------------------------------------------------------------------------------

    @property
    def look(self) -> Look:
        """What the terminal can show."""
        return self._look

    @property
    def config(self) -> configs.Config:
        """What the operator chose for this machine."""
        return self._config

    def prefer(self, **changes: Any) -> str:
        """Store settings of this operator and live by them at once; a sentence if they could not be stored."""
        self._config, self._look, problem = configs.prefer(self._config, self._look, changes)
        self.theme = theme_name(self._look)
        for screen in self._screens():
            screen.retold()
        return problem

    def _screens(self) -> list[CrmScreen[Any]]:
        """Every screen of ours that is there, in all modes."""
        return [
            screen
            for screen in inside.every_screen(self)
            if isinstance(screen, CrmScreen) and screen.is_mounted
        ]

    @property
    def available_themes(self) -> dict[str, Theme]:
        """Ours are there from the first moment, so that the first frame is parsed once, in the right colours."""
        found = super().available_themes
        return found if self._ours_registered else {**found, **OURS}

    def get_css_variables(self) -> dict[str, str]:
        """The theme's colours for style rules; a start asks three times, and working them out takes 3 ms."""
        theme = self.current_theme
        if self._variables is None or self._variables[0] is not theme:
            self._variables = (theme, super().get_css_variables())
        return self._variables[1]

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variable_defaults()

    def get_line_filters(self) -> Sequence[LineFilter]:
        return [*super().get_line_filters(), WALL]

    # --- what screens ask (screens.core.shell.Shell) ----------------------------------------------------------

    @cached_property
    def calendar(self) -> WorkCalendar:
        """The operator's own working calendar, by which words of dates are read."""
        from crm_tui.services.calendar import views as calendars

        found: WorkCalendar = self.crm.read(calendars.own)
        return found

    @cached_property
    def house_calendar(self) -> WorkCalendar:
        """The default working calendar, by which times in stages are counted for everybody alike."""
        from crm_tui.services.calendar import views as calendars

        found: WorkCalendar = self.crm.read(calendars.default)
        return found

    @property
    def pickers(self) -> dict[str, Callable[..., list[Option]]]:
        """Every picker by name."""
        return self.house.pickers()

    @property
    def registers(self) -> Sequence[Register]:
        """What settings list."""
        return self.house.registers()

    def command(self, name: str) -> type[Command]:
        """A command's class by its name."""
        return self.house.commands()[name]

    async def write(
        self, command: Command, *, reason: str | None = None, approval: Approval | None = None
    ) -> Outcome:
        """Run a command in the one writer thread and refresh what it changed."""
        loop = asyncio.get_running_loop()
        run = partial(self.crm.run, command, reason=reason, approval=approval)
        outcome = await loop.run_in_executor(self._writer, run)
        self._published([outcome])
        return sentences.told(outcome, self.crm.clock(), self.crm.viewer.zone)

    async def write_many(
        self,
        commands: Sequence[Command],
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Many:
        """Run many in one batch; both callables are called in the writer thread, between chunks."""
        loop = asyncio.get_running_loop()
        run = partial(self.crm.run_many, commands, progress=progress, cancelled=cancelled)
        many = await loop.run_in_executor(self._writer, run)
        self._published(many.outcomes)
        now, zone = self.crm.clock(), self.crm.viewer.zone
        return replace(many, outcomes=tuple(sentences.told(outcome, now, zone) for outcome in many.outcomes))

    async def write_together(self, commands: list[Command]) -> tuple[int, Outcome]:
        """Run a few that belong together, all or none: the place of the one that answers, and its answer."""
        loop = asyncio.get_running_loop()
        at, outcome = await loop.run_in_executor(self._writer, partial(self.crm.run_together, commands))
        self._published([outcome])
        return at, sentences.told(outcome, self.crm.clock(), self.crm.viewer.zone)

    async def park(self, work: Callable[[], Any]) -> Any:
        """Store a draft in the writer thread."""
        return await asyncio.get_running_loop().run_in_executor(self._writer, work)

    def park_behind(self, work: Callable[[], Any]) -> None:
        """The same without waiting for it, for what ends by itself if it fails; done, too, when the program ends."""
        self._writer.submit(work)

    def _published(self, outcomes: Sequence[Outcome]) -> None:
        ids = tuple(i for o in outcomes if isinstance(o, Done) for i in o.events)
        if ids:
            if self._feed is not None:
                self._feed.published(ids)
            self.tell_screens()

    # --- life -----------------------------------------------------------------------------------------------

    async def on_mount(self) -> None:
        hangup.catch(self._hung_up)
        if self.first_start is None:
            self.set_timer(SETTLES, self._after_first_paint)

    async def begin(self, crm: Crm, *places: Go) -> None:
        """The first start made a database: go on as on every other day, at one of these places."""
        self.crm = crm
        self.first_start = None
        await self.switch_mode(CrmApp.DEFAULT_MODE)
        await self.remove_mode("start")
        self.set_timer(SETTLES, self._after_first_paint)
        for place in places:
            self.post_message(place)

    def _after_first_paint(self) -> None:
        """Everything heavier than the first rows: briefing, feed, spilled drafts; later commands and handlers."""
        self.painted = True
        gc.freeze()  # what a start makes lives as long as the program: never look through it again
        gc.enable()
        if isinstance(self.screen, CrmScreen):
            self.screen.first_painted()
        from crm_tui.services.core.feed import Feed

        self._feed = Feed(self.crm)
        self.set_interval(POLL, self._poll)
        self.run_worker(self._take_up_spilled())
        warm_up = threading.Thread(target=self._warm_up, name="warm-up", daemon=True)
        self.set_timer(WARMS_UP, warm_up.start)
        self.set_timer(JOBS_FIRST, self._run_due)
        self.set_interval(JOBS_EVERY, self._run_due)
        self.set_interval(REMINDS_EVERY, self._remind)
        if self._config.problems and isinstance(self.screen, CrmScreen):
            self.screen.tell(say(N_("Your settings file has a line that is not understood: , shows which")))

    def _warm_up(self) -> None:
        """In a thread: load commands and handlers; from then on footers tell what a rule forbids."""
        self.house.warm_up()
        self.warm = True
        if self.is_running:
            self.call_later(self._tell_footers)

    def _tell_footers(self) -> None:
        for screen in self._screens():
            screen.show_footer()

    @work
    async def _run_due(self) -> None:
        """The jobs of the clock, in a thread of their own: the copy of a big base never holds up a save."""
        from crm_tui.connectors.clock import failures

        for sentence in await asyncio.get_running_loop().run_in_executor(self._clock, failures, self.crm):
            if isinstance(self.screen, CrmScreen):
                self.screen.tell(say(sentence))

    @work
    async def _remind(self) -> None:
        """Call whoever sits here to what begins soon, once."""
        from crm_tui.screens.core.reminding import remind

        await remind(self, self._clock)

    async def _take_up_spilled(self) -> None:
        if await self.park(self.crm.drafts.take_up_spilled):
            self.tell_screens()

    def _poll(self) -> None:
        if not self.is_headless and hangup.line_lost():
            self._hung_up()
            return
        if self._feed is not None:
            watch.poll(self, self._feed)

    def tell_screens(self) -> None:
        """Something changed: every screen reads anew, hidden ones when they come back. Working calendars, too, the next
        time that one is asked for: whoever changed one, here or elsewhere, or undid it."""
        for name in ("calendar", "house_calendar"):
            self.__dict__.pop(name, None)
        for screen in self._screens():
            screen.changed()

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, (events.Key, events.Paste)) and not event.is_forwarded:
            await self.gate.arrive(event)
        else:
            await super().on_event(event)

    async def _deliver(self, event: events.Event) -> None:
        if isinstance(self.screen, CrmScreen):
            self.screen.key_pressed()
        await super().on_event(event)

    # --- hang-ups and faults: save first, then leave ------------------------------------------------------

    def exit(self, result: int | None = None, return_code: int = 0, message: Any = None) -> None:
        """Leave; what is being typed is stored first, while its fields still stand."""
        if self.first_start is None:  # else there is no database yet
            self.park_everything()
        super().exit(result, return_code, message)

    def _hung_up(self) -> None:
        self.park_everything()
        hangup.last_words()
        self.exit(0)

    def park_everything(self) -> bool:
        """Store every open form's draft, at once, on this thread; False if one found no room."""
        found_room = [screen.park_now() for screen in self._screens()]  # each is asked, though one has none
        return all(found_room)

    def _handle_exception(self, error: Exception) -> None:
        """Our own fault: the drafts come first. `run` raises it once the terminal is given back."""
        if isinstance(error, WorkerFailed) and isinstance(error.error, Exception):
            error = error.error
        self.fault = self.fault or (self.crm.meant(error) if self.first_start is None else error)
        try:
            self.park_everything()
        finally:
            super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """No traceback on the terminal: Textual's shows the values of variables, customers' texts."""
        inside.end(self)

    def panic(self, *renderables: Any) -> None:
        """Textual gives up, as at bytes of the terminal that its parser cannot read: the drafts come first."""
        self.fault = self.fault or faults.as_error(renderables)
        try:
            self.park_everything()
        finally:
            inside.end(self)

    async def on_unmount(self) -> None:
        self._writer.shutdown(wait=True)
        self._clock.shutdown(wait=True)
        if self.first_start is None:  # else left before there was a database
            latest.fall_silent(self.crm)
            self.crm.store.close()


class FirstStartApp(CrmApp):
    """The program where there is no database yet: it opens on the first start, and goes on from there."""

    DEFAULT_MODE = "start"


def run(
    open_crm: Callable[[], Crm],
    look: Look,
    house: House,
    *,
    first_start: FirstStart | None = None,
    config: configs.Config | None = None,
) -> int:
    """Open the program in this terminal, or the first start if there is no database; its exit status."""
    kind = CrmApp if first_start is None else FirstStartApp
    app = kind(open_crm, look, house, first_start=first_start, config=config)
    found = app.run(mouse=config is None or config.mouse)
    if app.fault is not None:
        raise app.fault
    return found or app.return_code or 0
