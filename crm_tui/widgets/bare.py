"""Containers that show nothing of their own, drawn as what they are: one blank row, repeated.

Textual draws every visible widget whole for every frame, however small the change: over half the time of a
cursor key went into rows of containers that nobody sees (measured at 120x36: 174 rows for two changed ones).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical
from textual.geometry import Region
from textual.strip import Strip

if TYPE_CHECKING:
    from textual.widget import Widget as _Widget
else:
    _Widget = object  # Textual takes style rules from the first base that is a widget: this must not be one


class Bare(_Widget):
    """Mixin of containers without border, padding or text of their own; not of sheets, which show what is below."""

    def render_lines(self, crop: Region) -> list[Strip]:
        strip, ground = Strip.blank(crop.width, self.visual_style.rich_style), self.background_colors[1]
        for line_filter in self.get_line_filters():
            strip = strip.apply_filter(line_filter, ground)
        return [strip] * crop.height


class Beside(Bare, Horizontal):
    """Children side by side."""


class Stacked(Bare, Vertical):
    """Children one below the other."""
