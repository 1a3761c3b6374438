"""How the questions of a form stand in its sheet: beside their fields, or above them where they are long."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from textual.widget import Widget

from crm_tui.domain.fields import FieldSpec
from crm_tui.screens.core.formrows import FieldLabel, QuestionLabel
from crm_tui.widgets.bare import Beside, Stacked
from crm_tui.widgets.looks import cells, clean
from crm_tui.widgets.sheet import TEXT_CELLS

SHARE: Final = 50
"""Per cent of the sheet that labels may take beside their fields."""
MARK: Final = "*"
"""Behind a question that must be answered."""


def _words(spec: FieldSpec) -> str:
    return f"{clean(spec.label)} {MARK}" if spec.required else clean(spec.label)


def _longest(specs: Sequence[FieldSpec]) -> int:
    return max((cells(_words(spec)) for spec in specs), default=0) + 4


def column_of(specs: Sequence[FieldSpec], width: int) -> int:
    """The cells of the labels' column, 0 where the questions stand above their fields."""
    found = _longest(specs)
    return found if found <= min(width, TEXT_CELLS) * SHARE // 100 else 0


def row_of(spec: FieldSpec, field: Widget, column: int, width: int) -> tuple[FieldLabel, Widget]:
    """A question with its field: the label, and the row that holds both."""
    room = min(width - 2, TEXT_CELLS)
    if column:
        label = QuestionLabel(_words(spec), column, room)
        return label, Beside(label, field, classes="asked")
    label = QuestionLabel(_words(spec), room + 1, room)
    return label, Stacked(label, field, classes="asked -stacked")
