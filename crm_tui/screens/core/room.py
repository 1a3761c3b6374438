"""Below 60x20 one sentence asks for room, over whatever screen there is. (LOOK.md section 5)

The screen under it goes on as it is, focus and draft included: what is typed meanwhile lands where it would have
landed, and it stands there again once the terminal has grown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from textual.css.query import NoMatches

from crm_tui.i18n import N_, say
from crm_tui.widgets.lines import Lines
from crm_tui.widgets.looks import Run, paint

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.strip import Strip

COLUMNS: Final = 60
ROWS: Final = 20
LAYER: Final = "room"


class Room(Lines):
    """The sentence, over all of the screen."""

    DEFAULT_CSS = f"""
    Room {{ layer: {LAYER}; position: absolute; offset: 0 0; width: 100%; height: 100%; }}
    """

    def draw(self, width: int, height: int) -> list[Strip]:
        from crm_tui.widgets.pane import wrap

        words = say(
            N_("This terminal is too small: {columns}x{rows} at least; your text is kept."),
            columns=COLUMNS,
            rows=ROWS,
        )
        rows = wrap([Run(words, "bright")], max(1, width - 2))
        blank: list[list[Run]] = [[]] * max(0, (height - len(rows)) // 2)
        return [paint(self.look, [Run(" "), *row], width, self.GROUND) for row in [*blank, *rows][:height]]


def ask(screen: Screen[Any]) -> None:
    """Ask for room if there is too little, or take the sentence away."""
    width, height = screen.app.size
    small = width < COLUMNS or height < ROWS
    try:
        asking = screen.query_one(Room)
    except NoMatches:
        if small:
            screen.styles.layers = ("default", LAYER)  # type: ignore[assignment]  # Textual says one name
            screen.mount(Room())
        return
    asking.display = small
