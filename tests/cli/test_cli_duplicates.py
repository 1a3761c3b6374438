"""Who may stand in the base twice, by the command line; and what a warning says to do there. (M70, X8)"""

from __future__ import annotations

from pathlib import Path

from crm_tui.cli.failures import Status
from tests.cli.conftest import Run


def test_a_warning_names_the_way_on_and_the_pair_is_listed_then(demo: Run) -> None:
    assert "Nobody seems to stand here twice." in demo("duplicates").out
    assert demo("do", "new_party", "--name", "Zuleica Prado", "--email", "zz@zz.com.br").status == 0
    again = ("do", "new_party", "--name", "Zuleica P. Prado", "--email", "zz@zz.com.br")
    warned = demo(*again)
    assert warned.status == Status.REFUSED
    words = warned.err.split("--despite ")[1].split(".")[0]
    assert demo(*again, "--despite", words).status == 0
    (pair,) = demo("duplicates", "--json").json
    assert (pair["party"], pair["name"], pair["by"]) == (words, "Zuleica Prado", ["email"])
    assert demo("do", "tell_apart", "--party", pair["party"], "--other", pair["other"]).status == 0
    assert demo("duplicates", "--json").json == []


def test_an_import_says_beforehand_whom_a_rule_holds_up(demo: Run, tmp_path: Path) -> None:
    assert demo("do", "new_party", "--name", "Zuleica Prado", "--email", "zz@zz.com.br").status == 0
    rule = ("--name", "Nome igual", "--by-name", "yes", "--action", "block")
    assert demo("--as", "admin", "do", "add_duplicate_rule", *rule).status == 0
    file = tmp_path / "people.csv"
    file.write_text(
        "Nome,E-mail\nZuleica Prado,other@zz.com.br\nOutra Pessoa,o@zz.com.br\n", encoding="utf-8"
    )
    seen = demo("import", str(file), "--dry-run", "--json").json
    assert (seen["new"], seen["error"], seen["errors"][0]["line"]) == (1, 1, 2)
    assert "Zuleica Prado" in seen["errors"][0]["reason"]
    done = demo("import", str(file), "--yes", "--json").json
    assert (done["new"], done["errors"]) == (1, seen["errors"])
