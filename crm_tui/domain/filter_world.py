"""What reading a filter depends on besides the line: the list, the names of the base, the day, the language.

The names come through `Names`, so that nothing here knows a store; whoever builds it leaves out what the reader of
the line may not see. How typed text finds a name is one rule, here. (FILTER.md §1, 5)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, Protocol

from crm_tui.domain.filter_dates import Clock
from crm_tui.domain.filter_fields import (
    BUILT,
    CUSTOM,
    CUSTOM_SINCE,
    Field,
    Had,
    Kind,
    field_named,
    field_of,
    had_named,
    had_of,
    plain,
)
from crm_tui.domain.filter_tree import Place, Thing
from crm_tui.domain.text import fold
from crm_tui.domain.worktime import WorkCalendar


class Named(NamedTuple):
    """A record with a name. `login` of users; `within` what it belongs to (a stage's or label's board)."""

    id: int
    name: str
    login: str = ""
    within: str = ""


class Names(Protocol):
    """The visible things of a kind: user, team, board, stage, label, reason, action, result …"""

    def things(self, kind: str) -> Sequence[Named]:
        """All of them, those likeliest to be meant first; empty for a kind that there is not."""
        ...


@dataclass(frozen=True, slots=True)
class FilterWorld:
    """`now` is naive local time, as for `domain.when`. `custom` are the keys of custom fields with their types."""

    place: Place
    names: Names
    now: datetime
    calendar: WorkCalendar
    language: str
    custom: Mapping[str, Kind] = field(default_factory=dict)
    built: int = BUILT

    @property
    def clock(self) -> Clock:
        return Clock(self.now, self.calendar, self.language)

    def field(self, name: str) -> Field | None:
        """The field of that name or id, custom ones (`campo.ambiente`) among them."""
        return self._custom(name) or field_named(name) or field_of(name)

    def had(self, name: str) -> Had | None:
        """What may be there or lacking under that name or id."""
        custom = self._custom(name)
        if custom is not None:
            return Had(custom.id, custom.pt, custom.en, custom.since)
        return had_named(name) or had_of(name)

    def _custom(self, name: str) -> Field | None:
        low = fold(name)
        prefix = next((each for each in CUSTOM if low.startswith(each)), None)
        if prefix is None:
            return None
        key = low.removeprefix(prefix)
        kind = self.custom.get(key)
        if kind is None:
            return None
        names = tuple(each + key for each in CUSTOM)
        return Field(names[1], names[:1], names[1:], kind, "CP", f"field.{key}", since=CUSTOM_SINCE)


def _word_starts(name: str, text: str) -> bool:
    return any(name.startswith(text, at + 1) for at, sign in enumerate(name) if not sign.isalnum())


def candidates(text: str, things: Sequence[Named], *, exact: bool = False) -> list[Named]:
    """The things that a typed text may mean: one, none or several.

    A full name beats the start of a name, which beats the start of a word in it. A login counts beside the start
    of a name, so that `ana` is asked back where Ana Reis has another one; in quotes (`exact`) it beats all.
    """
    wanted = fold(text)
    if not wanted:
        return []
    if exact:
        logins = [each for each in things if each.login and fold(each.login) == wanted]
        return logins or [each for each in things if wanted in (fold(each.name), qualified(each))]
    found = [each for each in things if wanted in (fold(each.name), qualified(each))]
    found = found or [
        each for each in things if fold(each.name).startswith(wanted) or fold(each.login) == wanted
    ]
    return found or [
        each
        for each in things
        if _word_starts(fold(each.name), wanted) or fold(each.login).startswith(wanted)
    ]


def qualified(thing: Named) -> str:
    """`vendas/proposta`: how a stage is told apart from one of the same name on another board."""
    return f"{fold(thing.within)}/{fold(thing.name)}" if thing.within else ""


def one_meaning(found: Sequence[Named]) -> bool:
    """Whether they are one thing to the reader: stages of the same name on several boards are."""
    return len(found) == 1 or (
        len({fold(each.name) for each in found}) == 1
        and all(each.within for each in found)
        and len({each.within for each in found}) == len(found)
    )


def nearest(typed: str, known: Sequence[str], most: int = 3) -> list[str]:
    """The known names that are nearest, at distance two or less; else those that begin alike."""
    low = plain(typed)
    far = {name: _distance(low, plain(name)) for name in known}
    least = min(far.values(), default=9)
    near = [name for name in known if far[name] == least <= min(2, len(low) - 1)]
    return (near or [name for name in known if low and plain(name).startswith(low[:3])])[:most]


def _distance(a: str, b: str) -> int:
    """Letters added, missing or changed; 9 if the lengths alone are too different."""
    if abs(len(a) - len(b)) > 2:
        return 9
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, start=1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, start=1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return row[-1]


def as_things(found: Sequence[Named]) -> tuple[Thing, ...]:
    """By id, with the name people know them by: the login of a user."""
    return tuple(Thing(each.id, each.login or each.name) for each in found)
