"""`ctrl+p`, `:`: every action by its name with its key; enter does it on the screen below.

What cannot be done now stays in the list with the reason. It knows the table of actions, no module.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Final, cast

from textual.app import ComposeResult
from textual.strip import Strip

from crm_tui.i18n import N_, say
from crm_tui.screens.core.base import CrmScreen, keys
from crm_tui.screens.core.deeds import Deed, deeds, matching, recent
from crm_tui.screens.core.sheet import SheetScreen
from crm_tui.widgets.bare import Beside
from crm_tui.widgets.fields import Changed, Leave
from crm_tui.widgets.line import Line
from crm_tui.widgets.lines import Lines
from crm_tui.widgets.looks import Run, cells, clean, paint
from crm_tui.widgets.queue import Words

GROUP: Final = 11
ROOMY: Final = 70
"""Under so many cells the groups go."""
RECENT_AT_MOST: Final = 4
SPARE: Final = 11
"""Rows of the screen below that stay in sight, header, footer and input included."""
LEAST: Final = 6


class Prompt(Lines):
    """The sign before the input."""

    DEFAULT_CSS = "Prompt { width: 2; height: 1; }"
    GROUND = "sunken"

    def draw(self, width: int, height: int) -> list[Strip]:
        return [paint(self.look, [Run(" :", "accent")], width, self.GROUND)]


class Tally(Lines):
    """How many of how many, at the input's right end."""

    DEFAULT_CSS = "Tally { width: 22; height: 1; }"
    GROUND = "sunken"

    def __init__(self) -> None:
        super().__init__()
        self.words = ""

    def show(self, words: str) -> None:
        """Another count."""
        self.words = words
        self.sync()

    def draw(self, width: int, height: int) -> list[Strip]:
        blank = " " * max(0, width - 1 - cells(self.words))
        return [paint(self.look, [Run(blank), Run(self.words, "muted")], width, self.GROUND)]


class Choices(Lines):
    """The list: what matches, and the recent ones under a rule; the cursor goes through both."""

    DEFAULT_CSS = "Choices { width: 100%; height: 13; }"
    GROUND = "raised"

    def __init__(self) -> None:
        super().__init__()
        self.found: Sequence[Deed] = ()
        self.recent: Sequence[Deed] = ()
        self.at = 0
        self._top = 0
        self._words = Words()

    def show(self, found: Sequence[Deed], latest: Sequence[Deed], text: str) -> None:
        """Other answers; the cursor goes to the first."""
        self.found, self.recent, self.at, self._top = found, latest, 0, 0
        self._words = Words(text.split())
        self.sync()

    def step(self, by: int) -> None:
        """The next or the previous answer."""
        last = len(self.found) + len(self.recent) - 1
        self.at = max(0, min(last, self.at + by))
        self.sync()

    @property
    def chosen(self) -> Deed | None:
        """The answer under the cursor."""
        every = [*self.found, *self.recent]
        return every[self.at] if every else None

    def draw(self, width: int, height: int) -> list[Strip]:
        foot = len(self.recent) + 2 if self.recent else 0
        room = max(1, height - foot)
        if self.at < len(self.found):
            self._top = min(max(self._top, self.at - room + 1), self.at)
        shown = self.found[self._top : self._top + room]
        rows = [self._row(deed, self._top + i, width) for i, deed in enumerate(shown)]
        if not self.found:
            rows = [
                paint(
                    self.look,
                    [Run(" "), Run(say(N_("No action has these words.")), "muted")],
                    width,
                    self.GROUND,
                )
            ]
        if self.recent:
            words = say(N_("Recent ones"))
            rule = self.look.rule(width - cells(words) - 3)
            rows.append(paint(self.look, (), width, self.GROUND))
            rows.append(paint(self.look, [Run(f" {words} ", "muted"), Run(rule, "line")], width, self.GROUND))
            rows += [self._row(deed, len(self.found) + i, width) for i, deed in enumerate(self.recent)]
        return rows

    def _row(self, deed: Deed, at: int, width: int) -> Strip:
        look, here = self.look, at == self.at
        keys_ = f" {deed.keys}" if deed.keys else ""
        group = look.pad(deed.group, GROUP) if width >= ROOMY else ""
        room = width - 2 - cells(group) - cells(keys_)
        why = look.cut(deed.why, max(0, room - 12))
        name = look.cut(clean(deed.words), room - cells(why) - (2 if why else 0))
        tone = "muted" if deed.why else "bright" if here else "text"
        named = self._words.runs(name, tone, here and not deed.why)
        gap = " " * max(0, room - cells(name) - cells(why))
        runs = [Run(" "), Run(group, "muted"), *named, Run(gap), Run(why, "muted")]
        runs.append(Run(keys_, "muted" if deed.why else "accent", not deed.why))
        return paint(look, runs, width, "selection" if here else self.GROUND)


class PaletteScreen(SheetScreen[None]):
    """See the module. `scopes` and `offers` of the screen below are asked of it itself."""

    TOP = True
    FOOTER = "picker"
    SCOPES = ("app", "picker", "text")
    OFFERS: ClassVar[frozenset[str]] = frozenset(("pick.accept", "pick.up", "pick.down", "pick.cancel"))
    BINDINGS = keys(SCOPES, OFFERS)
    DEFAULT_CSS = """
    PaletteScreen #ask { height: 1; width: 100%; background: $sunken; }
    PaletteScreen #ask > Line { width: 1fr; }
    """

    def __init__(self, **_: Any) -> None:
        super().__init__()
        self.line = Line(flat=True)
        self.tally = Tally()
        self.choices = Choices()
        self._all: list[Deed] = []
        self._below: CrmScreen[Any] | None = None

    def content(self) -> ComposeResult:
        yield Beside(Prompt(), self.line, self.tally, id="ask")
        yield self.choices

    def compose(self) -> ComposeResult:
        self.choices.styles.height = max(LEAST, self.app.size.height - SPARE)
        yield from super().compose()

    def on_mount(self) -> None:
        self._all = deeds(self.shell, self.below)
        self.line.focus()
        self._find("")

    def on_resize(self) -> None:
        self.choices.styles.height = max(LEAST, self.app.size.height - SPARE)

    @property
    def below(self) -> CrmScreen[Any]:
        """The screen that the palette was opened on."""
        if self._below is None:  # asked once: a letter may still arrive after the palette has left the stack
            stack = self.app.screen_stack
            self._below = cast("CrmScreen[Any]", stack[stack.index(self) - 1])
        return self._below

    def _find(self, text: str) -> None:
        found = matching(self._all, text)
        if text.strip():
            from crm_tui.screens.core.habits import habit
            from crm_tui.screens.core.setting_lists import lists

            found = [*habit(text, self.crm, self.below), *found, *lists(text, self.shell, self.below)]
        latest = recent(self._all, self.shell.recent)[:RECENT_AT_MOST]
        self.choices.show(found, latest, text)
        self.tally.show(say(N_("{n} of {all} actions"), n=len(found), all=len(self._all)))

    def on_field_changed(self, event: Changed) -> None:
        event.stop()
        self._find(event.raw)

    def on_field_leave(self, event: Leave) -> None:
        event.stop()
        if event.key == "enter":
            self.action_pick_accept()
        else:
            self.choices.step(event.step)

    def action_pick_up(self) -> None:
        self.choices.step(-1)

    def action_pick_down(self) -> None:
        self.choices.step(1)

    def action_pick_accept(self) -> None:
        """Do it on the screen below; what cannot be done now keeps the palette, its reason beside it."""
        deed = self.choices.chosen
        if deed is None or deed.why:
            return
        if deed.id:
            self.shell.recent = _with_first(self.shell.recent, deed.id)
        self.dismiss(None)
        deed.run()

    def action_pick_cancel(self) -> None:
        self.dismiss(None)

    def action_app_palette(self) -> None:
        """The key that opened it closes it."""
        self.dismiss(None)


def _with_first(ids: Any, newest: str) -> Any:
    """The ids with the newest in front, each once."""
    kept = [i for i in ids if i != newest]
    return type(ids)([newest, *kept], ids.maxlen)
