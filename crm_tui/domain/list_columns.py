"""Columns of a list that its reader chooses and puts in order: what there is, and what has room in so many cells.

The first column, the name, always stands. Widths are cells; two lie between columns. Knows no row and no screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from crm_tui.domain.export import OWN
from crm_tui.domain.form import Question, QuestionType
from crm_tui.i18n import N_, say

GAP: Final = 2
NAME_LEAST, NAME_MOST = 14, 24
"""Cells of the name before the columns have theirs; what no column wants is the name's, too."""


class ListColumn(NamedTuple):
    """`head` is a message id, or if `literal` the words themselves; `least` and `most` its cells; `exported` the
    columns of a file that hold the same."""

    key: str
    head: str
    least: int
    most: int
    exported: tuple[str, ...]
    literal: bool = False

    @property
    def told(self) -> str:
        """What stands above it."""
        return self.head if self.literal else say(self.head)


PEOPLE: Final = (
    ListColumn("link", N_("Company or document"), 10, 40, ("company", "role", "document")),
    ListColumn("phone", N_("Phone"), 15, 15, ("phones",)),
    ListColumn("cards", N_("Cards"), 7, 7, ("open_cards",)),
    ListColumn("email", N_("E-mail"), 12, 34, ("emails",)),
    ListColumn("document", N_("Document"), 18, 18, ("document",)),
    ListColumn("lifecycle", N_("Phase"), 10, 14, ("lifecycle",)),
    ListColumn("owner", N_("Owner"), 6, 12, ("owner",)),
    ListColumn("due", N_("Next step"), 13, 13, ("due_on",)),
    ListColumn("registered", N_("Registered on"), 13, 13, ("created_at",)),
    ListColumn("code", N_("REF"), 8, 8, ("code",)),
)
USUAL: Final = ("link", "phone", "cards")
"""What Pessoas shows until somebody chooses."""


TODAY: Final = (
    ListColumn("what", N_("What"), 8, 60, ("next_step",)),
    ListColumn("stage", N_("Stage"), 8, 14, ("stage",)),
    ListColumn("value", N_("Value R$"), 10, 10, ("value",)),
    ListColumn("title", N_("Subject"), 10, 60, ("title",)),
    ListColumn("owner", N_("Owner"), 6, 12, ("owner",)),
    ListColumn("board", N_("Board"), 8, 18, ("board",)),
    ListColumn("number", N_("Number"), 7, 12, ("number",)),
)
TODAY_USUAL: Final = ("what", "stage", "value")
"""What Hoje shows behind when and who until somebody chooses."""
_FIRST: Final = {PEOPLE[0]: ("name",), TODAY[0]: ("due_on", "start_at", "party")}
"""The columns of a file for what always stands, by the first column that may be chosen."""
_OWN_LEAST: Final = {QuestionType.BOOL: 6, QuestionType.INT: 8, QuestionType.DATE: 10, QuestionType.MONEY: 12}
_OWN_CELLS, _OWN_MOST = 12, 30


def own(question: Question) -> ListColumn:
    """The column of a field of one's own of people. (M48)"""
    key = f"{OWN}{question.key}"
    least = _OWN_LEAST.get(question.type, _OWN_CELLS)
    most = max(least, min(len(question.label), _OWN_MOST)) if question.type in _OWN_LEAST else _OWN_MOST
    return ListColumn(key, question.label, least, most, (key,), literal=True)


def known(keys: Iterable[str], columns: Sequence[ListColumn] = PEOPLE) -> tuple[str, ...]:
    """Those of these columns that there are, each once, in this order."""
    there = {column.key for column in columns}
    return tuple(dict.fromkeys(key for key in keys if key in there))


def read(
    text: str, columns: Sequence[ListColumn] = PEOPLE, usual: tuple[str, ...] = USUAL
) -> tuple[str, ...]:
    """What was kept of an operator's choice; the usual ones where nothing was, or nothing that is known."""
    return known(text.split(","), columns) or usual


def moved(keys: Sequence[str], key: str, step: int) -> tuple[str, ...]:
    """The same with one column a place to the left (-1) or to the right (1); at an end it stays."""
    at = keys.index(key)
    to = min(len(keys) - 1, max(0, at + step))
    rest = [each for each in keys if each != key]
    return (*rest[:to], key, *rest[to:])


def laid_out(
    keys: Sequence[str], room: int, columns: Sequence[ListColumn] = PEOPLE, name_most: int = NAME_MOST
) -> tuple[int, tuple[tuple[ListColumn, int], ...]]:
    """The cells of the name, and the columns that have room behind it with theirs. One that has none is left out, the
    next narrower one may still stand."""
    by_key = {column.key: column for column in columns}
    left, fit = room - NAME_LEAST, []
    for column in (by_key[key] for key in known(keys, columns)):
        if column.least + GAP <= left:
            fit.append(column)
            left -= column.least + GAP
    name = min(left, name_most - NAME_LEAST)
    left -= name
    laid = []
    for column in fit:
        more = min(left, column.most - column.least)
        laid.append((column, column.least + more))
        left -= more
    return NAME_LEAST + name + left, tuple(laid)


def exported(keys: Sequence[str], columns: tuple[ListColumn, ...] = PEOPLE) -> tuple[str, ...]:
    """The columns of a file for what the list shows, first what always stands."""
    by_key = {column.key: column for column in columns}
    chosen = dict.fromkeys(each for key in known(keys, columns) for each in by_key[key].exported)
    return (*_FIRST[columns[0]], *chosen)
