"""The editor of a parecer: soft-wrapped text with undo, a bar of focus, and few bytes a letter.

A subclass of Textual's TextArea for its editing. Textual repaints the whole pane for every letter (11 to 13
kB at 120x36); here the rows are compared and only those that differ are sent. It knows nothing of drafts: it
tells its raw text, and what did not fit into 64k characters, so that the screen can offer it as an
attachment.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Final, Self

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.color import Color
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult, Location, TextAreaTheme

from crm_tui.domain.text import sanitise
from crm_tui.ui.look import Look
from crm_tui.widgets.fields import Changed, replay_alt
from crm_tui.widgets.looks import Looks

MOST: Final = 65_536
"""Characters that a parecer holds (DESIGN: 64k)."""
CODE: Final = re.compile(r"(?:^|\s)(/([\w-]{1,20}))$")
"""A `/code` at the start of a word, right before the cursor."""
ENDS_CODE: Final = {"space": " ", "tab": "", "enter": ""}
"""The keys that end it, and what is put behind the text that comes in its place."""


def _hidden(keys: str, action: str, id: str) -> Binding:
    return Binding(keys, action, show=False, id=id)


class Body(Looks, TextArea, inherit_bindings=False):
    """See the module. Posts `fields.Changed`, and `Body.TooLong` with what a paste had over the limit."""

    @dataclass
    class TooLong(Message, namespace="body"):
        """`rest` did not fit; what fitted was put in."""

        body: Body
        rest: str

        @property
        def control(self) -> Body:
            return self.body

    DEFAULT_CSS = """
    Body, Body:focus { border: none; padding: 0; width: 1fr; height: 1fr; scrollbar-size: 0 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        _hidden("up", "cursor_up", "body.up"),
        _hidden("down", "cursor_down", "body.down"),
        _hidden("left", "cursor_left", "body.left"),
        _hidden("right", "cursor_right", "body.right"),
        _hidden("ctrl+left", "cursor_word_left", "body.word_left"),
        _hidden("ctrl+right", "cursor_word_right", "body.word_right"),
        _hidden("home,ctrl+a", "cursor_line_start", "body.home"),
        _hidden("end,ctrl+e", "cursor_line_end", "body.end"),
        _hidden("ctrl+home", "cursor_first", "body.first"),
        _hidden("ctrl+end", "cursor_last", "body.last"),
        _hidden("pageup", "cursor_page_up", "body.page_up"),
        _hidden("pagedown", "cursor_page_down", "body.page_down"),
        _hidden("shift+up", "cursor_up(True)", "body.select_up"),
        _hidden("shift+down", "cursor_down(True)", "body.select_down"),
        _hidden("shift+left", "cursor_left(True)", "body.select_left"),
        _hidden("shift+right", "cursor_right(True)", "body.select_right"),
        _hidden("ctrl+shift+left", "cursor_word_left(True)", "body.select_word_left"),
        _hidden("ctrl+shift+right", "cursor_word_right(True)", "body.select_word_right"),
        _hidden("shift+home", "cursor_line_start(True)", "body.select_home"),
        _hidden("shift+end", "cursor_line_end(True)", "body.select_end"),
        _hidden("backspace", "delete_left", "body.delete_left"),
        _hidden("delete", "delete_right", "body.delete_right"),
        _hidden("ctrl+w,ctrl+backspace,alt+backspace", "delete_word_left", "body.delete_word"),
        _hidden("ctrl+u", "delete_to_start_of_line", "body.delete_to_start"),
        _hidden("ctrl+x", "cut_selected", "body.cut"),
        _hidden("ctrl+c,super+c", "copy", "body.copy"),
        _hidden("ctrl+v", "paste", "body.paste"),
        _hidden("ctrl+z", "undo", "text.undo"),
        _hidden("ctrl+y", "redo", "text.redo"),
    ]

    meant_by: Callable[[str], str | None] | None = None
    """What a `/code` stands for, None for nothing; the screen's affair."""

    def __init__(self, text: str = "", *, placeholder: str = "", id: str | None = None) -> None:
        self._sent: list[Strip] | None = None
        self._over = ""
        self._comparing = False
        self._themed: Look | None = None
        super().__init__(
            sanitise(text),
            soft_wrap=True,
            tab_behavior="focus",
            show_line_numbers=False,
            highlight_cursor_line=False,
            placeholder=placeholder,
            id=id,
        )
        self.cursor_blink = False
        self.match_cursor_bracket = False

    # --- text ---------------------------------------------------------------------------------------------

    @property
    def raw(self) -> str:
        """The text as typed."""
        return self.text

    def set_raw(self, raw: str, cursor: Location | None = None) -> None:
        """Put a text in, as from a draft, with the cursor (row, column) where it stood, else at the end."""
        self.load_text(sanitise(raw))
        row, column = self.document.end if cursor is None else cursor
        row = max(0, min(row, self.document.line_count - 1))
        self.move_cursor((row, max(0, min(column, len(self.document[row])))))

    def _replace_via_keyboard(self, insert: str, start: Location, end: Location) -> EditResult | None:
        """Typing and pasting: controls are made visible, and nothing over the limit goes in unseen."""
        insert = sanitise(insert).replace("\t", "    ")
        room = MOST - (len(self.text) - len(self.get_text_range(start, end)))
        rest = insert[max(0, room) :]
        if rest:
            insert = insert[: max(0, room)]
            if not insert:
                self.post_message(self.TooLong(self, rest))
                return None
            self._over = rest  # told behind the change, which clears what a form had said before
        return super()._replace_via_keyboard(insert, start, end)

    def put_in(self, text: str) -> None:
        """Put a text where the cursor stands, in place of what is selected; one undo takes it back."""
        self._exchange(text, *sorted(self.selection))

    def _exchange(self, text: str, start: Location, end: Location) -> None:
        self.history.checkpoint()
        self._replace_via_keyboard(text, start, end)
        self.history.checkpoint()

    def _expanded(self, key: str) -> bool:
        """A `/code` before the cursor became what it stands for."""
        row, column = self.cursor_location
        found = CODE.search(self.document[row][:column]) if self.selection.is_empty else None
        text = self.meant_by(found[2]) if found is not None and self.meant_by is not None else None
        if found is None or text is None:
            return False
        behind = "" if text[-1:].isspace() else ENDS_CODE[key]
        self._exchange(text + behind, (row, found.start(1)), (row, column))
        return True

    def action_cut_selected(self) -> None:
        """Cut what is selected; with nothing selected nothing is cut (TextArea would take the whole line)."""
        if not self.selection.is_empty:
            self.action_cut()

    def action_cursor_first(self) -> None:
        self.move_cursor((0, 0))

    def action_cursor_last(self) -> None:
        self.move_cursor(self.document.end)

    def edit(self, edit: Edit) -> EditResult:
        """TextArea scrolls to the cursor before it knows of the row that a letter has begun: do it again after."""
        result = super().edit(edit)
        self.scroll_cursor_visible()
        return result

    # --- events -------------------------------------------------------------------------------------------

    async def _on_key(self, event: events.Key) -> None:
        if replay_alt(self, event):  # prevents TextArea's own handler, which would type the letter
            return
        if event.key in ENDS_CODE and self._expanded(event.key):
            event.stop()
            event.prevent_default()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self.post_message(Changed(self, self.text))
        if self._over:
            self.post_message(self.TooLong(self, self._over))
            self._over = ""

    def on_mount(self) -> None:
        self._dress()

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def on_resize(self) -> None:
        self._sent = None
        self.scroll_cursor_visible()
        self.refresh()

    # --- look ---------------------------------------------------------------------------------------------

    def notify_style_update(self) -> None:
        super().notify_style_update()
        if self.is_mounted and self._themed != self.look:
            self._dress()

    def _dress(self) -> None:
        """Take grounds and cursor from the look: a stylesheet names neither palette entries nor reverse."""
        look = self._themed = self.look
        base = look.style("bright", "sunken")
        name = f"look-{look.key}"
        self.register_theme(
            TextAreaTheme(
                name,
                base_style=base,
                cursor_style=look.style("on_accent", "accent"),
                selection_style=look.style("bright", "selection"),
            )
        )
        ground = Color(0, 0, 0, 0) if base.bgcolor is None else Color.from_rich_color(base.bgcolor)
        self.styles.background = ground
        self.theme = name
        self._sent = None

    @property
    def gutter_width(self) -> int:
        """One cell at the left for the bar of focus; wrapping, cursor and mouse all ask here."""
        return 1

    @property
    def wrap_width(self) -> int:
        """One cell of margin at the right; 0 (nothing is wrapped) while the body has no size: a first frame had a draft
        with one letter a row, and 65,000 rows take long to make."""
        width = super().wrap_width
        return max(1, width - 1) if width else 0

    def render_line(self, y: int) -> Strip:
        strip = super().render_line(y)
        width, look = self.size.width, self.look
        text = strip.crop(0, width - 1)
        if self.has_focus:
            edge, tone = look.glyph("bar"), "accent"
        else:
            edge, tone = (" ", "text") if look.colourful else ("[", "text")
        return Strip([Segment(edge, look.style(tone, "sunken")), *text], text.cell_length + 1)

    # --- few bytes ----------------------------------------------------------------------------------------

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Once what happened is through, compare the rows and send those that differ, whatever was asked."""
        if not self.is_mounted or recompose:
            self._sent = None
            return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
        if layout:  # a new line changes the virtual size, which lays the screen out and moves nothing
            super().refresh(repaint=False, layout=True)
        if repaint and not self._comparing:
            self._comparing = True
            self.call_next(self._send)
        return self

    def _send(self) -> None:
        self._comparing = False
        if not self.is_mounted or not self.size:
            return
        width, height = self.size
        before, self._sent = self._sent, [self.render_line(y) for y in range(height)]
        if before is None or len(before) != height:
            super().refresh()
            return
        changed = [
            Region(0, y, width, 1)
            for y, (old, new) in enumerate(zip(before, self._sent, strict=True))
            if old != new
        ]
        if changed:
            super().refresh(*changed)
