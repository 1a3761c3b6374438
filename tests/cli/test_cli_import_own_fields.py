"""`import` of columns that are people's fields of one's own, by heading and by a layout. (M48, M113)"""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run


def test_fields_of_ones_own_are_filled_from_a_file_and_exported_again(demo: Run, tmp_path: Path) -> None:
    assert demo("--as", "admin", "do", "add_form", "--name", "Loja", "--on-person", "1").status == 0
    asked = ("--form", "Loja", "--label", "Visto em", "--type", "date")
    assert demo("--as", "admin", "do", "add_question", *asked).status == 0
    file, out = tmp_path / "lojas.csv", tmp_path / "pessoas.csv"
    file.write_text("Nome;Zap;Visto em\nRaro Nome;11 98888-7777;03/02/2024\nB;11 97777-6666;cedo\n", "utf-8")
    done = demo("import", str(file), "--yes", "--json")
    assert (done.json["new"], done.json["error"]) == (2, 0)
    assert demo("export", "people", "--out", str(out)).status == 0
    written = out.read_text("utf-8-sig")
    assert "2024-02-03" in next(line for line in written.splitlines() if "Raro Nome" in line)
    assert demo("import", str(file), "--dry-run", "--json").json["duplicate"] == 2
    notes = demo("do", "take_in", "--name", "C", "--own", '{"visto_em": "cedo"}')
    assert notes.status != 0
    assert "cedo" in notes.err
