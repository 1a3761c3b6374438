"""What holds for every filter in both languages: what is printed is read back, order is nothing, nothing raises."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import TypeVar

from filter_world_house import THINGS, world
from hypothesis import assume, given
from hypothesis import strategies as st
from when_world import CALENDAR, FEW, LANGUAGES, nows

from crm_tui.domain.filter import (
    FIELDS,
    Clock,
    Facts,
    Filter,
    Place,
    Reader,
    effective,
    from_json,
    matches,
    read,
    to_json,
    write,
)
from crm_tui.domain.filter_fields import HAD, Field, Kind, fixed_words
from crm_tui.domain.filter_print import Printer
from crm_tui.domain.filter_tree import All, Not
from crm_tui.domain.filter_values import bare_or_quoted
from tests.domain.filter_answered import answered

T = TypeVar("T")
_DATE_WORDS = """
hoje amanhã ontem semana semana-que-vem semana-passada mês mês-que-vem last-month trimestre next-quarter
ano 2026 11/2026 20/11 27/11/2026 2026-11-15 -7d +3d há-2-semanas +1mes -1ano +2du -3bd sexta fri
sexta-passada esta-quarta sexta-da-semana-que-vem fim-do-mês eow eoy dia-5 5º-dia-útil próximo-dia-útil
depois-do-feriado novembro jan-2027 3-dias próxima-terça proxma-semana 15/11 último-dia-do-mês
dia-10-do-mês-que-vem
"""
_DATES = _DATE_WORDS.split()
_MONEY = ("0", "5000", "5k", "1,5mi", "1234,50", "1234,5", '"R$ 5.000"', "20k", "0,05")
_NUMBERS = ("0", "3", "9", "60")
_TEXTS = (
    "padaria",
    "são",
    '"casa verde"',
    "14:00",
    "98888",
    "a-b",
    "*",
    '"ou"',
    '"(11) 9888"',
    "ß",
    '"a\\"b"',
)
_CODES = ("8888", "12ABC", "OP-0142", '"12.ABC.345/01DE-35"', "142")
_OPS = ("", "=", "<", "<=", ">", ">=")


_CARDS = [field for field in FIELDS if "C" in field.lists and (field.thing in THINGS or not field.thing)]
_HAD = [name for each in HAD if "C" in each.lists for name in (*each.pt, *each.en)]
_SETTINGS = ("", "", " ordem:valor-", " sort:due_on", " grupo:dono", " porcoluna:20")


class Maker:
    """Makes lines and rows from a seed: strategies of this depth take Hypothesis longer than the reading itself."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def one(self, values: Sequence[str]) -> str:
        return self.random.choice(values)

    def many(self, values: Sequence[str]) -> str:
        return ",".join(self.random.choices(values, k=self.random.randint(1, 3)))

    def compared(self, values: Sequence[str]) -> str:
        low, high = self.one(values), self.one(values)
        return self.one([self.one(_OPS) + low, f"{low}..{high}", f"{low}..", f"..{high}"])

    def value(self, field: Field) -> str:
        words = [name for word in fixed_words(field) for name in (*word.pt, *word.en)] or ["eu"]
        things = [bare_or_quoted(each.login or each.name) for each in THINGS.get(field.thing, ())]
        match field.kind:
            case Kind.USER:
                return self.many(words + things)
            case Kind.THING | Kind.THING_TEXT:
                return self.many(things)
            case Kind.WORD:
                return self.many(words)
            case Kind.TRI:
                return self.one(words)
            case Kind.DATE:
                return ",".join(self.compared(_DATES) for _ in range(self.random.randint(1, 2)))
            case Kind.DATE_TRI:
                return self.one([*words, self.compared(_DATES)])
            case Kind.MONEY:
                return self.compared(_MONEY)
            case Kind.NUMBER:
                return self.compared(_NUMBERS)
            case Kind.TRI_NUMBER:
                return self.one([*words, self.compared(_NUMBERS)])
            case Kind.TEXT:
                return self.many(_TEXTS)
        return self.many(_CODES)

    def condition(self) -> str:
        field = self.random.choice(_CARDS)
        return f"{self.one((*field.pt, *field.en))}:{self.value(field)}"

    def presence(self) -> str:
        return f"{self.one(('sem', 'com', 'without', 'with'))}:{self.many(_HAD)}"

    def term(self) -> str:
        return self.random.choice((self.condition, self.condition, self.presence, lambda: self.one(_TEXTS)))()

    def group(self, depth: int) -> str:
        """A term, denied or not, or a group of some."""
        if depth and self.random.random() < 0.4:
            parts = [self.group(depth - 1) for _ in range(self.random.randint(2, 3))]
            inside = self.one((" ", " ou ", " | ")).join(parts)
            return f"{self.one(('(', '-(', 'not ('))}{inside})"
        return self.one(("", "", "", "-", "não ")) + self.term()

    def line(self) -> str:
        groups = [self.group(3) for _ in range(self.random.randint(1, 4))]
        return self.one((" ", " ", " ou ")).join(groups) + self.one(_SETTINGS)

    def few(self, values: Sequence[T]) -> frozenset[T]:
        return frozenset(self.random.sample(values, self.random.randint(0, min(3, len(values)))))

    def row(self) -> Facts:
        def known(kinds: tuple[Kind, ...], value: Callable[[], T]) -> dict[str, T]:
            return {f.id: value() for f in _CARDS if f.kind in kinds and self.random.random() < 0.7}

        day = date(2025, 1, 1)
        return Facts(
            ids=known((Kind.USER, Kind.THING, Kind.THING_TEXT), lambda: self.few((1, 2, 3, 11, 13, 21))),
            words=known((Kind.WORD,), lambda: self.few(_WORDS)),
            flags=self.few([f.id for f in _CARDS if f.kind in (Kind.TRI, Kind.DATE_TRI, Kind.TRI_NUMBER)]),
            dates=known(
                (Kind.DATE, Kind.DATE_TRI), lambda: day + timedelta(days=self.random.randint(0, 1_400))
            ),
            amounts=known(_AMOUNTS, lambda: self.random.choice((0, 3, 9, 60, 500_000, 2_000_000))),
            texts=known((Kind.TEXT, Kind.THING_TEXT), lambda: self.few(_NAMES)),
            codes=known((Kind.CODE,), lambda: self.few(("OP-0142", "+5511988887777", "12ABC34501DE35"))),
            has=self.few([each.id for each in HAD]),
            free=self.few(_NAMES),
        )


_AMOUNTS = (Kind.MONEY, Kind.NUMBER, Kind.TRI_NUMBER)
_WORDS = ("open", "won", "lost", "overdue", "today", "with", "morning", "lead", "prospect")
_NAMES = ("Padaria São João", "Casa Verde", "a b", "Strasse")
makers = st.integers(0, 2**32).map(Maker)
lines = makers.map(Maker.line)
rows = makers.map(lambda maker: [maker.row() for _ in range(6)])
languages = st.sampled_from(LANGUAGES)


def _found(line: str, language: str, now: datetime) -> Filter:
    answer = read(line, world(language=language, now=now))
    assume(isinstance(answer, Filter))
    assert isinstance(answer, Filter)
    return answer


@FEW
@given(lines, languages, languages, nows)
def test_what_is_printed_is_read_back_in_either_language(
    line: str, one: str, other: str, now: datetime
) -> None:
    found = _found(line, one, now)
    there = world(language=other, now=now)
    printed = write(found, there)
    assert read(printed, there) == found, printed
    assert write(_found(printed, other, now), there) == printed


@FEW
@given(lines, nows)
def test_printing_in_the_other_language_and_back_gives_the_same_tree(line: str, now: datetime) -> None:
    found = _found(line, "pt-BR", now)
    english = write(found, world(language="en", now=now))
    back = write(_found(english, "en", now), world(now=now))
    assert back == write(found, world(now=now))
    assert _found(back, "pt-BR", now) == found


@FEW
@given(lines, nows)
def test_the_stored_form_is_the_filter(line: str, now: datetime) -> None:
    found = _found(line, "pt-BR", now)
    assert from_json(json.loads(json.dumps(to_json(found)))) == found


@FEW
@given(lines, nows, nows)
def test_a_stored_filter_prints_on_any_later_day(line: str, now: datetime, later: datetime) -> None:
    found = _found(line, "pt-BR", now)
    assert write(found, world(now=later)) == write(found, world(now=now))


@FEW
@given(makers, nows)
def test_the_order_of_terms_does_not_matter(maker: Maker, now: datetime) -> None:
    terms = [maker.condition() if at % 3 else maker.presence() for at in range(5)]
    mixed = sorted(terms, key=lambda term: term[::-1])
    for joint in (" ", " ou "):
        one, other = joint.join(terms), joint.join(reversed(terms))
        assert _found(one, "pt-BR", now) == read(other, world(now=now))
        assert _found(one, "pt-BR", now) == read(joint.join(mixed), world(now=now))


# --- meaning ----------------------------------------------------------------------------------------


@FEW
@given(lines, rows, nows)
def test_a_denial_denied_selects_the_same_rows(line: str, facts: list[Facts], now: datetime) -> None:
    reader = Reader(1, (1, 2), Clock(now, CALENDAR, "pt-BR"))
    found = _found(line, "pt-BR", now)
    where = Printer(world(now=now)).line(Filter(found.where))
    denied = read(f"-(-({where}))", world(now=now)) if where else found
    assume(isinstance(denied, Filter))  # eight groups deep at most
    assert isinstance(denied, Filter)
    for row in facts:
        assert matches(denied.where, row, reader) is matches(found.where, row, reader)
        assert matches(Not(found.where), row, reader) is not matches(found.where, row, reader)


@FEW
@given(makers, nows)
def test_the_one_shape_means_what_was_written(maker: Maker, now: datetime) -> None:
    """Merging, sorting and dropping defaults select the same rows as the terms one by one."""
    terms, facts = [maker.group(1) for _ in range(3)], [maker.row() for _ in range(6)]
    terms.append(terms[0].replace("5000", "3"))  # a second condition on a field
    reader = Reader(1, (1, 2), Clock(now, CALENDAR, "pt-BR"))
    every = [_found(term, "pt-BR", now).where for term in terms]
    together, either = _found(" ".join(terms), "pt-BR", now), _found(" ou ".join(terms), "pt-BR", now)
    # alone, a term that repeats the list's default says nothing: that law is the next one
    assume(
        not any(name in term for term in terms for name in ("situação", "status", "arquivado", "archived"))
    )
    for row in facts:
        assert matches(together.where, row, reader) is all(matches(each, row, reader) for each in every)
        assert matches(either.where, row, reader) is any(matches(each, row, reader) for each in every)


@FEW
@given(rows, nows, st.sampled_from([Place.TODAY, Place.BOARD, Place.PEOPLE]))
def test_what_the_default_repeats_selects_the_same_rows(
    facts: list[Facts], now: datetime, place: Place
) -> None:
    reader = Reader(1, (), Clock(now, CALENDAR, "pt-BR"))
    said = "arquivado:não" if place is Place.PEOPLE else "situação:aberto arquivado:não"
    found = read(said, world(place, now=now))
    assert isinstance(found, Filter)
    assert found.empty
    shown = effective(found, place)
    nothing = effective(Filter(All()), place)
    assert [matches(shown, row, reader) for row in facts] == [matches(nothing, row, reader) for row in facts]


# --- nothing raises ---------------------------------------------------------------------------------

_SIGNS = """
" ( ) - | , .. : > < = >= ou or não not sem: com: ordem: grupo: porcoluna: campo. field.x: \\ * -- 5,7
"""
_PIECES = (
    *_SIGNS.split(),
    "\x00",
    *(
        "dono:",
        "etapa:novo",
        "valor:",
        "vence:",
        "eu",
        "5k",
        "hoje",
        "sim",
        "arquivado:",
        "motivo:",
        '"a b"',
        " ",
        "  ",
    ),
)


def _answered(line: str, language: str, place: Place, now: datetime) -> None:
    answered(line, world(place, language, now))


@FEW
@given(st.text(max_size=80), languages, st.sampled_from(Place), nows)
def test_random_text_never_raises(line: str, language: str, place: Place, now: datetime) -> None:
    _answered(line, language, place, now)


@FEW
@given(st.lists(st.sampled_from(_PIECES), max_size=14).map("".join), languages, st.sampled_from(Place), nows)
def test_random_pieces_of_the_grammar_never_raise(
    line: str, language: str, place: Place, now: datetime
) -> None:
    _answered(line, language, place, now)


@FEW
@given(lines, st.integers(0, 200), languages, nows)
def test_a_line_cut_anywhere_never_raises(line: str, end: int, language: str, now: datetime) -> None:
    _answered(line[:end], language, Place.BOARD, now)


def test_the_longest_lines_are_answered() -> None:
    for sign in '"(-,:.> x':
        for length in (499, 500, 501, 100_000):
            _answered(
                sign * length, "pt-BR", Place.BOARD, datetime(2026, 11, 19, 9) + timedelta(days=length % 7)
            )
