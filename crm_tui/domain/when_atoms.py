"""The pieces that a phrase falls into (a day, a time, an exact moment) and how rules for them are written.

A rule is a pattern over the kinds of tokens, `"NEXT WEEKDAY FEIRA?"`, and what makes the piece of it. Which
rules there are stands in `when_days` and `when_times`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from crm_tui.domain.when_lex import KINDS, Token
from crm_tui.domain.when_types import Moment, Reason, World
from crm_tui.i18n import Text


class DaySort(Enum):
    """What else may be said about a day beside it."""

    WEEKDAY = auto()  # a bare weekday: agrees with a definite day, or is the one of a named week
    NEXT_WEEK = auto()  # a week that a weekday may make exact
    DEFINITE = auto()  # a civil date, however said: a weekday beside it must agree
    LOOSE = auto()  # stands alone


@dataclass(frozen=True, slots=True)
class Day:
    """A day, or the two or three that the words may mean, the likeliest first.

    `later` are the next days that fit, position for position, for when the moment has passed. With a
    `reason` the words are refused and `days` are what is offered instead.
    """

    start: int
    end: int
    sort: DaySort
    days: tuple[date, ...]
    later: tuple[date, ...] = ()
    reason: Reason | None = None
    note: Text | None = None
    holiday: str | None = None


class TimeKind(Enum):
    CLOCK = auto()  # an hour was said
    NUMBER = auto()  # a bare number: a day or an hour?
    PART = auto()  # a part of the day, `hour:minute` to `until`
    OPENING = auto()  # the start of the working hours
    CLOSING = auto()  # their end
    MIDNIGHT = auto()  # which side of the day?


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day in minutes since midnight, before day and part of the day have had their say.

    `hour` is what was said, `minute` what is added to it (negative in "15 pras 10"); `clear` hours stand as
    they are, the others may be twelve later. `part` names a part of the day; `bare` is *manhã* without the
    preposition that sets it apart from a mistyped *amanhã*; `days` are days that a bare number may be.
    """

    start: int
    end: int
    kind: TimeKind
    hour: int = 0
    minute: int = 0
    clear: bool = True
    part: str = ""
    bare: bool = False
    days: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Exact:
    """A moment that needs nothing else said ("in two hours"); two values are an ambiguity."""

    start: int
    end: int
    values: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class Broken:
    """Words of a known shape that cannot be: hour 25, day 45, twenty years ahead."""

    start: int
    end: int
    reason: Reason
    note: Text | None = None


Atom = Day | Time | Exact | Broken


@dataclass(frozen=True, slots=True)
class Said:
    """The tokens that a rule matched."""

    tokens: tuple[Token, ...]

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end

    def has(self, *kinds: str) -> bool:
        return any(token.kind in kinds for token in self.tokens)

    def find(self, *kinds: str) -> list[Token]:
        return [token for token in self.tokens if token.kind in kinds]

    def numbers(self) -> list[Token]:
        """The counts and hours; `dez` and the article of "in a week" among them."""
        return self.find("NUM", "NUM4", "DEZ", "ORD", "ORD_TH")

    def count(self) -> int:
        """The first number said, 1 if there is none ("in a week")."""
        numbers = self.numbers()
        return number_of(numbers[0]) if numbers else 1

    def month(self) -> int:
        token = self.find("MONTH", "DEZ", "AGO")[-1]
        return {"DEZ": 12, "AGO": 8}.get(token.kind, token.value)

    def broken(self, reason: Reason = Reason.UNKNOWN) -> Broken:
        return Broken(self.start, self.end, reason)

    def day(self, *days: date, sort: DaySort = DaySort.DEFINITE, later: tuple[date, ...] = ()) -> Day:
        return Day(self.start, self.end, sort, days, later)


Build = Callable[[Said, World], Atom | tuple[Atom, ...]]


@dataclass(frozen=True, slots=True)
class Rule:
    patterns: tuple[re.Pattern[str], ...]
    build: Build


# Each kind is one character, so that a phrase is a string and a rule an ordinary regular expression on it.
CODES = {kind: chr(0xE000 + at) for at, kind in enumerate(sorted(KINDS))}


def rule(pattern: str, build: Build) -> Rule:
    """A rule from kinds of tokens, blanks between them, and `? ( | )` of regular expressions.

    A ` | ` with blanks parts whole ways of saying it, of which the longest counts; inside brackets the
    first that fits does.
    """
    coded = re.sub(r"[A-Z][A-Z_0-9]*", lambda match: CODES[match.group()], pattern)
    return Rule(tuple(re.compile(way.replace(" ", "")) for way in coded.split(" | ")), build)


def number_of(token: Token) -> int:
    return 10 if token.kind == "DEZ" else token.value
