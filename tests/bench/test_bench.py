"""The benchmark measures what it says it does, on its floors and on a stand-in for the program."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bench import agenda_base, board, editor, free, intake, measures, peer, queries, run, views
from bench.floors import empty, rows
from bench.measures import Plan
from bench.program import QUIT, Program, floor, installed
from bench.report import BEGIN, END, Figure, markdown, put_between_markers
from tests.tools.term import Unmet

STAND_IN = (sys.executable, str(Path(__file__).with_name("stand_in.py")))


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    program = Program(STAND_IN, tmp_path / "cache")
    return Plan(
        program,
        30,
        0,
        20,
        0,
        starts=1,
        keys=2,
        idle_seconds=0.1,
        changes=2,
        runs=1,
        imports=1,
        moves=2,
        filters=2,
        letters=2,
    )


def test_the_empty_app_starts_and_ends_clean() -> None:
    with floor("empty") as term:
        assert term.wait(empty.READY) > 0
        end = term.quit(QUIT)
        assert (end.code, end.problems) == (0, ())


def test_the_bare_list_repaints_two_rows_a_key_and_is_silent_at_rest() -> None:
    with floor("rows") as term:
        term.wait(rows.READY)
        term.settle(0.3)
        here = term.colours("customer 00000")
        answer = term.press("down")
        assert answer.shown_ms is not None
        assert 0 < answer.bytes < 1000
        assert term.colours("customer 00001") == here != term.colours("customer 00000")
        assert term.idle(0.2) == 0
        assert term.quit(QUIT).restored


def test_starts(plan: Plan) -> None:
    to_empty, to_few = measures.starts(plan)
    assert to_empty.got is not None
    assert to_few.got is not None
    assert 0 < to_empty.got < to_few.got  # the stand-in needs no Textual
    assert "ms ÷" in to_empty.how


def test_keys_memory_and_silence(plan: Plan) -> None:
    got = {figure.name: figure.got for figure in measures.keys(plan)}
    assert got["bytes of a cursor key in Hoje"] == len("\x1b[2;1H ") + len("\x1b[3;1H>")
    assert got["bytes of the briefing that follows"] == len("\x1b[30;1Hbriefing")
    assert got["bytes written in 0.1 s idle"] == 0
    assert 1 < (got["peak memory"] or 0) < 100
    assert (got["cursor key in Quadro ÷ bare list"] or 0) > 0


def test_the_board_is_timed_from_its_key_to_its_sums(plan: Plan) -> None:
    usable, by_owner = board.opening(plan)
    assert usable.name == "board of 30 cards usable ÷ 100"
    assert usable.got is not None
    assert by_owner.got is not None
    assert 0 < by_owner.got < 1000


def test_a_moved_card_is_held_against_a_cursor_key_and_letters_are_timed_one_by_one(plan: Plan) -> None:
    moved, sent, letter, memory = board.moving(plan)
    assert moved.got is not None
    assert (sent.got or 0) > len("moved ")
    assert letter.how.endswith(f"of {2 * len(board.WORDS)} letters")
    assert letter.got is not None
    assert (memory.got or 0) > 1


def test_free_days_are_held_against_their_own_text_in_a_base_of_appointments(demo_db: Path) -> None:
    today = date(2026, 11, 19)
    users = agenda_base.fill(demo_db, today, 9, 900)
    with closing(sqlite3.connect(demo_db)) as connection:
        (made,) = connection.execute("SELECT count(*) FROM activity WHERE subject = 'Compromisso'").fetchone()
    assert (len(users), made) == (9, 900)
    many, one = free.pairs(demo_db, users, today)
    assert len(many.call()) == 9 * free.MONTH  # type: ignore[arg-type]
    with closing(sqlite3.connect(demo_db)) as connection:
        taken = connection.execute(one.sql, one.params).fetchall()
    assert taken
    assert {user for user, *_ in taken} == {users[0]}


def test_letters_of_the_parecer_are_timed_at_its_end_and_in_its_middle(plan: Plan) -> None:
    slowest, at_the_end, in_the_middle = editor.letters(plan)
    assert slowest.got is not None
    assert slowest.got > 0
    assert "of 4 letters" in slowest.how
    for figure in (at_the_end, in_the_middle):
        assert figure.got is not None
        assert 0 < figure.got < 100


def test_a_peer_that_cannot_be_had_says_so_in_its_row(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peer, "PACKAGE", "no-such-package-of-anybody")
    monkeypatch.setattr(peer.subprocess, "run", _refused)
    (figure,) = run.take("kanban_tui", plan)
    assert not figure.ok
    assert "could not be installed" in figure.how


def _refused(*_: object, **__: object) -> subprocess.CompletedProcess[str]:
    return subprocess.CompletedProcess([], 1, "", "no network")


def test_a_change_by_another_process_is_timed_from_its_commit(plan: Plan) -> None:
    (figure,) = measures.other_process(plan)
    assert figure.got is not None
    assert 0 < figure.got < 5000
    assert "of 2" in figure.how


def test_the_command_line(plan: Plan) -> None:
    (figure,) = measures.command_line(plan)
    assert figure.got is not None
    assert figure.got > 0


def test_queries_are_held_against_their_own_sql(plan: Plan) -> None:
    sql = "SELECT number FROM card"

    def source(database: Path) -> Iterator[queries.Pair]:
        connection = sqlite3.connect(database)
        yield queries.Pair("cards", lambda: [connection.execute(sql).fetchall() for _ in range(5)], sql)
        connection.close()

    (figure,) = measures.list_queries(plan, [source])
    assert figure.name == "query cards ÷ bare SQL"
    assert figure.got is not None
    assert figure.got > 1.5
    assert not figure.ok


def test_each_list_view_is_held_against_the_text_it_sends(demo_db: Path) -> None:
    held = [(pair.name, queries.ratio(pair, demo_db, rounds=1)) for pair in views.pairs(demo_db)]
    assert len(held) == 4
    assert all(ours > 0 and bare > 0 for _name, (_ratio, ours, bare) in held)


def test_a_demonstration_is_made_once_and_never_touched(plan: Plan) -> None:
    program = plan.program
    with program.demonstration(20, 0) as first:
        sqlite3.connect(first).executescript("DROP TABLE card").close()
    with program.demonstration(20, 0) as second, sqlite3.connect(second) as db:
        assert db.execute("SELECT count(*) FROM card").fetchone() == (20,)
    db.close()
    assert len(list(program.cache.glob("demo-20-*"))) == 1


def test_what_cannot_be_measured_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = Plan(Program((sys.executable, "-c", "import sys; sys.exit('no such verb')"), tmp_path))
    (figure,) = run.take("command_line", broken)
    assert figure.got is None
    assert not figure.ok
    assert "no such verb" in figure.how
    assert "no such verb" in capsys.readouterr().err


def test_a_key_that_does_nothing_is_no_measure(plan: Plan) -> None:
    with floor("empty") as still, floor("empty") as other:
        still.wait(empty.READY)
        other.wait(empty.READY)
        with pytest.raises(RuntimeError, match="down changed nothing"):
            measures._cursor(still, other, 1, 1)


def test_the_table() -> None:
    table = markdown(
        [
            Figure("start", 1.7, 1.4, 1.234, how="a | b\nc"),
            Figure("bytes", 2000, 800, 2001, "B"),
            Figure("keys", None, None, None, how="why not"),
        ],
        "Here.",
    )
    assert table.splitlines() == [
        "Here.",
        "",
        "| measure | must | aim | got | ok | made of |",
        "|---|---:|---:|---:|:---:|---|",
        "| start | 1.70 | 1.40 | **1.23** | yes | a / b c |",
        "| bytes | 2,000 B | 800 B | **2,001 B** | no |  |",
        "| keys | – | – | not measured | no | why not |",
    ]


def test_the_table_goes_between_the_markers(tmp_path: Path) -> None:
    document = tmp_path / "performance.md"
    document.write_text(f"above\n{BEGIN}\nold\n{END}\nbelow\n", "utf-8")
    put_between_markers(document, "new\n")
    put_between_markers(document, "newer\n")
    assert document.read_text("utf-8") == f"above\n{BEGIN}\nnewer\n{END}\nbelow\n"
    document.write_text("nothing", "utf-8")
    with pytest.raises(ValueError, match="bench:begin"):
        put_between_markers(document, "new\n")


def test_the_projects_document_has_the_markers(tmp_path: Path) -> None:
    copy = tmp_path / "performance.md"
    copy.write_text(run.DOCUMENT.read_text("utf-8"), "utf-8")
    put_between_markers(copy, "table\n")
    assert "table\n" + END in copy.read_text("utf-8")


def test_a_whole_run_prints_its_table(
    plan: Plan, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("compileall.compile_dir", lambda *_, **__: True)
    assert run.main(["--only", "command_line", "--check"], plan) in (0, 1)
    assert "today --json" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        run.main(["--only", "nonsense"], plan)


def test_a_wait_that_fails_shows_the_screen() -> None:
    with floor("empty") as term:
        term.wait(empty.READY)
        with pytest.raises(Unmet, match=empty.READY):
            term.wait("Hoje", timeout=0.05)


def test_an_import_is_measured_on_the_program_itself(plan: Plan) -> None:
    """Every figure is taken, and the floor writes the very rows that came of it."""
    program = Program(installed().command, plan.program.cache)
    small = replace(plan, program=program, few_cards=5, few_people=5, people=6, imported=12)
    figures = intake.people(small)
    assert [figure.unit for figure in figures] == ["ms", "", "", "MB", "ms"]
    assert all(figure.got is not None and figure.got > 0 for figure in figures)


def test_the_floor_of_an_import_writes_what_came_of_it(plan: Plan, tmp_path: Path) -> None:
    program = Program(installed().command, plan.program.cache)
    file, before = tmp_path / "people.csv", tmp_path / "before.db"
    intake.write(file, 12)
    with program.demonstration(5, 5) as database:
        before.write_bytes(database.read_bytes())
        intake.ran(program, database, "import", str(file), "--yes", "--json")
        intake.floor(before, database)
        counts = []
        for each in (before, database):
            with closing(sqlite3.connect(each)) as looking:
                counts.append(
                    [looking.execute(f"SELECT count(*) FROM {t}").fetchone() for t in intake.TABLES]
                )
    assert counts[0] == counts[1]
