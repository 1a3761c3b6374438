"""The field *Quando*: a date in plain words, and what was understood said back at once.

A `Line` with an echo beside or under it. It does not know the grammar: `reader` reads the words on every key
(it must answer in under a millisecond) and gives an `Echo` with sentences that are already said in the
reader's language. A refusal may bring offers, which `down` and `enter` take.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Final

from textual import events
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from crm_tui.widgets.fields import Changed, Leave
from crm_tui.widgets.line import Line
from crm_tui.widgets.lines import Lines
from crm_tui.widgets.looks import Looks, Run, cells, clean, paint

OFFERS: Final = 4


@dataclass(frozen=True, slots=True)
class Offer:
    """Another reading: the `words` that go into the field when it is taken, and a muted `hint`."""

    words: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Echo:
    """What the words mean: the `date` said in full and a `note` (distance, free until); or the `refusal`.

    `tone` is the role of the note: `open` for free, `today` for a warning, `muted` else. `start` and `end`
    (letters) are the part of the words that was not understood.
    """

    date: str = ""
    note: str = ""
    tone: str = "muted"
    refusal: str = ""
    start: int = 0
    end: int = 0
    offers: tuple[Offer, ...] = ()


class _WhenLine(Line):
    """The line; it hands `up`, `down`, `enter` and Esc to the field around it while offers are walked."""

    DEFAULT_CSS = "_WhenLine { width: 100%; }"

    def __init__(self, field: WhenField, words: str, *, proposed: bool) -> None:
        super().__init__(words)
        self._field = field
        self._proposed = words if proposed else ""

    def on_focus(self) -> None:
        """Words that were only proposed are taken whole: the first letter takes their place."""
        if self._proposed and self.raw == self._proposed:
            self.select_all()
        self._proposed = ""

    def action_leave(self, step: int) -> None:
        if not self._field.walk(step):
            super().action_leave(step)

    async def action_submit(self) -> None:
        if not self._field.take_offer():
            await super().action_submit()


class _Echo(Lines):
    """The echo, or the refusal and its offers."""

    DEFAULT_CSS = "_Echo { width: 100%; height: 1; }"

    def __init__(self, field: WhenField, ground: str) -> None:
        super().__init__()
        self._field = field
        self.GROUND = ground

    def draw(self, width: int, height: int) -> list[Strip]:
        return self._field.said(width, self.GROUND)

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self._field.take_offer(event.y - 1)


class WhenField(Looks, Widget):
    """See the module. Posts `fields.Changed` with the words, `fields.Leave`, and `DaysAsked`."""

    @dataclass
    class DaysAsked(Message, namespace="when"):
        """`down` with nothing offered: the screen opens the strip of days."""

        field: WhenField

        @property
        def control(self) -> WhenField:
            return self.field

    DEFAULT_CSS = """
    WhenField { height: auto; width: 1fr; layout: vertical; }
    WhenField.-beside { layout: horizontal; height: auto; }
    WhenField.-beside > _WhenLine { width: 20; }
    WhenField.-beside > _Echo { width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+left_square_bracket", "close_offers", show=False, id="when.close_offers"),
    ]

    def __init__(
        self,
        reader: Callable[[str], Echo],
        words: str = "",
        *,
        beside: bool = False,
        days: bool = False,
        hours: bool = True,
        proposed: bool = False,
        ground: str = "background",
        id: str | None = None,
    ) -> None:
        """`beside`: the echo stands right of the words. `days`: the screen has a strip of days for `down`;
        `hours`: an hour may go with the day. `proposed`: the words are only a proposal, and what is typed first takes
        their place."""
        super().__init__(id=id)
        self.set_class(beside, "-beside")
        self._reader = reader
        self._beside = beside
        self._days = days
        self.hours = hours
        self._proposed = proposed
        self._words = words
        self._echo = Echo()
        self._at = -1
        self._ground = ground
        self._hint = ""

    def compose(self) -> ComposeResult:
        self._line = _WhenLine(self, self._words, proposed=self._proposed)
        self._said = _Echo(self, self._ground)
        yield self._line
        yield self._said

    def on_mount(self) -> None:
        self.read()

    # --- value --------------------------------------------------------------------------------------------

    @property
    def with_days(self) -> bool:
        """Whether the screen has a strip of days for it."""
        return self._days

    @property
    def line(self) -> Line:
        """The line, which has the focus."""
        return self._line

    @property
    def raw(self) -> str:
        """The words as typed."""
        return self._line.raw if self.is_mounted else self._words

    @property
    def echo(self) -> Echo:
        """What the words were read as."""
        return self._echo

    def set_raw(self, raw: str, cursor: int | None = None) -> None:
        """Put words in, as from a draft or a strip of days."""
        self._words = raw
        if self.is_mounted:
            self._line.set_raw(raw, cursor)
            self.read()

    def hint(self, words: str) -> None:
        """What holds, or is wanted, while nothing is typed: said where the echo stands."""
        if words != self._hint:
            self._hint = words
            if self.is_mounted:
                self._said.sync()

    def focus(self, scroll_visible: bool = True) -> WhenField:
        """Focus the line."""
        self._line.focus(scroll_visible)
        return self

    def read(self) -> None:
        """Read the words again: after every key, and when calendar or clock have changed."""
        self._echo = self._reader(self._line.raw)
        self._at = -1
        refused = bool(self._echo.refusal)
        self._line.wrong = refused and bool(self._line.raw.strip())
        rows = 1 + (min(OFFERS, len(self._echo.offers)) if refused else self._below())
        if self._said.styles.height is None or self._said.styles.height.value != rows:
            self._said.styles.height = rows
        self._said.sync()

    def on_field_changed(self, event: Changed) -> None:
        """The line's own message becomes the field's."""
        if event.field is self._line:
            event.stop()
            self.read()
            self.post_message(Changed(self, event.raw))

    def on_field_leave(self, event: Leave) -> None:
        if event.field is self._line:
            event.stop()
            self.post_message(Leave(self, event.step, event.key))

    def _below(self) -> int:
        """1 if what stands against the date has no room beside it: a warning is said, whatever the width."""
        echo = self._echo
        room = self._said.size.width - 4 - cells(clean(f"{self.look.glyph('leads')} {echo.date}"))
        return int(echo.tone == "overdue" and self._said.size.width > 0 and cells(clean(echo.note)) > room)

    # --- offers -------------------------------------------------------------------------------------------

    def _offers(self) -> tuple[Offer, ...]:
        return self._echo.offers[:OFFERS] if self._echo.refusal else ()

    def walk(self, step: int) -> bool:
        """Move over the offers; False if the key is not for them.

        `down` without offers may ask for the days.
        """
        offers = self._offers()
        if not offers or (step < 0 and self._at < 0):
            if step > 0 and self._days:
                self.post_message(self.DaysAsked(self))
                return True
            return False
        self._at = max(-1, min(self._at + step, len(offers) - 1))
        self._said.sync()
        return True

    def take_offer(self, index: int | None = None) -> bool:
        """Put an offer's words into the field, by default the highlighted one; False if none is."""
        at = self._at if index is None else index
        offers = self._offers()
        if not 0 <= at < len(offers):
            return False
        self._line.replace(offers[at].words, 0, len(self._line.value))
        self._line.focus()
        return True

    def action_close_offers(self) -> None:
        """Esc leaves the offers first, and only then the form."""
        if self._at < 0:
            raise SkipAction
        self._at = -1
        self._said.sync()

    # --- drawing ------------------------------------------------------------------------------------------

    def said(self, width: int, ground: str) -> list[Strip]:
        """The rows of the echo in `width` cells."""
        look, echo = self.look, self._echo
        if not echo.refusal:
            if not echo.date:
                said = look.cut(clean(self._hint), width - 2) if not self._line.raw.strip() else ""
                return [paint(look, [Run(" "), Run(said, "muted")] if said else (), width, ground)]
            date = look.cut(f"{look.glyph('leads')} {clean(echo.date)}", width - 2)
            runs = [Run(" "), Run(date[:2], "muted"), Run(date[2:], "bright", True)]
            room = width - 2 - cells(date) - 2
            note = clean(echo.note)
            if self._below():
                told = [Run("   "), Run(look.cut(note, width - 4), echo.tone)]
                return [paint(look, runs, width, ground), paint(look, told, width, ground)]
            if note and room > 3:
                runs += [Run("  "), Run(look.cut(note, room), echo.tone)]
            return [paint(look, runs, width, ground)]
        sign = f"{look.glyph('missing')} {clean(echo.refusal)}"
        rows = [paint(look, [Run(" "), Run(look.cut(sign, width - 2), "overdue")], width, ground)]
        for i, offer in enumerate(self._offers()):
            here = i == self._at
            bar = Run(look.glyph("bar") if here else " ", "accent")
            words = Run(look.cut(clean(offer.words), width - 6), "bright", here)
            hint = Run(look.cut(clean(offer.hint), max(0, width - 6 - cells(words.text))), "muted")
            rows.append(
                paint(look, [bar, Run("  "), words, Run("  "), hint], width, "selection" if here else ground)
            )
        return rows
