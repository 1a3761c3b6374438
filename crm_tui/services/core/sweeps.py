"""Python's search for cycles, put off while many rows are worked on: it walks over all that a file has become, again
and again, and finds nothing (a seventh of an import's time)."""

from __future__ import annotations

import contextlib
import gc
import threading
from collections.abc import Iterator
from typing import Final

SELDOM: Final = 200_000
"""New objects that set off a search meanwhile, where Python's own number is 700: it goes on, so that memory stays
bounded."""
_guard = threading.Lock()
_inside: list[tuple[int, int, int]] = []
"""What Python's numbers were for each that is inside; the first is how they were before."""


@contextlib.contextmanager
def seldom() -> Iterator[None]:
    """For the length of the block; several threads may be in one at a time, and the last puts back what was."""
    with _guard:
        before = _inside[0] if _inside else gc.get_threshold()
        _inside.append(before)
        gc.set_threshold(max(SELDOM, before[0]), *before[1:])
    try:
        yield
    finally:
        with _guard:
            before = _inside.pop()
            if not _inside:
                gc.set_threshold(*before)
