"""One writer at a time: between processes, between threads, freed by a kill, and the log kept small."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from house import House

from crm_tui.bootstrap import open_crm
from crm_tui.domain.outcome import Done, Refusal, RefusedBy
from crm_tui.services.board.commands import EditCard
from crm_tui.store import connect
from crm_tui.store import store as store_module
from crm_tui.store.connect import Use
from crm_tui.store.errors import Busy, NoRoom, StoreRefused
from crm_tui.store.store import Store

HOLDER = """
import sys, time
from pathlib import Path
from crm_tui.store.lock import WriterLock
with WriterLock(Path(sys.argv[1])).held(5.0):
    print("held", flush=True)
    sys.stdin.read()
"""


def _child(code: str, *args: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, args)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _line(child: subprocess.Popen[str]) -> str:
    assert child.stdout is not None
    return child.stdout.readline().strip()


def _forked(work: Callable[[], None]) -> int:
    """A child that has loaded everything already; its process id. It leaves without tidying our connections."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    return child


def _count_up(path: Path, card: int, times: int) -> None:
    """Read, add one, save; again if somebody was quicker, or a busy machine kept the lock from us too long."""
    crm, saved = open_crm(path, "ana"), 0
    while saved < times:
        value, version = (
            crm.store.reader()
            .execute("SELECT value_one_off, version FROM card WHERE id = ?", (card,))
            .fetchone()
        )
        outcome = crm.run(EditCard(card=card, value_one_off=value + 1, version=version))
        assert not isinstance(outcome, Refusal) or outcome.by is RefusedBy.STORE, outcome
        saved += isinstance(outcome, Done) and bool(outcome.events)  # the same value by two is no change
    crm.store.close()


def _let_go(child: subprocess.Popen[str]) -> None:
    assert child.stdin is not None
    child.stdin.write("\n")
    child.stdin.close()


@pytest.fixture
def holder(house: House) -> Iterator[subprocess.Popen[str]]:
    """Another program that holds the lock until it is told or killed."""
    child = _child(HOLDER, house.path)
    assert _line(child) == "held"
    yield child
    if child.poll() is None:
        child.kill()
    child.wait()
    for pipe in (child.stdin, child.stdout):
        assert pipe is not None
        pipe.close()


def test_another_program_keeps_us_out_until_the_deadline(house: House, holder: subprocess.Popen[str]) -> None:
    store = house.open().store
    begun = time.monotonic()
    with pytest.raises(Busy), store.writing(deadline=0.05):
        pytest.fail("two hold the lock")
    assert 0.04 < time.monotonic() - begun < 2.0


def test_busy_is_a_sentence_and_nothing_of_yours_is_lost(
    house: House, holder: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "SAVE_DEADLINE", 0.01)
    refused = house.open().run(EditCard(card=house.card(), value_one_off=1))
    assert isinstance(refused, Refusal)
    assert refused.by is RefusedBy.STORE
    assert "try again" in refused.reason.msgid


def test_a_kill_frees_the_lock(house: House, holder: subprocess.Popen[str]) -> None:
    store = house.open().store
    holder.send_signal(signal.SIGKILL)
    with store.writing(deadline=5.0) as connection:
        assert connection.in_transaction


def test_reading_never_waits(house: House, holder: subprocess.Popen[str]) -> None:
    assert house.open().store.reader().execute("SELECT count(*) FROM card").fetchone()[0] > 0


def test_threads_of_one_program_exclude_each_other(house: House) -> None:
    """A second flock on one descriptor would be granted: threads also share a mutex."""
    first, second = house.open().store, house.open().store
    inside, told = threading.Event(), []

    def other() -> None:
        for store in (first, second):
            try:
                with store.writing(deadline=0.02):
                    told.append("in")
            except Busy:
                told.append("busy")
        inside.set()

    with first.writing():
        threading.Thread(target=other).start()
        assert inside.wait(5.0)
    assert told == ["busy", "busy"]
    with second.writing(deadline=0.5):
        pass


def test_the_lock_file_is_never_a_link_and_never_removed(house: House, tmp_path: Path) -> None:
    lock = house.path.with_name("house.db.lock")
    with house.open().store.writing():
        pass
    inode = lock.stat().st_ino
    with house.open().store.writing():
        assert lock.stat().st_ino == inode
    lock.unlink()
    lock.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(NoRoom), house.open().store.writing():
        pytest.fail("followed a link")
    assert not (tmp_path / "elsewhere").exists()
    lock.unlink()


def test_the_lock_is_not_inherited(house: House) -> None:
    """A child that outlives us must not keep the others out."""
    store = house.open().store
    with store.writing():
        child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, close_fds=False)
    try:
        probe = _child(HOLDER, house.path)
        assert _line(probe) == "held"
        _let_go(probe)
        assert probe.wait() == 0
    finally:
        child.communicate(b"\n")
    assert probe.stdout is not None
    probe.stdout.close()


def test_a_stranger_who_holds_sqlites_own_lock_is_busy_not_a_fault(house: House) -> None:
    """The sqlite3 shell knows nothing of our lock file."""
    stranger = sqlite3.connect(house.path, isolation_level=None)
    store = house.open().store
    with store.writing() as connection:
        ours = connection
    ours.execute("PRAGMA busy_timeout = 1")
    stranger.execute("BEGIN IMMEDIATE")
    with pytest.raises(Busy), store.writing():
        pytest.fail("two write")
    stranger.execute("ROLLBACK")
    stranger.close()
    with store.writing():
        pass


def test_eight_programs_on_one_counter_lose_nothing(house: House) -> None:
    """Eight times thirty saves that read, add one and save: with SQLModel's defaults one in five was lost."""
    card = house.card("bia")
    start = house.one("SELECT value_one_off FROM card WHERE id = ?", card)
    version = house.version("card", card)
    house.close()  # no connection may cross a fork
    children = [_forked(lambda: _count_up(house.path, card, 30)) for _ in range(8)]
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * 8
    assert house.rows("SELECT value_one_off, version FROM card WHERE id = ?", card) == [
        (start + 240, version + 240)
    ]
    assert house.one("PRAGMA integrity_check") == "ok"


# --- what a write transaction is


def test_a_block_that_raises_leaves_nothing(house: House) -> None:
    store, title = house.open().store, house.one("SELECT title FROM card WHERE id = 1")

    def half() -> None:
        with store.writing() as connection:
            connection.execute("UPDATE card SET title = 'x' WHERE id = 1")
            connection.execute("UPDATE none SET title = 'x'")

    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        half()
    assert house.one("SELECT title FROM card WHERE id = 1") == title
    with store.writing():
        pass


def test_a_full_disk_is_said_and_nothing_is_saved(house: House) -> None:
    crm = house.open()
    with crm.store.writing() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    refused = crm.run(EditCard(card=house.card(), description="x" * 20_000))
    assert isinstance(refused, Refusal)
    assert "the disk refused" in refused.reason.msgid
    connection.execute("PRAGMA max_page_count = 1000000")
    assert not isinstance(crm.run(EditCard(card=house.card(), description="x" * 20_000)), Refusal)


def test_a_program_whose_file_was_migrated_meanwhile_stops(house: House) -> None:
    crm = house.open()
    newer = sqlite3.connect(house.path)
    newer.execute("PRAGMA user_version = 999")
    newer.close()
    refused = crm.run(EditCard(card=house.card(), value_one_off=1))
    assert isinstance(refused, Refusal)
    assert refused.reason.params["theirs"] == 999
    newer = sqlite3.connect(house.path)
    newer.execute(f"PRAGMA user_version = {connect.SCHEMA_VERSION}")
    newer.close()


def test_a_damaged_file_is_said_with_the_way_out(house: House) -> None:
    store = house.open().store
    with pytest.raises(StoreRefused, match="crm-tui restore"), store.writing():
        raise _error(sqlite3.SQLITE_CORRUPT)
    with pytest.raises(sqlite3.DatabaseError), store.writing():
        raise _error(sqlite3.SQLITE_ERROR)


def _error(code: int) -> sqlite3.DatabaseError:
    error = sqlite3.DatabaseError("made up")
    error.sqlite_errorcode = code  # type: ignore[misc]
    return error


# --- the log


def _log(house: House) -> int:
    return house.path.with_name("house.db-wal").stat().st_size


def _write(store: Store, kilobytes: int = 40) -> None:
    with store.writing(Use.DRAFT) as connection:
        connection.execute("INSERT INTO meta VALUES (hex(randomblob(8)), ?)", ("x" * 1024 * kilobytes,))


def test_a_grown_log_is_emptied_by_its_writer(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "LOG_LIMIT", 200_000)
    store, sizes = house.open().store, []
    for _ in range(30):
        _write(store)
        sizes.append(_log(house))
    assert max(sizes) < 200_000
    assert sizes.count(0) >= 4


def test_nothing_else_empties_it(house: House) -> None:
    """Every other checkpoint would race with a writer (the WAL-reset corruption of SQLite 3.7.0 to 3.51.2)."""
    store = house.open().store
    for _ in range(60):
        _write(store)
    assert _log(house) > 2_000_000


def test_a_reader_in_the_way_is_not_waited_for(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The writer goes on at once, backs off until the log has grown again or a pause has passed, then empties it."""
    monkeypatch.setattr(store_module, "LOG_LIMIT", 200_000)
    clock = _Clock()
    monkeypatch.setattr(store_module.time, "monotonic", clock)
    store, reader = house.open().store, connect.raw(house.path, Use.READ)
    tried = _counted(store, monkeypatch)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM card").fetchone()
    while not tried:
        _write(store)
    size = _log(house)
    _write(store)
    assert (len(tried), _log(house) > size) == (1, True)
    while len(tried) < 2:
        _write(store)
    assert _log(house) >= size + 200_000
    clock.now += store_module.LOG_PAUSE + 0.1
    _write(store)
    assert tried == ["0"] * 3
    reader.execute("COMMIT")
    reader.close()
    clock.now += store_module.LOG_PAUSE + 0.1
    _write(store)
    assert _log(house) == 0
    with store.writing(Use.DRAFT) as connection:
        assert connection.execute("PRAGMA busy_timeout").fetchone()[0] == connect.BUSY_MS


class _Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def _counted(store: Store, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each try to empty the log; none of them may wait for a reader."""
    tried: list[str] = []
    with store.writing(Use.DRAFT) as connection:
        pass
    waits = [str(connect.BUSY_MS)]

    def trace(text: str) -> None:
        if "busy_timeout =" in text:
            waits.append(text.rsplit(maxsplit=1)[-1])
        if "wal_checkpoint" in text:
            tried.append(waits[-1])

    connection.set_trace_callback(trace)
    return tried


def test_closing_waits_for_nobody_for_ever(
    house: House, holder: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "CLOSE_DEADLINE", 0.01)
    crm = house.open()
    reader = crm.store.reader()
    crm.store.close()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        reader.execute("SELECT 1")


def test_a_superseded_search_is_interrupted(house: House) -> None:
    store = house.open().store
    told: list[str] = []

    def long_question() -> None:
        try:
            store.reader().execute(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT sum(i) FROM n"
            ).fetchone()
        except sqlite3.OperationalError as error:
            told.append(str(error))

    thread = threading.Thread(target=long_question, name="search_0")
    thread.start()
    while thread.is_alive():
        store.interrupt("search")
        thread.join(0.01)
    assert told == ["interrupted"]
