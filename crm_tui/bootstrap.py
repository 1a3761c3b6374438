"""The composition root: which modules there are, and how a database is opened for an operator.

Adding a module adds one line to MODULES (and one to `app.PLACES` if it has screens). Loads no pydantic and no
SQLModel until the first change is asked for.
"""

from __future__ import annotations

import getpass
import importlib
import os
import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from crm_tui.services.core.crm import Crm, utc_now
from crm_tui.store import connect
from crm_tui.store.store import Store

if TYPE_CHECKING:
    from crm_tui.services.core.commands import Command
    from crm_tui.services.core.context import Handler, Reaction
    from crm_tui.services.core.undo import AfterUndo

MODULES = ("access", "calendar", "party", "board", "followup", "note", "intake", "trail")
"""In this order reactions run."""


def _part(module: str, part: str) -> Any | None:
    name = f"crm_tui.services.{module}.{part}"
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        return None


@cache
def pickers() -> dict[str, Callable[..., Any]]:
    """Every picker by name: what a field of a command may be chosen from."""
    found: dict[str, Callable[..., Any]] = {}
    for module in MODULES:
        found |= getattr(_part(module, "views"), "PICKERS", {})
    return found


@cache
def commands() -> dict[str, type[Command]]:
    """Every command by its name in snake case."""
    from crm_tui.services.core.commands import Command

    found: dict[str, type[Command]] = {}
    for module in MODULES:
        for value in vars(_part(module, "commands") or SimpleNamespace()).values():
            if isinstance(value, type) and issubclass(value, Command) and value is not Command:
                found[value.command_name()] = value
    return found


class Modules:
    """The registry that the door asks: each command's handler, the reactions, what is done after an undo."""

    def __init__(self) -> None:
        self._handlers: dict[type[Command], Handler[Any]] | None = None
        self._reactions: tuple[Reaction[Any], ...] = ()
        self._after: tuple[AfterUndo, ...] = ()

    def _load(self) -> dict[type[Command], Handler[Any]]:
        if self._handlers is None:
            from crm_tui.services.trail.handlers import TrailHandlers

            handlers: dict[type[Command], Handler[Any]] = {}
            for module in MODULES:
                part = _part(module, "handlers")
                handlers |= getattr(part, "HANDLERS", {})
                self._reactions += tuple(getattr(part, "REACTIONS", ()))
                self._after += tuple(getattr(part, "AFTER_UNDO", ()))
            handlers |= TrailHandlers(self._after).handlers()
            self._handlers = handlers
        return self._handlers

    def handler(self, command: type[Command]) -> Handler[Any]:
        """The handler of a command's class."""
        return self._load()[command]

    def reactions(self) -> Sequence[Reaction[Any]]:
        """Every module's reactions, in the modules' order."""
        self._load()
        return self._reactions

    def after_undo(self) -> Sequence[AfterUndo]:
        """What modules do once a batch was undone."""
        self._load()
        return self._after


def clock_from_environment() -> Callable[[], datetime]:
    """The wall clock; `CRM_TUI_NOW` (an ISO instant) stops it for pictures, manuals and tests."""
    fixed = os.environ.get("CRM_TUI_NOW")
    if not fixed:
        return utc_now
    instant = datetime.fromisoformat(fixed)
    if instant.tzinfo is None:
        raise ValueError("CRM_TUI_NOW needs an offset")
    return lambda: instant


def default_path() -> Path:
    """Where the operator's own database lies."""
    import platformdirs

    return Path(platformdirs.user_data_dir("crm-tui", appauthor=False)) / "crm.db"


def os_login() -> str:
    """The operating system's login name."""
    return getpass.getuser()


def open_crm(path: Path, login: str | None = None, clock: Callable[[], datetime] | None = None) -> Crm:
    """Open a database for an operator, migrating it first if it is behind.

    `StoreRefused` if the file cannot be used, `NotAUser` if the login is no active user of it. Who acts:
    `login`, else `CRM_TUI_USER`, else `ana` in a demonstration, else the operating system's login.
    """
    if connect.version_of(path) < connect.SCHEMA_VERSION:
        from crm_tui.store.schema import migrate

        migrate(path)
    store = Store(path)
    try:
        who = login or os.environ.get("CRM_TUI_USER") or _demonstration_user(store) or os_login()
        return Crm(store, who, Modules(), clock or clock_from_environment())
    except BaseException:
        store.close()
        raise


def _demonstration_user(store: Store) -> str | None:
    row = store.reader().execute("SELECT value FROM meta WHERE key = 'demonstration'").fetchone()
    return str(row[0]) if row else None


def create(path: Path, name: str, *, login: str | None = None, locale: str, timezone: str) -> None:
    """Make the operator's own database; `StoreRefused` if there is a file already."""
    from crm_tui.store.schema import create as create_file
    from crm_tui.store.starter import Founder, begin

    now = clock_from_environment()()
    founder = Founder(login or os_login(), name, locale, timezone)

    def finish(connection: sqlite3.Connection) -> None:
        begin(connection, founder, now)

    create_file(path, finish)
