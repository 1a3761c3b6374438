"""What has happened: the base of every domain event. One of them is one sentence of the timeline.

The sentence is made from `kind` and `params` when shown, so that it speaks the reader's language. Parameter
names tell how they are shown: `*_on` civil date, `*_at` instant, `*_cents` money, `*_word` a message id, the rest as it
stands.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from typing import Any, ClassVar

_PLACE = ("entity_id", "card_id", "party_id", "board_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """A fact in the past tense. `touches` says whether it counts as a human touch of its card (K10),
    `undoable` whether there is anything that an undo could put back; `untold` are fields that reactions are given and
    no row keeps.

    `board_id` need only be given where neither the card nor the record itself tells it any more.
    """

    kind: ClassVar[str]
    entity: ClassVar[str]
    sentence: ClassVar[str]
    touches: ClassVar[bool] = True
    undoable: ClassVar[bool] = True
    untold: ClassVar[frozenset[str]] = frozenset()

    entity_id: int
    card_id: int | None = None
    party_id: int | None = None
    board_id: int | None = None

    def params(self) -> dict[str, Any]:
        """What the sentence is made of: every field but where it belongs and what is untold."""
        kind: Any = type(self)
        return {name: getattr(self, name) for name in _told(kind)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Named(Happened):
    """Of something that its name alone tells: a record of settings, a list, a team."""

    name: str


@cache
def _told(happened: Any) -> tuple[str, ...]:
    return tuple(f.name for f in fields(happened) if f.name not in _PLACE and f.name not in happened.untold)
