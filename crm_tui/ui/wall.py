"""The last wall before the terminal: no control sequence from data gets through, whatever drew it.

The writer has already made such characters visible (`domain.text.sanitise`); this filter stands behind it for
what came another way, because Textual passes ESC, OSC and C1 bytes of data through in 25 of 26 surfaces
(measured). It removes silently and never changes a width: every character that it removes counts no cell, and
one that does (a lone surrogate) is replaced. Signs made of several characters, on whose width terminals differ,
are drawn as one that has the same width everywhere. It must not know what is drawn.
"""

from __future__ import annotations

import re
from typing import Final

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_SURROGATE: Final = "[\ud800-\udfff]"
"""A text and not a pattern, as the two below: what is seldom met is compiled when it is (2 ms of a start)."""
_UNSAFE: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f"  # C0 (a tab too: in a finished line it would move the cursor), DEL, C1
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction: marks, embeddings, overrides, isolates
    "\u180e\u200b\u200c\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb"  # zero width; the joiner U+200D stays in words
    "\u2028\u2029"  # line and paragraph separators
    "\U000e0000-\U000e007f"  # tags: a second, invisible text
    "\ud800-\udfff]"
)


_FLAG: Final = "[\U0001f1e6-\U0001f1ff]{2}"
_COMPOSED: Final = (
    "([^\ufe0f])(?:\ufe0f|\u20e3|[\U0001f3fb-\U0001f3ff]|\u200d[\u2190-\u2bff\U0001f000-\U0001faff])+"
)
"""A sign and what is composed onto it: emoji presentation, keycap, skin, another emoji behind a joiner."""
_PARTS: Final = re.compile("[\u20e3\u200d\ufe0f\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff]")
"""What composes; the joiner alone stands in words, too. One set: with the long range behind it, it took 2 ms more."""


def settled(text: str) -> str:
    """The text with each composed sign as its first one, in the same number of cells: `👩‍🔬` is `👩`, a flag its
    two letters.

    Rich and new terminals count a composed sign as two cells; xterm, VTE and tmux before 3.6 add up its parts
    (a family of four: eight), and everything on its right stood elsewhere.
    """
    if _PARTS.search(text) is None:
        return text
    text = re.sub(_FLAG, lambda flag: "".join(chr(ord(c) - 0x1F1E6 + ord("A")) for c in flag.group()), text)
    return re.sub(_COMPOSED, lambda sign: sign[1] + " " * (cell_len(sign[0]) - cell_len(sign[1])), text)


def harmless(text: str) -> str:
    """The text without anything that could steer a terminal; the same object if there was nothing."""
    if text.isascii() and text.isprintable():
        return text
    text = settled(text)
    if _UNSAFE.search(text) is None:
        return text
    return _UNSAFE.sub("", re.sub(_SURROGATE, "\ufffd", text))


class Wall(LineFilter):
    """Append it to the filters of the app (`get_line_filters`), after all others."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments with harmless texts; a clean line costs a look or two per segment."""
        found = []
        for segment in segments:
            text = harmless(segment.text)
            found.append(segment if text is segment.text else segment._replace(text=text))
        return found
