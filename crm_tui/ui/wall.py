"""The last wall before the terminal: no control sequence from data gets through, whatever drew it.

The writer has already made such characters visible (`domain.text.sanitise`); this filter stands behind it for
what came another way, because Textual passes ESC, OSC and C1 bytes of data through in 25 of 26 surfaces
(measured). It removes silently and never changes a width: every character that it removes counts no cell, and
one that does (a lone surrogate) is replaced. It must not know what is drawn.
"""

from __future__ import annotations

import re
from typing import Final

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_UNSAFE: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f"  # C0 (a tab too: in a finished line it would move the cursor), DEL, C1
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction: marks, embeddings, overrides, isolates
    "\u180e\u200b\u200c\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb"  # zero width; the joiner U+200D stays
    "\u2028\u2029"  # line and paragraph separators
    "\U000e0000-\U000e007f"  # tags: a second, invisible text
    "\ud800-\udfff]"
)


def harmless(text: str) -> str:
    """The text without anything that could steer a terminal; the same object if there was nothing."""
    if _UNSAFE.search(text) is None:
        return text
    return _UNSAFE.sub("", _SURROGATE.sub("\ufffd", text))


class Wall(LineFilter):
    """Append it to the filters of the app (`get_line_filters`), after all others."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments with harmless texts; a clean line costs one search per segment."""
        return [
            segment if _UNSAFE.search(segment.text) is None else segment._replace(text=harmless(segment.text))
            for segment in segments
        ]
