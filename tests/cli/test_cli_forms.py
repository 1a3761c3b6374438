"""A form drawn up, answered and shown from the shell. (B64-B66, E41)"""

from __future__ import annotations

import json

import pytest

from crm_tui.cli.failures import Status
from tests.cli.conftest import Run

GIVEN = {"decidiu": True, "quando": "24/11/2026", "lojas": ["Sul", "Centro"]}


def _drawn_up(demo: Run) -> None:
    admin = ("--as", "admin")
    question = ("do", "add_question", *admin, "--form", "Visita", "--label")
    assert demo("do", "add_form", *admin, "--name", "Visita").status == 0
    assert demo(*question, "Decidiu?", "--type", "bool", "--required", "yes").status == 0
    only = ("--only-if", "Decidiu?", "--only-is", "sim")
    assert demo(*question, "Quando?", "--type", "date", "--required", "yes", *only).status == 0
    assert demo(*question, "Lojas", "--type", "multi", "--options", "Centro, Norte, Sul").status == 0


def _answer(demo: Run, text: str) -> tuple[int, str]:
    told = demo("do", "answer_form", "--card", "OP-0142", "--form", "Visita", "--answers", text)
    return told.status, told.err


def test_a_form_is_drawn_up_answered_and_shown(demo: Run) -> None:
    _drawn_up(demo)
    assert _answer(demo, json.dumps(GIVEN)) == (0, "")
    card = demo("show", "OP-0142", "--json").json
    (form,) = [each for each in card["forms"] if each["name"] == "Visita"]
    shown = demo("show", form["answers"][0], "--json").json
    assert {each["key"]: each["raw"] for each in shown["answers"]} == {
        "decidiu": True,
        "quando": "2026-11-24",
        "lojas": ["Centro", "Sul"],
    }
    told = demo("show", form["answers"][0]).out
    assert "Quando?  24/11/2026" in told
    assert "Decidiu?  yes" in told
    assert demo("show", form["ref"], "--json").json["questions"][1]["only_if"] == "decidiu"
    question = demo("show", form["ref"], "--json").json["questions"][0]["ref"]
    assert demo("show", question, "--json").json["form"] == "Visita"
    assert "Form Visita answered" in demo("history", "OP-0142").out


@pytest.mark.parametrize(
    ("text", "status", "says"),
    [
        ('{"decidiu": "sim"}', Status.REFUSED, "Quando?"),
        ('{"decidiu": "talvez"}', Status.USAGE, "neither yes nor no"),
        ('{"nada": "x"}', Status.USAGE, "decidiu, quando, lojas"),
        ("{", Status.USAGE, "no JSON object"),
        ('["decidiu"]', Status.USAGE, "no JSON object"),
        ('{"decidiu": {"x": 1}}', Status.USAGE, "no JSON object"),
        ("[" * 3000, Status.USAGE, "no JSON object"),
    ],
)
def test_what_cannot_be_answered_so_is_said_in_a_sentence(
    demo: Run, text: str, status: Status, says: str
) -> None:
    _drawn_up(demo)
    ended, told = _answer(demo, text)
    assert ended == status
    assert says in told
    assert len(told) < 300


def test_questions_are_named_within_their_form(demo: Run) -> None:
    """Two forms may ask the same; the one that is meant decides."""
    _drawn_up(demo)
    assert demo("do", "add_form", "--as", "admin", "--name", "Outra").status == 0
    asked = ("do", "add_question", "--as", "admin", "--form", "Outra", "--label")
    assert demo(*asked, "Decidiu?", "--type", "bool").status == 0
    assert demo(*asked, "Por quê?", "--only-if", "Decidiu?", "--only-is", "não").status == 0


def test_a_new_card_answers_its_boards_script_and_show_says_how_far(demo: Run) -> None:
    admin = ("--as", "admin")
    assert (
        demo("do", "add_form", *admin, "--name", "Ciclo", "--kind", "cycle", "--board", "Vendas").status == 0
    )
    question = ("do", "add_question", *admin, "--form", "Ciclo", "--label")
    assert demo(*question, "Tem sistema?", "--type", "bool", "--required", "yes").status == 0
    assert demo(*question, "Qual?").status == 0
    opening = ("do", "new_card", "--party-name", "Casa Nova", "--board", "Vendas")
    refused = demo(*opening)
    assert refused.status == Status.REFUSED
    form = demo("show", "form:3", "--json").json
    assert form["name"] == "Ciclo"
    assert refused.err.splitlines() == [
        "Ciclo still asks for Tem sistema?: answer it.",
        """  --answers '{"form-3-tem_sistema": "…"}'""",
    ]
    made = demo(*opening, "--answers", '{"tem_sistema": "sim"}', "--json").json
    card = demo("show", made["ref"], "--json").json
    (script,) = [each for each in card["forms"] if each["name"] == "Ciclo"]
    assert (script["kind"], script["given"], script["asked"]) == ("cycle", 1, 2)
    answered = [each for each in demo("history", made["ref"], "--json").json if each["answers"]]
    assert [each["answers"] for each in answered] == [{"tem_sistema": True}]
