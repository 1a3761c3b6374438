"""The lines of a calendar file that nobody has checked: bytes, folds, and which lines belong to which component.

A broken line is a line with no parameters, never an exception. Knows nothing of what a property means.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from crm_tui.i18n import Text

MAX_LINE = 1024 * 1024
"""Bytes of one line with all its folds: a picture written into it is longer, and nobody wants it."""
_PLAIN = re.compile(rb"([A-Za-z0-9-]+)[ \t]*[;:]")


class NotACalendar(Exception):
    """The bytes are no calendar file; `reason` says why, to stand behind the file's name."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.msgid)
        self.reason = reason


class Property(NamedTuple):
    """One line: parameter names are upper case, and several values of one are joined by commas. `whole` is false where
    the parameters could not be read."""

    name: str
    params: dict[str, str]
    raw: str
    text: str
    whole: bool


@dataclass(slots=True)
class Block:
    """One component: its name, the line of the file it begins on, the lines in it, and the components in it."""

    name: str
    line: int
    lines: list[tuple[str, bytes]] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    ended: bool = False

    def all(self, name: str) -> Iterator[Property]:
        """Every property of this name, in order."""
        return (_property(name, line) for named, line in self.lines if named == name)

    def first(self, name: str) -> Property | None:
        return next(self.all(name), None)

    def text(self, name: str) -> str:
        """The first value of this name that is not empty, with its escapes undone; "" if there is none."""
        return next((p.text for p in self.all(name) if p.text.strip()), "")


def blocks(content: bytes) -> Iterator[Block]:
    """The calendars of a file; `NotACalendar` if there is none. What stands outside of any is passed over."""
    stack: list[Block] = []
    seen = False
    for number, line in _unfolded(_as_utf8(content)):
        match = _PLAIN.match(line)
        if match is None:
            continue
        name = match[1].upper()
        if name == b"BEGIN":
            kind = _word(line)
            if kind == "VEVENT" and stack and stack[-1].name in ("VEVENT", "VALARM"):
                _close(stack, "VCALENDAR")  # the one before has no end
            if not stack and kind != "VCALENDAR":
                break
            block = Block(kind, number)
            if stack:
                stack[-1].blocks.append(block)
            stack.append(block)
            seen = True
        elif name == b"END":
            kind = _word(line)
            if any(block.name == kind for block in stack):
                whole = _close(stack, kind)
                whole.ended = True
                stack.pop()
                if not stack:
                    yield whole
        elif stack:
            stack[-1].lines.append((name.decode("ascii"), line))
        elif not seen:
            break
    if stack:
        yield stack[0]
    elif not seen:
        raise NotACalendar(
            Text("it holds nothing.")
            if not content.strip()
            else Text("it does not begin with BEGIN:VCALENDAR.")
        )


def _close(stack: list[Block], kind: str) -> Block:
    """Leave whatever is open inside the nearest component of this kind; that one."""
    while stack[-1].name != kind and len(stack) > 1:
        stack.pop()
    return stack[-1]


def _word(line: bytes) -> str:
    return line.split(b":", 1)[-1].strip().upper().decode("ascii", "replace") if b":" in line else ""


def _as_utf8(content: bytes) -> bytes:
    """The bytes as UTF-8 without a mark, where they say that they are something else; cp1252 is found line by line."""
    if content.startswith(codecs.BOM_UTF8):
        return content[3:]
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace").encode("utf-8", "replace")
    head = content[:4096]
    for zeros, codec in ((head[1::2], "utf-16-le"), (head[::2], "utf-16-be")):
        if zeros.count(0) > max(1, len(head) // 2) * 0.4:
            return content.decode(codec, "replace").encode("utf-8", "replace")
    return content


def _unfolded(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Each line with its folds undone, and the number of its first line from 1. Bytes, because a fold may part a
    letter's octets."""
    if b"\n" not in content:
        content = content.replace(b"\r", b"\n")
    pieces: list[bytes] = []
    begun, size = 1, 0
    for number, raw in enumerate(content.split(b"\n"), start=1):
        line = raw.rstrip(b"\r")
        if line[:1] in (b" ", b"\t") and pieces:
            size += len(line)
            if size <= MAX_LINE:
                pieces.append(line[1:])
            continue
        if pieces:
            yield begun, b"".join(pieces)
        pieces, begun, size = ([line], number, len(line)) if line else ([], number, 0)
    if pieces:
        yield begun, b"".join(pieces)


def decoded(line: bytes) -> str:
    """UTF-8; a line that is none was written on an older Windows. One with some damage keeps its good letters."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        mended = line.decode("utf-8", "replace")
        wrong = mended.count("\ufffd")
        good = sum(1 for c in mended if c > "\x7f") - wrong
        return mended if good > wrong else line.decode("cp1252", "replace")


def _property(name: str, line: bytes) -> Property:
    from icalendar.parser import Contentline
    from icalendar.parser.property import unescape_backslash

    words = decoded(line[:MAX_LINE]).replace("\n", " ").replace("\r", " ")
    try:
        line_of: Any = Contentline  # has no types
        _, params, raw = line_of(words).raw_parts()
    except (ValueError, AssertionError):
        head, _, raw = words.partition(":")
        return Property(name, {}, raw, unescape_backslash(raw), ";" not in head)
    known = {
        str(key).upper(): value if isinstance(value, str) else ",".join(map(str, value))
        for key, value in params.items()
    }
    return Property(name, known, raw, unescape_backslash(raw), True)
