"""What the store refuses to work with, each with one sentence that says what to do."""

from __future__ import annotations

from crm_tui.i18n import Text


class StoreRefused(Exception):
    """The database cannot be used: `reason` is the sentence. Exit status 7 on the command line."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.msgid.format_map(dict(reason.params)))
        self.reason = reason


class NoDatabase(StoreRefused):
    """There is no file at the configured path: the first start offers to make one."""


class Busy(StoreRefused):
    """Another program holds the writer lock and did not let go before the deadline."""


class NoRoom(StoreRefused):
    """Disk full, read-only or failing: nothing was written."""


class Lost(StoreRefused):
    """The file is no longer the one that was opened, or of a newer schema: whoever has it open must leave it."""
