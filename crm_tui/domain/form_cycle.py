"""The ciclo de atendimento: what a board asks while a card is opened, and how far it is answered. (B12, B64-B66)

Pure: how a day is read is handed in, as everywhere in `form_read`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from crm_tui.domain.form import FormAsked, Question
from crm_tui.domain.form_read import Days, Judged, judge
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.i18n import Text

MARK: Final = "form-"
"""How the names of such questions begin; no field of a command has a hyphen."""


class Cycle(NamedTuple):
    """A script as it stands about a card: how many of the questions that are asked now have an answer, and the required
    ones that have none."""

    form_id: int
    name: str
    given: int
    asked: int
    missing: tuple[Question, ...] = ()


def cycle(form: FormAsked, day: Days) -> Cycle:
    """How far a script is answered by the answers in force."""
    judged = judge(form.questions, form.raw, day)
    return Cycle(form.form_id, form.name, len(judged.values), len(judged.asked), judged.missing)


def field_of(form_id: int, key: str) -> str:
    """How a question is called among those of several scripts: `form-3-prazo`."""
    return f"{MARK}{form_id}-{key}"


def parted(
    cycles: Sequence[FormAsked], answers: Mapping[str, str], *, of_people: bool = False
) -> dict[int, dict[str, str]] | Refusal:
    """The answers by script, or by form of fields `of_people`; a key alone is enough where only one asks it."""
    found: dict[int, dict[str, str]] = {each.form_id: {} for each in cycles}
    asked = [(each.form_id, question.key) for each in cycles for question in each.questions]
    for name, text in answers.items():
        meant = [(form, key) for form, key in asked if name in (key, field_of(form, key))]
        if len(meant) != 1:
            tell = _unknown_of_people if of_people else _unknown
            return tell(name, [field_of(*each) for each in meant], asked)
        form, key = meant[0]
        found[form][key] = text
    return found


def _unknown(name: str, meant: Sequence[str], asked: Sequence[tuple[int, str]]) -> Refusal:
    if meant:
        reason = Text(
            "Several sales scripts ask “{key}”: say which, as {known}.",
            {"key": name, "known": ", ".join(meant)},
        )
    elif asked:
        known = ", ".join(key for _, key in asked)
        reason = Text(
            "No sales script of this board asks “{key}”; they ask: {known}.", {"key": name, "known": known}
        )
    else:
        reason = Text("This board has no sales script, so nobody asks “{key}”: leave it out.", {"key": name})
    return Refusal(reason, RefusedBy.INPUT, ("answers",))


def _unknown_of_people(name: str, meant: Sequence[str], asked: Sequence[tuple[int, str]]) -> Refusal:
    if meant:
        reason = Text(
            "Several further fields of people are called “{key}”: say which, as {known}.",
            {"key": name, "known": ", ".join(meant)},
        )
    elif asked:
        known = ", ".join(key for _, key in asked)
        reason = Text(
            "People have no further field “{key}”; theirs are: {known}.", {"key": name, "known": known}
        )
    else:
        reason = Text("People have no further fields, so nobody asks “{key}”: leave it out.", {"key": name})
    return Refusal(reason, RefusedBy.INPUT, ("answers",))


def opening(
    cycles: Sequence[FormAsked], answers: Mapping[str, str], day: Days, *, of_people: bool = False
) -> list[tuple[FormAsked, Judged]] | Refusal:
    """What was said while a card was opened, script by script, or while a person was made, form by form; or why that
    is not done yet: an answer that is none, else the required ones that are missing. Without a required question
    nothing holds anybody up."""
    given = parted(cycles, answers, of_people=of_people)
    if isinstance(given, Refusal):
        return given
    judged = [(each, judge(each.questions, given[each.form_id], day)) for each in cycles]
    refused = [
        replace(refusal, fields=tuple(field_of(form.form_id, key) for key in refusal.fields))
        for form, each in judged
        if (refusal := each.refusal(form.name)) is not None
    ]
    if not refused:
        return judged
    first = next((each for each in refused if each.by is RefusedBy.INPUT), refused[0])
    fields = (*first.fields, *(name for each in refused if each is not first for name in each.fields))
    return replace(first, fields=fields)
