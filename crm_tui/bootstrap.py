"""The composition root: which modules there are, and how a database is opened for an operator.

Adding a module adds one line to MODULES (and one to `places.PLACES` if it has screens). Loads no
pydantic until the first change is asked for, and SQLModel only to make or change the schema.
"""

from __future__ import annotations

import contextlib
import getpass
import importlib
import os
import sqlite3
import zoneinfo
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache, cached_property, partial
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

from crm_tui.i18n import Text, language
from crm_tui.services.core.crm import Crm, utc_now
from crm_tui.store import connect
from crm_tui.store.errors import NoDatabase, StoreRefused
from crm_tui.store.findings import Finding
from crm_tui.store.queries import access
from crm_tui.store.store import Store

if TYPE_CHECKING:
    from crm_tui.domain.happened import Happened
    from crm_tui.domain.register import Register
    from crm_tui.services.core.commands import Command
    from crm_tui.services.core.context import Handler, Reaction
    from crm_tui.services.core.undo import AfterUndo

__all__ = [
    "MODULES",
    "Finding",
    "Modules",
    "NoDatabase",
    "NoInstant",
    "StoreRefused",
    "back_up",
    "clock_from_environment",
    "commands",
    "create",
    "create_here",
    "default_path",
    "demonstration_user",
    "diagnose",
    "here_now",
    "make_demo",
    "open_crm",
    "os_login",
    "os_name",
    "own_login",
    "own_name",
    "pickers",
    "registers",
    "restore",
    "warm_up",
]

MODULES = (
    *(
        "access",
        "calendar",
        "party",
        "once",
        "board",
        "offer",
        "form",
        "gate",
        "label",
        "channel",
        "media",
        "partyclass",
        "casetype",
        "canned",
        "campaign",
        "followup",
        "note",
    ),
    *("agenda", "free", "dash", "intake", "export", "filter", "notice", "trail"),
)
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
    """Every picker by name: what a field of a command may be chosen from; declared where the registers are."""
    found: dict[str, Callable[..., Any]] = {}
    for module in MODULES:
        for part in ("views", "registers"):
            found |= getattr(_part(module, part), "PICKERS", {})
    return found


@cache
def registers() -> tuple[Register, ...]:
    """What settings list, by section: declared among a module's views, or beside them."""
    parts = [_part(module, part) for module in MODULES for part in ("views", "registers")]
    found = [each for part in parts for each in getattr(part, "REGISTERS", ())]
    return tuple(sorted(found, key=lambda each: (each.section, each.place)))


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


class _Loaded(NamedTuple):
    """Everything that the handlers' files declare."""

    handlers: dict[type[Command], Handler[Any]]
    reactions: tuple[Reaction[Any], ...]
    after_undo: tuple[AfterUndo, ...]


class Modules:
    """The registry that the door asks: each command's handler, the reactions, what is done after an undo."""

    def __init__(self) -> None:
        self._reactions: dict[type[Happened], tuple[Reaction[Any], ...]] = {}

    @cached_property
    def _loaded(self) -> _Loaded:
        """Made whole before it is kept: two threads may ask at once, and a reaction must not be there twice."""
        from crm_tui.services.trail.handlers import TrailHandlers

        parts = [_part(module, part) for module in MODULES for part in ("handlers", "reactions")]
        handlers: dict[type[Command], Handler[Any]] = {}
        for part in parts:
            handlers |= getattr(part, "HANDLERS", {})
        reactions = tuple(r for part in parts for r in getattr(part, "REACTIONS", ()))
        after_undo = tuple(a for part in parts for a in getattr(part, "AFTER_UNDO", ()))
        handlers |= TrailHandlers(after_undo).handlers()
        return _Loaded(handlers, reactions, after_undo)

    def handler(self, command: type[Command]) -> Handler[Any]:
        """The handler of a command's class."""
        return self._loaded.handlers[command]

    def reactions(self, happened: type[Happened]) -> Sequence[Reaction[Any]]:
        """Every module's reactions to an event of this class, in the modules' order."""
        found = self._reactions.get(happened)
        if found is None:
            every = self._loaded.reactions
            found = self._reactions[happened] = tuple(r for r in every if issubclass(happened, r.on))
        return found

    def after_undo(self) -> Sequence[AfterUndo]:
        """What modules do once a batch was undone."""
        return self._loaded.after_undo


def warm_up() -> None:
    """Load commands and handlers (pydantic) in a thread after the first paint."""
    commands()
    for module in MODULES:
        _part(module, "handlers")


class NoInstant(Exception):
    """`CRM_TUI_NOW` holds something else; `reason` is the sentence. Exit status 2."""

    def __init__(self, given: str) -> None:
        super().__init__(given)
        self.reason = Text(
            "CRM_TUI_NOW is “{given}”, which is no instant with its offset: 2026-11-24T09:30-03:00.",
            {"given": given},
        )


def clock_from_environment() -> Callable[[], datetime]:
    """The wall clock; `CRM_TUI_NOW` (an ISO instant) stops it for pictures, manuals and tests.

    `NoInstant` if that is none, or one without its offset.
    """
    fixed = os.environ.get("CRM_TUI_NOW")
    if not fixed:
        return utc_now
    try:
        instant = datetime.fromisoformat(fixed)
    except ValueError:
        raise NoInstant(fixed) from None
    if instant.tzinfo is None:
        raise NoInstant(fixed)
    return lambda: instant


def default_path() -> Path:
    """Where the operator's own database lies."""
    import platformdirs

    return Path(platformdirs.user_data_dir("crm-tui", appauthor=False)) / "crm.db"


def os_login() -> str:
    """The operating system's login name."""
    return getpass.getuser()


def own_login() -> str:
    """Who begins a base where none is named on the command line: `CRM_TUI_USER`, as for whoever opens one."""
    return os.environ.get("CRM_TUI_USER") or os_login()


def own_name(login: str) -> str:
    """What they are called: the operating system knows only its own login's name."""
    return os_name() if login == os_login() else login


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
        return Crm(store, _acting(login, store.reader()), Modules(), clock or clock_from_environment())
    except BaseException:
        store.close()
        raise


def _acting(login: str | None, connection: sqlite3.Connection) -> str:
    return login or os.environ.get("CRM_TUI_USER") or _shown_by(connection) or os_login()


def _shown_by(connection: sqlite3.Connection) -> str | None:
    row = connection.execute(access.DEMONSTRATION).fetchone()
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


def create_here(path: Path, name: str, *, login: str | None = None) -> None:
    """Make a database in the language in force and this machine's time zone."""
    create(path, name, login=login, locale=language(), timezone=os_timezone())


def os_name() -> str:
    """The operator's name as the operating system knows it; the login if it knows none."""
    import pwd

    try:
        told = pwd.getpwuid(os.getuid()).pw_gecos.partition(",")[0].strip()
    except KeyError:
        told = ""
    return told or os_login()


def os_timezone() -> str:
    """This machine's time zone by its IANA name; São Paulo's where the machine has none but UTC."""
    candidates = [os.environ.get("TZ", "").lstrip(":")]
    try:
        candidates.append(str(Path("/etc/localtime").readlink()).partition("zoneinfo/")[2])
    except OSError:
        candidates.append("")  # a copy, or missing: the machine does not name its zone
    for name in candidates:
        if "/" in name and name.partition("/")[0] != "Etc" and name in zoneinfo.available_timezones():
            return name
    return "America/Sao_Paulo"


def here_now() -> datetime:
    """This moment on this machine's clock."""
    return clock_from_environment()().astimezone(zoneinfo.ZoneInfo(os_timezone()))


def make_demo(
    path: Path,
    *,
    cards: int | None = None,
    people: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Make the demonstration in a new file, around this day; `StoreRefused` if there is a file already."""
    from crm_tui.store import demo

    size = {} if cards is None else {"cards": cards}
    demo.make_demo(
        path, now=clock_from_environment()(), people=people, locale=language(), progress=progress, **size
    )


def demonstration_user(path: Path) -> str | None:
    """Who acts in a demonstration; None for an operator's own database. `StoreRefused` if it is not ours."""
    connect.version_of(path)
    with contextlib.closing(connect.raw(path, connect.Use.READ)) as connection:
        return _shown_by(connection)


def back_up(database: Path, target: Path, *, login: str | None = None) -> None:
    """Copy a live database to a new file; `StoreRefused` with the reason if it cannot be, `Denied` if who acts may
    not."""
    from crm_tui.services.core import custody
    from crm_tui.store import backup

    connect.version_of(database)
    custody.ask(database, custody.BACKUP, partial(_acting, login))
    backup.backup(database, target)


def restore(database: Path, copy: Path, *, login: str | None = None) -> Path | None:
    """Put a checked copy into the live file; where what was there is kept, or None if nothing was. `Denied` if who
    acts may not."""
    from crm_tui.services.core import custody

    return custody.restore(database, copy, partial(_acting, login), clock_from_environment()())


def diagnose(database: Path, *, fix: bool = False, rows: bool = False) -> list[Finding]:
    """What is right and wrong with a file; `fix` rebuilds what is derived, `rows` holds every row against the trail.
    Never raises for a bad file."""
    from crm_tui.services.core import trail_check
    from crm_tui.store import doctor

    return doctor.diagnose(database, partial(trail_check.findings, database, rows=rows), fix=fix)
