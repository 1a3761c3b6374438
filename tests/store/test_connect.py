"""The connection profile, the files' modes, and the paths that are refused without a byte written."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from crm_tui.store import connect
from crm_tui.store.backup import backup
from crm_tui.store.connect import Use, filesystem_of, version_of
from crm_tui.store.errors import NoDatabase, StoreRefused
from crm_tui.store.schema import create
from crm_tui.store.store import Store

COMMON = {
    "journal_mode": "wal",
    "foreign_keys": 1,
    "busy_timeout": 5000,
    "recursive_triggers": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "wal_autocheckpoint": 0,
    "application_id": 0x43524D54,
    "user_version": connect.SCHEMA_VERSION,
}
SYNC = {Use.SAVE: 2, Use.DRAFT: 1, Use.READ: 1, Use.WATCH: 1, Use.PEEK: 1, Use.ONCE: 1, Use.BESIDE: 1}


def _profile(connection: sqlite3.Connection) -> dict[str, object]:
    return {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in COMMON}


@pytest.mark.parametrize("use", Use)
def test_every_kind_of_connection_has_the_profile(empty_db: Path, use: Use) -> None:
    connection = connect.raw(empty_db, use)
    try:
        assert _profile(connection) == COMMON
        assert connection.execute("PRAGMA synchronous").fetchone()[0] == SYNC[use]
        assert connection.isolation_level is None
        reads_only = use not in (Use.SAVE, Use.DRAFT)
        assert connection.execute("PRAGMA query_only").fetchone()[0] == int(reads_only)
        if reads_only:
            with pytest.raises(sqlite3.OperationalError, match="readonly"):
                connection.execute("UPDATE card SET title = 'x'")
    finally:
        connection.close()


def test_the_connections_that_a_store_hands_out_have_it_too(empty_db: Path) -> None:
    store = Store(empty_db)
    try:
        with store.writing() as saving:
            assert _profile(saving) == COMMON
        with store.writing(Use.DRAFT) as drafting:
            assert _profile(drafting) == COMMON
        assert _profile(store.reader()) == COMMON
    finally:
        store.close()


def test_files_are_their_owners_alone_whatever_the_umask(tmp_path: Path) -> None:
    """Made in a child with umask 0: the database, its log, its shared memory, the lock, a backup."""
    code = """
import os, sys
os.umask(0)
from pathlib import Path
from crm_tui import bootstrap
from crm_tui.store.backup import backup
folder = Path(sys.argv[1]); path = folder / "new" / "crm.db"
bootstrap.create(path, "Ana", login="ana", locale="pt-BR", timezone="America/Sao_Paulo")
crm = bootstrap.open_crm(path, "ana")
crm.drafts.save("new_card", "new", {"a": "b"}, {}, "b")
backup(path, path.with_name("copy.db"))
for file in sorted([path.parent, *path.parent.iterdir()]):
    print(file.name, oct(file.stat().st_mode & 0o777))
"""
    told = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True
    )
    modes = dict(line.split() for line in told.stdout.splitlines())
    assert modes.pop("new") == "0o700"
    assert set(modes) == {"crm.db", "crm.db-wal", "crm.db-shm", "crm.db.lock", "copy.db"}
    assert set(modes.values()) == {"0o600"}


# --- refused paths


def _facts(path: Path) -> tuple[object, ...]:
    """What must be the same after a refusal: bytes, time and the folder's names."""
    names = sorted(p.name for p in path.parent.iterdir())
    if not path.is_file():
        return (names,)
    return names, path.stat().st_mtime_ns, hashlib.sha256(path.read_bytes()).hexdigest()


def _empty(path: Path, _database: Path) -> None:
    path.touch()


def _garbage(path: Path, _database: Path) -> None:
    path.write_bytes(b"this is no database at all, nor was it ever\n" * 100)


def _truncated(path: Path, database: Path) -> None:
    path.write_bytes(database.read_bytes()[: 4096 * 3])


def _foreign(path: Path, _database: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE mine (x)")
    connection.close()


def _newer(path: Path, database: Path) -> None:
    path.write_bytes(database.read_bytes())
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 999")
    connection.close()


def _link(path: Path, database: Path) -> None:
    path.symlink_to(database)


def _folder(path: Path, _database: Path) -> None:
    path.mkdir()


def _pipe(path: Path, _database: Path) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (_empty, "is empty"),
        (_garbage, "is damaged or is not a database"),
        (_truncated, "is damaged or is not a database"),
        (_foreign, "belongs to another program"),
        (_newer, "written by a newer crm-tui (schema 999"),
        (_link, "is not a plain file"),
        (_folder, "is not a plain file"),
        (_pipe, "is not a plain file"),
    ],
)
def test_a_path_that_is_none_of_ours_is_refused_and_left_alone(
    tmp_path: Path, empty_db: Path, make: Callable[[Path, Path], None], says: str
) -> None:
    path = tmp_path / "given" / "crm.db"
    path.parent.mkdir()
    make(path, empty_db)
    before = _facts(path)
    for ask in (version_of, Store):
        with pytest.raises(StoreRefused) as refused:
            ask(path)
        assert says in str(refused.value)
    assert _facts(path) == before


def test_a_refused_file_that_was_left_unclean_is_not_tidied(tmp_path: Path, empty_db: Path) -> None:
    """Closing the last connection would write the log into a file of a newer program."""
    code = """
import os, sqlite3, sys
c = sqlite3.connect(sys.argv[1], isolation_level=None)
c.execute("PRAGMA wal_autocheckpoint = 0"); c.execute("PRAGMA user_version = 999")
os._exit(9)
"""
    subprocess.run([sys.executable, "-c", code, str(empty_db)], check=False)
    assert empty_db.with_name("empty.db-wal").stat().st_size > 0
    before = _facts(empty_db)
    with pytest.raises(StoreRefused, match="newer"):
        version_of(empty_db)
    assert _facts(empty_db) == before


def test_a_log_that_another_program_takes_along_while_one_looks_refuses_nobody(
    empty_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two operators came in together: one closed, the other was told of a fault of ours."""
    code = "import os, sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('PRAGMA user_version'); os._exit(9)"
    log = empty_db.with_name("empty.db-wal")
    subprocess.run([sys.executable, "-c", code, str(empty_db)], check=False)
    log.write_bytes(b"x" * 32)
    looks: list[Path] = []
    look, opened = Path.stat, connect.raw

    def gone_later(path: Path, **more: bool) -> os.stat_result:
        if path == log:
            looks.append(path)
            if len(looks) > 1:
                raise FileNotFoundError(str(path))
        return look(path, **more)

    def gone_first(path: Path, use: Use) -> sqlite3.Connection:
        if use is Use.PEEK:
            raise sqlite3.OperationalError("unable to open database file")
        return opened(path, use)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "stat", gone_later)
        assert version_of(empty_db) == connect.SCHEMA_VERSION
        looks.clear()
        patch.setattr(connect, "raw", gone_first)
        assert version_of(empty_db) == connect.SCHEMA_VERSION


def test_a_missing_file_is_told_apart_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(NoDatabase):
        Store(tmp_path / "none.db")
    assert list(tmp_path.iterdir()) == []


def test_a_path_through_a_file_is_refused(empty_db: Path) -> None:
    with pytest.raises(StoreRefused, match="cannot be reached"):
        Store(empty_db / "crm.db")


def test_a_read_only_file_or_folder_is_refused(empty_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for closed in (empty_db, empty_db.parent):
        with monkeypatch.context() as patch:
            patch.setattr(os, "access", lambda path, _mode, closed=closed: path != closed)
            with pytest.raises(StoreRefused, match="read-only"):
                Store(empty_db)


MOUNTS = """\
22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
30 22 0:40 / /mnt/share rw,relatime shared:9 - nfs4 server:/export rw
31 22 0:41 / /mnt/with\\040blank rw - cifs //server/x rw
32 30 8:2 / /mnt/share/local rw - xfs /dev/sdb1 rw
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/ana/crm.db", "ext4"),
        ("/mnt/share/crm.db", "nfs4"),
        ("/mnt/share", "nfs4"),
        ("/mnt/shared/crm.db", "ext4"),
        ("/mnt/with blank/crm.db", "cifs"),
        ("/mnt/share/local/crm.db", "xfs"),
    ],
)
def test_the_file_system_is_that_of_the_nearest_mount(tmp_path: Path, path: str, kind: str) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS, encoding="utf-8")
    assert filesystem_of(Path(path), str(mounts)) == kind
    assert filesystem_of(Path(path), str(tmp_path / "none")) == ""


def test_a_network_disk_is_refused_for_opening_and_for_making(
    tmp_path: Path, empty_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connect, "filesystem_of", lambda _path: "nfs4")
    before = _facts(empty_db)
    with pytest.raises(StoreRefused, match="network disk"):
        Store(empty_db)
    with pytest.raises(StoreRefused, match="network disk"):
        create(tmp_path / "new.db", lambda _connection: None)
    assert _facts(empty_db) == before


def test_making_refuses_what_is_there_and_leaves_no_half(tmp_path: Path, empty_db: Path) -> None:
    before = _facts(empty_db)
    with pytest.raises(StoreRefused, match="already a file"):
        create(empty_db, lambda _connection: None)
    (tmp_path / "link.db").symlink_to(tmp_path / "nowhere.db")
    with pytest.raises(StoreRefused, match="already a file"):
        create(tmp_path / "link.db", lambda _connection: None)
    with pytest.raises(StoreRefused, match="cannot be made"):
        create(empty_db / "x" / "crm.db", lambda _connection: None)
    (tmp_path / "link.db").unlink()

    def fails(connection: sqlite3.Connection) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        create(tmp_path / "half.db", fails)
    assert _facts(empty_db) == before


def test_a_database_that_somebody_made_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "crm.db"
    with pytest.raises(StoreRefused, match="already a file"):
        create(path, lambda _connection: path.write_text("theirs") and None)
    assert path.read_text(encoding="utf-8") == "theirs"
    assert [p.name for p in tmp_path.iterdir()] == ["crm.db"]


def test_a_backup_is_its_owners_alone_and_never_overwrites(tmp_path: Path, empty_db: Path) -> None:
    copy = tmp_path / "copy.db"
    backup(empty_db, copy)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with pytest.raises(StoreRefused, match="is there already"):
        backup(empty_db, copy)
