"""Cuts what was typed into tokens, each knowing where it stood, with accents, case and blanks out of the way.

Knows the shapes of numbers, dates and clock times; not what any of them means together.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from crm_tui.domain.when_words import SYMBOLS, Word, corrections, known

_LONGEST = 200  # characters; no moment needs more, and the rest would only cost time on a key

_TOKEN = re.compile(
    r"""
      (?P<iso>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?![0-9]))(?:t(?=[0-9]))?
    | (?P<date>[0-9]{1,2}(?P<sep>[/.-])[0-9]{1,2}(?:(?P=sep)(?:[0-9]{4}|[0-9]{2}))?(?![0-9]|[/.-][0-9]))
    | (?P<clock>[0-9]{1,2}[:h][0-9]{2}(?![0-9]))
    | (?P<ordinal>[0-9]{1,2}(?:st|nd|rd|th|[oa])(?![a-z0-9]))
    | (?P<number>[0-9]+)
    | (?P<meridiem>[ap]\.\s?m(?![a-z]))
    | (?P<word>[a-z]+)
    | (?P<hyphen>(?<=[a-z])-(?=[a-z]))
    | (?P<sign>[+-])
    | (?P<blank>[\s,;.]+)
    | (?P<other>[^\s,;.+a-z0-9-]+)
    """,
    re.VERBOSE,
)

_SHAPES = frozenset(("NUM4", "ORD_TH", "DATE", "ISO", "DOTTED", "CLOCK", "HCLOCK", "PLUS", "MINUS"))
KINDS = SYMBOLS | _SHAPES | {"UNKNOWN"}
"""Every kind a token can be of: the words' symbols and the shapes of numbers."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word or number. `start`, `end` are positions in what was typed; `parts` the numbers in it.

    `padded`: the number was written with a leading zero. `meanings`: what an unknown word may have meant;
    with one meaning the token already is that word.
    """

    kind: str
    start: int
    end: int
    value: int = 0
    parts: tuple[int, ...] = ()
    padded: bool = False
    meanings: tuple[Word, ...] = ()

    def meaning(self, word: Word) -> Token:
        """The same token, taken for `word`."""
        return Token(word.symbol, self.start, self.end, word.value, meanings=(word,))


def _fold(text: str) -> tuple[str, list[int]]:
    """The text in plain small letters, and for each of them the position in `text` that it came from."""
    if text.isascii():
        return text.lower(), list(range(len(text) + 1))
    letters: list[str] = []
    origin: list[int] = []
    for at, char in enumerate(text):
        # The degree sign is what many keyboards give for º.
        for plain in unicodedata.normalize("NFKD", "º" if char == "°" else char.casefold()):
            if not unicodedata.combining(plain):
                letters.append(plain)
                origin.append(at)
    origin.append(len(text))
    return "".join(letters), origin


def _word(folded: str, start: int, end: int) -> Token:
    word = known(folded)
    if word is not None:
        return Token(word.symbol, start, end, word.value)
    near = corrections(folded)
    token = Token("UNKNOWN", start, end, meanings=near)
    return token.meaning(near[0]) if len(near) == 1 else token


def _number(digits: str, start: int, end: int) -> Token:
    if len(digits) > 4:
        return Token("UNKNOWN", start, end)
    padded = len(digits) > 1 and digits[0] == "0"
    return Token("NUM4" if len(digits) == 4 else "NUM", start, end, int(digits), padded=padded)


def _ordinal(text: str, start: int, end: int) -> Token:
    number, suffix = re.fullmatch(r"([0-9]+)([a-z]+)", text).groups()  # type: ignore[union-attr]
    value = int(number)
    if suffix == "a" and 2 <= value <= 6:  # 6ª (feira): Friday
        return Token("WEEKDAY", start, end, value - 2)
    return Token("ORD" if suffix in "oa" else "ORD_TH", start, end, value)


def _shape(group: str, text: str, sep: str | None, start: int, end: int) -> Token:
    parts = tuple(int(number) for number in re.findall("[0-9]+", text))
    padded = text[0] == "0"
    if group == "iso":
        return Token("ISO", start, end, parts=parts)
    if group == "clock":
        return Token("CLOCK" if ":" in text else "HCLOCK", start, end, parts=parts, padded=padded)
    kind = "DOTTED" if sep == "." and len(parts) == 2 else "DATE"
    return Token(kind, start, end, parts=parts, padded=padded)


def tokens(words: str) -> list[Token]:
    """What was typed as tokens, blanks and hyphens between letters left out. Never raises."""
    folded, origin = _fold(words[:_LONGEST])
    found: list[Token] = []
    for match in _TOKEN.finditer(folded):
        group = match.lastgroup
        if group is None or group in ("blank", "hyphen"):
            continue
        text = match[group]
        start, end = origin[match.start()], origin[match.start() + len(text) - 1] + 1
        while end < len(words) and unicodedata.combining(words[end]):
            end += 1
        if group == "word":
            found.append(_word(text, start, end))
        elif group == "number":
            found.append(_number(text, start, end))
        elif group == "ordinal":
            found.append(_ordinal(text, start, end))
        elif group == "meridiem":
            found.append(Token("AM" if text[0] == "a" else "PM", start, end))
        elif group == "sign":
            found.append(Token("PLUS" if text == "+" else "MINUS", start, end))
        elif group == "other":
            found.append(Token("UNKNOWN", start, end))
        else:
            found.append(_shape(group, text, match["sep"], start, end))
    if len(words) > _LONGEST:
        found.append(Token("UNKNOWN", _LONGEST, len(words)))
    return found
