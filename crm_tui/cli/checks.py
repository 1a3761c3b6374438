"""What doctor looks at: the file (through bootstrap), the terminal and the machine, one finding each."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
from collections.abc import Mapping
from pathlib import Path

from crm_tui import bootstrap
from crm_tui.bootstrap import Finding
from crm_tui.cli import service
from crm_tui.cli.session import Session
from crm_tui.connectors import copies
from crm_tui.connectors.copies import Copy
from crm_tui.i18n import N_, Text, say, text_n
from crm_tui.store.errors import StoreRefused
from crm_tui.ui.terminal import choose_look

NAMES = {
    "sqlite": N_("SQLite"),
    "file": N_("file"),
    "mode_of_file": N_("rights on the file"),
    "schema": N_("schema"),
    "integrity": N_("integrity"),
    "foreign_keys": N_("references"),
    "trail": N_("trail"),
    "heads": N_("ends of the trail"),
    "rows": N_("rows and trail"),
    "keys_of_party": N_("keys of people"),
    "keys_of_card": N_("keys of cards"),
    "keys_of_contact_point": N_("keys of contacts"),
    "search_of_party": N_("search of people"),
    "search_of_card": N_("search of cards"),
    "search_of_contact_point": N_("search of phones and e-mails"),
    "search_of_note": N_("search of notes"),
    "next_steps": N_("next steps"),
    "rows_that_stand_alone": N_("steps without a card"),
    "counters_of_stages": N_("counters of stages"),
    "agenda_slots": N_("hours taken by appointments"),
    "agenda_days": N_("days taken by appointments"),
    "copies": N_("copies"),
    "spilled_drafts": N_("spilled drafts"),
    "terminal": N_("terminal"),
    "signals": N_("signals"),
    "tmux": N_("tmux"),
    "mode": N_("mode"),
}
"""What a person reads for each check; scripts read the check's own name."""
_ALONE = N_(
    "single user: whoever may open the file may change it outside of crm-tui; profiles guard against slips, not "
    "against its owner"
)
_SHARED = N_(
    "shared file: whoever may open it by their own account may change it outside of crm-tui; profiles guard against "
    "slips alone (docs/ssh.md has a way in which they hold)"
)
_SERVICE = N_(
    "service: operators come in by ssh-line, each with an inbox; profiles hold against them as long as nobody else "
    "has this account"
)
ESCAPE_TIME = 100
"""Milliseconds that tmux may hold an Esc back before it is felt."""


def all_of(session: Session, *, fix: bool, rows: bool = False) -> list[Finding]:
    """Every finding, the file's first; `rows`: every row held against the trail. Nothing is raised for a file that
    cannot be used, it is a finding."""
    found = bootstrap.diagnose(session.path, fix=fix, rows=rows)
    return [*found, *_copies(session.path), *_terminal(os.environ), _mode(session.path)]


def _copies(database: Path) -> list[Finding]:
    """Whether there is a copy that is not old; nothing of a file that cannot be read, which is a finding already."""
    try:
        told = copies.stale(database, bootstrap.clock_from_environment()())
    except (StoreRefused, sqlite3.Error):
        return []
    there = copies.kept(database)
    return [Finding("copies", told is None, told or _newest(there))]


def _newest(there: list[Copy]) -> Text:
    if not there:
        return Text("none beside the database yet: the clock makes one a day")
    return text_n(
        "{n} beside the database: {name}",
        "{n} beside the database, the newest {name}",
        len(there),
        name=there[0].path.name,
    )


def _terminal(environ: Mapping[str, str]) -> list[Finding]:
    choice = choose_look(environ)
    reasons = "; ".join(say(reason) for reason in choice.reasons)
    found = [Finding("terminal", True, Text("{reasons}", {"reasons": reasons}))]
    if environ.get("TEXTUAL_ALLOW_SIGNALS"):
        found.append(
            Finding(
                "signals",
                True,
                Text("TEXTUAL_ALLOW_SIGNALS is set and left out: ctrl+z undoes, it never stops the program."),
            )
        )
    else:
        found.append(Finding("signals", True, Text("the program keeps ctrl+c and ctrl+z for itself")))
    if environ.get("TMUX"):
        found.append(_tmux())
    return found


def _tmux() -> Finding:
    """How long tmux waits after an Esc; above a tenth of a second every Esc is felt."""
    tmux = shutil.which("tmux")
    if tmux is None:
        return Finding("tmux", True, Text("inside tmux, whose program is not found here: not asked"))
    asked = subprocess.run(  # noqa: S603 - the program that which() found, fixed words
        [tmux, "show-options", "-sv", "escape-time"], capture_output=True, text=True, timeout=5, check=False
    )
    told = asked.stdout.strip()
    if asked.returncode or not told.isdecimal():
        return Finding("tmux", True, Text("inside tmux, which does not tell its escape-time"))
    if int(told) > ESCAPE_TIME:
        detail = Text("escape-time is {n} ms, so every Esc waits: tmux set -s escape-time 20", {"n": told})
        return Finding("tmux", False, detail)
    return Finding("tmux", True, Text("escape-time is {n} ms", {"n": told}))


def _mode(database: Path) -> Finding:
    """Which promises hold, by how the file lies there. (docs/ssh.md)"""
    try:
        shared = database.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    except OSError:
        return Finding("mode", True, Text(_ALONE))
    if shared:
        return Finding("mode", True, Text(_SHARED))
    return Finding("mode", True, Text(_SERVICE if (database.parent / service.FOLDER).is_dir() else _ALONE))
