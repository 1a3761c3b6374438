"""How the command line fails: an exit status and one sentence that says what to do, never a traceback.

Scripts hang on the numbers: they are DESIGN's §5 and do not change. Loads nothing; the exceptions of the other
layers are known by what they carry, so that `--help` needs none of those layers.
"""

from __future__ import annotations

import errno
import shlex
from enum import IntEnum
from typing import TYPE_CHECKING

from crm_tui.i18n import Text, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crm_tui.domain.outcome import Conflict, Refusal


_OF_THE_FILE = frozenset({5, 6, 8, 10, 11, 13, 14, 26})
"""SQLite's codes for busy, locked, read-only, I/O, corrupt, full, cannot open, not a database."""


class Status(IntEnum):
    """What the program ends with."""

    DONE = 0
    FAULT = 1
    USAGE = 2
    MISSING = 3
    REFUSED = 4
    DENIED = 5
    CHANGED = 6
    STORE = 7
    TERMINAL = 64
    INTERRUPTED = 130


class Failure(Exception):
    """The verb ends here with this status; `reason` is the sentence, `remedy` a second one if there is one.

    `before` and `after` are lines round them: what was typed with a mark, what may be typed instead.
    """

    def __init__(
        self,
        status: Status,
        reason: Text,
        remedy: Text | None = None,
        *,
        before: tuple[str, ...] = (),
        after: tuple[str, ...] = (),
    ) -> None:
        super().__init__(reason.msgid)
        self.status = status
        self.reason = reason
        self.remedy = remedy
        self.before = before
        self.after = after


def of_refusal(refusal: Refusal) -> Failure:
    """The failure that a refusal is: who refused decides the status."""
    from crm_tui.domain.outcome import RefusedBy
    from crm_tui.ui.sentences import amounts

    status = {
        RefusedBy.RULE: Status.REFUSED,
        RefusedBy.PERMISSION: Status.DENIED,
        RefusedBy.INPUT: Status.USAGE,
        RefusedBy.MISSING_RECORD: Status.MISSING,
        RefusedBy.STORE: Status.STORE,
    }[refusal.by]
    remedy = refusal.remedy
    if remedy is None and refusal.warned:  # on a screen it is said by saving once more
        words = shlex.join([" ".join(refusal.warned)])
        remedy = Text("Go on with that one, or repeat with --despite {words}.", {"words": words})
    return Failure(status, amounts(refusal.reason), remedy)


def of_conflict(conflict: Conflict, labels: Mapping[str, str]) -> Failure:
    """Somebody changed the same fields meanwhile: who, when (on this machine's clock) and which, by label."""
    fields = ", ".join(say(labels.get(clash.field, clash.field)) for clash in conflict.fields)
    when = conflict.at.astimezone().isoformat(timespec="minutes") if conflict.at is not None else ""
    return Failure(
        Status.CHANGED,
        Text(
            "{who} changed {fields} meanwhile ({when}); the version is now {version}: read it with show, then "
            "repeat.",
            {"who": conflict.who or "?", "fields": fields, "when": when, "version": conflict.version},
        ),
    )


def as_failure(error: Exception) -> Failure | None:
    """What an exception of a layer below means here; None: it is our own fault."""
    import sqlite3

    from crm_tui.bootstrap import NoDatabase, NoInstant, StoreRefused
    from crm_tui.services.core.crm import NotAUser
    from crm_tui.services.core.reading import Denied

    if isinstance(error, Failure):
        return error
    if isinstance(error, (NotAUser, Denied)):
        return Failure(Status.DENIED, error.reason)
    if isinstance(error, NoInstant):
        return Failure(Status.USAGE, error.reason)
    if isinstance(error, NoDatabase):
        return Failure(
            Status.STORE, error.reason, Text("crm-tui init makes one; crm-tui demo shows an example.")
        )
    if isinstance(error, StoreRefused):
        return Failure(Status.STORE, error.reason)
    if isinstance(error, UnicodeEncodeError):  # a word of the command line that is no UTF-8
        reason = Text("A word holds bytes that are no text: give it in UTF-8. Nothing was changed.")
        return Failure(Status.USAGE, reason)
    if isinstance(error, sqlite3.DatabaseError) and error.sqlite_errorcode & 0xFF in _OF_THE_FILE:
        return Failure(
            Status.STORE,
            Text(
                "The database cannot be read: crm-tui doctor says more (SQLite: “{why}”).",
                {"why": str(error)},
            ),
        )
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return Failure(
            Status.FAULT, Text("There is no room left where this is written: make some, then repeat.")
        )
    return None
