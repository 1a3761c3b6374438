"""A place that is one list, whose rows open: appointments of a record, those behind a number of Painel.

Knows no row: what they are, how they are drawn and what they open is said by each of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from textual.app import ComposeResult

from crm_tui.i18n import say
from crm_tui.screens.core.navigate import Navigates
from crm_tui.screens.core.place import Place
from crm_tui.widgets.looks import Run
from crm_tui.widgets.rows import RowPainter
from crm_tui.widgets.vlist import VList

R = TypeVar("R")


class OneList(Navigates, Place[None], Generic[R]):
    """See the module. Give `found`, `key_of`, `painter`, `action_rec_open`, and offer `rec.open`."""

    OVER = True
    SCOPES = ("app", "place", "record")
    NOTHING = ""
    """What is said where there is no row."""
    DEFAULT_CSS = "OneList VList { height: 1fr; }"

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[R] = []

    def found(self) -> Sequence[R]:
        """The rows as they are now."""
        raise NotImplementedError

    def key_of(self, row: R) -> int:
        """What a row is known by."""
        raise NotImplementedError

    def painter(self) -> RowPainter[R]:
        """Who draws the rows as they are now."""
        raise NotImplementedError

    def action_rec_open(self) -> None:
        """Open the row under the cursor."""
        raise NotImplementedError

    def body(self) -> ComposeResult:
        self.vlist: VList[R] = VList(self._fetch, self.painter(), id="rows")
        yield self.title_bar
        yield self.vlist

    def target(self) -> VList[R]:
        return self.vlist

    def on_mount(self) -> None:
        self.read()
        self.vlist.focus()

    def read(self) -> None:
        self.rows = self.found()
        self.vlist.show([self.key_of(row) for row in self.rows], painter=self.painter())
        self.vlist.below(*([] if self.rows else [[Run("   "), Run(say(self.NOTHING), "bright", True)]]))
        self.show_title()
        self.show_footer()

    def _fetch(self, start: int, count: int) -> Sequence[R]:
        return self.rows[start : start + count]

    @property
    def hinted(self) -> frozenset[str]:
        return self.OFFERS if self.vlist.row is not None else self.OFFERS - {"rec.open"}

    def on_vlist_moved(self) -> None:
        self.show_footer()

    def on_vlist_opened(self) -> None:
        self.action_rec_open()
