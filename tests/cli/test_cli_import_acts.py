"""`import --kind activities` and `notes`: new, known and errors told, written once, taken back at once."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from crm_tui.cli.failures import Status
from tests.cli.conftest import Run

PEOPLE = "Nome;E-mail\nLia Trazida;lia@trazida.example\n"
FILES = {
    "activities": "Tipo;Data;Pessoa;Nota\nLigação;09/11/2026;Lia Trazida;Pediu preço\nLigação;09/11/2026;Quem;\n",
    "notes": "Data;Pessoa;Texto\n09/11/2026;Lia Trazida;Pediu preço\n09/11/2026;Quem;Nada\n",
}


@pytest.mark.parametrize("kind", FILES)
def test_activities_and_notes_come_in_once_and_errors_are_mended(
    demo: Run, tmp_path: Path, kind: str
) -> None:
    people, file, errors = tmp_path / "p.csv", tmp_path / "a.csv", tmp_path / "errors.csv"
    people.write_text(PEOPLE, encoding="utf-8")
    file.write_text(FILES[kind], encoding="utf-8")
    assert demo("import", str(people), "--yes", "--json").json["new"] == 1
    done = demo("import", str(file), "--kind", kind, "--yes", "--errors", str(errors), "--json").json
    assert (done["kind"], done["new"], done["error"]) == (kind, 1, 1)
    again = demo("import", str(file), "--kind", kind, "--yes", "--json").json
    assert (again["new"], again["duplicate"], again["batch"]) == (0, 1, None)
    mended = errors.read_text(encoding="utf-8-sig").replace("Quem", "Lia Trazida")
    errors.write_text(mended.replace("09/11", "08/11"), encoding="utf-8")
    assert demo("import", str(errors), "--kind", kind, "--yes", "--json").json["new"] == 1
    assert demo("undo", done["batch"]).status == 0
    assert demo("import", str(file), "--kind", kind, "--dry-run", "--json").json["new"] == 1
    assert demo("import", str(file), "--kind", kind, "--due", "amanhã", "--dry-run").status == Status.USAGE


SEEN = (
    (
        "activities",
        "Tipo;Assunto;Data de vencimento;Feito;Pessoa\nLigação;Retomar;09/11/2026;Sim;Lia Trazida\n",
    ),
    ("notes", "Cartão;Texto;Data\nVE-0001;Pediu preço;09/11/2026\n"),
    ("notes", "Data;Pessoa;Texto\n09/11/2026;Lia Trazida;Pediu preço\n"),
    ("notes", "Autor;Criado em;Contato;Nota\nana;09/11/2026;Lia Trazida;Pediu preço\n"),
    ("notes", "E-mail;Texto;Data\nlia@trazida.example;Pediu preço;09/11/2026\n"),
    ("people", "Nome;Telefone;Observações;Data\nLia Trazida;11 98888-7777;Prefere a tarde;09/11/2026\n"),
    ("people", "Nome;E-mail;Texto;Data\nLia Trazida;lia@trazida.example;Quero um orçamento;09/11/2026\n"),
    ("people", "Nome;Nota;Data;Telefone\nLia Trazida;Prefere a tarde;09/11/2026;11 98888-7777\n"),
    ("people", "Nome;Texto;Data;Cidade\nLia Trazida;Prefere a tarde;09/11/2026;Santos\n"),
)


@pytest.mark.parametrize(("kind", "text"), SEEN)
def test_auto_sees_what_a_file_holds(demo: Run, tmp_path: Path, kind: str, text: str) -> None:
    file = tmp_path / "f.csv"
    file.write_text(text, encoding="utf-8")
    assert demo("import", str(file), "--dry-run", "--json").json["kind"] == kind


OWN = {
    "activities": (
        "Nº;Quem;Contato em;O quê;Relato\n91;Lia Trazida;03/04/2026;Visita de obra;Pediu preço\n"
        "92;Lia Trazida;05/04/2026;;Quer desconto\n",
        "Nº = código de origem\nQuem = pessoa\nContato em = quando, mês primeiro\nO quê = assunto\nRelato = texto",
        ("--defaults", "assunto = Retorno\nfeito = sim"),
        "SELECT subject || ' ' || due_on FROM activity ORDER BY id DESC LIMIT 2",
        ["Retorno 2026-05-04", "Visita de obra 2026-03-04"],
    ),
    "notes": (
        "Nº;Quem;Contato em;Relato\n91;Lia Trazida;03/04/2026;Pediu preço\n92;Lia Trazida;05/04/2026;Quer desconto\n",
        "Nº = código de origem\nQuem = pessoa\nContato em = quando, mês primeiro\nRelato = texto",
        (),
        "SELECT body || ' ' || date(filed_at) FROM note ORDER BY id DESC LIMIT 2",
        ["Quer desconto 2026-05-04", "Pediu preço 2026-03-04"],
    ),
}


@pytest.mark.parametrize("kind", OWN)
def test_a_layout_brings_activities_and_notes_which_are_known_by_their_ids_there(
    demo: Run, demo_db: Path, tmp_path: Path, kind: str
) -> None:
    people, file = tmp_path / "p.csv", tmp_path / "a.csv"
    people.write_text(PEOPLE, encoding="utf-8")
    assert demo("import", str(people), "--yes", "--json").json["new"] == 1
    text, columns, more, sql, kept = OWN[kind]
    file.write_text(text, encoding="utf-8")
    assert demo("import", str(file), "--kind", kind, "--dry-run").status != 0
    layout = ("do", "add_import_layout", "--name", "Obra", "--kind", kind, "--columns", columns, *more)
    assert demo(*layout).status == 0
    done = demo("import", str(file), "--yes", "--json").json
    assert (done["kind"], done["new"], done["error"]) == (kind, 2, 0), done
    with sqlite3.connect(demo_db) as base:
        assert [row[0] for row in base.execute(sql)] == kept
        assert base.execute("SELECT count(*) FROM foreign_ref WHERE source = 'Obra'").fetchone() == (2,)
    # what was written otherwise there since is the same one, and of one id the first row counts
    file.write_text(text.replace("preço", "valor").replace("05/04", "05/05") + text.splitlines()[1], "utf-8")
    again = demo("import", str(file), "--map", "obra", "--yes", "--json").json
    assert (again["new"], again["duplicate"], again["batch"]) == (0, 3, None)
    file.write_text(text.replace("Lia Trazida", "Quem?"), encoding="utf-8")
    assert demo("import", str(file), "--dry-run", "--json").json["duplicate"] == 2
    assert demo("undo", done["batch"]).status == 0
    file.write_text(text, encoding="utf-8")
    assert demo("import", str(file), "--dry-run", "--json").json["new"] == 2
    with sqlite3.connect(demo_db) as base:
        assert base.execute("SELECT count(*) FROM foreign_ref WHERE source = 'Obra'").fetchone() == (0,)


def test_what_a_layout_of_activities_lacks_is_said(demo: Run) -> None:
    for kind, columns, lacks in (
        ("activities", "Dia = quando", "card"),
        ("activities", "Quem = pessoa", "done on"),
        ("notes", "Quem = pessoa\nDia = quando", "text"),
        ("notes", "Quem = pessoa\nRelato = texto\nDia = feito em", "owner"),
    ):
        told = demo("do", "add_import_layout", "--name", "O", "--kind", kind, "--columns", columns)
        assert told.status != 0
        assert lacks in told.err


HUBSPOT = (
    "Record ID;Activity type;Activity date;Subject;Associated Contact\n5;Call;2026-11-09;Price;Lia Trazida\n"
)


def test_what_a_program_calls_by_its_id_is_known_when_its_subject_changed(demo: Run, tmp_path: Path) -> None:
    people, file = tmp_path / "p.csv", tmp_path / "a.csv"
    people.write_text(PEOPLE, encoding="utf-8")
    file.write_text(HUBSPOT, encoding="utf-8")
    demo("import", str(people), "--yes")
    done = demo("import", str(file), "--yes", "--json").json
    assert (done["kind"], done["new"]) == ("activities", 1)
    file.write_text(HUBSPOT.replace("Price", "Discount"), encoding="utf-8")
    assert demo("import", str(file), "--dry-run", "--json").json["duplicate"] == 1
