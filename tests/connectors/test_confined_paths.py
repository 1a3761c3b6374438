"""In service mode no path leads out of the operator's own folder, however it is given and whatever links there are."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from crm_tui.connectors import files, sheets, vcards
from crm_tui.connectors.files import FileFault
from crm_tui.screens.core.path_line import matches


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An operator's folder beside a secret; links lead out of it."""
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "all.csv").write_text("Nome\nAna\n")
    (tmp_path / "secret" / "all.vcf").write_text("BEGIN:VCARD\nFN:Ana\nEND:VCARD\n")
    own = tmp_path / "inbox"
    own.mkdir()
    (own / "mine.csv").write_text("Nome\nBia\n")
    (own / "link.csv").symlink_to(tmp_path / "secret" / "all.csv")
    (own / "hard.csv").hardlink_to(tmp_path / "secret" / "all.csv")
    (own / "folder").symlink_to(tmp_path / "secret")
    monkeypatch.setattr(files, "_confined", None)
    monkeypatch.setenv("HOME", str(own))
    monkeypatch.chdir(own)
    files.confine(own)
    return own


OUT = (
    "../secret/all.csv",
    "link.csv",
    "hard.csv",
    "folder/all.csv",
    "~/../secret/all.csv",
    "{base}/secret/all.csv",
    "/proc/self/environ",
)
READING: dict[str, Callable[[Path, Path], object]] = {
    "attached": lambda path, database: files.read(path, database),
    "imported": lambda path, database: sheets.readable(path, database),
    "a folder of cards": lambda path, _: vcards.found(path),
}


@pytest.mark.parametrize("typed", OUT)
@pytest.mark.parametrize("door", READING)
def test_nothing_outside_is_read(inbox: Path, typed: str, door: str) -> None:
    path = files.located(typed.format(base=inbox.parent))
    with pytest.raises(FileFault) as fault:
        READING[door](path, inbox.parent / "crm.db")
    assert "outside" in fault.value.reason.msgid


@pytest.mark.parametrize(
    "typed", ["../new.csv", "folder/new.csv", "~/../new.csv", "{base}/new.csv", "/tmp/new-of-nobody.csv"]
)
def test_nothing_is_made_outside(inbox: Path, typed: str) -> None:
    path, database = files.located(typed.format(base=inbox.parent)), inbox.parent / "crm.db"
    for make in (
        partial(files.save, path, "new.csv", b"x", database),
        partial(files.put, path, b"x", database, lambda _: True),
        partial(files.place_for, path, database, over=True),
    ):
        with pytest.raises(FileFault) as fault:
            make()
        assert "outside" in fault.value.reason.msgid
    assert not path.exists()


@pytest.mark.parametrize(
    "name", ["../new.csv", "/tmp/new-of-nobody.csv", "folder/new.csv", "a/../../new.csv"]
)
def test_a_name_from_the_database_leads_nowhere_else(inbox: Path, name: str) -> None:
    with pytest.raises(FileFault) as fault:
        files.save(files.located("~"), name, b"x", inbox.parent / "crm.db")
    assert "outside" in fault.value.reason.msgid


def test_what_lies_in_the_folder_is_read_and_made_and_offered_and_nothing_else(inbox: Path) -> None:
    database = inbox.parent / "crm.db"
    assert files.read(files.located("~/mine.csv"), database).startswith(b"Nome")
    assert sheets.readable(Path("mine.csv"), database) == Path("mine.csv")
    assert files.save(files.located("~"), "new.csv", b"x", database).read_bytes() == b"x"
    assert "mine.csv" in matches("")
    for typed in ("../", "folder/", "/", "/etc/pass", "~/../secret/"):
        assert matches(typed) == []


def test_copies_beside_the_database_are_the_programs_own(inbox: Path) -> None:
    database = inbox.parent / "crm.db"
    beside = database.with_name("crm.db.copy-2026-11-24-0030")
    assert files.allowed(beside, database) == beside
    with pytest.raises(FileFault):
        files.allowed(inbox.parent / "secret" / "copy.db", database)


def test_without_the_service_paths_lead_anywhere(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"a")
    assert files.read(tmp_path / "a.txt", tmp_path / "crm.db") == b"a"
