"""The pick field: a choice made by letters or a number, without a key to open it.

`Positivo ▾`. A typed letter filters at once, a digit picks by number while nothing was typed (unless the
field is a search), `tab` and `enter` accept and go on, `down` opens the list, `esc` gives the old value back.
The answers come from a callable, at most eight are shown. It knows no records and never keeps a list of its
own: a list of 50,000 in a stock Select takes 1.5 s to open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from textual import events
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.strip import Strip
from textual.widget import Widget

from crm_tui.domain.text import fold, sanitise
from crm_tui.i18n import say
from crm_tui.widgets.fields import Changed, Leave, edged, field_ground, replay_alt
from crm_tui.widgets.lines import Lines
from crm_tui.widgets.looks import Looks, Run, cells, clean, paint, width_of

ANSWERS: Final = 8
LIST_CELLS: Final = 24
"""The list is at least so wide, however narrow its field."""


@dataclass(frozen=True, slots=True)
class Option:
    """An answer: the value that a form keeps, its label, and a muted hint (`regra: vendedor`)."""

    value: str
    label: str
    hint: str = ""


Options = Callable[[str], Sequence[Option]]
"""The answers for a text, best first; for the empty text those that one sees before typing."""


def among(options: Iterable[Option]) -> Options:
    """Fixed choices: every piece of the text begins a word of the label, accents and case ignored."""
    fixed = tuple(options)
    words = [fold(option.label).split() for option in fixed]

    def find(text: str) -> Sequence[Option]:
        pieces = fold(text).split()
        return [
            option
            for option, have in zip(fixed, words, strict=True)
            if all(any(word.startswith(piece) for word in have) for piece in pieces)
        ]

    return find


class _Face(Lines):
    """The field itself: one row."""

    DEFAULT_CSS = "_Face { height: 1; width: 100%; }"

    def __init__(self, pick: Pick) -> None:
        super().__init__()
        self._pick = pick

    def draw(self, width: int, height: int) -> list[Strip]:
        return [self._pick.face(width)]

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self._pick.focus()
        self._pick.toggle()


class _Answers(Lines):
    """The open list, drawn over what is below the field."""

    DEFAULT_CSS = """
    _Answers { display: none; overlay: screen; constrain: none inside; width: 24; height: 8; }
    """
    GROUND = "raised"

    def __init__(self, pick: Pick) -> None:
        super().__init__()
        self._pick = pick

    def draw(self, width: int, height: int) -> list[Strip]:
        return self._pick.answers(width)

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self._pick.take(event.y)


class Pick(Looks, Widget, can_focus=True):
    """See the module. Posts `fields.Changed` (`settled` False while letters are typed) and `fields.Leave`."""

    DEFAULT_CSS = """
    Pick { height: 1; width: 1fr; layout: vertical; }
    Pick.-inline { height: auto; }
    Pick.-inline > _Answers { overlay: none; constrain: none none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "down", show=False, id="pick.down"),
        Binding("up", "up", show=False, id="pick.up"),
        Binding("enter", "accept", show=False, id="pick.accept"),
        Binding("tab", "accept_next", show=False, id="pick.accept_next"),
        Binding("backspace", "erase", show=False, id="pick.unchip"),
        Binding("ctrl+w,ctrl+backspace,alt+backspace", "erase_word", show=False, id="pick.word"),
        Binding("ctrl+u", "erase(0)", show=False, id="pick.all"),
        Binding("escape,ctrl+left_square_bracket", "cancel", show=False, id="pick.cancel"),
        Binding("ctrl+z,ctrl+y", "keep", show=False, id="pick.keep"),
    ]

    def __init__(
        self,
        options: Options,
        value: Option | None = None,
        *,
        search: bool = False,
        optional: bool = True,
        placeholder: str = "",
        inline: bool = False,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """`search`: digits and blanks are text. `optional`: backspace on the value empties the field. `inline`:
        the list takes rows of its own, for the last field of a sheet, which has nothing below to lie over."""
        super().__init__(id=id, classes=classes)
        self.set_class(inline, "-inline")
        self._options = options
        self._value = value
        self._search = search
        self._optional = optional
        self._placeholder = placeholder
        self._text = ""
        self._open = False
        self._found: Sequence[Option] = ()
        self._at = 0
        self._wrong = False
        self._unoffered = False
        self._face = _Face(self)
        self._list = _Answers(self)

    def compose(self) -> ComposeResult:
        yield self._face
        yield self._list

    # --- value --------------------------------------------------------------------------------------------

    @property
    def value(self) -> Option | None:
        """The answer taken."""
        return self._value

    @property
    def raw(self) -> str:
        """The value of the answer taken, or the letters of a search that is not finished."""
        return self._text or (self._value.value if self._value else "")

    def set_value(self, value: Option | None, *, offered: bool = True) -> None:
        """Put an answer in without a message. One that is not offered any more stays and is marked so."""
        self._value = value
        self._unoffered = value is not None and not offered
        self._close()

    @property
    def searching(self) -> bool:
        """Whether letters were typed for which no answer was taken yet."""
        return bool(self._text)

    def hint(self, words: str) -> None:
        """Another thing holds now where nothing is taken: said in the empty field."""
        if words != self._placeholder:
            self._placeholder = words
            self._face.sync()

    @property
    def wrong(self) -> bool:
        """Whether the answer was refused."""
        return self._wrong

    @wrong.setter
    def wrong(self, wrong: bool) -> None:
        self._wrong = wrong
        self._face.sync()

    def take(self, index: int) -> bool:
        """Take the answer number `index` of the list; False if there is none."""
        if not 0 <= index < len(self._found):
            return False
        before = self._value
        self._value, self._unoffered = self._found[index], False
        self._close()
        if self._value != before:
            self.post_message(Changed(self, self.raw))
        return True

    # --- the list -----------------------------------------------------------------------------------------

    def toggle(self) -> None:
        """Open or close the list, as a click does."""
        if self._open:
            self._close()
        else:
            self._show()

    def _show(self) -> None:
        self._found = tuple(self._options(self._text))[:ANSWERS]
        self._at = 0
        if (
            not self._text and self._value is not None
        ):  # by value: a draft's answer has no hint, or another name
            values = [option.value for option in self._found]
            self._at = values.index(self._value.value) if self._value.value in values else 0
        self._open = True
        self._fit()
        self._list.display = True
        self._face.sync()
        self._list.sync()
        if self.has_class("-inline"):
            self.call_after_refresh(self._list.scroll_visible, animate=False)

    def _fit(self) -> None:
        """The list is as wide as the field and its answers need, and as high as there are answers.

        It lies over the rows below, or over those above where these do not reach down to the footer.
        """
        height = max(1, len(self._found))
        self._list.styles.height = height
        if self.has_class("-inline"):
            self._list.styles.width = "100%"
            return
        longest = max((cells(clean(o.label)) + cells(clean(o.hint)) for o in self._found), default=0)
        self._list.styles.width = max(LIST_CELLS, self.size.width, longest + 8)
        below = self.app.size.height - 1 - self.region.bottom
        self._list.styles.offset = (0, -height - 1 if below < height <= self.region.y else 0)

    def _close(self) -> None:
        self._open, self._text = False, ""
        self._list.display = False
        self._face.sync()

    def _pending(self) -> bool:
        """Whether the highlighted answer is more than a look at the list."""
        return self._open and bool(self._found)

    # --- keys ---------------------------------------------------------------------------------------------

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        """Printable keys are text here, so that the footer hides their bindings."""
        return character is not None and character.isprintable()

    def on_key(self, event: events.Key) -> None:
        if replay_alt(self, event) or not event.is_printable or event.character is None:
            return
        event.stop()
        event.prevent_default()
        char = event.character
        if char in "123456789" and not self._text and not self._search:
            self._found = tuple(self._options(""))[:ANSWERS]
            self.take(int(char) - 1)
            return
        if char == " " and not self._text and not self._search:
            self.toggle()
            return
        self._type(self._text + char)

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self._type(self._text + clean(event.text))

    def _type(self, text: str) -> None:
        self._text = sanitise(text)
        self._show()
        self.post_message(Changed(self, self.raw, settled=False))

    def action_erase_word(self) -> None:
        """The last word of a search, else the value."""
        self.action_erase(len(self._text.rstrip().rpartition(" ")[0]))

    def action_erase(self, left: int = -1) -> None:
        """A search down to so many letters (-1: all but the last), else the value."""
        if self._text:
            self._type(self._text[:left])
        elif self._optional and self._value is not None:
            self._value, self._unoffered = None, False
            self._close()
            self.post_message(Changed(self, ""))

    def action_down(self) -> None:
        if not self._open:
            self._show()
        elif self._found:
            self._at = min(self._at + 1, len(self._found) - 1)
            self._list.sync()

    def action_up(self) -> None:
        if not self._open:
            self.post_message(Leave(self, -1, "up"))
        elif self._found:
            self._at = max(self._at - 1, 0)
            self._list.sync()

    def action_accept(self) -> None:
        """`enter` takes what is highlighted and goes on; letters that match nothing keep the field."""
        if self.settle():
            self.post_message(Leave(self, 1, "enter"))

    def action_accept_next(self) -> None:
        """`tab` does the same; going on is the screen's `tab`."""
        if self.settle():
            raise SkipAction

    def settle(self) -> bool:
        """Take what is highlighted, as before a form is saved; False if letters were typed that find nothing."""
        if self._text and not self._found:
            return False
        if self._pending():
            self.take(self._at)
        return True

    def action_cancel(self) -> None:
        """`esc` gives the old value back; with nothing to give back it is the form's."""
        if not self._open and not self._text:
            raise SkipAction
        typed = bool(self._text)
        self._close()
        if typed:
            self.post_message(Changed(self, self.raw))

    def action_keep(self) -> None:
        """`ctrl+z` and `ctrl+y` in a field never reach the database's undo."""

    def on_resize(self) -> None:
        if self._open:
            self._fit()

    def on_blur(self) -> None:
        """Left by the mouse: what was typed and found is taken, what was not found is given up."""
        if self._text:
            self.settle()
        self._close()

    def watch_has_focus(self, has_focus: bool) -> None:
        """Drawn here and not in `on_focus` or `on_blur`, which Textual calls before the focus is known."""
        super().watch_has_focus(has_focus)
        if self.is_mounted:
            self._face.sync()

    # --- drawing ------------------------------------------------------------------------------------------

    def face(self, width: int) -> Strip:
        """The field's row in `width` cells."""
        look, focused = self.look, self.has_focus
        ground = field_ground(look, focused=focused, wrong=self._wrong)
        mark = Run(look.glyph("choice"), "muted")
        room = max(0, width - 2 - 2)
        if self._text:
            shown = look.cut(self._text, room - 1)
            runs = [Run(shown, "bright"), Run(" ", "on_accent", ground="accent")]
        elif self._value is not None:
            lost = f" {say('no longer fits')}" if self._unoffered else ""
            shown = look.cut(clean(self._value.label), room - cells(lost))
            runs = [Run(shown, "bright" if focused else "text"), Run(lost, "overdue")]
        else:
            runs = [Run(look.cut(self._placeholder, room), "muted")]
        runs.append(Run(" " * (width - 3 - width_of(runs)), "text"))
        inner = paint(look, [*runs, mark], width - 2, ground)
        return edged(look, inner, focused=focused, wrong=self._wrong)

    def answers(self, width: int) -> list[Strip]:
        """The list's rows: number, label, hint; the highlighted one is the cursor row."""
        look = self.look
        if not self._found:
            return [paint(look, [Run(f"  {say('Nothing found')}", "muted")], width, "raised")]
        rows = []
        for i, option in enumerate(self._found):
            here = i == self._at
            ground = "selection" if here else "raised"
            number = " " if self._search else str(i + 1)
            hint = look.cut(clean(option.hint), width // 2)
            label = look.cut(clean(option.label), width - 6 - cells(hint))
            left = [
                Run(look.glyph("bar") if here else " ", "accent"),
                Run(f"{number} ", "muted"),
                Run(label, "bright", here),
            ]
            gap = Run(" " * max(1, width - 1 - width_of(left) - cells(hint)))
            rows.append(paint(look, [*left, gap, Run(hint, "muted")], width, ground))
        return rows
