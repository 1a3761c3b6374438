"""Searching as one types, where what follows must act on the answer to what stands in the line.

The mixin of screens with a `SearchLine` and a `Latest`; what is asked, and where the keys lead, is the screen's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crm_tui.screens.core.latest import Latest
    from crm_tui.screens.core.searchline import SearchLine


class Searches:
    """See the module. Give `left`, and ask through `_search`."""

    words = ""
    """What was asked for last."""
    _search: Latest[str, Any]

    def left(self, key: str) -> None:
        """`enter`, `down` or `up` leaves the line: at once, or by `_search.then` with the answer."""
        raise NotImplementedError

    def look_for(self, words: str) -> None:
        """Ask for these words, unless they were asked for last."""
        if words != self.words:
            self.words = words
            self._search.want(words)

    def on_search_line_typed(self, event: SearchLine.Typed) -> None:
        self.look_for(event.words)

    def on_search_line_left(self, event: SearchLine.Left) -> None:
        """The line's words first: of keys that arrive together the last letter may not have been heard of yet."""
        self.look_for(event.words)
        self.left(event.key)
