"""What every view is given: a connection, who looks, and when. Standard library only (first paint)."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from crm_tui.domain.access import Scope, Viewer
from crm_tui.i18n import Text

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Reading:
    """One look: `now` is an aware instant, the viewer's zone decides what day it is."""

    connection: sqlite3.Connection
    viewer: Viewer
    now: datetime

    @property
    def local(self) -> datetime:
        """`now` on the viewer's clock."""
        return self.now.astimezone(self.viewer.zone)

    @property
    def today(self) -> date:
        """The day that it is for the viewer."""
        return self.local.date()


class Denied(Exception):
    """The viewer's profile does not reach this view; `reason` is the sentence. Exit status 5."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key

    @property
    def reason(self) -> Text:
        """Which permission is missing, in the words in which a profile gives it."""
        from crm_tui.domain.permissions import BY_KEY

        known = BY_KEY.get(self.key)
        words = {"key": self.key if known is None else Text(known.words)}
        return Text("Your profile does not allow this ({key}): ask an administrator.", words)


class Superseded(Exception):
    """What was being read was cancelled, because something newer is wanted (`Crm.cancel_reading`)."""


def view(permission: str) -> Callable[[F], F]:
    """Declare a view and the permission key that it needs at any scope but none."""

    def mark(function: F) -> F:
        function.permission = permission  # type: ignore[attr-defined]
        return function

    return mark


def ask_view(reading: Reading, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Call a view if the viewer may; the rows themselves are narrowed by the view's own scope."""
    denied = denial(reading, function)
    if denied is not None:
        raise denied
    return function(reading, *args, **kwargs)


def denial(reading: Reading, function: Callable[..., Any]) -> Denied | None:
    """Why the viewer may not ask a view at all; None if they may."""
    key: str = function.permission  # type: ignore[attr-defined]
    return Denied(key) if reading.viewer.scope(key) is Scope.NONE else None
