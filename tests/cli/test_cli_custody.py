"""Who may copy the whole file out and put a copy back: the profile is asked, and for a wreck the file's owner."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from crm_tui.cli.failures import Status
from tests.cli.conftest import Run

pytestmark = pytest.mark.usefixtures("by_ana")


@pytest.fixture
def by_ana(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRM_TUI_USER", "ana")


@pytest.fixture
def shared(run: Run, empty_db: Path) -> Path:
    """An operator's own file, in which bia sells."""
    profile = "Vendas"
    assert (
        run("do", "add_user", "--login", "bia", "--name", "Bia", "--profile", profile, db=empty_db).status
        == 0
    )
    return empty_db


def test_who_may_copy_the_file_out_and_who_may_put_a_copy_back(
    run: Run, shared: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    denied = run("backup", str(copy), "--as", "bia", db=shared)
    assert denied.status == Status.DENIED
    assert len(denied.err.splitlines()) == 1
    assert not copy.exists()
    assert run("backup", str(copy), "--as", "nobody", db=shared).status == Status.DENIED
    assert run("backup", str(copy), db=shared).status == 0
    before = run("show", "board:1", "--json", db=shared).json
    assert run("do", "edit_board", "--board", "board:1", "--name", "Danach", db=shared).status == 0
    denied = run("restore", str(copy), "--as", "bia", db=shared)
    assert (denied.status, len(denied.err.splitlines())) == (Status.DENIED, 1)
    assert run("show", "board:1", "--json", db=shared).json["name"] == "Danach"
    assert run("restore", str(copy), db=shared).status == 0
    assert run("show", "board:1", "--json", db=shared).json == before


def test_a_damaged_file_is_restored_by_its_owner_alone(
    run: Run, shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "copy.db"
    assert run("backup", str(copy), db=shared).status == 0
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"nothing that can be read" * 100)
    with monkeypatch.context() as stranger:
        stranger.setattr(os, "geteuid", lambda: broken.stat().st_uid + 1)
        assert run("restore", str(copy), "--as", "bia", db=broken).status == Status.DENIED
    assert run("restore", str(copy), "--as", "bia", db=broken).status == 0
