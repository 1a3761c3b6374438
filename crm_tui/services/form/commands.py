"""What may be asked about forms, their questions, and the answers about a card."""

from __future__ import annotations

from typing import ClassVar

from crm_tui.domain.access import SET_UP
from crm_tui.domain.fields import ShownIf, Widget
from crm_tui.domain.form import (
    CHOSEN,
    FORM_KIND_NAMES,
    LABEL_LIMIT,
    QUESTION_TYPE_NAMES,
    FormKind,
    QuestionType,
)
from crm_tui.i18n import N_
from crm_tui.services.core.commands import Command, ask, choices, seen_version

_OF_CHOICE = ShownIf("type", tuple(sorted(kind.value for kind in CHOSEN)))
_WHERE = N_("offered on its cards alone; empty: on all")
_OF_TYPE = N_("offered on its cards alone; empty: whatever theirs is")
_AMONG = N_("its answers stand among the fields")
_OF_PEOPLE = N_("fields of people, not of cards; for good once it was answered")


class AddForm(Command):
    """A new form, at the end of the list; its questions are added then. With `on_card` they are further fields of a
    card, with `on_person` fields of people. (B11, B65, M48)"""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("New form")

    name: str = ask(N_("Name"), max_length=60)
    kind: FormKind = ask(N_("Kind"), default=FormKind.ONLINE, choices=choices(FORM_KIND_NAMES))
    board: int | None = ask(N_("Board"), default=None, pick="boards", help=_WHERE)
    case_type: int | None = ask(N_("Service type"), default=None, pick="case_types", help=_OF_TYPE)
    on_card: bool = ask(N_("In the card's data"), default=False, help=_AMONG)
    on_person: bool = ask(N_("In the person's data"), default=False, help=_OF_PEOPLE)


class EditForm(Command):
    """Call a form something else, or say what it is for; what was answered stays."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Edit form")

    form: int = ask(N_("Form"), pick="every_form", hidden=True)
    name: str = ask(N_("Name"), default="", max_length=60)
    kind: FormKind = ask(N_("Kind"), default=FormKind.ONLINE, choices=choices(FORM_KIND_NAMES))
    board: int | None = ask(N_("Board"), default=None, pick="boards", help=_WHERE)
    case_type: int | None = ask(N_("Service type"), default=None, pick="case_types", help=_OF_TYPE)
    on_card: bool = ask(N_("In the card's data"), default=False, help=_AMONG)
    on_person: bool = ask(N_("In the person's data"), default=False, help=_OF_PEOPLE)
    version: int | None = seen_version()


class MoveForm(Command):
    """Put a form some places up (less than nought) or down in the list."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Order form")

    form: int = ask(N_("Form"), pick="every_form", hidden=True)
    step: int = ask(N_("Places"), ge=-99, le=99)


class DeactivateForm(Command):
    """Take a form out of use; what was answered can still be read. Not while a stage asks for it."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Take form out of use")

    form: int = ask(N_("Form"), pick="every_form", hidden=True)


class ReactivateForm(Command):
    """Offer a form again."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Put form back in use")

    form: int = ask(N_("Form"), pick="every_form", hidden=True)


class AddQuestion(Command):
    """A question at the end of a form; of one that was answered it makes a new revision. (B64, B65)"""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("New question")

    form: int = ask(N_("Form"), pick="every_form")
    label: str = ask(N_("Question"), max_length=LABEL_LIMIT)
    type: QuestionType = ask(N_("Answer"), default=QuestionType.TEXT, choices=choices(QUESTION_TYPE_NAMES))
    options: str = ask(
        N_("Options"), default="", widget=Widget.BODY, help=N_("of a choice: one a line"), shown_if=_OF_CHOICE
    )
    required: bool = ask(N_("Required"), default=False)
    only_if: int | None = ask(N_("Only if"), default=None, pick="questions", help=N_("an earlier question"))
    only_is: str = ask(
        N_("was answered"), default="", help=N_("one of these, parted by commas"), shown_if=ShownIf("only_if")
    )


class EditQuestion(Command):
    """Change a question; where the form was answered, its answers keep the question as it was. (B65)"""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Edit question")

    question: int = ask(N_("Question"), pick="questions", hidden=True)
    label: str = ask(N_("Question"), default="", max_length=LABEL_LIMIT)
    type: QuestionType = ask(N_("Answer"), default=QuestionType.TEXT, choices=choices(QUESTION_TYPE_NAMES))
    options: str = ask(
        N_("Options"), default="", widget=Widget.BODY, help=N_("of a choice: one a line"), shown_if=_OF_CHOICE
    )
    required: bool = ask(N_("Required"), default=False)
    only_if: int | None = ask(N_("Only if"), default=None, pick="questions", help=N_("an earlier question"))
    only_is: str = ask(
        N_("was answered"), default="", help=N_("one of these, parted by commas"), shown_if=ShownIf("only_if")
    )
    version: int | None = seen_version()


class MoveQuestion(Command):
    """Put a question some places up (less than nought) or down in its form."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Order question")

    question: int = ask(N_("Question"), pick="questions", hidden=True)
    step: int = ask(N_("Places"), ge=-99, le=99)


class RemoveQuestion(Command):
    """Ask a question no more; its answers can still be read."""

    permission: ClassVar[str] = SET_UP
    title: ClassVar[str] = N_("Remove question")

    question: int = ask(N_("Question"), pick="questions", hidden=True)


class AnswerForm(Command):
    """Answer a form about a card, at whatever stage it is; what is not said stays as it was answered last. (E38, E41,
    B66)

    `revision` and `seen` (the answer set that one started from, 0 for none) are of the form that one had before one:
    where it was revised or answered meanwhile it is said, and nothing is stored.
    """

    permission: ClassVar[str] = "card.edit"
    title: ClassVar[str] = N_("Answer form")

    card: int = ask(N_("Card"), pick="cards", hidden=True)
    form: int = ask(N_("Form"), pick="forms")
    answers: dict[str, str] = ask(
        N_("Answers"),
        widget=Widget.MAP,
        help=N_("a JSON object: each question's key with the text of its answer"),
    )
    revision: int | None = ask(N_("Revision"), default=None, hidden=True)
    seen: int | None = ask(N_("Answers seen"), default=None, hidden=True)


class FillPerson(Command):
    """Fill in fields of one's own of a person; what is not said stays as it is. (M48)

    `revision` and `seen` are as those of `AnswerForm`.
    """

    permission: ClassVar[str] = "party.edit"
    title: ClassVar[str] = N_("Fill in fields")

    party: int = ask(N_("Person"), pick="people", hidden=True)
    form: int = ask(N_("Form"), pick="person_forms")
    answers: dict[str, str] = ask(
        N_("Answers"),
        widget=Widget.MAP,
        help=N_("a JSON object: each question's key with the text of its answer"),
    )
    revision: int | None = ask(N_("Revision"), default=None, hidden=True)
    seen: int | None = ask(N_("Answers seen"), default=None, hidden=True)
