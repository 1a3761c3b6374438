"""The `/` line of a place: it takes the place of the title row and narrows the list while one types.

How a list is narrowed, and what is said of what it left, is the screen's. The input, with Textual's own behind it,
is loaded with the first `/`: the first paint does without.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from crm_tui.i18n import N_, say, say_n
from crm_tui.ui import formats
from crm_tui.ui.look import Look
from crm_tui.widgets.looks import Run, cells, width_of

if TYPE_CHECKING:
    from crm_tui.screens.core.place import Place
    from crm_tui.screens.core.searchline import SearchLine

    _Place = Place[Any]
else:
    _Place = object  # Textual takes style rules from the first base that is a widget: this must not be one

FILTERS = frozenset(("view.filter", "view.clear"))
"""What a screen with this mixin offers."""

MATCHED = 30
"""Cells for what `matched` says."""


def while_typing(look: Look, marks: int, hidden: int, *, room: int = 0) -> list[list[Run]]:
    """Lines for the room under what matches: marks that the filter hides, so that no verb for many surprises,
    what the two ways out do, and in `room` cells how a field is asked for."""
    lines = []
    if marks:
        words = say_n(
            "{n} marked, {hidden} outside this filter",
            "{n} marked, {hidden} outside this filter",
            marks,
            hidden=formats.number(hidden),
        )
        lines.append([Run(f"  {look.glyph('mark')} ", "accent"), Run(words)])
    ways = say(N_("Enter keeps this filter, Esc goes back to the whole list."))
    return [*lines, [Run("  "), Run(ways, "muted")], *(_taught(room) if room else ())]


def _taught(room: int) -> list[list[Run]]:
    """Some fields as one writes them, as many as there is room for; what names no field is text."""
    head, tail = f"  {say(N_('Fields'))} ", f"   {say(N_('and the rest is text'))}"
    fields = (
        N_("owner:me stage:proposal due_on:<=today value:>5000 stale:yes"),
        N_("label:hot member:me -stage:new"),
    )
    lines: list[list[Run]] = [[]]
    for at, terms in enumerate(fields):
        runs = [Run(head if not at else " " * cells(head), "muted")]
        for term in say(terms).split():
            name, colon, value = term.partition(":")
            if width_of(runs) + cells(term) + 1 < room:
                runs += [Run(f" {name}{colon}", "accent"), Run(value)]
        lines.append(runs)
    if width_of(lines[-1]) + cells(tail) < room:
        lines[-1].append(Run(tail, "muted"))
    return lines


def matched(found: int, total: int, cents: int, *, more: bool = False) -> str:
    """How many of the total match, and their sum; `more`: at least so many."""
    return say(
        N_("{found} of {total}  {sum}"),
        found=formats.number(found) + ("+" if more else ""),
        total=formats.number(total),
        sum=formats.money_total(cents),
    )


class Filters(_Place):
    """Mixin of places with a title row. Give `narrow`, `matches` and `to_list`; call `tell_matches` when the rows
    are others."""

    FILTER_HINT: ClassVar[str] = N_("name, subject, stage or number")
    """What may be typed, shown in the empty line; empty: nothing needs to be said."""
    MATCHES_ROOM: ClassVar[int] = 0
    """Cells kept for what is said of the matches, lest the line move with every letter; 0: as many as it needs."""

    words = ""
    """What the list is narrowed to; empty: not at all."""
    filter_line: SearchLine | None = None

    def narrow(self, words: str) -> None:
        """Keep these words as `words`, and show only what has them."""
        raise NotImplementedError

    def matches(self) -> str:
        """How many match, as it is said at the right end of the line."""
        raise NotImplementedError

    def to_list(self) -> None:
        """Give the keys back to the list."""
        raise NotImplementedError

    @property
    def filtering(self) -> bool:
        return self.filter_line is not None

    def tell_matches(self) -> None:
        """Say anew in the line how many match, while it is open."""
        if self.filter_line is not None:
            self.filter_line.tell(self.matches())

    def filter_hint(self) -> str:
        """What the empty line says."""
        return say(self.FILTER_HINT) if self.FILTER_HINT else ""

    def line_words(self) -> str:
        """What the line begins with."""
        return self.words

    async def action_view_filter(self) -> None:
        from crm_tui.screens.core.searchline import SearchLine

        if self.filter_line is None:
            words, hint = self.line_words(), self.filter_hint()
            self.filter_line = SearchLine(words, placeholder=hint, room=self.MATCHES_ROOM, slash=True)
            self.title_bar.display = False
            await self.mount(self.filter_line, after=self.title_bar)
            self.show_footer()
            self.tell_matches()
        self.filter_line.line.focus()

    def action_view_clear(self) -> None:
        self.narrow("")

    def on_search_line_typed(self, event: SearchLine.Typed) -> None:
        self.line_typed(event.words)

    def on_search_line_left(self, event: SearchLine.Left) -> None:
        """`enter` and `down` keep the filter; `up` leads nowhere from the uppermost line."""
        if event.key != "up":
            self.line_left(event.words)

    def on_search_line_closed(self) -> None:
        self.line_closed()

    def line_typed(self, words: str) -> None:
        """The line holds these words now."""
        if self.filter_line is not None and words != self.line_words():
            self.narrow(words)

    def line_left(self, words: str) -> None:
        """The line is left with these words in it."""
        self._close_filter(words)

    def line_closed(self) -> None:
        """The line is left and what was typed dropped."""
        self._close_filter("")

    def _close_filter(self, words: str) -> None:
        line, self.filter_line = self.filter_line, None
        if line is not None:
            line.remove()
            self.title_bar.display = True
            self.to_list()
            self.show_footer()
            self.narrow(words)
