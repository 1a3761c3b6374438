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


_NUMBERS = {hue.value: number for number, hue in enumerate(Hue, start=1)}


def hue_number(color: str | None) -> int:
    """The number, 1 to 8, by which the looks call a hue; 0 for none."""
    return _NUMBERS.get(color or "", 0)
