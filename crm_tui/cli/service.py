"""The service mode: one operator at the other end of an ssh line, on an account that all of them share. (docs/ssh.md)

Paths lead to the operator's own inbox and nowhere else, the environment is scrubbed before anything reads it, the
program's own settings are each operator's. Beside the screen only the inbox is served: what the other end asked for
stands in SSH_ORIGINAL_COMMAND, and is never run.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import MutableMapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from crm_tui.cli.failures import Failure, Status
from crm_tui.cli.options import Options
from crm_tui.cli.session import Session
from crm_tui.i18n import Text

FOLDER: Final = "operators"
"""Beside the database: of each operator the inbox and the program's settings."""
INBOX: Final = "inbox"
ASKED: Final = "SSH_ORIGINAL_COMMAND"
_SCRUBBED: Final = ("TEXTUAL", "PYTHON", "EDITOR", "VISUAL", "BROWSER", "PAGER", "LESS", "LD_")
"""How names begin that tell a program or a library what to do."""
_PLAIN: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789._-@")


def run(given: Options, words: list[str], environ: MutableMapping[str, str] = os.environ) -> int:
    """The screen, or what was asked of the inbox; the exit status. `Failure` (usage) for anything else."""
    login = (given.login or "").strip()
    if not login or not set(login.lower()) <= _PLAIN or login.startswith("."):
        raise Failure(
            Status.USAGE, Text("The service needs --as LOGIN: crm-tui ssh-line prints the whole line.")
        )
    asked = words or _asked(environ.get(ASKED, ""))
    scrub(environ)
    database = Session(given).path.absolute()  # before home and folder become others
    given = replace(given, db=str(database))
    session = Session(given)
    try:
        session.crm()  # without a database, and for who is no active operator, there is no service
    finally:
        session.close()
    inbox = _own(database, login, environ)
    if asked:
        from crm_tui.cli import inbox as served

        return served.serve(inbox, database, asked)
    from crm_tui.cli import start

    return start.bare(given)


def scrub(environ: MutableMapping[str, str]) -> None:
    """Take out what tells a program or a library what to do."""
    for name in [name for name in environ if name.startswith(_SCRUBBED)]:
        del environ[name]


def _asked(line: str) -> list[str]:
    try:
        return shlex.split(line)
    except ValueError:
        raise Failure(Status.USAGE, Text("A quotation mark is not closed.")) from None


def _own(database: Path, login: str, environ: MutableMapping[str, str]) -> Path:
    """The operator's inbox, made if it is not there: their home, where relative paths lead, and all that paths lead
    to."""
    from crm_tui.connectors import files

    folder = database.parent / FOLDER / login
    inbox = folder / INBOX
    try:
        inbox.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.chdir(inbox)
    except OSError as error:
        told = {"path": str(inbox), "why": files.reason_of(error)}
        raise Failure(Status.STORE, Text("{path} cannot be written: {why}.", told)) from None
    environ["HOME"] = str(inbox)
    environ["CRM_TUI_CONFIG"] = str(folder / "config.toml")
    files.confine(inbox)
    return inbox
