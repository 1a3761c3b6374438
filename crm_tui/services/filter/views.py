"""What may be read of filters: the world they are read in, what they find on a board, and views that were saved."""

from __future__ import annotations

import json
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crm_tui.domain.access import SET_UP
from crm_tui.domain.board import StageCategory, StageHead, weighted
from crm_tui.domain.fields import Option
from crm_tui.domain.filter_complete import Habits
from crm_tui.domain.filter_errors import list_name
from crm_tui.domain.filter_fields import Kind
from crm_tui.domain.filter_json import from_json
from crm_tui.domain.filter_rows import LOOKED_AT, BoardMatches, Matches, SavedView, StageMatches
from crm_tui.domain.filter_tree import Filter, Place, Sort, named
from crm_tui.domain.filter_world import FilterWorld, Named
from crm_tui.i18n import language
from crm_tui.services.core import narrow
from crm_tui.services.core.reading import Reading, view
from crm_tui.services.core.scope import matching, reach, wall
from crm_tui.store.filters import CARDS, Condition
from crm_tui.store.filters.sorting import value
from crm_tui.store.queries import board as boards
from crm_tui.store.queries import filter as queries

Found = list[tuple[int, int, Any]]
"""Id, cents and what it is sorted by, in the column's own order."""


@dataclass(frozen=True, slots=True)
class KnownNames:
    """The names of the base as they were when the world was made."""

    by_kind: Mapping[str, tuple[Named, ...]]

    def things(self, kind: str) -> Sequence[Named]:
        return self.by_kind.get(kind, ())


@view("card.read")
def world(reading: Reading, place: Place, spoken: str = "") -> FilterWorld:
    """What a line of this list is read in: names that the viewer may see, the day, a language (the one in force)."""
    see = {"me": reading.viewer.user_id, "users": int(reading.viewer.owners("user.read") is None)}
    see |= wall(reading.viewer)
    run = reading.connection.execute
    names = {kind: tuple(Named(*row) for row in run(sql, see)) for kind, sql in queries.NAMES.items()}
    clock = narrow.clock(reading, spoken)
    own = run(queries.OWN_FIELDS, see | {"cards": int(place is not Place.PEOPLE)}).fetchall()
    custom = {key: OWN_KINDS[kind] for key, kind in own}
    return FilterWorld(place, KnownNames(names), clock.now, clock.calendar, spoken or language(), custom)


OWN_KINDS: Mapping[str, Kind] = {
    **dict.fromkeys(("text", "long", "choice", "multi"), Kind.TEXT),
    "int": Kind.NUMBER,
    "money": Kind.MONEY,
    "date": Kind.DATE,
    "bool": Kind.TRI,
}
"""What a filter may say of the answers to each type of question of `domain.form`."""


# --- cards ------------------------------------------------------------------------------------------


@view("card.read")
def board(reading: Reading, board_id: int, found: Filter) -> BoardMatches:
    """The matching cards of a board, column by column, with their sums; closing stages where they hold some.

    At most 20,000 cards are looked at; each column's share then is as large as it is.
    """
    where = narrow.asked(found, Place.BOARD)
    also = narrow.narrowed(reading, where, CARDS)
    sort = _sort_sql(found.sort)
    if narrow.wants_closed(where) or narrow.wants_archived(where):
        columns, more = _whole(reading, board_id, also, sort)
    else:
        columns, more = _open(reading, board_id, also, sort)
    stages = []
    for row in reading.connection.execute(
        boards.STAGES, wall(reading.viewer) | {"board_id": board_id}
    ).fetchall():
        stage_id, _, name, category, position, probability, _, limit, _ = row[:9]
        held = columns.get(stage_id, [])
        if not held and category not in (StageCategory.OPEN, StageCategory.PAUSED):
            continue
        if found.sort is not None:
            held = narrow.in_order(held, _value, found.sort)
        cents = sum(card[1] for card in held)
        head = StageHead(
            stage_id,
            name,
            StageCategory(category),
            position,
            len(held),
            cents,
            weighted(cents, probability),
            limit,
        )
        stages.append(StageMatches(head, array("q", (card[0] for card in held))))
    return BoardMatches(tuple(stages), more)


def _value(card: tuple[int, int, Any]) -> Any:
    return card[2]


def _sort_sql(sort: Sort | None) -> str:
    return (value(CARDS, sort.field) if sort is not None else None) or "NULL"


def _open(reading: Reading, board_id: int, also: Condition, sort: str) -> tuple[dict[int, Found], bool]:
    """The listed cards, by the index of each column's order."""
    run = reading.connection.execute
    params = also.params | reach(reading.viewer, "card.read") | {"board_id": board_id}
    held = dict(run(queries.HELD, {"board_id": board_id}).fetchall())
    every = sum(held.values())
    columns: dict[int, Found] = {}
    if every <= LOOKED_AT:
        text = queries.COLUMNS.format(sort=sort, also=also.sql)
        for card_id, cents, sorted_by, stage_id in run(text, params):
            columns.setdefault(stage_id, []).append((card_id, cents, sorted_by))
        return columns, False
    text = queries.COLUMN_BEGUN.format(sort=sort, also=also.sql)
    for stage_id, count in held.items():
        share = {"stage_id": stage_id, "most": max(1, count * LOOKED_AT // every)}
        columns[stage_id] = run(text, params | share).fetchall()
    return columns, True


def _whole(reading: Reading, board_id: int, also: Condition, sort: str) -> tuple[dict[int, Found], bool]:
    """Closed and archived cards among them, the newest that are looked at."""
    params = also.params | reach(reading.viewer, "card.read") | {"board_id": board_id, "most": LOOKED_AT}
    run = reading.connection.execute
    rows = run(queries.BOARD.format(sort=sort, also=also.sql), params).fetchall()
    columns: dict[int, Found] = {}
    for card_id, cents, sorted_by, stage_id, _ in sorted(rows, key=lambda row: (row[4], row[0])):
        columns.setdefault(stage_id, []).append((card_id, cents, sorted_by))
    (beyond,) = run(queries.BEYOND, {"board_id": board_id, "most": LOOKED_AT}).fetchone()
    return columns, bool(beyond)


@view("card.read")
def cards(reading: Reading, found: Filter, *, board_id: int | None = None, most: int = LOOKED_AT) -> Matches:
    """The cards of all boards (or of one) that a filter means, in its order, else as they were made."""
    also = narrow.narrowed(reading, narrow.asked(found, Place.BOARD), CARDS)
    params = also.params | reach(reading.viewer, "card.read") | {"board_id": board_id, "most": most + 1}
    text = queries.CARDS if board_id is None else queries.CARDS_OF_BOARD
    rows = reading.connection.execute(
        text.format(sort=_sort_sql(found.sort), also=also.sql), params
    ).fetchall()
    rows.sort()
    more, rows = len(rows) > most, rows[:most]
    if found.sort is not None:
        rows = narrow.in_order(rows, lambda row: row[1], found.sort)
    return Matches(array("q", (row[0] for row in rows)), more)


# --- what completion counts -------------------------------------------------------------------------


class _Counts:
    """How many cards of a list have each value, one query a field, asked when a field is first completed."""

    def __init__(self, reading: Reading, within: str, params: dict[str, Any]) -> None:
        self._reading, self._within, self._params = reading, within, params
        self._known: dict[str, dict[int | str, int]] = {}

    def __call__(self, field: str, value: int | str) -> int | None:
        column = queries.COUNTS.get(field)
        if column is None:
            return None
        if field not in self._known:
            sql = queries.COUNTED.format(
                value=column, within=self._within, joined=queries.JOINED.get(field, "")
            )
            self._known[field] = dict(self._reading.connection.execute(sql, self._params).fetchall())
        known = self._known[field]
        if field == "owner" and isinstance(value, str):
            value = self._reading.viewer.user_id if value == "me" else value
        return known.get(value, 0) if not isinstance(value, str) or value in known else None


@view("card.read")
def habits(
    reading: Reading, place: Place, *, owner_id: int | None = None, board_id: int | None = None
) -> Habits:
    """What completion offers first: fields that one's saved views use, values by how many cards of the list have them.

    `owner_id` as in the queue (None is oneself, 0 everybody). Holds this look's connection: for its thread alone.
    """
    uses: dict[str, int] = {}
    for saved_view in saved(reading, place):
        if saved_view.mine and saved_view.found is not None:
            for field in named(saved_view.found.where):
                uses[field] = uses.get(field, 0) + 1
    if place not in (Place.TODAY, Place.BOARD):
        return Habits(uses)
    params = {"owner_id": reading.viewer.user_id if owner_id is None else owner_id, "board_id": board_id}
    within = "board" if place is Place.BOARD and board_id is not None else "" if owner_id == 0 else "owner"
    within = "" if place is Place.BOARD and board_id is None else within
    counts = _Counts(reading, queries.WITHIN[within], params | reach(reading.viewer, "card.read"))
    return Habits(uses, count=counts)


# --- saved views ------------------------------------------------------------------------------------


@view("filter.save")
def saved(reading: Reading, place: Place | None = None) -> list[SavedView]:
    """One's own views, then the team's; those with a digit first, in its order. (K49)"""
    params = {"me": reading.viewer.user_id, "place": place.value if place is not None else ""}
    return [_saved(reading, row) for row in reading.connection.execute(queries.SAVED, params).fetchall()]


def _saved(reading: Reading, row: tuple[Any, ...]) -> SavedView:
    row_id, name, place, query, shortcut, author, mine, shared, version = row
    try:
        found = from_json(json.loads(query))
    except ValueError:  # of a later version of this program: the list shows it, nothing can be asked of it
        found = None
    return SavedView(
        row_id,
        name,
        Place(place),
        query,
        shortcut,
        author,
        bool(mine),
        bool(shared),
        version,
        found,
        bool(mine) or (bool(shared) and reading.viewer.owners(SET_UP) is None),
    )


@view("filter.save")
def by_digit(reading: Reading, place: Place, digit: int) -> SavedView | None:
    """The view that a digit opens in a list: one's own before the team's."""
    return next((each for each in saved(reading, place) if each.shortcut == digit), None)


@view("filter.save")
def pick_saved(reading: Reading, text: str) -> list[Option]:
    """The picker of saved views that one may change."""
    options = [
        Option(each.id, each.name, list_name(each.place), f"view:{each.id}")
        for each in saved(reading)
        if each.may_change
    ]
    return matching(options, text)


PICKERS = {"saved_filters": pick_saved}
