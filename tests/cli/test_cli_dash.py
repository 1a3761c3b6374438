"""One's own day and week in numbers from the shell: the same as Painel shows, as tables and as JSON. (M76)"""

from __future__ import annotations

from pathlib import Path

from crm_tui.cli.failures import Status
from tests.cli.conftest import Run


def test_the_numbers_of_the_day_and_the_week_as_a_document(demo: Run) -> None:
    told = demo("dash", "--json").json
    assert (told["users"], told["team"]) == (["ana"], False)
    assert told["overdue"]["count"] == sum(day["count"] for day in told["overdue"]["days"]) == 5
    assert told["today"] == {"done": 0, "left": 6}
    assert told["contacts"]["week"] == 22
    days = told["appointments"]["days"]
    kept = ("held", "missed", "not_registered", "to_come")
    assert sum(day[name] for day in days for name in kept) == told["appointments"]["week"] == 11
    assert len(days) == 7
    nearest = told["appointments"]["next"][0]
    assert (nearest["party"], nearest["number"]) == ("Clínica Sorriso", "OP-0151")
    assert nearest["from"] == "2026-11-19T11:30:00-03:00"
    assert told["open"]["value_cents"] == sum(board["value_cents"] for board in told["open"]["boards"])
    assert told["won"]["value_cents"] == 3_550_000
    assert [each["stage"] for each in told["stopped"]] == ["Negociação", "Proposta", "Qualificação"]
    assert {each["reason"] for each in told["lost"]["reasons"]} == {"Não respondeu", "Preço"}


def test_the_same_for_a_person_and_by_reference(demo: Run) -> None:
    shown = demo("painel").out
    for words in (
        "Overdue",
        "5 last two days 3",
        "Contacts by day",
        "Next appointments",
        "Clínica Sorriso",
        "R$",
    ):
        assert all(word in shown for word in words.split()), words
    refs = demo("dash", "-q").lines
    assert refs
    assert demo("show", refs[0], "--json").json["subject"] == "Reunião de escopo"


def test_the_team_for_whoever_reads_it(demo: Run) -> None:
    told = demo("dash", "--team", "--as", "carla", "--json").json
    assert told["team"]
    assert set(told["users"]) >= {"ana", "beto", "carla"}
    assert told["overdue"]["count"] >= demo("dash", "--as", "carla", "--json").json["overdue"]["count"]
    denied = demo("dash", "--team", "--as", "davi")
    assert denied.status == Status.DENIED
    assert "without --team" in denied.err


def test_who_is_a_team_of_one_reads_it(run: Run, tmp_path: Path) -> None:
    base = tmp_path / "own.db"
    assert run("init", "--name", "Ana", db=base).status == Status.DONE
    asked = run("dash", "--team", "--json", db=base)
    assert asked.status == Status.DONE, asked.err
    assert asked.json["team"] is False
