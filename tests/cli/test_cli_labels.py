"""Labels, members, tasks and files of a card from the shell. (K12, K25, K26, K28, K30)"""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from crm_tui.cli.failures import Status
from tests.cli.conftest import Run


def test_labels_are_named_and_parted_by_commas(demo: Run) -> None:
    assert demo("do", "set_labels", "--card", "OP-0129", "--add", "quente, REDE,label:3").status == 0
    assert demo("show", "OP-0129", "--json").json["labels"] == ["quente", "indicação", "TEF", "rede"]
    assert demo("do", "set_labels", "--card", "OP-0129", "--remove", '"quente"', "--add", "frio").status == 0
    assert demo("show", "OP-0129", "--json").json["labels"] == ["frio", "indicação", "TEF", "rede"]
    assert demo("undo").status == 0
    assert "quente" in demo("show", "OP-0129", "--json").json["labels"]


def test_only_labels_of_the_cards_board_are_known_by_name(demo: Run) -> None:
    missing = demo("do", "set_labels", "--card", "OP-0129", "--add", "em campo")
    assert missing.status == Status.MISSING
    assert "quente" in missing.err


def test_board_and_queue_tell_labels_and_tasks(demo: Run) -> None:
    stages = demo("board", "vendas", "--json").json["stages"]
    aurora = next(c for stage in stages for c in stage["cards"] if c["number"] == "OP-0142")
    assert aurora["labels"] == ["quente", "indicação", "TEF"]
    assert (aurora["tasks_done"], aurora["tasks"]) == (2, 3)
    row = next(row for row in demo("followups", "--json").json if row["number"] == "OP-0142")
    assert row["labels"] == aurora["labels"]


def test_members_and_tasks_by_name_and_ref(demo: Run) -> None:
    assert demo("do", "set_members", "--card", "OP-0142", "--remove", "beto").status == 0
    shown = demo("show", "OP-0142", "--json").json
    assert shown["members"] == ["carla"]
    task = shown["tasks"][-1]["ref"]
    assert demo("do", "tick_task", "--task", task).status == 0
    told = demo("show", task, "--json").json
    assert (told["done_by"], told["card"]) == ("ana", "OP-0142")
    assert "Task done" in demo("history", task).out


def test_a_label_shows_itself_and_its_story(demo: Run) -> None:
    made = demo("do", "add_label", "--as", "admin", "--name", "natal", "--color", "pink", "-q").lines[0]
    told = demo("show", made, "--json").json
    assert (told["name"], told["color"], told["active"], told["board"]) == ("natal", "pink", True, None)
    assert "Label natal added" in demo("history", made).out
    assert demo("show", "label:999").status == Status.MISSING


def test_a_file_is_attached_saved_and_removed(demo: Run, tmp_path: Path) -> None:
    source = tmp_path / "proposta.pdf"
    source.write_bytes(b"%PDF\x00")
    kept = demo("do", "attach_file", "--card", "OP-0142", "--file", str(source), "-q").lines[0]
    copy = tmp_path / "copia.pdf"
    assert demo("save", kept, str(copy)).status == 0
    assert (copy.read_bytes(), stat.S_IMODE(copy.stat().st_mode)) == (b"%PDF\x00", 0o600)
    again = demo("salvar", kept, str(copy))
    assert (again.status, "not written over" in again.err) == (Status.USAGE, True)
    assert demo("do", "remove_file", "--attachment", kept).status == 0
    assert demo("save", kept, str(tmp_path / "b")).status == Status.MISSING


@pytest.mark.parametrize("ref", ["OP-0142", "attachment:99", "note:1"])
def test_only_a_file_is_saved(demo: Run, tmp_path: Path, ref: str) -> None:
    assert demo("save", ref, str(tmp_path / "x")).status == Status.MISSING


def test_what_is_no_file_is_not_attached(demo: Run, tmp_path: Path) -> None:
    told = demo("do", "attach_file", "--card", "OP-0142", "--file", str(tmp_path))
    assert (told.status, "folder" in told.err) == (Status.USAGE, True)
