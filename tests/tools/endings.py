"""Whoever writes a parecer when the power or the line goes, again and again: what of the text is there afterwards.

    python -m tests.tools.endings DB LOGIN --kills 100 --hang-ups 100      one line each that lost something; 1 if any

Kills come at any moment: what was typed more than two seconds before must be there. Hang-ups come at any moment
after the last letter was shown: nothing may be missing.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tests.tools.term import Term

AT_MOST = 2.0
"""Seconds of typing that a kill may cost (the promise of the autosave)."""
READY = r"1 Hoje(?s:.*)(?:venceu|hoje|interna|sem passo) "
PAUSES = 0.1
"""How often one stops between two letters, so that an autosave comes in between."""

Open = Callable[[], Term]
Drafts = Callable[[], list[dict[str, Any]]]


class Lost(NamedTuple):
    """What should have been there after an ending, and what was."""

    ending: str
    wanted: str
    found: str


def play(opened: Open, drafts: Drafts, *, kills: int, hang_ups: int, seed: int) -> Iterator[Lost]:
    """End the program so often, in any order, each time in the middle of one and the same parecer."""
    chance = random.Random(seed)
    endings = ["kill"] * kills + ["hang_up"] * hang_ups
    chance.shuffle(endings)
    before = ""
    for turn, ending in enumerate(endings):
        with opened() as term:
            wanted = before + _typed(term, chance, ending, f"<{turn}>")
            _end(term, ending)
        found = max((d["text"] for d in drafts() if d["text"].startswith("<0>")), key=len, default="")
        if not found.startswith(wanted):
            yield Lost(ending, wanted[len(before) :], found[len(before) :])
        before = found


def _typed(term: Term, chance: random.Random, ending: str, word: str) -> str:
    """Type at the end of the text, as one who writes and pauses; what must be there whatever happens now."""
    term.wait(READY, 30)
    term.send("p")
    term.wait("Próximo passo", 30)
    term.send("ctrl+end")
    text = f"{word}{''.join(chance.choice('abcdefghij ') for _ in range(chance.randint(5, 40)))} {word}"
    times = []
    for letter in text:
        term.type(letter)
        times.append(time.monotonic())
        if chance.random() < PAUSES:
            term.idle(chance.uniform(0.0, 0.6))
    if ending == "hang_up":
        term.wait(f"{word}(?s:.*){word}", 30)
        return text
    term.idle(chance.uniform(0.0, AT_MOST))
    cut = time.monotonic() - AT_MOST
    return text[: sum(1 for at in times if at < cut)]


def _end(term: Term, ending: str) -> None:
    if ending == "kill":
        term.kill()
    else:
        term.hang_up()


def main(arguments: Sequence[str]) -> int:
    """See the module's docstring."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("db", type=Path)
    parser.add_argument("login")
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--hang-ups", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    line = [Path(sys.executable).with_name("crm-tui"), "--db", given.db, "--as", given.login]

    def drafts() -> list[dict[str, Any]]:
        done = subprocess.run([*line, "--json", "drafts"], capture_output=True, check=True)
        found: list[dict[str, Any]] = json.loads(done.stdout)
        return found

    def opened() -> Term:
        return Term(line, size=(80, 24), deadline=120, env={"CRM_TUI_LANG": "pt-BR"})

    lost = [*play(opened, drafts, kills=given.kills, hang_ups=given.hang_ups, seed=given.seed)]
    for each in lost:
        print(json.dumps(each._asdict(), ensure_ascii=False))
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
