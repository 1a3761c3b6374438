"""Operators at work on one file, each by keys in a pseudo terminal of their own, and the check that nothing was lost.

    python -m tests.tools.operators [--terminals 16] [--seconds 60] [--pace 0] [--seed 1]

Each comments, files pareceres with a next step, moves cards and changes what cards are about, some of them the same
cards as the others. What bears a name of its own goes into a ledger only when the screen has said that it is saved;
afterwards `ledgers` holds it against the base. Beside them somebody looks at a card on which a note appears twice a
second, and is timed. `--pace`: seconds that an operator thinks between two deeds. Status 1 if there is a fault.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.tools import ledgers
from tests.tools.company import hire
from tests.tools.ledgers import Saved
from tests.tools.onlooker import Onlooker
from tests.tools.term import Term, Unmet

READY = r"enter abrir"
CARD = "e editar"
BOARD = r"pond\. [0-9]"
EACH = 4
"""So many contacts of the list are gone to."""
LOCKED = re.compile("locked|bloquead|falha nossa|Traceback", re.IGNORECASE)
PATIENCE = 60.0
"""Seconds until an answer that does not come is a fault."""
PATH = "/usr/bin:/bin"
DEEDS = ("comment", "comment", "comment", "note", "note", "title", "shared_card", "shared_card", "move")


@dataclass
class Operator:
    """One terminal: what its ledger holds, how long each save took, what went wrong."""

    name: str
    ledger: Path
    shared: Sequence[str]
    pace: float
    chance: random.Random
    saved: list[Saved] = field(default_factory=list)
    took: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    deeds: int = 0
    clashes: int = 0

    def work(self, opened: Term, until: float) -> None:
        """Do one thing after another until the time is over; each kind is tried at least once in a while."""
        try:
            with opened as term, self.ledger.open("a", encoding="utf-8") as ledger:
                term.wait(READY, PATIENCE)
                while time.monotonic() < until or not self.saved:
                    getattr(self, self.chance.choice(DEEDS))(term, ledger.fileno())
                    if LOCKED.search(term.text()):
                        self.faults.append(f"{self.name}: {term.text()}")
                    self._watch(term, self.pace * self.chance.uniform(0.5, 1.5) or 0.02)
        except Unmet as unmet:
            self.faults.append(f"{self.name}: {unmet}")

    def comment(self, term: Term, ledger: int) -> None:
        """A comment on some contact of the list."""
        self._choose(term)
        term.send("c")
        term.wait("esc sair", PATIENCE)
        with self._said(term, ledger, "note", "Combinado {} às três, até amanhã."):
            term.wait(rf"Coment.rio salvo(?s:.*){READY}", PATIENCE)

    def note(self, term: Term, ledger: int) -> None:
        """A parecer with a result and a next step; the contact stays in the list."""
        self._choose(term)
        term.send("p")
        term.wait("Próximo passo", PATIENCE)
        with self._said(term, ledger, "note", "Falei {}: não é já.", then="\t1\thoje"):
            term.wait(rf"parecer gravado(?s:.*){READY}", PATIENCE)

    def title(self, term: Term, ledger: int) -> None:
        """What one's own card is about."""
        self._choose(term)
        self._edit(term, ledger, READY)

    def shared_card(self, term: Term, ledger: int) -> None:
        """What a card is about that everybody changes, found by its number; one's own words stay where two clash."""
        number = self.chance.choice(self.shared)
        term.send("ctrl+k")
        term.wait("enter escolher", PATIENCE)
        term.type(number)
        term.wait(rf"{number}(?s:.+){number}", PATIENCE)
        term.send("enter")
        term.wait(CARD, PATIENCE)
        self._edit(term, ledger, CARD)
        term.send("1")
        term.wait(READY, PATIENCE)

    def move(self, term: Term, _: int) -> None:
        """A card one column on or back, if its rules let it."""
        term.send("2")
        term.wait(BOARD, PATIENCE)
        for key in (*self.chance.choices(("right", "left", "down"), k=2), self.chance.choice(("L", "H"))):
            self._press(term, key)
        for _ in range(2):  # what a gate asks is left
            if not term.shows(BOARD):
                self._press(term, "escape")
        term.send("1")
        term.wait(READY, PATIENCE)
        self.deeds += 1

    def _choose(self, term: Term) -> None:
        for _ in range(self.chance.randrange(EACH)):
            self._press(term, self.chance.choice(("down", "down", "up")))

    def _press(self, term: Term, key: str) -> None:
        """A key, and what it does; a screen that others change as well is never silent for long."""
        term.send(key)
        self._watch(term, 0.1)

    def _watch(self, term: Term, seconds: float) -> None:
        """Look at the screen for so long."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            term.next_change(left)

    def _edit(self, term: Term, ledger: int, behind: str) -> None:
        term.send("e")
        term.wait("Editar cartão(?s:.*)Assunto", PATIENCE)
        term.send("end", "ctrl+u")
        with self._said(term, ledger, "title", "Sobre {}"):
            while True:
                term.wait(rf"gravado(?s:.*){behind}|fica o outro", PATIENCE)
                if not term.shows("fica o outro"):
                    return
                self.clashes += 1
                term.send("ctrl+s")
                self._watch(term, 1.0)  # the next one may have clashed meanwhile

    @contextmanager
    def _said(self, term: Term, ledger: int, kind: str, words: str, then: str = "") -> Iterator[None]:
        """Type these words with a name in them, save, and put the name into the ledger once the block saw it saved."""
        name = f"{self.name}.{len(self.saved):05d}"
        term.type(words.format(f"<{name}>") + then)
        term.wait(re.escape(f"<{name}>"), PATIENCE)
        began = time.monotonic()
        term.send("ctrl+s")
        yield
        self.took.append(time.monotonic() - began)
        self.saved.append(Saved(kind, name))
        self.deeds += 1
        os.write(ledger, f"{kind} {name}\n".encode())
        os.fsync(ledger)


def together(
    program: Path,
    database: Path,
    env: Mapping[str, str],
    folder: Path,
    terminals: int,
    seconds: float,
    seed: int,
    pace: float = 0.0,
) -> tuple[list[Operator], Onlooker]:
    """Let so many terminals work at once for so long, and one look on."""
    company = hire(database, terminals)
    until = time.monotonic() + seconds + 2
    environment, lives = {**env, "PATH": PATH}, seconds + 4 * PATIENCE

    def opened(login: str) -> Term:
        words = [program, "--db", database, "--as", login]
        return Term(words, size=(80, 24), env=environment, deadline=lives)

    found, threads = [], []
    for n, login in enumerate(company.logins):
        chance = random.Random(seed * 1000 + n)
        operator = Operator(login, folder / f"{login}.ledger", company.shared, pace, chance)
        threads.append(threading.Thread(target=operator.work, args=(opened(login), until), name=login))
        found.append(operator)
    onlooker = Onlooker(database, company.watched)
    threads.append(threading.Thread(target=onlooker.look, args=(opened("admin"), until), name="onlooker"))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found, onlooker


def faults(database: Path, operators: Sequence[Operator], onlooker: Onlooker) -> list[str]:
    """What must not be: what went wrong on screens, a ledger that lost a line, what `ledgers` finds in the base."""
    told = [*onlooker.faults, *(fault for operator in operators for fault in operator.faults)]
    kept = [saved for operator in operators for saved in ledgers.read(operator.ledger)]
    if kept != [saved for operator in operators for saved in operator.saved]:
        told.append("a ledger lost a line")
    return told + ledgers.faults(database, kept)


def measured(operators: Sequence[Operator], onlooker: Onlooker) -> str:
    """How much was done, how evenly, how long a save took until the screen said so, and how soon others saw it."""
    counts = sorted(operator.deeds for operator in operators)
    took = [second for operator in operators for second in operator.took]
    kinds = Counter(saved.kind for operator in operators for saved in operator.saved)
    return (
        f"{sum(counts)} deeds by {len(counts)} terminals ({kinds['note']} notes, {kinds['title']} titles, "
        f"{sum(operator.clashes for operator in operators)} clashes settled), the slowest {counts[0]}, the fastest "
        f"{counts[-1]}; saved and said: {_spread(took)}; another's note on the screen: {_spread(onlooker.took)}; "
        f"log {onlooker.log / 2**20:.1f} MB at most"
    )


def _spread(took: Sequence[float]) -> str:
    in_order = sorted(took) or [0.0]
    median, late, worst = (1000 * in_order[int(part * (len(in_order) - 1))] for part in (0.5, 0.99, 1.0))
    return f"{median:.0f} ms at the median, {late:.0f} at 99 of 100, {worst:.0f} at worst of {len(took)}"


def main() -> int:
    """Play as many as are asked for, on a demonstration of their own; 1 if there is a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--terminals", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--pace", type=float, default=0)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    program = Path(sys.executable).with_name("crm-tui")
    with TemporaryDirectory() as place:
        folder = Path(place)
        env = {"HOME": place, "LANG": "pt_BR.UTF-8", "TERM": "xterm-256color"}
        database = folder / "demo.db"
        words = [program, "--db", database, "demo", "--no-open", "--cards", "600"]
        subprocess.run(words, env={**env, "PATH": PATH}, check=True, stdout=subprocess.DEVNULL)
        asked = (given.terminals, given.seconds, given.seed, given.pace)
        operators, onlooker = together(program, database, env, folder, *asked)
        found = faults(database, operators, onlooker)
        doctor = [program, "--db", database, "--as", "ana", "doctor"]
        if subprocess.run(doctor, env={**env, "PATH": PATH}, stdout=subprocess.DEVNULL).returncode:
            found.append("doctor finds something wrong")
    print(measured(operators, onlooker))
    for fault in found:
        print(fault)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
