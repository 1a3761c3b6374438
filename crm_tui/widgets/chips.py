"""Labels in a row: each by its name on its hue, and those that do not fit counted.

Knows (name, hue 1 to 8) and nothing of cards.
"""

from __future__ import annotations

from collections.abc import Sequence

from crm_tui.ui.look import Look
from crm_tui.widgets.looks import Run, clean, width_of

Chip = tuple[str, int]
"""A label's name and hue."""


def chip(look: Look, label: Chip, *, selected: bool = False) -> Run:
    """One label; `selected` where it stands on the cursor row of a terminal without grounds."""
    name, hue = label
    return Run(look.label(clean(name)), style=look.label_style(hue, selected), whole=True)


def fitting(look: Look, labels: Sequence[Chip], room: int, *, selected: bool = False) -> list[Run]:
    """As many labels as fit, each behind a blank; the others are counted: `+2`."""
    chips = [chip(look, label, selected=selected) for label in labels]
    for count in range(len(chips), -1, -1):
        rest = f"+{len(chips) - count}" if count < len(chips) else ""
        runs: list[Run] = []
        for each in chips[:count]:
            runs += [Run(" "), each]
        if rest:
            runs += [Run(" "), Run(rest, "muted")]
        if width_of(runs) <= room:
            return runs
    return []
