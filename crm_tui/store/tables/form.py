"""Forms, their questions by revision, and what was answered."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import SQLModel

from crm_tui.domain.form import FormKind, QuestionType
from crm_tui.store.tables.base import added, instant, one_of, pk, ref, table_args, version, whole


class Form(SQLModel, table=True):
    """A list of questions. `revision` goes up with each change of them: an answer says which it answered. (E38)

    It never goes back, not even by an undo: an answer of then must not seem to be one to questions of later.
    `on_card`: its answers stand among a card's data (B11); `board_id`: it is offered on that board's cards alone,
    `case_type_id`: on those of that service type. `on_person`: it is answered about people instead, and its answers are
    fields of theirs. (M48)
    """

    __table_args__ = table_args(
        one_of("kind", FormKind), sa.UniqueConstraint("name"), whole("revision"), derived=["revision"]
    )
    id: int | None = pk()
    name: str
    kind: str = FormKind.ONLINE
    revision: int = 1
    position: int = 0
    active: bool = True
    version: int = version()
    board_id: int | None = ref("board.id")
    on_card: bool = added(False)
    case_type_id: int | None = ref("case_type.id")
    on_person: bool = added(False)


class FieldDef(SQLModel, table=True):
    """A question of a form, as it stood from one revision on to the last of its own (`to_revision`, None: still).

    `key` stays when the words change; `options` and `visible_if` are JSON as `domain.form` says.
    """

    __tablename__ = "field_def"
    __table_args__ = table_args(
        one_of("type", QuestionType),
        sa.Index("ix_field_def_form", "form_id", "position", "id"),
        whole("from_revision"),
        whole("to_revision"),
    )
    id: int | None = pk()
    form_id: int = ref("form.id", nullable=False)
    key: str
    label: str
    type: str = QuestionType.TEXT
    options: str | None = None
    required: bool = added(False)
    position: int = 0
    visible_if: str | None = None
    from_revision: int = 1
    to_revision: int | None = None
    version: int = version()


class FormResponse(SQLModel, table=True):
    """A form answered about a card, or about a person alone, at a revision; the latest of a form and a card, or of a
    form and a person without a card, is the one in force."""

    __tablename__ = "form_response"
    __table_args__ = table_args(
        sa.Index("ix_form_response_card", "card_id", "form_id", "id"),
        sa.Index("ix_form_response_form", "form_id"),
        sa.Index("ix_form_response_party", "party_id", sqlite_where=sa.text("party_id IS NOT NULL")),
        whole("form_revision"),
        whole("score"),
    )
    id: int | None = pk()
    form_id: int = ref("form.id", nullable=False)
    form_revision: int
    card_id: int | None = ref("card.id")
    party_id: int | None = ref("party.id")
    submitted_at: datetime = instant(nullable=False)
    submitted_by_id: int | None = ref("user.id")
    source: str = "screen"
    score: int | None = None
    version: int = version()


class FieldValue(SQLModel, table=True):
    """An answer: JSON of what the question's text was read as."""

    __tablename__ = "field_value"
    __table_args__ = table_args(sa.UniqueConstraint("response_id", "field_def_id"))
    id: int | None = pk()
    response_id: int = ref("form_response.id", nullable=False)
    field_def_id: int = ref("field_def.id", nullable=False)
    value: str
