"""`import --map`: files whose columns nobody knows, read by a layout of the house's own. (M113)"""

from __future__ import annotations

from pathlib import Path

from crm_tui.cli.failures import Status
from tests.cli.conftest import Run

PEOPLE = "Quem é;Onde;Zap;X\nRaro Nome;;+55 11 98888-7777;9\nOutro Raro;Casa Sol;11 97777-6666;8\n"
VISITS = "Obra;Quanto;Visto\nTelhado Raro;R$ 10,50;02/03/2026\nMuro Raro;1,00;04/05/2026\n"


def _add(demo: Run, name: str, kind: str, columns: str, *more: str) -> str:
    done = demo(
        "do", "add_import_layout", "--name", name, "--kind", kind, "--columns", columns, *more, "--json"
    )
    assert done.status == 0, done
    return str(done.json["batch"])


def test_a_layout_reads_what_nobody_knows_and_is_recognised_again(demo: Run, tmp_path: Path) -> None:
    file = tmp_path / "feira.csv"
    file.write_text(PEOPLE, encoding="utf-8")
    assert demo("import", str(file), "--dry-run").status != 0
    made = _add(
        demo,
        "Feira",
        "people",
        "Quem é = nome\nOnde = company\nZap = whatsapp",
        "--defaults",
        "empresa = Feira SA",
    )
    seen = demo("import", str(file), "--map", "feira", "--yes", "--json").json
    assert (seen["kind"], seen["new"], seen["error"]) == ("people", 2, 0)
    assert "Feira SA" in demo("search", "Raro Nome", "--json").out + demo("search", "Feira SA", "--json").out
    again = demo("import", str(file), "--dry-run", "--json").json
    assert (again["new"], again["duplicate"]) == (0, 2)
    assert demo("undo", seen["batch"]).status == 0
    assert demo("import", str(file), "--dry-run", "--json").json["new"] == 2
    assert demo("undo", made).status == 0
    assert demo("import", str(file), "--dry-run").status != 0


def test_a_layout_of_cards_has_defaults_and_says_how_its_dates_stand(demo: Run, tmp_path: Path) -> None:
    file = tmp_path / "obras.csv"
    file.write_text(VISITS, encoding="utf-8")
    columns = "Obra = título\nQuanto = valor\nVisto = aberto em"
    _add(
        demo,
        "Obras",
        "cards",
        columns,
        "--defaults",
        "situação = ganho\nempresa = Casa Rara",
        "--dates",
        "month_first",
    )
    done = demo("import", str(file), "--yes", "--json").json
    assert done["errors"] == []
    assert (done["kind"], done["new"]) == ("cards", 2), done
    shown = demo("export", "cards", "--format", "csv").out
    row = next(line for line in shown.splitlines() if "Telhado Raro" in line)
    assert "2026-02-03" in row or "03/02/2026" in row
    assert ",won," in row
    assert "Casa Rara" in row


SHEET = "Obra;Quanto;Visto;Cidade\nTelhado;1.500;02/03/2026;Sol\nMuro;;04/05/2026;\n"


def test_each_column_is_read_as_its_line_says_and_defaults_are_of_blank_cells_alone(
    demo: Run, tmp_path: Path
) -> None:
    file = tmp_path / "obras.csv"
    file.write_text(SHEET, encoding="utf-8")
    _add(
        demo,
        "Obras",
        "cards",
        "Obra = título\nQuanto = valor, ponto\nVisto = aberto em, mês primeiro\nCidade = empresa",
        "--defaults",
        "empresa = Lua\nvalor = R$ 7,50",
    )
    assert demo("import", str(file), "--yes", "--json").json["new"] == 2
    shown = demo("export", "cards", "--format", "json").json
    found = {card["title"]: card for card in shown if card["title"] in ("Telhado", "Muro")}
    assert {name: str(card["opened_at"])[:10] for name, card in found.items()} == {
        "Telhado": "2026-02-03",
        "Muro": "2026-04-05",
    }
    assert found["Telhado"]["value_one_off"] == 150  # cents; 1500 as a thousand
    assert found["Muro"]["value_one_off"] == 750
    people = demo("import", _people(tmp_path), "--map", _cities(demo), "--yes", "--json").json
    assert people["new"] == 2
    for name, city in (("Rara Um", "Campinas"), ("Rara Dois", "Santos")):
        code = next(p["code"] for p in demo("export", "people", "--format", "json").json if p["name"] == name)
        assert [each["city"] for each in demo("show", code, "--json").json["addresses"]] == [city]


def _people(tmp_path: Path) -> str:
    file = tmp_path / "gente.csv"
    file.write_text("Quem;Onde;Zap\nRara Um;Campinas;1\nRara Dois;;2\n", encoding="utf-8")
    return str(file)


def _cities(demo: Run) -> str:
    _add(demo, "Gente", "people", "Quem = nome\nOnde = cidade", "--defaults", "cidade = Santos")
    return "Gente"


def test_what_a_layout_cannot_say_is_refused(demo: Run, tmp_path: Path) -> None:
    file = tmp_path / "feira.csv"
    file.write_text(PEOPLE, encoding="utf-8")
    for columns in ("Onde = city", "Quem é = lugar", "Quem é"):
        assert demo("do", "add_import_layout", "--name", "Feira", "--columns", columns).status != 0
    for columns in ("Quem é = nome, ponto", "Quem é = nome\nOnde = empresa, mês primeiro"):
        assert demo("do", "add_import_layout", "--name", "Feira", "--columns", columns).status != 0
    for columns, given in (("A = título\nB = valor, dia primeiro", ""), ("A = título", "valor = muito")):
        told = demo(
            "do",
            "add_import_layout",
            "--name",
            "Feira",
            "--kind",
            "cards",
            "--columns",
            columns,
            "--defaults",
            given,
        )
        assert told.status != 0, columns
    for wrong in ("board = Vendas", "company ="):
        told = demo(
            "do", "add_import_layout", "--name", "F", "--columns", "Quem é = name", "--defaults", wrong
        )
        assert told.status != 0
    _add(demo, "Outra", "people", "Pessoa rara = nome\nZap = whatsapp")
    told = demo("import", str(file), "--map", "Outra", "--dry-run")
    assert told.status != 0
    assert "Pessoa rara" in told.err
    assert "Zap" not in told.err
    assert demo("import", str(file), "--map", "Nada", "--dry-run").status == Status.USAGE
    assert demo("import", str(file), "--map", "Outra", "--kind", "cards", "--dry-run").status == Status.USAGE
