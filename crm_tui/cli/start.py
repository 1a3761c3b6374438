"""Opens the program's screen: the terminal is checked, the look is chosen, then Textual is loaded.

Nothing is loaded that a refusal does not need: without a terminal the answer is one sentence, and status 64.
"""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from crm_tui.cli.failures import Failure, Status
from crm_tui.cli.options import Options
from crm_tui.cli.session import DEMONSTRATION, Session
from crm_tui.i18n import Text

if TYPE_CHECKING:
    from crm_tui.services.core.crm import Crm
    from crm_tui.services.core.first_start import FirstStart, Progress


def bare(given: Options) -> int:
    """`crm-tui` alone: the operator's day, or the first start where there is no database; the exit status."""
    from crm_tui.bootstrap import NoDatabase

    require_terminal()
    gc.disable()  # a start makes much and drops nothing; the app enables it again after the first frame
    if given.json or given.quiet:
        raise Failure(Status.USAGE, Text("--json and -q belong to a verb: crm-tui today --json."))
    session = Session(given)
    try:
        try:
            session.crm()
        except NoDatabase:
            return screen(session, first_start(session))
        return screen(session, None)
    finally:
        session.close()


def require_terminal() -> None:
    """Refuse to open the screen where nobody could see it or type (a bare Textual app hangs for ever)."""
    if sys.stdin is None or not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Failure(
            Status.TERMINAL,
            Text("This is no terminal: open crm-tui in one, or ask a verb (crm-tui --help)."),
        )


def screen(session: Session, start: FirstStart | None) -> int:
    """Run the application on the session's database, or on its first start; the exit status."""
    from crm_tui.ui import config as configs
    from crm_tui.ui.terminal import prepare

    config, look = configs.begin(configs.load(configs.path()), os.environ, session.options.lang)
    prepare(os.environ, look)  # before Textual is imported: it reads the environment then
    from crm_tui import bootstrap
    from crm_tui.app import run

    return run(session.crm, look, bootstrap, first_start=start, config=config)


def first_start(session: Session) -> FirstStart:
    """What the first screen needs; what it makes is opened in this session."""
    from crm_tui import bootstrap
    from crm_tui.services.core.first_start import FirstStart

    path = session.path
    login = session.options.login or bootstrap.own_login()

    def create(name: str) -> Crm:
        bootstrap.create_here(path, name, login=login)
        return session.crm()

    def demonstrate(progress: Progress | None) -> Crm:
        ready(session, session.path.with_name(DEMONSTRATION), progress=progress)
        return session.crm()

    return FirstStart(
        path,
        login,
        bootstrap.own_name(login),
        path.with_name(DEMONSTRATION),
        create,
        demonstrate,
        bootstrap.here_now(),
    )


def ready(
    session: Session,
    path: Path,
    *,
    cards: int | None = None,
    people: int | None = None,
    progress: Progress | None = None,
) -> bool:
    """Make the demonstration at `path` unless it is there, and turn the session to it; whether it was made.

    `Failure` (7) if another database lies there, or if one lies there and a size was asked for.
    """
    from crm_tui import bootstrap

    made = not path.exists()
    if made:
        bootstrap.make_demo(path, cards=cards, people=people, progress=progress)
    acting = bootstrap.demonstration_user(path)
    if acting is None or (not made and (cards is not None or people is not None)):
        raise Failure(
            Status.STORE,
            Text("There is already a file at {path}: nothing was changed.", {"path": str(path)}),
        )
    session.turn_to(path, acting)
    return made
