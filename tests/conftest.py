"""What every test may lean on: a fixed clock, a demonstration of its own, operators, and two guards.

The guards: nothing of the person who runs the tests reaches them (`CRM_TUI_*`), and no test opens the file of a
live database, because closing it would drop SQLite's locks and corrupt it (threat 36).
"""

from __future__ import annotations

import asyncio
import inspect
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import HealthCheck, settings

from crm_tui import i18n

if TYPE_CHECKING:
    from crm_tui.services.core.crm import Crm

settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")
"""No property is judged by the clock: the first text that is drawn fills tables, and other tests run beside it."""
NOW = datetime(2026, 11, 19, 13, 42, tzinfo=UTC)
"""Thursday 19/11/2026, 10:42 in São Paulo; the Friday after it is a holiday."""
DEMO_CARDS = 60


class Clock:
    """A clock that stands until it is moved: hand it to `open_crm`."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **kwargs: float) -> None:
        """Let time pass: `clock.advance(minutes=5)`."""
        self.now += timedelta(**kwargs)


class LiveFileGuard:
    """Watches every `open()` of the process; an audit hook cannot be taken away, so there is one."""

    def __init__(self) -> None:
        self.opened: list[str] = []
        self._databases: set[str] = set()
        self._asking = False

    def hook(self, event: str, args: tuple[Any, ...]) -> None:
        """Remember what SQLite opens; refuse an `open()` of a file that it still has open."""
        if event == "sqlite3.connect":
            self._databases.add(self._path_of(args[0]))
        elif event == "open" and not self._asking and isinstance(args[0], (str, bytes, os.PathLike)):
            path = os.path.abspath(os.fsdecode(args[0]))
            if path in self._databases and self._is_live(path):
                self.opened.append(path)
                raise AssertionError(f"a live database was opened as a file: {path}")

    @staticmethod
    def _path_of(database: Any) -> str:
        text = os.fsdecode(database)
        if text.startswith("file:"):
            text = unquote(urlsplit(text).path)
        return os.path.abspath(text)

    def _is_live(self, path: str) -> bool:
        self._asking = True
        try:
            if not os.path.exists(path):
                return False
            wanted = os.stat(path)
            for name in os.listdir("/dev/fd"):
                try:
                    found = os.fstat(int(name))
                except OSError:  # the descriptor of the listing itself is gone
                    continue
                if (found.st_dev, found.st_ino) == (wanted.st_dev, wanted.st_ino):
                    return True
            return False
        finally:
            self._asking = False


_guard = LiveFileGuard()
sys.addaudithook(_guard.hook)


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a coroutine test in its own event loop."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    names = pyfuncitem._fixtureinfo.argnames
    asyncio.run(pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in names}))
    return True


@pytest.fixture(autouse=True)
def live_files() -> Iterator[LiveFileGuard]:
    """Fails the test that opened a live database file, even if the error was swallowed."""
    _guard.opened.clear()
    yield _guard
    assert _guard.opened == [], f"live database files were opened: {_guard.opened}"


@pytest.fixture(autouse=True)
def scrubbed_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of whoever runs the tests, and no language that an earlier test left behind."""
    i18n.set_language("en")
    for name in [n for n in os.environ if n.startswith("CRM_TUI_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def pt() -> Iterator[None]:
    """The test speaks Portuguese; the default is English, as for a process that was told nothing."""
    i18n.set_language("pt-BR")
    yield
    i18n.set_language("en")


@pytest.fixture
def clock() -> Clock:
    """Thursday 19/11/2026, 10:42 in São Paulo, until it is moved."""
    return Clock()


@pytest.fixture(scope="session")
def _demo_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from crm_tui.store.demo import make_demo

    path = tmp_path_factory.mktemp("demo") / "crm.db"
    make_demo(path, now=NOW, cards=DEMO_CARDS)
    return path


@pytest.fixture(scope="session")
def _empty_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from crm_tui.bootstrap import create

    path = tmp_path_factory.mktemp("empty") / "crm.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CRM_TUI_NOW", NOW.isoformat())
        create(path, "Ana Souza", login="ana", locale="pt-BR", timezone="America/Sao_Paulo")
    return path


def _copied(template: Path, path: Path) -> Path:
    """A copy of a closed file, as readable as the original."""
    shutil.copy(template, path)
    return path


@pytest.fixture
def demo_db(_demo_template: Path, tmp_path: Path) -> Path:
    """A demonstration of 60 cards as of `clock`, of this test alone."""
    return _copied(_demo_template, tmp_path / "demo.db")


@pytest.fixture
def empty_db(_empty_template: Path, tmp_path: Path) -> Path:
    """A new database of the administrator `ana`, with the starter's boards and nothing else."""
    return _copied(_empty_template, tmp_path / "empty.db")


@pytest.fixture
def crm_as(demo_db: Path, clock: Clock) -> Iterator[Callable[[str], Crm]]:
    """Opens the demonstration as the operator of this login, at the fixed clock; closed with the test."""
    from crm_tui.bootstrap import open_crm

    opened: list[Crm] = []

    def opening(login: str) -> Crm:
        crm = open_crm(demo_db, login, clock)
        opened.append(crm)
        return crm

    yield opening
    for crm in opened:
        crm.store.close()


@pytest.fixture
def crm(crm_as: Callable[[str], Crm]) -> Crm:
    """The demonstration as ana sees it."""
    return crm_as("ana")
