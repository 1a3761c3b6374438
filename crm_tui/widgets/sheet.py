"""The overlay: a sheet of full width on `raised`, attached to the header or to the footer.

A one-cell bar at its left edge says what kind it is: blue choice, yellow something missing, red refused. No
centred boxes: they cut words of the screen behind on both sides and repaint more. It knows nothing of
what stands on it; from 100 columns on its content keeps to 78 cells.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.strip import Strip
from textual.widget import Widget

from crm_tui.widgets.lines import Lines
from crm_tui.widgets.looks import Run, paint

TEXT_CELLS: Final = 78
WIDE: Final = 100


class Kind(StrEnum):
    """What a sheet is; the value is the role of its bar."""

    CHOICE = "accent"
    MISSING = "today"
    REFUSED = "overdue"


class _Edge(Lines):
    """The bar, one cell wide and as high as the sheet."""

    DEFAULT_CSS = "_Edge { dock: left; width: 1; height: 100%; }"
    GROUND = "raised"

    def __init__(self, kind: Kind) -> None:
        super().__init__()
        self.kind = kind

    def draw(self, width: int, height: int) -> list[Strip]:
        return [paint(self.look, [Run(self.look.glyph("bar"), self.kind)], width, self.GROUND)] * height


class Sheet(Widget):
    """A sheet with the widgets given. `top` attaches it under the header, else it stands on the footer.

    One row is left free at that side for header or footer. Content keeps its own margin of one cell (`Pane`
    does) and scrolls if the sheet would leave less than `spare` rows of the screen in sight; `foot` does not.
    """

    DEFAULT_CSS = """
    Sheet {
        width: 100%; height: auto; background: $panel; color: $foreground; layout: vertical;
        &.-top { dock: top; margin: 1 0 0 0; }
        &.-bottom { dock: bottom; margin: 0 0 1 0; }
    }
    Sheet > VerticalScroll { width: 100%; height: auto; scrollbar-size-vertical: 0; }
    """

    def __init__(
        self,
        *content: Widget,
        foot: Widget | None = None,
        kind: Kind = Kind.CHOICE,
        top: bool = False,
        spare: int = 4,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.add_class("-top" if top else "-bottom")
        self._edge = _Edge(kind)
        self._spare = spare
        self._foot = foot
        self.inner = VerticalScroll(*content, can_focus=False)
        """The container of the content; mount and remove there."""

    @property
    def kind(self) -> Kind:
        return self._edge.kind

    @kind.setter
    def kind(self, kind: Kind) -> None:
        """A question that became a refusal changes its bar in place."""
        self._edge.kind = kind
        self._edge.sync()

    def compose(self) -> ComposeResult:
        yield self._edge
        yield self.inner
        if self._foot is not None:
            yield self._foot

    def on_mount(self) -> None:
        self._fit()

    def on_resize(self, event: events.Resize) -> None:
        self._fit()

    def _fit(self) -> None:
        width, height = self.app.size
        self.inner.styles.padding = (0, width - 3 - TEXT_CELLS if width >= WIDE else 0, 0, 0)
        self.inner.styles.max_height = max(1, height - self._spare - (1 if self._foot is not None else 0))
