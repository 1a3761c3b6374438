"""The one-line text field.

A subclass of Textual's Input for its editing; drawing, undo and keys are ours: `ctrl+z` and `ctrl+y` never
leave the field (else an operator who wants a word back would undo the last saved change), words are deleted
to the left, `up` and `down` leave the field, and the keys of the editor (`f6`, `f7`, `ctrl+k`) are not taken.
"""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Size
from textual.reactive import Reactive
from textual.strip import Strip
from textual.widgets import Input

from crm_tui.domain.text import sanitise
from crm_tui.widgets.fields import Changed, Leave, edged, field_ground, replay_alt
from crm_tui.widgets.looks import Looks, Run, cells, paint

UNDO_STEPS = 200


def _hidden(keys: str, action: str, id: str) -> Binding:
    return Binding(keys, action, show=False, id=id)


class Line(Looks, Input, inherit_bindings=False):
    """See the module. Posts `fields.Changed` and `fields.Leave`."""

    virtual_size = Reactive(Size(0, 0))
    """Of Textual's a change lays the whole screen out anew, with every letter; ours scrolls by itself."""
    DEFAULT_CSS = """
    Line, Line:focus, Line.-invalid, Line.-invalid:focus {
        height: 1; border: none; padding: 0; background: transparent; background-tint: transparent;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        _hidden("left", "cursor_left", "line.left"),
        _hidden("right", "cursor_right", "line.right"),
        _hidden("shift+left", "cursor_left(True)", "line.select_left"),
        _hidden("shift+right", "cursor_right(True)", "line.select_right"),
        _hidden("ctrl+left", "cursor_left_word", "line.word_left"),
        _hidden("ctrl+right", "cursor_right_word", "line.word_right"),
        _hidden("ctrl+shift+left", "cursor_left_word(True)", "line.select_word_left"),
        _hidden("ctrl+shift+right", "cursor_right_word(True)", "line.select_word_right"),
        _hidden("home,ctrl+a", "home", "line.home"),
        _hidden("end,ctrl+e", "end", "line.end"),
        _hidden("shift+home", "home(True)", "line.select_home"),
        _hidden("shift+end", "end(True)", "line.select_end"),
        _hidden("backspace", "delete_left", "line.delete_left"),
        _hidden("delete", "delete_right", "line.delete_right"),
        _hidden("ctrl+w,ctrl+backspace,alt+backspace", "delete_left_word", "line.delete_word"),
        _hidden("ctrl+u", "delete_left_all", "line.delete_all_left"),
        _hidden("ctrl+x", "cut", "line.cut"),
        _hidden("ctrl+c,super+c", "copy", "line.copy"),
        _hidden("ctrl+v", "paste", "line.paste"),
        _hidden("ctrl+z", "undo_text", "text.undo"),
        _hidden("ctrl+y", "redo_text", "text.redo"),
        _hidden("enter", "submit", "line.enter"),
        _hidden("up", "leave(-1)", "line.up"),
        _hidden("down", "leave(1)", "line.down"),
    ]

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str = "",
        password: bool = False,
        max_length: int = 0,
        restrict: str | None = None,
        flat: bool = False,
        bar: bool = False,
        whole: bool = False,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """`flat`: a search line, the darkest row there is; its focus shows by the cursor, and by the `bar` of focus
        where no sheet's bar stands before it. `whole`: as long as it is what it was, entering takes it whole, so that
        what is typed takes its place; an arrow goes into it."""
        self._whole = sanitise(value) if whole else ""
        self._wrong = False
        self._flat = flat
        self._bar = bar
        self._left = 0
        self._past: list[tuple[str, int]] = []
        self._future: list[tuple[str, int]] = []
        self._kind = ""
        super().__init__(
            sanitise(value),
            placeholder,
            password=password,
            max_length=max_length,
            restrict=restrict,
            select_on_focus=False,
            id=id,
            classes=classes,
        )
        self.cursor_blink = False

    # --- value --------------------------------------------------------------------------------------------

    @property
    def raw(self) -> str:
        """The text as typed."""
        return self.value

    def set_raw(self, raw: str, cursor: int | None = None) -> None:
        """Put a text in, as from a draft, cursor at letter `cursor`, else at the end. Not undone."""
        self._past.clear()
        self._future.clear()
        self._kind = ""
        self.value = sanitise(raw)
        self.cursor_position = len(self.value) if cursor is None else cursor

    @property
    def wrong(self) -> bool:
        """Whether the text was refused: drawn on the tint of danger."""
        return self._wrong

    @wrong.setter
    def wrong(self, wrong: bool) -> None:
        if wrong != self._wrong:
            self._wrong = wrong
            self.refresh()

    def replace(self, text: str, start: int, end: int) -> None:
        """Every edit comes through here: controls made visible, line feeds blanks, undo kept."""
        text = sanitise(text).replace("\n", " ").replace("\t", " ")
        before = (self.value, self.cursor_position)
        super().replace(text, start, end)
        if self.value == before[0]:
            return
        if len(text) == 1 and start == end and not text.isspace():
            kind = "type"
        else:
            kind = "erase" if not text and abs(end - start) == 1 else ""
        if not kind or kind != self._kind:
            self._past.append(before)
            del self._past[:-UNDO_STEPS]
        self._kind = kind
        self._future.clear()

    def action_undo_text(self) -> None:
        """Take back the last word typed or the last deletion; the key ends here even if there is nothing."""
        self._travel(self._past, self._future)

    def action_redo_text(self) -> None:
        self._travel(self._future, self._past)

    def _travel(self, source: list[tuple[str, int]], target: list[tuple[str, int]]) -> None:
        if source:
            target.append((self.value, self.cursor_position))
            value, cursor = source.pop()
            self.value = value
            self.cursor_position = cursor
        self._kind = ""

    def action_delete_left_word(self) -> None:
        if self.selection.is_empty:
            super().action_delete_left_word()
        else:
            self.delete_selection()

    def action_copy(self) -> None:
        """What is masked leaves the field for nowhere else."""
        if not self.password:
            super().action_copy()

    def action_cut(self) -> None:
        if not self.password:
            super().action_cut()

    # --- leaving ------------------------------------------------------------------------------------------

    def action_leave(self, step: int) -> None:
        """`up` and `down`: to the field before or after."""
        self.post_message(Leave(self, step, "down" if step > 0 else "up"))

    async def action_submit(self) -> None:
        """`enter` goes on; what that means on the last field is the form's."""
        self.post_message(Leave(self, 1, "enter"))

    # --- events -------------------------------------------------------------------------------------------

    async def _on_key(self, event: events.Key) -> None:
        if self.passed_over(event):
            event.prevent_default()
            event.stop()
        else:
            replay_alt(self, event)  # prevents Input's own handler, which would type the letter

    def passed_over(self, event: events.Key) -> bool:
        """Whether this key is not to be typed here."""
        return False

    def _on_paste(self, event: events.Paste) -> None:
        """All lines of a paste, joined; Input takes the first one and drops the rest."""
        event.prevent_default()
        event.stop()
        self.replace(event.text.strip("\r\n"), *self.selection)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(Changed(self, event.value))

    def on_focus(self) -> None:
        if self._whole and self.value == self._whole:
            self.select_all()
        self.refresh()

    def on_blur(self) -> None:
        self._kind = ""
        self.refresh()

    # --- drawing: an own offset, because the field's edges lie inside its width ----------------------------

    def render_line(self, y: int) -> Strip:
        look, width = self.look, self.size.width
        focused = self.has_focus
        ground = "sunken" if self._flat else field_ground(look, focused=focused, wrong=self._wrong)
        if width < 3 or y:
            return paint(look, (), width, ground)
        room = width - 2
        runs = self._runs(focused)
        total = sum(cells(run.text) for run in runs)
        self._follow(room, total)
        inner = paint(look, runs, max(total, self._left + room), ground).crop(self._left, self._left + room)
        if self._flat:
            margin = Segment(" ", look.style("text", ground))
            bar = Segment(look.glyph("bar"), look.style("accent", ground))
            return Strip([bar if self._bar and focused else margin, *inner, margin], width)
        return edged(look, inner, focused=focused, wrong=self._wrong)

    def _runs(self, focused: bool) -> list[Run]:
        hint = self.look.cut(self.placeholder, max(1, self.size.width - 3))
        text = "•" * len(self.value) if self.password else self.value
        if not focused:
            return [Run(text or hint, "text" if text else "muted")]
        low, high = sorted(self.selection)
        at = self.cursor_position
        runs = []
        for start, end in ((0, low), (low, high), (high, len(text))):
            chosen = start == low and end == high and low != high
            for a, b in (
                (start, min(at, end)),
                (max(start, at), min(end, at + 1)),
                (max(start, at + 1), end),
            ):
                if a < b:
                    lit = chosen or a == at
                    runs.append(
                        Run(text[a:b], "on_accent" if lit else "bright", ground="accent" if lit else None)
                    )
        if at >= len(text):
            runs.append(Run(" ", "on_accent", ground="accent"))
        if not text and hint:
            runs.append(Run(hint[1:], "muted"))
            runs[0] = Run(hint[0], "on_accent", ground="accent")
        return runs

    def _follow(self, room: int, total: int) -> None:
        """Move the offset (cells) so that the cursor is seen."""
        at = self._position_to_cell(self.cursor_position)
        if total <= room:
            self._left = 0
        elif at < self._left:
            self._left = at
        elif at >= self._left + room:
            self._left = at - room + 1

    def _position_to_cell(self, position: int) -> int:
        return position if self.password else cells(self.value[:position])

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where an input method should open its window."""
        x, y, _, _ = self.content_region
        return Offset(x + 1 + self._position_to_cell(self.cursor_position) - self._left, y)

    def _cell_offset_to_index(self, offset: int) -> int:
        at = offset - 1 + self._left
        for index in range(len(self.value)):
            if self._position_to_cell(index + 1) > at:
                return index
        return len(self.value)
