"""A million people searched as one types: from each key to the answers standing on the screen, and the memory after it.

As `measures`: each function gives its figures and knows the limits they are held against.
"""

from __future__ import annotations

import itertools
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from bench.program import QUIT, READY
from bench.report import Figure
from tests.tools.loopback import lacking, loopback

if TYPE_CHECKING:
    from bench.measures import Plan
    from tests.tools.term import Term

REST: Final = 0.25
"""Seconds of silence after which the answers stand."""
SOUGHT: Final = (
    *("maria silva", "joao da conceicao", "padaria aurora"),  # by words, frequent ones first
    *("98765", "4321-88", "7712"),  # by the beginning, by the middle of a phone
    *("ferandno alves", "padraia", "conceicoa", "oficnia"),  # by slips
    *("op-0142", "desconto", "gmail", "xyzqwk"),  # a card, a note, nearly everybody, nobody
)
SYLLABLES: Final = (
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "la",
    "me",
    "ni",
    "po",
    "ru",
    "sa",
    "te",
    "vi",
    "xo",
    "zu",
    "bra",
)
WORDS: Final = 60_000
"""Words that names are made of besides those of the demonstration, which has some hundreds."""
_PERSON = """
INSERT INTO party (id, code, kind, name, name_key, name_words, lifecycle, created_at, version)
VALUES (?1, ?2, 'person', ?3, ?3, ?4, 'prospect', '2026-01-01T00:00:00.000Z', 1)
"""


def keys(plan: Plan) -> list[Figure]:
    """Each key of some dozen searches in Localizar, over a million people, then the same again for the memory."""
    with plan.program.demonstration(plan.cards, plan.crowd) as database:
        widen(database, min(WORDS, plan.crowd // 10))
        with plan.program.open(database) as term:
            term.wait(READY, 60)
            term.settle(1.0)
            walked = searched(term)
            before = term.peak_memory() / 1e6
            walked += searched(term)
            after = term.peak_memory() / 1e6
            term.quit(QUIT)
        over = _over_ssh(plan, database)
    slowest = quantiles(walked, n=20)[-1]
    told = f"median {median(walked):.0f} ms of {len(walked)} keys, the worst {max(walked):.0f}"
    grown = f"{after:.0f} MB after the second round of searches"
    name = f"a key of a search over {plan.crowd:,} people"
    return [
        Figure(f"{name}, 95 of 100", 50, 30, slowest, "ms", told),
        Figure("memory that a round of searches leaves behind", 3, 1, after - before, "MB", grown),
        over,
    ]


def _over_ssh(plan: Plan, database: Path) -> Figure:
    """The same at 80x24 at the other end of an ssh line to this machine, as an operator of a server has it."""
    name = f"a key of a search over {plan.crowd:,} people, by ssh at 80x24, 95 of 100"
    if lacking():
        return Figure(name, None, None, None, how=lacking())
    with TemporaryDirectory() as folder:
        command, env = plan.program.line(database), plan.program.environment()
        with loopback(Path(folder), command, env, deadline=600) as line, line() as term:
            term.wait(READY, 60)
            term.settle(1.0)
            walked = searched(term)
            term.quit(QUIT)
    told = f"median {median(walked):.0f} ms of {len(walked)} keys, the worst {max(walked):.0f}"
    return Figure(name, 50, 30, quantiles(walked, n=20)[-1], "ms", told)


def widen(database: Path, words: int) -> None:
    """Add people whose names are so many words of their own, by plain SQL beside the door."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        first = connection.execute("SELECT coalesce(max(id), 0) FROM party").fetchone()[0] + 1
        made = ("".join(each) for each in itertools.product(SYLLABLES, repeat=4))
        rows = [
            (n, f"PE-W{n}", word, f" {word} ") for n, word in enumerate(itertools.islice(made, words), first)
        ]
        connection.executemany(_PERSON, rows)
        connection.executemany(
            "INSERT INTO party_fts (rowid, words) VALUES (?, ?)", [(row[0], row[2]) for row in rows]
        )
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def searched(term: Term, sought: Sequence[str] = SOUGHT) -> list[float]:
    """Milliseconds from each key to the last change that follows it."""
    found = []
    for words in sought:
        term.press("ctrl+k", quiet=REST)
        for letter in words:
            asked = time.perf_counter()
            term.press("space" if letter == " " else letter, quiet=REST)
            last = term.last_change
            if last is None or last < asked:
                raise RuntimeError(f"{letter!r} of {words!r} changed nothing")
            found.append((last - asked) * 1000)
        term.press("escape", quiet=REST)
    return found
