"""The CRM as every front end sees it: run a command, ask a view, park a form, undo.

Light on purpose: reading needs only the standard library's sqlite3, so that the first rows are on the screen
before pydantic and the commands are loaded (1.65 x an empty app's start with them, 1.02 x without, measured).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Protocol

from crm_tui.domain.access import Viewer
from crm_tui.domain.outcome import Done, Outcome, Refusal, RefusedBy
from crm_tui.i18n import Text
from crm_tui.services.core.drafts import Drafts
from crm_tui.services.core.presence import Presence
from crm_tui.services.core.reading import Reading, Superseded, ask_view
from crm_tui.services.core.remembered import Remembered
from crm_tui.store.errors import StoreRefused
from crm_tui.store.queries import access
from crm_tui.store.store import Store

if TYPE_CHECKING:
    from crm_tui.domain.happened import Happened
    from crm_tui.services.core.commands import Command
    from crm_tui.services.core.context import Handler, Reaction
    from crm_tui.services.core.pins import Approval
    from crm_tui.services.core.undo import AfterUndo


class NotAUser(Exception):
    """Who acts is no active user of this database; `reason` is the sentence. Exit status 5."""

    def __init__(self, login: str) -> None:
        super().__init__(login)
        self.reason = Text(
            "“{login}” is not a user of this database: name one with --as, or ask its administrator.",
            {"login": login},
        )


class Registry(Protocol):
    """What bootstrap hands in, so that nothing below imports upward."""

    def handler(self, command: type[Command]) -> Handler[Any]: ...
    def reactions(self, happened: type[Happened]) -> Sequence[Reaction[Any]]: ...
    def after_undo(self) -> Sequence[AfterUndo]: ...


@dataclass(frozen=True, slots=True)
class Many:
    """The outcome of a `run_many`: one batch, and each command's outcome by position."""

    batch: str
    outcomes: tuple[Outcome, ...]

    @property
    def done(self) -> int:
        return sum(isinstance(o, Done) for o in self.outcomes)

    def first_refused(self, lines: Sequence[int]) -> Refusal | None:
        """The first command that was refused and why, told with the line of a file that it takes in; where the store
        refused, nothing from that line on was begun."""
        for line, outcome in zip(lines, self.outcomes, strict=False):
            if isinstance(outcome, Refusal):
                params = {"line": line, "why": outcome.reason}
                if outcome.by is RefusedBy.STORE:
                    return replace(outcome, reason=Text("From line {line} on: {why}", params))
                return replace(outcome, reason=Text("Line {line}: {why}", params))
        return None


def utc_now() -> datetime:
    """The wall clock."""
    return datetime.now(UTC)


class Crm:
    """One operator at one database. Thread-safe for reading; writes queue at the writer's lock."""

    def __init__(
        self, store: Store, login: str, registry: Registry, clock: Callable[[], datetime] = utc_now
    ) -> None:
        self.store = store
        self.clock = clock
        self.registry = registry
        self._login = login
        self.viewer = self._viewer(store.reader())
        self.drafts = Drafts(store, self)
        self.presence = Presence(self)
        self.remembered = Remembered(self)

    def _viewer(self, connection: sqlite3.Connection) -> Viewer:
        found = access.viewer(connection, self._login)
        if found is None:
            raise NotAUser(self._login)
        return found

    def refresh_viewer(self) -> None:
        """Read one's own permissions anew (somebody changed users or profiles)."""
        self.viewer = self._viewer(self.store.reader())

    def reading(self) -> Reading:
        """One look, now, on this thread's connection."""
        return Reading(self.store.reader(), self.viewer, self.clock())

    def read(self, view: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Ask a view; `Denied` if the profile does not reach it, `Superseded` if it was cancelled meanwhile."""
        cancelled = self.store.interrupts
        try:
            return ask_view(self.reading(), view, *args, **kwargs)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
                raise Superseded from error
            # the first word that a connection looks for opens its word lists: cancelled just then SQLite says that
            # their constructor failed, with the code of any error (seen with 3.40: 3 of 3,000)
            if error.sqlite_errorcode == sqlite3.SQLITE_ERROR and self.store.interrupts != cancelled:
                raise Superseded from error
            raise

    def lost(self) -> StoreRefused | None:
        """Why this program must leave its file: deleted, replaced, migrated meanwhile; None if all is well.

        If it is lost, what was saved is put into the file first, as long as that can be done.
        """
        found = self.store.lost(self.store.reader())
        if found is not None:
            self.store.rescue()
        return found

    def meant(self, error: Exception) -> Exception:
        """What an error means: on a file that is lost, reading fails in ways that are no fault of ours."""
        return (self.lost() if isinstance(error, sqlite3.Error) else None) or error

    def cancel_reading(self, threads: str) -> None:
        """Cancel what the threads of this name are reading just now; they are told by `Superseded`."""
        self.store.interrupt(threads)

    def run(
        self,
        command: Command,
        *,
        request_id: str | None = None,
        reason: str | None = None,
        approval: Approval | None = None,
    ) -> Outcome:
        """The only way a business fact changes. Whoever asked tells its own screens; others see the feed.

        `approval`: somebody else's word for this one command, should the operator not be allowed it.
        """
        from crm_tui.services.core import door

        return door.run(self, command, request_id=request_id, reason=reason, approval=approval)

    def run_many(
        self,
        commands: Sequence[Command],
        *,
        stop_on_refusal: bool = False,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Many:
        """The same door for many: one batch, one undo, a savepoint per command."""
        from crm_tui.services.core import door

        return door.run_many(self, commands, stop_on_refusal, progress, cancelled)

    def run_together(self, commands: Sequence[Command]) -> tuple[int, Outcome]:
        """The same door for a few that belong together: one transaction, one batch, all or none; the place of the last
        and its answer, or of the first that says no."""
        from crm_tui.services.core import door

        return door.run_together(self, commands)

    def why_not(self, command: Command) -> Refusal | None:
        """What would refuse this command now, asked without the writer's lock; None if nothing."""
        from crm_tui.services.core import door

        return door.why_not(self, command)

    def hindrance(self, begun: Command) -> Refusal | None:
        """What would refuse this command whatever its form will say (`Command.begun`): asked before it opens, so
        that nobody writes what cannot be saved; None if nothing."""
        from crm_tui.services.core import door

        return door.hindrance(self, begun)
