"""`import --kind activities` and `notes`: new, known and errors told, written once, taken back at once."""

from __future__ import annotations

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


SEEN = {
    "activities": "Tipo;Assunto;Data de vencimento;Feito;Pessoa\nLigação;Retomar;09/11/2026;Sim;Lia Trazida\n",
    "notes": "Cartão;Texto;Data\nVE-0001;Pediu preço;09/11/2026\n",
    "people": "Nome;Telefone;Observações;Data\nLia Trazida;11 98888-7777;Prefere a tarde;09/11/2026\n",
}


@pytest.mark.parametrize("kind", SEEN)
def test_auto_sees_what_a_file_holds(demo: Run, tmp_path: Path, kind: str) -> None:
    file = tmp_path / "f.csv"
    file.write_text(SEEN[kind], encoding="utf-8")
    assert demo("import", str(file), "--dry-run", "--json").json["kind"] == kind
