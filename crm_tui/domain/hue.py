"""The eight hues that labels, stages and boards may have; how each looks is the theme's. (LOOK.md §2)"""

from __future__ import annotations

from enum import StrEnum


class Hue(StrEnum):
    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    GREEN = "green"
    TEAL = "teal"
    BLUE = "blue"
    VIOLET = "violet"
    PINK = "pink"
