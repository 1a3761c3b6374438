"""Forms: questions about a card, their revisions, and which of them are asked. (E38, E41, B64)

Pure: a question's answer is a text as typed, or the value that it was read as.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, NamedTuple

from crm_tui.domain.fields import FieldSpec, Widget, item, items
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.text import fold, one_line, sanitise, words_of
from crm_tui.i18n import N_, Text


class FormKind(StrEnum):
    """What a form is for; who answers it and when is told apart by it. (MODEL.md §2)"""

    CYCLE = "cycle"
    QUALIFICATION = "qualification"
    ONLINE = "online"
    FEEDBACK = "feedback"


FORM_KIND_NAMES: Final[Mapping[FormKind, str]] = {
    FormKind.CYCLE: N_("Sales script"),
    FormKind.QUALIFICATION: N_("Qualification"),
    FormKind.ONLINE: N_("Form"),
    FormKind.FEEDBACK: N_("Feedback"),
}
"""What a kind is called, in forms and in lists."""


class QuestionType(StrEnum):
    """How a question is answered."""

    TEXT = "text"
    LONG = "long"
    INT = "int"
    MONEY = "money"
    DATE = "date"
    BOOL = "bool"
    CHOICE = "choice"
    MULTI = "multi"


QUESTION_TYPE_NAMES: Final[Mapping[QuestionType, str]] = {
    QuestionType.TEXT: N_("A line"),
    QuestionType.LONG: N_("A text"),
    QuestionType.INT: N_("A number"),
    QuestionType.MONEY: N_("An amount"),
    QuestionType.DATE: N_("A date"),
    QuestionType.BOOL: N_("Yes or no"),
    QuestionType.CHOICE: N_("One of several"),
    QuestionType.MULTI: N_("Some of several"),
}
"""What a type is called, in forms and in lists."""


LABEL_LIMIT: Final = 120
"""Letters of a question."""
OPTIONS_LIMIT: Final = 50
QUESTIONS_LIMIT: Final = 60
"""Questions that a form may ask; more is two forms."""
LINE_LIMIT: Final = 500
LONG_LIMIT: Final = 16_000
_KEY_LIMIT: Final = 40
CHOSEN: Final = frozenset({QuestionType.CHOICE, QuestionType.MULTI})
"""Types that have options."""

Value = str | int | bool | list[str]
"""What an answer was read as: cents of an amount, a day as ISO text, the options of a choice as they are worded."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A question is asked only if the one of this key was answered with one of these."""

    key: str
    values: tuple[Value, ...]

    def met(self, answer: Value | None) -> bool:
        """Whether an answer is one of them; of several options one is enough."""
        given = answer if isinstance(answer, list) else [answer]
        return any(type(each) is type(value) and each == value for each in given for value in self.values)


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is asked at some revision; `key` names it whatever its words become."""

    id: int
    key: str
    label: str
    type: QuestionType
    options: tuple[str, ...] = ()
    required: bool = False
    shown_if: Condition | None = None

    @property
    def spec(self) -> FieldSpec:
        """The field that it is answered in; its words are data."""
        return FieldSpec(
            name=self.key,
            label=self.label,
            widget=_WIDGETS[self.type],
            required=self.required,
            choices=tuple((item(o) if self.type is QuestionType.MULTI else o, o) for o in self.options),
            many=self.type is QuestionType.MULTI,
            literal=True,
        )


_WIDGETS: Final[Mapping[QuestionType, Widget]] = {
    QuestionType.TEXT: Widget.LINE,
    QuestionType.LONG: Widget.BODY,
    QuestionType.INT: Widget.NUMBER,
    QuestionType.MONEY: Widget.MONEY,
    QuestionType.DATE: Widget.WHEN,
    QuestionType.BOOL: Widget.FLAG,
    QuestionType.CHOICE: Widget.CHOICE,
    QuestionType.MULTI: Widget.CHOICE,
}


def asked(questions: Sequence[Question], answers: Mapping[str, Value]) -> list[Question]:
    """The questions that are asked given the answers, in order.

    A question depends on an earlier one alone, and one that depends on a hidden one is hidden: one pass tells, and no
    circle can be made.
    """
    found: list[Question] = []
    shown: set[str] = set()
    for question in questions:
        on = question.shown_if
        if on is None or (on.key in shown and on.met(answers.get(on.key))):
            found.append(question)
            shown.add(question.key)
    return found


def out_of_order(questions: Sequence[Question]) -> tuple[Question, str] | None:
    """The first question that depends on one that does not stand before it, with that one's key; None if none does."""
    before: set[str] = set()
    for question in questions:
        if question.shown_if is not None and question.shown_if.key not in before:
            return question, question.shown_if.key
        before.add(question.key)
    return None


def key_of(label: str, taken: Collection[str]) -> str:
    """The name of a new question for answers and scripts: its words once, unlike any other of the form."""
    words = re.sub(r"[^a-z0-9_]", "", "_".join(words_of(label)))[:_KEY_LIMIT].strip("_")
    base = words if words and not words[0].isdigit() else f"q_{words}".rstrip("_")
    numbered = (f"{base}_{n}" for n in range(2, len(taken) + 3))
    return next(key for key in (base, *numbered) if key not in taken)


def options_of(text: str) -> tuple[str, ...]:
    """The options of a choice as typed: one a line, or parted by commas in a single line; each once."""
    lines = [one_line(line) for line in sanitise(text).splitlines()]
    filled = [line for line in lines if line]
    found = [one_line(each) for each in items(filled[0])] if len(filled) == 1 else filled
    first: dict[str, str] = {}
    for each in found:
        first.setdefault(fold(each), each)
    return tuple(each for each in first.values() if each)


def options_right(type: QuestionType, options: Sequence[str]) -> Refusal | None:
    """Whether a question of this type may have these options."""
    if type not in CHOSEN:
        return None
    if len(options) < 2:
        reason = Text("A choice needs two options at least: write one a line.")
    elif len(options) > OPTIONS_LIMIT:
        reason = Text(
            "A choice has {most} options at most: ask it in two questions.", {"most": OPTIONS_LIMIT}
        )
    else:
        return None
    return Refusal(reason, RefusedBy.INPUT, ("options",))


# --- as JSON in the rows


def dump_condition(condition: Condition | None) -> str | None:
    """`{"key": …, "is": value or list of values}`; None for none."""
    if condition is None:
        return None
    values = condition.values
    told = {"key": condition.key, "is": values[0] if len(values) == 1 else list(values)}
    return json.dumps(told, ensure_ascii=False)


def load_condition(text: str | None) -> Condition | None:
    """What `dump_condition` wrote."""
    if not text:
        return None
    told = json.loads(text)
    given = told["is"]
    return Condition(told["key"], tuple(given) if isinstance(given, list) else (given,))


def dump_options(options: Sequence[str]) -> str | None:
    """The options as JSON; None for none."""
    return json.dumps(list(options), ensure_ascii=False) if options else None


def load_options(text: str | None) -> tuple[str, ...]:
    """What `dump_options` wrote."""
    return tuple(json.loads(text)) if text else ()


# --- what views answer


@dataclass(frozen=True, slots=True)
class FormAsked:
    """A form as it is asked about a card now: every question in order, and the answers in force as texts to type.

    Which of the questions are shown `domain.form_read.judge` tells from the texts. `seen` is the answer set that the
    texts come from, 0 where there is none: sent back with the new ones, it tells whether somebody was quicker.
    """

    form_id: int
    name: str
    revision: int
    questions: tuple[Question, ...]
    raw: Mapping[str, str]
    seen: int = 0


class CardField(NamedTuple):
    """A further field of a card: the form that it belongs to, what is asked, and what is known. (B11)"""

    form_id: int
    question: Question
    value: Value | None


class PersonFields(NamedTuple):
    """A form among a person's data: what it asks now of this person, with what is known. (M48)"""

    form_id: int
    form: str
    fields: tuple[CardField, ...]


class FormOfCard(NamedTuple):
    """A form as a card's list shows it: the latest answers, if any, and the stage that asks for it.

    `wanted` is the name of the first stage, up to the card's own, that asks for it before it is left; `answers` how
    many answer sets there are. Of a sales script `given` of the `asked` questions have an answer.
    """

    id: int
    name: str
    active: bool
    revision: int
    questions: int
    answers: int
    answered_at: datetime | None
    answered_by: str | None
    answered_revision: int | None
    wanted: str | None
    kind: str = FormKind.ONLINE
    given: int = 0
    asked: int = 0

    @property
    def open(self) -> bool:
        """Whether a stage waits for it."""
        return self.wanted is not None and not self.answers


@dataclass(frozen=True, slots=True)
class AnswerSet:
    """One answering of a form: the questions as they were then, those that were asked, and the values by key."""

    id: int
    form_id: int
    form: str
    card: str
    revision: int
    at: datetime
    by: str | None
    questions: tuple[Question, ...]
    values: Mapping[str, Value]
