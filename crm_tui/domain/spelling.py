"""Small slips of the keyboard: how far one word is from another, and with what a word that was meant may begin.

Pure, over folded words. A slip is a letter too many, too few or wrong, or two neighbours in the wrong order.
"""

from __future__ import annotations

from collections.abc import Iterable
from string import ascii_lowercase

ONE_FROM, TWO_FROM = 5, 8
"""Letters from which a word may have one slip, and two; shorter words are others too soon."""
HEAD = 4
"""Letters by whose variants the words that may be meant are looked for: few begin with any of them."""


def slips(word: str) -> int:
    """How many slips are forgiven in a word of this length; figures are no words and forgive none."""
    if any(c.isdigit() for c in word):
        return 0
    return 2 if len(word) >= TWO_FROM else 1 if len(word) >= ONE_FROM else 0


def heads(word: str) -> list[str]:
    """The beginnings that a word meant by `word` may have: its own, and each that is one slip away. None begins
    another one, so that the ranges behind them do not overlap."""
    head = word[:HEAD]
    cuts = [(head[:i], head[i:]) for i in range(len(head) + 1)]
    longer = {a + c + b for a, b in cuts for c in ascii_lowercase}
    other = {a + c + b[1:] for a, b in cuts if b for c in ascii_lowercase}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    shorter = {a + b[1:] + word[HEAD : HEAD + 1] for a, b in cuts if b}
    found = {each[:HEAD] for each in longer} | other | swapped | shorter | {head}
    return sorted(found)


def distance(typed: str, word: str, most: int, *, begun: bool = False) -> int:
    """The least number of slips that make `word` of `typed`, or `most + 1` if there are more.

    `begun`: the word is still being typed, so any beginning of `word` may be meant.
    """
    beyond = most + 1
    if len(typed) - len(word) > most or (not begun and len(word) - len(typed) > most):
        return beyond
    word = word[: len(typed) + most]
    before: list[int] = []
    row = list(range(len(word) + 1))
    for i, mine in enumerate(typed, 1):
        older, before, row = before, row, [i]
        least = i
        for j, theirs in enumerate(word, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (mine != theirs))
            if older and j > 1 and mine == word[j - 2] and typed[i - 2] == theirs:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
            least = min(least, cost)
        if least > most and (not before or min(before) > most):
            return beyond
    return min(beyond, min(row) if begun else row[-1])


def nearest(typed: str, words: Iterable[tuple[str, int]], *, begun: bool, most: int) -> list[str]:
    """Of known words (each with how often it occurs) those that may be meant: the fewest slips first, then the most
    frequent; `most` of them."""
    allowed = slips(typed)
    letters = set(typed)
    ranked = [
        (far, -often, word)
        for word, often in words
        if len(letters.difference(word)) <= allowed  # a third of the time: most words differ by more
        and (far := distance(typed, word, allowed, begun=begun)) <= allowed
    ]
    return [word for _, _, word in sorted(ranked)[:most]]
