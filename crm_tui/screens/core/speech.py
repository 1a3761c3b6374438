"""A filter line being typed: what it means so far, what may be taken next, what is wrong with it.

Between the line's widget and the language (`domain.filter`): it is loaded with the first `/`. What a filter does to a
list is the screen's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from crm_tui.domain.filter import Filter, FilterError, Habits, complete, read, read_typing, write
from crm_tui.domain.filter_tree import FreeText, walk
from crm_tui.i18n import Text, say
from crm_tui.screens.core.termline import NOTHING, Panel, Taken, TermLine

if TYPE_CHECKING:
    from crm_tui.domain.filter import FilterWorld

EARLIER = 20
"""Filters of this run that `up` goes through."""
RECENT = 10
"""Filters whose words are offered."""


class Speech:
    """See the module. `earlier`: canonical lines, the latest first; it is the screen's and kept here."""

    def __init__(
        self, line: TermLine, world: FilterWorld, habits: Callable[[], Habits], earlier: list[str]
    ) -> None:
        self.line = line
        self.world = world
        self.earlier = earlier
        self._habits_of = habits
        self._habits: Habits | None = None
        self._at = -1
        self._draft = ""

    def typed(self) -> Filter | None:
        """What the line says so far; None while it is wrong, which is said under it."""
        line = self.line
        if self._at >= 0 and line.text.strip() != self.earlier[self._at]:
            self._at, line.recalled = -1, False
        typed = read_typing(line.text, self.world)
        if typed.error is not None:
            self._refuse(typed.error)
        elif line.recalled or not line.typing:
            line.show(NOTHING, typed.waiting)
        else:
            line.show(self._offers(), typed.waiting)
        return typed.found

    def whole(self) -> Filter | None:
        """What the line says when it is left: an unfinished term is wrong now, and said to be."""
        answer = read(self.line.text, self.world)
        if isinstance(answer, FilterError):
            self._refuse(answer)
            return None
        return answer

    def known(self) -> Filter:
        """What can be read of the line: for the dialog, which shows no half of a term."""
        typed = read_typing(self.line.text, self.world)
        return typed.found or Filter()

    def older(self, step: int) -> None:
        """An earlier filter in place of what is typed, or a later one; in the end what was typed."""
        at = min(self._at + step, len(self.earlier) - 1)
        if at == self._at or at < -1:
            return
        if self._at < 0:
            self._draft = self.line.text
        self._at, self.line.recalled = at, at >= 0
        self.line.put(self.earlier[at] if at >= 0 else self._draft)
        self.line.close_offers()

    def keep(self, found: Filter) -> str:
        """Remember a filter that was applied; its canonical line."""
        line = write(found, self.world)
        remember(self.earlier, line)
        return line

    def _offers(self) -> Panel:
        line = self.line
        if self._habits is None:
            self._habits = replace(self._habits_of(), recent=self._recent())
        found = complete(line.text, line.cursor, self.world, self._habits)
        span = (found.start, found.end)
        typed = line.text[found.start : found.end]
        rows = [row for row in found.rows if row.taken.rstrip() != typed or row.hint]
        return Panel(tuple(Taken(row.words, row.hint, row.taken, span) for row in rows), found.start)

    def _recent(self) -> Sequence[str]:
        """Words of the latest filters, each once."""
        words: dict[str, None] = {}
        for line in self.earlier[:RECENT]:
            found = read(line, self.world)
            for node in walk(found.where) if isinstance(found, Filter) else ():
                if isinstance(node, FreeText):
                    words[node.phrase.text] = None
        return tuple(words)

    def _refuse(self, error: FilterError) -> None:
        whole = (0, len(self.line.text))
        offers = tuple(
            Taken(_said(offer.words), "", offer.line or "", whole if offer.line is not None else None)
            for offer in error.offers
        )
        self.line.show(Panel(offers, sentence=_said(error.message), wrong=(error.start, error.end)))


def remember(earlier: list[str], line: str) -> None:
    """Put a line first among the earlier ones, each once."""
    if line:
        earlier[:] = [line, *(each for each in earlier if each != line)][:EARLIER]


def _said(words: str | Text) -> str:
    return say(words) if isinstance(words, Text) else words
