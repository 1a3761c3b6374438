"""What single conditions mean on a row: the oracle that the store is held against."""

from __future__ import annotations

from datetime import date

import pytest
from filter_world_house import fine
from when_world import CALENDAR, THURSDAY

from crm_tui.domain.filter import Clock, Facts, Place, Reader, effective, matches

READER = Reader(1, (1, 2), Clock(THURSDAY, CALENDAR, "pt-BR"))
ROW = Facts(
    ids={"owner": (2,), "member": (1, 3), "stage": (13,), "label": (1, 2), "reason": ()},
    words={"status": ("open",), "due": ("overdue",), "time": ("with", "morning")},
    flags=("stale",),
    dates={"due_on": date(2026, 11, 19), "created": date(2026, 11, 13)},
    amounts={"value": 500_000, "stale": 9, "chance": 60},
    texts={"party": ("Padaria São João",), "reason": ("caro demais",)},
    codes={"phone": ("+5511988887777",), "number": ("OP-0142",), "document": ("12ABC34501DE35",)},
    has=("next", "owner", "label"),
    free=("Padaria São João", "Troca do forno", "Quente"),
)


@pytest.mark.parametrize(
    "line",
    [
        "dono:beto", "-dono:eu", "dono:equipe", "membro:eu", "etapa:proposta", "etiqueta:quente etiqueta:frio",
        "etiqueta:quente,frio", "motivo:\"caro\"", "estado:vencido", "hora:manhã", "hora:com", "situação:todos",
        "vence:hoje", "vence:<=hoje", "vence:semana", "criado:sexta", "criado:-7d..", "valor:5k", "valor:>=5000",
        "valor:4k..6k", "parado:sim", "parado:>8d", "chance:60%", "fone:8888", "fone:1188887777",
        "fone:\"(11) 98888-7777\"", "fone:11988887777", "número:142", "número:op-0142", "documento:12.ABC",
        "com:próximo,dono", "sem:valor", "padaria", "sao joao", "\"padaria sao\"", "forn", "98888", "0142",
        "\"(11) 8888-7777\"", "padaria & joão", "cliente:jo", "-situação:fechado", "arquivado:não", "aurora ou padaria",
    ],
)  # fmt: skip
def test_the_row_is_found(line: str) -> None:
    found = fine(line)
    assert matches(found.where, ROW, READER)


@pytest.mark.parametrize(
    "line",
    [
        "dono:eu", "dono:ninguém", "membro:beto", "-etiqueta:frio", "etapa:negociação", "estado:hoje", "hora:sem",
        "vence:amanhã", "vence:<hoje", "vence:>semana", "criado:hoje", "valor:>5000", "valor:<5k", "parado:não",
        "parado:>9d", "fone:9999", "sem:próximo", "com:valor", "adaria", "\"padaria joao\"", "\"sao jo\"", "99999",
        "arquivado:sim", "tocado:hoje", "interna:<=hoje", "motivo:preço", "situação:fechado", "-situação:todos",
    ],
)  # fmt: skip
def test_the_row_is_not_found(line: str) -> None:
    assert not matches(fine(line).where, ROW, READER)


def test_closed_and_archived_rows_stay_out_unless_named() -> None:
    lost = Facts(words={"status": ("lost",)}, flags=("lost",))
    old = Facts(words={"status": ("open",)}, flags=("archived",))
    for line, place, shown in (
        ("", Place.TODAY, (False, False)),
        ("perdido:sim", Place.BOARD, (True, False)),
        ("situação:todos", Place.BOARD, (True, False)),
        ("situação:fechado", Place.BOARD, (True, False)),
        ("arquivado:todos", Place.BOARD, (False, True)),
        ("arquivado:sim", Place.BOARD, (False, True)),
    ):
        where = effective(fine(line, place), place)
        assert (matches(where, lost, READER), matches(where, old, READER)) == shown, line
