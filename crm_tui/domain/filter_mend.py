"""Takes a setting of the view out of the group it was written into, so that it can be offered behind. (FILTER.md §5)"""

from __future__ import annotations

from collections.abc import Callable

from crm_tui.domain.filter_lex import Piece, Sort, pieces

_EMPTIED: tuple[tuple[str, str], ...] = (("( ", "("), (" )", ")"))


def mended(rest: str, setting: str, decimal: Callable[[str], bool]) -> str:
    """What is left once a setting is taken out of its group: without an or that lost a side, in parentheses."""
    for a, b in _EMPTIED:
        rest = rest.replace(a, b)
    tokens = pieces(rest, decimal)
    kept: list[Piece] = []
    for token in tokens:
        before = kept[-1].sort if kept else Sort.OPEN
        if token.sort is Sort.OR and before in (Sort.OPEN, Sort.OR):
            continue
        while token.sort is Sort.CLOSE and kept and kept[-1].sort is Sort.OR:
            kept.pop()
        if token.sort is Sort.CLOSE and kept and kept[-1].sort is Sort.OPEN:
            kept.pop()
            continue
        if token.sort is Sort.CLOSE and len(kept) > 1 and kept[-2].sort is Sort.OPEN:
            del kept[-2]  # one term alone needs no parentheses
            continue
        kept.append(token)
    while kept and kept[-1].sort is Sort.OR:
        kept.pop()
    words = [rest[token.start : token.end] for token in kept]
    line = " ".join(words).replace("( ", "(").replace(" )", ")").replace("- ", "-")
    if any(token.sort is Sort.OR for token in _top(kept)):
        line = f"({line})"
    return f"{line} {setting}".strip()


def _top(tokens: list[Piece]) -> list[Piece]:
    depth, found = 0, []
    for token in tokens:
        depth += (token.sort is Sort.OPEN) - (token.sort is Sort.CLOSE)
        if depth == 0:
            found.append(token)
    return found
