"""`python -m bench.run`: takes every measure, prints the table, writes it into docs/performance.md.

    --only starts,keys   some measures only (the document is then left alone)
    --check              exit status 1 if a must is missed, or a figure is worse than the accepted one allows
    --accept             take what was measured as the accepted figures (bench/accepted.json); the others stay

What moved away from the accepted figures is told below the table. The floors, kanban-tui and raw SQL are measured in
the same run as what is held against them. Exit status 0; 2 for an unknown measure, 1 if nothing could be accepted.
"""

from __future__ import annotations

import argparse
import compileall
import importlib.metadata
import os
import platform
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date

from bench import accepted
from bench.measures import MEASURES, Plan
from bench.program import ROOT, SIZE, installed
from bench.report import Figure, markdown, put_between_markers
from tests.tools.term import Unmet

DOCUMENT = ROOT / "docs" / "performance.md"


def conditions() -> str:
    """Where, when and on what: one line above the table."""
    textual = importlib.metadata.version("textual")
    return (
        f"Measured {date.today().isoformat()}: {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, "  # noqa: DTZ011
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}, Textual {textual}, "
        f"SQLite {sqlite3.sqlite_version}, {SIZE[0]}x{SIZE[1]}, bytecode compiled, medians."
    )


def compiled() -> None:
    """Compile what is measured and what measures it: a first run would pay for it, a later one not."""
    for folder in ("crm_tui", "bench", "tests/tools"):
        compileall.compile_dir(ROOT / folder, quiet=2)


def take(name: str, plan: Plan) -> list[Figure]:
    """The figures of one measure; one without a value, saying why, if it could not be taken."""
    began = time.perf_counter()
    try:
        figures = MEASURES[name](plan)
    except (Unmet, RuntimeError, OSError, sqlite3.Error, subprocess.SubprocessError) as error:
        figures = [Figure(name, None, None, None, how=f"{type(error).__name__}: {error}")]
        print(f"{name}: {error}", file=sys.stderr)
    print(f"{name}: {time.perf_counter() - began:.0f} s", file=sys.stderr)
    return figures


def main(arguments: list[str], plan: Plan | None = None) -> int:
    """See the module's docstring."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--only", default=",".join(MEASURES))
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--accept", action="store_true")
    given = parser.parse_args(arguments)
    chosen = given.only.split(",")
    if unknown := set(chosen) - set(MEASURES):
        parser.error(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(MEASURES)}")
    compiled()
    plan = plan or Plan(installed())
    above = conditions()
    figures = [figure for name in chosen for figure in take(name, plan)]
    table = markdown(figures, above)
    print(table, end="")
    if chosen == list(MEASURES):
        put_between_markers(DOCUMENT, table)
    worse = compared(figures, whole=chosen == list(MEASURES))
    if given.accept:
        try:
            print(f"{accepted.accept(figures, above)} figures accepted")
        except accepted.Broken as broken:
            print(broken, file=sys.stderr)
            return 1
    return 1 if given.check and (worse or not all(figure.ok for figure in figures)) else 0


def compared(figures: Sequence[Figure], *, whole: bool) -> bool:
    """Tell what is not where it was accepted; whether anything is worse, or there is nothing to hold it against."""
    try:
        known = accepted.read()
    except accepted.Broken as broken:
        print(broken, file=sys.stderr)
        return True
    moves = accepted.moved(figures, known, whole=whole)
    against = {known[figure.name].conditions for figure in figures if figure.name in known}
    for line in sorted(against):
        print(f"Held against the accepted figures. {line}")
    if against and os.getloadavg()[0] > (os.cpu_count() or 1):
        print(
            f"Load {os.getloadavg()[0]:.1f} now: times, their slow ends most, may have moved by that alone."
        )
    for move in moves:
        print(move)
    if against and not moves:
        print("Nothing moved.")
    return any(move.way is accepted.Way.WORSE for move in moves)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
