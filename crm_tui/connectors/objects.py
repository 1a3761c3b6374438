"""Records of a JSON file as rows below a header: what another program's service answered, or our own export. (M96)

A list of objects, the first such list inside an object, or an object a line. Each name is a column; what lies deeper is
a column of both names. Streams: a file of 64 MiB takes no more memory than its longest record and all its names.
Knows nothing of what cells mean.
"""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from crm_tui.connectors.delimited import MAX_COLUMNS, MAX_FIELD, MAX_RECORD, MAX_ROWS, Row, encoding_of
from crm_tui.connectors.files import FileFault
from crm_tui.domain.text import one_line
from crm_tui.i18n import N_, Text

HEAD = 4096
"""Bytes that say whether a file is one of records."""
_BEGINS = re.compile(rb"\s*(?:\[\s*[\[{\]]|\{\s*[\"}])")
_MARKS = b"\xef\xbb\xbf\xff\xfe"
"""Of byte order; between the letters of UTF-16 stand noughts."""
_LIST = re.compile(r'"(?:[^"\\]|\\.)*"|(\[\s*(?=\{))', re.DOTALL)
"""Texts, so that a bracket in one is none; the bracket of a list of objects."""
_DEEPEST = 3
"""Names above each other that make a column; what lies deeper is told in one cell."""
_PIECE = 1 << 20
_BLANK = " \t\r\n"
_DAMAGED = N_("{path} is damaged JSON, or no list of records: it is refused.")
_TOO_LONG = Text("A cell or row is too long (at most 65,536 characters a cell).")
_DECODER = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)
"""Numbers stay as they are written: a document begins with a nought, and money is not to be rounded."""


def is_records(head: bytes) -> bool:
    """Whether a file that begins like this is JSON; a sheet hardly has a bracket and a quotation mark first."""
    return _BEGINS.match(head.lstrip(_MARKS).replace(b"\0", b"")) is not None


@dataclass(frozen=True, slots=True)
class ObjectSheet:
    """The records of a file; `names` are its columns in the order in which they are first met."""

    path: Path
    encoding: str
    names: tuple[str, ...]

    def rows(self) -> Generator[Row, None, None]:
        """The header as row 0, then each record by its number, from 1."""
        n = 0
        yield Row(0, self.names)
        try:
            for n, found in enumerate(_records(self.path, self.encoding), 1):
                flat = dict(_flat(found))
                cells = tuple(flat.get(name, "") for name in self.names)
                yield Row(n, (), _TOO_LONG) if any(len(cell) > MAX_FIELD for cell in cells) else Row(n, cells)
        except FileFault as fault:  # it was whole when it was opened
            yield Row(n + 1, (), fault.reason)


def open_records(path: Path) -> ObjectSheet:
    """Read the names once; `FileFault` for what is damaged, no list of records, too wide or too long; or OSError."""
    encoding = encoding_of(path)
    names: dict[str, None] = {}
    for n, found in enumerate(_records(path, encoding), 1):
        names.update((name, None) for name, _ in _flat(found))
        if len(names) > MAX_COLUMNS or n > MAX_ROWS:
            raise _fault(N_("{path} has more columns or records than a spreadsheet has: split it."), path)
    return ObjectSheet(path, encoding, tuple(names))


def _records(path: Path, encoding: str) -> Iterator[dict[str, Any]]:
    with path.open(encoding=encoding, errors="replace", newline="") as source:
        try:
            yield from _objects(path, source)
        except RecursionError:  # brackets in brackets, made to be a trap
            raise _fault(_DAMAGED, path) from None


def _objects(path: Path, source: TextIO) -> Iterator[dict[str, Any]]:
    """Each object of the list, or of the lines; nothing that is longer than a record may be is waited for."""
    text = source.read(_PIECE).lstrip("\ufeff" + _BLANK)
    at = _start(text)
    listed = text[at - 1 : at] == "["
    at, text = 0, text[at:]
    while True:
        at = _skipped(text, at)
        if at < len(text) and text[at] != "{":
            if not (listed and text[at] == "]"):
                raise _fault(_DAMAGED, path)
            return
        try:
            found, at = _DECODER.raw_decode(text, at)
        except json.JSONDecodeError:
            text, at = text[at:], 0
            more = source.read(_PIECE) if len(text) <= MAX_RECORD else ""
            if not more:
                if text.strip() or listed:
                    raise _fault(_DAMAGED, path) from None
                return
            text += more
        else:
            yield found


def _start(text: str) -> int:
    """Where the first record stands: in a list, in the first list of an object, or in a file of lines."""
    if text.startswith("["):
        return 1
    end = _end(text)
    if end is not None and _skipped(text, end) < len(text):
        return 0
    return next((found.end(1) for found in _LIST.finditer(text) if found[1]), 0)


def _end(text: str) -> int | None:
    """Where the first record ends; None if it is longer than the text."""
    try:
        _, end = _DECODER.raw_decode(text)
    except json.JSONDecodeError:
        return None
    return end


def _skipped(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n,":
        at += 1
    return at


def _flat(found: dict[str, Any], above: str = "", depth: int = 1) -> Iterator[tuple[str, str]]:
    for key, value in found.items():
        name = f"{above} {_whole(key)}".strip()
        if isinstance(value, dict) and depth < _DEEPEST:
            yield from _flat(value, name, depth + 1)
        else:
            yield name, _told(value)


def _told(value: Any) -> str:
    """A value as one cell: several with a semicolon between; of an object what it calls its value, else all it has."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return _whole(value)
        case list():
            return "; ".join(filter(None, map(_told, value)))
    told = value.get("value")
    return _told(told) if isinstance(told, str) else " ".join(filter(None, map(_told, value.values())))


def _whole(text: str) -> str:
    """Half of a pair, which JSON can name and no file can hold, becomes a question mark."""
    return text.encode(errors="replace").decode()


def _fault(msgid: str, path: Path) -> FileFault:
    return FileFault(Text(msgid, {"path": one_line(str(path))}))
