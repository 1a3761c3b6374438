"""config export and config import from the shell."""

from __future__ import annotations

from pathlib import Path

from crm_tui.cli.failures import Status
from tests.cli.conftest import Run

OPEN, ASKED = '"Concorrente"\nrequires_note = false', '"Concorrente"\nrequires_note = true'


def test_a_setup_is_written_changed_taken_in_once_and_taken_back(demo: Run, tmp_path: Path) -> None:
    path = tmp_path / "setup.toml"
    written = demo("config", "export", "--out", str(path), "--json", "--as", "admin").json
    assert written["lists"]["boards"] == 3
    assert demo("config", "export", "--out", str(path), "--as", "admin").status == Status.DONE
    before = path.read_text()
    assert demo("config", "export", "--as", "admin").out == before
    path.write_text(before.replace(OPEN, ASKED))
    seen = demo("config", "import", str(path), "--dry-run", "--json", "--as", "admin").json
    assert (seen["changed"], seen["new"], seen["error"], seen["batch"]) == (1, 0, 0, None)
    assert seen["records"][0]["fields"] == ["requires_note"]
    unasked = demo("config", "import", str(path), "--as", "admin")
    assert (unasked.status, "Concorrente" in unasked.err) == (Status.USAGE, True)
    told = demo("config", "import", str(path), "--dry-run", "--as", "admin", "--lang", "pt-BR").err
    assert "Perdas: Concorrente  (Pede uma nota)" in told, "as the screens call them, not by the file's keys"
    done = demo("config", "import", str(path), "--yes", "--json", "--as", "admin").json
    assert done["batch"]
    again = demo("config", "import", str(path), "--yes", "--json", "--as", "admin").json
    assert (again["changed"], again["batch"]) == (0, None)
    assert demo("undo", "--as", "admin").status == Status.DONE
    assert demo("config", "export", "--as", "admin").out == before


def test_what_is_wrong_and_who_may_not_is_said_and_nothing_is_written(demo: Run, tmp_path: Path) -> None:
    path = tmp_path / "setup.toml"
    path.write_text('format = 1\n[[loss_reasons]]\nname = "Preço"\nrequires_note = true\n')
    denied = demo("config", "import", str(path), "--yes", "--as", "ana")
    assert (denied.status, "Line 2" in denied.err or "Linha 2" in denied.err) == (Status.DENIED, True)
    path.write_text('format = 1\n[[loss_reasons]]\nname = "Preço"\nno_key = true\n')
    wrong = demo("config", "import", str(path), "--yes", "--as", "admin")
    assert (wrong.status, "no_key" in wrong.err) == (Status.REFUSED, True)
    path.write_text("format = ")
    assert demo("config", "import", str(path), "--as", "admin").status == Status.USAGE
    kept = tmp_path / "mine.toml"
    kept.write_text("mine = 1\n")
    assert demo("config", "export", "--out", str(kept), "--as", "admin").status == Status.USAGE
    assert kept.read_text() == "mine = 1\n"
