"""What we use of Textual that it does not promise to keep: after an upgrade this is the file to look at.

Everything private is reached through here; what our classes must replace under its private name stands in
`REPLACED`. A test says by name what another Textual lacks, and that nobody else reaches inside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final, cast

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._styles_cache import StylesCache
from textual._xterm_parser import XTermParser
from textual.binding import Binding, BindingsMap
from textual.keys import Keys, _character_to_key

if TYPE_CHECKING:
    from textual.app import App
    from textual.dom import DOMNode
    from textual.message import Message
    from textual.message_pump import MessagePump
    from textual.screen import Screen

REACHED: Final = {
    "textual.app:App": (
        *("_screen_stacks", "_screen_stack", "_check_bindings", "_close_messages_no_wait"),
        *("_css_update_count", "_batch_count"),
    ),
    "textual.dom:DOMNode": ("_bindings",),
    "textual.message_pump:MessagePump": ("_parent",),
    "textual.screen:Screen": ("_css_update_count",),
    "textual._styles_cache:StylesCache": ("get_inner_outer",),
    "textual._xterm_parser:XTermParser": ("feed",),
}
"""What the functions below use of an object, by its class."""

REPLACED: Final = {
    "textual.app:App": (
        "_handle_exception",  # our own fault: the drafts are stored before Textual ends the program
        "_fatal_error",  # no traceback with customers' texts on the terminal
    ),
    "textual.screen:Screen": (
        "_compositor_refresh",  # a frame drawn while frames are held back is lost
    ),
    "textual.widget:Widget": (
        "_default_virtual_size",  # written by the reactive `virtual_size` of a one-line field, which lays out nothing
    ),
    "textual.widgets:Input": (
        "_on_key",  # `alt+letter` is a quick Esc and a letter
        "_on_paste",  # Input takes the first line of a paste and drops the rest
        "_position_to_cell",  # the field's edges lie inside its width
        "_cell_offset_to_index",
    ),
    "textual.widgets:TextArea": (
        "_on_key",  # as above
        "_replace_via_keyboard",  # controls are made visible, nothing over the limit goes in unseen
    ),
}
"""What our subclasses replace: if Textual no longer calls it, the defence is gone without a word."""

key_of: Callable[[str], str] = _character_to_key
"""The name of the key that types a character."""


def means(sequence: str, key: Keys, character: str) -> None:
    """From now on these bytes of the terminal are two keys: one by its name, and one that types a character."""
    cast("dict[str, Any]", ANSI_SEQUENCES_KEYS)[sequence] = (key, SimpleNamespace(value=character))


def filter_input(made: Callable[[], Callable[[str], str]]) -> None:
    """From now on what a terminal sends goes through a filter of its own before it is read as keys and pastes."""
    read = XTermParser.feed

    def feed(parser: XTermParser, data: str) -> Iterable[Message]:
        mine = parser.__dict__.setdefault("input_filter", made())
        passed = mine(data)
        return read(parser, passed) if passed or not data else ()  # empty is the end of input

    cast("Any", XTermParser).feed = feed


def every_screen(app: App[Any]) -> Iterator[Screen[Any]]:
    """The screens of all modes; the public stack is that of the mode in force."""
    return (screen for stack in app._screen_stacks.values() for screen in stack)


def take_out(app: App[Any], screen: Screen[Any]) -> None:
    """Remove a screen that lies under others in the mode in force; the public stack is a copy, and pops the top."""
    app._screen_stack.remove(screen)
    screen.remove()


def holds_back(app: App[Any]) -> bool:
    """Whether frames that are drawn now are not sent."""
    return app._batch_count > 0


def let_go() -> None:
    """Drop what Textual remembers of widgets that are gone: a cache of two colours for each of the last 1,024 keeps
    their drawn lines with them, some 0.4 MB for every sheet that was opened and closed."""
    cast("Any", StylesCache.get_inner_outer).cache_clear()


def count_as_styled(app: App[Any], screen: Screen[Any]) -> None:
    """A screen made now is styled by the theme in force when it comes in: Textual, which counts a mode's first
    screen as one that missed a change of theme, read every style rule anew and threw away those it had read."""
    screen._css_update_count = app._css_update_count


def above(node: MessagePump) -> MessagePump | None:
    """To whom a node's messages bubble."""
    return node._parent


def rebind(node: DOMNode, bindings: Iterable[Any], keep: Callable[[Binding], bool]) -> None:
    """Give a node other keys than its class was made with; of those it has, `keep` says which stay."""
    stay = [binding for _, binding in node._bindings if keep(binding)]
    node._bindings = BindingsMap([*bindings, *stay])


async def press(app: App[Any], key: str) -> None:
    """What a key is bound to, done at once. A simulated key would still be bubbling when this is through."""
    await app._check_bindings(key)


def end(app: App[Any]) -> None:
    """End the program now, without a word on the terminal."""
    app._close_messages_no_wait()
