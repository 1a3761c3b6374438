"""The command line itself: globals, exit statuses, errors as one sentence, help; and what a start loads."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from crm_tui.cli import help, options, out
from crm_tui.cli.failures import Failure, Status
from tests.cli.conftest import Run

PROGRAM = [sys.executable, "-c", "import sys; from crm_tui.cli import main; sys.exit(main())"]


def process(*words: str, home: Path, **more: str) -> subprocess.CompletedProcess[str]:
    env = {k: v for k, v in os.environ.items() if not k.startswith("CRM_TUI_")}
    env |= {name: str(home) for name in ("HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME")}
    return subprocess.run(
        [*PROGRAM, *words],
        capture_output=True,
        text=True,
        env=env | {"CRM_TUI_LANG": "en"} | more,
        stdin=subprocess.DEVNULL,
        check=False,
    )


def test_globals_stand_before_and_after_the_verb() -> None:
    before, rest = options.take(["--db", "x.db", "--as=ana", "today", "--json"])
    after, same = options.take(["today", "--json", "--as", "ana", "--db=x.db"])
    assert (before, rest) == (after, same)
    assert (before.db, before.login, before.json, rest) == ("x.db", "ana", True, ["today"])


def test_what_stands_after_two_dashes_is_no_global() -> None:
    given, rest = options.take(["search", "--", "--json"])
    assert not given.json
    assert rest == ["search", "--", "--json"]


@pytest.mark.parametrize("words", [["--db"], ["--as", " "], ["--lang", "klingon"], ["--db="]])
def test_a_global_without_a_good_value_is_wrong_usage(words: list[str], run: Run) -> None:
    answer = run("today", *words)
    assert answer.status == Status.USAGE
    assert len(answer.err.splitlines()) == 1


def test_a_database_is_a_path_or_an_address() -> None:
    asked = options.Options
    assert options.database(asked(db="sqlite:///a/b.db"), {}) == Path("a/b.db")
    assert options.database(asked(db="sqlite:////a/b.db"), {}) == Path("/a/b.db")
    assert options.database(asked(), {"CRM_TUI_DB": "c.db"}) == Path("c.db")
    assert options.database(asked(db="d.db"), {"CRM_TUI_DB": "c.db"}) == Path("d.db")
    assert options.database(asked(db="~nobody-here/a.db"), {}) == Path("~nobody-here/a.db")
    assert options.database(asked(), {}) is None
    with pytest.raises(Failure) as failed:
        options.database(asked(db="postgresql://crm@host/crm"), {})
    assert failed.value.status == Status.STORE


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["nothing"], Status.USAGE),
        (["--nothing"], Status.USAGE),
        (["today", "--nothing"], Status.USAGE),
        (["today", "too", "many"], Status.USAGE),
        (["backup"], Status.USAGE),
        (["show", "OP-9999"], Status.MISSING),
        (["show", "note:99999"], Status.MISSING),
        (["followups", "--owner", "nobody"], Status.MISSING),
        (["board", "nothing"], Status.MISSING),
        (["undo", "abcd"], Status.MISSING),
        (["do", "file_note", "--card", "OP-0142", "--body", ""], Status.REFUSED),
        (["do", "nothing"], Status.USAGE),
        (["today", "--as", "nobody"], Status.DENIED),
        (["do", "add_board", "--name", "X", "--number-prefix", "X", "--as", "beto"], Status.DENIED),
        (["import", "nothing.csv"], Status.USAGE),
        (["when", "blah"], Status.USAGE),
        (["redo"], Status.REFUSED),
    ],
)
def test_exit_statuses_are_a_contract(words: list[str], status: Status, demo: Run) -> None:
    answer = demo(*words)
    assert answer.status == status, answer.err
    assert answer.out == ""
    assert len(answer.err.strip().splitlines()) == 1


@pytest.mark.parametrize("given", ["junk", "2026-11-24T09:30"])
@pytest.mark.parametrize("words", [["today"], ["when", "sex"], ["init"]])
def test_a_wrong_clock_is_one_sentence(
    given: str, words: list[str], run: Run, demo_db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRM_TUI_NOW", given)
    answer = run(*words, db=tmp_path / "new.db" if words == ["init"] else demo_db)
    assert (answer.status, answer.out) == (Status.USAGE, "")
    assert f"CRM_TUI_NOW is “{given}”" in answer.err
    assert len(answer.err.strip().splitlines()) == 1
    assert not (tmp_path / "new.db").exists()


def test_a_missing_database_is_named(run: Run, tmp_path: Path) -> None:
    answer = run("today", db=tmp_path / "none.db")
    assert answer.status == Status.STORE
    assert "none.db" in answer.err
    assert not (tmp_path / "none.db").exists()


def test_who_acts_comes_from_the_environment_too(demo: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = demo("today", "-q").lines
    monkeypatch.setenv("CRM_TUI_USER", "beto")
    assert demo("today", "-q").lines != mine
    assert demo("today", "-q", "--as", "ana").lines == mine


def test_a_fault_of_ours_is_one_sentence_and_a_log_that_only_its_owner_reads(
    demo: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crm_tui.services.followup import views

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("broken by the test")

    monkeypatch.setattr(views, "queue", broken)
    broken.permission = "card.read"  # type: ignore[attr-defined]
    answer = demo("today")
    assert answer.status == Status.FAULT
    assert len(answer.err.splitlines()) == 1
    (log,) = (tmp_path / "home").rglob("crm-tui.log")
    assert str(log) in answer.err
    assert "broken by the test" in log.read_text(encoding="utf-8")
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


@pytest.mark.parametrize("verb", help.VERBS, ids=lambda verb: verb.name)
def test_every_verb_has_its_page_and_is_in_the_list(verb: help.Verb, run: Run) -> None:
    assert f"  {verb.name}" in run("--help").out
    if verb.name != "do":
        page = run(verb.name, "--help")
        assert page.status == Status.DONE
        assert f"crm-tui {verb.name}" in page.out


def test_verbs_answer_to_portuguese_names(demo: Run) -> None:
    assert demo("hoje", "--json").json == demo("today", "--json").json
    assert demo("histórico", "OP-0142", "-q").lines == demo("history", "OP-0142", "-q").lines
    named = {
        "hoje",
        "retornos",
        "quadro",
        "pendentes",
        "avisos",
        "acoes",
        "tempos",
        "etapas",
        "buscar",
        "calendario",
        "agenda exportar",
        "agenda importar",
        "dias-livres",
        "painel",
        "pessoas",
        "visoes",
        "ver",
        "salvar",
        "duplicados",
        "exportar",
        "config exportar",
        "config importar",
        "copias",
        "historico",
        "desfazer",
        "refazer",
    }
    assert named | {"importar", "quando", "dias-livres"} == {verb.alias for verb in help.VERBS} - {""}


def test_the_language_is_chosen_by_option_then_environment(
    demo: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Number" in demo("today").out
    assert "Número" in demo("today", "--lang", "pt").out
    monkeypatch.setenv("CRM_TUI_LANG", "pt-BR")
    assert "Número" in demo("today").out


def test_without_a_terminal_the_program_does_not_open(tmp_path: Path) -> None:
    done = process(home=tmp_path)
    assert done.returncode == Status.TERMINAL
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1


def test_help_and_version_load_neither_typer_nor_a_library(tmp_path: Path) -> None:
    code = (
        "import sys, json; from crm_tui.cli import main; main(sys.argv[1:]);"
        "print(json.dumps(sorted({m.split('.')[0] for m in sys.modules})), file=sys.stderr)"
    )
    for word in ("--help", "--version"):
        done = subprocess.run([sys.executable, "-c", code, word], capture_output=True, text=True, check=True)
        loaded = set(json.loads(done.stderr.splitlines()[-1]))
        heavy = {"textual", "rich", "typer", "pydantic", "sqlmodel", "sqlalchemy", "sqlite3", "platformdirs"}
        assert not loaded & heavy, word
        assert done.stdout


def test_today_loads_no_pydantic_and_no_rich(demo_db: Path) -> None:
    code = (
        "import sys, json; from crm_tui.cli import main; main(sys.argv[1:]);"
        "print(json.dumps(sorted({m.split('.')[0] for m in sys.modules})), file=sys.stderr)"
    )
    words = ["--db", str(demo_db), "today", "--json"]
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=True)
    loaded = set(json.loads(done.stderr.splitlines()[-1]))
    heavy = {"textual", "rich", "pydantic", "sqlmodel", "sqlalchemy", "alembic", "platformdirs", "babel"}
    assert not loaded & heavy


def test_a_reader_that_leaves_is_no_error(demo_db: Path, tmp_path: Path) -> None:
    words = [*PROGRAM, "--db", str(demo_db), "followups", "--owner", "todos", "--all", "--json"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        running.stdout.close()
        assert running.stderr is not None
        errors = running.stderr.read()
        assert running.wait() == Status.DONE
    assert errors == b""


def test_a_new_database_and_its_folder_are_only_its_owners(tmp_path: Path) -> None:
    path = tmp_path / "new" / "crm.db"
    done = process("init", "--name", "Ana", "--as", "ana", "--db", str(path), home=tmp_path)
    assert done.returncode == 0, done.stderr
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    again = process("init", "--db", str(path), home=tmp_path)
    assert again.returncode == Status.STORE
    today = process("today", "--json", "--as", "ana", "--db", str(path), home=tmp_path)
    assert json.loads(today.stdout) == []


def test_text_from_data_cannot_steer_the_terminal(demo: Run) -> None:
    made = demo("do", "new_party", "--name", "Eve \x1b]0;owned\x07\u202e", "-q")
    shown = demo("show", made.out.strip())
    assert "\x1b" not in shown.out
    assert "\u202e" not in shown.out
    assert "\x1b" not in demo("search", "Eve \x1b[2J").out


def test_a_table_fits_the_terminal_by_cutting_what_may_be_cut() -> None:
    columns = [out.Column("Number", key=True), out.Column("Who"), out.Column("Value", right=True, key=True)]
    rows = [[out.Cell("OP-0142"), out.Cell("W" * 60), out.Cell("12.400")]]
    widths = out.fitted(columns, rows, 40, heads=True)
    assert widths[0] == len("OP-0142")
    assert widths[2] == len("12.400")
    assert sum(widths) + out.GAP * 3 == 40
    assert out.fitted(columns, rows, 200, heads=True)[1] == 60
