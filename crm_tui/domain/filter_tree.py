"""What a filter is once it is read: a frozen tree, one class of node for each kind of condition.

Field ids are English, things stand by id with their last name beside, dates are words (`today`, `-7d`, `next week`,
`2026-11-27`), so that a renamed stage, another language or another day does not break a saved view. A store walks
it with one `match`; the JSON form is in `filter_json`, the one shape of equal filters in `filter_shape`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Generic, TypeVar


class Place(StrEnum):
    """The lists that are filtered. Today and board hold cards; both hide closed ones unless told. (FILTER.md §4)"""

    TODAY = "today"
    BOARD = "board"
    PEOPLE = "people"
    AGENDA = "agenda"
    HISTORY = "history"


class Op(StrEnum):
    """How a date or an amount is compared; `BETWEEN` takes both ends in."""

    IS = "="
    BELOW = "<"
    UP_TO = "<="
    ABOVE = ">"
    FROM = ">="
    BETWEEN = ".."


class Answer(StrEnum):
    """What a field of yes and no is asked for; `ALL` is no condition, but lifts a list's default."""

    YES = "yes"
    NO = "no"
    ALL = "all"


LIFTS_STATUS = frozenset(("status", "lost", "closed", "reopened"))
"""Naming one of these fields shows closed cards too, where a list of cards shows open ones. (FILTER.md §4 Defaults)"""
ME, NOBODY, MY_TEAM = "me", "nobody", "my_team"
"""The words of a field of users; `MY_TEAM` is everybody of my team and the teams below it."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A record that has a name: its id, and the name it had when it was read (which is not compared)."""

    id: int
    name: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words to be found. `exact`: this run of whole words; else each word from the start of a word."""

    text: str
    exact: bool = False


V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class _Several(Generic[V]):
    """A field and values of which one must fit. Its kinds are plain classes of one dataclass: they differ in what they
    hold and are never equal, and a dataclass each would cost every start 0.4 ms (the first list has a filter)."""

    field: str
    any: tuple[V, ...]


@dataclass(frozen=True, slots=True)
class DateSpan:
    """Days, as words: before, in, after or between what the words mean on the day of asking.

    `until` is the second end of a `BETWEEN`. `filter_dates.days` turns it into civil dates.
    """

    op: Op
    words: str
    until: str = ""


class Users(_Several[str | Thing]):
    """The field's user is one of these: words (`ME`, `NOBODY`, `MY_TEAM`) or users by id."""

    __slots__ = ()


class Things(_Several[Thing]):
    """One of these things; a field with several things of its own needs only one in common."""

    __slots__ = ()


class Words(_Several[str]):
    """One of the field's fixed words, by their English ids."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Tri:
    """Yes, no, or no condition."""

    field: str
    answer: Answer


class Dates(_Several[DateSpan]):
    """The date lies in one of these spans; a row without the date lies in none."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Amount:
    """Money in cents, or a whole number (days, per cent, a count); `until` is the second end of a `BETWEEN`."""

    field: str
    op: Op
    value: int
    until: int | None = None


class Texts(_Several[Phrase]):
    """One of these phrases is found in the field's text."""

    __slots__ = ()


class Codes(_Several[str]):
    """One of these runs of letters and digits stands in the field's code; both without their mask."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Presence:
    """Whether the row has something at all: a next step, an owner, a file."""

    what: str
    there: bool


@dataclass(frozen=True, slots=True)
class FreeText:
    """A word or run of words without a field: looked for in numbers, titles, names and labels."""

    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Not:
    """The rows for which `of` does not hold: also those of which nothing is known (nobody's, for an owner)."""

    of: Node


@dataclass(frozen=True, slots=True)
class All:
    """Every one of these holds; of none, everything."""

    of: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of these holds."""

    of: tuple[Node, ...]


Condition = Users | Things | Words | Tri | Dates | Amount | Texts | Codes
Node = Condition | Presence | FreeText | Not | All | AnyOf
LISTS = (Users, Things, Words, Dates, Texts, Codes)
"""The conditions that hold several values, of which one must fit."""


@dataclass(frozen=True, slots=True)
class Sort:
    """The field that the rows stand by."""

    field: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """What a line says: the conditions, all of which hold, and how the list is to be shown.

    `group` is `stage`, `owner`, `due` or `label`; `per_column` a number of cards. `columns` are those of a list, and
    `order` the column that it stands by (`followup.Sorting.kept`), which a saved view keeps with it: no line says them.
    """

    where: All = All()
    sort: Sort | None = None
    group: str | None = None
    per_column: int | None = None
    columns: tuple[str, ...] = ()
    order: str = ""

    @property
    def empty(self) -> bool:
        """Whether it says nothing that the list does not do anyway."""
        kept = (self.sort, self.group, self.per_column)
        return not (self.where.of or self.columns or self.order) and all(each is None for each in kept)

    def shown_as(self, other: Filter) -> Filter:
        """The same with what no line says as another has it; an order that is said goes before that of a column."""
        return replace(self, columns=other.columns, order="" if self.sort is not None else other.order)


def walk(node: Node) -> list[Node]:
    """The node and all below it, from the top down."""
    found: list[Node] = [node]
    if isinstance(node, All | AnyOf):
        for each in node.of:
            found += walk(each)
    elif isinstance(node, Not):
        found += walk(node.of)
    return found


def named(node: Node) -> frozenset[str]:
    """The ids of all fields that stand in the tree."""
    return frozenset(each.field for each in walk(node) if isinstance(each, Condition))


def plain_words(line: str) -> Filter:
    """The filter of words without fields, however they are written."""
    return Filter(All(tuple(FreeText(Phrase(word)) for word in line.split())))
