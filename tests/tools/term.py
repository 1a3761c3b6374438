"""A black-box terminal: runs a command in a pseudo terminal, reads its screen, types, and times it.

Nothing of the program under test is imported here. Every wait is a `select` on the terminal with a
deadline, never a sleep; a wait that fails raises `Unmet` with the screen in its message.
"""

from __future__ import annotations

import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from tests.tools.keys import key_bytes
from tests.tools.screen import Cell, Screen

__all__ = ["Answer", "Cell", "Colours", "End", "Term", "Unmet"]

GRACE = 0.0005
"""Seconds to wait for more of the same frame before it is parsed: a pty hands out 4 KiB at a time."""
NOT_INHERITED = ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "TMUX", "PYTHONDONTWRITEBYTECODE")


class Unmet(AssertionError):
    """Something awaited did not come; the message holds the screen."""


class Colours(NamedTuple):
    """As shown, reverse applied: `#rrggbb`, an ANSI name, or `default`."""

    fg: str
    bg: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a key did: ms until something visible changed (None: nothing did), and bytes until silence."""

    shown_ms: float | None
    bytes: int


@dataclass(frozen=True, slots=True)
class End:
    """How the program ended: exit code (negative: the signal), ms since asked, what it left behind."""

    code: int
    ms: float
    problems: tuple[str, ...]

    @property
    def restored(self) -> bool:
        """Whether the terminal is as it was before."""
        return not self.problems


class Term:
    """A program in a terminal of its own; `deadline` bounds its whole life in seconds."""

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        size: tuple[int, int] = (120, 36),
        env: Mapping[str, str] | None = None,
        cwd: str | Path | None = None,
        deadline: float = 30.0,
    ) -> None:
        self.screen = Screen(*size)
        self.received = 0
        self.code: int | None = None
        self._changes: list[float] = []
        self._last_output = 0.0
        inherited = {k: v for k, v in os.environ.items() if k not in NOT_INHERITED}
        terminal = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}
        self._master, slave = os.openpty()
        self._size(*size)
        self._termios = termios.tcgetattr(slave)
        self.born = time.perf_counter()
        self._deadline = self.born + deadline
        try:
            self._process = subprocess.Popen(
                [str(part) for part in command],
                stdin=slave,
                stdout=slave,
                stderr=slave,
                cwd=cwd,
                env={**inherited, **terminal, **(env or {})},
                start_new_session=True,
                preexec_fn=_take_terminal,
            )
        except BaseException:
            os.close(self._master)
            raise
        finally:
            os.close(slave)
        self._open = True
        os.set_blocking(self._master, False)

    def __enter__(self) -> Term:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pid(self) -> int:
        """The program's process id."""
        return self._process.pid

    # -- typing ----------------------------------------------------------

    def send(self, *keys: str) -> None:
        """Send keys by name (`down`, `ctrl+s`, `a`) without waiting for what they do."""
        self._write(b"".join(key_bytes(key, self.screen.application_cursor) for key in keys))

    def type(self, text: str) -> None:
        """Send text as if typed."""
        self._write(text.encode())

    def paste(self, text: str) -> None:
        """Send text as a bracketed paste."""
        self._write(b"\x1b[200~" + text.encode() + b"\x1b[201~")

    def press(self, *keys: str, quiet: float = 0.06) -> Answer:
        """Send keys, wait for silence, and say when something changed and what it took."""
        self.settle(0)
        self._changes.clear()
        before, asked = self.received, time.perf_counter()
        self.send(*keys)
        self._pump_until(lambda: self.received > before, asked + 1.0)
        self.settle(quiet)
        shown = next((t for t in self._changes if t >= asked), None)
        return Answer((shown - asked) * 1000 if shown else None, self.received - before)

    def resize(self, columns: int, rows: int) -> None:
        """Make the window another size; the program hears it as SIGWINCH."""
        self.screen.resize(rows, columns)
        self._size(columns, rows)

    # -- waiting ---------------------------------------------------------

    def wait(self, pattern: str, timeout: float = 15.0) -> float:
        """Wait until the regex is on the screen; ms from the start of the program to that frame."""
        self._await(lambda: self.shows(pattern), timeout, f"not on the screen: {pattern}")
        return ((self._changes[-1] if self._changes else self._last_output) - self.born) * 1000

    def gone(self, pattern: str, timeout: float = 15.0) -> None:
        """Wait until the regex is no longer on the screen."""
        self._await(lambda: not self.shows(pattern), timeout, f"still on the screen: {pattern}")

    def next_change(self, timeout: float = 15.0) -> float | None:
        """Wait for anything visible to change: when it did, on `time.perf_counter`; None if it did not."""
        self._changes.clear()
        self._pump_until(lambda: bool(self._changes), time.perf_counter() + timeout)
        return self._changes[0] if self._changes else None

    @property
    def last_change(self) -> float | None:
        """When something visible changed last since the last key or wait, on `time.perf_counter`."""
        return self._changes[-1] if self._changes else None

    def settle(self, quiet: float = 0.06, timeout: float = 5.0) -> None:
        """Wait for `quiet` seconds of silence; `Unmet` if it is still writing at the timeout."""
        since = time.perf_counter()
        end = since + timeout
        while self.code is None:
            silent_at = max(self._last_output, since) + quiet
            if not self._pump(min(silent_at, end)) and time.perf_counter() >= silent_at:
                return
            if time.perf_counter() >= end:
                raise Unmet(f"still writing after {timeout} s\n{self.text()}")

    def idle(self, seconds: float) -> int:
        """Leave it alone for so long; the bytes that it wrote meanwhile."""
        self.settle()
        before = self.received
        self._pump_until(lambda: False, time.perf_counter() + seconds)
        return self.received - before

    # -- looking ---------------------------------------------------------

    def text(self) -> str:
        """The screen as text, without trailing blanks."""
        return "\n".join(self.screen.rows())

    def shows(self, pattern: str) -> bool:
        """Whether the regex is on the screen now (`^` and `$` are those of a row)."""
        return re.search(pattern, self.text(), re.MULTILINE) is not None

    def find(self, pattern: str) -> tuple[int, int]:
        """Column and row, from 0, of the first match of a regex in a row; `Unmet` if there is none."""
        for y in range(self.screen.lines):
            cells = self.screen.cells(y)
            columns = [x for x, cell in enumerate(cells) for _ in cell.data]
            if match := re.search(pattern, "".join(cell.data for cell in cells)):
                return columns[match.start()], y
        raise Unmet(f"not on the screen: {pattern}\n{self.text()}")

    def colours(self, where: str | tuple[int, int]) -> Colours:
        """The colours of a cell, or of the first cell of a regex's first match."""
        x, y = self.find(where) if isinstance(where, str) else where
        cell = self.screen.cells(y)[x]
        fg, bg = (f"#{c}" if re.fullmatch("[0-9a-f]{6}", c) else c for c in (cell.fg, cell.bg))
        return Colours(bg, fg) if cell.reverse else Colours(fg, bg)

    def peak_memory(self) -> int:
        """Bytes: the largest resident set of the program so far (Linux)."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        match = re.search(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE)
        assert match, status
        return int(match.group(1)) * 1024

    # -- ending ----------------------------------------------------------

    def quit(self, *keys: str, timeout: float = 10.0) -> End:
        """Press the keys and wait for the end."""
        asked = time.perf_counter()
        for key in keys:
            self.settle()
            asked = time.perf_counter()
            self.send(key)
        return self.end(timeout, asked)

    def signal(self, number: signal.Signals, timeout: float = 10.0) -> End:
        """Send a signal to the program and wait for the end."""
        self._process.send_signal(number)
        return self.end(timeout)

    def kill(self) -> End:
        """`kill -9`, as a power cut would."""
        return self.signal(signal.SIGKILL)

    def hang_up(self, timeout: float = 10.0) -> int:
        """Close the window or lose the line: the kernel sends SIGHUP, reads end. The exit code."""
        self._close_master()
        try:
            self.code = self._process.wait(timeout)
        except subprocess.TimeoutExpired:
            raise Unmet(f"still running {timeout} s after the hang-up") from None
        return self.code

    def end(self, timeout: float = 10.0, asked: float | None = None) -> End:
        """Wait for the program to end by itself."""
        began = asked if asked is not None else time.perf_counter()
        self._pump_until(lambda: self.code is not None, time.perf_counter() + timeout)
        if self.code is None:
            raise Unmet(f"still running after {timeout} s\n{self.text()}")
        took = (time.perf_counter() - began) * 1000
        problems = self.screen.left_behind()
        if termios.tcgetattr(self._master)[:4] != self._termios[:4]:
            problems.append("terminal left raw or without echo")
        return End(self.code, took, tuple(problems))

    def close(self) -> None:
        """Kill the program if it still runs, with what it started; never leaves a process behind."""
        if self._process.poll() is None:
            os.killpg(self.pid, signal.SIGKILL)
            self._process.wait()
        self._close_master()

    # -- plumbing --------------------------------------------------------

    def _size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def _close_master(self) -> None:
        if self._open:
            self._open = False
            os.close(self._master)

    def _write(self, data: bytes) -> None:
        while data and self.code is None:
            try:
                data = data[os.write(self._master, data) :]
            except BlockingIOError:
                output, room, _ = select.select([self._master], [self._master], [], 5.0)
                if output:  # it may have to be heard before it reads on
                    self._pump(time.perf_counter())
                elif not room:
                    raise Unmet(f"does not read its input\n{self.text()}") from None

    def _await(self, test: Callable[[], bool], timeout: float, what: str) -> None:
        self._pump_until(lambda: not self.screen.in_frame and test(), time.perf_counter() + timeout)
        if not test():
            how = f"within {timeout} s" if self.code is None else f"before it ended with {self.code}"
            raise Unmet(f"{what}, {how}\n{self.text()}")

    def _pump_until(self, test: Callable[[], bool], end: float) -> None:
        end = min(end, self._deadline)
        while not test() and self.code is None and time.perf_counter() < end:
            self._pump(end)

    def _pump(self, until: float) -> bool:
        """Wait for output until that time, take in a whole burst of it; whether there was any."""
        pieces: list[bytes] = []
        wait = max(0.0, min(until, self._deadline) - time.perf_counter())
        while select.select([self._master], [], [], wait)[0]:
            try:
                piece = os.read(self._master, 65536)
            except OSError:  # Linux says EIO once nobody holds the other end
                piece = b""
            if not piece:
                self.code = self._process.wait()
                break
            self._last_output = time.perf_counter()
            pieces.append(piece)
            wait = GRACE
        data = b"".join(pieces)
        self.received += len(data)
        if self.screen.feed(data):
            self._changes.append(self._last_output)
        if self.code is None and (answers := self.screen.take_answers()):
            self._write(answers)
        return bool(data)


def _take_terminal() -> None:
    """In the child: the pseudo terminal is its controlling one, so that a hang-up reaches it."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
