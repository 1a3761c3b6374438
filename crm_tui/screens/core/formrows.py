"""What stands round the fields of a form: their labels, and the one sentence under them.

It knows no command; what the sentence says is the form's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from crm_tui.domain.fields import FieldSpec
from crm_tui.i18n import say
from crm_tui.widgets.lines import Lines
from crm_tui.widgets.looks import Run, cells, paint
from crm_tui.widgets.sheet import TEXT_CELLS

LABELS_AT_MOST: Final = 20


class FieldLabel(Lines):
    """The label of a field; `!` before it when the field was refused."""

    DEFAULT_CSS = "FieldLabel { height: 1; }"
    GROUND = "raised"

    def __init__(self, words: str, width: int) -> None:
        super().__init__()
        self.words = words
        self.wrong = False
        self.styles.width = width

    def draw(self, width: int, height: int) -> list[Any]:
        mark = Run("! " if self.wrong else "", "overdue", True)
        tone = "overdue" if self.wrong else "muted"
        return [paint(self.look, [Run(" "), mark, Run(self.words, tone)], width, self.GROUND)]


class Message(Lines):
    """One sentence under the fields: what is expected, or that it is being saved."""

    DEFAULT_CSS = "Message { height: auto; width: 100%; min-height: 1; }"
    GROUND = "raised"

    def __init__(self) -> None:
        super().__init__()
        self.words = ""
        self.tone = "muted"

    def say(self, words: str, tone: str = "muted") -> None:
        """Another sentence; empty: none."""
        self.words, self.tone = words, tone
        self.styles.height = max(1, len(self._wrapped(max(20, self.app.size.width - 1))))
        self.sync()

    def _wrapped(self, width: int) -> list[list[Run]]:
        from crm_tui.widgets.pane import wrap

        return wrap([Run(self.words, self.tone)], min(width - 2, TEXT_CELLS))

    def draw(self, width: int, height: int) -> list[Any]:
        rows = self._wrapped(width)[:height]
        return [paint(self.look, [Run(" "), *row], width, self.GROUND) for row in rows]


def label_room(specs: Sequence[FieldSpec]) -> int:
    """Cells of the labels' column of a form with these fields."""
    words = (spec.label if spec.literal else say(spec.label) for spec in specs)
    return min(LABELS_AT_MOST, max(map(cells, words), default=0)) + 4
