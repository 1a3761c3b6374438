"""What all input fields share: their messages, their ground and edges, and the mended Esc.

Knows no form and no command: a field tells its raw text and which way it is being left, nothing more.
Handlers are called `on_field_changed` and `on_field_leave`.
"""

from __future__ import annotations

from dataclasses import dataclass

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from crm_tui.ui import inside
from crm_tui.ui.look import Look


@dataclass
class Changed(Message, namespace="field"):
    """The raw text of a field changed, as typed: what a draft keeps.

    `settled` is False while a pick field's answer is still being searched.
    """

    field: Widget
    raw: str
    settled: bool = True

    @property
    def control(self) -> Widget:
        return self.field


@dataclass
class Leave(Message, namespace="field"):
    """The field wants to be left: `step` is 1 for the next one, -1 for the one before; `key` what was
    pressed.

    The form decides: `enter` on its last one-line field saves.
    """

    field: Widget
    step: int
    key: str

    @property
    def control(self) -> Widget:
        return self.field


def field_ground(look: Look, *, focused: bool, wrong: bool) -> str:
    """The ground of a field; without colour the cursor is a reversed cell, so the row is not reversed."""
    if wrong and not focused:
        return "overdue_bg"
    return "selection" if focused and look.colourful else "sunken"


def edged(look: Look, inner: Strip, *, focused: bool, wrong: bool) -> Strip:
    """The field's row: a cell at both ends for padding, the bar of focus, or brackets without grounds."""
    ground = field_ground(look, focused=focused, wrong=wrong)
    tone = "overdue" if wrong else "accent"
    if focused:
        left = Segment(look.glyph("bar"), look.style(tone, ground))
    else:
        left = Segment(" " if look.colourful else "[", look.style("text", ground))
    right = Segment(" " if look.colourful else "]", look.style("text", ground))
    return Strip([left, *inner, right], inner.cell_length + 2)


def replay_alt(widget: Widget, event: events.Key) -> bool:
    """Turn a merged `alt+letter` back into Esc and the letter; True if this key was one. (KEYS rule 9)

    Esc and a letter within 100 ms arrive as one key and the Esc is lost; inside tmux even at 600 ms. Nothing
    of ours uses alt, so the key means what the fingers did. A real alt under the kitty protocol carries no
    character.
    """
    if not event.key.startswith("alt+") or not event.character or not event.is_printable:
        return False
    event.stop()
    event.prevent_default()
    app, letter = widget.app, event.character

    async def replay() -> None:
        # The letter may only go out when Esc has done its work: by then the focus may be elsewhere.
        await inside.press(app, "escape")
        app.post_message(events.Key(inside.key_of(letter), letter))

    app.call_later(replay)
    return True
