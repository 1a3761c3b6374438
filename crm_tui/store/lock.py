"""One writer at a time, fairly: `flock` on `<db>.lock`, with a deadline.

The file is never unlinked. Each holder has its own descriptor, close-on-exec: a second flock on the same
descriptor is granted, so threads of one process also share a mutex. The kernel frees it when a holder dies.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from crm_tui.i18n import Text
from crm_tui.store.errors import Busy, NoRoom

_FIRST_WAIT, _LONGEST_WAIT = 0.0005, 0.01
_mutexes: dict[str, threading.Lock] = {}
_guard = threading.Lock()


def _mutex(path: Path) -> threading.Lock:
    with _guard:
        return _mutexes.setdefault(str(path), threading.Lock())


def busy() -> Busy:
    """The refusal of a writer who waited in vain."""
    return Busy(Text("Another operator's save is taking long; nothing of yours is lost: try again."))


class WriterLock:
    """The lock of one database; `with lock.held(deadline):` in seconds from now."""

    def __init__(self, database: Path) -> None:
        self.path = database.with_name(database.name + ".lock")

    @contextlib.contextmanager
    def held(self, deadline: float) -> Iterator[None]:
        """Hold the lock for the block; `Busy` if it is not to be had within `deadline` seconds."""
        end = time.monotonic() + deadline
        mutex = _mutex(self.path)
        if not mutex.acquire(timeout=max(deadline, 0.0)):
            raise busy()
        try:
            try:
                descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
            except OSError as error:
                raise NoRoom(
                    Text(
                        "The lock file {path} cannot be opened ({why}): check the folder.",
                        {"path": str(self.path), "why": error.strerror or ""},
                    )
                ) from None
            try:
                self._wait(descriptor, end)
                yield
            finally:
                os.close(descriptor)
        finally:
            mutex.release()

    def _wait(self, descriptor: int, end: float) -> None:
        pause = _FIRST_WAIT
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= end:
                    raise busy() from None
                time.sleep(pause)
                pause = min(pause * 1.5, _LONGEST_WAIT)
            else:
                return
