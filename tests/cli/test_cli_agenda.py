"""`crm-tui agenda`: whose appointments on which days, as JSON for programs and as a table for people."""

from __future__ import annotations

from tests.cli.conftest import Run

KEYS = {"ref", "from", "to", "all_day", "title", "party", "users", "place", "state"}


def test_the_week_from_today_on_is_told_with_place_and_state(demo: Run) -> None:
    found = demo("agenda", "--json").json
    assert {frozenset(each) for each in found} == {frozenset(KEYS)}
    by_title = {each["title"]: each for each in found}
    shop = by_title["Mostrar o PDV"]
    assert shop["from"] == "2026-11-19T15:00:00-03:00"
    assert shop["to"] == "2026-11-19T16:00:00-03:00"
    assert (shop["party"], shop["users"]) == ("Ótica Visão Clara", ["ana"])
    assert shop["place"] == "Rua XV de Novembro, 88, Blumenau"
    assert shop["state"] == "planned"
    assert [each["from"] for each in found] == sorted(each["from"] for each in found)


def test_days_behind_and_colleagues_are_asked_for_in_words(demo: Run) -> None:
    found = demo("agenda", "--from", "ontem", "--to", "ontem", "--json").json
    assert {each["state"] for each in found} == {"done"}
    both = demo("agenda", "--from", "hoje", "--to", "hoje", "--users", "ana,carla", "--json").json
    assert ["ana", "carla"] in [each["users"] for each in both]
    days = demo("agenda", "--from", "sexta", "--to", "24/11", "--users", "davi", "--json").json
    server = next(each for each in days if each["all_day"])
    assert (server["from"], server["to"]) == ("2026-11-20", "2026-11-21")


def test_deleted_ones_come_on_request_alone(demo: Run) -> None:
    ref = demo("agenda", "--json").json[0]["ref"]
    assert demo("do", "cancel_appointment", "--activity", ref).status == 0
    assert ref not in [each["ref"] for each in demo("agenda", "--json").json]
    found = {each["ref"]: each for each in demo("agenda", "--deleted", "--json").json}
    assert found[ref]["state"] == "canceled"
    assert found[ref]["deleted"] is False


def test_a_person_reads_a_table_and_a_program_the_names(demo: Run) -> None:
    told = demo("--lang", "pt-BR", "agenda").out
    assert "qui 19/11 15:00-16:00" in told
    assert "Ótica Visão Clara" in told
    assert all(line.startswith("activity:") for line in demo("agenda", "-q").out.split())
    assert "Nenhum compromisso" in demo("--lang", "pt-BR", "agenda", "--from", "1/1/2030").out


def test_what_cannot_be_meant_is_said(demo: Run) -> None:
    assert demo("agenda", "--from", "xyz").status == 2
    assert demo("agenda", "--users", "nobody").status == 3
    backwards = demo("agenda", "--from", "sexta", "--to", "hoje")
    assert backwards.status == 2
    assert "turn them round" in backwards.err
    assert demo("agenda", "--from", "hoje", "--to", "1/1/2030").status == 2


def test_help_names_what_belongs_to_a_verb_and_says_values_in_ones_language(demo: Run) -> None:
    told = demo("--lang", "pt-BR", "agenda", "--help").out
    assert "agenda import" in told
    assert "agenda export" in told
    assert "--from QUANDO" in told
    assert "--from WHEN" in demo("--lang", "en", "agenda", "--help").out
    users = [
        line.split("  ")[-1]
        for verb in ("agenda", "free-days")
        for line in demo("--lang", "pt-BR", verb, "--help").out.splitlines()
        if "--users" in line
    ]
    assert len(users) == 2
    assert len(set(users)) == 1
    holidays = demo("--lang", "pt-BR", "calendar", "holidays", "--help").out
    assert "[holidays] [ARQUIVO]" in holidays
    assert "UF;cidade;dia;nome" in holidays
