"""What is put on a card by hand: labels, members, tasks; their rows as screens see them, and their rules.

Knows nothing of the store or the screen.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final, NamedTuple

from crm_tui.domain.hue import Hue, hue_number
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.text import fold
from crm_tui.i18n import Text

NAME_LIMIT: Final = 30
"""Letters of a label: it stands as a word in a column of 22 cells."""
TASK_LIMIT: Final = 200
"""Letters of a task: one line."""
TASKS_LIMIT: Final = 100
"""Tasks of one card: more is a project, and no list that one looks through."""


class LabelRow(NamedTuple):
    """A label in a list or picker; without a board it is for all of them. (K12)"""

    id: int
    name: str
    color: str
    board_id: int | None
    board: str | None
    active: bool
    version: int

    @property
    def hue(self) -> int:
        return hue_number(self.color)


class Worn(NamedTuple):
    """A label on a card; `hue` from 1 to 8, `active` False where it was taken out of use since. (K25)"""

    id: int
    name: str
    hue: int
    active: bool = True

    @property
    def chip(self) -> tuple[str, int]:
        """What is drawn of it."""
        return self.name, self.hue


class Member(NamedTuple):
    """An operator who takes part in a card besides its owner. (K26)"""

    id: int
    login: str
    name: str


class Task(NamedTuple):
    """A task of a card's checklist; `done_at` aware, None while it is open. (K30)"""

    id: int
    text: str
    done_at: datetime | None
    done_by: str | None
    version: int

    @property
    def done(self) -> bool:
        return self.done_at is not None


class Choice(NamedTuple):
    """What a picker over several cards offers: `on` of them have it, `word` tells it from others."""

    id: int
    name: str
    hue: int
    word: str
    on: int
    active: bool = True


def least_used(colors: Collection[str]) -> Hue:
    """The hue for one more label: the first of those that fewest have."""
    counted = {hue: sum(color == hue for color in colors) for hue in Hue}
    return min(Hue, key=lambda hue: counted[hue])


def name_free(name: str, others: Collection[tuple[str, bool]]) -> Refusal | None:
    """Whether a label may be called so: `others` are (name, in use) of those that can stand beside it on a card.

    Names are told apart without case and accents, as filters read them. (K12)
    """
    taken = next(((other, active) for other, active in others if fold(other) == fold(name)), None)
    if taken is None:
        return None
    other, active = taken
    reason = (
        Text("There is a label “{name}” already: choose another name.", {"name": other})
        if active
        else Text("The label “{name}” is out of use: take it back into use in Settings.", {"name": other})
    )
    return Refusal(reason, RefusedBy.RULE, ("name",))


def may_wear(name: str, *, active: bool, fits: bool) -> Refusal | None:
    """Whether a label may be put on a card: one in use, of the card's board or of all boards. (K25)"""
    if not active:
        return Refusal(
            Text("The label “{name}” was taken out of use: choose another.", {"name": name}), fields=("add",)
        )
    if not fits:
        return Refusal(
            Text("The label “{name}” belongs to another board: choose one of this card's.", {"name": name}),
            fields=("add",),
        )
    return None


def changes(put: Collection[str], taken: Collection[str]) -> str:
    """What the timeline says of labels or members: `+quente, -frio`."""
    return ", ".join([*(f"+{name}" for name in put), *(f"-{name}" for name in taken)])


def tally(tasks: Collection[Task]) -> str:
    """`2/5`: done of all; nothing where there are none."""
    return f"{sum(task.done for task in tasks)}/{len(tasks)}" if tasks else ""
