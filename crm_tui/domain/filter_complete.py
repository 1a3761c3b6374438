"""What may be typed next: fields at the start of a term, values after the colon. Never types by itself. (FILTER.md §6)

Which fields are used most, the last words and how many rows have a value are handed in as `Habits`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from crm_tui.domain.board import PAGE_SIZES
from crm_tui.domain.filter_date_words import SAID, said
from crm_tui.domain.filter_dates import blanks, days, store_words
from crm_tui.domain.filter_fields import (
    CUSTOM,
    DATES,
    FIELDS,
    GROUPS,
    HAD,
    PRESENCE_WORDS,
    SETTINGS,
    THINGS,
    Field,
    Kind,
    fixed_words,
    letter,
    word_name,
    word_named,
)
from crm_tui.domain.filter_tree import DateSpan, Op
from crm_tui.domain.filter_values import bare_or_quoted, clear_name
from crm_tui.domain.filter_world import FilterWorld, Named
from crm_tui.domain.text import fold

MOST = 8
"""Rows under the line."""
COUNTED = 500
"""A count stops here and is shown as `500+`."""
_DATES = ("today", "<=today", "week", "next week", "month")


class Suggestion(NamedTuple):
    """One row: what is shown, what is put in place of what was typed, and a hint beside it (a count, a date)."""

    words: str
    taken: str
    hint: str = ""


class Completion(NamedTuple):
    """The characters from `start` to `end` are what a suggestion replaces."""

    start: int
    end: int
    rows: tuple[Suggestion, ...]


def _no_count(field_id: str, value: int | str) -> int | None:
    return None


@dataclass(frozen=True, slots=True)
class Habits:
    """`uses`: how often this reader used a field. `recent`: words of the last ten filters.

    `count`: how many rows of the present list have a value (thing's id or word), at most 500; None if not known.
    """

    uses: Mapping[str, int] = field(default_factory=dict)
    recent: Sequence[str] = ()
    count: Callable[[str, int | str], int | None] = _no_count


def complete(line: str, cursor: int, world: FilterWorld, habits: Habits | None = None) -> Completion:
    """What fits at the cursor, at most eight rows; none before the first letter of a term. Never raises."""
    habits = habits or Habits()
    start = _term_start(line, cursor)
    term = line[start:cursor].removeprefix("-")
    start = cursor - len(term)
    name, colon, rest = term.partition(":")
    if not colon:
        return Completion(start, cursor, tuple(_starts(term, world, habits))[:MOST] if term else ())
    at = cursor - len(rest)
    typed = rest[rest.rfind(",") + 1 :] if not _amount(name, world) else rest
    operator = typed[: len(typed) - len(typed.lstrip("<>="))]
    if ".." in typed:
        operator = typed[: typed.rindex("..") + 2]
    at = cursor - len(typed)
    wanted = typed[len(operator) :].lstrip('"')
    rows = _values(name, wanted, operator, world, habits)
    return Completion(at, cursor, tuple(rows)[:MOST])


def _term_start(line: str, cursor: int) -> int:
    at, begins, inside = 0, 0, False
    while at < cursor:
        sign = line[at]
        if sign == '"':
            inside = not inside
        elif not inside and (sign.isspace() or sign in "()"):
            begins = at + 1
        at += 1
    return begins


def _amount(name: str, world: FilterWorld) -> bool:
    found = world.field(name)
    return found is not None and found.kind in (Kind.MONEY, Kind.NUMBER)


def _fits(typed: str, *names: str) -> bool:
    wanted = fold(typed)
    return any(word.startswith(wanted) for name in names for word in (fold(name), *fold(name).split()[1:]))


def _starts(typed: str, world: FilterWorld, habits: Habits) -> Iterable[Suggestion]:
    language = world.language
    here = [each for each in FIELDS if each.valid_in(world.place) and each.since <= world.built]
    here += [f for key in world.custom if (f := world.field(CUSTOM[1] + key)) and f.since <= world.built]
    here.sort(key=lambda each: -habits.uses.get(each.id, 0))
    for each in here:
        if _fits(typed, each.name(language), *each.pt, *each.en):
            yield Suggestion(f"{each.name(language)}:", f"{each.name(language)}:")
    for words in (PRESENCE_WORDS, SETTINGS):
        for word in words:
            if _fits(typed, *word.pt, *word.en):
                name = word_name(words, word.id, language)
                yield Suggestion(f"{name}:", f"{name}:")
    for recent in habits.recent:
        if _fits(typed, recent):
            yield Suggestion(recent, f"{bare_or_quoted(recent)} ")


def _values(name: str, typed: str, operator: str, world: FilterWorld, habits: Habits) -> Iterable[Suggestion]:
    presence = word_named(PRESENCE_WORDS, name)
    if presence is not None:
        names = [
            h.name(world.language) for h in HAD if letter(world.place) in h.lists and h.since <= world.built
        ]
        return [Suggestion(each, f"{each} ") for each in names if _fits(typed, each)]
    setting = word_named(SETTINGS, name)
    if setting is not None:
        return [Suggestion(each, f"{each} ") for each in _settings(setting.id, world) if _fits(typed, each)]
    found = world.field(name)
    if found is None or not found.valid_in(world.place) or found.since > world.built:
        return ()
    if found.kind in DATES:
        return _date_rows(found, typed, operator, world)
    if operator:
        return ()
    return _named_rows(found, typed, world, habits)


def _settings(setting: str, world: FilterWorld) -> list[str]:
    if setting == "per_column":
        return [str(each) for each in PAGE_SIZES]
    fields = [f for f in FIELDS if f.valid_in(world.place) and f.since <= world.built]
    chosen = [f for f in fields if (f.id in GROUPS if setting == "group" else f.sortable)]
    return [each.name(world.language) for each in chosen]


def _named_rows(found: Field, typed: str, world: FilterWorld, habits: Habits) -> list[Suggestion]:
    """Fixed words first (`eu` before all), then things by how many rows have them."""
    rows = []
    for word in fixed_words(found):
        if letter(world.place) in word.lists and _fits(typed, *word.pt, *word.en):
            name = word_name(fixed_words(found), word.id, world.language)
            rows.append(Suggestion(name, f"{name} ", _count(habits.count(found.id, word.id))))
    if found.kind is not Kind.USER and found.kind not in THINGS:
        return rows
    counted = [
        (habits.count(found.id, each.id), each)
        for each in world.names.things(found.thing)
        if _fits(typed, each.name, each.login)
    ]
    counted.sort(key=lambda pair: -(pair[0] or 0))
    seen: set[str] = set()
    for count, each in counted:
        row = _thing_row(count, each, found, world)
        if row.taken not in seen:
            seen.add(row.taken)
            rows.append(row)
    return rows


def _thing_row(count: int | None, each: Named, found: Field, world: FilterWorld) -> Suggestion:
    known = world.names.things(found.thing)
    alike = {one.id for one in known if fold(one.name) == fold(each.name) and one.within}
    words, _ = clear_name(each, known, alike | {each.id}, found)
    shown = f"{each.name} ({each.login})" if each.login else each.name
    return Suggestion(shown, f"{words} ", _count(count))


def _count(count: int | None) -> str:
    if count is None:
        return ""
    return f"{COUNTED}+" if count >= COUNTED else str(count)


def _date_rows(found: Field, typed: str, operator: str, world: FilterWorld) -> list[Suggestion]:
    rows = []
    for offered in _DATES if not operator else [each for each in SAID if each != "<=today"]:
        sign = offered[: len(offered) - len(offered.lstrip("<="))]
        words = said(offered.removeprefix(sign), world.language).replace(" ", "-")
        if _fits(typed, words):
            rows.append(Suggestion(operator + sign + words, f"{operator}{sign}{words} "))
    if typed:
        meant = _echo(found, typed, world)
        whole = [row for row in rows if fold(row.words) == fold(operator + typed)]
        if meant and (whole or not rows):
            rows = [row for row in rows if row not in whole]
            rows.insert(0, Suggestion(operator + typed, f"{operator}{bare_or_quoted(typed)} ", meant))
    if found.kind is Kind.DATE_TRI and not operator:
        answers = fixed_words(found)
        names = [word_name(answers, each.id, world.language) for each in answers]
        rows += [Suggestion(each, f"{each} ") for each in names if _fits(typed, each)]
    return rows


def _echo(found: Field, typed: str, world: FilterWorld) -> str:
    """What the date that is typed means: a day, or from which to which."""
    stored = store_words(blanks(typed), world.clock, back=found.back)
    if not isinstance(stored, str):
        return ""
    meant = days(DateSpan(Op.IS, stored), world.clock, back=found.back)
    if meant is None or meant.first is None or meant.last is None:
        return ""
    first = said(meant.first.isoformat(), world.language)
    return first if meant.first == meant.last else f"{first}..{said(meant.last.isoformat(), world.language)}"
