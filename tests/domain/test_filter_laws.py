"""What holds for every filter, in both languages: what is printed is read back, order does not matter, nothing raises."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

from filter_world_house import THINGS, world
from hypothesis import assume, given
from hypothesis import strategies as st
from when_world import CALENDAR, FEW, LANGUAGES, nows

from crm_tui.domain.filter import (
    FIELDS,
    Clock,
    Facts,
    Filter,
    FilterError,
    Place,
    Reader,
    complete,
    effective,
    from_json,
    matches,
    read,
    read_typing,
    to_json,
    write,
)
from crm_tui.domain.filter_fields import HAD, Field, Kind, fixed_words
from crm_tui.domain.filter_print import Printer
from crm_tui.domain.filter_tree import All, Not
from crm_tui.domain.filter_values import bare_or_quoted

_DATES = ["hoje", "amanhã", "ontem", "semana", "semana-que-vem", "semana-passada", "mês", "mês-que-vem", "last-month", "trimestre", "next-quarter", "ano", "2026", "11/2026", "20/11", "27/11/2026", "2026-11-15", "-7d", "+3d", "há-2-semanas", "+1mes", "-1ano", "+2du", "-3bd", "sexta", "fri", "sexta-passada", "esta-quarta", "sexta-da-semana-que-vem", "fim-do-mês", "eow", "eoy", "dia-5", "5º-dia-útil", "próximo-dia-útil", "depois-do-feriado", "novembro", "jan-2027", "3-dias", "próxima-terça", "proxma-semana", "15/11", "último-dia-do-mês", "dia-10-do-mês-que-vem"]
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


def _many(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(values, min_size=1, max_size=3).map(",".join)


def _compared(values: tuple[str, ...]) -> st.SearchStrategy[str]:
    one = st.sampled_from(values)
    return st.one_of(
        st.tuples(st.sampled_from(_OPS), one).map("".join),
        st.tuples(one, one).map("..".join),
        one.map("{}..".format),
        one.map("..{}".format),
    )


def _value(field: Field) -> st.SearchStrategy[str]:
    words = st.sampled_from([name for w in fixed_words(field) for name in (*w.pt, *w.en)] or ["eu"])
    things = st.sampled_from(
        [bare_or_quoted(each.login or each.name) for each in THINGS.get(field.thing, THINGS["label"])]
    )
    match field.kind:
        case Kind.USER:
            return _many(st.one_of(words, things))
        case Kind.THING | Kind.THING_TEXT:
            return _many(things)
        case Kind.WORD:
            return _many(words)
        case Kind.TRI:
            return words
        case Kind.DATE:
            return _many(_compared(tuple(_DATES)))
        case Kind.DATE_TRI:
            return st.one_of(words, _compared(tuple(_DATES)))
        case Kind.MONEY:
            return _compared(_MONEY)
        case Kind.NUMBER:
            return _compared(_NUMBERS)
        case Kind.TRI_NUMBER:
            return st.one_of(words, _compared(_NUMBERS))
        case Kind.TEXT:
            return _many(st.sampled_from(_TEXTS))
    return _many(st.sampled_from(_CODES))


def _clause(field: Field) -> st.SearchStrategy[str]:
    return st.tuples(st.sampled_from((*field.pt, *field.en)), _value(field)).map(":".join)


_CARDS = [field for field in FIELDS if "C" in field.lists and (field.thing in THINGS or not field.thing)]
_conditions = st.sampled_from(_CARDS).flatmap(_clause)
_had = st.sampled_from([name for h in HAD if "C" in h.lists for name in (*h.pt, *h.en)])
_presence = st.tuples(st.sampled_from(("sem", "com", "without", "with")), _many(_had)).map(":".join)
_texts = st.sampled_from(_TEXTS)
_terms = st.one_of(_conditions, _conditions, _presence, _texts)
_denied = st.tuples(st.sampled_from(("", "", "-", "não ")), _terms).map("".join)
_groups = st.recursive(
    _denied,
    lambda inner: st.tuples(
        st.sampled_from(("(", "-(", "not (")),
        st.lists(inner, min_size=2, max_size=3),
        st.sampled_from((" ", " ou ", " | ")),
    ).map(lambda made: f"{made[0]}{made[2].join(made[1])})"),
    max_leaves=6,
)
_settings = st.sampled_from(("", "", " ordem:valor-", " sort:due_on", " grupo:dono", " porcoluna:20"))
lines = st.tuples(st.lists(_groups, min_size=1, max_size=5).map(" ".join), _settings).map("".join)
languages = st.sampled_from(LANGUAGES)


def _found(line: str, language: str, now: datetime) -> Filter:
    answer = read(line, world(language=language, now=now))
    assume(isinstance(answer, Filter))
    assert isinstance(answer, Filter)
    return answer


def _same(a: Filter, b: object) -> bool:
    return a == b


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
@given(st.lists(st.one_of(_conditions, _presence), min_size=2, max_size=5), st.randoms(), nows)
def test_the_order_of_terms_does_not_matter(terms: list[str], chance: object, now: datetime) -> None:
    mixed = sorted(terms, key=lambda term: hash((term, len(terms))))
    for joint in (" ", " ou "):
        one, other = joint.join(terms), joint.join(reversed(terms))
        assert _found(one, "pt-BR", now) == read(other, world(now=now))
        assert _found(one, "pt-BR", now) == read(joint.join(mixed), world(now=now))


# --- meaning ----------------------------------------------------------------------------------------

_days = st.dates(date(2025, 1, 1), date(2028, 12, 31))


def _some(names: list[str], values: st.SearchStrategy[object]) -> st.SearchStrategy[dict[str, object]]:
    return st.dictionaries(st.sampled_from(names), values, max_size=len(names))


def _ids(*kinds: Kind) -> list[str]:
    return [field.id for field in _CARDS if field.kind in kinds]


_words = ["open", "won", "lost", "overdue", "today", "with", "morning", "lead", "prospect"]
facts = st.builds(
    Facts,
    ids=_some(
        _ids(Kind.USER, Kind.THING, Kind.THING_TEXT),
        st.frozensets(st.sampled_from([1, 2, 3, 11, 13, 21]), max_size=3),
    ),
    words=_some(_ids(Kind.WORD), st.frozensets(st.sampled_from(_words), max_size=2)),
    flags=st.frozensets(st.sampled_from(_ids(Kind.TRI, Kind.DATE_TRI, Kind.TRI_NUMBER))),
    dates=_some(_ids(Kind.DATE, Kind.DATE_TRI), _days),
    amounts=_some(
        _ids(Kind.MONEY, Kind.NUMBER, Kind.TRI_NUMBER), st.sampled_from([0, 3, 9, 60, 500_000, 2_000_000])
    ),
    texts=_some(
        _ids(Kind.TEXT, Kind.THING_TEXT),
        st.frozensets(st.sampled_from(["Padaria São João", "Casa Verde", "a b"]), max_size=2),
    ),
    codes=_some(
        _ids(Kind.CODE),
        st.frozensets(st.sampled_from(["OP-0142", "+5511988887777", "12ABC34501DE35"]), max_size=2),
    ),
    has=st.frozensets(st.sampled_from([each.id for each in HAD])),
    free=st.frozensets(st.sampled_from(["Padaria São João", "Casa Verde", "a b", "Strasse"]), max_size=3),
)


@FEW
@given(lines, st.lists(facts, min_size=1, max_size=8), nows)
def test_a_denial_denied_selects_the_same_rows(line: str, rows: list[Facts], now: datetime) -> None:
    reader = Reader(1, (1, 2), Clock(now, CALENDAR, "pt-BR"))
    found = _found(line, "pt-BR", now)
    where = Printer(world(now=now)).line(Filter(found.where))
    denied = read(f"-(-({where}))", world(now=now)) if where else found
    assume(isinstance(denied, Filter))  # eight groups deep at most
    assert isinstance(denied, Filter)
    for row in rows:
        assert matches(denied.where, row, reader) is matches(found.where, row, reader)
        assert matches(Not(found.where), row, reader) is not matches(found.where, row, reader)


@FEW
@given(st.lists(_terms, min_size=1, max_size=4), st.lists(facts, min_size=1, max_size=8), nows)
def test_the_one_shape_means_what_was_written(terms: list[str], rows: list[Facts], now: datetime) -> None:
    """Merging, sorting and dropping defaults select the same rows as the terms one by one."""
    reader = Reader(1, (1, 2), Clock(now, CALENDAR, "pt-BR"))
    every = [_found(term, "pt-BR", now).where for term in terms]
    together, either = _found(" ".join(terms), "pt-BR", now), _found(" ou ".join(terms), "pt-BR", now)
    defaults = {"situação:aberto", "status:open", "arquivado:não", "archived:no"}
    assume(not any(":" in t and t in defaults for t in terms))
    for row in rows:
        assert matches(together.where, row, reader) is all(matches(each, row, reader) for each in every)
        assert matches(either.where, row, reader) is any(matches(each, row, reader) for each in every)


@FEW
@given(
    st.lists(facts, min_size=1, max_size=8), nows, st.sampled_from([Place.TODAY, Place.BOARD, Place.PEOPLE])
)
def test_what_the_default_repeats_selects_the_same_rows(
    rows: list[Facts], now: datetime, place: Place
) -> None:
    reader = Reader(1, (), Clock(now, CALENDAR, "pt-BR"))
    said = "arquivado:não" if place is Place.PEOPLE else "situação:aberto arquivado:não"
    found = read(said, world(place, now=now))
    assert isinstance(found, Filter)
    assert found.empty
    shown = effective(found, place)
    nothing = effective(Filter(All()), place)
    assert [matches(shown, row, reader) for row in rows] == [matches(nothing, row, reader) for row in rows]


# --- nothing raises ---------------------------------------------------------------------------------

_PIECES = (
    *['"', '(', ')', '-', '|', ',', '..', ':', '>', '<', '=', '>=', 'ou', 'or', 'não', 'not', 'sem:', 'com:', 'ordem:', 'grupo:', 'porcoluna:', 'campo.', 'field.x:', '\\', '*', '--', '5,7', '\x00'],
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
    there = world(place, language, now)
    answer = read(line, there)
    if isinstance(answer, FilterError):
        assert 0 <= answer.start <= answer.end <= len(line)
        assert answer.message.msgid
        assert len({each.line for each in answer.offers if each.line}) == len(
            [e for e in answer.offers if e.line]
        )
    else:
        printed = write(answer, there)
        assert read(printed, there) == answer, printed
    typed = read_typing(line, there)
    assert (typed.found is None) is (typed.error is not None)
    if typed.waiting is not None:
        assert 0 <= typed.waiting[0] <= typed.waiting[1] <= len(line)
    for cursor in {0, len(line) // 2, len(line)}:
        completion = complete(line, cursor, there)
        assert 0 <= completion.start <= completion.end == cursor
        assert len(completion.rows) <= 8


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
