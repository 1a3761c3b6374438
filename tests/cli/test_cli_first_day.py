"""What the command line tells somebody who has just begun: no file yet, and a first import with doubtful rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_tui.cli.failures import Status
from tests.cli.conftest import Run


def test_without_a_base_it_says_how_to_make_one(run: Run, tmp_path: Path) -> None:
    answer = run("today", db=tmp_path / "none.db")
    assert answer.status == Status.STORE
    assert answer.err.count("\n") == 1
    assert "crm-tui init" in answer.err
    assert not (tmp_path / "none.db").exists()


def test_an_import_names_what_it_took_with_a_doubt(run: Run, tmp_path: Path) -> None:
    base, sheet = tmp_path / "own.db", tmp_path / "plain.csv"
    sheet.write_text("Nome,Telefone,E-mail\nEduarda,(47) 98038-1134,eduarda(arroba)x\nOtávia,12,\n", "utf-8")
    made = run("init", "--name", "Ana", db=base)
    assert made.status == 0
    assert f"Open it with crm-tui --db {base}." in made.out
    for given in ("--dry-run", "--yes"):
        answer = run("import", str(sheet), given, db=base)
        assert answer.status == 0
        assert "line 2: Not an e-mail address: eduarda(arroba)x." in answer.err
        assert "line 3: Not a whole phone number: 12." in answer.err
    assert "eduarda(arroba)x" in run("show", run("search", "eduarda", "-q", db=base).lines[0], db=base).out


def test_the_undo_of_a_whole_import_says_how_many_it_took_back(run: Run, tmp_path: Path) -> None:
    base, sheet = tmp_path / "own.db", tmp_path / "people.csv"
    assert run("init", "--name", "Ana", db=base).status == 0
    sheet.write_text("Nome;Telefone\nRosa Lima;11988887777\nCaio Reis;11977776666\n", encoding="utf-8")
    assert run("import", str(sheet), "--yes", db=base).status == 0
    assert run("undo", db=base).out == "Undone: 2 records, the first: Rosa Lima added\n"
    assert run("redo", db=base).out == "Redone: 2 records, the first: Rosa Lima added\n"


def test_who_begins_a_base_is_who_would_open_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`CRM_TUI_USER` says who acts: a base made for the machine's login could not be opened by them."""
    from crm_tui.cli.options import Options
    from crm_tui.cli.session import Session
    from crm_tui.cli.start import first_start

    monkeypatch.setenv("CRM_TUI_USER", "ana")
    offered = first_start(Session(Options(db=str(tmp_path / "other.db"))))
    assert (offered.login, offered.name) == ("ana", "ana")
    base = tmp_path / "crm.db"
    assert run("init", "--json", db=base).json["login"] == "ana"
    assert run("today", db=base).status == 0
