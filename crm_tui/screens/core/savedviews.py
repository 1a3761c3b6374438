"""`v`: the saved views of a place, one's own and the team's, in a sheet under the header; a digit applies one at once.

What a view holds is the filter's tree; how it is kept is `services.filter`. (K49)
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.strip import Strip

from crm_tui.domain.outcome import Done, Refusal
from crm_tui.i18n import N_, say, say_in
from crm_tui.screens.core.base import keys
from crm_tui.screens.core.forms import FormScreen
from crm_tui.screens.core.menus import Item, MenuScreen
from crm_tui.screens.core.reach import reaches
from crm_tui.screens.core.sheet import SheetScreen, SheetTitle
from crm_tui.screens.core.viewedit import unfiltered
from crm_tui.widgets.bars import ROOMY
from crm_tui.widgets.lines import Lines
from crm_tui.widgets.looks import Run, cells, clean, paint
from crm_tui.widgets.pane import wrap
from crm_tui.widgets.sheet import TEXT_CELLS

if TYPE_CHECKING:
    from crm_tui.domain.filter import Filter, FilterError
    from crm_tui.domain.filter_rows import SavedView
    from crm_tui.screens.core.filtered import Filtered

NAME, NAME_LEAST, WHOSE = 24, 18, 12
"""Cells of the columns of names and of whose a view is; the latter goes where there is no room."""
SPARE: Final = 8
"""Rows of the screen that the sheet leaves."""


class _Views(Lines):
    """The views; in an empty list, what belongs here."""

    DEFAULT_CSS = "_Views { width: 100%; }"
    GROUND = "raised"

    def __init__(self) -> None:
        super().__init__()
        self.views: Sequence[SavedView] = ()
        self.lines: Sequence[str] = ()
        self.at = self.top = 0

    def show(self, views: Sequence[SavedView], lines: Sequence[str]) -> None:
        self.views, self.lines = views, lines
        self.at = max(0, min(self.at, len(views) - 1))
        least = 1 if views else len(self._taught(self.app.size.width - 1))
        self.styles.height = max(least, min(len(views), self.app.size.height - SPARE))
        self.sync()

    def draw(self, width: int, height: int) -> list[Strip]:
        if not self.views:
            rows = self._taught(width)
            return [paint(self.look, [Run("  "), *row], width, self.GROUND) for row in rows]
        self.top = max(min(self.top, self.at), self.at - height + 1)
        shown = range(self.top, min(self.top + height, len(self.views)))
        return [self._row(self.views[n], self.lines[n], n == self.at, width) for n in shown]

    def _row(self, view: SavedView, line: str, here: bool, width: int) -> Strip:
        look = self.look
        digit = str(view.shortcut) if view.shortcut is not None else " "
        whose = say_in("view", "the team's") if view.shared else say_in("view", "mine")
        whose = whose if view.mine else view.author
        roomy = width >= ROOMY
        name = look.pad(clean(view.name), NAME if roomy else NAME_LEAST)
        runs = [
            Run(look.glyph("bar") if here else " ", "accent"),
            Run(f"{digit}  ", "accent", True),
            Run(name, "bright", here),
            Run(f"  {look.pad(clean(whose), WHOSE)}  " if roomy else "  ", "muted"),
        ]
        room = width - sum(cells(run.text) for run in runs) - 1
        runs.append(Run(look.cut(clean(line), max(0, room)), "text"))
        return paint(look, runs, width, "selection" if here else self.GROUND)

    def _taught(self, width: int) -> list[list[Run]]:
        """In an empty list: what belongs here, and the key that makes the first one."""
        words = (
            (say(N_("No view is saved here yet.")), "bright"),
            (say(N_("A view keeps a filter with its order under a name.")), "muted"),
            (say(N_("f2 saves the filter in force; with a digit, v and that digit bring it back.")), "muted"),
        )
        return [row for said, tone in words for row in wrap([Run(said, tone)], min(width - 3, TEXT_CELLS))]


class ViewsScreen(SheetScreen[None]):
    """See the module. `below` is the place whose views these are."""

    TOP = True
    FOOTER = "views"
    SCOPES = ("app", "picker")
    OFFERS: ClassVar[frozenset[str]] = frozenset(
        (
            *("pick.up", "pick.down", "pick.accept", "pick.digit"),
            *("pick.actions", "pick.save_view", "pick.remove", "pick.cancel"),
        )
    )
    BINDINGS = keys(SCOPES, OFFERS)
    ASKS: ClassVar[dict[str, str]] = {
        "pick.save_view": "save_filter",
        "pick.actions": "edit_filter",
        "pick.remove": "delete_filter",
    }

    def __init__(self, below: Filtered) -> None:
        super().__init__()
        self.below = below
        self.list = _Views()
        self.title_row = SheetTitle(say_in("key", "Views"))

    def content(self) -> ComposeResult:
        yield self.title_row
        yield self.list

    def on_mount(self) -> None:
        self._read()

    def changed(self) -> None:
        self._read()

    def _read(self) -> None:
        from crm_tui.domain.filter import write

        views, speaks = views_of(self.below), self.below.world()
        lines = [write(v.found, speaks) if v.found is not None else say(N_("cannot be read")) for v in views]
        self.list.show(views, [line or unfiltered(self.below) for line in lines])

    @property
    def here(self) -> SavedView | None:
        """The view under the cursor."""
        return self.list.views[self.list.at] if self.list.views else None

    def tell(self, sentence: str) -> None:
        self.title_row.show(say_in("key", "Views"), sentence)

    def acted(self, done: int, what: str, left: Sequence[int] = ()) -> None:
        self._read()
        self.tell(what)

    # --- keys ---------------------------------------------------------------------------------------------

    def _step(self, by: int) -> None:
        self.list.at = max(0, min(len(self.list.views) - 1, self.list.at + by))
        self.list.sync()

    def action_pick_up(self) -> None:
        self._step(-1)

    def action_pick_down(self) -> None:
        self._step(1)

    def action_pick_accept(self) -> None:
        if self.here is not None:
            self._take(self.here)

    def action_pick_digit(self) -> None:
        """The digit itself comes with the key (`on_key`)."""

    def on_key(self, event: events.Key) -> None:
        if event.character is not None and event.character in "123456789":
            event.stop()
            digit = int(event.character)
            mine = next((view for view in self.list.views if view.shortcut == digit), None)
            if mine is None:
                self.tell(say(N_("No view has the digit {digit}."), digit=digit))
            else:
                self._take(mine)
        elif event.character == "u":
            event.stop()
            self.run_worker(self._undo())

    async def _undo(self) -> None:
        """What this sheet says that `u` undoes is undone here, too, before it is closed."""
        from crm_tui.services.trail.commands import UndoBatch

        outcome = await self.write(UndoBatch())
        self._read()
        if isinstance(outcome, Done):
            self.tell(say(N_("All is put back")))
        elif isinstance(outcome, Refusal):
            self.tell(say(outcome.reason))

    def on_click(self, event: events.Click) -> None:
        at = self.list.top + event.y
        if event.widget is self.list and at < len(self.list.views):
            self._take(self.list.views[at])

    def _take(self, view: SavedView) -> None:
        self.dismiss(None)
        self.below.take_view(view)

    def action_pick_save_view(self) -> None:
        """Save the filter in force."""
        self.app.push_screen(save_form(self.below, self.below.as_view(self.below.found)))

    def action_pick_actions(self) -> None:
        """What can be done with the view under the cursor."""
        from crm_tui.screens.core import viewedit

        view = self.here
        if view is not None:
            doings = (partial(self._edit, view), partial(self._replace, view), self.action_pick_remove)
            self.app.push_screen(viewedit.menu(self.below, view, *doings))

    def _edit(self, view: SavedView) -> None:
        from crm_tui.screens.core import viewedit

        form = viewedit.form(self.below, view)
        refusal = form.hindrance(self.shell)
        if refusal is not None:
            self.tell(say(refusal.reason))
            return
        self.app.push_screen(
            form, lambda outcome: self._known_as(view) if isinstance(outcome, Done) else None
        )

    async def _replace(self, view: SavedView) -> None:
        from crm_tui.screens.core import viewedit

        outcome = await self.write(viewedit.replaced(view, self.below.as_view(self.below.found)))
        if isinstance(outcome, Done):
            self._read()
            self._known_as(view)
            told = say(N_("filter put in the view {name}"), name=view.name)
            self.tell(say(N_("{what}   u undoes"), what=told))
        elif isinstance(outcome, Refusal):
            self.tell(say(outcome.reason))
        else:
            self._read()
            self.tell(say(N_("Somebody changed this view meanwhile: look at it, then try again.")))

    def _known_as(self, was: SavedView) -> None:
        """The place says of its filter under which name it is kept now, if it is."""
        if self.below.called in ("", was.name):
            found = self.below.as_view(self.below.found)
            same = (view for view in self.list.views if view.id == was.id and view.found == found)
            self.below.called = next((view.name for view in same), "")
            self.below.show_title()

    async def action_pick_remove(self) -> None:
        """Delete the view under the cursor; `u` brings it back."""
        from crm_tui.services.filter.commands import DeleteFilter

        view = self.here
        if view is None:
            return
        outcome = await self.write(DeleteFilter(saved=view.id))
        if isinstance(outcome, Done):
            self._read()
            told = say(N_("view deleted: {name}"), name=view.name)
            self.tell(say(N_("{what}   u undoes"), what=told))
        else:
            self.below.answer(outcome)

    def action_pick_cancel(self) -> None:
        self.dismiss(None)

    def action_app_back(self) -> Any:
        return self.dismiss(None)


# --- saving -------------------------------------------------------------------------------------------------


def save_form(below: Filtered, found: Filter) -> FormScreen:
    """The form that asks for a name, for whom, and a digit."""
    from crm_tui.domain.filter import to_json

    return FormScreen(
        "save_filter",
        heading=say(N_("Save view")),
        about=below.line_of(found) or unfiltered(below),
        fixed={"place": below.FILTERED.value, "query": json.dumps(to_json(found))},
        raw={"shared": "0"},
        fields=("name", "shared", "shortcut"),
        subject=f"view:{below.FILTERED.value}",
        done=say(N_("view saved")),
    )


def views_of(below: Filtered) -> list[SavedView]:
    """The views of a place, one's own before the team's; none for who may not keep any."""
    from crm_tui.services.filter import views as filters

    if not reaches(below.crm, filters.saved):
        return []
    views: list[SavedView] = below.crm.read(filters.saved, below.FILTERED)
    return views


def name_of(below: Filtered, found: Filter) -> str:
    """The view of one's own that holds this filter; empty if there is none."""
    return next((view.name for view in views_of(below) if view.mine and view.found == found), "")


# --- applying -----------------------------------------------------------------------------------------------


def taken(below: Filtered, view: SavedView) -> None:
    """Apply a view; of one that cannot be read, or names what is gone, say so and offer what may be done."""
    from crm_tui.domain.filter import gone_things

    if view.found is None:
        below.tell(say(N_("The view “{name}” was saved by a newer program: save it anew."), name=view.name))
        return
    gone = gone_things(view.found, below.world())
    if gone:
        below.app.push_screen(_gone_menu(below, view, gone[0]))
    else:
        below.apply(view.found, view.name)


def _gone_menu(below: Filtered, view: SavedView, gone: FilterError) -> MenuScreen:
    """A thing of the view is there no more: without it, or with another one."""
    speaks = below.world()
    line = gone.offers[0].line or "" if gone.offers else ""

    def drop() -> None:
        from crm_tui.domain.filter import Filter, read

        found = read(line, speaks)
        if isinstance(found, Filter):
            taken(below, view._replace(found=found.shown_as(view.found or found)))

    async def another() -> None:
        await below.open_line(below.line_of(view.found) if view.found is not None else "")
        if below.speech is not None:
            below.speech.typed()

    return MenuScreen(
        say(gone.message),
        [
            Item(say(N_("_Without it")), line or unfiltered(below), drop),
            Item(say(N_("_Choose another")), say(N_("in the line")), lambda: below.run_worker(another())),
        ],
        view.name,
    )
