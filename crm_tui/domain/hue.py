"""The eight hues that labels, stages and boards may have; how each looks is the theme's. (LOOK.md §2)"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from crm_tui.i18n import N_


class Hue(StrEnum):
    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    GREEN = "green"
    TEAL = "teal"
    BLUE = "blue"
    VIOLET = "violet"
    PINK = "pink"


HUE_NAMES: Final[Mapping[Hue, str]] = {
    Hue.RED: N_("Red"),
    Hue.ORANGE: N_("Orange"),
    Hue.YELLOW: N_("Yellow"),
    Hue.GREEN: N_("Green"),
    Hue.TEAL: N_("Teal"),
    Hue.BLUE: N_("Blue"),
    Hue.VIOLET: N_("Violet"),
    Hue.PINK: N_("Pink"),
}
"""What a hue is called, in forms and in lists."""

_NUMBERS = {hue.value: number for number, hue in enumerate(Hue, start=1)}


def hue_number(color: str | None) -> int:
    """The number, 1 to 8, by which the looks call a hue; 0 for none."""
    return _NUMBERS.get(color or "", 0)
