"""`ctrl+c` while much is written: what was begun is finished, then it ends, and somebody is told how far it came."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Asked:
    """Whether somebody asked to stop; `answer` is what `run_many` takes as `cancelled`."""

    def __init__(self) -> None:
        self.stop = False

    def answer(self) -> bool:
        """The flag, as it is now."""
        return self.stop


@contextmanager
def on_request() -> Iterator[Asked]:
    """While the block runs, `ctrl+c` asks and ends nothing: a chunk is soon done, and what was written is known."""
    asked = Asked()
    if threading.current_thread() is not threading.main_thread():  # only there may signals be taken
        yield asked
        return

    def noted(_number: int, _frame: object) -> None:
        asked.stop = True

    before = signal.signal(signal.SIGINT, noted)
    try:
        yield asked
    finally:
        signal.signal(signal.SIGINT, before)
