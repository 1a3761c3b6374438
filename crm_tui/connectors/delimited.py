"""Rows of a delimited text file that nobody has checked: encoding, quoting, and a bound on everything.

A faulty row is a row with a fault, never an exception: the reader goes on with the next line. Memory is
bounded by `MAX_RECORD`, whatever the file. Knows nothing of what the cells mean.
"""

from __future__ import annotations

import codecs
import csv
from collections import deque
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from crm_tui.i18n import Text

MAX_BYTES = 64 * 1024 * 1024
"""Of a file: some 300,000 contacts of Google's 48 columns."""
MAX_FIELD = 65_536
"""Characters of a cell, as many as a parecer holds."""
MAX_RECORD = 1024 * 1024
"""Characters of a row with all its lines."""
MAX_ROWS = 1_048_576
"""Lines of a file, and MAX_COLUMNS cells of a row: as many as a spreadsheet has."""
MAX_COLUMNS = 16_384
DELIMITERS = (",", ";", "\t", "|")

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_REPLACED = "\ufffd".encode()
"""The sign that another program wrote for what it could not read: in UTF-8 it is right."""
_TOO_LONG = Text("A cell or row is too long (at most 65,536 characters a cell).")
_TOO_WIDE = Text("A row has more than 16,384 cells.")
_BAD_QUOTE = Text("A quotation mark opened in this row is not closed properly.")


@dataclass(frozen=True, slots=True)
class Row:
    """One record; `line` is the physical line (from 1) on which it begins. A fault means no cells.

    `lone`: the faulty record is all of the file, one line without an end.
    """

    line: int
    cells: tuple[str, ...]
    fault: Text | None = None
    lone: bool = False


def encoding_of(path: Path) -> str:
    """The codec's name: by byte-order mark, else UTF-16 if every other byte is NUL, else UTF-8 or cp1252.

    A file with more good than bad UTF-8 sequences is UTF-8 with damage, not cp1252: one stray byte must
    not garble every accent. Reads the whole file, in pieces; OSError as from `open`.
    """
    with path.open("rb") as source:
        head = source.read(4096)
        for bom, name in _BOMS:
            if head.startswith(bom):
                return name
        half = max(1, len(head) // 2)
        if head[1::2].count(0) > half * 0.4:
            return "utf-16-le"
        if head[::2].count(0) > half * 0.4:
            return "utf-16-be"
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        good = bad = 0
        piece, kept = head, b""
        while True:
            text = decoder.decode(piece, final=not piece)
            kept += piece
            if not text.isascii():
                wrong = text.count("\ufffd") - kept.count(_REPLACED)
                bad += wrong
                good += len(text) - len(text.encode("ascii", "ignore")) - wrong
            if not piece:
                return "utf-8" if good > bad or not bad else "cp1252"
            piece, kept = source.read(1 << 20), kept[1 - len(_REPLACED) :]  # one may be cut in two


def lines_of(path: Path) -> int:
    """How many lines the file has, by whichever sign ends them. Reads all of it, in pieces; OSError as from `open`."""
    feeds = returns = 0
    with path.open("rb") as source:
        while piece := source.read(1 << 20):
            feeds += piece.count(b"\n")
            returns += piece.count(b"\r")
    return max(feeds, returns)


def rows(path: Path, encoding: str, delimiter: str) -> Generator[Row, None, None]:
    """All records of the file in order; OSError as from `open`, otherwise nothing is raised.

    Where quoting goes wrong only the line on which the record began is given up, and reading starts
    again at the line below, so one stray quotation mark costs one contact and not the rest of the file.
    """
    with path.open(encoding=encoding, errors="replace", newline="") as source:
        lines = _Lines(source)
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        while True:
            first = lines.begin()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                yield Row(first, (), _TOO_LONG if lines.lone else _BAD_QUOTE, lines.endless)
                lines.again_from_second()
                continue
            if lines.cut or any(len(cell) > MAX_FIELD for cell in cells):
                yield Row(first, (), _TOO_LONG, lines.endless)
            elif len(cells) > MAX_COLUMNS:
                yield Row(first, (), _TOO_WIDE)
            else:
                yield Row(first, tuple(cells))


@dataclass(frozen=True, slots=True)
class _Line:
    """`cut`: it lost its end; `last`: nothing ends it, so that no line follows."""

    text: str
    cut: bool
    last: bool


class _Lines:
    """The physical lines for csv.reader, none longer than MAX_RECORD; those of a record can be re-read."""

    def __init__(self, source: TextIO) -> None:
        self._source = source
        self._again: deque[_Line] = deque()
        self._taken: list[_Line] = []
        self._size = 0
        self._number = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self._size > MAX_RECORD:
            raise csv.Error("record too long")
        line = self._again.popleft() if self._again else self._read()
        self._taken.append(line)
        self._size += len(line.text)
        self._number += 1
        return line.text

    def begin(self) -> int:
        """A new record: forget the lines of the last one; the number of its first line."""
        self._taken.clear()
        self._size = 0
        return self._number + 1

    def again_from_second(self) -> None:
        """Give the record's lines once more, but for its first."""
        self._again.extendleft(reversed(self._taken[1:]))
        self._number -= len(self._taken) - 1

    @property
    def lone(self) -> bool:
        """Whether the record is one line that is too long for a cell, whatever its quotes."""
        return len(self._taken) == 1 and len(self._taken[0].text) > MAX_FIELD

    @property
    def endless(self) -> bool:
        """Whether the file is one line, too long for a row, without an end."""
        return self.lone and self._number == 1 and self._taken[0].last

    @property
    def cut(self) -> bool:
        """Whether a line of the record was longer than MAX_RECORD and lost its end."""
        return any(line.cut for line in self._taken)

    def _read(self) -> _Line:
        text = self._source.readline(MAX_RECORD)
        if not text:
            raise StopIteration
        cut, rest = False, text
        if len(text) == MAX_RECORD and text[-1] not in "\r\n":
            while rest and rest[-1] not in "\r\n":
                rest = self._source.readline(MAX_RECORD)
                cut = cut or bool(rest.strip("\r\n"))
        return _Line(text, cut, not rest or rest[-1] not in "\r\n")
