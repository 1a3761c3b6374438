"""The shelf of settings: every list under the heading of its section, narrowed by words, moved in by the arrows.

What the lists hold it does not know: it is told their names and how many records each has.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual.strip import Strip

from crm_tui.domain.register import SECTION_NAMES, RegisterRow, Section
from crm_tui.domain.text import fold
from crm_tui.i18n import N_, say, say_in
from crm_tui.screens.core.filterline import Filters
from crm_tui.widgets.lines import Lines
from crm_tui.widgets.looks import Run, cells, ground_of, paint
from crm_tui.widgets.vlist import VList


class Shelved(NamedTuple):
    """A list by name: how many records it holds, under which heading, and what it is looked for by besides; `short` is
    its name where that has no room."""

    name: str
    held: str
    section: Section
    about: str
    words: str = ""
    short: str = ""

    def has(self, words: Sequence[str]) -> bool:
        """Whether all of these folded words are in what is said of it."""
        told = fold(f"{self.name} {say(SECTION_NAMES[self.section])} {self.about} {self.words}")
        return all(word in told for word in words)


class Shelf(Lines, can_focus=True):
    """The lists under their headings; those that the words mean, if there are any."""

    DEFAULT_CSS = "Shelf { width: 18; height: 100%; }"
    GROUND = "surface"

    def __init__(self) -> None:
        super().__init__()
        self.lists: Sequence[Shelved] = ()
        self.at = 0
        self.words = ""
        self._top = 0

    @property
    def names(self) -> list[tuple[str, str]]:
        """(name, count) of each, in order."""
        return [(each.name, each.held) for each in self.lists]

    def show(self, lists: Sequence[Shelved]) -> None:
        """Every list in its order."""
        self.lists = lists
        self.sync()

    def meant(self) -> list[int]:
        """The places of those that are shown."""
        words = fold(self.words).split()
        return [at for at, each in enumerate(self.lists) if each.has(words)]

    def narrow(self, words: str) -> bool:
        """Show those that the words mean; the cursor stays on its own, or goes to the first that is called so, else to
        the first: whether it went."""
        self.words, before = words, self.at
        meant, pieces = self.meant(), fold(words).split()
        if pieces and meant:
            called = [at for at in meant if all(piece in fold(self.lists[at].name) for piece in pieces)]
            self.at = self.at if self.at in (called or meant) else (called or meant)[0]
        self.sync()
        return self.at != before

    @property
    def none(self) -> bool:
        """Whether no list is called so: then none is shown."""
        return bool(self.words) and not self.meant()

    def step(self, by: int) -> bool:
        """Go to another one that is shown; False at the ends."""
        before, meant = self.at, self.meant()
        if meant:
            here = meant.index(self.at) if self.at in meant else 0
            self.at = meant[max(0, min(len(meant) - 1, here + by))]
        self.sync()
        return self.at != before

    def leap(self, by: int) -> int:
        """How many steps it is to the first list of the next section, or to that of this one or of the one before."""
        meant = self.meant()
        if self.at not in meant:
            return 0
        here = meant.index(self.at)
        firsts = [
            n for n in range(len(meant)) if n == 0 or self._section(meant, n) != self._section(meant, n - 1)
        ]
        if by > 0:
            return next((n for n in firsts if n > here), len(meant) - 1) - here
        return next((n for n in reversed(firsts) if n < here), 0) - here

    def _section(self, meant: Sequence[int], n: int) -> Section:
        return self.lists[meant[n]].section

    def _lines(self) -> list[int | Section]:
        """Headings and places, from the top down."""
        rows: list[int | Section] = []
        last: Section | None = None
        for at in self.meant():
            section = self.lists[at].section
            if section is not last:
                rows.append(section)
                last = section
            rows.append(at)
        return rows

    def draw(self, width: int, height: int) -> list[Strip]:
        rows = self._lines()
        line = next((n for n, row in enumerate(rows) if row == self.at and not isinstance(row, Section)), 0)
        above = 1 if line and isinstance(rows[line - 1], Section) else 0
        self._top = max(0, min(self._top, line - above, len(rows) - height))
        self._top = max(self._top, line - height + 1)
        shown = rows[self._top : self._top + height]
        return [
            self._heading(row, width) if isinstance(row, Section) else self._list(row, width) for row in shown
        ]

    def _heading(self, section: Section, width: int) -> Strip:
        look = self.look
        ground = ground_of(cursor=False, marked=False, focused=False, plain=self.GROUND)
        words = look.cut(say(SECTION_NAMES[section]), width - 3)
        rule = look.glyph("rule") * max(0, width - cells(words) - 3)
        return paint(look, [Run(" "), Run(words, "muted"), Run(f" {rule}", "line")], width, ground)

    def _list(self, at: int, width: int) -> Strip:
        look, here, each = self.look, at == self.at, self.lists[at]
        ground = ground_of(cursor=here, marked=False, focused=self.has_focus, plain=self.GROUND)
        bar = look.glyph("bar") if here and self.has_focus else " "
        room = width - 3
        name = each.name if cells(each.name) <= room or not each.short else each.short
        held = each.held if cells(name) + cells(each.held) < room or cells(name) > room else ""
        shown = look.cut(name, room - cells(held) - bool(held))  # a name that fits alone stays whole
        gap = " " * max(1, width - 2 - cells(shown) - cells(held) - 1)
        runs = [Run(bar, "accent"), Run(" "), Run(shown, "bright" if here else "text", here)]
        return paint(look, [*runs, Run(gap), Run(held, "muted")], width, ground)

    def watch_has_focus(self, has_focus: bool) -> None:
        super().watch_has_focus(has_focus)
        self.sync()


class Shelving(Filters):
    """Mixin of settings: the keys where the shelf has them, and `/` there, which looks for a list.

    `SettingsScreen` says what the records do with the same keys.
    """

    shelf: Shelf
    list: VList[RegisterRow]
    looking = False
    """Whether the line that is open narrows the shelf, and not the records."""

    @property
    def on_shelf(self) -> bool:
        return self.shelf.has_focus

    def turned(self) -> None:
        """Another list stands under the cursor of the shelf."""
        raise NotImplementedError

    def step(self, by: int) -> None:
        """Go along the shelf."""
        if self.shelf.step(by):
            self.turned()

    def action_nav_up(self) -> None:
        if self.on_shelf:
            self.step(-1)
        else:
            self.list.action_nav_up()

    def action_nav_down(self) -> None:
        if self.on_shelf:
            self.step(1)
        else:
            self.list.action_nav_down()

    def action_nav_first(self) -> None:
        if self.on_shelf:
            self.step(-len(self.shelf.names))
        else:
            self.list.action_nav_first()

    def action_nav_last(self) -> None:
        if self.on_shelf:
            self.step(len(self.shelf.names))
        else:
            self.list.action_nav_last()

    def action_nav_page_up(self) -> None:
        """Among the lists, to the heading above."""
        if self.on_shelf:
            self.step(self.shelf.leap(-1))
        else:
            self.list.action_nav_page_up()

    def action_nav_page_down(self) -> None:
        if self.on_shelf:
            self.step(self.shelf.leap(1))
        else:
            self.list.action_nav_page_down()

    def filter_hint(self) -> str:
        return say(N_("a list, or what is set there")) if self.looking else ""

    async def action_view_filter(self) -> None:
        if self.filter_line is None:
            self.looking = self.on_shelf
        await super().action_view_filter()

    def line_words(self) -> str:
        return self.shelf.words if self.looking else self.words

    def narrow_shelf(self, words: str) -> None:
        """Show the lists that these words mean."""
        before = self.shelf.none
        if self.shelf.narrow(words) or self.shelf.none != before:
            self.turned()
        elif before:  # the title says the words
            self.show_title()
        self.tell_matches()

    def found(self) -> tuple[int, int]:
        """How many lists the words mean, and of how many."""
        return len(self.shelf.meant()), len(self.shelf.lists)


def shelved(
    name: str, count: str, section: Section, about: str = "", words: str = "", short: str = ""
) -> Shelved:
    """A list as the shelf has it; all but `count` are message ids, `short` one of the context "shelf"."""
    told, sought = (say(each) if each else "" for each in (about, words))
    return Shelved(say(name), count, section, told, sought, say_in("shelf", short) if short else "")
