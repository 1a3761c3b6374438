"""What the columns of a file that nobody knows may mean."""

from __future__ import annotations

import pytest

from crm_tui.domain.import_guess import WORDS, Seen, guessed
from crm_tui.domain.import_map import FIELDS, MapKind

PHONES, MAILS = ("(11) 97777-1234", "11 98888-0001"), ("lua@nova.com.br",)


def test_headings_say_it_first_and_values_where_they_do_not() -> None:
    columns = [
        Seen("Razão", ("Padaria Lua Nova", "Mercado Sol")),
        Seen("Celular do dono", PHONES),
        Seen("Onde escrever", MAILS),
        Seen("Fixo", ("(11) 3333-4444",)),
        Seen("Cor", ("azul",)),
        Seen("Obs.", ("compra no fim do mês",)),
    ]
    assert guessed(MapKind.PEOPLE, columns) == ["name", "mobile", "email", "phone", "", "notes"]


def test_a_field_is_meant_once_and_a_mixed_column_is_left_out() -> None:
    columns = [
        Seen("Nome", ("Ana",)),
        Seen("Nome da mãe", ("Bia",)),
        Seen("A", (*MAILS, "ligar")),
        Seen("B", ()),
        Seen("C", ("11144477735",)),
    ]
    assert guessed(MapKind.PEOPLE, columns) == ["name", "", "", "", ""]


def test_cards_have_fields_of_their_own() -> None:
    columns = [Seen("Negócio", ("Telhado",)), Seen("Funil", ("Obras",)), Seen("Cliente", ("Ana",))]
    assert guessed(MapKind.CARDS, columns) == ["title", "board", "person"]


@pytest.mark.parametrize("kind", MapKind)
def test_only_fields_that_there_are_have_words(kind: MapKind) -> None:
    assert set(WORDS.get(kind, {})) <= set(FIELDS[kind])


def test_a_column_of_what_is_not_to_be_used_is_no_phone() -> None:
    """Else a file of our own, taken in elsewhere, would make numbers to be called of them."""
    columns = [
        Seen("Quem", ("Ana Prado",)),
        Seen("Telefones que não se usam", ("(11) 98888-0001",)),
        Seen("Phones not to be used", ("(11) 98888-0001",)),
    ]
    assert guessed(MapKind.PEOPLE, columns)[1:] == ["", ""]


def test_amounts_with_their_cents_and_days_are_seen_where_a_kind_has_one_field_of_them() -> None:
    columns = [
        Seen("Obra", ("Telhado", "Muro")),
        Seen("Quanto", ("R$ 1.500,50", "10,00")),
        Seen("Visto", ("02/03/2026", "2026-03-04 10:00")),
        Seen("Número", ("100", "250")),
    ]
    assert guessed(MapKind.CARDS, columns) == ["", "value", "", ""]  # of several fields of days none is meant
    assert guessed(MapKind.NOTES, columns) == ["", "", "when", "card"]
    assert guessed(MapKind.PEOPLE, columns) == ["", "", "", ""]
