"""The dialog is another face of the filter: laid out in fields and put together again it is what it was."""

from __future__ import annotations

from datetime import datetime

import pytest
from filter_world_house import fine, world
from hypothesis import assume, given
from hypothesis import strategies as st
from test_filter_laws import lines
from when_world import FEW, LANGUAGES, THURSDAY, nows

from crm_tui.domain.filter import Filter, Place, read, write
from crm_tui.domain.filter_dialog import (
    DATED,
    LISTS,
    TRIS,
    Fields,
    Wrong,
    fields_of,
    filter_of,
    more,
)
from crm_tui.domain.filter_tree import Answer, Sort, Thing

languages = st.sampled_from(LANGUAGES)


def laid_out(line: str, place: Place = Place.BOARD) -> Fields:
    return fields_of(fine(line, place), world(place))


@FEW
@given(lines, languages, nows)
def test_line_to_dialog_to_line_changes_nothing(line: str, language: str, now: datetime) -> None:
    there = world(language=language, now=now)
    found = read(line, there)
    assume(isinstance(found, Filter))
    assert isinstance(found, Filter)
    assert filter_of(fields_of(found, there), there) == found


DATES = st.sampled_from(["", "hoje", "semana", "27/11/2026", "-7d", "fim do mês", ">ontem"])
AMOUNTS = st.sampled_from(["", "0", "5000", "1234,50", "5k", ">5000", "R$ 5.000"])
CHOSEN = {
    "status": [("open",), ("won", "lost"), ("all",)],
    "stage": [(Thing(13, "Proposta"),), (Thing(11, "Novo"), Thing(21, "Novo"))],
    "label": [(Thing(1, "Quente"), Thing(4, 'a "b", (c)'))],
    "owner": [("me",), ("me", Thing(2, "beto")), ("nobody",), ("my_team",)],
    "member": [(Thing(3, "ana"),)],
    "team": [(Thing(1, "Vendas SP"),)],
}
DIALOGS = st.builds(
    Fields,
    text=st.sampled_from(["", "padaria", 'são "casa verde"', "ou", "dono:eu", "14:00", "-x"]),
    lists=st.fixed_dictionaries({}, optional={name: st.sampled_from(CHOSEN[name]) for name in LISTS}),
    dated=st.sampled_from(DATED),
    since=DATES,
    until=DATES.map(lambda words: words.replace(">", "<")),
    least=AMOUNTS,
    most=AMOUNTS.map(lambda words: words.replace(">", "<")),
    tris=st.fixed_dictionaries({}, optional=dict.fromkeys(TRIS, st.sampled_from(Answer))),
    sort=st.sampled_from([None, Sort("value", True), Sort("due_on")]),
    group=st.sampled_from([None, "owner"]),
    per_column=st.sampled_from([None, 50]),
)


@FEW
@given(DIALOGS, languages)
def test_dialog_to_line_to_dialog_changes_nothing(fields: Fields, language: str) -> None:
    """What is set in the dialog is written as a line; what that line lays out is the same filter, and stays so."""
    there = world(language=language, now=THURSDAY)
    found = filter_of(fields, there)
    assume(isinstance(found, Filter))  # a range the wrong way round
    assert isinstance(found, Filter)
    line = write(found, there)
    assert read(line, there) == found
    again = fields_of(found, there)
    assert (again.rest, filter_of(again, there)) == ((), found), line
    assert fields_of(found, there) == again


def test_each_condition_stands_in_its_field() -> None:
    shown = laid_out(
        "dono:eu,beto etiqueta:quente membro:anar equipe:suporte etapa:proposta criado:-7d.. valor:5k..20k "
        "parado:sim tarefas:não arquivado:todos perdido:sim convertido:não serviço:sim padaria "
        "situação:todos ordem:valor- porcoluna:20 grupo:dono"
    )
    assert shown.text == "padaria"
    assert [value if isinstance(value, str) else value.name for value in shown.lists["owner"]] == [
        "me",
        "beto",
    ]
    assert set(shown.lists) == set(LISTS)
    assert (shown.dated, shown.since, shown.until) == ("created", "-7d", "")
    assert (shown.least, shown.most) == ("5000", "20000")
    assert shown.tris == {
        "stale": Answer.YES,
        "tasks": Answer.NO,
        "archived": Answer.ALL,
        "lost": Answer.YES,
        "converted": Answer.NO,
        "service": Answer.YES,
    }
    assert (shown.sort, shown.per_column, shown.group) == (Sort("value", True), 20, "owner")
    assert shown.rest == ()


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("(dono:eu ou membro:eu) tarefas:sim", "dono:eu ou membro:eu"),
        ("-etiqueta:frio etiqueta:quente", "-etiqueta:Frio"),
        ("etiqueta:quente etiqueta:frio", "etiqueta:Frio"),
        ("parado:>9d", "parado:>9d"),
        ("sem:próximo dono:eu", "sem:próximo"),
        ("criado:hoje fechado:ontem", "fechado:ontem"),
        ("valor:>5000 valor:>7000", "valor:>7000"),
        ("vence:hoje,amanhã", "vence:hoje,amanhã"),
        ("-padaria", "-padaria"),
    ],
)
def test_what_no_field_shows_stands_in_more_conditions_and_is_kept(line: str, rest: str) -> None:
    shown = laid_out(line)
    assert more(shown, world()) == rest
    assert filter_of(shown, world()) == fine(line)


@pytest.mark.parametrize(
    ("line", "ends"),
    [
        ("valor:>5000", (">5000", "")),
        ("valor:<=20k", ("", "20000")),
        ("valor:>5k valor:<20k", (">5000", "<20000")),
        ("valor:5000", ("5000", "5000")),
        ("valor:1234,5..", ("1234,50", "")),
    ],
)
def test_the_ends_of_an_amount_read_as_one_types_them(line: str, ends: tuple[str, str]) -> None:
    shown = laid_out(line)
    assert (shown.least, shown.most) == ends
    assert shown.rest == ()


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        (Fields(since="31/11"), "since", "31/11"),
        (Fields(since="27/11/2026", until="20/11/2026"), "since", ""),
        (Fields(least="caro"), "least", ""),
        (Fields(least="20k", most="5k"), "least", ""),
        (Fields(text='"padaria'), "text", ""),
    ],
)
def test_what_cannot_be_read_is_said_of_its_field(fields: Fields, field: str, said: str) -> None:
    wrong = filter_of(fields, world())
    assert isinstance(wrong, Wrong)
    assert wrong.field == field
    assert wrong.error.message.msgid


def test_what_would_be_a_condition_is_looked_for_as_words_in_the_text_field() -> None:
    found = filter_of(Fields(text="obs: ligar"), world())
    assert isinstance(found, Filter)
    assert write(found, world()) == '"obs: ligar"'
