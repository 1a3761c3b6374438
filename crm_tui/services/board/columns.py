"""A board as it is arranged: by other columns than its stages, or in another order than by hand. (K38, K39)

`views.heads` and `views.column` read the board as it stands by default, a page at a time; here one pass gives all
columns, and their cards are read by id (`views.cards`). Names that the program itself gives are left empty.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from crm_tui.domain.arrangement import NOTHING, STATES, Arrangement, Column, Grouped, Grouping
from crm_tui.domain.board import StageCategory, StageHead
from crm_tui.domain.due import DueFacts, DueState, due_state
from crm_tui.services.board import views
from crm_tui.services.core.reading import Reading, view
from crm_tui.services.core.scope import reach, wall
from crm_tui.store.queries import board as queries
from crm_tui.store.values import as_date, as_instant


@dataclass(slots=True)
class _Sum:
    """What stands in one column: ids in order, cents, and cents times chance."""

    ids: array[int] = field(default_factory=lambda: array("q"))
    cents: int = 0
    weighted: int = 0

    def take(self, card_id: int, cents: int, chance: int) -> None:
        self.ids.append(card_id)
        self.cents += cents
        self.weighted += cents * chance

    def under(self, head: StageHead) -> Column:
        counted = replace(
            head, count=len(self.ids), value_cents=self.cents, weighted_cents=self.weighted // 100
        )
        return Column(counted, self.ids)


@view("card.read")
def page_size(reading: Reading, board_id: int) -> int:
    """How many cards a column of this board begins with. (K39)"""
    row = reading.connection.execute(queries.PAGE_SIZE, {"board_id": board_id}).fetchone()
    return int(row[0]) if row else views.PAGE


@view("card.read")
def arranged(
    reading: Reading, board_id: int, arrangement: Arrangement, only: Collection[int] | None = None
) -> Grouped:
    """Every column with the ids of its cards in order, and what the board comes to: its open cards, or `only` these,
    whatever their status. A column that may be moved to stands there though it is empty."""
    chosen, params = only is not None, {"board_id": board_id, **reach(reading.viewer, "card.read")}
    text = queries.arranged(
        arrangement.group, arrangement.by, descending=arrangement.descending, chosen=chosen
    )
    if only is not None:
        params["ids"] = json.dumps([*only])
    column_of = _state_of(reading) if arrangement.group is Grouping.DUE else int
    columns: dict[int, _Sum] = {}
    whole, counted = _Sum(), set[int]()
    for card_id, cents, chance, *where in reading.connection.execute(text, params):
        columns.setdefault(column_of(*where), _Sum()).take(card_id, cents, chance)
        if card_id not in counted:
            counted.add(card_id)
            whole.take(card_id, cents, chance)
    heads = _heads(reading, board_id, arrangement.group, columns)
    found = tuple(columns.get(head.id, _Sum()).under(head) for head in heads)
    return Grouped(found, len(whole.ids), whole.cents, whole.weighted // 100)


def _state_of(reading: Reading) -> Callable[..., int]:
    """The column of a card by what its due state is told from; many cards share a day."""
    known: dict[tuple[str | int | None, ...], int] = {}
    now, zone = reading.now, reading.viewer.zone

    def told(due: str | None, start: str | None, internal: str | None, is_open: int) -> int:
        asked = (due, start, internal, is_open)
        found = known.get(asked)
        if found is None:
            facts = DueFacts(not is_open, as_date(due), as_instant(start), as_date(internal))
            found = known[asked] = STATES.index(due_state(facts, now, zone))
        return found

    return told


def _heads(reading: Reading, board_id: int, group: Grouping, columns: Iterable[int]) -> Iterable[StageHead]:
    """The columns from left to right, nothing counted yet; those without an owner or label come last."""
    named: list[tuple[int, str]]
    match group:
        case Grouping.STAGE:
            return views.heads(reading, board_id)
        case Grouping.DUE:
            held = {*columns}
            named = [(n, "") for n, each in enumerate(STATES) if each is not DueState.CLOSED or n in held]
        case Grouping.OWNER:
            named = [*_named(reading, queries.OWNERS, ids=columns), (NOTHING, "")]
        case Grouping.LABEL:
            asked = {"board_id": board_id, **wall(reading.viewer)}
            named = [*_named(reading, queries.LABELS, ids=columns, **asked), (NOTHING, "")]
    return [StageHead(i, name, StageCategory.OPEN, at, 0, 0, 0, None) for at, (i, name) in enumerate(named)]


def _named(reading: Reading, text: str, *, ids: Iterable[int], **params: Any) -> list[tuple[int, str]]:
    return reading.connection.execute(text, {"ids": json.dumps([*ids]), **params}).fetchall()
