"""Database files that a disk, a copy or a careless program has damaged, and what becomes of whoever opens them.

    python -m tests.tools.damage [--files 500] [--seed N]      a line for each that failed us; 1 if any

Each file is asked by the verbs of the command line, in this process: it answers, or says in a sentence what is wrong;
never a fault of ours, and never is a file written that could not be read. (threat 20)
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import io
import os
import random
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from crm_tui.cli import main as crm_tui
from crm_tui.cli.failures import Status

PAGE = 4096
HEADER = 100
"""Bytes before the first page's own."""
ASKED = (("today",), ("search", "ana"), ("export", "people", "--format", "csv"), ("doctor",))


class Bad(NamedTuple):
    """A file on which a verb failed us: how it was damaged, the verb, what it said."""

    kind: str
    verb: str
    said: str


def damaged(whole: bytes, chance: random.Random) -> tuple[str, bytes]:
    """The file, damaged in one of the ways in which files are, and which."""
    made, pages = bytearray(whole), max(1, len(whole) // PAGE)
    kind = chance.choice(
        ("bits", "cut", "zeroed", "swapped", "garbage", "header", "longer", "empty page type")
    )
    at = chance.randrange(pages) * PAGE
    match kind:
        case "bits":
            for _ in range(chance.randint(1, 40)):
                made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
        case "cut":
            del made[chance.randrange(len(made)) :]
        case "zeroed":
            made[at : at + PAGE] = bytes(PAGE)
        case "swapped":
            other = chance.randrange(pages) * PAGE
            made[at : at + PAGE], made[other : other + PAGE] = (
                made[other : other + PAGE],
                made[at : at + PAGE],
            )
        case "garbage":
            made[at : at + PAGE] = chance.randbytes(PAGE)
        case "header":
            made[chance.randrange(HEADER)] = chance.randrange(256)
        case "longer":
            made += chance.randbytes(chance.randint(1, 3 * PAGE))
        case _:
            made[at] = chance.choice((0, 2, 5, 10, 13, 255))
    return kind, bytes(made)


def small(folder: Path) -> Path:
    """The demonstration without what lies free in its file."""
    whole, copy = folder / "demo.db", folder / "whole.db"
    crm_tui(["--db", str(whole), "-q", "demo", "--no-open"])
    with closing(sqlite3.connect(whole)) as base:
        base.execute("VACUUM INTO ?", (str(copy),))
    return copy


def play(database: Path, login: str, folder: Path, files: int, seed: int) -> Iterator[Bad]:
    """Damage the database so many times, each time anew, and ask of each file; what failed us."""
    whole, chance = database.read_bytes(), random.Random(seed)
    for turn in range(files):
        kind, content = damaged(whole, chance)
        path = folder / f"{turn}.db"
        path.write_bytes(content)
        before = hashlib.sha256(content).digest()
        for words in ASKED:
            status, said = _ask(path, login, *words)
            if status == Status.FAULT or "Traceback" in said or (status and not said.strip()):
                yield Bad(kind, words[0], said)
            if (
                status == Status.STORE
                and words[0] != "doctor"
                and hashlib.sha256(path.read_bytes()).digest() != before
            ):
                yield Bad(kind, words[0], "the file was written")
        for left in folder.glob(f"{turn}.db*"):
            left.unlink()


def _ask(path: Path, login: str, *words: str) -> tuple[int, str]:
    told, out = io.StringIO(), io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with contextlib.redirect_stderr(told), contextlib.redirect_stdout(out):
        status = crm_tui(["--db", str(path), "--as", login, *words])
    return status, told.getvalue() or ("answered" if words[0] == "doctor" else "")


def main() -> int:
    """Play the files that are asked for; 1 if one failed us."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        os.environ |= {"HOME": folder, "CRM_TUI_LANG": "en"}
        found = [*play(small(Path(folder)), "ana", Path(folder), given.files, given.seed)]
    for bad in found:
        print(f"{bad.kind}: {bad.verb}: {bad.said.strip()[:400]}")
    print(f"{given.files} damaged files, {len(found)} failed us")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
