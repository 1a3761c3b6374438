"""The glyphs and their plain-ASCII partners.

Each is one cell wide, in most programmers' fonts, and not in Unicode's list of characters that a variation
selector turns into an emoji (`⏸ ▶ ☑` are forbidden for that). It must not know colours or widgets.
The Linux console has no fallback fonts and lacks `○ ◇ ✓ ▌ ▄ ‖`: there the partners are shown.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Glyph(NamedTuple):
    """A sign, its ASCII partner, and the place of the screen where partners must not collide."""

    sign: str
    ascii: str
    place: str


GLYPHS: Final[dict[str, Glyph]] = {
    # due states, cell 3 of a row
    "overdue": Glyph("!", "!", "state"),
    "today": Glyph("●", "*", "state"),
    "internal": Glyph("◇", ">", "state"),
    "open": Glyph("○", "o", "state"),
    "closed": Glyph("✓", "x", "state"),
    "none": Glyph("∅", "?", "state"),
    # flags, the last four cells of a row, each before a number or alone
    "broken": Glyph("!", "!", "flag"),
    "stale": Glyph("‖", "=", "flag"),
    "late": Glyph("»", "+", "flag"),
    "reopened": Glyph("«", "<", "flag"),
    "draft": Glyph("¶", "&", "flag"),
    "snoozed": Glyph("z", "z", "flag"),
    # cells 0 and 1
    "bar": Glyph("▌", "|", "edge"),
    "mark": Glyph("■", "#", "edge"),
    "left": Glyph("‹", "<", "edge"),
    "right": Glyph("›", ">", "edge"),
    "missing": Glyph("!", "!", "field"),
    "choice": Glyph("▾", "v", "field"),
    "path": Glyph("▸", ">", "field"),
    "leads": Glyph("→", ":", "field"),
    "cut": Glyph("…", "~", "text"),
    "dash": Glyph("—", "-", "text"),
    "quote": Glyph("“", '"', "text"),
    "unquote": Glyph("”", '"', "text"),
    # the grid of free days
    "free": Glyph("·", ".", "grid"),
    "partly": Glyph("▒", "%", "grid"),
    "busy": Glyph("█", "#", "grid"),
    "off": Glyph("×", "x", "grid"),
    "chosen": Glyph("■", "@", "grid"),
    "rule": Glyph("─", "-", "rule"),
    "chart": Glyph("▄", "=", "chart"),
    "spark1": Glyph("▁", "_", "spark"),
    "spark2": Glyph("▂", ".", "spark"),
    "spark3": Glyph("▃", ":", "spark"),
    "spark4": Glyph("▄", "-", "spark"),
    "spark5": Glyph("▅", "=", "spark"),
    "spark6": Glyph("▆", "+", "spark"),
    "spark7": Glyph("▇", "*", "spark"),
    "spark8": Glyph("█", "#", "spark"),
}

_PLAIN: Final = str.maketrans({g.sign: g.ascii for name, g in GLYPHS.items() if name != "chosen"})


def glyph(name: str, ascii: bool) -> str:
    """The sign of that name or its partner; an unknown name is a KeyError, because it is a fault of ours."""
    found = GLYPHS[name]
    return found.ascii if ascii else found.sign


def spark(share: float, ascii: bool) -> str:
    """One cell of a sparkline for 0 to 1; nothing at all is a blank."""
    if share <= 0:
        return " "
    return glyph(f"spark{min(8, 1 + int(share * 8))}", ascii)


def plain_ascii(text: str) -> str:
    """Our own signs inside a finished sentence, put into ASCII; letters with accents stay."""
    return text.translate(_PLAIN)
