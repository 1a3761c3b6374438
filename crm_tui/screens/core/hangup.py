"""Hang-ups save first, then leave: SIGHUP and SIGTERM, with a last word if a dead line blocks. (threats 15, 16)

Without a handler Textual dies at once with nothing saved (measured).
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import select
import signal
import sys
import threading
from collections.abc import Callable

LAST_WORDS = 3.0
"""Seconds that leaving may take before the program ends all the same: writing to a dead line may block."""


GHOST = 8.0
"""Seconds after the line is lost until the program ends whatever its event loop does."""


def catch(hung_up: Callable[[], None]) -> None:
    """Call `hung_up` on the event loop when the line is lost or the program is told to end."""
    loop = asyncio.get_running_loop()
    threading.Thread(target=_outlive_no_line, name="line", daemon=True).start()
    for name in (signal.SIGHUP, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError, ValueError):  # not the main thread: tests
            loop.add_signal_handler(name, hung_up)


def _outlive_no_line() -> None:
    """Sleep until the line is lost, and end the program if it is still there some seconds later.

    An event loop that waits for room to write to a line that then goes hears no signal any more: it would live on for
    ever, and its reading thread spin. (seen: 46 minutes of a core) What was typed is stored by then, but for the
    letters of the last third of a second.
    """
    if sys.__stdin__ is None or sys.__stdin__.closed or not sys.__stdin__.isatty():
        return
    watched = select.poll()
    watched.register(sys.__stdin__.fileno(), 0)
    watched.poll()
    threading.Event().wait(GHOST)
    os._exit(0)


def last_words() -> None:
    """End after a while even if leaving hangs: the drafts are stored by then."""
    timer = threading.Timer(LAST_WORDS, os._exit, (0,))
    timer.daemon = True
    timer.start()


def line_lost() -> bool:
    """Whether the terminal is gone although no signal came (SIGHUP ignored, as under nohup): without this the
    program lives on as a ghost that burns 0.4 of a core (measured)."""
    if sys.__stdin__ is None or sys.__stdin__.closed:
        return False
    watched = select.poll()
    watched.register(sys.__stdin__.fileno(), 0)
    return any(flags & (select.POLLHUP | select.POLLERR) for _, flags in watched.poll(0))
