"""What the service does with an operator's inbox at the other end of an ssh line: `put`, `get`, `ls`, `rm`.

    ssh crm@server put clientes.csv < clientes.csv
    ssh crm@server get pessoas.csv > pessoas.csv

A name is a name and no path. Nothing is written over.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from crm_tui.cli import out
from crm_tui.cli.failures import Failure, Status, of_refusal
from crm_tui.connectors import files
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.text import one_line
from crm_tui.i18n import Text, say, say_n

MOST: Final = 64 << 20
"""Bytes of one file, as of an import."""
ALL: Final = 512 << 20
"""Bytes of all that lies in an inbox."""
LONGEST: Final = 120
"""Signs of a name."""
_PIECE: Final = 1 << 20


def serve(inbox: Path, database: Path, asked: list[str]) -> int:
    """Do what was asked; the exit status."""
    match asked:
        case ["ls"]:
            return _list(inbox)
        case ["put", name]:
            return _put(_within(inbox, name), database)
        case ["get", name]:
            return _get(_within(inbox, name))
        case ["rm", name]:
            return _remove(_within(inbox, name))
    raise Failure(
        Status.USAGE,
        Text(
            "Here there are: put NAME (from the input), get NAME (to the output), ls, rm NAME; or the screen."
        ),
    )


def _within(inbox: Path, name: str) -> Path:
    if (
        not name
        or len(name) > LONGEST
        or name.startswith(".")
        or "/" in name
        or one_line(name) != name
        or not name.isprintable()
    ):
        told = {"name": one_line(name)[:LONGEST], "most": LONGEST}
        raise Failure(
            Status.USAGE,
            Text("“{name}” is no name of a file: without /, not hidden, at most {most} signs.", told),
        )
    return inbox / name


def _list(inbox: Path) -> int:
    with os.scandir(inbox) as entries:
        found = sorted((e.name, e.stat(follow_symlinks=False).st_size) for e in entries if e.is_file())
    for name, size in found:
        out.line(f"{size:>12,}  {one_line(name)}")
    return Status.DONE


def _put(target: Path, database: Path) -> int:
    there = sum(entry.stat(follow_symlinks=False).st_size for entry in os.scandir(target.parent))
    source = None if sys.stdin is None or sys.stdin.isatty() else sys.stdin.buffer
    if source is None:
        raise Failure(Status.USAGE, Text("There is no input: ssh … put NAME < FILE."))
    try:
        files.save_pieces(target, target.name, _pieces(source, min(MOST, ALL - there), target.name), database)
    except files.FileFault as fault:
        raise of_refusal(Refusal(fault.reason, RefusedBy.INPUT)) from None
    size = target.stat().st_size
    out.line(say_n("{name}: {n} byte", "{name}: {n} bytes", size, name=target.name))
    return Status.DONE


def _pieces(source: BinaryIO, room: int, name: str) -> Iterator[bytes]:
    """The input; `FileFault` once it is more than there is room for."""
    count = 0
    while piece := source.read(_PIECE):
        count += len(piece)
        if count > room:
            told = {"name": name, "most": MOST >> 20, "all": ALL >> 20}
            raise files.FileFault(
                Text("{name} is too large: at most {most} MiB, and {all} for all files: rm makes room.", told)
            )
        yield piece


def _get(source: Path) -> int:
    try:
        handle = os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        raise _missing(source) from None
    with os.fdopen(handle, "rb") as file:
        facts = os.fstat(handle)
        if (
            not stat.S_ISREG(facts.st_mode) or facts.st_nlink > 1
        ):  # a second name may be that of anybody's file
            raise _missing(source)
        while piece := file.read(_PIECE):
            sys.stdout.buffer.write(piece)
    sys.stdout.buffer.flush()
    return Status.DONE


def _remove(path: Path) -> int:
    try:
        path.unlink()
    except OSError:
        raise _missing(path) from None
    out.line(say("{name} is removed.", name=path.name))
    return Status.DONE


def _missing(path: Path) -> Failure:
    return Failure(Status.MISSING, Text("There is no file {path}.", {"path": path.name}))
