"""kanban-tui, the nearest program of its kind: installed beside our cache, given as many cards as we have.

Optional: what cannot be installed or started raises, and its rows say so. Knows its tables, and nothing of ours.
"""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from bench.program import ROOT, SIZE, last_line
from tests.tools.term import Term

PACKAGE = "kanban-tui"
LEAVE = "ctrl+q"


def installed(cache: Path) -> Path:
    """Its program, in an environment of its own under the cache; RuntimeError if it cannot be had."""
    home = cache / PACKAGE
    program = home / "bin" / "ktui"
    if not program.exists():
        for line in (
            [sys.executable, "-m", "venv", str(home)],
            [str(home / "bin" / "pip"), "install", "--quiet", PACKAGE],
        ):
            done = subprocess.run(line, capture_output=True, text=True, timeout=600, check=False)
            if done.returncode:
                raise RuntimeError(f"{PACKAGE} could not be installed: {last_line(done.stderr)}")
    return program


def filled(program: Path, cache: Path, cards: int) -> dict[str, str]:
    """The environment in which it opens a board with so many cards, four columns as it makes them itself."""
    home = cache / f"{PACKAGE}-{cards}"
    folders = ("DATA", "CONFIG", "STATE", "CACHE")
    environment = {"HOME": str(home)} | {f"XDG_{name}_HOME": str(home / name.lower()) for name in folders}
    if home.exists():
        return environment
    home.mkdir(parents=True)
    for verb in (("board", "create", "Vendas"), ("task", "create", "card 0")):
        done = subprocess.run(
            [str(program), *verb],
            env=os.environ | environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{PACKAGE} {verb[0]}: {last_line(done.stderr)}")
    with closing(sqlite3.connect(next(home.rglob("*.db")))) as connection:
        columns = [name for _, name, *_ in connection.execute("PRAGMA table_info(tasks)")]
        kept = [name for name in columns if name not in ("task_id", "title", "column")]
        places = [
            i for (i,) in connection.execute("SELECT column_id FROM columns WHERE visible ORDER BY position")
        ]
        others = ", ".join(f'"{name}"' for name in kept)
        connection.executemany(
            f'INSERT INTO tasks (title, "column", {others}) SELECT ?, ?, {others} FROM tasks WHERE task_id = 1',
            [(f"card {n}", places[n % len(places)]) for n in range(1, cards)],
        )
        connection.commit()
    return environment


def opened(program: Path, environment: dict[str, str]) -> Term:
    """It in a terminal of the same size."""
    return Term([program], size=SIZE, env=environment, cwd=ROOT, deadline=600)


READY = re.compile(r"card \d+").pattern
"""Usable: a card is on the screen."""
