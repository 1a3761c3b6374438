"""What the board holds in memory: the heads of every column, and the first cards of those that were looked at.

Read through views, narrowed by words without reading anew. Knows no widget and no key.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple

from crm_tui.domain.arrangement import Arrangement
from crm_tui.domain.board import BoardCard, BoardRow, StageHead
from crm_tui.domain.text import fold
from crm_tui.screens.board.grouping import named
from crm_tui.services.board import columns, views
from crm_tui.services.core.crm import Crm

PAGE = views.PAGE
"""Cards of a column that are read at once, unless the board or the operator says otherwise."""
LOOKED = 500
"""Cards of each column that a filter looks through: 500 rows of six columns are read and folded in 60 ms."""


BY_HAND = Arrangement()


class Asked(NamedTuple):
    """What is asked for: a board as it is arranged, and how many cards of which columns."""

    board_id: int
    arrangement: Arrangement = BY_HAND
    wanted: Mapping[int, int] = {}


class Whole(NamedTuple):
    """What a board comes to, each card counted once; cents."""

    cards: int
    cents: int
    weighted_cents: int


@dataclass(frozen=True, slots=True)
class Loaded:
    """One look at a board. `cards` are by column, in order; a column that was not looked at is missing.

    `ids` are all cards of every column, unless the board stands by stages and by hand: then the next ones are found
    behind the last. `page` is how many cards a column begins with.
    """

    board: BoardRow | None = None
    heads: tuple[StageHead, ...] = ()
    cards: Mapping[int, Sequence[BoardCard]] = field(default_factory=dict)
    arrangement: Arrangement = BY_HAND
    page: int = PAGE
    ids: Mapping[int, array[int]] = field(default_factory=dict)
    whole: Whole | None = None

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

    @property
    def complete(self) -> bool:
        """Whether every card of the board is in memory."""
        return all(len(self.cards.get(head.id, ())) >= head.count for head in self.heads)

    def of(self, stage: int) -> Sequence[BoardCard]:
        """The cards of a column as far as they were read."""
        return self.cards.get(stage, ())

    def more_of(self, stage: int) -> int:
        """How many cards of a column were not read yet."""
        counts = {head.id: head.count for head in self.heads}
        return max(0, counts.get(stage, 0) - len(self.of(stage)))

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
    if asked.arrangement.by_hand:
        heads = tuple(crm.read(views.heads, asked.board_id))
        return Loaded(board, heads, arrangement=asked.arrangement, page=page)
    found = crm.read(columns.arranged, asked.board_id, asked.arrangement)
    return Loaded(
        board,
        named(asked.arrangement.group, [column.head for column in found.columns]),
        {},
        asked.arrangement,
        page,
        {column.head.id: column.ids for column in found.columns},
        Whole(found.count, found.value_cents, found.weighted_cents),
    )


def column_of(crm: Crm, loaded: Loaded, card: int) -> tuple[int, int] | None:
    """The column in which a card stands, read or not, and its place there (0 where only the column is known)."""
    if not loaded.arrangement.by_hand:
        return next(((s, ids.index(card)) for s, ids in loaded.ids.items() if card in ids), None)
    found = crm.read(views.detail, card)
    return (found.stage_id, 0) if found is not None and found.stage_id in loaded.stages else None


def read(crm: Crm, asked: Asked) -> Loaded:
    """The board as it is asked for."""
    return read_cards(crm, read_heads(crm, asked), asked.wanted)


def read_cards(crm: Crm, loaded: Loaded, wanted: Mapping[int, int]) -> Loaded:
    """The same with the first cards of each column that is wanted, so many of each."""
    cards = {s: _from(crm, loaded, s, (), most) for s, most in wanted.items() if s in loaded.stages}
    return replace(loaded, cards={**loaded.cards, **cards})


def read_more(crm: Crm, loaded: Loaded, stage: int, most: int) -> Loaded:
    """The same with the next cards of a column."""
    have = loaded.of(stage)
    return loaded.with_cards(stage, [*have, *_from(crm, loaded, stage, have, most)])


def _from(crm: Crm, loaded: Loaded, stage: int, have: Sequence[BoardCard], most: int) -> Sequence[BoardCard]:
    """The cards of a column behind those that are there."""
    if loaded.arrangement.by_hand:
        found: Sequence[BoardCard] = crm.read(views.column, stage, have[-1] if have else None, most)
    else:
        found = crm.read(views.cards, loaded.ids[stage][len(have) : len(have) + most])
    return found


def narrowed(loaded: Loaded, words: str) -> Loaded:
    """Only the cards in memory whose title, party, owner or number hold every word, without accents; the heads
    count those."""
    wanted = fold(words).split()
    if not wanted:
        return loaded
    kept = {
        stage: [card for card in cards if all(word in _searched(card) for word in wanted)]
        for stage, cards in loaded.cards.items()
    }
    heads = []
    for head in loaded.heads:
        found = _counted(kept.get(head.id, ()))
        heads.append(
            replace(
                head,
                count=found.cards,
                value_cents=found.cents,
                weighted_cents=found.weighted_cents,
                wip_limit=None,
            )
        )
    once = {card.id: card for cards in kept.values() for card in cards}
    return replace(loaded, heads=tuple(heads), cards=kept, whole=_counted([*once.values()]))


def _counted(cards: Sequence[BoardCard]) -> Whole:
    weighted = sum(card.value_cents * (card.chance or 0) for card in cards) // 100
    return Whole(len(cards), sum(card.value_cents for card in cards), weighted)


@lru_cache(maxsize=8192)
def _searched(card: BoardCard) -> str:
    """Folded once per version of a card: 3,000 cards anew at every letter took 37 ms."""
    return fold(" ".join(part for part in (card.title, card.party, card.owner, card.number) if part))
