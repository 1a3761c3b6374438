"""An import of people nobody knows, from the command line: processor time, memory, and whether the base slows it down.

The floor is what SQLite alone takes for the very rows that came of it, trail and full text with them, by `executemany`.
Processor time, because the machine is seldom alone. As `measures`: each function gives its figures and their limits.
"""

from __future__ import annotations

import csv
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from statistics import median_low
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from bench.program import ROOT, Program
from bench.report import Figure

if TYPE_CHECKING:
    from bench.measures import Plan

TABLES = ("party", "contact_point", "party_relation", "event", "change")
WORDS = ("party_fts", "point_fts")
FIRST = ("Ana", "Beto", "Carla", "Davi", "Elisa", "Fábio", "Gilda", "Hugo", "Íris", "João")
LAST = ("Silva", "Souza", "Oliveira", "Pereira", "Lima", "Gonçalves", "Rocha", "Araújo")


class Took(NamedTuple):
    """Of one run of the program: processor and wall seconds, and its peak in megabytes."""

    cpu: float
    wall: float
    peak: float


class Turn(NamedTuple):
    """One turn of all that is held against each other, taken side by side: a machine's speed drifts within a minute.
    `bare` is in seconds of processor time."""

    into_small: Took
    bare: float
    undone: Took
    into_large: Took


def people(plan: Plan) -> list[Figure]:
    """Into a small base and a large one, and the small one's undo: medians of some turns."""
    count = plan.imported
    plan.program.cache.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=plan.program.cache) as folder:
        file = Path(folder) / "people.csv"
        write(file, count)
        turns = [_turn(plan, Path(folder), file) for _ in range(plan.imports)]
    took = median_low(turn.into_small for turn in turns)
    there = median_low(turn.into_large for turn in turns)
    back = median_low(turn.undone for turn in turns)
    bare = median_low(turn.bare for turn in turns)
    thousands = count / 1000
    many = f"{count:,} people"
    return [
        Figure(
            f"import of {many}, a thousand of them, processor time",
            1000 / 3,
            250,
            took.cpu / thousands * 1000,
            "ms",
            f"{count / took.cpu:,.0f} a second, {count / took.wall:,.0f} by the wall clock",
        ),
        Figure(
            f"import of {many} ÷ bare executemany",
            4,
            3,
            median_low(turn.into_small.cpu / turn.bare for turn in turns),
            how=f"{took.cpu:.1f} s ÷ {bare:.1f} s",
        ),
        Figure(
            f"import into {plan.people:,} people ÷ into {plan.few_people:,}",
            1.25,
            1.1,
            median_low(turn.into_large.cpu / turn.into_small.cpu for turn in turns),
            how=f"{there.cpu:.1f} s ÷ {took.cpu:.1f} s",
        ),
        Figure(f"peak memory of an import of {many}", 135, 110, max(t.into_small.peak for t in turns), "MB"),
        Figure(
            f"undo of an import of {many}, a thousand of them, processor time",
            1000 / 3,
            250,
            back.cpu / thousands * 1000,
            "ms",
            f"{back.wall:.1f} s, {back.peak:.0f} MB",
        ),
    ]


def _turn(plan: Plan, folder: Path, file: Path) -> Turn:
    with plan.program.demonstration(plan.few_cards, plan.few_people) as small:
        before = folder / "before.db"
        before.write_bytes(small.read_bytes())
        took = ran(plan.program, small, "import", str(file), "--yes", "--json")
        bare = floor(before, small)
        back = ran(plan.program, small, "undo", "--json")
    with plan.program.demonstration(plan.few_cards, plan.people) as large:
        there = ran(plan.program, large, "import", str(file), "--yes", "--json")
    return Turn(took, bare, back, there)


def write(file: Path, count: int) -> None:
    """A sheet as it comes: name, mobile, e-mail, a company for ten, a note in every third row."""
    with file.open("w", newline="", encoding="utf-8") as out:
        rows = csv.writer(out)
        rows.writerow(("Name", "Phone", "Email", "Company", "Notes"))
        for i in range(count):
            name = f"{FIRST[i % 10]} {LAST[i // 10 % 8]} {LAST[i // 80 % 8]} {i}"
            number = f"9{60_000_000 + i:08d}"
            rows.writerow(
                (
                    name,
                    f"(47) {number[:5]}-{number[5:]}",
                    f"medida{i}@importada.example",
                    f"Importada {i * 7 % max(1, count // 10)} Ltda",
                    "Gosta de café" if i % 3 == 0 else "",
                )
            )


_WATCHED = """
import os, sys
silent = [(os.POSIX_SPAWN_OPEN, n, os.devnull, os.O_RDWR, 0) for n in (0, 1, 2)]
child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=silent)
_, status, used = os.wait4(child, 0)
print(os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss)
"""
"""Begun by a process of its own: a program's peak counts what whoever began it held, here all measures before."""


def ran(program: Program, database: Path, *arguments: str) -> Took:
    """A verb to its end, from its start on, loading and all."""
    began = time.perf_counter()
    line = (sys.executable, "-S", "-E", "-c", _WATCHED, *program.line(database, *arguments))
    env = os.environ | program.environment()
    told = subprocess.run(line, capture_output=True, text=True, check=True, env=env, cwd=ROOT).stdout
    code, seconds, kilobytes = told.split()
    if int(code):
        raise RuntimeError(f"{arguments[0]} ended with {code}")
    return Took(float(seconds), time.perf_counter() - began, int(kilobytes) / 1024)


def floor(before: Path, after: Path) -> float:
    """Seconds of processor time in which SQLite alone writes into `before` what `after` has beyond it."""
    with closing(sqlite3.connect(after)) as source, closing(sqlite3.connect(before)) as target:
        rows = dict(_beyond(source, target))
        began = time.process_time()
        with target:
            for sql, values in rows.items():
                target.executemany(sql, values)
        return time.process_time() - began


def _beyond(
    source: sqlite3.Connection, target: sqlite3.Connection
) -> Iterator[tuple[str, list[tuple[object, ...]]]]:
    for table in (*TABLES, *WORDS):
        (last,) = target.execute(f"SELECT coalesce(max(rowid), 0) FROM {table}").fetchone()
        columns = "rowid, words" if table in WORDS else "*"
        found = source.execute(f"SELECT {columns} FROM {table} WHERE rowid > ?", (last,)).fetchall()
        names = "(rowid, words)" if table in WORDS else ""
        if found:
            yield f"INSERT INTO {table} {names} VALUES ({', '.join('?' * len(found[0]))})", found
