"""A sales process from nothing by a script of `do`, and a deal through it; what a refusal tells a script. (M37)"""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

import pytest

from crm_tui import i18n
from crm_tui.bootstrap import open_crm
from tests.cli.conftest import Run
from tests.conftest import Clock
from tests.sales_process import EXPECTED, process

SCRIPT = Path(__file__).with_name("process.sh")
END = "\x1e"


def asked_by_script(folder: Path) -> list[list[str]]:
    """Every call of the program that the script makes, as a real shell makes it."""
    recorder, calls = folder / "recorder", folder / "calls"
    recorder.write_text(f"""#!/bin/sh
printf '%s\\0' "$@" >> {shlex.quote(str(calls))}
printf '{END}\\0' >> {shlex.quote(str(calls))}
""")
    recorder.chmod(0o700)
    told = {**os.environ, "CRM": str(recorder), "WHO": "Ana Souza"}
    subprocess.run(["/bin/sh", str(SCRIPT)], env=told, check=True)
    return [call.split("\0")[:-1] for call in calls.read_text().split(f"{END}\0")[:-1]]


@pytest.fixture
def sold(run: Run, tmp_path: Path) -> Run:
    """The program on a file of `Ana Souza` in which the script has set up the process."""
    db = tmp_path / "crm.db"
    assert run("init", "--name", "Ana Souza", "--lang", "pt-BR", db=db).status == 0

    def running(*words: str) -> object:
        return run(*words, "--lang", "pt-BR", db=db)

    calls = asked_by_script(tmp_path)
    assert len(calls) >= 20
    for call in calls:
        assert running(*call).status == 0, call  # type: ignore[attr-defined]
    return running  # type: ignore[return-value]


def test_a_script_sets_up_a_sales_process_by_names(sold: Run, tmp_path: Path, clock: Clock) -> None:
    i18n.set_language("pt-BR")
    crm = open_crm(tmp_path / "crm.db", None, clock)
    assert process(crm) == EXPECTED


def test_a_deal_is_refused_cured_moved_won_and_reopened(sold: Run) -> None:
    def done(*words: str) -> None:
        answer = sold("do", *words)
        assert answer.status == 0, answer.err

    to_talks = ("move_card", "--card", "CO-0001", "--stage", "Negociação")
    done("new_card", "--board", "Comercial", "--subject", "Rede da padaria", "--party-name", "Padaria Aurora")
    done("move_card", "--card", "CO-0001", "--stage", "Proposta")
    refused = sold("do", *to_talks)
    assert (refused.status, refused.out) == (4, "")
    assert refused.err.splitlines()[1:] == [
        "  Valor negociado: crm-tui do edit_card --card CO-0001 --value-one-off …",
        "  CPF ou CNPJ válido: crm-tui do edit_party --party PE-00001 --document …",
        "  Formulário Levantamento: crm-tui do answer_form --card CO-0001 --form form:1"
        """ --answers '{"tem_rede": "…", "quantos_pontos": "…"}'""",
        "  Compromisso marcado: crm-tui do plan_step --card CO-0001 --when … --action …",
    ]
    typed = {
        "value_one_off": ["4800"],
        "document": ["11.222.333/0001-81"],
        "answers": ['{"tem_rede": "sim", "quantos_pontos": "4"}'],
        "when": ["amanhã 14h"],
        "action": ["visita"],
    }
    told = sold("do", *to_talks, "--json")
    assert told.status == 4
    assert [(each["kind"], each["stage"], each["command"]) for each in told.json["missing"]] == [
        ("deal_value", "Proposta", "edit_card"),
        ("valid_document", "Proposta", "edit_party"),
        ("form", "Proposta", "answer_form"),
        ("appointment", "Negociação", "plan_step"),
    ]
    for each in told.json["missing"]:
        about = [word for name, ref in each["about"].items() for word in (f"--{name}", ref)]
        fields = [word for name in each["fields"] for word in (f"--{name}", *typed[name])]
        done(each["command"], *about, *fields)
    done(*to_talks)
    done("win_card", "--card", "CO-0001", "--next-when", "+5d", "--next-subject", "Instalar")
    done("reopen_card", "--card", "CO-0001", "--mode", "adjustment", "--reason", "Corrigir o valor")
    shown = sold("show", "CO-0001", "--json").json
    assert (shown["status"], shown["stage"], shown["value_one_off"]) == ("open", "Negociação", 480_000)


def test_many_that_gates_refuse_are_told_what_each_misses(sold: Run) -> None:
    for name in ("Aurora", "Sol"):
        card = ("--subject", "Rede", "--party-name", name, "--stage", "Proposta")
        assert sold("do", "new_card", "--board", "Comercial", *card).status == 0
    words = ("do", "move_card", "--stage", "Negociação", "--where", "quadro:Comercial", "--yes", "--json")
    errors = sold(*words).json["errors"]
    assert [(each["ref"], len(each["missing"])) for each in errors] == [("CO-0001", 4), ("CO-0002", 4)]
    assert errors[1]["missing"][0]["about"] == {"card": "CO-0002"}


def test_a_stage_of_several_boards_is_named_with_its_board(sold: Run) -> None:
    refused = sold("do", "add_gate", "--stage", "Proposta", "--kind", "deal_value")
    assert refused.status == 2
    assert "Vendas: Proposta (stage:" in refused.err


def test_the_help_says_with_which_choice_a_field_matters(run: Run) -> None:
    shown = run("do", "add_gate", "--help").out
    assert "only if kind is form" in shown
    assert "only if only-if is given" in run("do", "add_question", "--help").out
