"""What the board holds in memory: heads of every open stage, and the first cards of those that were looked at.

Read through views, narrowed by words without reading anew. Knows no widget and no key.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from crm_tui.domain.board import BoardCard, BoardRow, StageHead, weighted
from crm_tui.domain.text import fold
from crm_tui.services.board import views
from crm_tui.services.core.crm import Crm
from crm_tui.services.label import views as wearing
from crm_tui.widgets.chips import Chip

PAGE = views.PAGE
"""Cards of a column that are read at once."""
LOOKED = 500
"""Cards of each stage that a filter looks through: 500 rows of six stages are read and folded in 60 ms."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """One look at a board. `cards` are by stage, in rank order; a stage that was not looked at is missing.

    `labels` and `tasks` (done, all) are by card; a card without any is not there.
    """

    board: BoardRow | None = None
    heads: tuple[StageHead, ...] = ()
    chances: Mapping[int, int | None] = field(default_factory=dict)
    cards: Mapping[int, Sequence[BoardCard]] = field(default_factory=dict)
    labels: Mapping[int, Sequence[Chip]] = field(default_factory=dict)
    tasks: Mapping[int, tuple[int, int]] = field(default_factory=dict)

    @property
    def stages(self) -> tuple[int, ...]:
        """The stages from left to right."""
        return tuple(head.id for head in self.heads)

    @property
    def count(self) -> int:
        return sum(head.count for head in self.heads)

    @property
    def cents(self) -> int:
        return sum(head.value_cents for head in self.heads)

    @property
    def weighted_cents(self) -> int:
        return sum(head.weighted_cents for head in self.heads)

    @property
    def complete(self) -> bool:
        """Whether every card of the board is in memory."""
        return all(len(self.cards.get(head.id, ())) >= head.count for head in self.heads)

    def of(self, stage: int) -> Sequence[BoardCard]:
        """The cards of a stage as far as they were read."""
        return self.cards.get(stage, ())

    def stage_of(self, card: int) -> int | None:
        """The stage in which a card was seen."""
        return next((s for s, cards in self.cards.items() if any(c.id == card for c in cards)), None)

    def card(self, card: int) -> BoardCard | None:
        """A card that was read."""
        return next((c for cards in self.cards.values() for c in cards if c.id == card), None)

    def with_cards(self, stage: int, cards: Sequence[BoardCard]) -> Loaded:
        """The same with these cards in a stage."""
        return replace(self, cards={**self.cards, stage: tuple(cards)})


def boards(crm: Crm) -> list[BoardRow]:
    """The boards in use."""
    found: list[BoardRow] = crm.read(views.boards)
    return found


def busiest(crm: Crm) -> int | None:
    """The board that holds most cards for this viewer, the first of them if they tie: what `2` opens on."""
    counts = [
        (sum(h.count for h in crm.read(views.heads, b.id)), -n, b.id) for n, b in enumerate(boards(crm))
    ]
    return max(counts)[2] if counts else None


def read_heads(crm: Crm, board_id: int) -> Loaded:
    """The board with its heads and no cards yet."""
    board = next((b for b in boards(crm) if b.id == board_id), None)
    chances = {stage.id: stage.probability for stage in crm.read(views.stages, board_id)}
    return Loaded(board, tuple(crm.read(views.heads, board_id)), chances)


def read_cards(crm: Crm, loaded: Loaded, wanted: Mapping[int, int]) -> Loaded:
    """The same with the first cards of each stage that is wanted, so many of each."""
    cards = {s: crm.read(views.column, s, most=most) for s, most in wanted.items() if s in loaded.stages}
    return dressed(crm, replace(loaded, cards={**loaded.cards, **cards}), list(cards))


def read_more(crm: Crm, loaded: Loaded, stage: int, most: int = PAGE) -> Loaded:
    """The same with the next cards of a stage."""
    have = loaded.of(stage)
    last = have[-1] if have else None
    return dressed(
        crm, loaded.with_cards(stage, [*have, *crm.read(views.column, stage, last, most)]), [stage]
    )


def dressed(crm: Crm, loaded: Loaded, stages: Sequence[int]) -> Loaded:
    """The same with the labels and tasks of these stages' cards, in one query each: 0.8 ms for 400 cards."""
    ids = [card.id for stage in stages for card in loaded.of(stage)]
    worn = {i: tuple(each.chip for each in found) for i, found in crm.read(wearing.worn, ids).items()}
    tasks = crm.read(wearing.tallies, ids)
    fresh = set(ids)
    kept = {i: each for i, each in loaded.labels.items() if i not in fresh}
    counted = {i: each for i, each in loaded.tasks.items() if i not in fresh}
    return replace(loaded, labels={**kept, **worn}, tasks={**counted, **tasks})


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
        cents = sum(card.value_cents for card in kept.get(head.id, ()))
        chance = weighted(cents, loaded.chances.get(head.id))
        heads.append(
            replace(
                head,
                count=len(kept.get(head.id, ())),
                value_cents=cents,
                weighted_cents=chance,
                wip_limit=None,
            )
        )
    return replace(loaded, heads=tuple(heads), cards=kept)


@lru_cache(maxsize=8192)
def _searched(card: BoardCard) -> str:
    """Folded once per version of a card: 3,000 cards anew at every letter took 37 ms."""
    return fold(" ".join(part for part in (card.title, card.party, card.owner, card.number) if part))
