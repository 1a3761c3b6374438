"""The same keys in a terminal after years and after some weeks: `python -m bench.years_keys LONG SHORT`.

From a key to the first and to the last change that follows it, medians of `ROUNDS` programs; verbs of the command line
from their start to their end. The files are those of `bench.years`; notes are filed into them.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from bench.program import QUIT, Program, installed

ROUNDS = 5
LOGIN = "beto"
READY = r"1 Hoje(?s:.*)R\$"
VERBS = (("today",), ("drafts",), ("actions",), ("actions", "resultado:negativo"), ("actions", "silva"))


def main() -> None:
    """Print a line for each key and verb: first change, last change; after years, after some weeks."""
    program = installed()
    taken: list[dict[str, list[list[float]]]] = [{}, {}]
    for _ in range(ROUNDS):
        for found, path in zip(taken, sys.argv[1:3], strict=True):
            for name, one in (*_keys(program, Path(path)), *_verbs(program, Path(path))):
                found.setdefault(name, []).append(one)
    for name, times in taken[0].items():
        columns = [
            [median(each) for each in zip(*found[name], strict=True)] for found in (taken[0], taken[1])
        ]
        del times
        print(f"{name:36}" + "   |".join("".join(f"{ms:9.1f}" for ms in column) for column in columns))


def _keys(program: Program, database: Path) -> Iterator[tuple[str, list[float]]]:
    with program.open(database, "--as", LOGIN) as term:
        yield "start to Hoje", [term.wait(READY, 60)]
        term.settle(3.0, 30)

        def press(name: str, *keys: str) -> tuple[str, list[float]]:
            asked = time.perf_counter()
            answer = term.press(*keys, quiet=0.5)
            last = term.last_change
            return name, [answer.shown_ms or 0.0, (last - asked) * 1000 if last is not None else 0.0]

        yield press("Hoje: down", "down")
        yield press("A attends", "A")
        yield press("A passes over", "A")
        yield press("p opens the parecer", "p")
        term.type("Falei com ele sobre o prazo.")
        term.settle(0.5)
        yield press("f7 its history", "f7")
        yield press("esc", "escape")
        yield press("f9 standard texts", "f9")
        yield press("esc back", "escape")
        yield press("tab to the result", "tab")
        yield press("1 chooses it", "1")
        yield press("ctrl+n files, opens the next", "ctrl+n")
        yield press("esc leaves it", "escape")
        yield press("ctrl+k finds", "ctrl+k")
        yield press("a letter", "s")
        yield press("a second letter", "i")
        yield press("esc closes", "escape")
        yield press("I the trail", "I")
        yield press("a the actions", "a")
        yield press("G to the end of the page", "G")
        yield press("m only mine", "m")
        term.quit(QUIT)


def _verbs(program: Program, database: Path) -> Iterator[tuple[str, list[float]]]:
    for verb in VERBS:
        began = time.perf_counter()
        made = program.run(database, "--as", LOGIN, *verb)
        assert made.returncode == 0, made.stderr
        yield "crm-tui " + " ".join(verb), [(time.perf_counter() - began) * 1000]


if __name__ == "__main__":
    main()
