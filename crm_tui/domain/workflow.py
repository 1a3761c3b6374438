"""The workflow of a board whole: its stages, what each asks for, and the answers that lead on. (B50-B52)

Rows only; how it reads is said where it is shown.
"""

from __future__ import annotations

from typing import NamedTuple

from crm_tui.domain.board_setup import StageSettings
from crm_tui.domain.deciding import Answer
from crm_tui.i18n import Text


class Asks(NamedTuple):
    """What a stage asks for, on entering or on leaving it (`domain.gate.Moment`)."""

    moment: str
    what: Text


class StageFlow(NamedTuple):
    """A stage as it is set up, what it asks for in force, and the answers to its question."""

    stage: StageSettings
    asks: tuple[Asks, ...]
    answers: tuple[Answer, ...]


class Workflow(NamedTuple):
    """The stages of a board in their order."""

    board: str
    stages: tuple[StageFlow, ...]

    def next_question(self, answer: Answer) -> str | None:
        """What is asked next where an answer leads; None where nothing is."""
        following = next(
            (each for each in self.stages if each.stage.id == answer.to_id and each.answers), None
        )
        return None if following is None else following.stage.question or following.stage.name
