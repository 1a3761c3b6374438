"""Text as data: folding for search, digits, and making control characters visible and harmless.

Standard library only. Nothing here knows SQL or the screen.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but tab and line feed, DEL, C1
    "\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # bidi, zero width
    "\U000e0000-\U000e007f"  # tags: a second, invisible text
    "\ud800-\udfff\ufff9-\ufffb]"  # lone surrogates, interlinear
)
_LINE_ENDS = re.compile(
    "\r\n?|[\u2028\u2029]"
)  # other programs' line feeds; the last two travel in web pages
_MARKS = re.compile("[\u0300-\u034e\u0350-\u036f]+")
"""The accents of everyday, taken apart from their letters."""
SHORT = 80
"""Signs of a text that is likely to be folded again."""
_WORD = re.compile(r"[^\W_]+")
_NO_DIGITS = re.compile("[^0-9]+")


def fold(text: str) -> str:
    """Without accents, case and doubled blanks: `  São  JOSÉ` is `sao jose`. Idempotent."""
    return _short(text) if len(text) <= SHORT else _fold(text)


def _fold(text: str) -> str:
    text = text.casefold()
    if (
        not text.isascii()
    ):  # one name in three has an accent; looking for it in the others costs four times as much
        text = unicodedata.normalize("NFKD", text)
        plain = _MARKS.sub("", text)
        if plain.isascii():
            return " ".join(plain.casefold().split())
        text = "".join(c for c in text if not unicodedata.combining(c))
        text = unicodedata.normalize("NFKD", text.casefold())  # a styled capital is a plain one only now
    return " ".join(text.split())


_short = lru_cache(maxsize=4096)(_fold)
"""A name is folded for its key, its words and each question about it."""


def words_of(text: str) -> list[str]:
    """The folded words of a text; signs part them."""
    return _WORD.findall(fold(text))


def word_row(*texts: str) -> str:
    """The words of texts as a search column holds them, a blank before and behind each and no run over two texts:
    ` word` is looked for as the start of a word, ` a b ` as a run of whole words."""
    return "\n".join(f" {' '.join(words_of(text))} " for text in texts if text)


def digits(text: str) -> str:
    """Only the ASCII digits of a text: `(11) 98888-1234` is `11988881234`."""
    return _NO_DIGITS.sub("", text)


def _visible(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(0x2400 + code)  # the Unicode control pictures: ESC is ␛
    if code == 0x7F:
        return "\u2421"
    return "\ufffd"


def sanitise(text: str) -> str:
    """A text that no terminal can be steered by: controls become visible signs, tab and line feed stay.

    Threats 1 and 3 of the threat list: escape injection, bidi and zero-width spoofing. The zero-width
    joiner stays, because names in several scripts need it. Idempotent.
    """
    if text.isprintable():
        return text
    text = _LINE_ENDS.sub("\n", text)
    return _CONTROL.sub(_visible, text) if _CONTROL.search(text) else text


_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def inert(cell: str) -> str:
    """A cell of a CSV file that no spreadsheet takes for a formula: one that would be begins with an apostrophe."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def one_line(text: str) -> str:
    """Sanitised and without line feeds or tabs, for names and titles."""
    if (
        text.isprintable() and "  " not in text
    ):  # of white space only the blank is: most cells are as they should be
        return text.strip(" ")
    return " ".join(sanitise(text).split())
