"""What the board holds in memory: the heads of every column, and the first cards of those that were looked at.

Read through views; with a filter, what it leaves. Knows no widget and no key.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from crm_tui.domain.arrangement import Arrangement, Grouping, knows
from crm_tui.domain.board import BoardCard, BoardRow, StageHead
from crm_tui.domain.filter_tree import Filter
from crm_tui.screens.board.grouping import named
from crm_tui.services.board import columns, views
from crm_tui.services.core.crm import Crm
from crm_tui.services.filter import views as filters
from crm_tui.services.label import views as wearing
from crm_tui.widgets.chips import Chip

PAGE = views.PAGE
"""Cards of a column that are read at once, unless the board or the operator says otherwise."""
ALL = 5000
"""Cards of one column that are read to its end at most."""
LOOKED = 500
"""Cards that are read to keep the cursor on its card, at most: farther down it begins anew."""


BY_HAND = Arrangement()
EVERYTHING = Filter()


class Asked(NamedTuple):
    """What is asked for: a board as it is arranged, by what it is filtered, and how many cards of which columns."""

    board_id: int
    arrangement: Arrangement = BY_HAND
    wanted: Mapping[int, int] = {}
    found: Filter = EVERYTHING

    @property
    def filtered(self) -> bool:
        """Whether every column must be gone through: for conditions, or an order that no column knows."""
        sort = self.found.sort
        return bool(self.found.where.of) or (sort is not None and not knows(sort))


class Travel(NamedTuple):
    """A card that goes from one column to another."""

    card: int
    source: int
    target: int


class Whole(NamedTuple):
    """What a board comes to, each card counted once; cents."""

    cards: int
    cents: int
    weighted_cents: int


@dataclass(frozen=True, slots=True)
class Loaded:
    """One look at a board. `cards` are by column, in order; a column that was not looked at is missing.

    `ids` are all cards of every column, unless the whole board stands by stages and by hand: then the next ones are
    found behind the last. `page` is how many cards a column begins with. `found` is what it is filtered by, of
    `total` cards; `more`: there are so many that not all were gone through. `labels` and `tasks` (done, all) are by
    card; a card without any is not there.
    """

    board: BoardRow | None = None
    heads: tuple[StageHead, ...] = ()
    cards: Mapping[int, Sequence[BoardCard]] = field(default_factory=dict)
    labels: Mapping[int, Sequence[Chip]] = field(default_factory=dict)
    tasks: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    arrangement: Arrangement = BY_HAND
    page: int = PAGE
    ids: Mapping[int, array[int]] = field(default_factory=dict)
    whole: Whole | None = None
    found: Filter = EVERYTHING
    total: int | None = None
    more: bool = False

    @property
    def stages(self) -> tuple[int, ...]:
        """The columns from left to right."""
        return tuple(head.id for head in self.heads)

    @property
    def count(self) -> int:
        return self.whole.cards if self.whole is not None else sum(head.count for head in self.heads)

    @property
    def cents(self) -> int:
        return self.whole.cents if self.whole is not None else sum(head.value_cents for head in self.heads)

    @property
    def weighted_cents(self) -> int:
        if self.whole is not None:
            return self.whole.weighted_cents
        return sum(head.weighted_cents for head in self.heads)

    def count_of(self, stage: int) -> int:
        """How many cards a column has, read or not."""
        return next((head.count for head in self.heads if head.id == stage), 0)

    def hides(self, card: int) -> bool:
        """Whether the filter leaves this card out."""
        return self.total is not None and not any(card in ids for ids in self.ids.values())

    def of(self, stage: int) -> Sequence[BoardCard]:
        """The cards of a column as far as they were read."""
        return self.cards.get(stage, ())

    def more_of(self, stage: int) -> int:
        """How many cards of a column were not read yet."""
        return max(0, self.count_of(stage) - len(self.of(stage)))

    def stage_of(self, card: int, first: int = 0) -> int | None:
        """The column in which a card was seen: `first` if it stands there, too."""
        order = sorted(self.cards, key=lambda stage: stage != first)
        return next((s for s in order if any(c.id == card for c in self.cards[s])), None)

    def card(self, card: int) -> BoardCard | None:
        """A card that was read."""
        return next((c for cards in self.cards.values() for c in cards if c.id == card), None)

    def with_cards(self, stage: int, cards: Sequence[BoardCard]) -> Loaded:
        """The same with these cards in a column."""
        return replace(self, cards={**self.cards, stage: tuple(cards)})


def boards(crm: Crm) -> list[BoardRow]:
    """The boards in use."""
    found: list[BoardRow] = crm.read(views.boards)
    return found


def busiest(crm: Crm) -> int | None:
    """The board that holds most cards for this viewer, the first of them if they tie: what `2` opens on."""
    counts = [(count(crm, b.id), -n, b.id) for n, b in enumerate(boards(crm))]
    return max(counts)[2] if counts else None


def count(crm: Crm, board_id: int) -> int:
    """The open cards of a board."""
    return sum(head.count for head in crm.read(views.heads, board_id))


def page_size(crm: Crm, board_id: int) -> int:
    """How many cards a column of the board begins with."""
    return int(crm.read(columns.page_size, board_id))


def read_heads(crm: Crm, asked: Asked) -> Loaded:
    """The board with its heads and no cards yet."""
    board = next((b for b in boards(crm) if b.id == asked.board_id), None)
    page = asked.arrangement.page(page_size(crm, asked.board_id))
    here = Loaded(board, arrangement=asked.arrangement, page=page, found=asked.found)
    if asked.filtered:
        here = replace(here, total=count(crm, asked.board_id))
        if asked.arrangement.group is Grouping.STAGE:
            return _filtered(crm, asked, here)
    elif asked.arrangement.by_hand:
        return replace(here, heads=tuple(crm.read(views.heads, asked.board_id)))
    only = None
    if asked.filtered:
        matches = crm.read(filters.cards, Filter(asked.found.where), board_id=asked.board_id)
        only, here = matches.ids, replace(here, more=matches.more)
    found = crm.read(columns.arranged, asked.board_id, asked.arrangement, only)
    return replace(
        here,
        heads=named(asked.arrangement.group, [column.head for column in found.columns]),
        ids={column.head.id: column.ids for column in found.columns},
        whole=Whole(found.count, found.value_cents, found.weighted_cents),
    )


def _filtered(crm: Crm, asked: Asked, here: Loaded) -> Loaded:
    """The stages with the cards that match; closing ones where they hold some. No limit is said of a part."""
    sort = asked.found.sort or asked.arrangement.settings_of(asked.found).sort
    found = crm.read(filters.board, asked.board_id, Filter(asked.found.where, sort))
    return replace(
        here,
        heads=tuple(replace(stage.head, wip_limit=None) for stage in found.stages),
        ids={stage.head.id: stage.ids for stage in found.stages},
        more=found.more,
    )


def column_of(crm: Crm, loaded: Loaded, card: int) -> tuple[int, int] | None:
    """The column in which a card stands, read or not, and its place there (0 where only the column is known)."""
    if loaded.ids:
        there = next(((s, ids.index(card)) for s, ids in loaded.ids.items() if card in ids), None)
        if there is not None or loaded.arrangement.group is not Grouping.STAGE:
            return there
    found = crm.read(views.detail, card)
    return (found.stage_id, 0) if found is not None and found.stage_id in loaded.stages else None


def read(crm: Crm, asked: Asked) -> Loaded:
    """The board as it is asked for."""
    return read_cards(crm, read_heads(crm, asked), asked.wanted)


def foreseen(loaded: Loaded, travel: Travel) -> Loaded:
    """The same as it will look once a card has gone where it is sent: shown while it is being saved.

    Only on the whole board by hand, where it goes to the end of the column: anywhere else its place is found out.
    """
    card = next((each for each in loaded.of(travel.source) if each.id == travel.card), None)
    if card is None or loaded.ids or travel.source == travel.target:
        return loaded
    cents = card.value_cents
    steps = {travel.source: (-1, -cents), travel.target: (1, cents)}
    heads = tuple(
        replace(head, count=head.count + steps[head.id][0], value_cents=head.value_cents + steps[head.id][1])
        if head.id in steps
        else head
        for head in loaded.heads
    )
    cards = {**loaded.cards, travel.source: [each for each in loaded.of(travel.source) if each is not card]}
    there = loaded.of(travel.target)
    if travel.target in loaded.cards and len(there) >= loaded.count_of(travel.target):
        cards[travel.target] = [*there, card]
    return replace(loaded, heads=heads, cards=cards)


def travelled(crm: Crm, loaded: Loaded, asked: Asked, travel: Travel) -> Loaded:
    """The same after a card went to another column: the heads and this card are read, and who moves up behind it.

    Reading both columns again took half as long as the move itself. (measured)
    """
    found = replace(read_heads(crm, asked), cards=loaded.cards, labels=loaded.labels, tasks=loaded.tasks)
    left = [card for card in loaded.of(travel.source) if card.id != travel.card]
    found = found.with_cards(travel.source, left)
    short = found.page - len(left)
    if short > 0 and found.more_of(travel.source):
        found = read_more(crm, found, travel.source, short)
    there = loaded.of(travel.target)
    if travel.target in loaded.cards and len(there) >= loaded.count_of(travel.target):
        here = [card for card in there if card.id != travel.card]
        here += [card for card in crm.read(views.cards, [travel.card]) if card.listed]
        found = found.with_cards(travel.target, sorted(here, key=lambda card: (card.rank, card.id)))
    return found


def read_as_far(crm: Crm, loaded: Loaded, card: int, stage: int, at: int) -> Loaded:
    """The same with a column read as far as one of its cards, unless that stands too far down; `at` is its place if it
    is known, else 0."""
    if at:
        more = at + 1 - len(loaded.of(stage))
        return read_more(crm, loaded, stage, more) if more > 0 and at < LOOKED else loaded
    while loaded.more_of(stage) and len(loaded.of(stage)) < LOOKED:
        if any(each.id == card for each in loaded.of(stage)):
            break
        loaded = read_more(crm, loaded, stage, max(loaded.page, 1))
    return loaded


def read_cards(crm: Crm, loaded: Loaded, wanted: Mapping[int, int]) -> Loaded:
    """The same with the first cards of each column that is wanted, so many of each."""
    cards = {s: _from(crm, loaded, s, (), most) for s, most in wanted.items() if s in loaded.stages}
    ids = [card.id for found in cards.values() for card in found]
    return dressed(crm, replace(loaded, cards={**loaded.cards, **cards}), ids)


def read_more(crm: Crm, loaded: Loaded, stage: int, most: int) -> Loaded:
    """The same with the next cards of a column."""
    have = loaded.of(stage)
    found = _from(crm, loaded, stage, have, most)
    return dressed(crm, loaded.with_cards(stage, [*have, *found]), [card.id for card in found])


def _from(crm: Crm, loaded: Loaded, stage: int, have: Sequence[BoardCard], most: int) -> Sequence[BoardCard]:
    """The cards of a column behind those that are there."""
    if stage not in loaded.ids:
        found: Sequence[BoardCard] = crm.read(views.column, stage, have[-1] if have else None, most)
    else:
        found = crm.read(views.cards, loaded.ids[stage][len(have) : len(have) + most])
    return found


def grown(crm: Crm, loaded: Loaded, asked: Asked, stage: int, card: int) -> Loaded:
    """The same after a card was made in a column: read on as far as it, in the other columns as far as before."""
    found = read_heads(crm, asked)
    if asked.arrangement.by_hand:
        found = replace(found, cards=loaded.cards, labels=loaded.labels, tasks=loaded.tasks)
        return read_more(crm, found, stage, min(ALL, found.more_of(stage)))
    wanted = {s: max(found.page, len(cards)) for s, cards in loaded.cards.items()}
    place = column_of(crm, found, card)
    if place is not None and place[0] == stage and place[1] < LOOKED:
        wanted[stage] = max(wanted.get(stage, 0), place[1] + 1)
    return read_cards(crm, found, wanted)


def dressed(crm: Crm, loaded: Loaded, ids: Sequence[int]) -> Loaded:
    """The same with the labels and tasks of these cards, in one query each: 0.8 ms for 400 cards."""
    worn = {i: tuple(each.chip for each in found) for i, found in crm.read(wearing.worn, ids).items()}
    tasks = crm.read(wearing.tallies, ids)
    fresh = set(ids)
    kept = {i: each for i, each in loaded.labels.items() if i not in fresh}
    counted = {i: each for i, each in loaded.tasks.items() if i not in fresh}
    return replace(loaded, labels={**kept, **worn}, tasks={**counted, **tasks})


def every_id(crm: Crm, loaded: Loaded) -> list[int]:
    """All cards that the board shows, column by column in order, each once: read to the end of every column."""
    if loaded.ids:
        return list(dict.fromkeys(card for ids in loaded.ids.values() for card in ids))
    found: list[int] = []
    for stage in loaded.stages:
        last: BoardCard | None = None
        while page := crm.read(views.column, stage, last, LOOKED):
            last = page[-1]
            found += [card.id for card in page]
    return found
