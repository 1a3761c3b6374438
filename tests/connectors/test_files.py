"""Files taken in and given out: bounded whatever they say, never the live database, never over another. (K28, B43)"""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from crm_tui.connectors import files
from crm_tui.connectors.files import FileFault
from crm_tui.domain.note import ATTACHMENT_LIMIT
from crm_tui.i18n import say


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "crm.db"
    path.write_bytes(b"SQLite")
    return path


def _why(path: Path, database: Path) -> str:
    with pytest.raises(FileFault) as fault:
        files.read(path, database)
    return say(fault.value.reason)


def test_a_file_is_read_whole(tmp_path: Path, database: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF" * 700_000)
    assert files.read(tmp_path / "a.pdf", database) == b"%PDF" * 700_000


def test_no_more_is_read_than_tells_that_it_is_too_large(tmp_path: Path, database: Path) -> None:
    with (tmp_path / "huge").open("wb") as file:
        file.truncate(ATTACHMENT_LIMIT * 100)
    assert len(files.read(tmp_path / "huge", database)) == ATTACHMENT_LIMIT + 1


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs files that lie about their size")
def test_a_file_that_says_it_is_empty_is_read_all_the_same(database: Path) -> None:
    lying = Path("/proc/self/status")
    assert lying.stat().st_size == 0
    assert b"Name:" in files.read(lying, database)


def test_what_is_no_file_is_said_in_a_sentence(tmp_path: Path, database: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "folder" in _why(tmp_path, database)
    assert "pipe" in _why(tmp_path / "pipe", database)
    assert "device" in _why(Path("/dev/zero"), database)
    assert "no file" in _why(tmp_path / "nothing", database)
    assert "cannot be read" in _why(Path("a\0b"), database)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_what_may_not_be_read_is_said(tmp_path: Path, database: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("x")
    secret.chmod(0)
    assert "cannot be read" in _why(secret, database)


def test_the_live_database_is_not_opened_by_any_name(tmp_path: Path, database: Path) -> None:
    os.link(database, tmp_path / "hard")
    (tmp_path / "soft").symlink_to(database)
    (tmp_path / "crm.db-wal").write_bytes(b"wal")
    for name in ("crm.db", "hard", "soft", "crm.db-wal", "../" + tmp_path.name + "/crm.db"):
        assert "database itself" in _why(tmp_path / name, database)


def test_a_copy_is_a_new_file_for_its_owner_alone(tmp_path: Path, database: Path) -> None:
    made = files.save(tmp_path / "b.pdf", "a.pdf", b"x", database)
    assert (made.read_bytes(), stat.S_IMODE(made.stat().st_mode)) == (b"x", 0o600)
    assert files.save(tmp_path, "a.pdf", b"y", database) == tmp_path / "a.pdf"


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("there", "not written over"),
        ("soft", "not written over"),
        ("no/such", "no folder"),
        ("crm.db", "database itself"),
        ("crm.db-journal", "database itself"),
        ("there/below", "cannot be written"),
        ("a\0b", "cannot be written"),
    ],
)
def test_a_copy_goes_over_nothing(tmp_path: Path, database: Path, name: str, why: str) -> None:
    (tmp_path / "there").write_text("mine")
    (tmp_path / "soft").symlink_to(tmp_path / "nowhere")
    with pytest.raises(FileFault) as fault:
        files.save(tmp_path / name, "a.pdf", b"x", database)
    assert why in say(fault.value.reason)
    assert (tmp_path / "there").read_text() == "mine"
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_said_and_leaves_nothing_half_written(
    tmp_path: Path, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening = os.open

    def onto_a_full_disk(path: Path, flags: int, mode: int = 0o600) -> int:
        opening(path, flags, mode)
        return opening("/dev/full", os.O_WRONLY)

    monkeypatch.setattr(files.os, "open", onto_a_full_disk)
    with pytest.raises(FileFault) as fault:
        files.save(tmp_path / "a.pdf", "a.pdf", b"x", database)
    assert "room" in say(fault.value.reason)
    assert not (tmp_path / "a.pdf").exists()


def test_a_home_is_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ana")
    assert files.located(" ~/a.pdf ") == Path("/home/ana/a.pdf")
    assert files.located("~nobody-at-all/a") == Path("~nobody-at-all/a")


@pytest.mark.parametrize("way", ["round/file", "n" * 300, "n" * 300 + "/file"])
def test_a_path_that_leads_nowhere_is_said_both_ways(tmp_path: Path, database: Path, way: str) -> None:
    """Links that go round and names that no file can have, in the folder or the file."""
    (tmp_path / "round").symlink_to(tmp_path / "round")
    assert "cannot be read" in _why(tmp_path / way, database)
    with pytest.raises(FileFault) as fault:
        files.save(tmp_path / way, "a.pdf", b"x", database)
    assert "cannot be written" in say(fault.value.reason)


@pytest.mark.parametrize("typed", ["'{}'", '"{}"', " '{}' ", "file://{address}", "{escaped}", "{}"])
def test_a_file_dropped_on_the_terminal_is_found(tmp_path: Path, typed: str) -> None:
    path = tmp_path / "proposta da Bia's.pdf"
    path.write_bytes(b"x")
    if typed.strip() == "'{}'":
        path = path.rename(tmp_path / "proposta da Bia.pdf")
    words = typed.format(
        path, address=str(path).replace(" ", "%20"), escaped=str(path).replace(" ", "\\ ").replace("'", "\\'")
    )
    assert files.dropped(words) == path


def test_a_file_of_just_that_name_comes_first_and_what_is_nowhere_stays_as_typed(tmp_path: Path) -> None:
    (tmp_path / "'a'").write_bytes(b"x")
    (tmp_path / "a").write_bytes(b"x")
    quoted = tmp_path / "'a'"
    assert files.dropped(str(quoted)) == quoted
    for typed in ("'/nowhere/a b'", "file:///nowhere/a", "it's.pdf", "''", "a b", "'a\0b'"):
        assert files.dropped(typed) == Path(typed)
