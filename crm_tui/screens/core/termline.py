"""The input of a filter: fields in their colour, what still waits in grey, and under it what may be taken or is wrong.

It draws and tells; what a line means, what is offered for it and what is asked of a base is not known here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import Any, ClassVar, Final

from textual import events
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message

from crm_tui.screens.core.searchline import SearchLine
from crm_tui.ui.keymap import bindings
from crm_tui.widgets.line import Line
from crm_tui.widgets.lines import Lines
from crm_tui.widgets.looks import Run, cells, clean, paint, width_of

MOST: Final = 8
"""Rows under the line."""
OFFER_CELLS, OFFER_MOST = 26, 60
"""Cells of the offers at least and at most."""
_TOKEN = re.compile(r'-?(?P<name>[^\W\d][\w.]*:)?(?:"(?:[^"\\]|\\.)*"?|[^\s"()])*|.', re.DOTALL)
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Taken:
    """An offer: what is shown with a hint beside it, and what `words` replace; without a span it only informs."""

    shown: str
    hint: str = ""
    words: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """What stands under the line: offers from the letter `at` on; or a sentence, the letters it is about marked."""

    offers: tuple[Taken, ...] = ()
    at: int = 0
    sentence: str = ""
    wrong: Span = (0, 0)


NOTHING: Final = Panel()


def _tones(text: str, waiting: Span | None) -> list[str]:
    """The role of each letter: names of fields, their values, words, what waits."""
    tones = ["bright"] * len(text)
    for found in _TOKEN.finditer(text):
        if found["name"]:
            low, high = found.span("name")
            tones[low:high] = ["accent"] * (high - low)
            tones[high : found.end()] = ["text"] * (found.end() - high)
    if waiting is not None:
        low, high = waiting
        tones[low:high] = ["muted"] * (min(high, len(text)) - low)
    return tones


class _Terms(Line):
    """The line itself, its letters by role."""

    DEFAULT_CSS = "_Terms { width: 1fr; }"

    def __init__(self, value: str, *, placeholder: str, bar: bool) -> None:
        super().__init__(value, placeholder=placeholder, flat=True, bar=bar)
        self.waiting: Span | None = None

    def passed_over(self, event: events.Key) -> bool:
        """The `/` that leads here, in a line that is empty: whoever is here already presses it, too."""
        return event.character == "/" and not self.value

    def wait(self, waiting: Span | None) -> None:
        """The letters that say nothing yet."""
        if waiting != self.waiting:
            self.waiting = waiting
            self.refresh()

    def _runs(self, focused: bool) -> list[Run]:
        tones, at = _tones(self.value, self.waiting), 0
        runs: list[Run] = []
        for run in super()._runs(focused):
            here = tones[at : at + len(run.text)] if at < len(tones) and self.value else []
            at += len(run.text)
            if not here or run.ground is not None:
                runs.append(run)
                continue
            for tone, letters in groupby(zip(run.text, here, strict=False), key=lambda pair: pair[1]):
                runs.append(run._replace(text="".join(letter for letter, _ in letters), fg=tone))
        return runs

    def column_of(self, letter: int) -> int:
        """The cell of this widget in which a letter stands, as far as it is scrolled."""
        return max(0, 1 + cells(self.value[:letter]) - self._left)


class _Under(Lines):
    """Offers or a sentence, over the first rows below the line."""

    DEFAULT_CSS = "_Under { display: none; overlay: screen; constrain: inside inside; width: 26; height: 1; }"
    GROUND = "raised"

    def __init__(self, line: TermLine) -> None:
        super().__init__()
        self._line = line

    def draw(self, width: int, height: int) -> list[Any]:
        return self._line.under(width)[:height]

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self._line.clicked(event.y)


class TermLine(SearchLine):
    """See the module. Posts what `SearchLine` posts, `Asked` for what `f4` and `f2` lead to, and `Older`.

    `up` and `down` walk the offers first; what is left of them is the screen's.
    """

    @dataclass
    class Asked(Message, namespace="term_line"):
        """The `dialog` was asked for, or to `save` a view."""

        what: str

    @dataclass
    class Older(Message, namespace="term_line"):
        """An earlier filter (`step` 1) or a later one (-1) is wanted."""

        step: int

    BINDINGS: ClassVar[list[BindingType]] = list(
        bindings(
            ("filterline",), only={"fl.close", "fl.list", "fl.complete", "fl.dialog", "fl.save", "fl.older"}
        )
    )

    def __init__(
        self,
        words: str = "",
        *,
        placeholder: str = "",
        room: int = 0,
        slash: bool = False,
        leads_on: bool = False,
        id: str | None = None,
    ) -> None:
        """`leads_on`: `tab` with nothing to take goes to the next pane."""
        super().__init__(words, placeholder=placeholder, room=room, slash=slash, id=id)
        self.line = self.terms = _Terms(words, placeholder=placeholder, bar=not slash)
        self.panel = NOTHING
        self.marked = -1
        self.recalled = False
        """Whether the line holds an earlier filter: then `down` leads to later ones."""
        self._leads_on = leads_on
        self._under = _Under(self)

    def compose(self) -> ComposeResult:
        yield self._under  # first, so that its place is counted from the left edge
        yield from super().compose()

    def on_mount(self) -> None:
        self.terms.cursor_position = len(self.terms.value)

    @property
    def text(self) -> str:
        """The line as typed, blanks at its ends included."""
        return self.terms.value

    @property
    def cursor(self) -> int:
        """The letter before which the cursor stands."""
        return self.terms.cursor_position

    def put(self, text: str) -> None:
        """Another line in place of this one; `ctrl+z` brings this one back."""
        self.terms.replace(text, 0, len(self.terms.value))

    def show(self, panel: Panel, waiting: Span | None = None) -> None:
        """Say other things under the line."""
        self.terms.wait(waiting)
        if panel != self.panel:
            self.panel, self.marked = panel, -1
            self._place()

    def close_offers(self) -> None:
        """Take away what stands under the line."""
        self.show(NOTHING, self.terms.waiting)

    # --- keys ---------------------------------------------------------------------------------------------

    def leave(self, key: str) -> None:
        """`up` and `down` walk the offers, then the earlier filters."""
        offers = [offer for offer in self.panel.offers if offer.span is not None]
        if key == "down" and self.recalled:
            self.post_message(self.Older(-1))
        elif key == "down" and offers:
            self._mark(min(self.marked + 1, len(offers) - 1))
        elif key == "up" and self.marked >= 0:
            self._mark(self.marked - 1)
        elif key == "up":
            self.post_message(self.Older(1))
        else:
            super().leave(key)

    def action_fl_older(self) -> None:
        self.post_message(self.Older(1))

    def action_fl_complete(self) -> None:
        """Take the marked offer, else the first one."""
        if not self._take(max(0, self.marked)) and self._leads_on:
            raise SkipAction

    def action_fl_close(self) -> None:
        """One Esc, one step: from the offers back to the line, then out of it."""
        if self.marked >= 0:
            self._mark(-1)
        else:
            super().action_fl_close()

    def action_fl_dialog(self) -> None:
        self.post_message(self.Asked("dialog"))

    def action_fl_save(self) -> None:
        self.post_message(self.Asked("save"))

    def clicked(self, row: int) -> None:
        """A row under the line was clicked: it is taken."""
        self.terms.focus()
        self._take(row - (2 if self.panel.sentence else 0))

    def _take(self, at: int) -> bool:
        offer = self.panel.offers[at] if 0 <= at < len(self.panel.offers) else None
        if offer is None or offer.span is None:
            return False
        low, high = offer.span
        self.terms.replace(offer.words, low, high)
        self.terms.cursor_position = low + len(offer.words)
        return True

    def _mark(self, at: int) -> None:
        self.marked = at
        self._under.sync()

    # --- drawing ------------------------------------------------------------------------------------------

    def on_resize(self) -> None:
        self._place()

    def _place(self) -> None:
        """Offers stand under the word that they replace, a sentence over the whole width."""
        panel, width = self.panel, self.app.size.width
        rows = len(panel.offers) + (2 if panel.sentence else 0)
        self._under.display = rows > 0
        if not rows:
            return
        self._under.styles.height = min(rows, MOST + 2)
        if panel.sentence:
            self._under.styles.width, x = width, 0
        else:
            longest = max(cells(clean(o.shown)) + cells(clean(o.hint)) for o in panel.offers)
            room = max(OFFER_CELLS, min(longest + 5, OFFER_MOST, width))
            x = max(0, min(self._column(panel.at) - 2, width - room))
            self._under.styles.width = room
        self._under.styles.offset = (x, 1)
        self._under.sync()

    def _column(self, letter: int) -> int:
        return self.terms.region.x - self.region.x + self.terms.column_of(letter)

    def under(self, width: int) -> list[Any]:
        """The rows under the line in `width` cells."""
        panel, rows = self.panel, []
        if panel.sentence:
            rows += self._sentence(panel, width)
        return [*rows, *(self._offer(at, width) for at in range(len(panel.offers)))]

    def _sentence(self, panel: Panel, width: int) -> list[Any]:
        """A mark below the place, and the sentence."""
        look, (low, high) = self._under.look, panel.wrong
        start = min(self._column(low), width - 2)
        under = max(1, min(cells(self.text[low:high]), width - 1 - start))
        mark = [Run(look.glyph("bar"), "overdue"), Run(" " * (start - 1)), Run("^" * under, "overdue", True)]
        words = look.cut(panel.sentence, width - 2)
        return [
            paint(look, mark, width, self._under.GROUND),
            paint(
                look,
                [Run(look.glyph("bar"), "overdue"), Run(" "), Run(words, "overdue")],
                width,
                self._under.GROUND,
            ),
        ]

    def _offer(self, at: int, width: int) -> Any:
        """One offer; of what is put in place of an error, that `tab` takes it."""
        look, wrong = self._under.look, bool(self.panel.sentence)
        offer, here = self.panel.offers[at], at == self.marked
        taken = wrong and offer.span is not None and at == max(0, self.marked)
        left = [
            Run(look.glyph("bar"), "overdue" if wrong else "accent"),
            Run(" tab " if taken else "     " if wrong else " ", "accent", True),
        ]
        left.append(Run(look.cut(clean(offer.shown), width - 1 - width_of(left)), _tone(offer, here), here))
        hint = look.cut(clean(offer.hint), max(0, width - 2 - width_of(left)))
        gap = Run(" " * max(1, width - 1 - width_of(left) - cells(hint)))
        return paint(
            look, [*left, gap, Run(hint, "muted")], width, "selection" if here else self._under.GROUND
        )


def _tone(offer: Taken, here: bool) -> str:
    if offer.span is None:
        return "muted"
    return "bright" if here else "text"
