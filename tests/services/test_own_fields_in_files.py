"""Columns of a file that are people's fields of one's own: taken in, completed, never overwritten, home again. (M48)"""

from __future__ import annotations

from datetime import UTC
from pathlib import Path
from typing import Any

import form_house
import pytest
from house import House, do

from crm_tui.connectors import tables_out
from crm_tui.connectors.contacts import open_contacts
from crm_tui.domain import import_map
from crm_tui.domain.export import COLUMNS, Asked, Format, What
from crm_tui.domain.form import QuestionType, Value
from crm_tui.domain.import_map import ImportMap, MapKind
from crm_tui.domain.outcome import Done, Refusal
from crm_tui.i18n import say, set_language
from crm_tui.services.core.crm import Crm
from crm_tui.services.export import views as exports
from crm_tui.services.form import views as forms
from crm_tui.services.form.commands import AddForm, EditQuestion, FillPerson
from crm_tui.services.intake import registers, views
from crm_tui.services.intake.commands import TakeIn, take_ins
from crm_tui.services.intake.layout_commands import AddImportLayout
from crm_tui.services.intake.plan import Preview, Verdict
from crm_tui.services.trail.commands import RedoBatch, UndoBatch

HEAD = "Nome;E-mail;Porte;Tem sistema?;Qual sistema?;Cliente desde;Faturamento;Interesses\n"
ANA = "Ana Prado;ana@prado.example;médio;Sim;Planilha;03/02/2024;R$ 1.234,56;Vendas; Suporte\n"


@pytest.fixture
def form(house: House) -> int:
    """Fields of each kind, one of which only another asks for."""
    form = do(house.open(), AddForm(name="Perfil", on_person=True)).entity_id
    assert form is not None
    form_house.add(
        house, form, "Porte", type=QuestionType.CHOICE, options="Pequeno, Médio, Grande", required=True
    )
    flag = form_house.add(house, form, "Tem sistema?", type=QuestionType.BOOL)
    form_house.add(house, form, "Qual sistema?", only_if=flag, only_is="sim")
    form_house.add(house, form, "Cliente desde", type=QuestionType.DATE)
    form_house.add(house, form, "Faturamento", type=QuestionType.MONEY)
    form_house.add(house, form, "Interesses", type=QuestionType.MULTI, options="Vendas, Suporte, Agenda")
    return form


def shown(crm: Crm, folder: Path, text: str, maps: tuple[ImportMap, ...] = ()) -> Preview:
    path = folder / "f.csv"
    path.write_text(text, encoding="utf-8")
    return preview(crm, path, maps)


def preview(crm: Crm, path: Path, maps: tuple[ImportMap, ...] = ()) -> Preview:
    found = open_contacts(path, None, maps, asked=crm.read(views.asked_of_people))
    assert not isinstance(found, Refusal), found
    seen: Preview = crm.read(views.preview, found.records())
    return seen


def take_in(crm: Crm, seen: Preview) -> list[Any]:
    return list(crm.run_many(take_ins(seen.wanted, source="f.csv")).outcomes)


def party(house: House, name: str) -> int:
    found: int = house.one("SELECT coalesce(max(id), 0) FROM party WHERE name = ?", name)
    return found


def known(house: House, name: str) -> dict[str, Value | None]:
    fields = house.open().read(forms.of_person, party(house, name))
    return {
        each.question.key: each.value for form in fields for each in form.fields if each.value is not None
    }


def one(line: str) -> str:
    return HEAD + line.replace("Vendas; Suporte", '"Vendas; Suporte"')


ALL = {
    "porte": "Médio",
    "tem_sistema": True,
    "qual_sistema": "Planilha",
    "cliente_desde": "2024-02-03",
    "faturamento": 123456,
    "interesses": ["Vendas", "Suporte"],
}


def test_columns_headed_as_the_fields_fill_them_the_same_file_twice_nothing_and_one_undo(
    house: House, form: int, tmp_path: Path
) -> None:
    crm = house.open()
    seen = shown(crm, tmp_path, one(ANA))
    assert not seen.doubts
    assert all(isinstance(each, Done) for each in take_in(crm, seen))
    assert known(house, "Ana Prado") == ALL
    assert shown(crm, tmp_path, one(ANA)).counts[Verdict.DUPLICATE] == 1
    do(crm, UndoBatch())
    assert not party(house, "Ana Prado")
    assert not house.one("SELECT count(*) FROM form_response")
    do(crm, RedoBatch())
    assert known(house, "Ana Prado") == ALL


def test_what_is_known_stays_and_what_is_empty_is_filled(house: House, form: int, tmp_path: Path) -> None:
    crm = house.open()
    take_in(crm, shown(crm, tmp_path, "Nome;E-mail\nAna Prado;ana@prado.example\n"))
    person = party(house, "Ana Prado")
    do(crm, FillPerson(party=person, form=form, answers={"porte": "Grande", "tem_sistema": "não"}))
    seen = shown(crm, tmp_path, one(ANA))
    added = seen.rows[0].judged
    assert added.verdict is Verdict.UPDATE
    assert [each.question.key for each in added.own] == ["cliente_desde", "faturamento", "interesses"]
    take_in(crm, seen)
    kept = {key: value for key, value in ALL.items() if key not in ("porte", "tem_sistema", "qual_sistema")}
    assert known(house, "Ana Prado") == kept | {"porte": "Grande", "tem_sistema": False}
    assert shown(crm, tmp_path, one(ANA)).counts[Verdict.DUPLICATE] == 1
    do(crm, UndoBatch())
    assert known(house, "Ana Prado") == {"porte": "Grande", "tem_sistema": False}


def test_two_rows_of_one_person_complete_each_other(house: House, form: int, tmp_path: Path) -> None:
    crm = house.open()
    head = "Nome;E-mail;Porte;Cliente desde\n"
    rows = "Ana Prado;ana@prado.example;Grande;\nAna Prado;ana@prado.example;Médio;03/02/2024\n"
    seen = shown(crm, tmp_path, head + rows)
    assert [row.judged.verdict for row in seen.rows] == [Verdict.NEW, Verdict.UPDATE]
    take_in(crm, seen)
    assert known(house, "Ana Prado") == {"porte": "Grande", "cliente_desde": "2024-02-03"}


def test_what_is_no_answer_and_what_is_not_asked_stand_in_the_notes_with_a_doubt(
    house: House, form: int, tmp_path: Path
) -> None:
    crm = house.open()
    line = "Ana Prado;ana@prado.example;Enorme;não;Planilha;31/02/2024;muito;-\n"
    seen = shown(crm, tmp_path, one(line))
    assert [say(why) for _, why in seen.doubts] == [
        "Porte: “Enorme” is none of: Pequeno, Médio, Grande. It stands in the notes.",
        "Cliente desde: Not a date: 31/02/2024. It stands in the notes.",
        "Faturamento: “muito” is no amount: 12.400,00 or 12400. It stands in the notes.",
        "Qual sistema?: it is not asked with the other answers of this row. It stands in the notes.",
    ]
    take_in(crm, seen)
    assert known(house, "Ana Prado") == {"tem_sistema": False}
    assert house.one("SELECT preferences FROM party WHERE name = 'Ana Prado'").splitlines() == [
        "Porte: Enorme",
        "Cliente desde: 31/02/2024",
        "Faturamento: muito",
        "Qual sistema?: Planilha",
    ]
    assert shown(crm, tmp_path, one(line)).counts[Verdict.DUPLICATE] == 1


def test_dates_and_amounts_are_decided_for_their_whole_column(
    house: House, form: int, tmp_path: Path
) -> None:
    crm = house.open()
    head = "Nome;E-mail;Cliente desde;Faturamento\n"
    rows = 'Um Raro;um@raro.example;03/04/2024;"1,234"\nDois Raro;dois@raro.example;03/25/2024;"2,345.50"\n'
    take_in(crm, shown(crm, tmp_path, head + rows))
    assert known(house, "Um Raro") == {"cliente_desde": "2024-03-04", "faturamento": 123400}
    assert known(house, "Dois Raro") == {"cliente_desde": "2024-03-25", "faturamento": 234550}


def test_a_layout_names_fields_by_their_keys_with_ways_and_defaults(
    house: House, form: int, tmp_path: Path
) -> None:
    crm = house.open()
    columns = "Quem = nome\nCorreio = e-mail\nTam = campo.porte\nDesde = field.cliente_desde, month first"
    do(crm, AddImportLayout(name="Feira", columns=columns, defaults="campo.interesses = Agenda"))
    maps = tuple(crm.read(registers.maps))
    assert import_map.written(MapKind.PEOPLE, maps[0].columns).splitlines()[2:] == [
        "Tam = field.porte",
        "Desde = field.cliente_desde, month first",
    ]
    text = "Quem;Correio;Tam;Desde\nAna Prado;ana@prado.example;grande;03/04/2024\n"
    take_in(crm, shown(crm, tmp_path, text, maps))
    assert known(house, "Ana Prado") == {
        "porte": "Grande",
        "cliente_desde": "2024-03-04",
        "interesses": ["Agenda"],
    }


def test_a_layout_is_refused_that_names_a_field_that_is_not_there(house: House, form: int) -> None:
    crm = house.open()
    outcome = crm.run(AddImportLayout(name="Feira", columns="Quem = nome\nTam = campo.tamanho"))
    assert isinstance(outcome, Refusal)
    assert say(outcome.reason) == (
        "People have no field field.tamanho. Their own fields are: field.porte, field.tem_sistema, "
        "field.qual_sistema, field.cliente_desde, field.faturamento, field.interesses."
    )
    cards = crm.run(
        AddImportLayout(name="Obras", kind=MapKind.CARDS, columns="Obra = title\nX = campo.porte")
    )
    assert isinstance(cards, Refusal)


def test_a_field_that_changed_since_the_preview_refuses_its_row_alone(
    house: House, form: int, tmp_path: Path
) -> None:
    crm = house.open()
    head = "Nome;E-mail;Porte\n"
    seen = shown(crm, tmp_path, head + "Um Raro;um@raro.example;Médio\nDois Raro;dois@raro.example;\n")
    question = house.one("SELECT id FROM field_def WHERE key = 'porte'")
    do(crm, EditQuestion(question=question, options="Micro, Macro"))
    refused, done = take_in(crm, seen)
    assert isinstance(refused, Refusal)
    assert say(refused.reason) == "Porte: “Médio” is none of: Micro, Macro."
    assert isinstance(done, Done)
    assert not party(house, "Um Raro")
    assert not known(house, "Dois Raro")


def test_a_question_that_was_reworded_since_the_preview_takes_the_answer_as_it_is_asked_now(
    house: House, form: int, tmp_path: Path
) -> None:
    crm = house.open()
    do(crm, FillPerson(party=house.party("ana"), form=form, answers={"porte": "Grande"}))
    seen = shown(crm, tmp_path, "Nome;E-mail;Porte\nUm Raro;um@raro.example;Médio\n")
    question = house.one("SELECT id FROM field_def WHERE key = 'porte' AND to_revision IS NULL")
    do(crm, EditQuestion(question=question, options="Pequeno, Médio, Enorme"))
    take_in(crm, seen)
    assert known(house, "Um Raro") == {"porte": "Médio"}
    asked = "SELECT d.to_revision FROM field_value v JOIN field_def d ON d.id = v.field_def_id ORDER BY v.rowid DESC"
    assert house.one(asked) is None


def test_the_command_is_strict_about_its_answers(house: House, form: int) -> None:
    crm = house.open()
    wrong = crm.run(TakeIn(name="Um Raro", own={"porte": "Enorme"}))
    assert isinstance(wrong, Refusal)
    assert wrong.fields == ("own",)
    unknown = crm.run(TakeIn(name="Um Raro", own={"cor": "azul"}))
    assert isinstance(unknown, Refusal)
    assert say(unknown.reason) == "cor: there is no such field."
    do(crm, TakeIn(name="Um Raro", own={"porte": "grande"}))
    assert known(house, "Um Raro") == {"porte": "Grande"}


@pytest.mark.parametrize("form_of_file", [Format.CSV, Format.XLSX, Format.JSON])
@pytest.mark.parametrize("language", ["pt-BR", "en"])
def test_our_own_export_comes_home_with_its_fields(
    house: House, form: int, tmp_path: Path, form_of_file: Format, language: str
) -> None:
    crm = house.open()
    take_in(crm, shown(crm, tmp_path, one(ANA)))
    own = crm.read(exports.own)
    asked = Asked(What.PEOPLE, own=tuple(column.key for column in own))
    path = tmp_path / f"pessoas.{form_of_file}"
    set_language(language)
    try:
        with path.open("wb") as file:
            table = [*COLUMNS[What.PEOPLE], *own]
            tables_out.pour(file, table, exports.every(crm.read, asked), form_of_file, zone=UTC)
    finally:
        set_language("en")
    assert {row.judged.verdict for row in preview(crm, path).rows} <= {Verdict.DUPLICATE, Verdict.ERROR}
    do(crm, UndoBatch())
    back = preview(crm, path)
    (row,) = [row for row in back.rows if row.contact.name == "Ana Prado"]
    assert {each.question.key: each.value for each in row.contact.own} == ALL
