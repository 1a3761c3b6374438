"""The file is deleted, replaced or migrated under a running program: it is said, and nothing is written any more."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.services.core.crm import Crm
from crm_tui.services.party.commands import NewParty
from crm_tui.store.connect import Use
from crm_tui.store.errors import Lost
from crm_tui.store.feed import Feed

Misfortune = Callable[[Path], None]


def moved_away(db: Path) -> None:
    db.rename(db.with_name("elsewhere.db"))


def deleted(db: Path) -> None:
    db.unlink()


def replaced(db: Path) -> None:
    """By `mv` of a copy over it: the program would write into a file without a name."""
    copy = db.with_name("copy.db")
    in_another_program(db, f"VACUUM INTO '{copy}'")
    copy.rename(db)


def migrated(db: Path) -> None:
    in_another_program(db, "ALTER TABLE party RENAME COLUMN name TO full_name", "PRAGMA user_version = 99")


def without_log(db: Path) -> None:
    db.with_name(db.name + "-wal").unlink()


def without_index(db: Path) -> None:
    db.with_name(db.name + "-shm").unlink()


MISFORTUNES = (moved_away, deleted, replaced, migrated, without_log, without_index)


def in_another_program(db: Path, *statements: str) -> None:
    """As the sqlite3 shell or a newer crm-tui would."""
    code = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); [c.execute(s) for s in sys.argv[2:]]; c.close()"
    subprocess.run([sys.executable, "-c", code, str(db), *statements], check=True, timeout=30)


@pytest.mark.parametrize("written_before", [True, False])
@pytest.mark.parametrize("misfortune", MISFORTUNES)
def test_a_base_that_is_lost_is_a_refusal_and_takes_no_further_write(
    crm_as: Callable[[str], Crm], demo_db: Path, written_before: bool, misfortune: Misfortune
) -> None:
    crm = crm_as("ana")
    assert crm.lost() is None
    if written_before:
        with crm.store.writing():
            pass
    misfortune(demo_db)
    outcome = crm.run(NewParty(name="Ninguém"))
    assert isinstance(outcome, Refusal)
    assert outcome.by is RefusedBy.STORE
    assert "nothing was saved" in outcome.reason.msgid
    with pytest.raises(Lost), crm.store.writing():
        pytest.fail("a transaction began on a file that is not ours any more")


@pytest.mark.parametrize("misfortune", MISFORTUNES)
def test_the_feed_says_that_the_base_is_lost(
    crm_as: Callable[[str], Crm], demo_db: Path, misfortune: Misfortune
) -> None:
    feed = Feed(crm_as("ana").store)
    assert feed.poll() is None
    misfortune(demo_db)
    news = feed.poll()
    assert news is not None
    assert news.lost is not None


@pytest.mark.parametrize(("misfortune", "lies"), [(moved_away, "elsewhere.db"), (without_log, "demo.db")])
def test_what_was_saved_before_is_in_the_file_wherever_it_lies(
    crm_as: Callable[[str], Crm], demo_db: Path, tmp_path: Path, misfortune: Misfortune, lies: str
) -> None:
    crm = crm_as("ana")
    assert crm.lost() is None
    crm.run(NewParty(name="Salva Antes"))
    misfortune(demo_db)
    assert crm.lost() is not None
    alone = shutil.copy(tmp_path / lies, tmp_path / "alone.db") if lies == "elsewhere.db" else None
    found = _names(Path(alone) if alone else demo_db)
    assert "Salva Antes" in found


def test_what_was_saved_is_not_looked_for_in_the_file_that_was_put_in_its_place(
    crm_as: Callable[[str], Crm], demo_db: Path, tmp_path: Path
) -> None:
    """A thread that reads for the first time after the change opens the new file."""
    other = tmp_path / "other.db"
    shutil.copy(demo_db, other)  # page for page, or the log that is left behind makes no sense on it at all
    crm = crm_as("ana")
    crm.run(NewParty(name="Salva Antes"))
    moved_away(demo_db)
    other.rename(demo_db)
    crm.store.connection(Use.READ).execute("PRAGMA user_version").fetchone()
    assert crm.lost() is not None
    assert "Salva Antes" in _names(tmp_path / "elsewhere.db")


def test_a_removed_log_of_which_others_have_another_index_is_left_alone(
    crm_as: Callable[[str], Crm], demo_db: Path
) -> None:
    """Emptying it would take frames away that the others' index still points to."""
    crm = crm_as("ana")
    crm.run(NewParty(name="Salva Antes"))
    log = demo_db.with_name("demo.db-wal")
    before = log.stat().st_size
    without_index(demo_db)
    assert crm.lost() is not None
    assert log.stat().st_size == before > 0


def _names(db: Path) -> set[str]:
    with sqlite3.connect(f"file:{db}?mode=ro&immutable=1", uri=True) as connection:
        found = {name for (name,) in connection.execute("SELECT name FROM party")}
    connection.close()
    return found


def test_a_read_that_fails_on_a_lost_base_is_no_fault_of_ours(
    crm_as: Callable[[str], Crm], demo_db: Path
) -> None:
    crm = crm_as("ana")
    error = sqlite3.OperationalError("no such column: name")
    assert crm.meant(error) is error
    migrated(demo_db)
    assert isinstance(crm.meant(error), Lost)
