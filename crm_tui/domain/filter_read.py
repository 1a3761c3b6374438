"""The grammar: a line to its tree. And binds tighter than or, a comma is a small or, `-` and `não` deny. (FILTER.md §2)

Reading never guesses a field and never raises to its callers: `filter.read` turns Unreadable into the error.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from crm_tui.domain.board import PAGE_SIZES
from crm_tui.domain.filter_errors import (
    MOST_CHARACTERS,
    MOST_DEPTH,
    MOST_TERMS,
    Code,
    FilterOffer,
    instead,
    list_name,
    refuse,
    without,
)
from crm_tui.domain.filter_fields import (
    AMOUNTS,
    FIELDS,
    GROUPS,
    HAD,
    PRESENCE,
    PRESENCE_WORDS,
    SETTINGS,
    Field,
    field_of,
    letter,
    word_name,
    word_named,
)
from crm_tui.domain.filter_lex import Piece, Plain, Sort, pieces, quoted
from crm_tui.domain.filter_mend import mended
from crm_tui.domain.filter_shape import shaped
from crm_tui.domain.filter_tree import (
    All,
    AnyOf,
    Filter,
    FreeText,
    Node,
    Not,
    Phrase,
    Place,
    Presence,
)
from crm_tui.domain.filter_tree import Sort as Order
from crm_tui.domain.filter_values import condition
from crm_tui.domain.filter_world import FilterWorld, nearest
from crm_tui.domain.text import digits
from crm_tui.i18n import Text

_CARDS = (Place.TODAY, Place.BOARD)
_NOTHING = All()
"""What a text without letters says (`""`), and a setting: no condition, wherever it stands."""


def _together(parts: Sequence[Node], kind: type[All] | type[AnyOf]) -> Node:
    """Those of the parts that say something, as one."""
    said = [part for part in parts if part != _NOTHING]
    return said[0] if len(said) == 1 else kind(tuple(said)) if said else _NOTHING


@dataclass
class _Settings:
    sort: Order | None = None
    group: str | None = None
    per_column: int | None = None


class _Reader:
    """One line being read; `at` is the next token."""

    def __init__(self, line: str, world: FilterWorld) -> None:
        self.line, self.world = line, world
        self.tokens = pieces(line, self._decimal)
        self.at = self.terms = 0
        self.settings = _Settings()
        self.opened: list[Piece] = []

    def _decimal(self, name: str) -> bool:
        found = self.world.field(name)
        return found is not None and found.kind in AMOUNTS

    def _next(self) -> Piece | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    # --- structure

    def read(self) -> Filter:
        where: Node = _NOTHING
        if self.tokens:
            where = self._or(depth=0)
            left = self._next()
            if left is not None:
                message = Text(
                    "The parenthesis closed at position {at} was never opened.", {"at": left.start}
                )
                offers = (without(self.line, left.start, left.end),)
                raise refuse(Code.OPEN_PAREN, left.start, left.end, message, offers)
        made = shaped(where, self.world.place, self.world.clock)
        return Filter(made, self.settings.sort, self.settings.group, self.settings.per_column)

    def _or(self, depth: int) -> Node:
        first = self.at
        if self._many(first):
            self._no_settings_between(first)
        arms = [self._and(depth)]
        while (token := self._next()) is not None and token.sort is Sort.OR:
            self.at += 1
            after = self._next()
            if after is None or after.sort in (Sort.OR, Sort.CLOSE):
                raise self._dangling(token)
            arms.append(self._and(depth))
        return _together(arms, AnyOf)

    def _many(self, first: int) -> bool:
        """Whether an or stands in this group, not in one inside it."""
        return any(token.sort is Sort.OR for token in self._level(first))

    def _level(self, first: int) -> list[Piece]:
        depth, found = 0, []
        for token in self.tokens[first:]:
            depth += (token.sort is Sort.OPEN) - (token.sort is Sort.CLOSE)
            if depth < 0:
                break
            if depth == 0:
                found.append(token)
        return found

    def _no_settings_between(self, first: int) -> None:
        for token in self._level(first):
            if token.sort is Sort.CLAUSE and word_named(SETTINGS, token.name):
                raise self._setting_inside(token)

    def _dangling(self, token: Piece) -> Exception:
        written = self.line[token.start : token.end]
        message = Text("“{word}” needs something on both sides.", {"word": written})
        offers = (without(self.line, token.start, token.end),)
        return refuse(Code.DANGLING_OR, token.start, token.end, message, offers)

    def _and(self, depth: int) -> Node:
        token = self._next()
        if token is not None and token.sort is Sort.OR:
            raise self._dangling(token)
        parts: list[Node] = []
        while (token := self._next()) is not None and token.sort not in (Sort.OR, Sort.CLOSE):
            parts.append(self._unary(depth))
        return _together(parts, All)

    def _unary(self, depth: int) -> Node:
        token = self.tokens[self.at]
        if token.sort is not Sort.NOT:
            return self._primary(depth)
        self._deep(depth, token)
        self.at += 1
        after = self._next()
        minus = self.line[token.start : token.end] == "-"
        if after is None or after.sort in (Sort.OR, Sort.CLOSE) or (minus and not after.glued):
            message = Text("“{word}” needs something to deny.", {"word": self.line[token.start : token.end]})
            offers = (without(self.line, token.start, token.end),)
            raise refuse(Code.DANGLING_OR, token.start, token.end, message, offers)
        if after.sort is Sort.CLAUSE and word_named(SETTINGS, after.name):
            raise self._setting_inside(after, token)
        behind = token.glued and self.at > 1 and self.tokens[self.at - 2].sort not in (Sort.OPEN, Sort.NOT)
        if minus and behind and after.sort is Sort.TEXT and after.text[:1].isdigit():
            raise self._looks_like_phone(token.start, after.end)
        denied = self._unary(depth + 1)
        return denied if denied == _NOTHING else Not(denied)

    def _deep(self, depth: int, token: Piece) -> None:
        if depth >= MOST_DEPTH:
            message = Text("Too many groups within groups (at most {most}).", {"most": MOST_DEPTH})
            raise refuse(Code.TOO_LONG, token.start, token.end, message)

    def _primary(self, depth: int) -> Node:
        token = self.tokens[self.at]
        if token.sort is Sort.OPEN:
            return self._group(depth, token)
        self.at += 1
        self._count(max(1, len(token.values)), token)
        if token.sort is Sort.TEXT:
            text = " ".join(token.text.split())
            return FreeText(Phrase(text, token.quoted)) if text else _NOTHING
        return self._clause(token, depth)

    def _count(self, terms: int, token: Piece) -> None:
        self.terms += terms
        if self.terms > MOST_TERMS:
            message = Text("Too many conditions (at most {most}).", {"most": MOST_TERMS})
            raise refuse(Code.TOO_LONG, token.start, token.end, message)

    def _group(self, depth: int, opened: Piece) -> Node:
        self._deep(depth, opened)
        self.at += 1
        first = self.at
        if self._next() is not None and self.tokens[first].sort is Sort.CLOSE:
            message = Text("There is nothing inside the parentheses.")
            offers = (without(self.line, opened.start, self.tokens[first].end),)
            raise refuse(Code.DANGLING_OR, opened.start, self.tokens[first].end, message, offers)
        if not any(token.sort is Sort.CLOSE for token in self.tokens[first:]):
            raise self._open_paren(opened)
        self.opened.append(opened)
        inside = self._or(depth + 1)
        self.opened.pop()
        closed = self._next()
        if closed is None:
            raise self._open_paren(opened)
        only = self.tokens[first] if self.at - first == 1 else None
        self.at += 1
        if only is not None and only.sort is Sort.TEXT and not only.quoted and only.text.isdecimal():
            after = self._next()
            raise self._looks_like_phone(
                opened.start, closed.end if after is None else self._phone_end(closed)
            )
        return inside

    def _phone_end(self, closed: Piece) -> int:
        """Where the figures after `(11)` end."""
        end, at = closed.end, self.at
        while at < len(self.tokens):
            token = self.tokens[at]
            figures = token.sort is Sort.TEXT and not token.quoted and digits(token.text)
            if not figures and token.sort is not Sort.NOT:
                break
            end, at = token.end, at + 1
        return end

    def _looks_like_phone(self, start: int, end: int) -> Exception:
        written = self.line[start:end]
        message = Text("“{words}” looks like a number: put it in quotes.", {"words": written})
        offers = (instead(self.line, start, end, quoted(written)),)
        return refuse(Code.BAD_OPERATOR, start, end, message, offers)

    def _open_paren(self, opened: Piece) -> Exception:
        message = Text("The parenthesis opened at position {at} is not closed.", {"at": opened.start})
        end = len(self.line)
        return refuse(Code.OPEN_PAREN, opened.start, end, message, (instead(self.line, end, end, ")"),))

    # --- clauses

    def _clause(self, token: Piece, depth: int) -> Node:
        setting = word_named(SETTINGS, token.name)
        if setting is not None:
            if depth or self.opened:
                raise self._setting_inside(token)
            self._setting(setting.id, token)
            return _NOTHING
        presence = word_named(PRESENCE_WORDS, token.name)
        if presence is not None:
            return All(
                tuple(self._presence(v.low, v.start, v.end, PRESENCE[presence.id]) for v in token.values)
            )
        field = self.world.field(token.name)
        end = token.start + len(token.name)
        if field is None:
            raise self._unknown_field(token.name, token.start, end)
        self._here(field.name(self.world.language), field.lists, field.since, token.start, end)
        return condition(token, field, self.line, self.world)

    def _here(self, name: str, lists: str, since: int, start: int, end: int) -> None:
        """Refuse what another list has, or what a later issue brings."""
        if since > self.world.built:
            message = Text("“{field}” is not kept yet: a later version brings it.", {"field": name})
            raise refuse(Code.FIELD_NOT_HERE, start, end, message)
        if letter(self.world.place) not in lists:
            place = list_name(self.world.place)
            message = Text("“{field}” does not exist in {list}.", {"field": name, "list": place})
            offers = tuple(FilterOffer(list_name(each), None) for each in Place if letter(each) in lists)
            raise refuse(Code.FIELD_NOT_HERE, start, end, message, offers)

    def _unknown_field(self, typed: str, start: int, end: int) -> Exception:
        language = self.world.language
        here = [
            field for field in FIELDS if field.valid_in(self.world.place) and field.since <= self.world.built
        ]
        names = {name: field for field in here for name in (*field.pt, *field.en)}
        found = nearest(typed, list(names))
        near = dict.fromkeys(names[name].name(language) for name in found)
        message = Text("I do not know the field “{field}”.", {"field": typed})
        offers = tuple(instead(self.line, start, end, name) for name in near)
        return refuse(Code.UNKNOWN_FIELD, start, end, message, offers)

    def _presence(self, plain: Plain | None, start: int, end: int, there: bool) -> Node:
        had = self.world.had(plain.text) if plain is not None else None
        if had is None:
            language = self.world.language
            typed = plain.text if plain is not None else ""
            names = [each.name(language) for each in HAD if letter(self.world.place) in each.lists]
            near = nearest(typed, names) or names[:4]
            message = Text("I do not know “{value}” as something that is there or lacking.", {"value": typed})
            offers = tuple(instead(self.line, start, end, name) for name in near)
            raise refuse(Code.UNKNOWN_VALUE, start, end, message, offers)
        self._here(had.name(self.world.language), had.lists, had.since, start, end)
        return Presence(had.id, there)

    # --- settings

    def _setting_inside(self, token: Piece, denied: Piece | None = None) -> Exception:
        start = token.start if denied is None else denied.start
        written = self.line[token.start : token.end]
        rest = " ".join((self.line[:start] + self.line[token.end :]).split())
        line = mended(rest, written, self._decimal) or written
        message = Text("“{field}” does not go into a group.", {"field": token.name})
        return refuse(Code.SETTING_INSIDE, token.start, token.end, message, (FilterOffer(written, line),))

    def _setting(self, setting: str, token: Piece) -> None:
        value = token.values[0]
        if len(token.values) > 1 or value.op or value.low is None:
            raise self._no_setting(setting, token)
        made: Order | str | int = self._setting_value(setting, value.low, token)
        before = getattr(self.settings, setting)
        if before is not None and before != made:
            message = Text("“{field}” can stand only once.", {"field": token.name})
            offers = (without(self.line, token.start, token.end),)
            raise refuse(Code.BAD_OPERATOR, token.start, token.end, message, offers)
        setattr(self.settings, setting, made)

    def _setting_value(self, setting: str, plain: Plain, token: Piece) -> Order | str | int:
        typed = plain.text
        if setting != "sort":
            name = word_name(SETTINGS, setting, self.world.language)
            self._here(name, "C", 0, token.start, token.start + len(token.name))
        if setting == "per_column":
            if typed.isdecimal() and len(typed) < 5 and int(typed) in PAGE_SIZES:
                return int(typed)
            raise self._no_setting(setting, token)
        descending = setting == "sort" and typed.endswith("-")
        field = self.world.field(typed.removesuffix("-") if descending else typed)
        if field is None:
            raise self._no_setting(setting, token)
        if setting == "group":
            if field.id not in GROUPS:
                raise self._no_setting(setting, token)
            return field.id
        self._here(field.name(self.world.language), field.lists, field.since, plain.start, plain.end)
        if not field.sortable:
            raise self._no_setting(setting, token)
        return Order(field.id, descending)

    def _no_setting(self, setting: str, token: Piece) -> Exception:
        start, end = token.values[0].start, token.values[-1].end
        typed = self.line[start:end]
        offered = [_setting_name(each, self.world) for each in _SETTING_OFFERS[setting]]
        if setting == "sort":
            names = [
                f.name(self.world.language) for f in FIELDS if f.sortable and f.valid_in(self.world.place)
            ]
            offered = nearest(typed, names) or names[:4]
        message = Text("“{field}” has no value “{value}”.", {"field": token.name, "value": typed})
        offers = tuple(instead(self.line, start, end, each) for each in offered)
        return refuse(Code.UNKNOWN_VALUE, start, end, message, offers)


_SETTING_OFFERS: dict[str, tuple[str, ...]] = {
    "sort": (),
    "group": GROUPS,
    "per_column": tuple(str(each) for each in PAGE_SIZES),
}


def _setting_name(value: str, world: FilterWorld) -> str:
    field: Field | None = field_of(value)
    return value if field is None else field.name(world.language)


def parse(line: str, world: FilterWorld, lengths: Callable[[Filter], int]) -> Filter:
    """The filter of a line. Raises Unreadable. `lengths`: how long its canonical form is, at most."""
    if len(line) > MOST_CHARACTERS:
        raise _too_long(len(line))
    found = _Reader(line, world).read()
    if lengths(found) > MOST_CHARACTERS:
        raise _too_long(len(line))
    return found


def _too_long(length: int) -> Exception:
    message = Text("The filter is too long (at most {most}).", {"most": MOST_CHARACTERS})
    return refuse(Code.TOO_LONG, min(length, MOST_CHARACTERS), length, message)
