"""`Look`: what the terminal can show, and styles, glyphs and cuts made for it.

The drawing widgets ask here and nowhere else, so that a widget never asks how many colours there are. It must
not know what is drawn, nor import Textual, pydantic or Babel: the first paint goes through it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from rich.cells import cell_len, set_cell_size
from rich.color import Color, ColorType
from rich.color_triplet import ColorTriplet
from rich.style import Style

from crm_tui.ui import glyphs, tokens


class Depth(StrEnum):
    """How many colours the terminal has: 24 bits, 256, 16, none."""

    TRUE = "true"
    C256 = "256"
    C16 = "16"
    MONO = "mono"


_LEVELS: Final = (0, 95, 135, 175, 215, 255)


def entry_rgb(number: int) -> tuple[int, int, int]:
    """The RGB that xterm gives palette entries 16 to 255 (the colour cube, then the grey ramp)."""
    if number >= 232:
        grey = 8 + 10 * (number - 232)
        return grey, grey, grey
    cube = number - 16
    return _LEVELS[cube // 36], _LEVELS[cube // 6 % 6], _LEVELS[cube % 6]


def _entry(number: int) -> Color:
    """A palette entry that stays one.

    It carries a triplet beside its number, because Textual's filter turns every colour without one into
    24-bit RGB, which Rich then rounds to another entry (188 became 252, 247 became 246).
    """
    return Color(f"color({number})", ColorType.EIGHT_BIT, number, ColorTriplet(*entry_rgb(number)))


@lru_cache(maxsize=1024)
def _rich(depth: Depth, dark: bool, fg: str, bg: str, bold: bool, underline: bool) -> Style:
    """One shared Style per request, so that strips compare and cache cheaply."""
    fg, bg = tokens.role(fg), tokens.role(bg)
    line = underline or None
    if depth is Depth.TRUE:
        palette = tokens.TRUE[dark]
        return Style(
            color=Color.parse(palette[fg]),
            bgcolor=Color.parse(palette[bg]),
            bold=bold or None,
            underline=line,
        )
    if depth is Depth.C256:
        entries = tokens.C256[dark]
        return Style(
            color=_entry(entries[fg]), bgcolor=_entry(entries[bg]), bold=bold or None, underline=line
        )
    if bg == "selection":
        return Style(reverse=True, bold=True, underline=line)
    if bg == "accent":
        return Style(reverse=True, bold=bold or None, underline=line)
    ansi = tokens.C16[dark].get(fg.removeprefix("bar_"), tokens.Ansi())
    heavy = (bold or ansi.bold or bg == "idle") and ansi.bold_allowed
    if depth is Depth.MONO:
        heavy = bold or ansi.bold or bg == "idle"
        return Style(bold=heavy or None, underline=line)
    return Style(
        color=None if ansi.color is None else Color.from_ansi(ansi.color),
        bgcolor=None if ansi.badge is None else Color.from_ansi(ansi.badge),
        bold=heavy or None,
        underline=line,
    )


@lru_cache(maxsize=128)
def _chip(depth: Depth, dark: bool, hue: int, selected: bool) -> Style:
    if depth is Depth.TRUE:
        text, chip = tokens.LABELS[dark][hue - 1]
        return Style(color=Color.parse(text), bgcolor=Color.parse(chip))
    if depth is Depth.C256:
        entry, ground = tokens.LABELS_256[dark][hue - 1]
        return Style(color=_entry(entry), bgcolor=_entry(ground))
    return Style(reverse=True, bold=True) if selected else Style()


@dataclass(frozen=True, slots=True)
class Look:
    """The depth of colour, dark or light ground, and whether glyphs are plain ASCII. Hashable."""

    depth: Depth = Depth.TRUE
    dark: bool = True
    ascii: bool = False

    @property
    def key(self) -> str:
        """A short text that differs whenever anything is drawn differently: a part of strip cache keys."""
        return f"{self.depth}{'d' if self.dark else 'l'}{'a' if self.ascii else 'u'}"

    @property
    def colourful(self) -> bool:
        """Whether backgrounds exist: panes are steps of ground, else their titles carry a rule."""
        return self.depth in (Depth.TRUE, Depth.C256)

    def style(
        self, fg: str = "text", bg: str = "background", *, bold: bool = False, underline: bool = False
    ) -> Style:
        """The Rich style of two roles of `ui.tokens` (an unknown one is a KeyError).

        In 16 colours and without colour, grounds are dropped: `selection` is reverse and bold with every
        colour dropped, because a red word on a reversed row becomes a red block; `idle` is bold. Nothing is
        ever faint, and colour 33 never bold.
        """
        return _rich(self.depth, self.dark, fg, bg, bold, underline)

    def label_style(self, hue: int, selected: bool = False) -> Style:
        """The chip of label hue 1 to 8; a hue outside is taken into that range by its remainder."""
        return _chip(self.depth, self.dark, (hue - 1) % 8 + 1, selected)

    def label(self, name: str) -> str:
        """A label's text: a chip with a cell of ground at both ends, or `#name` where there are no grounds.

        Always the name, never a dot: eight hues cannot be told apart by a colour-blind reader.
        """
        return f" {name} " if self.colourful else f"#{name}"

    def glyph(self, name: str) -> str:
        """The sign of that name (`ui.glyphs.GLYPHS`) or its ASCII partner."""
        return glyphs.glyph(name, self.ascii)

    def cut(self, text: str, cells: int) -> str:
        """The text in at most so many cells; what does not fit ends in `…`, the blanks before it go too."""
        if cells <= 0:
            return ""
        if (len(text) if text.isascii() else cell_len(text)) <= cells:
            return text
        return set_cell_size(text, cells - 1).rstrip() + self.glyph("cut")

    def cut_sentence(self, text: str, cells: int) -> str:
        """The same of a sentence: it ends between two words, unless that leaves less than half of it."""
        shown = self.cut(text, cells)
        if shown == text or not shown:
            return shown
        head = shown[: -len(self.glyph("cut"))]
        words = head if text[len(head)].isspace() else head.rpartition(" ")[0]
        words = words.rstrip(" ,;:")
        return words + self.glyph("cut") if len(words) >= len(head) / 2 else shown

    def pad(self, text: str, cells: int, *, right: bool = False) -> str:
        """The text in exactly so many cells: cut or filled with blanks, flush left or flush `right`."""
        shown = self.cut(text, cells)
        blank = " " * (cells - cell_len(shown))
        return blank + shown if right else shown + blank

    def rule(self, cells: int) -> str:
        """A one-row rule of so many cells."""
        return self.glyph("rule") * max(0, cells)
