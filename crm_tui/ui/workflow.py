"""How a board's workflow reads, in one place for the screen and the command line. (B52)

A stage by its number and name; under it, indented, what is set of it, what it asks for, its question and the answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from crm_tui.domain.board import CATEGORY_NAMES, StageCategory
from crm_tui.domain.board_setup import StageSettings
from crm_tui.domain.deciding import Answer
from crm_tui.domain.gate import Moment
from crm_tui.domain.workflow import StageFlow, Workflow
from crm_tui.i18n import N_, say, say_n


class Told(NamedTuple):
    """A line: how deep it stands (0 a stage, 1 what is set of it, 2 an answer), its tone, its words."""

    depth: int
    tone: str
    words: str


def told(flow: Workflow) -> Iterator[Told]:
    """The workflow line by line."""
    for number, each in enumerate(flow.stages, start=1):
        yield Told(0, "bright", f"{number}. {each.stage.name}")
        yield from _stage(each)
        for answer in each.answers:
            yield Told(2, "text", _answer(flow, answer))


def _stage(each: StageFlow) -> Iterator[Told]:
    stage = each.stage
    yield Told(1, "muted", ", ".join(_set(stage)))
    for moment, label in ((Moment.ENTER, N_("To enter")), (Moment.LEAVE, N_("To leave"))):
        asked = [say(ask.what) for ask in each.asks if ask.moment == moment]
        if asked:
            yield Told(1, "text", f"{say(label)}: {', '.join(asked)}")
    if stage.question or each.answers:
        question = stage.question or say(N_("Where to?"))
        required = f" ({say(N_('answer required'))})" if stage.question_required else ""
        yield Told(1, "accent", f"{question}{required}")


def _set(stage: StageSettings) -> Iterator[str]:
    yield say(CATEGORY_NAMES[StageCategory(stage.category)]).lower()
    if stage.expected_days is not None:
        days = stage.expected_days
        yield say_n("to be left within {n} working day", "to be left within {n} working days", days)
    if stage.stale_days is not None:
        yield say_n("idle after {n} day", "idle after {n} days", stage.stale_days)
    answers_for = say(stage.answered_by) if stage.answered_by else ""
    if answers_for:
        yield say(N_("answered for by {who}"), who=answers_for)
    if stage.wip_limit is not None:
        yield say(N_("limit {n}"), n=stage.wip_limit)
    if stage.probability is not None:
        yield say(N_("chance {n} %"), n=stage.probability)


def _answer(flow: Workflow, answer: Answer) -> str:
    words = f"{answer.label} → {answer.to}"
    if answer.team:
        words += say(N_(", to {team}"), team=answer.team)
    if answer.closes:
        words += f", {say(CLOSES[StageCategory(answer.category)])}"
    if answer.asks_why:
        words += f", {say(N_('asks why'))}"
    following = flow.next_question(answer)
    return words + (say(N_("; then: {question}"), question=following) if following else "")


CLOSES = {
    StageCategory.WON: N_("a sale"),
    StageCategory.LOST: N_("a loss"),
    StageCategory.DONE: N_("the end"),
}
"""What an answer comes to that ends the card."""
