"""The setup as a TOML file: written in a fixed order, so that version control shows what changed, read with its lines.

A list of settings is an array of tables. Knows no register.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from crm_tui.domain.setup_rows import Given
from crm_tui.domain.text import sanitise
from crm_tui.i18n import Text

FORMAT: Final = 1
LIMIT: Final = 4_000_000
"""Bytes of a file; the largest setup that was made has 200,000."""
RECORDS: Final = 5_000
"""Records of a file: each is judged beside all that there are; the demonstration has 126."""
_AT = re.compile(r"at line (\d+), column (\d+)")
_HEADER = re.compile(r"\s*\[\[?\s*([A-Za-z0-9_-]+)\s*\]\]?\s*(#.*)?$")
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\t": "\\t", "\r": "\\r", "\b": "\\b", "\f": "\\f"}


class NotASetup(Exception):
    """The file cannot be read; `reason` is the sentence."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.msgid)
        self.reason = reason


MARK: Final = "# crm-tui config export"


def is_one(content: bytes) -> bool:
    """Whether a file is one of these, which may be written anew."""
    return content.startswith(MARK.encode())


def written(tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    """The text of a file."""
    lines = [MARK, f"format = {FORMAT}"]
    for name, rows in tables.items():
        for row in rows:
            lines += ["", f"[[{name}]]", *(f"{key} = {_value(value)}" for key, value in row.items())]
    return "\n".join(lines) + "\n"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(_value(each) for each in value)}]"
    text = str(value)
    if "\n" in text:
        return '"""\n' + "\n".join(map(_escaped, text.split("\n"))) + '"""'
    return f'"{_escaped(text)}"'


def _escaped(text: str) -> str:
    """What cannot be seen, or would steer a terminal that shows the file, as its number."""
    return "".join(_ESCAPES.get(sign) or (sign if sanitise(sign) == sign else _number(sign)) for sign in text)


def _number(sign: str) -> str:
    code = ord(sign)
    if 0xD800 <= code <= 0xDFFF:  # half a pair, which no file may name
        return sanitise(sign)
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"


def read(content: bytes) -> list[Given]:
    """The records of a file with their lines; `NotASetup` if it is none."""
    if len(content) > LIMIT:
        raise NotASetup(Text("This file is too large for a setup."))
    try:
        text = content.decode("utf-8-sig")
        told = tomllib.loads(text)
    except UnicodeDecodeError:
        raise NotASetup(Text("This file is no text in UTF-8.")) from None
    except tomllib.TOMLDecodeError as error:
        raise NotASetup(_broken(str(error))) from None
    except (RecursionError, ValueError):  # lists in lists without end; a number of thousands of figures
        raise NotASetup(Text("This file is too large for a setup.")) from None
    if told.pop("format", None) != FORMAT:
        raise NotASetup(
            Text("This is no setup that this program writes: format = {n} is missing.", {"n": FORMAT})
        )
    lines = _lines(text)
    if sum(len(rows) for rows in told.values() if isinstance(rows, list)) > RECORDS:
        raise NotASetup(Text("This file is too large for a setup."))
    return [
        Given(name, next(lines[name], 0) if name in lines else 0, row)
        for name, rows in told.items()
        for row in _records(name, rows)
    ]


def _broken(told: str) -> Text:
    """Where the file stops being TOML; the reader's own words are English, and its maker's."""
    at = _AT.search(told)
    if at is None:
        return Text("This is no TOML file: it ends too early.")
    return Text(
        "This is no TOML file: line {line} cannot be read from sign {column} on.",
        {"line": at[1], "column": at[2]},
    )


def _records(name: str, rows: Any) -> list[Mapping[str, Any]]:
    if isinstance(rows, list) and all(isinstance(row, dict) for row in rows):
        return rows
    raise NotASetup(Text("{name} is no list: each of its records begins with [[{name}]].", {"name": name}))


def _lines(text: str) -> dict[str, Iterator[int]]:
    """On which lines the records of each list begin, outside of texts of several lines."""
    found: dict[str, list[int]] = {}
    inside = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if not inside and (header := _HEADER.match(line)):
            found.setdefault(header[1], []).append(number)
        for quotes in ('"""', "'''"):
            if inside in ("", quotes) and line.count(quotes) % 2:
                inside = "" if inside else quotes
                break
    return {name: iter(at) for name, at in found.items()}
