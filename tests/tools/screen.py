"""What stands on a terminal's screen: pyte's model behind a filter for what pyte does not know.

pyte draws the tail of sequences it does not know and has no alternate screen; the filter takes those
out, keeps the private modes, and answers what programs ask a terminal.
"""

from __future__ import annotations

import codecs
import re
from typing import Any

import pyte
from pyte.screens import Char as Cell

__all__ = ["Cell", "Screen"]

_CURSOR_KEYS, _CURSOR_SHOWN, _ALTERNATE, _FRAME = 1, 25, (47, 1047, 1049), 2026
_LEFT_ON = {1000: "mouse", 1002: "mouse", 1003: "mouse", 1004: "focus", 2004: "paste"}
_KNOWN = {_CURSOR_KEYS, _CURSOR_SHOWN, *_ALTERNATE, _FRAME, *_LEFT_ON, 1006}

_SPECIAL = re.compile(
    r"\x1b\[(?P<prefix>[?<=>]?)(?P<params>[0-9;:]*)(?P<middle>[ -/]*)(?P<final>[@-~])"
    r"|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)"  # OSC, DCS and kin: nothing to see
    r"|\x1b[=>]"
)
_UNFINISHED = re.compile(r"\x1b(?:\[[?<=>]?[0-9;:]*[ -/]*|[\]PX^_][^\x07\x1b]*\x1b?)?$")


class Screen(pyte.Screen):
    """`feed` takes what the program wrote; everything else is for looking."""

    def __init__(self, columns: int, rows: int) -> None:
        self._modes: set[int] = set()
        self._keyboards = 0
        self._answers: list[bytes] = []
        self._under: tuple[dict[int, Any], int, int] | None = None
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._tail = ""
        self._shown: dict[int, list[Cell]] = {}
        self._shown_cursor: tuple[int, int] | None = (0, 0)
        super().__init__(columns, rows)
        self._stream = pyte.Stream(self)

    # -- looking ---------------------------------------------------------

    def cells(self, y: int) -> list[Cell]:
        """The cells of a row; a wide character's second cell has no data."""
        line = self.buffer[y]
        return [line[x] for x in range(self.columns)]

    def rows(self) -> list[str]:
        """The rows as text without trailing blanks."""
        return ["".join(cell.data for cell in self.cells(y)).rstrip() for y in range(self.lines)]

    @property
    def in_frame(self) -> bool:
        """Whether a synchronised update is open: a terminal shows it when it closes."""
        return _FRAME in self._modes

    @property
    def application_cursor(self) -> bool:
        """Whether arrows are to be sent in their other codes."""
        return _CURSOR_KEYS in self._modes

    def left_behind(self) -> list[str]:
        """What a program that has ended did not put back."""
        found = [f"{what} left on" for mode, what in _LEFT_ON.items() if mode in self._modes]
        if self._under is not None:
            found.append("alternate screen not left")
        if self.cursor.hidden:
            found.append("cursor left hidden")
        if self._keyboards:
            found.append("keyboard protocol left on")
        if self.cursor.attrs._replace(data=" ") != self.default_char._replace(data=" "):
            found.append("colours not reset")
        return found

    def take_answers(self) -> bytes:
        """What a terminal would have answered since the last call."""
        answers, self._answers = b"".join(self._answers), []
        return answers

    # -- taking in -------------------------------------------------------

    def feed(self, data: bytes) -> bool:
        """Take in output, however it was cut; whether something that can be seen has changed."""
        text = self._tail + self._decoder.decode(data)
        unfinished = _UNFINISHED.search(text)
        self._tail = unfinished.group() if unfinished else ""
        end, start = len(text) - len(self._tail), 0
        for match in _SPECIAL.finditer(text, 0, end):
            if match["final"] and not self._takes(match):
                continue
            self._stream.feed(text[start : match.start()])
            self._special(match)
            start = match.end()
        self._stream.feed(text[start:end])
        return self._changed()

    def _changed(self) -> bool:
        if self.in_frame:
            return False
        changed = False
        for y in self.dirty:
            cells = self.cells(y)
            if cells != self._shown.get(y, [self.default_char] * self.columns):
                changed = True
            self._shown[y] = cells
        self.dirty.clear()
        cursor = None if self.cursor.hidden else (self.cursor.x, self.cursor.y)
        changed = changed or cursor != self._shown_cursor
        self._shown_cursor = cursor
        return changed

    def _takes(self, match: re.Match[str]) -> bool:
        """Whether this sequence is for the filter; the others are pyte's."""
        return bool(match["prefix"] or match["middle"]) or match["final"] in "cnt" or ":" in match["params"]

    def _special(self, match: re.Match[str]) -> None:
        prefix, middle, final = match["prefix"], match["middle"], match["final"]
        numbers = [int(n) for n in (match["params"] or "").split(";") if n.isdigit()]
        first = numbers[0] if numbers else 0
        if prefix == "?" and final in ("h", "l") and not middle:
            for mode in numbers:
                self._set_private(mode, final == "h")
        elif prefix == "?" and middle == "$" and final == "p":
            state = 0 if first not in _KNOWN else 1 if first in self._modes else 2
            self._answers.append(b"\x1b[?%d;%d$y" % (first, state))
        elif prefix == ">" and final == "u":
            self._keyboards += 1
        elif prefix == "<" and final == "u":
            self._keyboards = max(0, self._keyboards - max(first, 1))
        elif not prefix and final == "n" and first == 6:
            self._answers.append(b"\x1b[%d;%dR" % (self.cursor.y + 1, self.cursor.x + 1))
        elif not prefix and final == "c":
            self._answers.append(b"\x1b[?62;22c")

    def _set_private(self, mode: int, on: bool) -> None:
        (self._modes.add if on else self._modes.discard)(mode)
        if mode in (6, 7, _CURSOR_SHOWN):
            (self.set_mode if on else self.reset_mode)(mode, private=True)
        elif mode in _ALTERNATE and on and self._under is None:
            self._under = ({y: dict(line) for y, line in self.buffer.items()}, self.cursor.x, self.cursor.y)
            self.erase_in_display(2)
        elif mode in _ALTERNATE and not on and self._under is not None:
            lines, x, y = self._under
            self._under = None
            self.erase_in_display(2)
            for row, line in lines.items():
                self.buffer[row].update(line)
            self.cursor_position(y + 1, x + 1)
