"""By which way cards of the demonstration came, and how interested their people are. (M20)

By dice of their own: the other facts of a seed stay what they were.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Final

_SEED: Final = 23
_KNOWN_SHARE: Final = 0.8
"""Of so many cards the way is known."""
_ASKED: Final = {"Leads": 1.0, "Vendas": 0.5}
"""How often interest is asked, by board; tickets have none."""
_LEVELS: Final = (1, 2, 3, 3, 4, 4, 5)


class Ways:
    """The dice, over the channels of the house in their order: the first ones are the commonest."""

    def __init__(self, channels: Sequence[int]) -> None:
        self._channels = channels
        self._weights = [len(channels) - n for n in range(len(channels))]
        self._rng = Random(_SEED)  # noqa: S311  dice for a story, not a secret

    def of(self, board: str, *, known: bool = False) -> dict[str, int | None]:
        """The columns of one card on a board; `known`: both are known for certain."""
        rng = self._rng
        channel = rng.choices(self._channels, self._weights)[0]
        level, said, asked = rng.choice(_LEVELS), rng.random(), rng.random()
        return {
            "channel_id": channel if known or said < _KNOWN_SHARE else None,
            "interest_level": level if known or asked < _ASKED.get(board, 0.0) else None,
        }
