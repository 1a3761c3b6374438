"""What many commands write at the end of a chunk, in sets, is to the byte what they would have written one by one."""

from __future__ import annotations

import random
import secrets
import shutil
import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from house import House, do
from samples import SAMPLES

from crm_tui.domain.outcome import Done, Outcome, RefusedBy
from crm_tui.services.board.commands import EditCard, NewCard, TakeInCard
from crm_tui.services.core import door, trail, trail_check
from crm_tui.services.core.commands import Command
from crm_tui.services.core.crm import Many
from crm_tui.services.intake.commands import TakeIn
from crm_tui.services.party.commands import EditParty, NewParty
from crm_tui.services.trail.commands import UndoBatch
from crm_tui.store import seal
from crm_tui.store.connect import Use
from crm_tui.store.later import Later
from crm_tui.store.rows import Rows
from crm_tui.store.tables import Party

EVERYTHING = ("event", "change", "party_fts", "card_fts", "point_fts", "card", "party", "stage_stat")


def _rows(rng: random.Random, house: House, count: int) -> list[Command]:
    """Rows of files as they come: new, known, twice, ambiguous, wrong; between them what people do by hand."""
    reason = house.one("SELECT id FROM loss_reason WHERE active = 1 ORDER BY id LIMIT 1")
    found: list[Command] = []
    for _ in range(count):
        who = f"Fulano {rng.randrange(count // 3)}"
        mail = f"f{rng.randrange(count // 3)}@x.com" if rng.random() < 0.8 else "torto@"
        phone = f"(11) 98888-{rng.randrange(30):04d}"
        kind = rng.randrange(12)
        if kind < 5:
            found.append(
                TakeIn(
                    name=who if rng.random() < 0.9 else "",
                    company=rng.choice(("", "Aurora", "Boreal")),
                    role=rng.choice(("", "Gerente")),
                    emails=rng.choice(((), (mail,))),
                    phones=rng.choice(((), (("phone", phone),))),
                    notes=rng.choice(("", "Gosta de café")),
                    follow_up=rng.choice((None, date(2026, 12, 1))),
                    source="c.csv",
                )
            )
        elif kind < 9:
            ends = rng.choice(({}, {"won": True}, {"lost": True, "reason": reason}, {"lost": True}))
            found.append(
                TakeInCard(
                    subject=f"Negócio {rng.randrange(count)}",
                    party_name=rng.choice(("", who)),
                    emails=rng.choice(((), (mail,))),
                    stage=rng.choice((None, None, house.stage(house.card(), 1), 999_999)),
                    nth=rng.choice((1, 1, 2)),
                    **ends,
                )
            )
        else:
            found.append(
                rng.choice(
                    (
                        NewParty(name=who, email=f"n{rng.randrange(9)}@y.com"),
                        EditParty(party=house.party(), name=f"Outra {rng.randrange(5)}", phone="12"),
                        EditParty(party=house.party(), trade_name=f"Aurora {rng.randrange(5)}"),
                        EditCard(card=house.card(), subject=f"carta {rng.randrange(5)}"),
                        NewCard(subject="À mão"),
                    )
                )
            )
    return found


def _said(outcomes: list[Outcome]) -> list[Any]:
    return [(type(o), o.reason, o.by) if not isinstance(o, Done) else o for o in outcomes]  # type: ignore[union-attr]


def _everything(house: House) -> dict[str, Any]:
    found: dict[str, Any] = {
        table: house.rows(f"SELECT * FROM {table} ORDER BY rowid") for table in EVERYTHING
    }
    return found | house.dump()


def _twin(house: House, tmp_path: Path) -> House:
    """The same base once more, sealed with the same key."""
    house.close()
    seal.sealing(house.path)
    beside = tmp_path / "beside.db"
    shutil.copy(house.path, beside)
    shutil.copy(seal.path_of(house.path), seal.path_of(beside))
    return House(beside, house.clock)


@pytest.mark.parametrize("seed", range(3))
def test_many_at_once_write_what_they_write_one_by_one(
    house: House, tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same answers, rows, events, digests, images and words; one undo puts everything back."""
    monkeypatch.setattr(secrets, "token_hex", lambda _n: "0" * 16)
    commands = _rows(random.Random(seed), house, 90)
    alone = _twin(house, tmp_path)
    before = house.dump()
    many = house.open().run_many(commands)
    hand = alone.open()
    said = [hand.run(command) for command in commands]
    assert _said(list(many.outcomes)) == _said(said)
    assert 20 < many.done < len(commands)
    assert _everything(house) == _everything(alone)
    alone.close()
    with house.open().store.writing() as connection:
        assert trail_check.chain(connection, seal.keys(house.path)).broken == ()
    do(house.open(), UndoBatch(batch=many.batch))
    assert house.dump() == before


def _people(rng: random.Random, count: int) -> list[Command]:
    """Rows of one file of people: new, twice, by another number of somebody, of companies old and new, wrong."""
    return [
        TakeIn(
            name=rng.choice(
                (f"Fulano {rng.randrange(count)}", f"José {rng.randrange(9)}", "", "Padaria Boreal")
            ),
            company=rng.choice(("", "Aurora", "aurora", "Boreal", f"Empresa {rng.randrange(count)}")),
            document=rng.choice(("", "", "52998224725", "11222333000181", "AUR0RA00000129", "529")),
            company_document=rng.choice(("", "", "AUR0RA00000129")),
            city=rng.choice(("", "Recife", "Olinda")),
            state=rng.choice(("", "pe")),
            role=rng.choice(("", "Gerente")),
            emails=rng.choice(
                ((), (f"f{rng.randrange(count)}@x.com",), ("torto@",), (f"J{rng.randrange(9)}@X.com",))
            ),
            phones=rng.choice(
                (
                    (),
                    (("phone", f"(11) 98888-{rng.randrange(count):04d}"),),
                    (
                        ("phone", f"11 8888-{rng.randrange(9):04d}"),
                        ("phone", "(11) 3333-4444"),
                        ("phone", "12"),
                    ),
                )
            ),
            notes=rng.choice(("", "Gosta de café")),
            follow_up=rng.choice((None, None, date(2026, 12, 1))),
            source="c.csv",
        )
        for _ in range(count)
    ]


def _both_ways(house: House, tmp_path: Path, commands: list[Command]) -> tuple[House, Many]:
    """The house with the commands done in sets, held against one with the same done one by one."""
    alone = _twin(house, tmp_path)
    many = house.open().run_many(commands)
    hand = alone.open()
    assert _said(list(many.outcomes)) == _said([hand.run(command) for command in commands])
    assert _everything(house) == _everything(alone)
    alone.close()
    with house.open().store.writing() as connection:
        assert trail_check.chain(connection, seal.keys(house.path)).broken == ()
    return house, many


@pytest.mark.parametrize("seed", range(6))
def test_people_of_a_file_in_sets_are_those_one_by_one(
    house: House, tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the rules of duplicates say, and with little read ahead at a time: same answers, rows, trail, undo."""
    monkeypatch.setattr(secrets, "token_hex", lambda _n: "0" * 16)
    rng = random.Random(seed)
    monkeypatch.setattr(door, "AHEAD_COMMANDS", rng.choice((1, 7, 250)))
    with house.open().store.writing() as connection:
        connection.execute("UPDATE duplicate_rule SET active = (id = 2)")
        signs = [rng.randrange(2) for _ in range(3)]
        action = rng.choice(("block", "attach", "warn"))
        connection.execute(
            "UPDATE duplicate_rule SET action = ?, by_email = ?, by_phone = ?, by_name = ? WHERE id = 2",
            (action, *signs),
        )
        if seed % 3 == 0:  # what the database alone refuses, and only when rows are written
            connection.execute("CREATE UNIQUE INDEX ux_once ON party (name) WHERE name LIKE 'José%'")
    before = house.dump()
    house, many = _both_ways(house, tmp_path, _people(rng, 150))
    assert many.done > 60
    do(house.open(), UndoBatch(batch=many.batch))
    assert house.dump() == before


def test_a_row_that_nobody_knows_asks_nothing(house: House) -> None:
    """The questions of a chunk do not grow with its rows."""
    crm, asked = house.open(), []
    commands = [
        TakeIn(name=f"Novata {i}", company=f"Nova {i % 20}", emails=(f"n{i}@nova.com",), source="c.csv")
        for i in range(100)
    ]
    with crm.store.writing() as connection:
        connection.set_trace_callback(
            lambda sql: asked.append(sql) if sql.lstrip()[:6].upper() in ("SELECT", "WITH R") else None
        )
    many = crm.run_many(commands)
    connection.set_trace_callback(None)
    assert many.done == 100
    assert len(asked) < 60, asked


def test_what_gathers_never_reads_what_is_not_written_yet(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite itself refuses a look into the trail or the words, but for the end of the trail and the writing."""
    crm = house.open()
    commands: list[Command] = [
        c for c in _rows(random.Random(9), house, 150) if isinstance(c, (TakeIn, TakeInCard))
    ]
    commands += [SAMPLES[kind](house, "ana") for kind in (TakeIn, TakeInCard)]
    writing: list[bool] = []

    def allowed(method: Any) -> Any:
        def call(*args: Any, **kwargs: Any) -> Any:
            writing.append(True)
            try:
                return method(*args, **kwargs)
            finally:
                writing.pop()

        return call

    monkeypatch.setattr(Later, "write", allowed(Later.write))
    monkeypatch.setattr(trail, "write", allowed(trail.write))
    monkeypatch.setattr(trail, "head", allowed(trail.head))

    def judge(action: int, table: str | None, *_rest: str | None) -> int:
        hidden = table in ("event", "change", "outbox") or (table or "").split("_fts")[0] != (table or "")
        if action == sqlite3.SQLITE_READ and hidden and not writing:
            return sqlite3.SQLITE_DENY
        return sqlite3.SQLITE_OK

    with crm.store.writing() as connection:
        pass
    connection.set_authorizer(judge)
    many = crm.run_many(commands)
    connection.set_authorizer(None)
    assert many.done > 40


@pytest.mark.parametrize("at_once", [True, False])
def test_a_refused_one_takes_back_only_its_own_words(house: House, at_once: bool) -> None:
    """What it wrote early goes with its savepoint; what others had gathered before it is written all the same."""
    connection = house.open().store.connection(Use.SAVE)
    connection.execute("BEGIN IMMEDIATE")
    later = Later(connection)
    rows = Rows(connection, later)
    kept = rows.insert(Party, code="PE-90001", kind="person", name="Zuleica", created_at=house.clock())
    mark = later.mark(at_once=at_once)
    rows.insert(Party, code="PE-90002", kind="person", name="Zoraide", created_at=house.clock())
    rows.update(Party, kept, name="Zulmira")
    later.back(mark)
    later.release()
    later.write()
    found = connection.execute("SELECT rowid FROM party_fts WHERE words MATCH 'zuleica'").fetchall()
    others = connection.execute(
        "SELECT rowid FROM party_fts WHERE words MATCH 'zulmira OR zoraide'"
    ).fetchall()
    connection.execute("ROLLBACK")
    assert (found, others) == ([(kept,)], [])


def test_nobody_gathers_who_is_walled_off(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever does not attend some board has what was done held against the trail, which must be written for it."""
    house.open().store.close()
    with house.open().store.writing() as connection:
        connection.execute("UPDATE board SET restricted = 1")
    edu, gathered = house.open("edu"), []
    monkeypatch.setattr(Later, "trail", lambda *_args: gathered.append(1))
    many = edu.run_many([TakeInCard(subject="Por fora"), TakeInCard(subject="De novo")])
    assert not gathered
    assert all(not isinstance(outcome, Done) for outcome in many.outcomes)
    assert [getattr(outcome, "by", None) for outcome in many.outcomes] != [RefusedBy.STORE] * 2


def test_more_of_the_file_is_kept_in_memory_only_while_many_are_done(house: House) -> None:
    """The pages of a chunk do not fit into what a save keeps; after it a program is as small as before."""
    crm, kept = house.open(), []

    def pages(_done: int, _whole: int) -> None:
        kept.append(connection.execute("PRAGMA cache_size").fetchone()[0])

    with crm.store.writing() as connection:
        before = connection.execute("PRAGMA cache_size").fetchone()[0]
    crm.run_many([TakeIn(name="Ana Nova", emails=("ana@nova.com",))], progress=pages)
    assert kept == [-8192]
    assert connection.execute("PRAGMA cache_size").fetchone()[0] == before == -1024
