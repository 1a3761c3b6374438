"""JSON as other programs' services answer it, and as an attacker would: rows below a header, or one sentence."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_tui.connectors.contacts import ContactRecord, open_contacts
from crm_tui.connectors.objects import open_records
from crm_tui.domain.outcome import Refusal
from crm_tui.i18n import say

ANA = {"name": "Ana Reis", "phone": "11 98888-7777", "email": "ana@x.example"}
BETO = {"name": "Beto Rocha", "company": "Padaria Aurora", "phone": "11 97777-0001"}


def written(folder: Path, text: str | bytes, name: str = "answer.json") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def read(path: Path) -> list[ContactRecord]:
    found = open_contacts(path)
    assert not isinstance(found, Refusal), found
    return list(found.records())


def refused(path: Path) -> str:
    found = open_contacts(path)
    assert isinstance(found, Refusal)
    return say(found.reason)


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([ANA, BETO]),
        json.dumps([ANA, BETO], indent=2),
        json.dumps(ANA) + "\n" + json.dumps(BETO) + "\n",
        json.dumps({"success": True, "data": [ANA, BETO], "paging": {"next": [{"a": 1}]}}),
        json.dumps({"note": "a bracket [ { in a text", "_embedded": {"contacts": [ANA, BETO]}}),
        "\ufeff \n" + json.dumps([ANA, BETO]),
        json.dumps([ANA, BETO]).encode("utf-16"),
    ],
    ids=["list", "indented", "lines", "inside", "deep inside", "mark", "utf-16"],
)
def test_records_are_found_however_they_are_wrapped(tmp_path: Path, text: str | bytes) -> None:
    ana, beto = read(written(tmp_path, text))
    assert (ana.line, ana.name, ana.emails) == (1, "Ana Reis", ("ana@x.example",))
    assert (beto.line, beto.company, beto.phones[0][1]) == (2, "Padaria Aurora", "11 97777-0001")


def test_names_below_names_are_columns_and_several_values_stand_in_one_cell(tmp_path: Path) -> None:
    person = {
        "name": "Ana",
        "emails": [{"label": "work", "value": "a@x.example"}, {"value": "b@x.example"}],
        "org": {"name": "Aurora", "address": {"city": {"name": "Santos", "uf": "SP"}}},
        "tags": ["a", None, "b"],
        "active": True,
    }
    sheet = open_records(written(tmp_path, json.dumps([person])))
    header, row = sheet.rows()
    assert dict(zip(header.cells, row.cells, strict=True)) == {
        "name": "Ana",
        "emails": "a@x.example; b@x.example",
        "org name": "Aurora",
        "org address city": "Santos SP",
        "tags": "a; b",
        "active": "true",
    }


def test_numbers_stay_as_they_are_written(tmp_path: Path) -> None:
    sheet = open_records(written(tmp_path, '[{"id": 12345678901234567890, "v": 1234.50, "n": NaN}]'))
    assert [row.cells for row in sheet.rows()][1] == ("12345678901234567890", "1234.50", "NaN")


def test_a_name_that_comes_later_is_a_column_too(tmp_path: Path) -> None:
    sheet = open_records(written(tmp_path, '{"name": "Ana"}\n{"phone": "1", "name": "Beto"}'))
    assert [row.cells for row in sheet.rows()] == [("name", "phone"), ("Ana", ""), ("Beto", "1")]


@pytest.mark.parametrize(
    "text",
    [
        '[{"name": "Ana"',
        '[{"name": "Ana"}, 3]',
        "[[1, 2], [3, 4]]",
        '[{"name": "Ana"} {"name": ',
        '{"name": "Ana"}\nrubbish',
        "[" + '{"a":' * 100_000,
        '[{"a": "' + "x" * 3_000_000,
    ],
    ids=["cut", "a number", "lists", "cut later", "rubbish", "a well", "no end"],
)
def test_what_is_damaged_is_refused_whole(tmp_path: Path, text: str) -> None:
    assert refused(written(tmp_path, text)) == (
        f"{tmp_path / 'answer.json'} is damaged JSON, or no list of records: it is refused."
    )


def test_a_file_that_changes_under_the_reader_ends_in_a_row_with_an_error(tmp_path: Path) -> None:
    path = written(tmp_path, json.dumps([ANA, BETO]))
    found = open_contacts(path)
    assert not isinstance(found, Refusal)
    path.write_text(json.dumps([ANA])[:-1])
    ana, cut = found.records()
    assert ana.name == "Ana Reis"
    assert "damaged JSON" in say(cut.errors[0])


def test_too_long_a_value_is_an_error_of_its_record_and_half_a_letter_is_a_mark(tmp_path: Path) -> None:
    long = json.dumps([ANA, {"name": "x" * 70_000}, {"name": "Zoé"}]).replace("Zo\\u00e9", "Zo\\ud800")
    ana, broken, zoe = read(written(tmp_path, long))
    assert ana.name == "Ana Reis"
    assert "too long" in say(broken.errors[0])
    assert zoe.name == "Zo?"


def test_a_large_file_takes_no_more_memory_than_a_piece(tmp_path: Path) -> None:
    path = written(
        tmp_path, "[" + ",".join(json.dumps({**ANA, "note": "x" * 900}) for _ in range(20_000)) + "]"
    )
    assert path.stat().st_size > 18 << 20
    tracemalloc.start()
    try:
        count = sum(1 for _ in open_records(path).rows())
        assert tracemalloc.get_traced_memory()[1] < 12 << 20
    finally:
        tracemalloc.stop()
    assert count == 20_001


_VALUES: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(st.dictionaries(st.text(max_size=4), _VALUES, max_size=4), max_size=5))
def test_whatever_the_records_hold_each_is_one_row_as_wide_as_the_header(
    tmp_path_factory: pytest.TempPathFactory, records: list[dict[str, Any]]
) -> None:
    path = tmp_path_factory.mktemp("json") / "any.json"
    path.write_text(json.dumps(records))
    header, *rows = open_records(path).rows()
    assert len(rows) == len(records)
    assert all(row.fault is None and len(row.cells) == len(header.cells) for row in rows)
