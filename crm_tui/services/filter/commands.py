"""What may be asked about saved views."""

from __future__ import annotations

from typing import ClassVar

from crm_tui.domain.filter_rows import DIGITS
from crm_tui.domain.filter_tree import Place
from crm_tui.i18n import N_
from crm_tui.services.core.commands import Command, ask, seen_version

PLACES = (
    (Place.TODAY.value, N_("Today")),
    (Place.BOARD.value, N_("Board")),
    (Place.PEOPLE.value, N_("People")),
)
"""The lists that are filtered so far."""
_FIRST, _LAST = min(DIGITS), max(DIGITS)
_LINE = N_("as it is typed after /")


class SaveFilter(Command):
    """Keep a filter under a name: for oneself or for one's team, opened by a digit after `v`. (K49)

    `line` is what is typed, `query` the stored form in its place. A name or digit that one of one's own views has in
    that list needs `replace`: that view is changed, or gives its digit up.
    """

    permission: ClassVar[str] = "filter.save"
    title: ClassVar[str] = N_("Save view")

    name: str = ask(N_("Name"), max_length=60)
    place: Place = ask(N_("List"), default=Place.TODAY, choices=PLACES)
    line: str = ask(N_("Filter"), default="", max_length=500, help=_LINE)
    shared: bool = ask(N_("For the team"), default=False)
    shortcut: int | None = ask(N_("Digit"), default=None, ge=_FIRST, le=_LAST, help=N_("1 to 9, after v"))
    replace: bool = ask(N_("Replace"), default=False, help=N_("the view of this name or digit"))
    query: str = ask(N_("Stored filter"), default="", hidden=True, max_length=20_000)


class EditFilter(Command):
    """Change a saved view; only what is given changes. A digit that another view of its owner has in that list needs
    `replace`: that one gives it up. (K49)"""

    permission: ClassVar[str] = "filter.save"
    title: ClassVar[str] = N_("Edit view")

    saved: int = ask(N_("View"), pick="saved_filters", hidden=True)
    name: str = ask(N_("Name"), default="", max_length=60)
    line: str = ask(N_("Filter"), default="", max_length=500, help=_LINE)
    shared: bool = ask(N_("For the team"), default=False)
    shortcut: int | None = ask(N_("Digit"), default=None, ge=_FIRST, le=_LAST, help=N_("1 to 9, after v"))
    replace: bool = ask(N_("Replace"), default=False, help=N_("the view of this name or digit"))
    query: str = ask(N_("Stored filter"), default="", hidden=True, max_length=20_000)
    version: int | None = seen_version()


class DeleteFilter(Command):
    """Remove a saved view. (K50)"""

    permission: ClassVar[str] = "filter.save"
    title: ClassVar[str] = N_("Delete view")

    saved: int = ask(N_("View"), pick="saved_filters", hidden=True)
