"""What is offered while a filter is typed: fields, values, dates; nothing that is not there for this reader."""

from __future__ import annotations

import pytest
from filter_world_house import House, world

from crm_tui.domain.filter import Filter, Habits, Place, complete, read


def _offered(
    line: str, place: Place = Place.BOARD, language: str = "pt-BR", habits: Habits | None = None
) -> list[str]:
    return [each.words for each in complete(line, len(line), world(place, language), habits).rows]


def test_nothing_before_the_first_letter() -> None:
    assert _offered("") == []
    assert _offered("dono:eu ") == []


def test_fields_of_this_list_those_used_most_first() -> None:
    assert _offered("e")[:3] == ["equipe:", "etapa:", "etiqueta:"]
    assert _offered("e", habits=Habits(uses={"label": 9, "due": 3}))[:2] == ["etiqueta:", "estado:"]
    assert "etapa:" not in _offered("e", Place.PEOPLE)
    assert _offered("sta", language="en")[0] == "stage:"
    assert "sem:" in _offered("se")
    assert "ordem:" in _offered("ord")


def test_fields_that_a_later_issue_brings_are_not_offered() -> None:
    here = world(built=3)
    assert [each.words for each in complete("camp", 4, here).rows] == []
    assert [each.words for each in complete("camp", 4, world()).rows][:1] == ["campanha:"]


def test_words_of_the_last_filters_come_after_fields() -> None:
    assert _offered("pa", habits=Habits(recent=("padaria", "casa verde")))[-1] == "padaria"
    (row,) = complete("casa", 4, world(), Habits(recent=("casa verde",))).rows
    assert row.taken == '"casa verde" '


def test_me_first_then_people_by_how_many_rows_they_have() -> None:
    counts = {1: 3, 2: 500, 3: 12}
    habits = Habits(count=lambda field, value: counts.get(value) if isinstance(value, int) else None)
    rows = complete("dono:", 5, world(), habits).rows
    assert [each.words for each in rows[:5]] == [
        "eu",
        "equipe",
        "ninguém",
        "Beto Nunes (beto)",
        "Ana Lima (ana)",
    ]
    assert [each.hint for each in rows[3:5]] == ["500+", "12"]
    assert rows[3].taken == "beto "


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("etapa:prop", "Proposta"),
        ("etapa:novo,neg", "Negociação"),
        ("-etiqueta:qu", "Quente"),
        ("(equipe:sp", "Vendas SP"),
        ("situação:ga", "ganho"),
        ("sem:pr", "próximo"),
        ("grupo:", "etapa"),
        ("porcoluna:5", "50"),
        ("arquivado:", "sim"),
        ('equipe:"ven', "Vendas SP"),
    ],
)
def test_values(line: str, first: str) -> None:
    if first == "etapa":
        assert first in _offered(line)
    else:
        assert _offered(line)[0] == first


def test_a_name_with_a_blank_is_taken_in_quotes_and_what_is_taken_can_be_read() -> None:
    (row,) = complete("equipe:ven", 10, world()).rows
    assert row.taken == '"Vendas SP" '
    for line in ("dono:", "etapa:", "vence:", "situação:", "etiqueta:", "adiado:"):
        found = complete(line, len(line), world())
        for each in found.rows:
            assert isinstance(read(line[: found.start] + each.taken, world()), Filter), each


def test_eight_rows_at_most() -> None:
    assert len(_offered("ordem:")) == 8


def test_dates_say_what_they_mean() -> None:
    assert _offered("vence:") == ["hoje", "<=hoje", "semana", "semana-que-vem", "mês"]
    assert complete("vence:seman", 11, world()).rows[0].words == "semana"
    row = complete("vence:<=+3d", 11, world()).rows[0]
    assert (row.words, row.hint) == ("<=+3d", "22/11/2026")
    assert complete("criado:mês-passado", 18, world()).rows[0].hint == "01/10/2026..31/10/2026"


def test_what_is_hidden_is_not_offered() -> None:
    hidden = world(names=House(frozenset({("label", 1)})))
    assert complete("etiqueta:qu", 11, hidden).rows == ()


def test_unknown_fields_offer_nothing() -> None:
    assert _offered("xyz:a") == []
    assert _offered("valor:5") == []
