"""A disk that refuses one call, and a kill at one: at each of the calls by which a command writes, in turn.

    python -m tests.tools.refusals [--calls 200] [--only parecer,mover] [--every 1]     a line for each fault; 1 if any

The installed program runs under strace, which lets the call of that number fail or kills the program at it, wherever
that is: before the transaction, between two pages of it, around its commit, while the log is emptied, before the
answer. Afterwards the file is whole and the command was done as a whole or not at all; whoever was told that it was
done finds it done, whoever was refused finds it as it was; and asked again under its name it is done once. (threats 14
and 17)
"""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from itertools import islice, product
from multiprocessing.pool import ThreadPool
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from crm_tui.services.core.trail_check import chain, differing
from crm_tui.store.seal import keys

PROGRAM: Final = Path(sys.executable).with_name("crm-tui")
CALLS: Final = "pwrite64,fdatasync,fsync,ftruncate"
"""By which SQLite writes; the answer goes to the screen by another, and is only ever killed at."""
KILL: Final = "signal=KILL"
KINDS: Final = ("error=ENOSPC", "error=EIO", KILL)
AT_ONCE: Final = 2
FAULT: Final = 1
KILLED: Final = (-9, 137)
COMMANDS: Final[Mapping[str, tuple[str, ...]]] = {
    "comentário": ("do", "add_comment", "--card", "{card}", "--body", "Ligo às três."),
    "parecer": (
        *("do", "file_note", "--card", "{card}", "--body", "Falei com ela: não é já."),
        *("--result", "Neutro", "--next-when", "seg 14h"),
    ),
    "mover": ("do", "move_card", "--card", "{card}", "--stage", "Visita"),
    "valor": ("do", "edit_card", "--card", "{card}", "--value-one-off", "1234,50"),
    "pessoa": ("do", "new_party", "--name", "Benta Sem Disco"),
    "compromisso": ("do", "book_appointment", "--subject", "Visita", "--when", "qui 06:15"),
}


class Fault(NamedTuple):
    """A command that failed us: at which call, in which way, and what was wrong."""

    command: str
    call: int
    kind: str
    wrong: str


class Base(NamedTuple):
    """The file that every turn begins with, a card of its operator, and the program's environment."""

    whole: Path
    login: str
    card: str
    env: Mapping[str, str]


def lacking() -> str:
    """Why a call cannot be made to fail on this machine; empty if it can."""
    strace = shutil.which("strace")
    if strace is None:
        return "there is no strace on this machine"
    tried = subprocess.run([strace, "-qq", "-e", "trace=none", "true"], capture_output=True, check=False)
    return "" if tried.returncode == 0 else "strace may not watch programs on this machine"


def play(base: Base, folder: Path, name: str, kind: str, call: int) -> tuple[bool, list[Fault]]:
    """One turn: whether the command came as far as that call, and what was wrong afterwards."""
    database = folder / f"{name}-{call}-{kind[-4:]}.db"
    shutil.copyfile(base.whole, database)
    words = [word.format(card=base.card) for word in COMMANDS[name]]
    asked = [PROGRAM, "--db", database, "--as", base.login, *words, "--once", "uma vez"]
    told = database.with_suffix(".calls")
    calls = f"{CALLS},write" if kind == KILL else CALLS
    # filtered in the kernel it is three times as fast, and no signal is sent (strace 6.1)
    watched = [
        "strace",
        "-f",
        *(["--seccomp-bpf"] if kind != KILL else []),
        "-qq",
        "-o",
        told,
        "-e",
        f"trace={calls}",
    ]
    before = _state(database)
    first = _run([*watched, "-e", f"inject={calls}:{kind}:when={call}", *asked], base.env)
    said = told.read_text(errors="replace")
    reached = "(INJECTED)" in said or first.returncode in KILLED
    found = _state(database)
    again = _run(asked, base.env)
    wrong = [*of_the_answer(first, done=found != before), *_of_the_file(database)]
    if again.returncode:
        wrong.append(f"asked again: {again.returncode}, {again.stderr}")
    after = _state(database)
    if after == before:
        wrong.append("asked again and not done")
    if found not in (before, after):
        wrong.append(f"half done, or done twice: {_differences(found, before, after)}")
    for left in folder.glob(f"{database.stem}.*"):
        left.unlink()
    return reached, [Fault(name, call, kind, each) for each in wrong]


def _run(words: Sequence[str | Path], env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, env=env, capture_output=True, text=True, timeout=120, check=False)


def of_the_answer(first: subprocess.CompletedProcess[str], *, done: bool) -> Iterator[str]:
    """What the program said does not fit with what the file holds, or is no answer at all."""
    status = first.returncode
    if status in KILLED:
        return
    if status == FAULT or status < 0 or "Traceback" in first.stderr:
        yield f"our fault ({status}): {first.stderr}"
    elif status and not first.stderr.strip():
        yield f"ended with {status} and no word"
    if status == 0 and not done:
        yield "said to be done, and it is not"
    if status > FAULT and done:
        yield f"said not to be done, and it is: {first.stderr}"


def _of_the_file(database: Path) -> Iterator[str]:
    with closing(sqlite3.connect(database)) as reading:
        whole = reading.execute("PRAGMA integrity_check").fetchone()[0]
        loose = reading.execute("PRAGMA foreign_key_check").fetchall()
        torn = [*chain(reading, keys(database)).broken, *differing(reading)]
    if whole != "ok" or loose or torn:
        yield f"not whole: {whole}; references {loose[:3]}; trail {torn[:3]}"


def _state(database: Path) -> dict[str, tuple[int, int]]:
    """How many rows each table has, and the sum of their versions where they have one."""
    found = {}
    with closing(sqlite3.connect(database)) as reading:
        tables = reading.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%' ORDER BY name"
        )
        for (table,) in tables.fetchall():
            columns = {row[1] for row in reading.execute(f'PRAGMA table_info("{table}")')}
            versions = "coalesce(sum(version), 0)" if "version" in columns else "0"
            found[table] = reading.execute(f'SELECT count(*), {versions} FROM "{table}"').fetchone()
    return found


def _differences(found: Mapping[str, object], *others: Mapping[str, object]) -> str:
    return "; ".join(
        f"{table}: {value} ({', '.join(str(other[table]) for other in others)})"
        for table, value in found.items()
        if any(other[table] != value for other in others)
    )


def turns(
    base: Base, folder: Path, names: Sequence[str], kinds: Sequence[str], calls: int, every: int
) -> tuple[int, list[Fault]]:
    """Each command with each kind at every so-many-th of its first calls; how many reached it, and the faults."""
    played, faults = 0, list[Fault]()
    with ThreadPool(AT_ONCE) as pool:
        for name, kind in product(names, kinds):
            one, wanted = partial(play, base, folder, name, kind), iter(range(1, calls + 1, every))
            while some := list(islice(wanted, AT_ONCE)):
                answers = pool.map(one, some)
                played += sum(reached for reached, _ in answers)
                faults += [fault for reached, found in answers if reached for fault in found]
                if not all(reached for reached, _ in answers):
                    break  # the command makes no more calls
    return played, faults


def main() -> int:
    """Play the turns that are asked for; 1 if one failed us."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=200)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--only", default=",".join(COMMANDS))
    given = parser.parse_args()
    if why := lacking():
        parser.error(why)
    with TemporaryDirectory() as place:
        folder = Path(place)
        env = {"HOME": place, "LANG": "pt_BR.UTF-8", "PATH": os.environ["PATH"]}
        whole = folder / "whole.db"
        subprocess.run(
            [PROGRAM, "--db", whole, "demo", "--no-open"], env=env, check=True, stdout=subprocess.DEVNULL
        )
        card = _run([PROGRAM, "--db", whole, "--as", "ana", "-q", "followups"], env).stdout.split()[0]
        base = Base(whole, "ana", card, env)
        played, faults = turns(base, folder, given.only.split(","), KINDS, given.calls, given.every)
    for fault in faults:
        print(f"{fault.command}, {fault.kind} at call {fault.call}: {fault.wrong.strip()[:400]}")
    print(f"{played} calls refused or killed at, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
