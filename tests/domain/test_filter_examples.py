"""The forty examples of the specification, and what stands behind single lines: trees, defaults, JSON, days."""

from __future__ import annotations

import csv
import json
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from filter_world_house import House, again, fine, world
from when_world import CALENDAR, FRIDAY, THURSDAY, WEDNESDAY

from crm_tui.domain.filter import (
    Clock,
    Days,
    Filter,
    FilterError,
    Place,
    days,
    effective,
    field_of,
    from_json,
    gone_things,
    read,
    to_json,
    write,
)
from crm_tui.domain.filter_fields import FIELDS, HAD, plain
from crm_tui.domain.filter_tree import (
    All,
    Amount,
    Answer,
    AnyOf,
    Dates,
    DateSpan,
    FreeText,
    Not,
    Op,
    Phrase,
    Presence,
    Sort,
    Texts,
    Thing,
    Things,
    Tri,
    Users,
    Words,
)

TABLE = Path(__file__).parents[1] / "data" / "filter_examples.csv"


def _rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", _rows(), ids=lambda row: row["n"])
def test_the_forty_examples(row: dict[str, str]) -> None:
    place = Place(row["list"])
    found = fine(row["line"], place)
    assert write(found, world(place)) == row["pt"]
    assert write(found, world(place, "en")) == row["en"]
    assert read(row["pt"], world(place)) == found == read(row["en"], world(place, "en"))
    assert from_json(json.loads(json.dumps(to_json(found)))) == found


def test_the_table_is_whole() -> None:
    assert [row["n"] for row in _rows()] == [str(n) for n in range(1, 41)]


def _tree(line: str, place: Place = Place.BOARD) -> tuple[object, ...]:
    return fine(line, place).where.of


@pytest.mark.parametrize(
    ("line", "tree"),
    [
        ("dono:eu,beto,ninguém", (Users("owner", ("me", "nobody", Thing(2, "beto"))),)),
        ("etapa:novo", (Things("stage", (Thing(11, ""), Thing(21, ""))),)),
        ("etapa:vendas/novo", (Things("stage", (Thing(11, ""),)),)),
        ("estado:hoje,vencido,hoje", (Words("due", ("overdue", "today")),)),
        ("-arquivado:sim", ()),
        ("-perdido:não", (Tri("lost", Answer.YES),)),
        ("--dono:eu", (Users("owner", ("me",)),)),
        ("-sem:valor", (Presence("value", True),)),
        ("valor:>=5000 valor:<=20000", (Amount("value", Op.BETWEEN, 500_000, 2_000_000),)),
        ("valor:>=20k valor:<=5k", (Amount("value", Op.UP_TO, 500_000), Amount("value", Op.FROM, 2_000_000))),
        ("valor:5k..5000", (Amount("value", Op.IS, 500_000),)),
        ("valor:1,5mi", (Amount("value", Op.IS, 150_000_000),)),
        ('valor:"R$ 5.000"..', (Amount("value", Op.FROM, 500_000),)),
        ("chance:60", (Amount("chance", Op.IS, 60),)),
        ("vence:>=hoje vence:<=mês", (Dates("due_on", (DateSpan(Op.BETWEEN, "today", "month"),)),)),
        ("vence:hoje,amanhã", (Dates("due_on", (DateSpan(Op.IS, "today"), DateSpan(Op.IS, "tomorrow"))),)),
        (
            "(etiqueta:quente ou etiqueta:frio)",
            (Things("label", (Thing(1, ""), Thing(2, ""))),),
        ),
        (
            "-etiqueta:quente -etiqueta:frio",
            (Not(Things("label", (Thing(1, ""), Thing(2, "")))),),
        ),
        (
            "etiqueta:quente etiqueta:frio",
            (Things("label", (Thing(1, ""),)), Things("label", (Thing(2, ""),))),
        ),
        (
            "dono:eu aurora ou padaria",
            (
                AnyOf(
                    (All((Users("owner", ("me",)), FreeText(Phrase("aurora")))), FreeText(Phrase("padaria")))
                ),
            ),
        ),
        ("14:00", (FreeText(Phrase("14:00")),)),
        ('"obs: ligar"', (FreeText(Phrase("obs: ligar", True)),)),
        ('"ou"', (FreeText(Phrase("ou", True)),)),
        ('motivo:"caro demais"', (Texts("reason", (Phrase("caro demais", True),)),)),
        ("adiado:sim", (Tri("snoozed", Answer.YES),)),
        ("tarefas:>3", (Amount("tasks", Op.ABOVE, 3),)),
        ("a , b", (FreeText(Phrase("a")), FreeText(Phrase("b")))),
        ("", ()),
        ("convertido:todos", ()),
        ("situação:aberto arquivado:não", ()),
        ("situação:aberto perdido:não", (Words("status", ("open",)), Tri("lost", Answer.NO))),
        ('dono:"eu"', (Users("owner", (Thing(5, "eu"),)),)),
    ],
)
def test_trees(line: str, tree: tuple[object, ...]) -> None:
    assert _tree(line) == tree


@pytest.mark.parametrize(
    ("line", "canonical"),
    [
        ("NÃO DONO:EU", "-dono:eu"),
        ("dono:eu | dono:ninguém", "dono:eu,ninguém"),
        ("aurora padaria dono:eu", "dono:eu aurora padaria"),
        ("(((dono:eu)))", "dono:eu"),
        ("-(dono:eu ou etapa:proposta)", "-(dono:eu ou etapa:Proposta)"),
        ("(dono:eu ou aurora) ordem:valor-", "(dono:eu ou aurora) ordem:valor-"),
        ("-sem:valor,contato", "-sem:valor,contato"),
        ("valor:1234,5", "valor:1234,50"),
        ('etiqueta:"a \\"b\\", (c)"', 'etiqueta:"a \\"b\\", (c)"'),
        ("dono:equipe", "dono:equipe"),
        ('dono:"ana"', 'dono:"ana"'),
        ("criado:sexta", "criado:sexta"),
        ("vence:próxima-terça", "vence:terça"),
        ("e-mail:rui", "email:rui"),
        ("aberto_em:ontem", "criado:ontem"),
        ("dono:eu porcoluna:20 grupo:etapa", "dono:eu grupo:etapa porcoluna:20"),
        ("vence:hoje..hoje", "vence:hoje"),
        ('-"" dono:eu', "dono:eu"),
        ('"" ou dono:eu', "dono:eu"),
        ('não ("" ou " ") -("" aurora)', "-aurora"),
    ],
)
def test_canonical_lines(line: str, canonical: str) -> None:
    assert again(line) == canonical
    assert again(canonical) == canonical


def test_two_things_of_one_name_print_with_their_board_where_only_one_is_meant() -> None:
    assert again("etapa:parcerias/novo") == "etapa:Parcerias/Novo"
    assert again("etapa:vendas/novo,parcerias/novo") == "etapa:Novo"


def test_settings() -> None:
    found = fine("ordem:prazo- grupo:estado porcoluna:50")
    assert (found.sort, found.group, found.per_column) == (Sort("stage_due", True), "due", 50)
    assert not found.empty
    assert fine("").empty


def test_defaults_are_added_where_nothing_lifts_them() -> None:
    opened, present = Words("status", ("open",)), Tri("archived", Answer.NO)
    assert effective(fine(""), Place.TODAY).of == (present, opened)
    assert effective(fine("perdido:sim"), Place.BOARD).of == (present, Tri("lost", Answer.YES))
    assert effective(fine("(fechado:hoje ou aurora)"), Place.BOARD).of[0] == present
    assert opened not in effective(fine("(fechado:hoje ou aurora)"), Place.BOARD).of
    assert effective(fine("arquivado:todos"), Place.BOARD).of == (opened, Tri("archived", Answer.ALL))
    assert effective(fine("", Place.PEOPLE), Place.PEOPLE).of == (present,)
    assert effective(fine("", Place.HISTORY), Place.HISTORY).of == ()


@pytest.mark.parametrize(
    ("line", "first", "last"),
    [
        ("vence:semana", "2026-11-16", "2026-11-22"),
        ("vence:semana-que-vem", "2026-11-23", "2026-11-29"),
        ("vence:<semana", None, "2026-11-15"),
        ("vence:<=semana", None, "2026-11-22"),
        ("vence:>semana", "2026-11-23", None),
        ("vence:>=semana", "2026-11-16", None),
        ("vence:mês", "2026-11-01", "2026-11-30"),
        ("vence:mes-passado", "2026-10-01", "2026-10-31"),
        ("vence:trimestre", "2026-10-01", "2026-12-31"),
        ("vence:trimestre-que-vem", "2027-01-01", "2027-03-31"),
        ("vence:ano", "2026-01-01", "2026-12-31"),
        ("vence:11/2026", "2026-11-01", "2026-11-30"),
        ("vence:janeiro", "2027-01-01", "2027-01-31"),
        ("criado:janeiro", "2026-01-01", "2026-01-31"),
        ("vence:2026", "2026-01-01", "2026-12-31"),
        ("vence:sexta", "2026-11-20", "2026-11-20"),
        ("criado:sexta", "2026-11-13", "2026-11-13"),
        ("criado:quinta", "2026-11-12", "2026-11-12"),
        ("vence:sexta-passada", "2026-11-13", "2026-11-13"),
        ("vence:esta-quarta", "2026-11-18", "2026-11-18"),
        ("vence:sexta-da-semana-que-vem", "2026-11-27", "2026-11-27"),
        ("vence:15/11", "2026-11-15", "2026-11-15"),
        ("vence:20/11", "2026-11-20", "2026-11-20"),
        ("criado:20/11", "2025-11-20", "2025-11-20"),
        ("vence:01/10/2020", "2020-10-01", "2020-10-01"),
        ("vence:-3d", "2026-11-16", "2026-11-16"),
        ("vence:há-2-semanas", "2026-11-05", "2026-11-05"),
        ("vence:+1mes", "2026-12-19", "2026-12-19"),
        ("vence:+2du", "2026-11-24", "2026-11-24"),
        ("vence:fim-do-mês", "2026-11-30", "2026-11-30"),
        ("vence:5º-dia-útil", "2026-12-07", "2026-12-07"),
        ("vence:depois_do_feriado", "2026-11-23", "2026-11-23"),
        ("vence:proxma-semana", "2026-11-23", "2026-11-29"),
        ("vence:hoje..sexta", "2026-11-19", "2026-11-20"),
        ("criado:-7d..", "2026-11-12", None),
        ("created:3_days_ago", "2026-11-16", "2026-11-16"),
    ],
)
def test_date_words_are_intervals(line: str, first: str | None, last: str | None) -> None:
    node = _tree(line)[0]
    assert isinstance(node, Dates)
    field = field_of(node.field)
    assert field is not None
    found = days(node.any[0], Clock(THURSDAY, CALENDAR, "pt-BR"), back=field.back)
    assert found == Days(first and date.fromisoformat(first), last and date.fromisoformat(last))


def test_relative_words_mean_each_days_own() -> None:
    node = _tree("vence:hoje")[0]
    assert isinstance(node, Dates)
    for now in (THURSDAY, FRIDAY, WEDNESDAY):
        today = days(node.any[0], Clock(now, CALENDAR, "en"), back=False)
        assert today == Days(now.date(), now.date())


def test_a_range_whose_fixed_end_has_passed_is_still_read() -> None:
    later = world(now=WEDNESDAY)
    found = read("vence:hoje..27/11/2026", later)
    assert isinstance(found, Filter)
    assert write(found, later) == "vence:hoje..27/11/2026"


def test_days_as_instants_on_the_readers_clock() -> None:
    zone = ZoneInfo("America/Sao_Paulo")
    start, end = Days(date(2026, 11, 19), date(2026, 11, 19)).instants(zone)
    assert start == datetime.fromisoformat("2026-11-19T03:00:00+00:00")
    assert end == datetime.fromisoformat("2026-11-20T03:00:00+00:00")
    assert Days(None, None).instants(zone) == (None, None)


def test_a_deleted_label_is_said_with_what_is_left_without_it() -> None:
    found = fine('dono:eu etiqueta:"Feira 2025",quente')
    after = world(names=House(frozenset({("label", 3)})))
    (error,) = gone_things(found, after)
    line = write(found, after)
    assert line[error.start : error.end] == "Feira 2025"
    assert error.message.params["value"] == "Feira 2025"
    assert error.offers[0].line == "dono:eu etiqueta:Quente"
    assert gone_things(found, world()) == ()
    alone = fine('etiqueta:"Feira 2025" ou aurora')
    assert gone_things(alone, after)[0].offers[0].line == "aurora"


def test_a_renamed_stage_keeps_its_view() -> None:
    stored = to_json(fine("etapa:vendas/proposta"))
    stored["where"][0]["things"][0]["name"] = "Como era antes"
    assert write(from_json(stored), world()) == "etapa:Proposta"


@pytest.mark.parametrize(
    "stored",
    [
        {},
        {"version": 2, "where": []},
        {"version": 1},
        {"version": 1, "where": [{"field": "owner"}]},
        {"version": 1, "where": [{"field": "owner", "users": [3.5]}]},
        {"version": 1, "where": [{"field": "value", "amount": {"op": "~", "value": 1}}]},
        {"version": 1, "where": [{"not": 7}]},
        {"version": 1, "where": "x"},
    ],
)
def test_what_is_no_stored_filter_is_refused(stored: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="filter"):
        from_json(stored)


def test_the_table_of_fields_says_each_name_once() -> None:
    names = [plain(name) for field in FIELDS for name in {*field.pt, *field.en}]
    doubled = {name for name in names if names.count(name) > 1}
    assert {
        name for name in doubled if len({f.id for f in FIELDS if name in map(plain, (*f.pt, *f.en))}) > 1
    } == set()
    assert len({each.id for each in HAD}) == len(HAD)


def test_what_a_later_issue_brings_is_known_and_refused() -> None:
    for line in ("mídia:instagram", "nota:3", "com:proposta", "campo.ambiente:nuvem", "ordem:nota"):
        answer = read(line, world(built=3))
        assert isinstance(answer, FilterError)
        assert answer.code.value == "field_not_here"
        assert "not kept yet" in answer.message.msgid
