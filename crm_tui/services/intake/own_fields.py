"""People's fields of one's own in a row of a file: which answers it gives, and what they add to what is known. (M48)

What is no answer goes to the notes with a doubt, so that nothing of the file is lost. Known answers stay, and required
questions are not asked for: a file says what it says. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from crm_tui.domain.form import FormAsked, Question, Value
from crm_tui.domain.form_read import full_day, judge
from crm_tui.i18n import Text
from crm_tui.services.core.answer_sets import Known
from crm_tui.services.intake.contact import Contact, Own


class Stray(NamedTuple):
    """What a row says of a field and is no answer: the field as it is called, the words, why."""

    field: str
    words: str
    why: Text


def asked(forms: Sequence[FormAsked]) -> dict[str, Question]:
    """Every question by its key; of those of one key that of the first form, as lists and exports have it."""
    found: dict[str, Question] = {}
    for form in forms:
        for question in form.questions:
            found.setdefault(question.key, question)
    return found


def parted(
    forms: Sequence[FormAsked], said: Iterable[tuple[str, str]]
) -> tuple[tuple[Own, ...], list[Stray]]:
    """The answers that these texts are, in the order of the forms, and what is none."""
    left, first = dict(said), asked(forms)
    answers: list[Own] = []
    strays: list[Stray] = []
    for form in forms:
        raw = {q.key: left.pop(q.key) for q in form.questions if q.key in left and first[q.key] is q}
        if not raw:
            continue
        found = judge(form.questions, raw, day)
        by_key = {question.key: question for question in form.questions}
        answers += (Own(form.form_id, by_key[key], value) for key, value in found.values.items())
        strays += (Stray(question.label, raw[question.key], why) for question, why in found.wrong)
        strays += (
            Stray(by_key[key].label, text, Text("it is not asked with the other answers of this row."))
            for key, text in raw.items()
            if key not in found.shown and text.strip()
        )
    strays += (Stray(key, text, Text("there is no such field.")) for key, text in left.items())
    return tuple(answers), strays


def placed(forms: Sequence[FormAsked], row: Contact, said: Sequence[tuple[str, str]]) -> Contact:
    """The row with its answers; what is none of them stands in its notes, and is told."""
    if not said:
        return row
    answers, strays = parted(forms, said)
    if not strays:
        return replace(row, own=answers)
    notes = "\n".join(filter(None, (row.notes, *(f"{each.field}: {each.words}" for each in strays))))
    doubts = tuple(
        Text("{field}: {why} It stands in the notes.", {"field": each.field, "why": each.why})
        for each in strays
    )
    return replace(row, own=answers, notes=notes, doubts=(*row.doubts, *doubts))


def beyond(said: Iterable[Own], known: Mapping[int, Known]) -> tuple[Own, ...]:
    """Those answers of which nothing is known yet, and whose question is asked with what is known."""
    now: dict[int, dict[str, Value]] = {form: {**values} for form, values in known.items()}
    found = []
    for each in said:
        values, on = now.setdefault(each.form, {}), each.question.shown_if
        if each.question.key in values or (on is not None and not on.met(values.get(on.key))):
            continue
        values[each.question.key] = each.value
        found.append(each)
    return tuple(found)


def learnt(known: Mapping[int, Known], added: Iterable[Own]) -> dict[int, Known]:
    """What is known once these are added."""
    found: dict[int, Known] = {**known}
    for each in added:
        found[each.form] = {**found.get(each.form, {}), each.question.key: each.value}
    return found


def day(text: str) -> date | Text:
    """A file's dates were read by their column: what is left is a day in full, or none."""
    day = full_day(text)
    return day if day is not None else Text("Not a date: {value}.", {"value": text[:80]})
