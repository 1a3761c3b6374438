"""A place whose list is narrowed by the filter language: the `/` line, the dialog `f`, `F`, the saved views `v`.

One filter is in force, and the title says it. How rows are found for it is the screen's. The language itself is loaded
with the first key that needs it: the first paint does with the tree. (K34, K35, K49, K50)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from crm_tui.domain.filter_tree import Filter, FreeText, Place
from crm_tui.domain.outcome import Done
from crm_tui.i18n import N_, language, say
from crm_tui.screens.core.filterline import FILTERS, Filters
from crm_tui.screens.core.place import FILTER_OFFERS

if TYPE_CHECKING:
    from crm_tui.domain.filter import FilterWorld, Habits
    from crm_tui.domain.filter_dialog import Fields
    from crm_tui.domain.filter_rows import SavedView
    from crm_tui.domain.outcome import Outcome
    from crm_tui.screens.core.exporting import Listing
    from crm_tui.screens.core.speech import Speech
    from crm_tui.screens.core.termline import TermLine

SPOKEN = FILTERS | {"view.dialog", "view.saved", "view.export"}
"""What a screen with this mixin offers."""


def free_words(found: Filter) -> str:
    """The words without a field that all rows have: what is underlined where it matched."""
    return " ".join(node.phrase.text for node in found.where.of if isinstance(node, FreeText))


class Filtered(Filters):
    """Mixin of places with a title row. Give `show_found`, `matches`, `to_list`; `home` if the list has one."""

    FILTERED: ClassVar[Place] = Place.TODAY
    FILTER_HINT = N_("a name, a number, or a field: owner:me")

    found = Filter()
    """The filter in force."""
    called = ""
    """The saved view that it is."""
    speech: Speech | None = None
    left_dialog: tuple[Filter, Fields] | None = None
    """What was set in a dialog that was left, and the filter that it was opened on."""

    def home(self) -> Filter:
        """What the list shows when nobody has asked for anything."""
        return Filter()

    def show_found(self) -> None:
        """Show what `found` leaves; `then_listed` waits for it."""
        raise NotImplementedError

    def then_listed(self, act: Callable[[], None]) -> None:
        """Do this when the rows of `found` are there."""
        act()

    def habits(self) -> Habits:
        """What is offered first in the line."""
        from crm_tui.services.filter import views as filters

        found: Habits = self.crm.read(filters.habits, self.FILTERED)
        return found

    def world(self) -> FilterWorld:
        """What reading and writing lines depends on, as it is now."""
        from crm_tui.services.filter import views as filters

        found: FilterWorld = self.crm.read(filters.world, self.FILTERED)
        return found

    # --- the filter in force ------------------------------------------------------------------------------

    @property
    def earlier(self) -> list[str]:
        """Lines of this run, the latest first."""
        if "_earlier" not in self.__dict__:
            self._earlier: list[str] = []
        return self._earlier

    @property
    def at_home(self) -> bool:
        return self.found == self.home()

    def line_of(self, found: Filter) -> str:
        """The canonical line."""
        from crm_tui.domain.filter import write

        return write(found, self.world())

    def shown_line(self, found: Filter) -> str:
        """The same for what is drawn again and again: read anew only when names may be others."""
        kept = self.__dict__.get("_line_shown")
        if kept is None or kept[0] != (found, language()):
            kept = self.__dict__["_line_shown"] = ((found, language()), self.line_of(found))
        return str(kept[1])

    def ask_for(self, found: Filter, called: str = "") -> None:
        """Put another filter in force."""
        self.called = called
        if found != self.found:
            self.found = found
            self.words = free_words(found)
            self.show_found()

    def apply(self, found: Filter, called: str = "") -> None:
        """The same, for what was meant and not only typed: it is remembered, and the keys go to the list."""
        from crm_tui.screens.core.speech import remember

        remember(self.earlier, self.line_of(found))
        self.ask_for(found, called)
        self._close_line()
        self.show_title()
        self.then_listed(self.to_list)

    def come_to(self, found: Filter) -> None:
        """The same, for whoever is sent here from another place: a line that was left open is closed."""
        self.ask_for(found)
        self._close_line()
        self.show_title()
        self.then_listed(self.to_list)

    def narrow(self, words: str) -> None:
        """The base class's way to drop what was typed."""
        self.ask_for(self.home())

    def action_view_clear(self) -> None:
        self.ask_for(self.home())
        self.show_title()

    # --- the line -----------------------------------------------------------------------------------------

    @property
    def typing_offers(self) -> frozenset[str]:
        return FILTER_OFFERS | {"fl.complete"}

    async def action_view_filter(self) -> None:
        if self.filter_line is None:
            await self.open_line(self.line_of(self.found))
        else:
            self.filter_line.line.focus()

    async def open_line(self, text: str) -> None:
        """Open the line with this in it, a blank behind."""
        from crm_tui.screens.core.speech import Speech
        from crm_tui.screens.core.termline import TermLine

        line = TermLine(
            f"{text} " if text else "", placeholder=say(self.FILTER_HINT), room=self.MATCHES_ROOM, slash=True
        )
        self.filter_line = line
        self.speech = Speech(line, self.world(), self.habits, self.earlier)
        self.title_bar.display = False
        await self.mount(line, after=self.title_bar)
        self.show_footer()
        self.tell_matches()
        line.line.focus()

    def changed(self) -> None:
        self.__dict__.pop("_line_shown", None)
        super().changed()
        if self.speech is not None:
            self.speech.world = self.world()

    def line_typed(self, words: str) -> None:
        if self.speech is not None:
            found = self.speech.typed()
            if found is not None:
                self.ask_for(found, self.called if found == self.found else "")

    def line_left(self, words: str) -> None:
        """`enter` and `down` keep the filter, if it is one."""
        if self.speech is None:
            return
        found = self.speech.whole()
        if found is not None:
            self.speech.keep(found)
            self.ask_for(found, self.called if found == self.found else "")
            self._close_line()
            self.show_title()
            self.then_listed(self.to_list)

    def line_closed(self) -> None:
        self._close_line()
        self.ask_for(self.home())
        self.show_title()
        self.to_list()

    def on_term_line_older(self, event: TermLine.Older) -> None:
        if self.speech is not None:
            self.speech.older(event.step)

    def on_term_line_asked(self, event: TermLine.Asked) -> None:
        if self.speech is None:
            return
        if event.what == "dialog":
            self.open_dialog(self.speech.known())
        else:
            found = self.speech.whole()
            if found is not None:
                self.apply(found)  # one sees what one names
                self.save_view(found)

    def _close_line(self) -> None:
        line, self.filter_line, self.speech = self.filter_line, None, None
        if line is not None:
            line.remove()
            self.title_bar.display = True
            self.show_footer()
            self.tell_matches()

    # --- dialog and views ---------------------------------------------------------------------------------

    def action_view_dialog(self) -> None:
        self.open_dialog(self.found)

    def open_dialog(self, found: Filter) -> None:
        """The same filter, field by field; what was set in it and left is taken up again."""
        from crm_tui.screens.core.filterdialog import FilterDialog

        left = self.left_dialog
        self.left_dialog = None
        kept = left[1] if left is not None and left[0] == found else None
        self.app.push_screen(FilterDialog(self, found, kept))

    def action_view_saved(self) -> None:
        from crm_tui.screens.core.savedviews import ViewsScreen

        self.app.push_screen(ViewsScreen(self))

    if TYPE_CHECKING:

        def listing(self) -> Listing:
            """The list as it is shown, for a file: its rows in their order, its columns."""

    def action_view_export(self) -> None:
        """All that the list holds, not only what is in sight, into a file."""
        from crm_tui.screens.core.exporting import ExportList
        from crm_tui.screens.core.reach import reaches
        from crm_tui.services.export import views as exports

        if reaches(self.crm, exports.may_export):
            self.app.push_screen(ExportList(self.listing()))
        else:
            self.tell(say(N_("Your profile does not allow this: ask an administrator.")))

    def take_view(self, view: SavedView) -> None:
        """Apply a saved view; of one whose things are gone it is said, and offered to drop them."""
        from crm_tui.screens.core.savedviews import taken

        taken(self, view)

    def as_view(self, found: Filter) -> Filter:
        """The filter as a view keeps it: with what else the list has of its own."""
        return found

    def save_view(self, found: Filter) -> None:
        """Ask for a name and keep this filter under it."""
        from crm_tui.screens.core.savedviews import name_of, save_form

        def saved(outcome: Outcome | None) -> None:
            self.called = name_of(self, kept) if isinstance(outcome, Done) else self.called
            self.show_title()

        kept = self.as_view(found)
        self.app.push_screen(save_form(self, kept), saved)
