"""What may be read of forms: as they are asked about a card, what was answered, and the pickers. (E38, E41, B64-B66)"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from crm_tui.domain.fields import Option
from crm_tui.domain.form import (
    AnswerSet,
    CardField,
    FormAsked,
    FormKind,
    FormOfCard,
    PersonFields,
    Question,
    QuestionType,
    Value,
)
from crm_tui.domain.form import asked as asked_of
from crm_tui.domain.form_cycle import Cycle, cycle
from crm_tui.domain.form_read import days
from crm_tui.i18n import language
from crm_tui.services.core import answer_sets
from crm_tui.services.core.moments import calendar
from crm_tui.services.core.reading import Reading, view
from crm_tui.services.core.scope import matching, reach, sight, wall
from crm_tui.store.queries import form as queries
from crm_tui.store.queries.base import CARD_SEEN
from crm_tui.store.values import as_instant


@view("card.read")
def asked(reading: Reading, card_id: int, form_id: int) -> FormAsked | None:
    """A form as it is asked about a card now, with the answers in force; None if there is no such form, or no such
    card that the viewer may see."""
    seen = reading.connection.execute(CARD_SEEN, {"id": card_id, **reach(reading.viewer, "card.read")})
    found = preview(reading, form_id)
    if seen.fetchone() is None or found is None:
        return None
    latest = answer_sets.latest(reading.connection, form_id, card_id)
    raw = {q.key: latest.raw[q.key] for q in found.questions if q.key in latest.raw}
    return FormAsked(form_id, found.name, found.revision, found.questions, raw, latest.id)


@view("card.read")
def preview(reading: Reading, form_id: int) -> FormAsked | None:
    """A form as it would be asked, about no card; None if there is none."""
    named = {i: (name, revision) for i, name, _, revision, *_ in _forms(reading)}
    if form_id not in named:
        return None
    name, revision = named[form_id]
    return FormAsked(form_id, name, revision, answer_sets.questions(reading.connection, form_id), {})


def _forms(reading: Reading) -> list[tuple[Any, ...]]:
    return reading.connection.execute(queries.EVERY, wall(reading.viewer)).fetchall()


@view("card.read")
def of_card(reading: Reading, card_id: int) -> list[FormOfCard]:
    """The forms of a card: those in use that ask something, and those that were answered; in their order."""
    params = {"card_id": card_id, **reach(reading.viewer, "card.read")}
    found = []
    for row in reading.connection.execute(queries.OF_CARD, params).fetchall():
        form = FormOfCard._make((*row[:2], bool(row[2]), *row[3:6], as_instant(row[6]), *row[7:], 0, 0))
        if form.questions or form.answers:
            found.append(form)
    if not any(form.kind == FormKind.CYCLE for form in found):
        return found
    far = {each.form_id: each for each in cycles_of(reading, card_id)}
    return [f._replace(given=far[f.id].given, asked=far[f.id].asked) if f.id in far else f for f in found]


@view("card.read")
def cycles(reading: Reading, board_id: int, case_type_id: int | None = None) -> list[FormAsked]:
    """The sales scripts that are asked while a card is opened on a board; none of a hidden one. (B12)"""
    return answer_sets.cycles(reading.connection, board_id, case_type_id, wall(reading.viewer)["hidden"])


@view("card.read")
def cycles_of(reading: Reading, card_id: int) -> list[Cycle]:
    """How far each sales script of a card is answered, in their order. (B66)"""
    params = {"card_id": card_id, **reach(reading.viewer, "card.read")}
    found = answer_sets.cycles_of(reading.connection, params)
    day = days(reading.now, reading.viewer.zone, calendar(reading.connection), language()) if found else None
    return [cycle(form, day) for form in found if day is not None]


@view("card.read")
def fields(reading: Reading, card_id: int) -> list[CardField]:
    """A card's further fields: what the forms among its data ask now, with what is known of it. (B11)"""
    params = {"card_id": card_id, **reach(reading.viewer, "card.read")}
    found = []
    for (form_id,) in reading.connection.execute(queries.AMONG_DATA, params).fetchall():
        given = answer_sets.latest(reading.connection, form_id, card_id).values
        asked_now = asked_of(answer_sets.questions(reading.connection, form_id), given)
        found += [CardField(form_id, question, given.get(question.key)) for question in asked_now]
    return found


@view("party.read")
def asked_of_person(reading: Reading, party_id: int, form_id: int) -> FormAsked | None:
    """A form of people's own fields as it is asked about a person now, with what is known; None if there is no such
    form, or no such person that the viewer may see."""
    found = _of_people(reading, form_id) if _person_seen(reading, party_id) else None
    if found is None:
        return None
    latest = answer_sets.latest(reading.connection, form_id, None, party_id)
    raw = {q.key: latest.raw[q.key] for q in found.questions if q.key in latest.raw}
    return FormAsked(form_id, found.name, found.revision, found.questions, raw, latest.id)


def _of_people(reading: Reading, form_id: int) -> FormAsked | None:
    found = reading.connection.execute(queries.OF_PEOPLE).fetchall()
    row = next((row for row in found if row[0] == form_id), None)
    if row is None:
        return None
    return FormAsked(form_id, row[1], row[2], answer_sets.questions(reading.connection, form_id), {})


def _person_seen(reading: Reading, party_id: int) -> bool:
    seen = reading.connection.execute(queries.PERSON_SEEN, {"id": party_id, **sight(reading.viewer)})
    return seen.fetchone() is not None


@view("party.add")
def asked_of_new_person(reading: Reading) -> list[FormAsked]:
    """What is asked while a person is made: every form of people's own fields, in their order. (M48)"""
    return answer_sets.of_people(reading.connection)


@view("party.read")
def of_people(reading: Reading) -> list[FormAsked]:
    """The forms of people's own fields as they are asked now, about nobody. (M48)"""
    return answer_sets.of_people(reading.connection)


@view("party.read")
def of_person(reading: Reading, party_id: int) -> list[PersonFields]:
    """A person's fields of one's own: what each form among people's data asks now, with what is known. (M48)"""
    forms = reading.connection.execute(queries.OF_PEOPLE).fetchall()
    if not forms or not _person_seen(reading, party_id):
        return []
    found = []
    for form_id, name, _ in forms:
        given = answer_sets.latest(reading.connection, form_id, None, party_id).values
        asked_now = asked_of(answer_sets.questions(reading.connection, form_id), given)
        if asked_now:
            shown = tuple(CardField(form_id, question, given.get(question.key)) for question in asked_now)
            found.append(PersonFields(form_id, name, shown))
    return found


@view("party.read")
def own_of_people(reading: Reading) -> list[Question]:
    """People's fields of one's own as columns of a list: each key once, as the first form asks it. (M48)"""
    first: dict[str, Question] = {}
    for key, label, kind in reading.connection.execute(queries.OWN_OF_PEOPLE).fetchall():
        first.setdefault(key, Question(0, key, label, QuestionType(kind)))
    return list(first.values())


@view("party.read")
def own_values(
    reading: Reading, ids: Sequence[int], keys: Sequence[str]
) -> dict[int, dict[str, tuple[Question, Value]]]:
    """What is known of these people in those fields, as far as the viewer may see them; each with the question as it
    was answered, whose type may be another by now."""
    params = {"ids": json.dumps(list(ids)), "keys": json.dumps(list(keys)), **sight(reading.viewer)}
    found: dict[int, dict[str, tuple[Question, Value]]] = {}
    for party, key, text, kind in reading.connection.execute(queries.OWN_VALUES, params):
        found.setdefault(party, {})[key] = (Question(0, key, key, QuestionType(kind)), json.loads(text))
    return found


@view("party.read")
def answers_of_person(reading: Reading, party_id: int, form_id: int | None = None) -> list[AnswerSet]:
    """What was filled in about a person, the newest first."""
    params = {"party_id": party_id, "form_id": form_id, **sight(reading.viewer)}
    return _sets(reading, reading.connection.execute(queries.SETS_OF_PERSON, params).fetchall())


@view("card.read")
def answers(reading: Reading, card_id: int, form_id: int | None = None) -> list[AnswerSet]:
    """What was answered about a card, the newest first: the questions as they were each time."""
    params = {"card_id": card_id, "form_id": form_id, **reach(reading.viewer, "card.read")}
    return _sets(reading, reading.connection.execute(queries.SETS, params).fetchall())


@view("card.read")
def answer_set(reading: Reading, response_id: int) -> AnswerSet | None:
    """One answering of a form; None if there is none that the viewer may see."""
    params = {"id": response_id, **sight(reading.viewer)}
    found = reading.connection.execute(queries.SET, params).fetchall()
    found = found or reading.connection.execute(queries.SET_OF_PERSON, params).fetchall()
    return next(iter(_sets(reading, found)), None)


def _sets(reading: Reading, found: Sequence[tuple[Any, ...]]) -> list[AnswerSet]:
    """Answer sets from their rows: two queries more, however many there are."""
    given = answer_sets.values(reading.connection, [row[0] for row in found])
    revisions = answer_sets.Revisions(reading.connection, [row[1] for row in found])
    return [_set(row, given[row[0]], revisions.at(row[1], row[4])) for row in found]


def _set(row: Sequence[Any], given: Sequence[tuple[Question, Value]], then: Sequence[Question]) -> AnswerSet:
    row_id, form_id, form, card, revision, at, by = row
    values = {question.key: value for question, value in given}
    every = tuple(({q.key: q for q in then} | {q.key: q for q, _ in given}).values())
    stamp = as_instant(at)
    assert stamp is not None
    return AnswerSet(row_id, form_id, form, card, revision, stamp, by, tuple(asked_of(every, values)), values)


# --- pickers


@view("card.read")
def pick_form(reading: Reading, text: str) -> list[Option]:
    """The picker of forms in use."""
    found = reading.connection.execute(queries.IN_USE, wall(reading.viewer) | {"on_person": 0}).fetchall()
    return matching([Option(i, name, "", f"form:{i}") for i, name in found], text)


@view("party.read")
def pick_of_people(reading: Reading, text: str) -> list[Option]:
    """The picker of the forms in use that are about people."""
    found = reading.connection.execute(queries.OF_PEOPLE).fetchall()
    return matching([Option(i, name, "", f"form:{i}") for i, name, _ in found], text)


@view("card.read")
def pick_every(reading: Reading, text: str) -> list[Option]:
    """The picker of all forms, those out of use among them."""
    return matching([Option(i, name, "", f"form:{i}") for i, name, *_ in _forms(reading)], text)


@view("card.read")
def pick_question(reading: Reading, text: str, form_id: int | None = None) -> list[Option]:
    """The picker of questions that are asked now, of one form or of all."""
    found = reading.connection.execute(queries.EVERY_QUESTION, wall(reading.viewer)).fetchall()
    options = [
        Option(row[4], row[6], "" if form_id is not None else row[1], f"question:{row[4]}")
        for row in found
        if form_id in (None, row[0])
    ]
    return matching(options, text)


PICKERS = {
    "forms": pick_form,
    "person_forms": pick_of_people,
    "every_form": pick_every,
    "questions": pick_question,
}
