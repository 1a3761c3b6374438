"""The arrow keys of a place, handed to whichever of its panes has the focus.

A screen binds `nav.*`; what moves is `target()`: a list or a pane of text. Knows neither rows nor text.
"""

from __future__ import annotations

from typing import Any

from crm_tui.widgets.pane import Pane
from crm_tui.widgets.vlist import VList

NAV = frozenset(("nav.up", "nav.down", "nav.first", "nav.last", "nav.page_up", "nav.page_down"))
"""What a screen with this mixin offers."""


class Navigates:
    """Mixin of screens. Give `target`: the list or pane that the arrows move."""

    def target(self) -> VList[Any] | Pane | None:
        """What the arrows move now; None: nothing."""
        raise NotImplementedError

    def _turn(self, way: str) -> None:
        found = self.target()
        if found is not None:
            kind = "nav" if isinstance(found, VList) else "pane"
            getattr(found, f"action_{kind}_{way}")()

    def action_nav_up(self) -> None:
        self._turn("up")

    def action_nav_down(self) -> None:
        self._turn("down")

    def action_nav_first(self) -> None:
        self._turn("first")

    def action_nav_last(self) -> None:
        self._turn("last")

    def action_nav_page_up(self) -> None:
        self._turn("page_up")

    def action_nav_page_down(self) -> None:
        self._turn("page_down")
