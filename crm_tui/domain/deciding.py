"""What comes of a stage: its question, the answers to it, and the way on which several of them lead. (B49-B51)

Pure: the answers as they stand now are handed in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from crm_tui.domain.board import StageCategory
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.i18n import Text

CLOSING: Final = frozenset((StageCategory.WON, StageCategory.LOST, StageCategory.DONE))
"""Categories of the stages in which a card ends."""


class Answer(NamedTuple):
    """An answer to the question of a stage, and where it leads; `team` is the responsibility centre that takes over.

    `version` tells whether it was changed since somebody saw it; `gone`: the stage that it leads to was removed.
    """

    id: int
    version: int
    stage_id: int
    stage: str
    question: str | None
    label: str
    to_id: int
    to: str
    category: str
    team_id: int | None = None
    team: str | None = None
    asks_why: bool = False
    gone: bool = False

    @property
    def closes(self) -> bool:
        """Whether the card ends by it."""
        return self.category in CLOSING

    @property
    def said(self) -> str:
        """The question with this answer, as the trail tells it; a stage without a question is named."""
        return f"{self.question or self.stage} → {self.label}"


@dataclass(frozen=True, slots=True)
class Decision:
    """The open question of a stage: what is asked and what may be answered, in order; `required`: a note is not filed
    there without an answer or another stage."""

    stage_id: int
    stage: str
    question: str | None
    required: bool
    answers: tuple[Answer, ...]


def path(standing: int, given: Sequence[Answer]) -> tuple[int, ...]:
    """The stages that a card goes through, from where it stands."""
    return (standing, *(answer.to_id for answer in given))


def offered(decision: Decision | None, before: Sequence[int]) -> tuple[Answer, ...]:
    """The answers that may follow on a way: none leads back to where the card was on it, so that no way is endless."""
    if decision is None:
        return ()
    return tuple(each for each in decision.answers if not each.gone and each.to_id not in before)


def astray(card: str, standing: int, stage: str, given: Sequence[Answer]) -> Refusal | None:
    """Why these answers are no way from where a card (by its number) stands, in a stage of this name."""
    here, where, been = standing, stage, {standing}
    for n, answer in enumerate(given):
        facts = {"label": answer.label, "stage": where, "to": answer.to, "number": card}
        if answer.stage_id != here and n == 0:
            reason = Text(
                "{number} stands in {stage} now, where “{label}” is no answer: look at what is asked there, then file "
                "again; your text is kept.",
                facts,
            )
            return Refusal(reason, fields=("answer",))
        if answer.stage_id != here:
            reason = Text("“{label}” is no answer of {stage}: choose one of its own.", facts)
            return Refusal(reason, fields=("answer",))
        if answer.gone:
            reason = Text(
                "“{label}” leads to {to}, which was removed: choose another answer, or change it under Settings.",
                facts,
            )
            return Refusal(reason, fields=("answer",))
        if answer.to_id in been:
            reason = Text(
                "“{label}” leads back to {to}, where the card has just been: file first, then go back.", facts
            )
            return Refusal(reason, fields=("answer",))
        been.add(answer.to_id)
        here, where = answer.to_id, answer.to
    return None


def unfinished(given: Sequence[Answer], *, reason: str, stage: int | None, step: bool) -> Refusal | None:
    """What is still to be said of a way that is one: `stage` is the one chosen beside it, `step` whether a next step
    is planned."""
    last = given[-1]
    facts = {"label": last.label, "to": last.to}
    if stage is not None and stage != last.to_id:
        told = Text("“{label}” leads to {to}: leave the stage as it is, or take the answer away.", facts)
        return Refusal(told, fields=("answer", "stage"))
    why = next((each for each in given if each.asks_why), None)
    if why is not None and not reason.strip():
        told = Text("“{label}” asks why: write the reason.", {"label": why.label})
        return Refusal(told, RefusedBy.INPUT, ("reason",))
    if last.closes and step:
        told = Text(
            "“{label}” closes the card, and a closed card has no next step: leave “when” empty.", facts
        )
        return Refusal(told, fields=("next_when",))
    return None


def unanswered(decision: Decision) -> Refusal:
    """Why nothing is filed in a stage that wants its answer."""
    facts = {"stage": decision.stage, "question": decision.question or decision.stage}
    return Refusal(
        Text("{stage} asks “{question}”: choose the answer, or another stage.", facts), fields=("answer",)
    )
