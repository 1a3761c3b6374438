"""What every screen shares: the CRM, the way to write, the keys that are always alive.

Knows no module and no rule: a screen turns keys into commands and views into widgets.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from textual.await_complete import AwaitComplete
from textual.binding import BindingType
from textual.screen import Screen

from crm_tui.screens.core import room
from crm_tui.screens.core.go import Go
from crm_tui.ui import inside
from crm_tui.ui.actions import ACTIONS
from crm_tui.ui.keymap import bindings, in_force
from crm_tui.widgets.lines import Lines

if TYPE_CHECKING:
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from crm_tui.domain.outcome import Outcome, Refusal
    from crm_tui.screens.core.shell import Shell
    from crm_tui.services.core.commands import Command
    from crm_tui.services.core.crm import Crm
    from crm_tui.services.core.pins import Approval

T = TypeVar("T")

_BOUND = in_force()
"""The keys that the classes' bindings are made with: those of the start."""
ALWAYS = frozenset(
    ("app.help", "app.palette", "app.find", "app.quit", "app.redraw", "app.back", "focus.next", "focus.prev")
)
"""Actions of the scope `app` that every screen offers."""


def keys(scopes: Sequence[str], offers: Iterable[str]) -> list[BindingType]:
    """The bindings of a screen: its scopes from the outermost in, and the actions that it has methods for."""
    return list(bindings(scopes, only=ALWAYS | frozenset(offers)))


class CrmScreen(Screen[T], inherit_bindings=False):
    """A screen. `FOOTER` names its place in `ui.footers`, `SCOPES` its keys, `OFFERS` what it can do.

    `ASKS` names the command behind an action that means another one in each place (`new.here`).
    """

    AUTO_FOCUS = ""  # each screen says itself where the focus starts
    FOOTER: ClassVar[str] = "form"
    SCOPES: ClassVar[tuple[str, ...]] = ("app",)
    OFFERS: ClassVar[frozenset[str]] = frozenset()
    ASKS: ClassVar[Mapping[str, str]] = {}

    ready = False
    """Whether the focus stands where it starts: keys wait until then."""

    stays = False
    """What is told next by `acted` left the records where they stand, so that the cursor stays with them."""

    came_by: tuple[str, dict[str, Any]] | None = None
    """The record that stands here, as one goes to it; None for every other screen (`screens.core.stack`)."""

    def on_mount(self) -> None:
        if in_force() is not _BOUND:
            self._bind()
        self.app.call_later(self._become_ready)

    def on_resize(self) -> None:
        room.ask(self)

    def on_screen_resume(self) -> None:
        room.ask(self)

    def on_unmount(self) -> None:
        inside.let_go()

    def _compositor_refresh(self) -> None:
        """Nothing before the program's first frame while Textual holds frames back: it would draw this one whole,
        throw it away and take it for shown, so that the rows came 20 ms after the bars."""
        if self.shell.painted or not inside.holds_back(self.app):
            super()._compositor_refresh()

    async def _become_ready(self) -> None:
        """Queued behind the focus that the screen has asked for in its own `on_mount`."""
        self.ready = True
        await self.shell.gate.go_on()

    @property
    def shell(self) -> Shell:
        """The application, as far as screens may know it."""
        return cast("Shell", self.app)

    @property
    def crm(self) -> Crm:
        """The CRM of this operator."""
        return self.shell.crm

    @property
    def now(self) -> datetime:
        """This moment, an aware instant."""
        return self.crm.clock()

    @property
    def zone(self) -> ZoneInfo:
        """The operator's time zone."""
        return self.crm.viewer.zone

    @property
    def today(self) -> date:
        """The operator's day."""
        return self.now.astimezone(self.zone).date()

    def go(self, place: str, **args: Any) -> None:
        """Open another place by its name; keys typed ahead wait for it."""
        self.shell.gate.hold()
        self.app.post_message(Go(place, **args))  # not to itself: a screen that goes takes its messages along

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Leave this screen, with what lies over it; nothing if it has left already.

        Textual pops whatever is on top: an answer that came late, or a key typed twice, would take away the
        screen below or end the program (reproduced).
        """
        if self not in self.app.screen_stack:
            return AwaitComplete()
        while self.app.screen is not self:
            self.app.pop_screen()
        return super().dismiss(result)

    def turned_to(self, **record: int) -> None:
        """Another record of the list stands here now: whoever goes to that one comes back to this screen."""
        if self.came_by is not None:
            self.came_by = (self.came_by[0], record)

    async def write(
        self, command: Command, *, reason: str | None = None, approval: Approval | None = None
    ) -> Outcome:
        """Run a command in the writer thread; keys stay alive."""
        return await self.shell.write(command, reason=reason, approval=approval)

    def read_as(self, command: str, raw: Mapping[str, str | bytes]) -> Command | Refusal:
        """The command of this name that texts mean, as they stand in fields; why they mean none. Runs nothing."""
        from crm_tui.services.core.forms import World, build

        world = World(self.crm.reading(), self.shell.pickers, self.shell.calendar)
        return build(self.shell.command(command), raw, world)

    def asks(self, action_id: str) -> str:
        """The command behind an action; several, parted by blanks, where it depends on the record."""
        return self.ASKS.get(action_id, ACTIONS[action_id].asks)

    def record_ids(self) -> Mapping[str, int]:
        """The record under the cursor: ids by the field of a command that names it."""
        return {}

    def hindrance(self, shell: Shell) -> Refusal | None:
        """Why this screen would be of no use; asked before it opens, the refusal is shown in its place."""
        return None

    def show_footer(self) -> None:
        """Draw the few keys that matter here, as they are now."""

    def first_painted(self) -> None:
        """The first frame of the program is out: what the first rows did without may follow."""

    def under(self) -> CrmScreen[Any] | None:
        """The screen under this one, to be told what was done here."""
        stack = self.app.screen_stack
        place = stack.index(self) - 1 if self in stack else -1
        found = stack[place] if place >= 0 else None
        return found if isinstance(found, CrmScreen) else None

    def acted(self, done: int, what: str, left: Sequence[int] = ()) -> None:
        """A form or question above this screen did something to `done` records: say it. `left` are those
        of a form about many that were not done, by their place in what it was given."""

    def tell(self, sentence: str) -> None:
        """Say something that happened, where this screen says such things."""

    def changed(self) -> None:
        """Somebody (perhaps oneself) changed the base: read anew what is shown. Called on the UI thread."""

    def noticed(self) -> None:
        """The operator was told something, or has read it elsewhere: nothing else changed."""

    def retold(self) -> None:
        """Language, look or keys are others now: everything is said, drawn and bound anew."""
        self._bind()
        for lines in self.query(Lines):
            lines.afresh()
        self.changed()

    def _bind(self) -> None:
        """The keys in force now, in place of those that were when the class was made."""
        ours = ALWAYS | self.OFFERS
        inside.rebind(self, keys(self.SCOPES, self.OFFERS), keep=lambda binding: binding.id not in ours)

    def key_pressed(self) -> None:
        """A key was pressed: whatever lasts until the next key ends."""

    def park_now(self) -> bool:
        """Store what is being typed, at once: the line was lost or the program is ending. False if the disk is
        full; the screen says so."""
        return True

    @property
    def offered(self) -> frozenset[str]:
        """What this one offers of what its class does."""
        return self.OFFERS

    def action_app_help(self) -> None:
        self.go("help", scopes=self.SCOPES, offers=self.offered | ALWAYS)

    def action_app_palette(self) -> None:
        self.go("palette", scopes=self.SCOPES, offers=self.offered)

    def action_app_find(self) -> None:
        self.go("find")

    def action_app_quit(self) -> None:
        """Leave the program, unless something typed would be lost by it."""
        if all(screen.park_now() for screen in self.app.screen_stack if isinstance(screen, CrmScreen)):
            self.app.exit(0)

    def action_app_redraw(self) -> None:
        self.app.refresh(repaint=True, layout=True)

    def action_focus_next(self) -> None:
        self.focus_next()

    def action_focus_prev(self) -> None:
        self.focus_previous()

    def action_app_back(self) -> None:
        """One step back; the root does nothing."""
        if len(self.app.screen_stack) > 1:
            self.dismiss(None)
