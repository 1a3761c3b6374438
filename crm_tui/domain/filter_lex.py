"""Cuts a line into parentheses, or, not, clauses and words, each knowing where it stood. (FILTER.md §2)

Knows the shapes only: which names are fields and what a value means is the reader's business. One thing it must ask:
whether a comma after this field's colon is a decimal or begins another value.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from crm_tui.domain.filter_errors import Code, instead, refuse
from crm_tui.domain.text import fold
from crm_tui.i18n import Text

OR_WORDS = frozenset(("ou", "or", "|"))
NOT_WORDS = frozenset(("nao", "not"))
_STOPS = frozenset('"()')
_OPERATOR = re.compile("<=|>=|<|>|=")
_CUSTOM_NAME = re.compile(r"(?:campo|field)\.\w+:", re.IGNORECASE)


class Sort(Enum):
    OPEN = auto()
    CLOSE = auto()
    OR = auto()
    NOT = auto()
    CLAUSE = auto()
    TEXT = auto()


@dataclass(frozen=True, slots=True)
class Plain:
    """A value's text without quotes, and where it stood with them."""

    text: str
    quoted: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a clause: an operator and a text, or the ends of a range (`op` is `..`)."""

    op: str
    low: Plain | None
    high: Plain | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """One token. `name` of a clause; `text` of a word; `glued`: no blank stands before it."""

    sort: Sort
    start: int
    end: int
    name: str = ""
    values: tuple[Value, ...] = ()
    text: str = ""
    quoted: bool = False
    glued: bool = False


class _Lexer:
    def __init__(self, line: str, decimal: Callable[[str], bool]) -> None:
        self.line, self.decimal, self.at = line, decimal, 0
        self.found: list[Piece] = []

    def run(self) -> list[Piece]:
        line, blank = self.line, True
        while self.at < len(line):
            sign, start = line[self.at], self.at
            if sign.isspace() or sign == ",":
                self.at += 1
                blank = True
                continue
            piece = self._piece(sign, start)
            self.found.append(
                Piece(
                    piece.sort,
                    piece.start,
                    piece.end,
                    piece.name,
                    piece.values,
                    piece.text,
                    piece.quoted,
                    not blank,
                )
            )
            blank = False
        return self.found

    def _piece(self, sign: str, start: int) -> Piece:
        if sign in "()":
            self.at += 1
            return Piece(Sort.OPEN if sign == "(" else Sort.CLOSE, start, self.at)
        if sign == '"':
            text = self._quoted()
            return Piece(Sort.TEXT, start, self.at, text=text, quoted=True)
        if sign == "-":
            self.at += 1
            return Piece(Sort.NOT, start, self.at)
        bare = self._bare(decimal=False, ranged=False)
        folded = fold(bare)
        if folded in OR_WORDS:
            return Piece(Sort.OR, start, self.at)
        if folded in NOT_WORDS:
            return Piece(Sort.NOT, start, self.at)
        name = self._name(bare)
        if not name:
            return Piece(Sort.TEXT, start, self.at, text=bare)
        self.at = start + len(name) + 1
        values = self._values(self.decimal(name))
        return Piece(Sort.CLAUSE, start, self.at, name=name, values=values)

    def _name(self, bare: str) -> str:
        """What stands before a colon that follows a letter; nothing if the word is text (`14:00`)."""
        custom = _CUSTOM_NAME.match(bare)
        if custom:
            return custom.group()[:-1]
        for at, sign in enumerate(bare):
            if sign == ":" and at and (bare[at - 1].isalpha() or bare[at - 1] == "_"):
                return bare[:at]
        return ""

    def _bare(self, *, decimal: bool, ranged: bool) -> str:
        start, line = self.at, self.line
        while self.at < len(line):
            sign = line[self.at]
            if sign.isspace() or sign in _STOPS or (sign == "," and not decimal):
                break
            if ranged and line.startswith("..", self.at):
                break
            self.at += 1
        return line[start : self.at]

    def _quoted(self) -> str:
        """The text between quotes; the closing one must come."""
        start, line = self.at, self.line
        made: list[str] = []
        self.at += 1
        while self.at < len(line):
            sign = line[self.at]
            if sign == '"':
                self.at += 1
                return "".join(made)
            if sign == "\\" and line[self.at + 1 : self.at + 2] in ('"', "\\"):
                self.at += 1
                sign = line[self.at]
            made.append(sign)
            self.at += 1
        message = Text("The quotes opened at position {at} are not closed.", {"at": start})
        offers = (instead(line, len(line), len(line), '"'),)
        raise refuse(Code.OPEN_QUOTE, start, len(line), message, offers)

    def _values(self, decimal: bool) -> tuple[Value, ...]:
        found = [self._value(decimal)]
        while not decimal and self.line.startswith(",", self.at):
            self.at += 1
            found.append(self._value(decimal))
        return tuple(found)

    def _value(self, decimal: bool) -> Value:
        start = self.at
        operator = _OPERATOR.match(self.line, self.at)
        if operator:
            self.at = operator.end()
            low = self._plain(decimal, ranged=True)
            if self.line.startswith("..", self.at):  # `>5..7`: one too many
                self.at += 2
                high = self._plain(decimal, ranged=True)
                return Value(operator.group() + "..", low, high, start, self.at)
            return Value(operator.group(), low, None, start, self.at)
        low = self._plain(decimal, ranged=True)
        if self.line.startswith("..", self.at):
            self.at += 2
            high = self._plain(decimal, ranged=True)
            while self.line.startswith("..", self.at):
                self.at += 2
                self._plain(decimal, ranged=True)
            return Value("..", low, high, start, self.at)
        return Value("", low, None, start, self.at)

    def _plain(self, decimal: bool, *, ranged: bool) -> Plain | None:
        start = self.at
        if self.line.startswith('"', self.at):
            text = self._quoted()
            return Plain(text, True, start, self.at)
        text = self._bare(decimal=decimal, ranged=ranged)
        return Plain(text, False, start, self.at) if text else None


def pieces(line: str, decimal: Callable[[str], bool]) -> list[Piece]:
    """The line as tokens. Raises Unreadable for quotes that are not closed, and for nothing else."""
    return _Lexer(line, decimal).run()


def quoted(text: str) -> str:
    """The text in quotes, as the lexer reads it back."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
