"""The program under measurement: how it is started, and the demonstration files it is started on."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.tools.term import Term

ROOT = Path(__file__).parents[1]
SIZE = (120, 36)
READY = r"1 Hoje(?s:.*)(?:venceu|hoje|interna|sem passo) "
"""Usable: the header's tabs, and a row of the queue with its due words."""
QUIT = "ctrl+q"


@dataclass(frozen=True, slots=True)
class Program:
    """`command` starts it; `cache` keeps the demonstration files between runs."""

    command: tuple[str, ...]
    cache: Path

    def environment(self) -> dict[str, str]:
        """Nothing of the person who measures: own configuration, Portuguese, no debugging."""
        home = self.cache / "home"
        home.mkdir(parents=True, exist_ok=True)
        own = {name: str(home) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}
        return own | {"CRM_TUI_LANG": "pt-BR", "PYTHONDONTWRITEBYTECODE": ""}

    def line(self, database: Path, *arguments: str) -> list[str]:
        """A command line on a database."""
        return [*self.command, "--db", str(database), *arguments]

    def open(self, database: Path, *arguments: str) -> Term:
        """The program in a terminal of `SIZE`, not yet waited for."""
        return Term(
            self.line(database, *arguments), size=SIZE, env=self.environment(), cwd=ROOT, deadline=600
        )

    def run(self, database: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A verb on the command line, to its end; never raises for its exit status."""
        return subprocess.run(
            self.line(database, *arguments),
            capture_output=True,
            text=True,
            env=os.environ | self.environment(),
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            timeout=1800,
            check=False,
        )

    @contextlib.contextmanager
    def demonstration(self, cards: int, people: int) -> Iterator[Path]:
        """A fresh copy of a demonstration file; made once and kept until the schema changes.

        RuntimeError, with what the program said, if it cannot be made.
        """
        kept = self.cache / f"demo-{cards}-{people}-{_schema_digest()}.db"
        if not kept.exists():
            self._make(kept, cards, people)
        with TemporaryDirectory(dir=self.cache) as folder:
            copy = Path(folder) / "crm.db"
            shutil.copyfile(kept, copy)
            yield copy

    def _make(self, kept: Path, cards: int, people: int) -> None:
        self.cache.mkdir(parents=True, exist_ok=True)
        for old in self.cache.glob(f"demo-{cards}-{people}-*"):
            old.unlink()
        with TemporaryDirectory(dir=self.cache) as folder:
            fresh = Path(folder) / "crm.db"
            counts = ("--cards", str(cards), "--people", str(people))
            made = self.run(fresh, "demo", "--no-open", *counts)
            if made.returncode or not fresh.exists():
                raise RuntimeError(f"demo ended with {made.returncode}: {last_line(made.stderr)}")
            with contextlib.closing(sqlite3.connect(fresh)) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            fresh.rename(kept)


def installed() -> Program:
    """The program of this checkout's environment."""
    return Program((str(Path(sys.executable).with_name("crm-tui")),), ROOT / ".bench")


def floor(name: str) -> Term:
    """A floor application in a terminal of `SIZE`, run as a module so that its bytecode is cached too."""
    return Term([sys.executable, "-m", f"bench.floors.{name}"], size=SIZE, cwd=ROOT, deadline=600)


def last_line(errors: str) -> str:
    """What a program said last: of a traceback, the exception."""
    return next(iter(reversed(errors.strip().splitlines())), "without a word")


def _schema_digest() -> str:
    """Of everything that decides what a demonstration file looks like."""
    digest = hashlib.sha256()
    for folder in (ROOT / "crm_tui" / "store", ROOT / "data"):
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".py", ".sql", ".json", ".toml"):
                digest.update(path.read_bytes())
    return digest.hexdigest()[:10]
