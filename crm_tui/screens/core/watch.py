"""What the poll of the change feed means to the program: screens read anew, permissions are renewed, or it ends.

It ends, drafts first, if this operator is no user any longer or if the file is lost: deleted, replaced, migrated by
a newer program. Where the drafts cannot be kept anywhere it stays open and says so, until there is room.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from crm_tui.i18n import N_, Text, say
from crm_tui.screens.core.base import CrmScreen
from crm_tui.services.core.crm import NotAUser

if TYPE_CHECKING:
    from crm_tui.services.core.crm import Crm
    from crm_tui.services.core.feed import Feed

NOT_A_USER, FILE_LOST = 5, 7
"""Exit status of who may not (any longer) use this database, and of a database that cannot be used any longer; the
command line's, too."""


RIGHTS = frozenset(("user", "profile", "team", "board", "board_member", "batch"))
"""What an event is about that may change what this operator may see or do; an undo (`batch`) may be of any."""


class Watched(Protocol):
    """The application as the watch needs it."""

    crm: Crm

    @property
    def screen(self) -> Any: ...
    def exit(self, result: int | None = None, return_code: int = 0, message: Any = None) -> None: ...
    def park_everything(self) -> bool: ...
    def tell_screens(self) -> None: ...


def poll(app: Watched, feed: Feed) -> None:
    """One look at the feed. Call four times a second."""
    news = feed.poll()
    if news is None:
        return
    if news.lost is not None:
        app.crm.lost()
        if app.park_everything():
            _leave(app, FILE_LOST, news.lost.reason)
        return
    if news.everything or any(seen.entity in RIGHTS for seen in news.seen):
        try:
            app.crm.refresh_viewer()
        except NotAUser as gone:  # deactivated while at work: the drafts are kept, the program ends
            _leave(app, NOT_A_USER, gone.reason)
            return
    if news.seen or news.everything:
        app.tell_screens()
    elif news.notices and isinstance(app.screen, CrmScreen):  # every other screen counts when it comes back
        app.screen.noticed()
    if news.restored and isinstance(app.screen, CrmScreen):
        app.screen.tell(say(N_("The base was restored from a copy: everything was read anew.")))


def _leave(app: Watched, status: int, reason: Text) -> None:
    app.exit(status, message=say(reason))
