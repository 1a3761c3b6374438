"""The workflow of a board and the answers of a stage, from the shell by their words. (B49-B52)"""

from __future__ import annotations

from crm_tui.cli.failures import Status
from tests.cli.conftest import Run

CARD = "OP-0142"
"""A card in Proposta."""


def asked(demo: Run) -> None:
    admin = ("do", "--as", "admin")
    for stage, question in (("Proposta", "Aceitou?"), ("Negociação", "Vendido ou não?")):
        ref = next(s["ref"] for s in demo("stages", "Vendas", "--json").json["stages"] if s["stage"] == stage)
        assert demo(*admin, "edit_stage", "--stage", ref, "--question", question).status == 0
    for stage, label, to in (
        ("Proposta", "Sim", "Negociação"),
        ("Proposta", "Não", "Visita"),
        ("Negociação", "Sim", "Ganha"),
        ("Negociação", "Não", "Perdida"),
    ):
        words = ("--stage", f"Vendas: {stage}", "--label", label, "--to", f"Vendas: {to}")
        assert demo(*admin, "add_transition", *words).status == 0


def filed(demo: Run, *words: str) -> int:
    command = ("do", "file_note", "--card", CARD, "--body", "falei", "--result", "Positivo")
    return demo(*command, *words).status


def test_the_whole_workflow_of_a_board_is_told(demo: Run) -> None:
    asked(demo)
    document = demo("stages", "Vendas", "--json").json
    told = {each["stage"]: each for each in document["stages"]}
    assert told["Proposta"]["question"] == "Aceitou?"
    assert [(a["answer"], a["to"]) for a in told["Negociação"]["answers"]] == [
        ("Sim", "Ganha"),
        ("Não", "Perdida"),
    ]
    told_in_words = demo("etapas", "vendas").out
    assert "Vendido ou não?" in told_in_words
    assert "Sim → Ganha, a sale" in told_in_words
    assert "Não → Perdida, a loss" in told_in_words


def test_a_card_shows_its_open_question_and_answers(demo: Run) -> None:
    assert demo("show", CARD, "--json").json["answers"] == []
    asked(demo)
    shown = demo("show", CARD, "--json").json
    assert shown["question"] == "Aceitou?"
    assert [a["answer"] for a in shown["answers"]] == ["Sim", "Não"]
    assert "Aceitou?" in demo("show", CARD).out


def test_answers_are_given_by_their_words_one_after_the_other(demo: Run) -> None:
    asked(demo)
    assert filed(demo, "--answer", "Talvez") == Status.MISSING
    assert filed(demo, "--answer", "Sim,Não") == Status.USAGE, "say why it was lost"
    assert filed(demo, "--answer", "sim, nao", "--loss-reason", "Preço") == Status.DONE
    shown = demo("show", CARD, "--json").json
    assert (shown["stage"], shown["status"], shown["answers"]) == ("Perdida", "lost", [])
