"""Words on the command line that nobody types on purpose: each is one sentence, and none is a fault of ours."""

from __future__ import annotations

import errno
import io
from pathlib import Path

import pytest

from crm_tui.cli.failures import Status
from crm_tui.domain.note import ATTACHMENT_LIMIT
from tests.cli.conftest import Run

NINES = "9" * 5_000
BYTES = "a\udcffb"
"""What Python makes of a word that is no UTF-8."""


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("edit_card", "--card", "#99999999999999999999"), Status.MISSING),
        (("edit_card", "--card", f"#{NINES}"), Status.MISSING),
        (("order_card", "--card", "OP-0142", "--step", NINES), Status.USAGE),
        (("order_card", "--card", "OP-0142", "--step=--5"), Status.USAGE),
        (("new_card", "--subject", "x", "--value-one-off", NINES), Status.USAGE),
        (("set_labels", "--card", "OP-0142", "--add", 'zz\rb,"c'), Status.MISSING),
        (("new_card", "--subject", BYTES), Status.USAGE),
    ],
)
def test_a_field_that_cannot_be_read_is_said(demo: Run, words: tuple[str, ...], status: Status) -> None:
    answer = demo("do", *words, "--as", "admin")
    assert answer.status == status, answer.err
    assert "our own fault" not in answer.err
    assert "Input should" not in answer.err


@pytest.mark.parametrize(
    "words", [("search", BYTES), ("people", "--filter", BYTES), ("today", "--as", BYTES)]
)
def test_bytes_that_are_no_text_are_said_by_every_verb(demo: Run, words: tuple[str, ...]) -> None:
    answer = demo(*words)
    assert answer.status == Status.USAGE
    assert "no text" in answer.err
    assert demo("undo", BYTES).status == Status.MISSING


def test_names_may_stand_a_line_each(demo: Run) -> None:
    answer = demo("do", "set_labels", "--card", "OP-0142", "--add", "quente\nfrio")
    assert answer.status == Status.DONE, answer.err
    assert {"quente", "frio"} <= set(demo("show", "OP-0142", "--json").json["labels"])


class _Endless(io.RawIOBase):
    """A pipe that never ends: how much of it was read."""

    taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        view[:] = b"d" * len(view)
        self.taken += len(view)
        return len(view)


@pytest.mark.parametrize(
    "words",
    [
        ("attach_file", "--card", "OP-0142", "--filename", "x", "--file", "-"),
        ("edit_card", "--card", "OP-0142", "--description", "-"),
    ],
)
def test_a_pipe_that_never_ends_is_not_read_to_its_end(
    demo: Run, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe = _Endless()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(pipe)))
    assert demo("do", *words).status == Status.USAGE
    assert ATTACHMENT_LIMIT < pipe.taken < 2 * ATTACHMENT_LIMIT


def test_bytes_down_a_pipe_that_are_no_text_are_said(demo: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"\xff\xfe\x00")))
    answer = demo("do", "edit_card", "--card", "OP-0142", "--description", "-")
    assert answer.status == Status.USAGE
    assert "UTF-8" in answer.err


@pytest.mark.parametrize("way", ["round/copy", "n" * 300])
def test_a_copy_that_leads_nowhere_is_said(demo: Run, tmp_path: Path, way: str) -> None:
    (tmp_path / "round").symlink_to(tmp_path / "round")
    answer = demo("backup", str(tmp_path / way), "--as", "admin")
    assert answer.status == Status.STORE
    assert "could not be written" in answer.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("actions", "--account", "PE-00000"), "PE-00000"),
        (("actions", "--by", "nobody"), "nobody"),
        (("do", "file_note", "--card", "OP-0113", "--body", "x", "--result", "1", "--answer", "sim"), "sim"),
    ],
)
def test_a_name_that_nothing_has_is_not_answered_with_an_empty_list(
    demo: Run, words: tuple[str, ...], said: str
) -> None:
    answer = demo(*words, "--as", "ana")
    assert answer.status == Status.MISSING, answer.err
    assert f"“{said}”" in answer.err
    assert "—" not in answer.err


@pytest.mark.parametrize(
    "words",
    [
        ("amend_note", "--note", f"note:{NINES}", "--body", "x"),
        ("remove_file", "--attachment", f"attachment:{NINES}"),
        ("redate", "--activity", f"activity:{NINES}", "--when", "amanhã"),
        ("tick_task", "--task", f"task:{NINES}"),
        ("edit_card_item", "--card-item", f"card_item:{NINES}", "--qty", "1"),
    ],
)
def test_a_ref_that_no_column_holds_names_nothing(demo: Run, words: tuple[str, ...]) -> None:
    assert demo("do", *words, "--as", "admin").status == Status.MISSING
    assert demo("actions", "--card", f"#{NINES}").status == Status.MISSING


def test_where_there_is_no_room_left_is_no_fault_of_ours(demo: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """An output that is full, as a disk or `/dev/full` is."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("crm_tui.cli.out.table", full)
    answer = demo("agenda", "--as", "ana")
    assert answer.status == Status.FAULT
    assert answer.err.strip() == "There is no room left where this is written: make some, then repeat."
