"""One key at a time: a key waits until the one before is dealt with and the screen that it opened is ready.

Textual forwards every key to the focus of the moment. Typed ahead (or arriving together over a slow line),
`p` and the first letters of a parecer would all go to the list, where letters are commands; measured: a whole
sentence was lost. Here they are held, in order, until the editor has its focus. It also mends `alt+letter`,
which is a quick Esc and a letter merged by the terminal (KEYS rule 9).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from textual import events
from textual.keys import Keys

from crm_tui.ui import inside

if TYPE_CHECKING:
    from textual.app import App
    from textual.message_pump import MessagePump

STUCK = 0.5
"""Seconds after which a key counts as dealt with all the same: its widget was removed under it."""

BREATH = 0.02
"""Seconds that a key alone is left to draw before it is followed: the walk through every widget above it costs
5 ms, twice the key itself (measured). Another key ends the wait."""

ROUNDS = 6
"""Walks behind one key at most: its messages lead to messages two or three times, never so often."""


for _sign in "0123456789bf-=":
    # a quick Esc and a sign: Textual takes it for a Mac's option key and typed `™` into the parecer, or went a word
    # to the left for `esc b` and to the right for `esc f` (reproduced): neither key did what it was pressed for
    inside.means(f"\x1b{_sign}", Keys.Escape, _sign)


class KeyGate:
    """Holds keys and pastes of one application. `deliver` is Textual's own handling of an input event."""

    def __init__(self, app: App[Any], deliver: Callable[[events.Event], Awaitable[None]]) -> None:
        self._app = app
        self._deliver = deliver
        self._waiting: deque[events.Event] = deque()
        self._flying: events.Event | None = None
        self._followed = False
        self._timer: Any = None
        self._held = 0
        self._target: MessagePump | None = None
        self._rounds = 0

    def hold(self) -> None:
        """Keys wait until `release`: a place was asked for and is on its way."""
        self._held += 1

    async def release(self) -> None:
        """The place is there."""
        self._held = max(0, self._held - 1)
        await self.go_on()

    def forget(self) -> bool:
        """Drop the keys that wait; whether there were any."""
        had = bool(self._waiting)
        self._waiting.clear()
        return had

    async def arrive(self, event: events.Event) -> None:
        """A key or paste came from the terminal."""
        self._waiting.extend(_parted(event))
        self.follow()
        await self.go_on()

    def follow(self) -> None:
        """Follow the key in flight until everything that it set off is through."""
        if self._flying is not None and not self._followed and self._target is not None:
            self._rest()
            self._followed = True
            self._timer = self._app.set_timer(STUCK, self._stuck)
            self._hop(self._flying, self._target)

    async def go_on(self) -> None:
        """Deliver what may be delivered now."""
        while self._waiting and self._flying is None and self._ready():
            event = self._waiting.popleft()
            self._flying = event
            target = self._app.focused or self._app.screen
            await self._deliver(event)
            if not event.is_forwarded:
                self._flying = None
                continue
            self._target, self._rounds = target, 1
            if self._waiting:
                self.follow()
            else:
                self._timer = self._app.set_timer(BREATH, self.follow)

    def _ready(self) -> bool:
        return not self._held and bool(getattr(self._app.screen, "ready", True))

    def _hop(self, event: events.Event, node: MessagePump) -> None:
        """Follow the event up its bubbling: a callback queued behind it runs when the node is through. A node that the
        key closed takes none: whoever typed on behind a menu's letter waited until the key counted as stuck."""
        if not node.call_later(self._passed, event, node):
            self._app.call_later(self._landed, event)

    async def _passed(self, event: events.Event, node: MessagePump) -> None:
        parent = inside.above(node)
        if self._flying is not event:
            return
        if parent is None or node is self._app:
            self._app.call_later(self._landed, event)
        else:
            self._hop(event, parent)

    async def _landed(self, event: events.Event) -> None:
        """Behind the focus that the key may have asked for: Textual defers it to the application's queue.

        What a key leads to may take messages of its own (`enter` leaves a line, which leaves its search, which
        asks the screen): the path is walked again until nothing is queued on it.
        """
        if self._flying is not event:
            return
        target = self._target
        if target is not None and self._rounds < ROUNDS and _busy(target, self._app):
            self._rounds += 1
            self._hop(event, target)
        else:
            await self._over()

    async def _stuck(self) -> None:
        await self._over()

    async def _over(self) -> None:
        self._rest()
        self._flying, self._followed = None, False
        await self.go_on()

    def _rest(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None


def _busy(node: MessagePump, app: MessagePump) -> bool:
    """Whether anything is queued from here up to the application, whose own queue holds the keys that wait."""
    at: MessagePump | None = node
    while at is not None and at is not app:
        if at.message_queue_size:
            return True
        at = inside.above(at)
    return False


def _parted(event: events.Event) -> list[events.Event]:
    """`alt+letter` with a character is Esc and the letter; anything else is itself.

    Textual calls a merged Esc and `I` `alt+shift+i`, but an `I` alone `I`: the character says which key it was.
    """
    if isinstance(event, events.Key) and event.key.startswith("alt+") and event.character:
        letter = event.character
        if letter.isprintable():
            return [events.Key("escape", None), events.Key(inside.key_of(letter), letter)]
    return [event]
