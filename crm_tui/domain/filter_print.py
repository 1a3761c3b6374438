"""The canonical line of a filter, in either language. What is printed is read back to the same tree. (FILTER.md §7)

With `Names` things print by the name they have now; a thing that is gone by the name it had.
"""

from __future__ import annotations

from collections.abc import Sequence

from crm_tui.domain.filter_amounts import written_amount
from crm_tui.domain.filter_date_words import said
from crm_tui.domain.filter_dates import blanks
from crm_tui.domain.filter_fields import (
    PRESENCE_WORDS,
    SETTINGS,
    TRI_WORDS,
    USER_WORDS,
    Field,
    fixed_words,
    word_name,
)
from crm_tui.domain.filter_lex import quoted
from crm_tui.domain.filter_tree import (
    All,
    Amount,
    AnyOf,
    Codes,
    Condition,
    Dates,
    DateSpan,
    Filter,
    FreeText,
    Node,
    Not,
    Op,
    Phrase,
    Presence,
    Texts,
    Thing,
    Things,
    Tri,
    Users,
    Words,
)
from crm_tui.domain.filter_values import bare_or_quoted, clear_name
from crm_tui.domain.filter_world import FilterWorld


class Printer:
    """Prints trees for one reader: the language of the world and the names it knows."""

    def __init__(self, world: FilterWorld, language: str = "") -> None:
        self.world = world
        self.language = language or world.language

    def line(self, found: Filter) -> str:
        settings = self._settings(found)
        parts = found.where.of
        if len(parts) == 1 and isinstance(parts[0], AnyOf) and not settings:
            return self._any(parts[0])
        return " ".join([*self._terms(parts), *settings])

    def _settings(self, found: Filter) -> list[str]:
        made = []
        if found.sort is not None:
            made.append(self._set("sort", self._field_name(found.sort.field) + "-" * found.sort.descending))
        if found.group is not None:
            made.append(self._set("group", self._field_name(found.group)))
        if found.per_column is not None:
            made.append(self._set("per_column", str(found.per_column)))
        return made

    def _set(self, setting: str, value: str) -> str:
        return f"{word_name(SETTINGS, setting, self.language)}:{value}"

    def _field_name(self, field_id: str) -> str:
        field = self.world.field(field_id)
        return field.name(self.language) if field is not None else field_id

    # --- structure

    def _terms(self, parts: Sequence[Node]) -> list[str]:
        """Conditions that all hold; those on what is lacking or there stand together."""
        made: list[str] = []
        written: set[bool] = set()
        for part in parts:
            if isinstance(part, Presence):
                if part.there not in written:
                    written.add(part.there)
                    same = [p for p in parts if isinstance(p, Presence) and p.there is part.there]
                    made.append(self._presence(same))
            else:
                made.append(self._term(part))
        return made

    def _any(self, node: AnyOf) -> str:
        either = " or " if self.language == "en" else " ou "
        arms = (" ".join(self._terms(arm.of)) if isinstance(arm, All) else self._term(arm) for arm in node.of)
        return either.join(arms)

    def _term(self, node: Node) -> str:
        match node:
            case AnyOf():
                return f"({self._any(node)})"
            case All(of):
                terms = self._terms(of)
                return terms[0] if len(terms) == 1 else f"({' '.join(terms)})"
            case Not(of):
                return f"-{self._term(of)}"
            case Presence():
                return self._presence([node])
            case FreeText(phrase):
                return quoted(phrase.text) if phrase.exact else phrase.text
        return f"{self._field_name(node.field)}:{self._values(node)}"

    def _presence(self, nodes: Sequence[Presence]) -> str:
        names = []
        for node in nodes:
            had = self.world.had(node.what)
            names.append(had.name(self.language) if had is not None else node.what)
        word = word_name(PRESENCE_WORDS, "with" if nodes[0].there else "without", self.language)
        return f"{word}:{','.join(names)}"

    # --- values

    def _values(self, node: Condition) -> str:
        field = self.world.field(node.field)
        match node:
            case Tri(_, answer):
                return word_name(TRI_WORDS, answer.value, self.language)
            case Amount(_, op, value, until):
                return self._amount(op, value, until, field)
            case Words(_, fixed):
                known = fixed_words(field) if field is not None else ()
                return ",".join(word_name(known, each, self.language) for each in fixed)
            case Dates(_, spans):
                return ",".join(_span(each, self.language) for each in spans)
            case Codes(_, codes):
                return ",".join(codes)
            case Texts(_, phrases):
                return ",".join(_phrase(each) for each in phrases)
            case Users(_, users):
                words = [word_name(USER_WORDS, u, self.language) for u in users if isinstance(u, str)]
                things = [each for each in users if isinstance(each, Thing)]
                return ",".join([*words, *self._things(things, field)])
            case Things(_, things):
                return ",".join(self._things(things, field))

    def _amount(self, op: Op, value: int, until: int | None, field: Field | None) -> str:
        low = written_amount(value, field, self.language)
        if op is Op.BETWEEN and until is not None:
            return f"{low}..{written_amount(until, field, self.language)}"
        return ("" if op is Op.IS else op.value) + low

    def _things(self, things: Sequence[Thing], field: Field | None) -> list[str]:
        """Each by the shortest name that means it; stages of one name that all are meant print once."""
        known = self.world.names.things(field.thing) if field is not None else ()
        wanted = {each.id for each in things}
        by_id = {each.id: each for each in known if each.id in wanted}
        made: list[str] = []
        covered: set[int] = set()
        for thing in things:
            if thing.id in covered:
                continue
            now = by_id.get(thing.id)
            if now is None:
                made.append(bare_or_quoted(thing.name, field))
                continue
            words, ids = clear_name(now, known, wanted, field)
            covered |= ids
            made.append(words)
        return made


def _span(span: DateSpan, language: str) -> str:
    first = _day(span.words, language)
    if span.op is Op.BETWEEN:
        return f"{first}..{_day(span.until, language)}"
    return ("" if span.op is Op.IS else span.op.value) + first


def _day(words: str, language: str) -> str:
    """Bare with hyphens where that is read back, else in quotes."""
    text = said(words, language)
    bare = text.replace(" ", "-")
    return bare if blanks(bare) == text and bare_or_quoted(bare) == bare else quoted(text)


def _phrase(phrase: Phrase) -> str:
    return quoted(phrase.text) if phrase.exact else phrase.text
