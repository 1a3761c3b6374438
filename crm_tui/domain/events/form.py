"""What happens to forms and their questions, and that one was answered about a card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crm_tui.domain.happened import Happened
from crm_tui.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class FormAdded(Happened):
    kind: ClassVar[str] = "form.added"
    entity: ClassVar[str] = "form"
    sentence: ClassVar[str] = N_("Form {name} added")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormEdited(Happened):
    kind: ClassVar[str] = "form.edited"
    entity: ClassVar[str] = "form"
    sentence: ClassVar[str] = N_("Form {name} changed")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormDeactivated(Happened):
    kind: ClassVar[str] = "form.deactivated"
    entity: ClassVar[str] = "form"
    sentence: ClassVar[str] = N_("Form {name} taken out of use")
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormReactivated(Happened):
    kind: ClassVar[str] = "form.reactivated"
    entity: ClassVar[str] = "form"
    sentence: ClassVar[str] = N_("Form {name} back in use")
    name: str


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
