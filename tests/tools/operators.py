"""Operators at work on one file, each by keys in a pseudo terminal of their own, and the check that nothing was lost.

    python -m tests.tools.operators [--terminals 16] [--seconds 60] [--seed 1]      what was done, and the faults

Each writes comments that bear a name of their own and puts one into a ledger of its own only when the screen has said
that it is saved. Afterwards every name in a ledger stands in exactly one note, the trail is whole, and no screen spoke
of a lock. Status 1 if there is a fault.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import sqlite3
import sys
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

from tests.tools.term import Term, Unmet

LOGINS = ("ana", "beto", "carla", "davi")
"""Whose lists have a contact; several terminals of one operator work on the same."""
READY = r"enter abrir"
NOBODY = "não tem cartão nem pessoa"
REFUSED = "Não foi feito"
SAVED = r"Coment.rio salvo"
LOCKED = re.compile("locked|bloquead|fault of ours|defeito nosso|Traceback", re.IGNORECASE)
PATIENCE = 30.0
"""Seconds until an answer that does not come is a fault."""
PATH = "/usr/bin:/bin"


@dataclass
class Operator:
    """One terminal: what its ledger holds, how long each save took, what went wrong."""

    name: str
    login: str
    ledger: Path
    saved: list[str] = field(default_factory=list)
    took: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def work(self, opened: Term, until: float, chance: random.Random) -> None:
        """Comment on contacts of the list until the time is over."""
        try:
            with opened as term, self.ledger.open("a", encoding="utf-8") as ledger:
                term.wait(READY, PATIENCE)
                while time.monotonic() < until or not self.saved:
                    self._comment(term, ledger.fileno(), chance)
        except Unmet as unmet:
            self.faults.append(f"{self.name}: {unmet}")

    def _comment(self, term: Term, ledger: int, chance: random.Random) -> None:
        said = f"{self.name}.{len(self.saved):04d}"
        for _ in range(chance.randrange(4)):
            term.press(chance.choice(("down", "down", "up")))
        term.send("c")
        term.wait(f"esc sair|{NOBODY}|{REFUSED}", PATIENCE)
        if term.shows(REFUSED):  # another's contact, of which only the step is one's own
            term.press("escape")
        if term.shows(f"{NOBODY}|{REFUSED}"):  # or an appointment of the house alone
            term.press("up")
            return
        term.type(f"Combinado <{said}> às três, até amanhã.")
        term.wait(re.escape(f"<{said}>"), PATIENCE)
        began = time.monotonic()
        term.send("ctrl+s")
        term.wait(rf"{SAVED}(?s:.*){READY}", PATIENCE)
        self.took.append(time.monotonic() - began)
        self.saved.append(said)
        os.write(ledger, f"{said}\n".encode())
        os.fsync(ledger)
        if LOCKED.search(term.text()):
            self.faults.append(f"{self.name}: {term.text()}")
        term.settle(0.02)


def together(
    program: Path,
    database: Path,
    env: Mapping[str, str],
    folder: Path,
    terminals: int,
    seconds: float,
    seed: int,
) -> list[Operator]:
    """Let so many terminals work at once for so long."""
    until = time.monotonic() + seconds + 2
    found, threads = [], []
    for n in range(terminals):
        login = LOGINS[n % len(LOGINS)]
        operator = Operator(f"t{n:02d}", login, folder / f"t{n:02d}.ledger")
        words = [program, "--db", database, "--as", login]
        term = Term(words, size=(80, 24), env={**env, "PATH": PATH}, deadline=seconds + 4 * PATIENCE)
        work = (term, until, random.Random(seed * 1000 + n))
        threads.append(threading.Thread(target=operator.work, args=work, name=operator.name))
        found.append(operator)
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def faults(database: Path, operators: Sequence[Operator]) -> list[str]:
    """What must not be: a name that a ledger has and no note, or two; a file that is not whole; a word of a lock."""
    told = [fault for operator in operators for fault in operator.faults]
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as reading:
        bodies = [
            body for (body,) in reading.execute("SELECT body FROM note WHERE body LIKE 'Combinado <t%'")
        ]
        whole = reading.execute("PRAGMA integrity_check").fetchone()[0]
        loose = reading.execute("PRAGMA foreign_key_check").fetchall()
    there = Counter(re.findall(r"<(t\d+\.\d+)>", " ".join(bodies)))
    for operator in operators:
        kept = operator.ledger.read_text(encoding="utf-8").split()
        if kept != operator.saved:
            told.append(f"{operator.name}: the ledger lost a line")
        told += [f"{said} is in {there[said]} notes" for said in kept if there[said] != 1]
    if whole != "ok" or loose:
        told.append(f"the file is not whole: {whole}, {len(loose)} references lead nowhere")
    return told


def measured(operators: Sequence[Operator]) -> str:
    """How much was saved, how evenly, and how long a save took until the screen said so."""
    counts = sorted(len(operator.saved) for operator in operators)
    took = sorted(second for operator in operators for second in operator.took)
    cut = quantiles(took, n=100) if len(took) > 1 else [0.0] * 99
    median, late, worst = (1000 * second for second in (cut[49], cut[98], max(took, default=0.0)))
    return (
        f"{sum(counts)} saved by {len(counts)} terminals, the slowest {counts[0]}, the fastest {counts[-1]}; until "
        f"it is said: {median:.0f} ms at the median, {late:.0f} at 99 of 100, {worst:.0f} at worst"
    )


def main() -> int:
    """Play as many as are asked for, on a demonstration of their own; 1 if there is a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--terminals", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    program = Path(sys.executable).with_name("crm-tui")
    with TemporaryDirectory() as place:
        folder = Path(place)
        env = {"HOME": place, "LANG": "pt_BR.UTF-8", "TERM": "xterm-256color"}
        database = folder / "demo.db"
        import subprocess

        words = [program, "--db", database, "demo", "--no-open"]
        subprocess.run(words, env={**env, "PATH": PATH}, check=True, stdout=subprocess.DEVNULL)
        operators = together(program, database, env, folder, given.terminals, given.seconds, given.seed)
        found = faults(database, operators)
        doctor = [program, "--db", database, "--as", "ana", "doctor"]
        if subprocess.run(doctor, env={**env, "PATH": PATH}, stdout=subprocess.DEVNULL).returncode:
            found.append("doctor finds something wrong")
    print(measured(operators))
    for fault in found:
        print(fault)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
