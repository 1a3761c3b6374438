"""What a form is about, as its draft is parked and its presence is told: `card:12`, `party:7`, `activity:9`,
and `card:12/form:3` of a form that is answered about a card.

A form that makes something new, or is about many, has a word in its place (`new`, `many`) and is about no record.
"""

from __future__ import annotations

from crm_tui.domain.fields import row_id


def subject_of(card_id: int | None, party_id: int | None = None) -> str:
    """The card, or the person where there is no card."""
    return f"card:{card_id}" if card_id is not None else f"party:{party_id}"


def subject_of_answers(card_id: int | None, form_id: int, party_id: int | None = None) -> str:
    """A form as it is answered about a card or a person: each form of theirs has a draft of its own."""
    return f"{subject_of(card_id, party_id)}/form:{form_id}"


def subject_of_step(activity_id: int) -> str:
    """A step, whoever it is with."""
    return f"activity:{activity_id}"


def record_of(subject: str) -> tuple[str, int] | None:
    """Kind and id of the record that a subject names; None if it names none."""
    kind, _, number = subject.partition("/")[0].partition(":")
    found = row_id(number)
    return (kind, found) if found is not None else None
