"""Pessoas beyond the first answers: the list grows under the cursor, and what a filter means is looked for among all.

The first answers come from those whom an index leads to, or from the newest, so that no key waits; whoever walks to
their end, marks all or leaves the line gets the others. A key in the line takes the longer search back at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from crm_tui.domain.filter_tree import Filter
from crm_tui.domain.party import Found
from crm_tui.screens.core.latest import Latest
from crm_tui.screens.core.reach import reaches
from crm_tui.services.party import views

if TYPE_CHECKING:
    from crm_tui.screens.core.base import CrmScreen
    from crm_tui.services.core.crm import Crm

FIRST: Final = views.SHOWN
MOST: Final = 20_000
"""So many rows a list holds at most: whoever wants more of a million narrows, or writes a file."""
_STEP: Final = 4
"""How many times as long it gets each time its end is reached."""
_NEAR: Final = 3
"""Rows before its end at which it grows."""


class Sought(NamedTuple):
    """What is searched for: a text as it comes, or by a filter."""

    text: str = ""
    found: Filter | None = None


def ask(crm: Crm, sought: Sought, most: int, *, whole: bool) -> Found:
    """Off the UI thread: words over a million people may take longer than a key."""
    if not reaches(crm, views.search):
        return Found((), more=False)
    found: Found = crm.read(views.search, sought.text, most, found=sought.found, whole=whole)
    return found


class Further:
    """How far the answers to one question were read; `told` gets the longer ones."""

    def __init__(self, owner: CrmScreen[Any], told: Callable[[Sought, Found], None]) -> None:
        self._owner, self._told = owner, told
        self.most = FIRST
        self.whole = False
        """Whether everybody was read, so that reading anew has to as well."""
        self._rest: Latest[tuple[Sought, int], Found] = Latest(owner, self._ask, self._answered)

    def begin(self) -> None:
        """Another question: what still runs for the last one is taken back."""
        self._rest.drop()
        self.most, self.whole = FIRST, False

    def go_on(self, sought: Sought, found: Found) -> None:
        """The first answers are here: if not everybody was looked at for them, look at the others now."""
        if found.partly:
            self._rest.want((sought, self.most))

    def again(self, sought: Sought) -> None:
        """Read as far as it was read before."""
        self._rest.want((sought, self.most))

    def near(self, sought: Sought, found: Found, index: int) -> None:
        """The cursor is here."""
        if found.more and index >= len(found.hits) - _NEAR and not self._rest.pending and self.most < MOST:
            self.most = min(self.most * _STEP, MOST)
            self._rest.want((sought, self.most))

    def all(self, sought: Sought, found: Found, then: Callable[[], None]) -> None:
        """Everybody, as far as a list goes; then do this."""
        if found.more and self.most < MOST:
            self.most = MOST
            self._rest.want((sought, self.most))
        self._rest.then(then)

    def _ask(self, asked: tuple[Sought, int]) -> Found:
        return ask(self._owner.crm, *asked, whole=True)

    def _answered(self, asked: tuple[Sought, int], found: Found) -> None:
        self.whole = True
        self._told(asked[0], found)
