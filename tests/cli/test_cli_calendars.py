"""Working calendars from the shell: the list, one record, and a file of holidays of cities. (X20)"""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_tui.cli.failures import Status
from tests.cli.conftest import Run

FILE = """UF;cidade;dia;nome
SP;Campinas;08/12;Padroeira
sp;Campinas;14/07;Aniversário
SP;Santos;2027-01-26;Aniversário de Santos

XX;Nada;01/02;Nunca
SP;Campinas;31/02;Nunca
SP;Campinas;8/12;Outra vez
SP;Campinas
;;01/01;Ninguém
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "feriados.csv"
    path.write_text(FILE, encoding="cp1252")
    return path


def test_a_file_is_seen_before_it_is_written_and_broken_lines_are_refused_by_number(
    demo: Run, file: Path
) -> None:
    seen = demo("calendar", "holidays", str(file), "--dry-run", "--json", "--as", "admin").json
    assert (seen["new"], seen["known"], seen["error"], seen["batch"]) == (3, 0, 5, None)
    assert [each["line"] for each in seen["errors"]] == [6, 7, 8, 9, 10]
    assert "XX" in seen["errors"][0]["reason"]
    assert "line 2" in seen["errors"][2]["reason"]
    assert seen["holidays"][2] == {
        "line": 4,
        "state": "SP",
        "city": "Santos",
        "day": "2027-01-26",
        "name": "Aniversário de Santos",
    }
    unasked = demo("calendar", "holidays", str(file), "--as", "admin")
    assert unasked.status == Status.USAGE
    assert "--yes" in unasked.err
    assert "line 2: Campinas (SP), 08/12: Padroeira" in unasked.err
    assert "  line 6: " in unasked.err


def test_a_file_is_taken_in_once_and_taken_back_as_one(demo: Run, file: Path) -> None:
    place = ("do", "add_calendar", "--name", "Campinas", "--state", "SP", "--city", "campinas", "-q")
    calendar = demo(*place, "--as", "admin").lines[0]
    written = demo("calendar", "holidays", str(file), "--yes", "--json", "--as", "admin").json
    assert (written["new"], written["error"]) == (3, 5)
    assert written["batch"]
    again = demo("calendar", "holidays", str(file), "--yes", "--json", "--as", "admin").json
    assert (again["new"], again["known"], again["batch"]) == (0, 3, None)
    file.write_text("SP;CAMPINAS;08/12;Imaculada Conceição\n", encoding="utf-8")
    renamed = demo("calendario", "feriados", str(file), "--yes", "--json", "--as", "admin").json
    assert (renamed["new"], renamed["updated"]) == (0, 1)
    shown = demo("show", calendar, "--json").json
    assert (shown["ref"], shown["city"], shown["holidays"]) == (calendar, "campinas", "1")
    assert demo("undo", "--as", "admin").status == 0
    assert demo("undo", written["batch"], "--as", "admin").status == 0
    assert demo("calendar", "holidays", str(file), "--dry-run", "--json", "--as", "admin").json["new"] == 1


@pytest.mark.parametrize("words", [("holidays",), ("nada", "x.csv"), ("holidays", "nowhere.csv")])
def test_what_is_no_file_is_refused_in_a_sentence(demo: Run, words: tuple[str, ...]) -> None:
    answer = demo("calendar", *words, "--as", "admin")
    assert answer.status == Status.USAGE
    assert answer.err.strip()


def test_who_may_not_set_up_takes_in_nothing(demo: Run, file: Path) -> None:
    assert demo("calendar", "holidays", str(file), "--yes").status == Status.DENIED


def test_the_calendars_are_listed(demo: Run) -> None:
    (first,) = demo("calendar", "--json").json
    assert first["default"]
    assert first["hours"]["monday"] == "08:00-12:00 13:00-18:00"
    assert "45 h" in demo("calendar").out
    assert demo("calendar", "-q").lines == [first["ref"]]


def test_leave_is_entered_and_shown_by_the_shell(demo: Run) -> None:
    leave = demo("do", "add_leave", "--name", "Férias", "--start_on", "15/12", "--end_on", "20/12", "-q")
    assert leave.status == 0, leave.err
    shown = demo("show", leave.lines[0], "--json").json
    assert (shown["name"], shown["user"]) == ("Férias", "Ana Souza")
    assert demo("do", "remove_leave", "--leave", leave.lines[0]).status == 0


def test_a_day_that_differs_is_entered_by_the_shell_and_moves_the_words_of_dates(demo: Run) -> None:
    before = demo("when", "próximo dia útil", "--json").json["date"]
    words = ("--name", "Emenda", "--start_on", before, "--calendar", "Horário comercial")
    day = demo("do", "add_calendar_day", *words, "--as", "admin", "-q")
    assert day.status == 0, day.err
    assert demo("when", "próximo dia útil", "--json").json["date"] > before
    assert demo("show", day.lines[0], "--json").json["start_on"] == before
