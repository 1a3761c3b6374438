"""`import` of people and cards: the kind seen or said, the rows with errors as a file that can be mended."""

from __future__ import annotations

import re
import signal
from pathlib import Path
from typing import Any

import pytest

from crm_tui.cli import intake, taken_in
from crm_tui.cli.failures import Status
from tests.cli.conftest import Run

DEALS = (
    "Negócio - Título;Negócio - Valor;Negócio - Status;Pessoa - Nome;Pessoa - Telefone\n"
    "Pneus;R$ 1.234,56;Ganho;Zé Trazido;+55 11 98888-7777\n"
    "=HYPERLINK(1);muito;Aberto;Bia Trazida;+55 11 97777-8888\n"
)


def test_a_file_of_deals_is_seen_and_its_errors_are_written_to_be_mended(demo: Run, tmp_path: Path) -> None:
    file, errors = tmp_path / "deals.csv", tmp_path / "errors.csv"
    file.write_text(DEALS, encoding="utf-8")
    done = demo("import", str(file), "--yes", "--errors", str(errors), "--json").json
    assert (done["kind"], done["new"], done["error"]) == ("cards", 1, 1)
    assert done["errors_file"] == str(errors)
    written = errors.read_text(encoding="utf-8-sig")
    assert "'=HYPERLINK(1)" in written
    assert "+55 11 97777-8888" in written
    assert "'+55" not in written
    errors.write_text(written.replace("muito", "12"), encoding="utf-8")
    assert demo("import", str(errors), "--yes", "--json").json["new"] == 1
    again = demo("import", str(file), "--yes", "--json").json
    assert (again["new"], again["duplicate"], again["batch"]) == (0, 1, None)
    assert demo("undo", done["batch"]).status == 0
    assert demo("import", str(file), "--dry-run", "--json").json["new"] == 1


def test_the_kind_may_be_said(demo: Run, tmp_path: Path) -> None:
    file = tmp_path / "deals.csv"
    file.write_text(DEALS, encoding="utf-8")
    assert demo("import", str(file), "--kind", "people", "--dry-run", "--json").json["kind"] == "people"
    assert demo("import", str(file), "--kind", "neither", "--dry-run").status == Status.USAGE
    assert demo("import", str(file), "--due", "amanhã", "--dry-run").status == Status.USAGE


def test_errors_are_written_over_no_file(demo: Run, tmp_path: Path) -> None:
    file, errors = tmp_path / "deals.csv", tmp_path / "errors.csv"
    file.write_text(DEALS, encoding="utf-8")
    errors.write_text("mine", encoding="utf-8")
    assert demo("import", str(file), "--dry-run", "--errors", str(errors)).status == Status.USAGE
    assert errors.read_text(encoding="utf-8") == "mine"


def test_cards_that_name_no_board_and_no_owner_go_where_one_says(demo: Run, tmp_path: Path) -> None:
    file = tmp_path / "deals.csv"
    file.write_text(
        "Título;Funil;Responsável;Valor;Pessoa\n"
        "Sem nada;;;10;Zé Trazido\n"
        "De outro;Inexistente;Ninguém;20;Bia Trazida\n"
        "Com tudo;Vendas;ana;30;Rui Trazido\n",
        encoding="utf-8",
    )
    said = ("--board", "Leads", "--owner", "beto", "--as", "carla")
    done = demo("import", str(file), *said, "--yes", "--json").json
    assert (done["new"], done["error"]) == (3, 0)
    found = {card["title"]: (card["board"], card["owner"]) for card in _cards(demo, "Leads", "Vendas")}
    assert found["Sem nada"] == found["De outro"] == ("Leads", "beto")
    assert found["Com tudo"] == ("Vendas", "ana")


def _cards(demo: Run, *boards: str) -> list[dict[str, Any]]:
    """The cards of three titles on these boards, as `show` tells them."""
    wanted = ("Sem nada", "De outro", "Com tudo")
    stages = [stage for board in boards for stage in demo("board", board, "--json").json["stages"]]
    numbers = [card["number"] for stage in stages for card in stage["cards"] if card["title"] in wanted]
    return [demo("show", number, "--json").json for number in numbers]


def test_a_board_or_an_owner_that_is_not_there_is_said_before_anything_is_written(
    demo: Run, tmp_path: Path
) -> None:
    file = tmp_path / "deals.csv"
    file.write_text(DEALS, encoding="utf-8")
    assert demo("import", str(file), "--board", "Nenhum", "--yes").status == Status.MISSING
    assert demo("import", str(file), "--owner", "ninguem", "--yes").status == Status.MISSING
    people = ("--kind", "people", "--owner", "ana", "--yes")
    assert demo("import", str(file), *people).status == Status.USAGE
    assert demo("import", str(file), "--dry-run", "--json").json["new"] == 1


def test_ctrl_c_tells_what_was_written_and_the_rest_comes_in_later(
    demo: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "people.csv"
    lines = [f"Pessoa Trazida {n},trazida{n}@x.example" for n in range(1_200)]
    file.write_text("\n".join(("Nome,E-mail", *lines)), encoding="utf-8")
    with monkeypatch.context() as patched:
        patched.setattr(
            taken_in, "_progress", lambda: lambda _done, _whole: signal.raise_signal(signal.SIGINT)
        )
        stopped = demo("import", str(file), "--yes", "--lang", "en")
    assert stopped.status == Status.INTERRUPTED
    told = re.fullmatch(
        r"Stopped by ctrl\+c: (\d+) of 1200 rows were written; .* crm-tui undo (\w+)\.\n", stopped.err
    )
    assert told is not None, stopped.err
    written = int(told[1])
    assert 0 < written <= 500
    rest = demo("import", str(file), "--yes", "--json").json
    assert (rest["new"], rest["duplicate"]) == (1_200 - written, written)
    assert demo("undo", told[2]).status == 0
    assert demo("import", str(file), "--dry-run", "--json").json["new"] == written


def test_ctrl_c_at_the_question_says_that_nothing_was_written(
    demo: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "people.csv"
    file.write_text("Nome,E-mail\nZé Trazido,ze@x.example\n", encoding="utf-8")

    def interrupted(_question: str) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(intake, "confirmed", interrupted)
    done = demo("import", str(file), "--lang", "en")
    assert done.status == Status.INTERRUPTED
    assert done.err.endswith("Stopped by ctrl+c: nothing was written.\n")
