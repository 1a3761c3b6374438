"""Late stages and the time in each stage from the shell. (E29, M35)"""

from __future__ import annotations

from crm_tui.cli.failures import Status
from tests.cli.conftest import Run


def test_what_is_late_is_listed_and_what_one_was_told_is_new_until_it_is_read(demo: Run) -> None:
    late = demo("notices", "--json").json
    assert [(each["late_days"], each["new"]) for each in late] == [(5, False), (3, False), (3, False)]
    assert demo("tick", "-q").status == 0
    told = demo("notices", "--read", "--json").json
    assert {each["number"] for each in told} == {each["number"] for each in late}
    assert all(each["new"] and each["told_at"] for each in told)
    assert not any(each["new"] for each in demo("avisos", "--json").json)
    assert demo("notices", "-q").lines == [each["number"] for each in late]
    assert "5 days ago" in demo("notices").out


def test_what_others_do_to_ones_appointments_is_listed_first_until_it_is_read(demo: Run) -> None:
    book = ("--subject", "Comitê", "--when", "27/11 16:00", "--who", "carla,ana", "--as", "carla")
    assert demo("do", "book_appointment", *book).status == 0
    first = demo("notices", "--json").json[0]
    assert (first["kind"], first["what"], first["by"], first["title"]) == (
        *("appointment", "invited", "carla"),
        "Comitê",
    )
    assert first["at"] == "2026-11-27T16:00:00-03:00"
    told = demo("--lang", "pt-BR", "avisos").out
    assert "carla convidou você" in told
    assert "16:00" in told
    assert demo("notices", "--read", "-q").lines[0] == first["ref"]
    assert all(each["kind"] == "stage" for each in demo("notices", "--json").json)


def test_who_has_nothing_late_is_told_so(demo: Run) -> None:
    assert "No stage is late" in demo("notices", "--as", "admin").out


def test_where_the_cards_of_a_board_wait(demo: Run) -> None:
    told = demo("stage-times", "vendas", "--json").json
    assert told["board"] == "Vendas"
    assert {each["stage"] for each in told["stages"]} >= {"Proposta", "Visita"}
    assert all(each["ended"] == 0 or each["median_days"] <= each["p80_days"] for each in told["stages"])
    assert "Proposta" in demo("tempos", "vendas").out
    assert demo("stage-times", "nenhum").status != 0


def test_a_card_shows_its_stays(demo: Run) -> None:
    here, *before = demo("show", "OP-0142", "--json").json["stays"]
    assert (here["stage"], here["left_at"], here["late_days"]) == ("Proposta", None, 3)
    assert before
    assert all(stay["left_at"] and stay["calendar_days"] >= 0 for stay in before)


def test_a_stage_whose_name_two_boards_have_is_told_apart_and_can_be_typed(demo: Run) -> None:
    add = ["do", "add_gate", "--as", "admin", "--kind", "deal_value", "--stage"]
    unclear = demo(*add, "Novo")
    assert unclear.status == Status.USAGE
    assert "Leads: Novo (stage:" in unclear.err
    ref = unclear.err.partition("Vendas: Novo (")[2].partition(")")[0]
    assert demo(*add, ref).status == 0
    assert demo("do", "move_card", "--card", "OP-0142", "--stage", "Visita").status == 0, "one is enough"
