"""Places in an order that people arrange: a text per row, so that one row moves without touching its neighbours."""

from __future__ import annotations

from typing import Final

ALPHABET: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
_STEP, _WIDE = 36**2, 6


def rank_between(before: str, after: str) -> str:
    """A text that sorts between two others, so that a card is placed without touching its neighbours.

    Letters `0`-`9` and `a`-`z` are digits of a fraction; an empty `before` is the beginning, an empty `after`
    the end. The answer never ends in `0`, so that there is always room before it.
    """
    made, i = "", 0
    while True:
        low = ALPHABET.index(before[i]) if i < len(before) else 0
        high = ALPHABET.index(after[i]) if i < len(after) else len(ALPHABET)
        if high - low > 1:
            return made + ALPHABET[(low + high) // 2]
        made += ALPHABET[low]
        if high - low == 1:
            after = ""
        i += 1


def rank_after(last: str) -> str:
    """A rank behind the last one, at most six letters however many cards arrive (up to 1.6 million).

    `rank_between` halves what is left and would grow a letter every five arrivals: 2,000 letters at 10,000
    cards.
    """
    value = int(last[:_WIDE].ljust(_WIDE, "0"), 36) + _STEP
    made = ""
    while value:
        value, digit = divmod(value, 36)
        made = ALPHABET[digit] + made
    if len(made) > _WIDE:
        return rank_between(last, "")
    return made.rjust(_WIDE, "0").rstrip("0")
