"""What a board without cards says in their place."""

from __future__ import annotations

from crm_tui.i18n import N_, say
from crm_tui.widgets.looks import Run
from crm_tui.widgets.pane import Line


def teaching(stages: bool, *, filtered: bool = False) -> list[list[Line]]:
    """What belongs on an empty board, and the key that makes the first card."""
    if filtered:
        words, rows = [N_("Nothing matches.")], [("F", N_("clear the filter"))]
    elif not stages:
        words = [N_("There is no board with open stages yet.")]
        rows = [(",", N_("make one under Settings"))]
    else:
        words = [
            N_("No card is open on this board."),
            N_("Each column is a stage: a card goes from left to right until it is won or lost."),
        ]
        rows = [("+", N_("the first card, in this stage")), ("b", N_("look at another board"))]
    said = [
        Line((Run(f"    {say(w)}", "muted" if n else "bright", not n),), hang=4) for n, w in enumerate(words)
    ]
    taught = [Line((Run(f"    {key}", "accent", True), Run(f"  {say(text)}", "text"))) for key, text in rows]
    return [[Line(), *said], taught]
