"""Forms: questions about a card, their revisions, and which of them are asked. (E38, E41, B64)

Pure: a question's answer is a text as typed, or the value that it was read as.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from crm_tui.i18n import N_


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
