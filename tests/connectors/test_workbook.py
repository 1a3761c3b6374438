"""Spreadsheets as Excel saves them, and as an attacker would."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from crm_tui.connectors import workbook
from crm_tui.connectors.contacts import ContactRecord, open_contacts
from crm_tui.domain.outcome import Refusal
from crm_tui.domain.party import ContactKind
from crm_tui.i18n import say
from tests.connectors.books import of_rows, of_xml, text

HEAD = ("Nome", "Celular", "E-mail", "Empresa")


def read(path: Path) -> list[ContactRecord]:
    found = open_contacts(path)
    assert not isinstance(found, Refusal), found
    return list(found.records())


def refused(path: Path) -> str:
    found = open_contacts(path)
    assert isinstance(found, Refusal)
    return say(found.reason)


def test_a_workbook_of_contacts_with_a_title_above_and_a_total_below(tmp_path: Path) -> None:
    rows = [
        ("Clientes de novembro",),
        (),
        HEAD,
        ("Marina Prado", "(21) 97777-1234", "marina@aurora.example", "Aurora"),
        (),
        ("Beto Rocha", "11 97777-0001"),
        ("Total", "2"),
    ]
    marina, beto = read(of_rows(tmp_path / "clientes.xlsx", rows))
    assert (marina.line, marina.name, marina.company) == (4, "Marina Prado", "Aurora")
    assert (beto.line, beto.name, beto.phones) == (
        6,
        "Beto Rocha",
        ((ContactKind.MOBILE, "11 97777-0001"),),
    )


def test_numbers_and_formulas_are_their_values(tmp_path: Path) -> None:
    head = "".join(text(f"{letter}1", word) for letter, word in zip("ABCD", HEAD, strict=True))
    person = (
        text("A2", "=HYPERLINK(1)")
        + '<c r="B2"><v>21977771234</v></c>'
        + '<c r="C2" t="str"><f>A1&amp;"x"</f><v>a@b.example</v></c>'
        + '<c r="D2" t="e"><v>#N/A</v></c>'
    )
    data = f'<sheetData><row r="1">{head}</row><row r="2">{person}</row></sheetData>'
    (one,) = read(of_xml(tmp_path / "a.xlsx", data))
    assert (one.name, one.phones, one.emails) == (
        "=HYPERLINK(1)",
        ((ContactKind.MOBILE, "21977771234"),),
        ("a@b.example",),
    )
    assert one.company == ""


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        "<row r='2'><c t='n' r = 'XFD104857'><v>1</v></c></row>",
        '<row r="2"><c r="AAAAAAA99999999999"><v>1</v></c></row>',
        '<row r="2"><c x=">" r="XFD1048576"><v>1</v></c></row>',
        f'<row r="1048576">{"<c><v>1</v></c>" * 16_384}</row>',
    ],
    ids=["corner", "spaced", "nowhere", "hidden", "following"],
)
def test_cells_at_the_end_of_the_world_are_refused_before_room_is_made_for_them(
    tmp_path: Path, cells: str
) -> None:
    first = f'<row r="1">{text("A1", "Nome")}</row>'
    path = of_xml(tmp_path / "a.xlsx", f"<sheetData>{first}{cells}</sheetData>")
    assert "spans more than 5,000,000 cells" in refused(path)


def test_a_size_that_is_said_and_not_true_is_harmless(tmp_path: Path) -> None:
    data = f'<dimension ref="A1:XFD1048576"/><sheetData><row r="1">{text("A1", "Nome")}</row>'
    data += f'<row r="2">{text("A2", "Ana")}</row></sheetData>'
    assert [r.name for r in read(of_xml(tmp_path / "a.xlsx", data))] == ["Ana"]


def test_a_bomb_is_refused_by_its_directory_and_a_lie_by_its_checksum(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MAX_UNPACKED", 1_000_000)
    bomb = of_xml(tmp_path / "bomb.xlsx", "<sheetData/>", {"xl/media/x.bin": b"<" * 2_000_000})
    assert "unpacks to more than" in refused(bomb)
    held = bomb.read_bytes()
    lying = held.replace(struct.pack("<I", 2_000_000), struct.pack("<I", 2_000))
    bomb.write_bytes(lying)
    assert "is damaged or no spreadsheet" in refused(bomb)


@pytest.mark.parametrize("held", [b"PK\x03\x04", b"PK\x03\x04" + b"\0" * 500])
def test_what_only_begins_as_a_workbook_is_told(tmp_path: Path, held: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(held)
    assert "is damaged or no spreadsheet" in refused(path)


def test_a_workbook_of_the_old_excel_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100)
    assert "save it as XLSX or CSV" in refused(path)


def test_a_workbook_without_rows_is_empty(tmp_path: Path) -> None:
    assert "is empty" in refused(of_xml(tmp_path / "a.xlsx", "<sheetData/>"))
