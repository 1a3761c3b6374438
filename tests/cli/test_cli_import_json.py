"""What went out comes in again, and what another program's service answered: by a script, over a pipe too."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from crm_tui.cli import intake
from crm_tui.cli.failures import Status
from tests.cli.conftest import Run

ANSWER = {"results": [{"name": "Zulmira Paz", "phones": ["11 96543-2109"], "email": "z@paz.example"}]}


class _Pipe(io.StringIO):
    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.buffer = io.BytesIO(content)


@pytest.mark.parametrize("language", ["en", "pt_BR"])
@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
@pytest.mark.parametrize("kind", ["people", "cards", "activities"])
def test_an_export_taken_in_where_it_came_from_is_nothing_new(
    demo: Run, tmp_path: Path, kind: str, form: str, language: str
) -> None:
    path = tmp_path / f"all.{form}"
    rows = demo("export", kind, "--out", str(path), "--json", "--lang", language).json["rows"]
    told = demo("import", str(path), "--yes", "--json").json
    assert (told["kind"], told["new"], told["updated"], told["error"]) == (kind, 0, 0, 0)
    assert told["duplicate"] == rows


@pytest.mark.parametrize("form", ["csv", "json"])
def test_an_export_makes_the_same_people_and_cards_in_another_base(
    demo: Run, run: Run, tmp_path: Path, form: str
) -> None:
    """But for what an import does not bring: who is owner there, and cards of a stage that no new card may have."""
    other = tmp_path / "other.db"
    assert run("init", "--lang", "pt_BR", db=other).status == 0
    for kind, told in (("people", _of_person), ("cards", _of_card)):
        path = tmp_path / f"{kind}.{form}"
        demo("export", kind, "--out", str(path))
        for expected in ("new", "duplicate"):
            result = run("import", str(path), "--yes", "--json", db=other).json
            assert result[expected] == result["new"] + result["duplicate"]
        there = json.loads(run("export", kind, "--format", "json", db=other).out)
        here = json.loads(demo("export", kind, "--format", "json").out)
        assert sorted(map(told, there)) == sorted(told(row) for row in here if row.get("status") != "done")


def _of_person(row: dict[str, Any]) -> str:
    names = ("kind", "name", "company", "role", "document", "phones", "emails", "preferences")
    return json.dumps([row[name] for name in names])


def _of_card(row: dict[str, Any]) -> str:
    names = ("title", "party", "board", "stage", "status", "value_one_off", "opened_at", "expected_close_on")
    closed = (row["closed_on"], row["loss_reason"]) if row["status"] in ("won", "lost") else None
    return json.dumps([*(row[name] for name in names), closed])


def test_the_value_of_a_card_is_the_same_from_each_form(demo: Run, run: Run, tmp_path: Path) -> None:
    for form in ("csv", "json"):
        path, other = tmp_path / f"cards.{form}", tmp_path / f"{form}.db"
        demo("export", "cards", "--filter", "OP-0113", "--out", str(path))
        assert run("init", db=other).status == 0
        assert run("import", str(path), "--yes", "--json", db=other).json["new"] == 1
        (card,) = json.loads(run("export", "cards", "--format", "json", db=other).out)
        assert (card["value_one_off"], card["title"]) == (430_000, "Cardápio e comanda")


def test_a_code_of_another_base_is_not_believed_where_it_names_somebody_else(
    demo: Run, tmp_path: Path
) -> None:
    path = tmp_path / "cards.csv"
    path.write_text("REF;Pessoa;Assunto;Quadro\nPE-00001;Gráfica Longe;Folhetos;Vendas\n")
    (said,) = demo("import", str(path), "--kind", "cards", "--dry-run", "--json").json["errors"]
    assert (
        said["reason"]
        == "PE-00001 is Padaria Aurora here, and this row calls them otherwise: correct one of both."
    )
    path.write_text("REF;Pessoa;Assunto;Quadro\nPE-00001;padaria aurora;Folhetos;Vendas\n")
    assert demo("import", str(path), "--kind", "cards", "--dry-run", "--json").json["new"] == 1


def test_what_a_service_answers_is_taken_in_over_a_pipe(demo: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", _Pipe(json.dumps(ANSWER).encode()))
    assert demo("import", "-", "--yes", "--json").json["new"] == 1
    monkeypatch.setattr("sys.stdin", _Pipe(json.dumps(ANSWER).encode()))
    assert demo("import", "-", "--yes", "--json").json["duplicate"] == 1
    assert "Zulmira Paz" in demo("search", "z@paz.example").out


def test_a_pipe_without_anything_or_without_end_is_said(demo: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", _Pipe(b""))
    answer = demo("import", "-", "--yes")
    assert (answer.status, "is empty" in answer.err) == (Status.USAGE, True)
    monkeypatch.setattr("sys.stdin", _Pipe(b"x" * (65 << 20)))
    assert "64 MiB" in demo("import", "-", "--yes").err
    monkeypatch.setattr("sys.stdin", None)
    assert "There is no input" in demo("import", "-", "--yes").err


def test_what_another_took_in_between_preview_and_answer_counts_as_known(
    demo: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "two.csv"
    path.write_text("Nome,Telefone\nZulmira Paz,11 96543-2109\nBento Luz,11 96543-2110\n")

    def meanwhile(_question: str) -> bool:
        assert demo("import", str(path), "--yes", "--json").json["new"] == 2
        return True

    monkeypatch.setattr(intake, "confirmed", meanwhile)
    told = demo("import", str(path))
    assert "New            0" in told.out
    assert "Already known  2" in told.out
