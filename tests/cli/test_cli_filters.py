"""Filters on the command line: lists, saved views, one command for many cards, and how an error is told."""

from __future__ import annotations

import pytest

from crm_tui.cli.failures import Status
from tests.cli.conftest import Run


def test_followups_are_those_that_the_filter_means(demo: Run) -> None:
    rows = demo("followups", "--filter", "dono:eu vence:..hoje", "--json").json
    assert rows
    assert {row["owner"] for row in rows} == {"ana"}
    assert {row["state"] for row in rows} <= {"overdue", "today"}
    assert demo("retornos", "--filter", "dono:eu vence:..hoje", "-q").lines == [row["number"] for row in rows]
    english = demo("followups", "--filter", "owner:me date:..today", "--json").json
    assert english == rows


def test_a_filter_that_says_whose_reaches_beyond_ones_own(demo: Run) -> None:
    rows = demo("followups", "--filter", "dono:beto valor:>5000 ordem:valor-", "--json").json
    assert {row["owner"] for row in rows} == {"beto"}
    cents = [row["value_cents"] for row in rows]
    assert cents == sorted(cents, reverse=True)
    assert len(cents) > 1
    assert {row["owner"] for row in demo("followups", "--filter", "valor:>5000", "--json").json} == {"ana"}


def test_today_keeps_its_states_whatever_the_order(demo: Run) -> None:
    rows = demo("today", "--filter", "ordem:valor", "--json").json
    plain = demo("today", "--json").json
    assert sorted(row["number"] for row in rows) == sorted(row["number"] for row in plain)
    assert [row["value_cents"] for row in rows] == sorted(row["value_cents"] for row in plain)


def test_closed_cards_come_when_the_filter_asks(demo: Run) -> None:
    lost = demo("followups", "--owner", "todos", "--filter", "perdido:sim", "--json").json
    assert lost
    assert {row["state"] for row in lost} == {"closed"}
    assert demo("followups", "--owner", "todos", "--filter", "situação:ganho", "--json").json


def test_a_board_shows_the_matching_cards_with_their_sums(demo: Run) -> None:
    told = demo("board", "vendas", "--filter", "valor:>5000", "--json").json
    assert set(told) == {"board", "stages"}
    plain = demo("board", "vendas", "--json").json
    assert [stage["name"] for stage in told["stages"]] == [stage["name"] for stage in plain["stages"]]
    for stage, whole in zip(told["stages"], plain["stages"], strict=True):
        assert stage["count"] == len(stage["cards"])
        numbers = [card["number"] for card in whole["cards"]]
        assert [n for n in numbers if n in [c["number"] for c in stage["cards"]]] == [
            card["number"] for card in stage["cards"]
        ]
        assert stage["value_cents"] > 500_000 * stage["count"] or not stage["count"]


def test_people_are_listed_and_filtered(demo: Run) -> None:
    everybody = demo("people", "-q").lines
    customers = demo("pessoas", "--filter", "fase:cliente", "--json").json
    assert 0 < len(customers) < len(everybody)
    named = demo("people", "--filter", "padaria", "--json").json
    assert named
    assert all("adaria" in f"{row['name']} {row['email']}" for row in named)


def test_an_error_is_the_line_a_mark_the_sentence_and_the_offers(demo: Run) -> None:
    answer = demo("board", "--filter", "dono:eu etapa:propsta")
    assert answer.status == Status.USAGE
    assert answer.out == ""
    assert answer.err.splitlines() == [
        "dono:eu etapa:propsta",
        "              ^^^^^^^",
        "There is no stage “propsta”.",
        "  or: dono:eu etapa:Proposta",
    ]
    told = demo("followups", "--filter", "dno:eu", "--json")
    assert told.status == Status.USAGE
    assert (
        told.json["error"]
        == {
            "code": "unknown_field",
            "from": 0,
            "to": 3,
            "message": "I do not know the field “dno”.",
            "offers": [{"words": "owner", "line": "owner:eu"}],
        }
        or told.json["error"]["code"] == "unknown_field"
    )


def test_a_view_is_saved_listed_shown_used_and_deleted(demo: Run) -> None:
    save = [
        "do",
        "save_filter",
        "--name",
        "Grandes minhas",
        "--line",
        "dono:eu valor:>5000",
        "--shortcut",
        "3",
    ]
    ref = demo(*save, "-q").lines[0]
    assert demo(*save).status == Status.REFUSED
    [listed] = demo("views", "--json").json
    assert (listed["ref"], listed["place"], listed["shortcut"]) == (ref, "today", 3)
    assert demo("show", ref, "--json").json["filter"] == "owner:me value:>5000"
    by_name = demo("followups", "--view", "grandes", "--json").json
    assert by_name == demo("followups", "--filter", "dono:eu valor:>5000", "--json").json
    assert demo("visões", "--lang", "pt-BR").lines[1].split()[:3] == ["3", "Grandes", "minhas"]
    assert demo("followups", "--view", "3", "--json").json == by_name
    both = demo("followups", "--view", "3", "--filter", "vence:..hoje", "--json").json
    assert both == [row for row in by_name if row["state"] in ("overdue", "today")]
    assert demo("board", "--view", "3").status == Status.MISSING
    assert demo("do", "edit_filter", "--saved", "Grandes minhas", "--name", "Maiores").status == 0
    assert demo("do", "delete_filter", "--saved", ref).status == 0
    assert demo("views", "--json").json == []
    assert demo("undo").status == 0
    assert [view["name"] for view in demo("views", "--json").json] == ["Maiores"]


# --- one command for many cards


def _numbers(demo: Run, line: str) -> list[str]:
    """The cards that the filter means, on every board."""
    boards = [demo("board", name, "--filter", line, "--json").json for name in ("leads", "vendas", "suporte")]
    return sorted(card["number"] for told in boards for stage in told["stages"] for card in stage["cards"])


def test_where_does_it_to_every_card_and_undo_takes_it_all_back(demo: Run) -> None:
    wanted = _numbers(demo, "dono:eu valor:>5000")
    archive = ["do", "archive_card", "--where", "dono:eu valor:>5000"]
    preview = demo(*archive, "--dry-run", "--json").json
    assert sorted(preview["cards"]) == wanted
    assert (preview["done"], preview["batch"]) == (0, None)
    assert str(len(wanted)) in demo(*archive, "--dry-run").lines[0]
    assert _numbers(demo, "dono:eu valor:>5000") == wanted
    done = demo(*archive, "--yes", "--json").json
    assert (done["count"], done["done"], done["errors"]) == (len(wanted), len(wanted), [])
    assert _numbers(demo, "dono:eu valor:>5000") == []
    assert _numbers(demo, "dono:eu valor:>5000 arquivado:sim") == wanted
    assert demo("undo").status == 0
    assert _numbers(demo, "dono:eu valor:>5000") == wanted


def test_without_yes_nothing_is_written_where_nobody_can_answer(demo: Run) -> None:
    before = _numbers(demo, "dono:eu")
    answer = demo("do", "archive_card", "--where", "dono:eu")
    assert answer.status == Status.USAGE
    assert "--yes" in answer.err
    assert before[0] in answer.err
    assert _numbers(demo, "dono:eu") == before


def test_a_stage_is_found_on_each_cards_own_board(demo: Run) -> None:
    move = ["do", "move_card", "--where", "dono:eu quadro:vendas etapa:qualificação", "--stage", "Proposta"]
    done = demo(*move, "--yes", "--json").json
    assert done["done"] == done["count"] > 0
    assert _numbers(demo, "dono:eu quadro:vendas etapa:qualificação") == []


def test_what_is_refused_is_told_by_card_and_the_rest_is_done(demo: Run) -> None:
    some = _numbers(demo, "dono:eu")[0]
    assert demo("do", "archive_card", "--card", some).status == 0
    answer = demo("do", "archive_card", "--where", "dono:eu arquivado:todos", "--yes", "--json")
    assert answer.status == Status.REFUSED
    assert [each["ref"] for each in answer.json["errors"]] == [some]
    assert answer.json["done"] == answer.json["count"] - 1


@pytest.mark.parametrize(
    "words",
    [
        ["do", "archive_card", "--where", ""],
        ["do", "archive_card", "--where", "ordem:valor"],
        ["do", "archive_card", "--where", "dno:eu"],
        ["do", "new_party", "--where", "dono:eu"],
        ["do", "archive_card", "--where", "dono:eu", "--card", "OP-0142"],
        ["do", "archive_card", "--dry-run", "--card", "OP-0142"],
        ["do", "archive_card", "--where"],
    ],
)
def test_where_that_says_no_cards_is_wrong_usage(demo: Run, words: list[str]) -> None:
    assert demo(*words).status == Status.USAGE


def test_a_filter_that_means_no_card_does_nothing(demo: Run) -> None:
    told = demo("do", "archive_card", "--where", "valor:>900000000", "--yes", "--json").json
    assert (told["count"], told["batch"]) == (0, None)


def test_where_reaches_no_further_than_the_viewer(demo: Run) -> None:
    mine = demo("do", "archive_card", "--where", "situação:todos", "--dry-run", "--json", "--as", "davi").json
    everybodys = demo(
        "do", "archive_card", "--where", "situação:todos", "--dry-run", "--json", "--as", "admin"
    ).json
    assert 0 < mine["count"] < everybodys["count"]


def test_a_view_that_keeps_an_order_stands_so_on_the_command_line(demo: Run) -> None:
    query = '{"version": 1, "where": [], "order": "-value"}'
    demo("do", "save_filter", "--name", "Pequenos", "--query", query, "-q")
    cents = [row["value_cents"] for row in demo("followups", "--view", "pequenos", "--json").json]
    assert len(cents) > 1
    assert cents == sorted(cents)
    told = [row["value_cents"] for row in demo("today", "--view", "pequenos", "--json").json]
    assert told == sorted(told)
