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
from crm_tui.widgets.pane import wrap
from crm_tui.widgets.sheet import TEXT_CELLS

LABELS_AT_MOST: Final = 20
ROWS_AT_MOST: Final = 6
"""Of a sentence under the fields, and never more than a quarter of the screen: the fields stay in sight."""


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


class QuestionLabel(FieldLabel):
    """A question in as many rows as it needs."""

    DEFAULT_CSS = "QuestionLabel { height: auto; }"

    def __init__(self, words: str, width: int, room: int) -> None:
        super().__init__(words, width)
        if width > room:
            self.styles.width = "100%"
            self.styles.height = max(1, len(wrap([Run(f"! {words}")], room - 2)))

    def draw(self, width: int, height: int) -> list[Any]:
        mark = [Run("! ", "overdue", True)] if self.wrong else []
        tone = "overdue" if self.wrong else "muted"
        rows = wrap([*mark, Run(self.words, tone)], width - 2)[:height]
        return [paint(self.look, [Run(" "), *row], width, self.GROUND) for row in rows]


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
        rows = len(self._wrapped(max(20, self.app.size.width - 1)))
        self.styles.height = max(1, min(rows, ROWS_AT_MOST, self.app.size.height // 4))
        self.sync()

    def _wrapped(self, width: int) -> list[list[Run]]:
        return wrap([Run(self.words, self.tone)], min(width - 2, TEXT_CELLS))

    def draw(self, width: int, height: int) -> list[Any]:
        rows = self._wrapped(width)
        if len(rows) > height:
            whole = "".join(run.text for run in rows[height - 1])
            cut = self.look.cut(f"{whole.rstrip()} {self.look.glyph('cut')}", min(width - 2, TEXT_CELLS))
            rows = [*rows[: height - 1], [Run(cut, self.tone)]]
        return [paint(self.look, [Run(" "), *row], width, self.GROUND) for row in rows]


def label_room(specs: Sequence[FieldSpec]) -> int:
    """Cells of the labels' column of a form with these fields."""
    words = (spec.label if spec.literal else say(spec.label) for spec in specs)
    return min(LABELS_AT_MOST, max(map(cells, words), default=0)) + 4
