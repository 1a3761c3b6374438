"""What happens to forms and their questions, and that one was answered about a card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crm_tui.domain.happened import Happened, Named
from crm_tui.i18n import N_


class FormAdded(Named):
    kind = "form.added"
    entity = "form"
    sentence = N_("Form {name} added")


class FormEdited(Named):
    kind = "form.edited"
    entity = "form"
    sentence = N_("Form {name} changed")


class FormDeactivated(Named):
    kind = "form.deactivated"
    entity = "form"
    sentence = N_("Form {name} taken out of use")


class FormReactivated(Named):
    kind = "form.reactivated"
    entity = "form"
    sentence = N_("Form {name} back in use")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAdded(Happened):
    kind: ClassVar[str] = "question.added"
    entity: ClassVar[str] = "question"
    sentence: ClassVar[str] = N_("Question added to {form}: {question}")
    form: str
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionEdited(Happened):
    kind: ClassVar[str] = "question.edited"
    entity: ClassVar[str] = "question"
    sentence: ClassVar[str] = N_("Question of {form} changed: {question}")
    form: str
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionMoved(Happened):
    kind: ClassVar[str] = "question.moved"
    entity: ClassVar[str] = "question"
    sentence: ClassVar[str] = N_("Another place in {form}: {question}")
    form: str
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRemoved(Happened):
    kind: ClassVar[str] = "question.removed"
    entity: ClassVar[str] = "question"
    sentence: ClassVar[str] = N_("Question taken out of {form}: {question}")
    form: str
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormAnswered(Happened):
    """Answered for the first time about this card."""

    kind: ClassVar[str] = "form.answered"
    entity: ClassVar[str] = "response"
    sentence: ClassVar[str] = N_("Form {form} answered")
    form: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormAnsweredAgain(Happened):
    """Answered once more; `questions` are those whose answers changed."""

    kind: ClassVar[str] = "form.answered_again"
    entity: ClassVar[str] = "response"
    sentence: ClassVar[str] = N_("Form {form} answered again: {questions}")
    form: str
    questions: str
