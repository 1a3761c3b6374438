"""A list with a pane beside it, or below it, about the row under the cursor.

The pane follows once the cursor rests; what it says is the screen's.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.widget import Widget

from crm_tui.screens.core.resting import Resting
from crm_tui.screens.core.shape import Sided
from crm_tui.widgets.bare import Beside, Stacked
from crm_tui.widgets.pane import Pane


class Previewed(Sided[None]):
    """See the module. Give `listed` and `show_preview`, and call `cursor_moved`."""

    # a list that is not told its height takes all there is, and what stands over it pushes out its last row
    DEFAULT_CSS = """
    Previewed #list { height: 1fr; }
    Previewed #list VList { height: 1fr; }
    Previewed.-wide #list { width: 1fr; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.preview = Pane(id="preview", gap=0, titled=True)
        self._rest = Resting(self, self._rested)

    def body(self) -> ComposeResult:
        with Beside(id="work"):
            yield Stacked(*self.listed(), id="list")
            yield self.preview

    def listed(self) -> Iterable[Widget]:
        """The list and what stands over it, from top to bottom."""
        raise NotImplementedError

    def show_preview(self) -> None:
        """Say what is under the cursor now; only rows that differ are sent."""
        raise NotImplementedError

    def on_resize(self) -> None:
        self.show_preview()

    def cursor_moved(self) -> None:
        """The cursor is on another row: the pane follows when it rests."""
        self._rest.moved()

    def _rested(self) -> None:
        self.show_preview()
        self.show_footer()
