"""Runs command lines in this process, at the fixed clock, each on a database of the test's own."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from crm_tui import i18n
from crm_tui.cli import main
from tests.conftest import NOW


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command line ended with and printed."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON document on stdout."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


Run = Callable[..., Answer]


@pytest.fixture(autouse=True)
def restored(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A home of the test's own, the fixed clock, English; the umask and the language are put back."""
    for name in ("HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.setenv("CRM_TUI_NOW", NOW.isoformat())
    monkeypatch.setenv("CRM_TUI_LANG", "en")
    umask = os.umask(0o022)
    yield
    os.umask(umask)
    i18n.set_language("en")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """`run("today", "--json", db=path)` in this process."""

    def running(*words: str, db: Path | None = None) -> Answer:
        capsys.readouterr()
        status = main([*(["--db", str(db)] if db is not None else []), *words])
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        return Answer(int(status), told.out, told.err)

    return running


@pytest.fixture
def demo(run: Run, demo_db: Path) -> Run:
    """The same on the demonstration."""

    def running(*words: str) -> Answer:
        return run(*words, db=demo_db)

    return running
