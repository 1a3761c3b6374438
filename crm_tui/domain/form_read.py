"""Answers as people type them: raw texts to values and back, and what a whole form says to them. (E38, B66)

Pure: how a day is read is handed in, because it takes the operator's clock and working calendar.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from crm_tui.domain import money, when
from crm_tui.domain.fields import item, items
from crm_tui.domain.form import (
    LINE_LIMIT,
    LONG_LIMIT,
    Condition,
    Question,
    QuestionType,
    Value,
)
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.text import fold, one_line, sanitise
from crm_tui.domain.worktime import WorkCalendar
from crm_tui.i18n import N_, Text, language, text_n

Days = Callable[[str], date | Text]
"""Reads a day in the words of *quando*; the sentence if it is none."""

_YES: Final = {"1", "s", "sim", "y", "yes", "true", "verdadeiro", "x"}
_NO: Final = {"0", "n", "nao", "no", "false", "falso"}
_SAID: Final = {"pt-BR": ("não", "sim"), "en": ("no", "yes")}
"""No and yes as one types them."""
_WHOLE: Final = re.compile(r"-?[0-9]{1,15}")
_DAY: Final = re.compile(
    r"(?P<d>[0-9]{1,2})/(?P<m>[0-9]{1,2})/(?P<y>[0-9]{4})|(?P<y2>[0-9]{4})-(?P<m2>[0-9]{2})-(?P<d2>[0-9]{2})"
)
_WHOLE_TEXT: Final = frozenset({QuestionType.TEXT, QuestionType.LONG, QuestionType.MONEY})
"""Types of which a comma belongs to the answer: a condition waits for one answer alone."""


def days(now: datetime, zone: ZoneInfo, calendar: WorkCalendar, speech: str) -> Days:
    """The reader of days of an operator at a moment (`now` is aware).

    A day in full is that day, past ones too: what was answered once must be read again, whenever that is.
    """
    local = now.astimezone(zone).replace(tzinfo=None)

    def read_day(text: str) -> date | Text:
        full = full_day(text)
        if full is not None:
            return full
        found = when.read(text, local, calendar, speech, zone=zone)
        if isinstance(found, when.WhenRefusal):
            return when.sentence(found, text, local, speech)
        if isinstance(found, datetime):
            return Text("This field is a day, without an hour.")
        return found

    return read_day


def full_day(text: str) -> date | None:
    """`24/11/2026` or `2026-11-24`; None for anything else, and for what is no day."""
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    day, month, year = (
        (found["d"], found["m"], found["y"]) if found["d"] else (found["d2"], found["m2"], found["y2"])
    )
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def read(question: Question, raw: str, day: Days) -> Value | Text | None:
    """The value that a text means; None for an empty one; a Text that says why it is none."""
    if question.type is QuestionType.LONG:
        return _fitting(sanitise(raw).strip(), LONG_LIMIT) or None
    clean = one_line(raw)
    if not clean:
        return None
    match question.type:
        case QuestionType.TEXT:
            return _fitting(clean, LINE_LIMIT)
        case QuestionType.INT:
            grouped = re.sub(r"(?<=[0-9])\.(?=[0-9]{3}(?:[^0-9]|$))", "", clean)
            if _WHOLE.fullmatch(grouped) is None:
                return Text("“{text}” is no whole number.", {"text": clean})
            return int(grouped)
        case QuestionType.MONEY:
            cents = money.cents(clean)
            return (
                cents
                if cents is not None
                else Text("“{text}” is no amount: 12.400,00 or 12400.", {"text": clean})
            )
        case QuestionType.DATE:
            found = day(clean)
            return found if isinstance(found, Text) else found.isoformat()
        case QuestionType.BOOL:
            known = {**dict.fromkeys(_YES, True), **dict.fromkeys(_NO, False)}
            return known.get(fold(clean), Text("“{text}” is neither yes nor no.", {"text": clean}))
        case QuestionType.CHOICE:
            return _option(question, clean)
        case _:
            return _several(question, raw)


def _fitting(text: str, most: int) -> str | Text:
    if len(text) <= most:
        return text
    facts = {"most": most, "n": len(text)}
    return Text("it may have {most} letters and has {n}: shorten it, or attach it as a file.", facts)


def _option(question: Question, text: str) -> str | Text:
    """The option that is named in full, or the only one that begins so."""
    key = fold(text)
    exact = [option for option in question.options if fold(option) == key]
    begun = [option for option in question.options if fold(option).startswith(key)]
    found = exact or begun
    if len(found) == 1:
        return found[0]
    return Text("“{text}” is none of: {known}.", {"text": text, "known": ", ".join(question.options)})


def _several(question: Question, raw: str) -> list[str] | Text | None:
    """The options named, in the order of the question; what one of them is not stands for the whole."""
    named = [_option(question, each) for each in items(sanitise(raw))]
    wrong = next((each for each in named if isinstance(each, Text)), None)
    if wrong is not None:
        return wrong
    return [option for option in question.options if option in named] or None


def typed(question: Question, value: Value | None) -> str:
    """A value as one would type it: what a field begins with."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, list):
        return ",".join(map(item, value))
    if isinstance(value, int):
        return _amount(value) if question.type is QuestionType.MONEY else str(value)
    if question.type is QuestionType.DATE:
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    return value


def _amount(cents: int) -> str:
    whole = f"{cents // 100:,}".replace(",", ".")
    return f"{whole},{cents % 100:02d}"


def told(question: Question, value: Value | None, amount: Callable[[int], str]) -> str | Text:
    """A value as it is read again; `amount` says cents as money."""
    if isinstance(value, bool):
        return Text(N_("yes")) if value else Text(N_("no"))
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, int) and question.type is QuestionType.MONEY:
        return amount(value)
    return typed(question, value)


@dataclass(frozen=True, slots=True)
class Judged:
    """What a form says to raw texts: the questions asked now, the values of those answered, and what stands in the
    way: a text that is no answer (with why), and the required ones that are empty. Both by question."""

    asked: tuple[Question, ...]
    values: Mapping[str, Value]
    wrong: tuple[tuple[Question, Text], ...] = ()
    missing: tuple[Question, ...] = ()
    shown: frozenset[str] = field(default_factory=frozenset)

    def refusal(self, form: str) -> Refusal | None:
        """One sentence for what stands in the way, and the keys of the questions that would cure it."""
        if self.wrong:
            question, why = self.wrong[0]
            reason = Text("{question}: {why}", {"question": question.label, "why": why})
            return Refusal(reason, RefusedBy.INPUT, tuple(q.key for q, _ in self.wrong))
        if self.missing:
            labels = ", ".join(question.label for question in self.missing)
            reason = text_n(
                "{form} still asks for {questions}: answer it.",
                "{form} still asks for {questions}: answer them.",
                len(self.missing),
                form=form,
                questions=labels,
            )
            return Refusal(reason, fields=tuple(question.key for question in self.missing))
        return None


def judge(questions: Sequence[Question], raw: Mapping[str, str], day: Days) -> Judged:
    """Read a form from top to bottom: each answer decides which later questions are asked.

    A text that is no answer counts as none: what depends on it is not asked until it is mended.
    """
    found: list[Question] = []
    values: dict[str, Value] = {}
    wrong: list[tuple[Question, Text]] = []
    empty: list[Question] = []
    shown: set[str] = set()
    for question in questions:
        on = question.shown_if
        if on is not None and not (on.key in shown and on.met(values.get(on.key))):
            continue
        found.append(question)
        shown.add(question.key)
        value = read(question, raw.get(question.key, ""), day)
        if isinstance(value, Text):
            wrong.append((question, value))
        elif value is not None:
            values[question.key] = value
        elif question.required:
            empty.append(question)
    return Judged(tuple(found), values, tuple(wrong), tuple(empty), frozenset(shown))


def condition(on: Question, text: str, day: Days) -> Condition | Refusal:
    """`shown only if` as it is typed: the answers of an earlier question, one of which is wanted."""
    parts = [text] if on.type in _WHOLE_TEXT else items(text)
    values: list[Value] = []
    for part in parts:
        value = read(on, item(part) if on.type is QuestionType.MULTI else part, day)
        if isinstance(value, Text):
            reason = Text("{question}: {why}", {"question": on.label, "why": value})
            return Refusal(reason, RefusedBy.INPUT, ("only_is",))
        values += value if isinstance(value, list) else [] if value is None else [value]
    if not values:
        reason = Text("Say for which answer of “{question}” this is asked.", {"question": on.label})
        return Refusal(reason, RefusedBy.INPUT, ("only_is",))
    return Condition(on.key, tuple(values))


def condition_typed(on: Question, shown_if: Condition) -> str:
    """The answers of a condition as one would type them."""
    if on.type in _WHOLE_TEXT:
        return typed(on, shown_if.values[0])
    if on.type is QuestionType.BOOL:
        return ", ".join(_SAID[language()][bool(value)] for value in shown_if.values)
    return ", ".join(item(typed(on, value)) for value in shown_if.values)


def still_means(on: Question, shown_if: Condition, day: Days) -> bool:
    """Whether the answers that a condition waits for can still be given to the question as it is now."""
    again = condition(on, condition_typed(on, shown_if), day)
    return isinstance(again, Condition) and all(again.met(value) for value in shown_if.values)
