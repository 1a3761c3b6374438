"""What a board without cards says in their place."""

from __future__ import annotations

from crm_tui.i18n import N_, say
from crm_tui.widgets.looks import Run
from crm_tui.widgets.pane import Line


def teaching(
    stages: bool, *, filtered: bool = False, typing: bool = False, board: bool = True
) -> list[list[Line]]:
    """What belongs on an empty board, and the key that makes the first card; `typing`: letters are words now."""
    rows: list[tuple[str, str]] = []
    if filtered:
        words = [N_("Nothing matches.")]
        rows = [] if typing else [("F", N_("clear the filter"))]
    elif board and not stages:
        words = [
            N_("This board has no open stage yet."),
            N_("Each column is a stage: a card needs one to stand in."),
        ]
        rows = [
            (",", N_("add stages under Settings: on the board, o and then s")),
            ("b", N_("look at another board")),
        ]
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
    return [[Line(), *said], taught] if taught else [[Line(), *said]]
