"""The verb export: every kind in every form, as a script meets it."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest

from crm_tui.cli.failures import Status
from tests.cli.conftest import Answer, Run

KINDS = ("people", "cards", "activities", "events")


def _table(answer: Answer) -> list[list[str]]:
    assert answer.status == 0, answer.err
    return list(csv.reader(io.StringIO(answer.out.lstrip("\ufeff"))))


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_written_in_each_form_and_noted(demo: Run, tmp_path: Path, kind: str) -> None:
    count = 0
    for form in ("csv", "json", "xlsx"):
        path = tmp_path / f"{kind}.{form}"
        told = demo("export", kind, "--out", str(path), "--json").json
        assert (told["file"], told["format"], told["what"]) == (str(path), form, kind)
        assert told["rows"] >= 10
        if form == "json":
            assert len(json.loads(path.read_bytes())) == told["rows"]
        if form == "xlsx":
            assert zipfile.ZipFile(path).testzip() is None
        count = told["rows"]
    trail = json.loads(demo("export", "events", "--json").out)
    noted = [row for row in trail if row["kind"] == "data.exported"]
    assert len(noted) == 3
    assert str(count) in noted[0]["what"]


def test_people_go_out_with_the_fields_of_ones_own(demo: Run) -> None:
    admin = ("--as", "admin")
    assert demo("do", "add_form", *admin, "--name", "Perfil", "--on-person", "yes").status == 0
    assert demo("do", "add_question", *admin, "--form", "Perfil", "--label", "Porte [bold]").status == 0
    answers = ("--answers", '{"porte_bold": "=2+2"}')
    assert demo("do", "fill_person", "--party", "PE-00001", "--form", "Perfil", *answers).status == 0
    table = _table(demo("export", "people"))
    assert table[0][-1] == "Porte [bold]"
    assert next(row for row in table if row[0] == "PE-00001")[-1] == "'=2+2"
    chosen = _table(demo("export", "people", "--columns", "field.porte_bold,name"))
    assert chosen[0] == ["Porte [bold]", "Name"]
    assert ["'=2+2", "Padaria Aurora"] in chosen
    assert demo("export", "people", "--columns", "campo.altura").status == Status.USAGE


def test_without_a_file_it_goes_to_the_output(demo: Run) -> None:
    table = _table(demo("export", "people", "--columns", "code,name"))
    assert table[0] == ["REF", "Name"]
    assert ["PE-00001", "Padaria Aurora"] in table
    assert json.loads(demo("export", "cards", "--json").out)[0]["number"]
    assert demo("export", "people", "--format", "xlsx").status == Status.USAGE


def test_a_filter_a_view_and_the_portuguese_word_say_which(demo: Run) -> None:
    table = _table(
        demo("export", "pessoas", "--filter", "fase:cliente ordem:nome", "--columns", "name,lifecycle")
    )
    names = [row[0] for row in table[1:]]
    assert names
    assert {row[1] for row in table[1:]} == {"Customer"}
    assert names == sorted(names, key=str.casefold)
    everything = _table(demo("export", "cards", "--columns", "status"))
    open_ones = _table(demo("export", "cards", "--columns", "status", "--filter", "valor:>0"))
    assert {row[0] for row in open_ones[1:]} == {"open"}
    assert len(everything) > len(open_ones)


def test_what_is_there_is_not_written_over_unless_one_says_so(demo: Run, tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text("mine")
    assert demo("export", "people", "--out", str(path)).status == Status.USAGE
    assert path.read_text() == "mine"
    assert demo("export", "people", "--out", str(path), "--over").status == 0
    assert "Padaria Aurora" in path.read_text()


def test_who_may_not_is_refused_before_there_is_a_file(demo: Run, tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    refused = demo("export", "people", "--out", str(path), "--as", "davi")
    assert refused.status == Status.DENIED
    assert not path.exists()


@pytest.mark.parametrize(
    "words",
    [
        ("export", "stages"),
        ("export", "people", "--format", "pdf"),
        ("export", "people", "--columns", "nome"),
        ("export", "events", "--filter", "dono:eu"),
        ("export", "people", "--from", "2026-01-01"),
        ("export", "people", "--filter", "dno:eu"),
    ],
)
def test_what_cannot_be_exported_so_is_said(demo: Run, words: tuple[str, ...]) -> None:
    told = demo(*words)
    assert told.status == Status.USAGE
    assert told.err.strip()
    assert told.out == ""


def test_days_narrow_activities_and_events(demo: Run) -> None:
    def of(*words: str) -> int:
        return len(_table(demo("export", *words))) - 1

    assert of("activities", "--from", "2026-11-01") < of("activities")
    assert of("activities", "--by", "ana") < of("activities", "--as", "admin")
    assert of("events", "--to", "2026-01-01") < of("events")


@pytest.mark.parametrize("kind", ["activities", "events"])
def test_card_person_and_operator_narrow_activities_and_events(demo: Run, kind: str) -> None:
    rows = json.loads(demo("export", kind, "--json").out)
    named, who = "number", "party"
    one = next(row for row in rows if row[named] and row[who])
    by = "assignee" if kind == "activities" else "by"
    for option, key in (("--card", named), ("--person", who), ("--by", by)):
        told = next(row[key] for row in rows if row[key]) if key == by else one[key]
        found = json.loads(demo("export", kind, option, told, "--json").out)
        assert {row[key] for row in found} == {told}
        assert len(found) == sum(row[key] == told for row in rows) < len(rows)
    assert demo("export", "people", "--card", one[named]).status == Status.USAGE


def test_the_trail_says_what_narrowed_an_export_of_activities(demo: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    assert demo("export", "activities", "--by", "ana", "--from", "2026-11-01", "--out", str(path)).status == 0
    refused = demo("export", "activities", "--filter", "dono:ana", "--out", str(path))
    assert refused.status == Status.USAGE
    assert "--by, --card, --person" in refused.err
    trail = json.loads(demo("export", "events", "--json").out)
    reason = next(row["reason"] for row in trail if row["kind"] == "data.exported")
    assert reason == "--by ana --from 2026-11-01"
